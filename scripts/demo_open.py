"""Opens cohort stores with anndata and prints what it sees: the other half of the demo's proof."""

import sys
import warnings
from importlib.metadata import version

import anndata


def show(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cohort = anndata.read_h5ad(path)
    measured = int(cohort.var["measured"].sum())
    print(f"{path}: {cohort.n_obs} samples x {cohort.n_vars} genes ({measured} measured), X {cohort.X.dtype}")
    print(f"  obs: {', '.join(cohort.obs.columns) or 'no columns'}")
    for key, value in sorted(cohort.uns["expression"].items()):
        print(f"  {key}: {value}")
    responses = cohort.uns.get("responses")
    print("  responses: " + ("none" if responses is None else f"{len(responses):,}"))
    print("  a corner of X:")
    corner = cohort[:3, :5].to_df()
    for row in corner.to_string(float_format=lambda value: f"{value:.3f}").splitlines():
        print(f"    {row}")


print(f"anndata {version('anndata')}")
for store in sys.argv[1:]:
    show(store)

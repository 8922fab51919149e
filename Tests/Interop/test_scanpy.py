import warnings

import numpy as np
import pytest


def test_scanpy_reads_the_store_and_works_on_it(store, raw):
    scanpy = pytest.importorskip("scanpy", reason="scanpy is not in .venv: `make readers` installs it")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cohort = scanpy.read_h5ad(store)
    scanpy.pp.pca(cohort, n_comps=5, random_state=0)
    assert cohort.obsm["X_pca"].shape == (20, 5)
    expected = raw.expected_x().loc[cohort.obs_names].to_numpy()
    np.testing.assert_allclose(cohort.X, expected, rtol=1e-6, atol=1e-6)

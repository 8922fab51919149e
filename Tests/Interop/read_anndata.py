"""Reads a store with the anndata of the environment it runs in and pickles what it saw: read_anndata.py STORE OUT"""

import pickle
import sys
import warnings
from importlib.metadata import version

import anndata

with warnings.catch_warnings():
    warnings.simplefilter("error")
    cohort = anndata.read_h5ad(sys.argv[1])
    backed = anndata.read_h5ad(sys.argv[1], backed="r")
    backed_row = backed.X[1]
    backed.file.close()

with open(sys.argv[2], "wb") as file:
    pickle.dump(
        {"version": version("anndata"), "X": cohort.X, "obs": cohort.obs, "var": cohort.var, "uns": dict(cohort.uns),
         "obsm": dict(cohort.obsm), "layers": dict(cohort.layers), "backed_row": backed_row}, file)

import shutil
import subprocess
from pathlib import Path

import anndata
import numpy as np
import pytest

SCRIPT = Path(__file__).with_name("read_rhdf5.R")


def has_rhdf5():
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(rhdf5)"], capture_output=True).returncode == 0


@pytest.mark.skipif(not has_rhdf5(), reason="R has no rhdf5 here: `make readers` installs it")
def test_rhdf5_reads_what_anndata_reads(store, tmp_path):
    done = subprocess.run(["Rscript", SCRIPT, store, tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    cohort = anndata.read_h5ad(store)
    read = lambda name: (tmp_path / name).read_text().splitlines()
    assert read("dim") == ["978", "20"]
    x = np.fromfile(tmp_path / "x").reshape(20, 978)
    np.testing.assert_array_equal(x.astype(np.float32), cohort.X)
    assert read("obs") == cohort.obs_names.tolist()
    assert read("var") == cohort.var_names.tolist()
    assert read("tissue") == cohort.obs["tissue"].astype(object).fillna("").tolist()
    np.testing.assert_array_equal(np.fromfile(tmp_path / "responses"), cohort.uns["responses"]["value"].astype(float))

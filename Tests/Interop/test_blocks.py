"""What models write back into a store, read by anndata and h5py."""

import json
import re

import h5py
import numpy as np
import pytest

from sources import ROOT

BLOCKS = {
    "X_therapi": ("obsm/X_therapi", np.arange(15, dtype="f4").reshape(5, 3) / 8 - 1),
    "therapi_weights": ("obsm/therapi_weights", np.tile(np.array([1, 2, 3], "f4") / np.float32(6), (5, 1))),
    "aligned": ("layers/aligned", np.arange(20, dtype="f4").reshape(5, 4) / 4),
    "heterogeneity": ("obs/heterogeneity", np.array([0.25, np.nan, 1, 1 / 3, 0])),
}


@pytest.fixture(scope="module")
def input_fingerprint():
    """The function of docs/store-format.md, as it stands there."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "store-format.md").read_text(), re.DOTALL)
    (code,) = [block for block in blocks if "def input_fingerprint" in block]
    scope = {}
    exec(compile(code.partition("\nprint(")[0], "docs/store-format.md", "exec"), scope)
    return scope["input_fingerprint"]


def test_anndata_sees_the_blocks(cohort_with_blocks):
    for name in ("X_therapi", "therapi_weights"):
        assert cohort_with_blocks.obsm[name].dtype == np.float32
        np.testing.assert_array_equal(cohort_with_blocks.obsm[name], BLOCKS[name][1])
    np.testing.assert_array_equal(cohort_with_blocks.layers["aligned"], BLOCKS["aligned"][1])
    assert cohort_with_blocks.obs.columns[-1] == "heterogeneity"
    assert cohort_with_blocks.obs["heterogeneity"].dtype == np.float64
    np.testing.assert_array_equal(cohort_with_blocks.obs["heterogeneity"], BLOCKS["heterogeneity"][1])


def test_anndata_sees_a_record_for_each_block(cohort_with_blocks):
    records = cohort_with_blocks.uns["embeddings"]
    assert {name: record["block"] for name, record in records.items()} == {
        name: path for name, (path, _) in BLOCKS.items()}
    for record in records.values():
        assert record["model"] == "5d" * 32 and record["panel_order"] == "c4" * 32
        assert record["settings"] == {"preset": "paper", "seed": "42"} and record["tool_version"] == "0.1.0"
    assert list(records["therapi_weights"]["cell_lines"]) == ["A375", "Zürich-2", "HT-29"]


def test_h5py_reads_the_blocks_with_their_checksums(store_with_blocks):
    with h5py.File(store_with_blocks, "r") as file:
        for path, expected in BLOCKS.values():
            assert file[path].fletcher32 and file[path].compression is None
            assert file[path].attrs["encoding-type"] == "array"
            np.testing.assert_array_equal(file[path][:], expected)
        assert file["obs"].attrs["column-order"].tolist()[-1] == "heterogeneity"


def test_the_fingerprint_of_the_documents_is_the_recorded_one(store_with_blocks, input_fingerprint):
    with h5py.File(store_with_blocks, "r") as file:
        recorded = {file[f"uns/embeddings/{name}/input"].asstr()[()] for name in BLOCKS}
    assert recorded == {input_fingerprint(store_with_blocks)}


def test_therapi_calls_the_blocks_current(therapi, store_with_blocks):
    seen = json.loads(therapi("inspect", store_with_blocks, "--json"))["embeddings"]
    assert {block["block"]: block["state"] for block in seen} == {path: "current" for path, _ in BLOCKS.values()}
    assert therapi("verify", store_with_blocks).startswith(f"{store_with_blocks}: sound")

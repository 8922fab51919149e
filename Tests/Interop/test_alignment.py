"""What `therapi align` writes, as Python reads it: the stores, and the checkpoint, from which numpy maps the patients anew."""

import hashlib
import json
from types import SimpleNamespace

import h5py
import numpy as np
import pandas as pd
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file, save

from conftest import HERE, PYTHONS, read

CONFIGURATION = """
name: interop
preset: reference
settings: {epochs: 2, batch-size: 5, latent-size: 16, standardisation: per-gene-and-domain}
source: {tissue: {column: tissue, map: {large intestine: colon, skin: skin}}}
target: {tissue: {column: tissue, map: {large intestine: colon, skin: skin}}, train: all}
"""
LINES, PATIENTS, GENES, LATENT = 14, 20, 978, 16


@pytest.fixture(scope="module")
def aligned(therapi, sources, tmp_path_factory):
    """A cohort aligned to itself: the samples as cell lines, and once more as patients."""
    folder = tmp_path_factory.mktemp("alignment")
    lines, patients, checkpoint = (folder / name for name in ("lines.h5ad", "patients.h5ad", "interop.safetensors"))
    for path, kind in ((lines, "cell-lines"), (patients, "patients")):
        therapi("ingest", HERE / "data" / "cohort.yaml", "--set", f"root={sources.folder}", "--set", f"kind={kind}",
                "--set", f"name={path.stem}", "-o", path)
    (folder / "align.yaml").write_text(CONFIGURATION)
    report = json.loads(therapi("align", "--config", folder / "align.yaml", "--source", lines, "--target", patients,
                                "-o", checkpoint, "--json"))
    with safe_open(checkpoint, framework="numpy") as file:
        texts = file.metadata()
    return SimpleNamespace(lines=lines, patients=patients, report=report, texts=texts, tensors=load_file(checkpoint))


@pytest.fixture(scope="module", params=list(PYTHONS))
def cohort(request, aligned, tmp_path_factory):
    return read(request.param, aligned.patients, tmp_path_factory.mktemp("anndata"))


def test_the_header_says_what_was_trained(aligned):
    texts = aligned.texts
    assert texts["format"] == "therapi-aligner 1" and texts["preset"] == "reference" and texts["seed"] == "0"
    assert texts["source"] == "lines" and json.loads(texts["targets"]) == ["patients"]
    assert texts["source_unit"] == texts["target_unit"] == "log2(tpm + 1)"
    assert json.loads(texts["tissues"]) == ["colon", "skin"] and len(json.loads(texts["cell_lines"])) == LINES
    settings = json.loads(texts["settings"])
    assert settings["latent-size"] == "16" and settings["standardisation"] == "per-gene-and-domain"
    table = json.loads(texts["training_curve"])
    curve = pd.DataFrame(table["rows"], columns=table["columns"])
    assert len(curve) == 2 and curve.notna().all().all()


def test_the_tensors_have_pytorchs_names_and_shapes(aligned):
    tensors = aligned.tensors
    assert tensors["source_AE.encoder.0.weight"].shape == (256, GENES)
    assert tensors["target_weightencoder.K.weight"].shape == (LATENT, LATENT)
    assert tensors["centers"].shape == (2, LATENT) and tensors["source.latent"].shape == (LINES, LATENT)
    assert tensors["source.expression"].shape == (LINES, GENES)
    kinds = {name: tensor.dtype.str for name, tensor in tensors.items() if tensor.dtype != np.float32}
    assert kinds == {"shared_genes": "<i8", "source.tissues": "<i8", "target.mean": "<f8", "target.deviation": "<f8"}


def test_the_stores_name_the_fingerprint_of_the_tensors(aligned):
    fingerprint = hashlib.sha256(save(aligned.tensors)).hexdigest()
    assert aligned.report["model"] == fingerprint
    for path in (aligned.lines, aligned.patients):
        with h5py.File(path, "r") as file:
            assert {record["model"].asstr()[()] for record in file["uns/embeddings"].values()} == {fingerprint}


def perceptron(tensors, name, layers, x):
    """Linear, LayerNorm and ReLU, and a last Linear; numbered as in PyTorch's Sequential."""
    for layer in range(layers - 1):
        x = x @ tensors[f"{name}.{3 * layer}.weight"].T + tensors[f"{name}.{3 * layer}.bias"]
        x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
        x = np.maximum(x * tensors[f"{name}.{3 * layer + 1}.weight"] + tensors[f"{name}.{3 * layer + 1}.bias"], 0)
    return x @ tensors[f"{name}.{3 * (layers - 1)}.weight"].T + tensors[f"{name}.{3 * (layers - 1)}.bias"]


def test_numpy_maps_the_patients_to_the_same_weights(aligned, cohort):
    tensors = {name: tensor.astype(float) for name, tensor in aligned.tensors.items()}
    shared = tensors["shared_genes"] != 0
    assert shared.sum() == GENES - 2
    deviation = np.where(tensors["target.deviation"] > 0, tensors["target.deviation"], 1)
    x = np.where(shared, (cohort.X - tensors["target.mean"]) / deviation, 0)
    query = perceptron(tensors, "target_weightencoder.Q", 2, x)
    key = tensors["source.latent"] @ tensors["target_weightencoder.K.weight"].T
    scores = query @ key.T / np.sqrt(LATENT)
    weights = np.exp(scores - scores.max(1, keepdims=True))
    weights /= weights.sum(1, keepdims=True)
    # Single precision through two layers.
    np.testing.assert_allclose(cohort.obsm["therapi_weights"], weights, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(cohort.obsm["X_therapi"], weights @ tensors["source.latent"], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(cohort.layers["aligned"], weights @ tensors["source.expression"], rtol=1e-4, atol=1e-5)
    entropy = -(weights * np.log(weights)).sum(1)
    np.testing.assert_allclose(cohort.obs["heterogeneity"], entropy, rtol=1e-5)


def test_anndata_sees_what_was_written(aligned, cohort):
    for block, width in (("X_therapi", LATENT), ("therapi_weights", LINES)):
        assert cohort.obsm[block].shape == (PATIENTS, width) and cohort.obsm[block].dtype == np.float32
    assert cohort.layers["aligned"].shape == (PATIENTS, GENES) and cohort.layers["aligned"].dtype == np.float32
    assert cohort.obs.columns[-1] == "heterogeneity" and cohort.obs["heterogeneity"].dtype == np.float64
    alignment = cohort.uns["alignment"]
    assert alignment["model"] == aligned.report["model"] and alignment["checkpoint"] == "interop.safetensors"
    assert alignment["preset"] == "reference" and alignment["source"] == "lines"
    assert alignment["standardisation"] == "per-gene-and-domain"
    lines = alignment["cell_lines"]
    assert list(lines.index) == json.loads(aligned.texts["cell_lines"]) and set(lines["tissue"]) == {"colon", "skin"}
    assert list(cohort.uns["embeddings"]["therapi_weights"]["cell_lines"]) == list(lines.index)
    assert cohort.uns["embeddings"]["aligned"]["unit"] == "log2(tpm + 1)"
    tissues = alignment["tissues"]
    assert tissues.loc["colon"].tolist() == tissues.loc["skin"].tolist() == [7, 7]
    assert alignment["measures"].columns.tolist() == ["raw", "latent", "aligned_expression"]
    assert alignment["curve"].index.tolist() == ["1", "2"] and (alignment["curve"]["total"] > 0).all()


def test_h5py_reads_the_blocks_with_their_checksums(aligned):
    with h5py.File(aligned.patients, "r") as file:
        for path in ("obsm/X_therapi", "obsm/therapi_weights", "layers/aligned"):
            assert file[path].fletcher32 and file[path].compression is None
            assert file[path].chunks[1] == file[path].shape[1] and np.isfinite(file[path][:]).all()
        np.testing.assert_allclose(file["obsm/therapi_weights"][:].sum(1), 1, rtol=1e-6)
    with h5py.File(aligned.lines, "r") as file:
        assert file["obsm/X_therapi"].shape == (PATIENTS, LATENT) and list(file["layers"]) == []
        assert "alignment" not in file["uns"]

"""The workflow of `workflow/`, by local jobs: what it makes in shards is what one run makes, to the byte."""

import os
import shutil
import subprocess

import pandas as pd
import pytest
import yaml

from sources import ROOT

SNAKEMAKE = ROOT / ".venv-workflow" / "bin" / "snakemake"


@pytest.fixture(scope="module")
def snakemake():
    if not SNAKEMAKE.exists():
        pytest.fail(f"{SNAKEMAKE} is missing: run `make setup`", pytrace=False)

    def run(folder, configuration, *words):
        (folder / "config.yaml").write_text(yaml.safe_dump(configuration))
        return subprocess.run(
            [SNAKEMAKE, "--snakefile", ROOT / "workflow" / "Snakefile", "--configfile", "config.yaml", "--cores", "2",
             *words],
            cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "HOME": str(folder)})

    return run


@pytest.fixture(scope="module")
def encoder(therapi, store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder") / "small"
    therapi("embed", "rank", "--pretrain", store, "-o", folder, "--epochs", 1, "--layers", 1)
    return folder


@pytest.fixture
def work(store, tmp_path):
    shutil.copy(store, tmp_path / "cohort.h5ad")
    return tmp_path


def configuration(encoder, **others):
    return {"therapi": os.environ["THERAPI_BIN"], "folder": "results", "shards": 3, "threads": 1,
            "cohorts": {"cohort": "cohort.h5ad"}, "rank-model": str(encoder), **others}


def test_shards_give_the_store_of_one_run(snakemake, therapi, encoder, store, work):
    done = snakemake(work, configuration(encoder))
    assert done.returncode == 0, done.stdout + done.stderr
    whole = work / "whole.h5ad"
    shutil.copy(store, whole)
    therapi("embed", "rank", whole, "--model", encoder)
    assert (work / "cohort.h5ad").read_bytes() == whole.read_bytes()
    assert not list(work.glob("*.part"))


def test_nothing_is_done_twice_and_a_changed_store_is_done_again(snakemake, encoder, work):
    assert snakemake(work, configuration(encoder)).returncode == 0
    again = snakemake(work, configuration(encoder))
    assert "Nothing to be done" in again.stdout + again.stderr
    mark = work / "results" / "cohort.embedded"
    before = mark.stat().st_mtime_ns
    os.utime(work / "cohort.h5ad")
    assert snakemake(work, configuration(encoder)).returncode == 0
    assert mark.stat().st_mtime_ns > before


def test_a_failure_is_told_with_the_programs_words(snakemake, encoder, work):
    (work / "cohort.h5ad").write_bytes(b"no store")
    done = snakemake(work, configuration(encoder))
    assert done.returncode != 0
    logs = "".join(path.read_text() for path in (work / "results" / "logs").iterdir())
    assert "cohort.h5ad" in logs and "remedy" in logs


@pytest.fixture(scope="module")
def patients(therapi, sources, study, tmp_path_factory):
    """A cohort of several blocks that the study's aligner has mapped."""
    folder = tmp_path_factory.mktemp("patients")
    few = pd.read_csv(sources.folder / "expression.tsv", sep="\t", index_col="sample")
    table = few.sample(400, axis=1, replace=True, random_state=3)
    table.columns = [f"P{number}" for number in range(400)]
    table.to_csv(folder / "expression.tsv", sep="\t")
    expression = {"layout": "xena", "files": "expression.tsv", "assay": "rna-seq", "unit": "log2(tpm + 0.001)"}
    (folder / "patients.yaml").write_text(yaml.safe_dump(
        {"name": "many", "title": "Many patients", "kind": "patients", "expression": expression}))
    store = folder / "many.h5ad"
    therapi("ingest", folder / "patients.yaml", "-o", store)
    therapi("align", "--apply", study.results / "models" / "aligner.safetensors", store)
    return store


def test_scores_in_shards_are_those_of_one_run(snakemake, therapi, study, patients, tmp_path):
    shutil.copy(patients, tmp_path / "cohort.h5ad")
    models = {"source": study.results / "stores" / "lines.h5ad", "predictor": study.results / "runs" / "full",
              "perturbation": study.results / "models" / "perturbation.safetensors"}
    done = snakemake(tmp_path, configuration(
        study.results / "models" / "rank", shards=2, **{name: str(path) for name, path in models.items()}))
    assert done.returncode == 0, done.stdout + done.stderr
    therapi("score", tmp_path / "cohort.h5ad", "--model", models["predictor"], "--source", models["source"],
            "--perturbation", models["perturbation"], "-o", tmp_path / "whole.h5ad", "--csv", tmp_path / "whole.csv.gz")
    for kind in ("h5ad", "csv.gz"):
        made = tmp_path / "results" / f"cohort.scores.{kind}"
        assert made.read_bytes() == (tmp_path / f"whole.{kind}").read_bytes()
    assert len(pd.read_csv(tmp_path / "whole.csv.gz")) == 400 * 3
    # Parts that were merged have had their day.
    assert not list(tmp_path.glob("**/*.part"))
    again = snakemake(tmp_path, yaml.safe_load((tmp_path / "config.yaml").read_text()))
    assert "Nothing to be done" in again.stdout + again.stderr

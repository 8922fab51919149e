"""The workflow of `workflow/`, by local jobs: what it makes in shards is what one run makes, to the byte."""

import os
import shutil
import subprocess

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

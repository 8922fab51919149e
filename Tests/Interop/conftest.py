import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import example_study
from sources import ROOT, Sources

HERE = Path(__file__).resolve().parent
PYTHONS = {"0.12": Path(sys.executable), "0.11": ROOT / ".venv-anndata011" / "bin" / "python"}


@pytest.fixture(scope="session")
def therapi():
    """Runs the built program; a status other than 0 is an error."""
    path = os.environ.get("THERAPI_BIN")
    if not path or not os.access(path, os.X_OK):
        pytest.fail(f"THERAPI_BIN names no program ({path or 'it is not set'}): run `make interop`", pytrace=False)

    def run(*words):
        done = subprocess.run([path, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            pytest.fail(f"therapi {' '.join(map(str, words))}\nstatus {done.returncode}\n{done.stdout}{done.stderr}",
                        pytrace=False)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    return SimpleNamespace(folder=folder, content=Sources(folder))


@pytest.fixture(scope="session")
def raw(sources):
    """What the raw files hold."""
    return sources.content


@pytest.fixture(scope="session")
def store(therapi, sources, tmp_path_factory):
    """The path of a store made from the raw files."""
    path = tmp_path_factory.mktemp("store") / "interop.h5ad"
    therapi("ingest", HERE / "data" / "cohort.yaml", "--set", f"root={sources.folder}", "-o", path)
    assert path.is_file()
    return path


def read(series, store, folder):
    """A store as one version of anndata reads it, warnings being errors."""
    python = PYTHONS[series]
    if not python.exists():
        pytest.fail(f"{python} is missing: run `make setup`", pytrace=False)
    out = folder / "cohort.pkl"
    done = subprocess.run([python, HERE / "read_anndata.py", store, out], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"anndata {series} cannot read the store\n{done.stderr}", pytrace=False)
    seen = SimpleNamespace(**pickle.loads(out.read_bytes()))
    assert seen.version.startswith(series + "."), seen.version
    return seen


@pytest.fixture(scope="session", params=list(PYTHONS))
def cohort(request, store, tmp_path_factory):
    return read(request.param, store, tmp_path_factory.mktemp("anndata"))


@pytest.fixture(scope="session")
def store_with_blocks():
    """The store with what an aligner writes back; CohortsTests hold their writer against it."""
    return ROOT / "Tests" / "CohortsTests" / "Fixtures" / "store-v1-blocks.h5ad"


@pytest.fixture(scope="session", params=list(PYTHONS))
def cohort_with_blocks(request, store_with_blocks, tmp_path_factory):
    return read(request.param, store_with_blocks, tmp_path_factory.mktemp("anndata"))


@pytest.fixture(scope="session")
def study(therapi, sources, raw, tmp_path_factory):
    """A whole study and what it left."""
    return example_study.run(therapi, sources, raw, HERE / "data", tmp_path_factory.mktemp("study"))

"""`therapi run`: what a whole study leaves, as Python reads it; the scores store in anndata."""

import json
from functools import partial

import jsonschema
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import PYTHONS, read
from sources import DRUGS, ROOT


def scores(study):
    (path,) = [path for path in (study.results / "scores").glob("*.h5ad") if "without" not in path.name]
    return path


@pytest.mark.parametrize("series", PYTHONS)
def test_anndata_opens_the_scores(study, series, tmp_path):
    cohort = read(series, scores(study), tmp_path)
    table = cohort.obs
    assert len(table) == 20 * len(DRUGS)
    assert set(table["drug"]) == set(DRUGS) and table["sample"].nunique() == 20
    assert table[["logit", "deviation", "probability"]].notna().all().all()
    assert table["probability"].between(0, 1).all() and set(table["label"]) <= {-1, 0, 1}


def test_the_table_has_the_numbers_of_the_store(study, tmp_path):
    table = read("0.12", scores(study), tmp_path).obs
    written = pd.read_csv(study.results / "tables" / "scores.csv")
    full = written[written["variant"] == written["variant"].iloc[0]] if "variant" in written else written
    np.testing.assert_allclose(full["logit"].to_numpy(), table["logit"].to_numpy(), rtol=1e-5)


def test_the_metrics_keep_to_their_schema(study):
    schema = json.loads((ROOT / "schemas" / "metrics.schema.json").read_text())
    jsonschema.validate(json.loads((study.results / "metrics.json").read_text()), schema)


def test_groups_are_compared_as_scipy_does(study, tmp_path):
    metrics = json.loads((study.results / "metrics.json").read_text())
    asked, responders = metrics["comparisons"]
    assert responders["title"] == "Responders against non-responders"
    table = read("0.12", scores(study), tmp_path).obs
    words = table["sample"].astype(str).map(dict(study.groups.itertuples(index=False)))
    rows = {row["name"]: row for row in asked["rows"]}
    assert set(rows) == {*DRUGS, "entropy"}
    for test, function in (("mann_whitney", stats.mannwhitneyu), ("welch", partial(stats.ttest_ind, equal_var=False))):
        # Double precision, since single is what scipy would compute Welch's test in.
        p = [function(*(table["logit"].to_numpy(float)[(table["drug"] == drug) & (words == word)] for word in "ab")).pvalue
             for drug in DRUGS]
        np.testing.assert_allclose([rows[drug][test]["p"] for drug in DRUGS], p, rtol=1e-9)
        np.testing.assert_allclose(
            [rows[drug][test]["q"] for drug in DRUGS], stats.false_discovery_control(p), rtol=1e-9)


def test_measures_are_told_by_tissue(study):
    for evaluation in json.loads((study.results / "metrics.json").read_text())["evaluations"]:
        assert sum(row["pairs"] for row in evaluation["tissues"]) + evaluation["without_tissue"] == evaluation["pairs"]


def test_the_page_needs_nothing_else(study):
    page = (study.results / "report.html").read_text()
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "A study of made-up cohorts" in page and 'src="http' not in page and 'href="http' not in page


def test_a_second_run_does_nothing(study, therapi):
    before = {path: path.stat().st_mtime_ns for path in study.results.rglob("*") if path.is_file()}
    therapi("run", study.folder / "study.yaml")
    after = {path: path.stat().st_mtime_ns for path in study.results.rglob("*") if path.is_file()}
    changed = [path.name for path in after if after[path] != before.get(path)]
    assert set(changed) <= {"state.json"}

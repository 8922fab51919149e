"""The demo's table of survival: what it makes of the portal's words."""

import importlib

import pandas
import pytest

from sources import ROOT


@pytest.fixture
def clinical(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("demo_clinical")


def table(*rows):
    columns = ["bcr_patient_barcode", "vital_status", "death_days_to", "last_contact_days_to"]
    headings = [columns, ["CDE_ID:"] * 4]
    return pandas.DataFrame([*headings, *rows], columns=columns)


def test_survival_goes_by_the_last_word_on_a_patient(clinical):
    none = "[Not Available]"
    found = {
        "clinical_patient_coad": table(
            ["alive", "Alive", none, "10"], ["dies later", "Alive", none, "20"], ["dead", "Dead", "7", none],
            ["no day of death", "Dead", none, "30"], ["nothing", "Alive", none, none],
            ["before the diagnosis", "Alive", none, "-5"]),
        "clinical_follow_up_v1.0_coad": table(
            ["alive", "Alive", none, "99"], ["alive", "Alive", none, "50"], ["dies later", "Dead", "25", "21"],
            ["dies later", "Dead", "24", none]),
    }
    assert clinical.survival(found) == [("alive", 0, 99), ("dead", 1, 7), ("dies later", 1, 24)]

"""A whole study of made-up cohorts, as small as one can be, for the tests that need what it leaves."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd

from sources import DRUGS

SMILES = ["CCO", "c1ccccc1", "CC(=O)O"]
ALIGNMENT = """
name: interop
preset: reference
settings: {epochs: 2, batch-size: 5, latent-size: 16, standardisation: per-gene-and-domain}
source: {tissue: {column: tissue, map: {large intestine: colon, skin: skin}}}
target: {tissue: {column: tissue, map: {large intestine: colon, skin: skin}}, train: all}
"""
STUDY = """
name: interop
title: A study of made-up cohorts
results: results
source: {store: lines.h5ad}
target: {store: patients.h5ad}
alignment: {config: alignment.yaml}
rank:
  pretrain: {layers: 1, width: 8, heads: 2, epochs: 1, most-tokens: 16}
perturbation:
  train: {treated: treated.csv, conditions: conditions.csv}
  settings: {hidden: 2, width: 8, layers: 1, heads: 2, epochs: 2, batch-size: 8}
predictor: {folds: 3, epochs: 2, batch-size: 16, ablations: [perturbation]}
resamples: 20
compare: {table: {file: groups.csv}, column: group, groups: [a, b]}
"""


def run(therapi, sources, raw, data, folder):
    """Runs a study in a folder; `data` is where the configuration of its cohorts lies."""
    pd.DataFrame({"drug": DRUGS, "smiles": SMILES}).to_csv(sources.folder / "drugs.tsv", sep="\t", index=False)
    configuration = folder / "cohort.yaml"
    configuration.write_text((data / "cohort.yaml").read_text() + """
drugs:
  files:
    - {file: drugs.tsv, name: drug, columns: {smiles: smiles}}
""")
    for kind, name in (("cell-lines", "lines"), ("patients", "patients")):
        therapi("ingest", configuration, "--set", f"root={sources.folder}", "--set", f"kind={kind}", "--set",
                f"name={name}", "-o", folder / f"{name}.h5ad")
    random = np.random.default_rng(5)
    conditions = pd.DataFrame({"canonical_smiles": [*SMILES, "CCN", "CCC", "CCCl"], "dose": 10, "time": 24})
    conditions.to_csv(folder / "conditions.csv", index=False)
    pd.DataFrame(random.normal(size=(len(conditions), 978)).round(3), columns=raw.ensembl).to_csv(
        folder / "treated.csv", index=False)
    groups = pd.DataFrame({"patient": raw.samples, "group": ["a" if n % 3 else "b" for n in range(len(raw.samples))]})
    groups.to_csv(folder / "groups.csv", index=False)
    (folder / "alignment.yaml").write_text(ALIGNMENT)
    (folder / "study.yaml").write_text(STUDY)
    report = therapi("run", folder / "study.yaml", "--json")
    return SimpleNamespace(folder=folder, results=folder / "results", report=json.loads(report), groups=groups)

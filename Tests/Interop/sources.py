"""The raw files that the stores under test are made from, and what has to come out of them."""

from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
LANDMARKS = ROOT / "Sources" / "Genes" / "LandmarkTable.swift"
TISSUES = ["large intestine", "skin", ""]
NOTES = ["thawed twice", "", "Müller's"]
DRUGS = ["Cisplatin", "5-Fluorouracil", "Drug, with a comma"]
SAMPLES = 20
FLOOR = -9.9658


def landmark_ensembl():
    """The Ensembl ids of the landmarks, in the order of the stores."""
    rows = (line.strip(" ").split("\t") for line in LANDMARKS.read_text().splitlines())
    ids = [row[2] for row in rows if len(row) >= 3 and row[0].isdigit() and row[2].startswith("ENSG")]
    assert len(ids) == len(set(ids)) == 978, f"{LANDMARKS}: {len(ids)} landmarks"
    return ids


class Sources:
    """A Xena matrix without two of the landmarks, a table of samples with gaps, GDSC's LN_IC50s."""

    def __init__(self, folder):
        random = np.random.default_rng(20)
        self.samples = [f"LINE-{n:02d}" for n in random.permutation(SAMPLES)]
        self.ensembl = landmark_ensembl()
        self.missing = {self.ensembl[7], self.ensembl[977]}
        values = np.round(random.normal(2, 3, (978, SAMPLES)), 4).clip(FLOOR, None)
        values[random.random(values.shape) < 0.3] = FLOOR
        self.log2_tpm_0001 = pd.DataFrame(values, self.ensembl, self.samples).drop(index=sorted(self.missing))
        self.table = pd.DataFrame({
            "site": [TISSUES[n % 3] for n in range(SAMPLES)],
            "note": [NOTES[n % 3] for n in range(SAMPLES)],
            "doubling_hours": [f"{hours:.1f}" if hours < 40 else "" for hours in random.uniform(20, 50, SAMPLES)],
            "adherent": [("true", "false")[n % 2] for n in range(SAMPLES)],
        }, pd.Index(self.samples, name="sample"))
        self.responses = pd.DataFrame(
            [(sample, drug, round(random.normal(2, 2), 6)) for drug in DRUGS for sample in self.samples],
            columns=["CELL_LINE_NAME", "DRUG_NAME", "LN_IC50"]).drop(index=[5, 25]).reset_index(drop=True)
        self.write(folder, random)

    def write(self, folder, random):
        rows = self.log2_tpm_0001.iloc[random.permutation(len(self.log2_tpm_0001))]
        lines = ["\t".join(["sample", *self.samples])]
        for ensembl, values in zip(rows.index, rows.to_numpy()):
            lines.append("\t".join([f"{ensembl}.{len(lines) % 9 + 1}", *(f"{value:.4f}" for value in values)]))
        (folder / "expression.tsv").write_text("\n".join(lines) + "\n")
        self.table.sort_index().to_csv(folder / "samples.tsv", sep="\t")
        self.responses.to_csv(folder / "responses.tsv", sep="\t", index=False)

    def expected_x(self):
        """log2(TPM + 1), samples x landmarks; 0 where the source lacks the gene."""
        tpm = (2.0**self.log2_tpm_0001 - 0.001).clip(lower=0)
        return np.log2(tpm + 1).T.reindex(columns=self.ensembl, fill_value=0)

    def expected_labels(self):
        """Sensitive where LN_IC50 is below the drug's mean: the paper's label."""
        return self.responses.LN_IC50 < self.responses.groupby("DRUG_NAME").LN_IC50.transform("mean")

"""Makes the training table of the demo's perturbation model out of a store of cell lines.

    .venv/bin/python scripts/demo_signatures.py LINES.h5ad FOLDER

A drug's signature is, for each gene, how its expression goes with sensitivity over the cell lines: Fisher's z of the
correlation with pIC50, times the root of the lines less 3. These are no profiles of treated cells, which nobody
distributes as a package: a model trained on them learns which molecules act on similar cell lines. Writes
FOLDER/treated.csv, a row a drug, and FOLDER/conditions.csv with the SMILES.
"""

import csv
import sys
from pathlib import Path

import h5py
import numpy as np

LIMIT = 10
LEAST_LINES = 30


def column(group, name):
    """A column of strings, or of categories."""
    member = group[name]
    if isinstance(member, h5py.Group):
        return member["categories"].asstr()[:][member["codes"][:]]
    return member.asstr()[:]


def signature(expression, sensitivity):
    """z-scores, one a gene; a gene or a drug that does not vary has none."""
    left = expression - expression.mean(axis=0)
    right = sensitivity - sensitivity.mean()
    norm = np.sqrt((left ** 2).sum(axis=0) * (right ** 2).sum())
    correlation = np.divide(right @ left, norm, out=np.zeros(left.shape[1]), where=norm > 0)
    return np.clip(np.arctanh(np.clip(correlation, -0.999, 0.999)) * np.sqrt(len(right) - 3), -LIMIT, LIMIT)


def main():
    path, folder = sys.argv[1], Path(sys.argv[2])
    with h5py.File(path, "r") as store:
        expression = store["X"][:].astype(float)
        row = {name: place for place, name in enumerate(column(store["obs"], "sample"))}
        genes = store["var/entrez"][:]
        responses, drugs = store["uns/responses"], store["uns/drugs"]
        samples, names, values = column(responses, "sample"), column(responses, "drug"), responses["pic50"][:]
        smiles = dict(zip(column(drugs, "drug"), column(drugs, "smiles")))
    rows = np.array([row[sample] for sample in samples])
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "treated.csv", "w", newline="") as treated, open(folder / "conditions.csv", "w", newline="") as told:
        signatures, conditions = csv.writer(treated, lineterminator="\n"), csv.writer(told, lineterminator="\n")
        signatures.writerow(genes)
        conditions.writerow(["canonical_smiles", "dose", "time"])
        count = 0
        for name in sorted(set(names)):
            chosen = (names == name) & np.isfinite(values)
            if not smiles.get(name) or chosen.sum() < LEAST_LINES:
                continue
            signatures.writerow(f"{value:.4f}" for value in signature(expression[rows[chosen]], values[chosen]))
            conditions.writerow([smiles[name], 10, 72])
            count += 1
    print(f"signatures of {count} drugs over {len(row)} cell lines")


if __name__ == "__main__":
    main()

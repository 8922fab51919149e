"""Makes the tables of `therapi embed train-perturbation` from L1000 profiles in a .gctx file.

    .venv/bin/python scripts/l1000_table.py PROFILES.gctx PERTINFO.tsv.gz FOLDER

Writes FOLDER/treated.csv, a row a profile with a header of Entrez ids, and FOLDER/conditions.csv with the SMILES, the
dose (uM) and the time (h) of each row. Profiles of landmark genes alone are read; those of vehicles, and those whose
pert_id has no SMILES in PERTINFO (columns pert_id and canonical_smiles), are left out and counted. Values are cut at 10
deviations, since a few wells lie at 60. The figures of docs/results.md were made from cmapPy's
test_l1000_highprecision.gctx and the pertinfo.tsv of dhimmel/lincs.
"""

import csv
import gzip
import sys
from pathlib import Path

import h5py
import numpy as np

LIMIT = 10
MISSING = "-666"


def texts(group, name):
    return [value.decode() if isinstance(value, bytes) else str(value) for value in group[name][()]]


def smiles_by_perturbagen(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["pert_id"]: row["canonical_smiles"] for row in rows if row["canonical_smiles"] not in ("", MISSING)}


def read(path):
    """Profiles x genes, the genes' Entrez ids, and a (perturbagen, type, dose, hours) for each profile."""
    with h5py.File(path) as file:
        matrix = file["0/DATA/0/matrix"][()]
        genes, columns = file["0/META/ROW"], file["0/META/COL"]
        landmarks = genes["pr_is_lmark"][()] == 1
        names = [name for name, kept in zip(texts(genes, "pr_gene_id"), landmarks) if kept]
        profiles = list(
            zip(texts(columns, "pert_id"), texts(columns, "pert_type"), texts(columns, "pert_dose"), columns["pert_time"][()])
        )
    return matrix[:, landmarks], names, profiles


def main(profiles_path, pertinfo_path, folder):
    matrix, genes, profiles = read(profiles_path)
    known = smiles_by_perturbagen(pertinfo_path)
    folder.mkdir(parents=True, exist_ok=True)
    skipped = {"vehicle": 0, "no SMILES": 0}
    drugs = set()
    with open(folder / "treated.csv", "w", newline="") as treated, open(folder / "conditions.csv", "w", newline="") as conditions:
        after, given = (csv.writer(file, lineterminator="\n") for file in (treated, conditions))
        after.writerow(genes)
        given.writerow(["canonical_smiles", "dose", "time"])
        for row, (perturbagen, kind, dose, hours) in enumerate(profiles):
            if kind.startswith("ctl_"):
                skipped["vehicle"] += 1
            elif perturbagen not in known:
                skipped["no SMILES"] += 1
            else:
                drugs.add(perturbagen)
                after.writerow(f"{value:.5g}" for value in np.clip(matrix[row], -LIMIT, LIMIT))
                given.writerow([known[perturbagen], float(dose), float(hours)])
    kept = len(profiles) - sum(skipped.values())
    print(f"{kept} of {len(profiles)} profiles, {len(drugs)} drugs, {len(genes)} genes; left out: {skipped}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

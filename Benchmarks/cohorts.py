"""Makes two cohort stores of the size that the paper aligned: 673 cell lines and 8,042 patients of 23 tissues.

Each tissue has a profile of its own; a line is that with noise, a patient a mixture of a few lines of the tissue, shifted
gene by gene and with noise. Ingest makes the stores, from tables that are written beside them.
"""

import argparse
import gzip
import subprocess
from pathlib import Path

import numpy as np

from generate import LANDMARKS, read_landmarks

LINES, PATIENTS, TISSUES = 673, 8042, 23
BATCH = 128
CONFIGURATION = """name: {name}
kind: {kind}
root: .
expression:
  layout: gene-rows
  files: {name}.tsv.gz
  assay: rna-seq
  unit: log2(tpm + 1)
  gene-ids: ensembl
tables:
  - layout: table
    files: {name}.samples.tsv
    key: {{column: sample}}
    columns: {{tissue: tissue}}
"""


def profiles(random):
    """Expression of lines and patients, samples x genes, and the tissue of each."""
    centers = random.gamma(2, 1.5, 978) + random.normal(0, 0.8, (TISSUES, 978))
    line_tissues = np.arange(LINES) % TISSUES
    lines = centers[line_tissues] + random.normal(0, 0.6, (LINES, 978))
    patient_tissues = random.integers(0, TISSUES, PATIENTS)
    patients = np.empty((PATIENTS, 978))
    for n, tissue in enumerate(patient_tissues):
        chosen = random.choice(np.flatnonzero(line_tissues == tissue), 3, replace=False)
        patients[n] = random.dirichlet(np.ones(3)) @ lines[chosen]
    patients += random.normal(0, 1, 978) + random.normal(0, 0.3, patients.shape)
    return (lines, line_tissues), (patients, patient_tissues)


def write(folder, name, kind, values, tissues, landmarks):
    samples = [f"{name}-{n:04d}" for n in range(len(values))]
    with gzip.open(folder / f"{name}.tsv.gz", "wt", compresslevel=1) as out:
        out.write("\t".join(["gene", *samples]) + "\n")
        for landmark, row in zip(landmarks, values.T.clip(0, 18)):
            out.write("\t".join([landmark.ensembl, *(f"{value:.4f}" for value in row)]) + "\n")
    rows = [f"{sample}\ttissue-{tissue}\n" for sample, tissue in zip(samples, tissues)]
    (folder / f"{name}.samples.tsv").write_text("sample\ttissue\n" + "".join(rows))
    (folder / f"{name}.yaml").write_text(CONFIGURATION.format(name=name, kind=kind))


def write_alignment(folder):
    tissues = ", ".join(f"tissue-{n}: tissue-{n}" for n in range(TISSUES))
    side = f"{{tissue: {{column: tissue, map: {{{tissues}}}}}}}"
    (folder / "align.yaml").write_text(
        f"name: bench\npreset: reference\nsettings: {{epochs: 2, batch-size: {BATCH}}}\nsource: {side}\ntarget: {side}\n")


def make(folder, therapi):
    """The stores lines.h5ad and patients.h5ad, and align.yaml, which trains for two epochs."""
    folder.mkdir(parents=True, exist_ok=True)
    landmarks = read_landmarks(LANDMARKS)
    lines, patients = profiles(np.random.default_rng(673))
    write(folder, "lines", "cell-lines", *lines, landmarks)
    write(folder, "patients", "patients", *patients, landmarks)
    write_alignment(folder)
    for name in ("lines", "patients"):
        subprocess.run([therapi, "ingest", folder / f"{name}.yaml", "-o", folder / f"{name}.h5ad"], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--therapi", type=Path, required=True)
    arguments = parser.parse_args()
    make(arguments.out, arguments.therapi)

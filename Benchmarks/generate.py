"""Makes the files that the benchmarks read: of the portals' shapes, seeded, the same on every run.

  xena.tsv.gz           a Xena matrix, log2(tpm + 0.001), 60,498 genes x 1,000 samples
  landmark-genes.txt    its ids of the landmark genes, one a line
  double/               the same two files for twice as many genes
  series-matrix.txt.gz  a GEO series matrix, log2 RMA intensities, 54,675 probes x 585 samples
  platform.annot.gz     its platform table; ids and genes beyond the landmarks are made up
  landmark-probes.txt   its probes on landmark genes, one a line
"""

import argparse
import json
import multiprocessing
import os
import sys
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
LANDMARKS = ROOT / "Sources" / "Genes" / "LandmarkTable.swift"
GENES = 60_498
SAMPLES = 1_000
PROBES = 54_675
ARRAYS = 585
LANDMARK_PROBES = 2_500
FLOOR = b"-9.9658"
VERSION = 1


class GzipFile:
    """One gzip member of level 6 with no time stamp, put in place when closed; text goes in by rows."""

    def __init__(self, path):
        self.path = path
        self.partial = path.with_name(path.name + ".partial")
        self.file = open(self.partial, "wb")
        self.deflate = zlib.compressobj(6, zlib.DEFLATED, 31)
        self.rows = []
        self.size = 0

    def write(self, row):
        self.rows.append(row)
        self.size += len(row)
        if self.size > 1 << 22:
            self.flush()

    def flush(self):
        self.file.write(self.deflate.compress(b"".join(self.rows)))
        self.rows = []
        self.size = 0

    def close(self):
        self.flush()
        self.file.write(self.deflate.flush())
        self.file.close()
        os.replace(self.partial, self.path)


class Texts:
    """The text of every multiple of 10^-decimals between two bounds, looked up instead of formatted."""

    def __init__(self, low, high, decimals, strip=False):
        self.scale = 10**decimals
        self.first = round(low * self.scale)
        self.last = round(high * self.scale)
        texts = (f"{n / self.scale:.{decimals}f}" for n in range(self.first, self.last + 1))
        if strip:
            texts = (text.rstrip("0").rstrip(".") for text in texts)
        self.table = np.array([text.encode() for text in texts], dtype=object)

    def __getitem__(self, values):
        positions = np.rint(values * self.scale).astype(np.int64)
        return self.table[np.clip(positions, self.first, self.last) - self.first]


class Landmark:
    def __init__(self, entrez, symbol, ensembl):
        self.entrez = entrez
        self.symbol = symbol
        self.ensembl = ensembl


def read_landmarks(path):
    """The landmarks of the project's own table, or of a TSV of Entrez id, symbol, Ensembl id."""
    landmarks = []
    for line in path.read_text().splitlines():
        fields = line.strip(" ").split("\t")
        if len(fields) >= 3 and fields[0].isdigit() and fields[2].startswith("ENSG"):
            landmarks.append(Landmark(fields[0], fields[1], fields[2].split("|")[0]))
    if len(landmarks) != 978:
        sys.exit(f"{path}: {len(landmarks)} landmark genes, where there should be 978")
    return landmarks


def barcodes(count):
    """TCGA sample ids of primary tumours, one a patient."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"TCGA-{letters[n // 260 % 26]}{letters[n // 10 % 26]}-{1000 + n:04d}-01" for n in range(count)]


def xena(folder, genes, landmarks):
    """Genes in random order; three values in ten are the floor; a sample's TPM sum to about a million."""
    random = np.random.default_rng(978)
    made_up = random.choice(np.arange(400_000, 999_999), genes - len(landmarks), replace=False)
    ids = [f"ENSG00000{n:06d}" for n in made_up] + [landmark.ensembl for landmark in landmarks]
    versioned = [f"{id}.{version}" for id, version in zip(ids, random.integers(1, 20, genes))]
    (folder / "landmark-genes.txt").write_text("".join(f"{id}\n" for id in versioned[-len(landmarks):]))
    order = random.permutation(genes)
    means = random.normal(0.9 - np.log2(genes / GENES), 2.9, genes)
    absent = random.beta(0.3, 0.7, genes)
    texts = Texts(-9.9657, 18, 4)
    out = GzipFile(folder / "xena.tsv.gz")
    out.write("\t".join(["sample", *barcodes(SAMPLES)]).encode() + b"\n")
    for gene in order:
        values = texts[random.standard_normal(SAMPLES, np.float32) * 1.2 + means[gene]]
        values[random.random(SAMPLES, np.float32) < absent[gene]] = FLOOR
        out.write(b"\t".join([versioned[gene].encode(), *values.tolist()]) + b"\n")
    out.close()


def quoted(key, values):
    return "\t".join([key, *(f'"{value}"' for value in values)]).encode() + b"\n"


def series_header(accessions, random):
    """The lines above the table, with the repeats and the ragged characteristics of real ones."""
    series = [
        ("title", "Made-up tumours on made-up arrays"), ("geo_accession", "GSE000585"),
        ("status", "Public on Jan 01 2020"),
        ("summary", "Generated for a benchmark."), ("summary", "Second paragraph; \tnot a field."),
        ("overall_design", f"{ARRAYS} arrays"), ("type", "Expression profiling by array"),
        ("sample_id", " ".join(accessions) + " "), ("platform_id", "GPL000570"), ("platform_taxid", "9606"),
    ]
    for key, value in series:
        yield quoted(f"!Series_{key}", [value])
    yield b"\n"
    same = lambda value: [value] * ARRAYS
    characteristics = [[] for _ in range(ARRAYS)]
    for array in characteristics:
        array.append(f"Sex: {random.choice(['Female', 'Male'])}")
        array.append(f"age.at.diagnosis (year): {random.integers(22, 97)}")
        if random.random() < 0.9:
            array.append(f"tnm.stage: {random.integers(0, 5)}")
        array.append(f"mmr.status: {random.choice(['pMMR', 'dMMR', 'N/A'], p=[0.76, 0.13, 0.11])}")
        array.append(f"os.event: {random.integers(0, 2)}")
        array.append(f"os.delay (months): {random.integers(0, 200)}")
    samples = [
        ("title", [f"tumour {n}" for n in range(ARRAYS)]), ("geo_accession", accessions),
        ("status", same("Public on Jan 01 2020")), ("type", same("RNA")), ("channel_count", same("1")),
        ("source_name_ch1", same("Frozen tissue of primary tumour")), ("organism_ch1", same("Homo sapiens")),
    ]
    for line in range(max(map(len, characteristics))):
        samples.append(("characteristics_ch1", [a[line] if line < len(a) else "" for a in characteristics]))
    samples += [
        ("molecule_ch1", same("total RNA")), ("description", same("")), ("data_processing", same("RMA, log2")),
        ("data_processing", same("quantile normalised")), ("platform_id", same("GPL000570")),
        ("data_row_count", same(str(PROBES))),
    ]
    for key, values in samples:
        yield quoted(f"!Sample_{key}", values)
    yield b"!series_matrix_table_begin\n"
    yield quoted('"ID_REF"', accessions)


def probe_ids():
    return [f"{200000 + n}_{('at', 's_at', 'x_at')[n % 7 % 3]}" for n in range(PROBES)]


def landmark_probes(landmarks):
    """The landmark gene of each of the chosen probes: every gene has one, most have two or three."""
    random = np.random.default_rng(570)
    genes = landmarks + [landmarks[n] for n in random.integers(0, len(landmarks), LANDMARK_PROBES - len(landmarks))]
    return dict(zip(random.choice(PROBES, LANDMARK_PROBES, replace=False).tolist(), genes))


def series_matrix(folder):
    random = np.random.default_rng(585)
    accessions = [f"GSM{900000 + n}" for n in range(ARRAYS)]
    texts = Texts(2, 15, 5, strip=True)
    out = GzipFile(folder / "series-matrix.txt.gz")
    for line in series_header(accessions, random):
        out.write(line)
    means = 2.5 + random.gamma(2.2, 1.6, PROBES)
    for id, mean in zip(probe_ids(), means):
        values = texts[random.standard_normal(ARRAYS) * 0.45 + mean]
        out.write(b"\t".join([f'"{id}"'.encode(), *values.tolist()]) + b"\n")
    out.write(b"!series_matrix_table_end\n")
    out.close()


def platform(folder, landmarks):
    random = np.random.default_rng(20)
    columns = [
        "ID", "Gene title", "Gene symbol", "Gene ID", "UniGene title", "UniGene symbol", "UniGene ID",
        "Nucleotide Title", "GI", "GenBank Accession", "Platform_CLONEID", "Platform_ORF", "Platform_SPOTID",
        "Chromosome location", "Chromosome annotation", "GO:Function", "GO:Process", "GO:Component",
        "GO:Function ID", "GO:Process ID", "GO:Component ID",
    ]
    genes = landmark_probes(landmarks)
    ids = probe_ids()
    (folder / "landmark-probes.txt").write_text("".join(f"{ids[n]}\n" for n in sorted(genes)))
    out = GzipFile(folder / "platform.annot.gz")
    head = ["^Annotation", "!Annotation_date = Jan 01 2020", "!Annotation_platform = GPL000570",
            "!Annotation_platform_title = Made-up array", "!Annotation_platform_organism = Homo sapiens"]
    head += [f"#{column} = {column}" for column in columns]
    out.write("\n".join([*head, "!platform_table_begin", "\t".join(columns)]).encode() + b"\n")
    for n, id in enumerate(ids):
        cells = dict.fromkeys(columns, "")
        cells["ID"] = id
        cells["GenBank Accession"] = f"NM_{n:06d}"
        if n in genes:
            cells["Gene title"], cells["Gene symbol"], cells["Gene ID"] = "landmark", genes[n].symbol, genes[n].entrez
        elif (kind := random.random()) < 0.05:
            cells["Gene symbol"], cells["Gene ID"] = f"BENCH{n}///BENCH{n + 1}", f"{800000000 + n}///{800000001 + n}"
        elif kind < 0.8:
            cells["Gene symbol"], cells["Gene ID"] = f"BENCH{n}", str(800000000 + n)
        out.write("\t".join(cells.values()).encode() + b"\n")
    out.write(b"!platform_table_end\n")
    out.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--landmarks", type=Path, default=LANDMARKS, help="a table of Entrez id, symbol, Ensembl id")
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    stamp = {"version": VERSION, "numpy": np.__version__, "landmarks": zlib.crc32(arguments.landmarks.read_bytes())}
    done = out / "generated.json"
    if done.is_file() and json.loads(done.read_text()) == stamp:
        print(f"{out} is up to date")
        return
    landmarks = read_landmarks(arguments.landmarks)
    platform(out, landmarks)
    (out / "double").mkdir(exist_ok=True)
    work = [
        (xena, (out / "double", 2 * GENES, landmarks)),
        (xena, (out, GENES, landmarks)),
        (series_matrix, (out,)),
    ]
    with multiprocessing.Pool(2) as pool:
        for result in [pool.apply_async(function, parameters) for function, parameters in work]:
            result.get()
    done.write_text(json.dumps(stamp))
    for path in sorted(out.rglob("*.gz")):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

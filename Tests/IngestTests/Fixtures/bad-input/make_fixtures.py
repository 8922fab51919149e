"""Makes the bad files of BadInputTests (h5py 3.16).

Run in this folder. `good.tsv` and `good.gct` are sound; the others are each wrong in one way.
"""
import gzip, math, os, pickle, random, struct
import h5py, numpy as np

random.seed(2)


def text(name, *rows, sep="\t", encoding="utf-8"):
    data = "".join((row if isinstance(row, str) else sep.join(map(str, row))) + "\n" for row in rows).encode(encoding)
    open(name, "wb").write(data)
    return data


HEAD = ["gene", "TCGA-AA-0001-01A", "TCGA-AA-0002-01A", "TCGA-AA-0003-01A"]
GOOD = [HEAD, ["AKT1", 1.5, 2.5, 3.5], ["ALDOA", 9, 8, 7], ["A1BG", 0, 0.5, 0.25], ["APOE", 4, 5, 6]]
data = text("good.tsv", *GOOD)
packed = gzip.compress(b"".join(b"GENE%d\t1.5\t2.25\t%d\n" % (i, i) for i in range(5000)), mtime=0)
open("truncated.tsv.gz", "wb").write(packed[: len(packed) // 2])
damaged = bytearray(packed)
damaged[-6] ^= 1
open("damaged.tsv.gz", "wb").write(damaged)
open("cut-row.tsv", "wb").write(data[: data.index(b"APOE") + 6])
genes = ["AARS1", "AKT1", "ALDOA", "APOE", "BIRC5", "FAS"]
text("toil.tsv", HEAD, *[[genes[i % 6]] + [round(math.log2((0 if (i + j) % 4 == 0 else i * 7 + j) + 0.001), 4) for j in range(3)] for i in range(60)])
text("no-landmark.tsv", HEAD, ["A1BG", 1, 2, 3], ["A2M", 1, 2, 3])
text("duplicated.tsv", HEAD[:3] + [HEAD[1]], *GOOD[1:])
text("not-a-number.tsv", *GOOD[:2], ["ALDOA", 9, "8,5", 7], *GOOD[3:])
text("utf16.tsv", *GOOD, encoding="utf-16")
text("utf16-no-mark.tsv", *GOOD, encoding="utf-16-le")
open("empty.tsv", "wb").write(b"")
text("header-only.tsv", HEAD)
open("binary.tsv", "wb").write(random.randbytes(3000))
text("comma.tsv", *GOOD, sep=",")
text("gaps.tsv", HEAD, ["AKT1", 1, "NA", 3])
text("infinite.tsv", HEAD, ["AKT1", 1, "-inf", 3])

# GCT and GCTX under each other's names, and sizes that nothing holds
gct = ["#1.3", [1, 2, 1, 0], ["id", "pr_gene_id", "s1", "s2"], ["218159_at", 207, 1.5, 2]]
text("text.gctx", *gct)
open("text-gz.gctx", "wb").write(gzip.compress(open("text.gctx", "rb").read(), mtime=0))
text("huge.gct", "#1.3", [2000000000, 2, 1, 0], *gct[2:])
text("huge-columns.gct", "#1.3", [1, 2000000000, 1, 0], *gct[2:])
text("overflow.gct", "#1.3", [99999999999999999999, 2, 1, 0], *gct[2:])


def gctx(name, shape, ids):
    with h5py.File(name, "w", libver="earliest") as f:
        f.create_dataset("0/DATA/0/matrix", shape, "<f4", chunks=(64, 64) if max(shape) > 64 else None)
        for axis, count in zip(("COL", "ROW"), shape if ids is None else ids):
            f.create_dataset(f"0/META/{axis}/id", (count,), "S12", chunks=(64,) if count > 64 else None)


gctx("hdf5.gct", (2, 1), None)
gctx("huge.gctx", (1 << 20, 1 << 20), (2, 1))
gctx("huge-ids.gctx", (1 << 40, 1 << 20), None)
with h5py.File("other.gctx", "w", libver="earliest") as f:
    f["x"] = np.zeros(3, "<f4")
half = open("hdf5.gct", "rb").read()
open("half.gctx", "wb").write(half[: len(half) // 2])
header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 1024), }"
header += b" " * (117 - len(header)) + b"\n"
open("huge.npy", "wb").write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776, 1024), }"
header += b" " * (117 - len(header)) + b"\n"
open("huge-file.npy", "wb").write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)


# A pickle that asks for a command when Python loads it
class Evil:
    def __reduce__(self):
        return os.system, ("echo owned",)


open("command.pkl", "wb").write(pickle.dumps({"line": Evil()}, 4))
text("genes.txt", "AKT1", "ALDOA")

# Companions
text("samples-of-others.tsv", ["id", "tissue"], ["TCGA-ZZ-0001-01", "lung"], ["TCGA-ZZ-0002-01", "skin"])
text("samples.tsv", ["id", "age"], ["TCGA-AA-0001-01A", "old"])
text("platform-no-probe.tsv", ["probe", "Gene ID"], ["AKT1", 207])
text("platform-of-others.tsv", ["ID", "Gene ID"], ["1007_s_at", 780])
text("lengths-of-others.tsv", ["symbol", "length"], ["NAT1", 1000])
text("counts.tsv", HEAD, ["AKT1", 10, 20, 30], ["ALDOA", 5, 5, 5])
text("responses-of-others.csv", ["", "5426"], ["TCGA-ZZ-0001", 1], sep=",")
text("ic50-words.csv", ["CELL_LINE_NAME", "DRUG_NAME", "LN_IC50"], ["TCGA-AA-0001-01A", "Erlotinib", "1.5"], ["TCGA-AA-0002-01A", "Erlotinib", "n/d"], sep=",")
text("list-of-others.txt", "TCGA-ZZ-0001-01A")
series = ['!Series_title\t"x"', '!Sample_title\t"a"\t"b"', '!Sample_geo_accession\t"GSM1"\t"GSM2"']
rows = ["!series_matrix_table_begin", '"ID_REF"\t"GSM1"\t"GSM2"']
text("no-expression_series_matrix.txt", *series, '!Sample_data_row_count\t"0"\t"0"', *rows, "!series_matrix_table_end")
text("cut_series_matrix.txt", *series, *rows, '"AKT1"\t1\t2')
text("ragged_series_matrix.txt", *series, '!Sample_platform_id\t"GPL570"', *rows, "!series_matrix_table_end")

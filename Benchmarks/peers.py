"""One peer's way to the same matrix, as a whole process: peers.py pandas|polars xena|series FILE IDS

Reads the table, keeps the rows whose ids stand in IDS and turns them into samples x rows in float32.
"""

import gzip
import sys
from pathlib import Path

SERIES_TABLE = "!series_matrix_table_begin"


def lines_before_table(path):
    with gzip.open(path, "rt", encoding="latin-1") as file:
        for number, line in enumerate(file, start=1):
            if line.startswith(SERIES_TABLE):
                return number
    sys.exit(f"{path}: no {SERIES_TABLE}")


def with_pandas(path, ids, skipped, comment):
    import pandas

    table = pandas.read_csv(path, sep="\t", index_col=0, skiprows=skipped, comment=comment)
    return table.loc[ids].to_numpy("float32").T.copy()


def with_polars(path, ids, skipped, comment):
    import numpy
    import polars

    table = polars.scan_csv(path, separator="\t", skip_lines=skipped, comment_prefix=comment)
    first = table.collect_schema().names()[0]
    kept = table.filter(polars.col(first).is_in(ids)).collect(engine="streaming").drop(first)
    return numpy.ascontiguousarray(kept.cast(polars.Float32).to_numpy().T)


def main():
    peer, layout, path, ids = sys.argv[1:]
    ids = Path(ids).read_text().split()
    skipped, comment = (lines_before_table(path), "!") if layout == "series" else (0, None)
    read = {"pandas": with_pandas, "polars": with_polars}[peer]
    matrix = read(path, ids, skipped, comment)
    if matrix.shape[1] != len(ids):
        sys.exit(f"{peer} found {matrix.shape[1]} of {len(ids)} rows")


main()

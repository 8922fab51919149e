"""Fetches the Debian package that holds the demo's clinical data and writes its tables as the portal had them.

    .venv/bin/python scripts/demo_clinical.py --cache FOLDER --out FOLDER

r-bioc-tcgabiolinks ships the BCR biotab files of TCGA-COAD as they were on the Genomic Data Commons; only the archive is
fetched, nothing of it is installed. Writes clinical_patient_coad.txt and clinical_drug_coad.txt with their three lines of
headings, and survival_coad.tsv: overall survival by the last word of patients' and follow-up files: an event at the day
of death, else censored at the latest day of contact. It agrees with TCGA-CDR (Liu et al. 2018) on every patient of both.
"""

import argparse
import io
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import warnings
import zlib
from pathlib import Path

from demo_data import put

PACKAGE = "r-bioc-tcgabiolinks"
DATABASE = "./usr/lib/R/site-library/TCGAbiolinks/data/Rdata"
TABLES = ["clinical_patient_coad", "clinical_drug_coad"]
FOLLOWED = ["clinical_patient_coad", "clinical_follow_up_v1.0_coad"]
ID, VITAL, DEATH, CONTACT = "bcr_patient_barcode", "vital_status", "death_days_to", "last_contact_days_to"
HEADINGS = 2


def archive(cache):
    """The package's file in the cache, fetched first unless it is there. apt has checked its signature."""
    kept = sorted(cache.glob(f"{PACKAGE}_*.deb"))
    if kept:
        return kept[-1]
    print(f"fetching {PACKAGE}", flush=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".partial-") as partial:
        # apt gives the file to a user of its own where it can.
        os.chmod(partial, 0o777)
        if subprocess.run(["apt-get", "--quiet=2", "download", PACKAGE], cwd=partial).returncode != 0:
            sys.exit(f"apt-get could not fetch {PACKAGE}: see above. Run apt-get update, then make demo again.")
        [path] = Path(partial).iterdir()
        return path.rename(cache / path.name)


def members(package, names):
    """Bytes of some files in a Debian package."""
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as files:
        return [files.extractfile(name).read() for name in names]


def tables(package):
    """The tables of `clinical.biotab`, from R's lazy-load database: an index, and compressed values behind their lengths."""
    import rdata

    def value(data):
        with warnings.catch_warnings():
            # Classes of the tidyverse, which are data frames to us.
            warnings.simplefilter("ignore")
            return rdata.conversion.convert(rdata.parser.parse_data(data))

    index, content = members(package, [DATABASE + ".rdx", DATABASE + ".rdb"])
    start, length = (int(number) for number in value(index)["variables"]["clinical.biotab"])
    packed = content[start:start + length]
    # Four bytes of length; then zlib's stream, or a letter and xz's.
    plain = lzma.decompress(packed[5:]) if packed[4:5] == b"Z" else zlib.decompress(packed[4:])
    return {str(name): table for name, table in value(plain).items()}


def survival(found):
    """Rows of patient, event and days; who died on a day that nobody names, or has no day at all, is left out."""
    contacts, deaths, died = {}, {}, set()
    for name in FOLLOWED:
        rows = found[name].iloc[HEADINGS:][[ID, VITAL, DEATH, CONTACT]]
        for patient, vital, death, contact in rows.itertuples(index=False):
            if vital == "Dead":
                died.add(patient)
                if is_day(death):
                    deaths[patient] = min(int(death), deaths.get(patient, int(death)))
            if is_day(contact):
                contacts[patient] = max(int(contact), contacts.get(patient, 0))
    censored = {patient: days for patient, days in contacts.items() if patient not in died}
    return sorted([(patient, 1, days) for patient, days in deaths.items()]
                  + [(patient, 0, days) for patient, days in censored.items()])


def is_day(text):
    return isinstance(text, str) and text.isdecimal()


def place(text, target):
    put(io.BytesIO(text.encode()), target)
    print(f"{target}: {target.stat().st_size:,} bytes of {PACKAGE}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the archive")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    arguments = parser.parse_args()
    for folder in (arguments.cache, arguments.out):
        folder.mkdir(parents=True, exist_ok=True)
    found = tables(archive(arguments.cache))
    for name in TABLES:
        # The first heading is the names of the columns, the other two stand as rows.
        place(found[name].to_csv(sep="\t", index=False, na_rep=""), arguments.out / f"{name}.txt")
    rows = [(ID, "OS", "OS.time"), *survival(found)]
    place("".join("\t".join(map(str, row)) + "\n" for row in rows), arguments.out / "survival_coad.tsv")


if __name__ == "__main__":
    main()

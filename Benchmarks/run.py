"""Times `therapi ingest` beside what else reads the same files, and training beside PyTorch; prints the ratios.

Every contender is a whole process, start-up included; they take turns (A B C, A B C, ...), so that a busy
moment of the machine falls on all of them. Only the ratios mean anything elsewhere. Peak memory counts
from this script's own (some 14 MB), which a process inherits before it becomes another program.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import embeddings
import perturbation
import prediction
import scoring
import steps
from judging import Target

HERE = Path(__file__).resolve().parent
MEGABYTE = 1e6


class Contender:
    def __init__(self, name, command):
        self.name = name
        self.command = [str(word) for word in command]
        self.runs = []

    def run(self):
        """One run, with its times in seconds and its peak memory in megabytes."""
        start = time.perf_counter()
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1)]
        process = os.posix_spawnp(self.command[0], self.command, os.environ, file_actions=quiet)
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{self.name} failed with status {os.waitstatus_to_exitcode(status)}: {' '.join(self.command)}")
        self.runs.append({"wall": wall, "user": usage.ru_utime, "system": usage.ru_stime,
                          "memory": usage.ru_maxrss * 1024 / MEGABYTE})

    def median(self, key):
        return statistics.median(run[key] for run in self.runs)

    def row(self):
        walls = [run["wall"] for run in self.runs]
        return (f"{self.name:<12}{self.median('wall'):>9.2f} s {f'{min(walls):.2f}-{max(walls):.2f}':>12}"
                f"{self.median('user'):>8.2f}{self.median('system'):>8.2f}{self.median('memory'):>9.0f} MB")


class Work:
    """One file and those that read it."""

    def __init__(self, title, contenders):
        self.title = title
        self.contenders = {contender.name: contender for contender in contenders}

    def run(self, rounds):
        print(f"\n{self.title}", flush=True)
        for _ in range(rounds):
            for contender in self.contenders.values():
                contender.run()
        print(f"{'':<12}{'median':>11} {'min-max':>12}{'user':>8}{'system':>8}{'memory':>12}")
        for contender in self.contenders.values():
            print(contender.row(), flush=True)

    def __getitem__(self, name):
        return self.contenders[name]


def contenders(arguments, layout, root, file, ids, configuration):
    """Those that read `root`/`file`; the slow ones only where `ids` names the rows they keep."""
    path = root / file
    found = [
        Contender("therapi", [arguments.therapi, "ingest", HERE / configuration, "--set", f"root={root}",
                              "-o", arguments.out / f"{root.name}-{layout}.h5ad"]),
        Contender("inflate", [arguments.inflate, path]),
    ]
    if ids:
        found.append(Contender("gzip -dc", ["gzip", "-dc", path]))
        for peer in ("pandas", "polars"):
            found.append(Contender(peer, [sys.executable, HERE / "peers.py", peer, layout, path, root / ids]))
    return found


def targets(xena, double, series):
    def ratio(work, one, other):
        return work[one].median("wall") / work[other].median("wall")

    return [
        Target("Xena: time of therapi / inflate", ratio(xena, "therapi", "inflate"), 1.25, True),
        Target("Xena: time of therapi / gzip -dc", ratio(xena, "therapi", "gzip -dc"), 1, True),
        Target("Xena: time of pandas / therapi", ratio(xena, "pandas", "therapi"), 8, False),
        Target("Xena: time of polars / therapi", ratio(xena, "polars", "therapi"), 3, False),
        Target("Xena: peak memory of therapi, MB", xena["therapi"].median("memory"), 60, True),
        Target("Xena, twice the rows: time of therapi / inflate", ratio(double, "therapi", "inflate"), 1.25, True),
        Target("Xena: memory for twice the rows / once",
               double["therapi"].median("memory") / xena["therapi"].median("memory"), 1.1, True),
        Target("series matrix: time of therapi / inflate", ratio(series, "therapi", "inflate"), 1.25, True),
        Target("series matrix: time of pandas / therapi", ratio(series, "pandas", "therapi"), 5, False),
    ]


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def machine():
    """What the figures depend on."""
    processors = [line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    versions = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "freeze"],
                              capture_output=True, text=True, check=True).stdout.split()
    return {
        "processor": processors[0] if processors else platform.machine(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "libisal": first_line("pkg-config", "--modversion", "libisal"),
        "gzip": first_line("gzip", "--version"),
        "swift": first_line(os.environ.get("SWIFT", "swift"), "--version"),
        "python": platform.python_version(),
        "peers": [version for version in versions if version.startswith(("pandas", "polars=", "numpy", "torch"))],
        "load before": os.getloadavg()[0],
    }


def build_inflate(path):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libisal"], capture_output=True, text=True, check=True)
    subprocess.run(["cc", "-O2", "-o", path, HERE / "inflate.c", *flags.stdout.split()], check=True)


def ingest(arguments):
    data = arguments.data
    xena = Work("Xena matrix, 60,498 genes x 1,000 samples",
                contenders(arguments, "xena", data, "xena.tsv.gz", "landmark-genes.txt", "xena.yaml"))
    double = Work("the same, 120,996 genes",
                  contenders(arguments, "xena", data / "double", "xena.tsv.gz", None, "xena.yaml"))
    series = Work("GEO series matrix, 54,675 probes x 585 samples",
                  contenders(arguments, "series", data, "series-matrix.txt.gz", "landmark-probes.txt",
                             "series-matrix.yaml"))
    works = [xena, double, series]
    for work in works:
        work.run(arguments.rounds)
    return works, targets(xena, double, series)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="what generate.py made")
    parser.add_argument("--therapi", type=Path, required=True, help="the release build")
    parser.add_argument("--step-bench", type=Path, required=True, help="the release build of StepBench")
    parser.add_argument("--perturbation-bench", type=Path, required=True, help="the release build of PerturbationBench")
    parser.add_argument("--rank-bench", type=Path, required=True, help="the release build of RankBench")
    parser.add_argument("--predictor-bench", type=Path, required=True, help="the release build of PredictorBench")
    parser.add_argument("--score-bench", type=Path, required=True, help="the release build of ScoreBench")
    parser.add_argument("--patients", type=int, default=8400, help="of the cohort that is scored")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", choices=["ingest", "training", "perturbation", "embedding", "prediction", "scoring"],
        help="one part of the benchmarks")
    arguments = parser.parse_args()
    arguments.out = arguments.data / "out"
    arguments.out.mkdir(exist_ok=True)
    arguments.inflate = arguments.out / "inflate"
    build_inflate(arguments.inflate)

    facts = machine()
    for name, value in facts.items():
        print(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    works, judged, trained, perturbed, embedded, predicted, scored = [], [], {}, {}, {}, {}, {}
    if arguments.only in (None, "ingest"):
        works, judged = ingest(arguments)
    if arguments.only in (None, "training"):
        found, trained = steps.measure(
            arguments.step_bench, arguments.therapi, arguments.data / "alignment", arguments.rounds, 30)
        judged += found
    if arguments.only in (None, "perturbation"):
        found, perturbed = perturbation.measure(arguments.perturbation_bench, arguments.rounds, 2_000)
    if arguments.only in (None, "embedding"):
        found, embedded = embeddings.measure(arguments.rank_bench, arguments.rounds)
        judged += found
    if arguments.only in (None, "prediction"):
        found, predicted = prediction.measure(arguments.predictor_bench, arguments.rounds, 112_533)
        judged += found
    if arguments.only in (None, "scoring"):
        found, scored = scoring.measure(arguments.score_bench, arguments.rounds, arguments.patients, 174)
        judged += found

    print()
    for target in judged:
        print(target.row())
    results = {
        "machine": facts,
        "runs": {work.title: {name: c.runs for name, c in work.contenders.items()} for work in works},
        "training": trained,
        "perturbation": perturbed,
        "embedding": embedded,
        "prediction": predicted,
        "scoring": scored,
        "targets": [vars(target) for target in judged],
    }
    (arguments.data / "results.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()

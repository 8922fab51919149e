"""Times training steps beside PyTorch's, inside their processes, and beside the matrix products they are made of.

The contenders take turns; each prints the median of its own steps, and the median over the turns counts.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from judging import Target

HERE = Path(__file__).resolve().parent


class Neighbour:
    """A process that keeps one core busy while it is open."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        os.sched_setaffinity(self.process.pid, {max(os.sched_getaffinity(0))})
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def run(*command):
    out = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit(f"{command[0]} failed with status {out.returncode}:\n{out.stderr}")
    return json.loads(out.stdout)


def turns(rounds, *commands):
    """What each command prints, round by round: commands A, B, A, B, ..."""
    results = [[run(*command) for command in commands] for _ in range(rounds)]
    return list(zip(*results))


def median(results, key):
    return statistics.median(result[key] for result in results)


def peak_memory(folder, therapi):
    """Megabytes at the most of a whole alignment at true size, two epochs of it, stores written and measured."""
    # In a process of its own: what this one holds would count as its children's peak.
    subprocess.run([sys.executable, HERE / "cohorts.py", "--out", folder, "--therapi", therapi], check=True,
                   stdout=subprocess.DEVNULL)
    stores = [word for side, name in (("--source", "lines"), ("--target", "patients"))
              for word in (side, folder / f"{name}.h5ad")]
    command = [therapi, "align", "--config", folder / "align.yaml", *stores, "-o", folder / "bench.safetensors",
               "--restart"]
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"therapi align failed with status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss * 1024 / 1e6


def measure(bench, therapi, folder, rounds, steps):
    """The aligner's step on one lane and two, alone and with a neighbour; rows for the table, and all results."""
    peer = [sys.executable, HERE / "aligner_peer.py"]
    kept, targets = {}, []
    print("\naligner, one training step: 673 x 978 source, 128 x 978 target, 23 tissues")
    for lanes in (1, 2):
        ours, theirs = turns(rounds, [bench, lanes, steps], [*peer, lanes, steps])
        kept[f"{lanes} threads"] = {"therapi": ours, "pytorch": theirs}
        mine, products, other = (median(ours, "step_seconds"), median(ours, "products_seconds"),
                                 median(theirs, "step_seconds"))
        operations = ours[0]["operations"]
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   therapi {mine * 1e3:7.1f} ms   "
              f"PyTorch {theirs[0]['torch']} {other * 1e3:7.1f} ms   products alone {products * 1e3:7.1f} ms   "
              f"{operations / 1e9:.2f} GFLOP: {operations / mine / 1e9:.0f} of {operations / products / 1e9:.0f} GFLOP/s")
        targets += [
            Target(f"aligner, {lanes} threads: time of PyTorch / therapi", other / mine, 1.3, False),
            Target(f"aligner, {lanes} threads: speed of the step / sgemm's", products / mine, 0.8, False),
        ]
    alone = median(kept["2 threads"]["therapi"], "step_seconds")
    with Neighbour():
        ours, theirs = turns(rounds, [bench, 2, steps], [*peer, 2, steps])
    kept["2 threads, busy neighbour"] = {"therapi": ours, "pytorch": theirs}
    slowed = median(ours, "step_seconds") / alone
    print(f"with a neighbour on one core: therapi {median(ours, 'step_seconds') * 1e3:.1f} ms, "
          f"PyTorch {median(theirs, 'step_seconds') * 1e3:.1f} ms")
    # In proportion: with one core of two taken away, twice the time.
    targets.append(Target("aligner, busy neighbour: time / time alone", slowed, 2, True))
    kept["peak memory, MB"] = peak_memory(folder, therapi)
    targets.append(Target("aligner, 673 + 8,042 samples: peak memory, MB", kept["peak memory, MB"], 200, True))
    return targets, kept

"""Times one drug over a cohort beside the published forward of CSG2A in PyTorch, inside their processes."""

import sys
from pathlib import Path

from judging import Target
from steps import median, turns

HERE = Path(__file__).resolve().parent


def measure(bench, rounds, samples):
    """Pairs a second on one lane and two, the drug's encoding counted once; targets, and all results."""
    peer = [sys.executable, HERE / "perturbation_peer.py"]
    kept, targets = {}, []
    print(f"\nperturbation, one drug over {samples:,} samples: 978 genes, hidden 64, transformer of 8 layers x 1024")
    for lanes in (1, 2):
        ours, theirs = turns(rounds, [bench, lanes, samples, 3], [*peer, lanes, 3])
        kept[f"{lanes} threads"] = {"therapi": ours, "pytorch": theirs}
        mine, other = median(ours, "pair_seconds"), median(theirs, "pair_seconds")
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   therapi {1 / mine:9.0f} pairs/s (the drug "
              f"{median(ours, 'drug_seconds') * 1e3:.1f} ms, its pairs {median(ours, 'pairs_seconds') * 1e3:.1f} ms)   "
              f"PyTorch {theirs[0]['torch']} {1 / other:6.1f} pairs/s")
        targets.append(Target(f"perturbation, {lanes} threads: pairs/s of therapi / PyTorch", other / mine, 300, False))
    return targets, kept

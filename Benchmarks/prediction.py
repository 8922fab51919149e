"""Times a training epoch of the response predictor beside PyTorch's with its usual DataLoader, inside their processes."""

import sys
from pathlib import Path

from judging import Target
from steps import median, turns

HERE = Path(__file__).resolve().parent


def measure(bench, rounds, pairs):
    """Seconds an epoch on one lane and two; targets, and all results."""
    peer = [sys.executable, HERE / "predictor_peer.py"]
    kept, targets = {}, []
    print(f"\npredictor, one epoch over {pairs:,} pairs: 673 samples, 174 drugs, head 768-128-1, batches of 512")
    for lanes in (1, 2):
        ours, theirs = turns(rounds, [bench, lanes, pairs, 1], [*peer, lanes, pairs, 1])
        kept[f"{lanes} threads"] = {"therapi": ours, "pytorch": theirs}
        mine, loaded, indexed = (median(ours, "epoch_seconds"), median(theirs, "epoch_seconds"),
                                 median(theirs, "indexed_seconds"))
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   therapi {mine:6.2f} s   PyTorch {theirs[0]['torch']} "
              f"{loaded:6.2f} s with its DataLoader, {indexed:6.2f} s by indexing whole tables")
        alone = median(ours, "products_seconds")
        print(f"            its matrix products alone {alone:.2f} s: no more than {loaded / alone:.2f} times PyTorch's "
              "speed can be had")
        targets.append(
            Target(f"predictor, {lanes} threads: time of PyTorch / therapi", loaded / mine, 2.5, False))
    return targets, kept

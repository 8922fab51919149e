"""Times embeddings beside transformers', inside their processes, on the same number of threads, taking turns."""

import sys

from judging import Target
from steps import HERE, median, turns


def measure(bench, rounds, samples=8):
    """The rank model on one lane and two; rows for the table, and all results."""
    peer = [sys.executable, HERE / "rank_peer.py"]
    kept, targets = {}, []
    print("\nrank model, one sample of 978 tokens: 6 layers x 256, 4 heads, random weights")
    for lanes in (1, 2):
        ours, theirs = turns(rounds, [bench, lanes, 3, samples], [*peer, lanes, 3, samples])
        kept[f"{lanes} threads"] = {"therapi": ours, "transformers": theirs}
        last, default, other = (median(ours, "last_seconds"), median(ours, "second_to_last_seconds"),
                                median(theirs, "seconds"))
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   therapi {last * 1e3:7.1f} ms (last layer), "
              f"{default * 1e3:7.1f} ms (second to last, the default)   "
              f"transformers {theirs[0]['transformers']} {other * 1e3:7.1f} ms")
        targets += [
            Target(f"rank, {lanes} threads, last layer: transformers / therapi", other / last, 1.5, False),
            Target(f"rank, {lanes} threads, default layer: the same", other / default, 1.5, False),
        ]
    return targets, kept

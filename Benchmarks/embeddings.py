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
        last, default = median(ours, "last_seconds"), median(ours, "second_to_last_seconds")
        alone, published = median(theirs, "seconds"), median(theirs, "with_head_seconds")
        floor = {layer: median(ours, f"{layer}_products_seconds") for layer in ("last", "second_to_last")}
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   therapi {last * 1e3:7.1f} ms (last layer), "
              f"{default * 1e3:7.1f} ms (second to last, the default)   transformers {theirs[0]['transformers']} "
              f"{alone * 1e3:7.1f} ms (encoder), {published * 1e3:7.1f} ms (model for masked genes)")
        print(f"            its matrix products alone {floor['last'] * 1e3:7.1f} and "
              f"{floor['second_to_last'] * 1e3:7.1f} ms: no more than {alone / floor['last']:.2f} and "
              f"{alone / floor['second_to_last']:.2f} times the encoder's speed can be had")
        targets += [
            Target(f"rank, {lanes} threads, default layer: masked model / therapi", published / default, 1.5, False),
            Target(f"rank, {lanes} threads, default layer: encoder / therapi", alone / default, 1.5, False),
            Target(f"rank, {lanes} threads, last layer: encoder / therapi", alone / last, 1.5, False),
        ]
    return targets, kept

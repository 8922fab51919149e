"""Times scoring of a cohort beside the matrix products that it is made of, inside one process."""

from judging import Target
from steps import median, turns


def measure(bench, rounds, patients, drugs):
    """Scoring on one lane and two at the published sizes; targets, and all results."""
    kept, targets = {}, []
    print(f"\nscoring, {patients:,} patients x {drugs} drugs: 978 genes, hidden 64, rank 256, 10 folds")
    for lanes in (1, 2):
        (found,) = turns(rounds, [bench, lanes, patients, drugs, 1])
        kept[f"{lanes} threads"] = found
        memory = median(found, "memory_bytes") / 1e6
        print(f"{lanes} thread{'s' if lanes > 1 else ' '}   {median(found, 'pairs_per_second'):9.0f} pairs/s   "
              f"{median(found, 'score_seconds'):.2f} s, the products alone {median(found, 'product_seconds'):.2f} s   "
              f"{memory:.0f} MB")
        targets.append(Target(
            f"scoring, {lanes} threads: time / the products alone", median(found, "ratio"), 1.5, True))
        targets.append(Target(f"scoring, {lanes} threads: peak memory, MB", memory, 1_000, True))
    return targets, kept

"""Makes measures.json (numpy, scipy, scikit-learn; their versions stand in it); run in this folder.

    python3 -m venv /tmp/measures && /tmp/measures/bin/pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    /tmp/measures/bin/python make_fixtures.py
"""
import json
import numpy as np
import scipy
import sklearn
from scipy.stats import entropy
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors

random = np.random.default_rng(42)


def points(samples, features, centres, spread):
    return centres[np.arange(samples) % len(centres)] + spread * random.standard_normal((samples, features))


def as_written(x):
    """The numbers as the fixture holds them, to three decimals, in the single precision that a reader takes them in."""
    return np.round(x, 3).astype(np.float32)


def nearest(x, k, allowed):
    """Brute force in double precision, ties by index; allowed[i, j] says whether j may be a neighbour of i."""
    x = x.astype(np.float64)
    squared = ((x[:, None, :] - x[None, :, :]) ** 2).sum(axis=2)
    squared[~allowed] = np.inf
    return np.argsort(squared, axis=1, kind="stable")[:, :k]


def shares(neighbours, labels, asking, same):
    own = labels[asking]
    equal = labels[neighbours[asking]] == own[:, None]
    return (equal if same else ~equal).mean(axis=1)


def clouds():
    """Three tissues in two domains, with gaps among the tissues and a tissue of one sample."""
    samples, features, k = 96, 11, 7
    x = points(samples, features, 4 * random.standard_normal((3, features)), 2.0)
    domains = np.array(["line" if i < 36 else "patient" for i in range(samples)])
    x[domains == "line"] += 0.5
    x = as_written(x)
    tissues = np.array([["colon", "lung", "skin"][i % 3] for i in range(samples)], dtype=object)
    tissues[[5, 40, 41, 77]] = ""
    tissues[90] = "eye"
    everybody = ~np.eye(samples, dtype=bool)
    found = nearest(x, k, everybody)
    assert (NearestNeighbors(n_neighbors=k, algorithm="brute").fit(x.astype(float)).kneighbors()[1] == found).all()

    other_share = np.array([(domains != d).sum() / (samples - 1) for d in domains])
    mixing = shares(found, domains, np.arange(samples), same=False) / other_share
    known = np.flatnonzero(tissues != "")
    labelled = everybody & (tissues != "")[None, :]
    purity = shares(nearest(x, k, labelled), tissues, known, same=True)
    across = labelled & (domains[:, None] != domains[None, :])
    cross_purity = shares(nearest(x, k, across), tissues, known, same=True)
    chance = [(tissues[labelled[i]] == tissues[i]).mean() for i in known]
    cross_chance = [(tissues[across[i]] == tissues[i]).mean() for i in known]
    return {
        "samples": samples, "features": features, "k": k, "values": [round(float(v), 3) for v in x.ravel()],
        "domains": list(domains), "tissues": list(tissues), "neighbours": found.ravel().tolist(),
        "mixing": mixing.mean(), "mixing_line": mixing[domains == "line"].mean(),
        "mixing_patient": mixing[domains == "patient"].mean(),
        "purity": purity.mean(), "purity_chance": float(np.mean(chance)),
        "cross_purity": cross_purity.mean(), "cross_purity_chance": float(np.mean(cross_chance)),
        "silhouette_tissue": silhouette_score(x[known].astype(float), tissues[known].astype(str)),
        "silhouette_domain": silhouette_score(x.astype(float), domains),
    }


def ties():
    """Points of a small grid, many of them equal or equally far."""
    x = random.integers(0, 3, (40, 3))
    found = nearest(x, 5, ~np.eye(len(x), dtype=bool))
    return {"samples": 40, "features": 3, "k": 5, "values": x.ravel().tolist(), "neighbours": found.ravel().tolist()}


def mixtures():
    scores = np.vstack([4 * random.standard_normal((4, 12)), np.zeros((1, 12)), np.eye(12)[:1] * 1000])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return {"columns": 12, "weights": weights.ravel().tolist(), "entropies": entropy(weights.astype(np.float64), axis=1).tolist()}


def summaries():
    values = random.standard_normal(23) * 3 + 1
    levels = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 1]
    return {
        "values": values.tolist(), "mean": values.mean(), "standard_deviation": values.std(ddof=1), "levels": levels,
        "quantiles": np.quantile(values, levels, method="linear").tolist(),
    }


versions = f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"
with open("measures.json", "w") as file:
    json.dump({"made_with": versions, "clouds": clouds(), "ties": ties(), "mixtures": mixtures(),
               "summaries": summaries()}, file, separators=(",", ":"))
    file.write("\n")

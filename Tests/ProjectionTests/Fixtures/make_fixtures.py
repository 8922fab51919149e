"""Makes trustworthiness.json: points, and how well scikit-learn's t-SNE keeps their neighbours.

python make_fixtures.py, with the versions that the file names.
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

random = numpy.random.default_rng(7)


def clouds(samples, features, count, spread):
    centres = random.normal(size=(count, features)) * spread
    points = centres[random.integers(0, count, samples)] + random.normal(size=(samples, features))
    return points.round(3).astype(numpy.float32)


def case(name, points, k=5):
    # The project's own choice for wide data: t-SNE sees 50 principal components.
    narrow = PCA(50, svd_solver="full").fit_transform(points) if points.shape[1] > 50 else points
    places = TSNE(random_state=0).fit_transform(narrow)
    variances = PCA(3, svd_solver="full").fit(points).explained_variance_ * (len(points) - 1) / len(points)
    return {
        "name": name,
        "features": points.shape[1],
        "values": [round(float(value), 3) for value in points.ravel()],
        "trustworthiness": float(trustworthiness(points, places, n_neighbors=k)),
        "first_two": float(trustworthiness(points, points[:, :2], n_neighbors=k)),
        "variances": variances.tolist(),
    }


result = {
    "tools": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
    "cases": [
        case("four clouds", clouds(120, 10, 4, 2.0)),
        case("one cloud", clouds(100, 5, 1, 1.0)),
        case("wider than 50", clouds(110, 60, 3, 0.6)),
    ],
}
path = pathlib.Path(__file__).with_name("trustworthiness.json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")

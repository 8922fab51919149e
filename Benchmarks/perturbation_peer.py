"""CSG2A's forward in PyTorch at its published sizes, from the formulas of its paper, with the weights between all genes
made in full.

Prints one JSON object: seconds a pair, and of the transformer and the gene block alone, in batches of 32 pairs.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn

GENES, HIDDEN, WIDTH, LAYERS, HEADS, ATOMS, BATCH = 978, 64, 1024, 8, 16, 31, 32


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.zeros(WIDTH))

    def forward(self, x):
        centered = x - x.mean(-1, keepdim=True)
        return self.scale * centered / (x.std(-1, keepdim=True) + 1e-6) + self.shift


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList(Norm() for _ in range(2))
        self.attention = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.forward_part = nn.Linear(WIDTH, WIDTH)

    def forward(self, x, mask, near, linked):
        batch, atoms, _ = x.shape
        y = self.norms[0](x)
        query, key, value = (
            part(y).view(batch, atoms, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.attention[:3]
        )
        scores = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        weights = 0.33 * scores.masked_fill(~mask, -1e12).softmax(-1) + 0.33 * near + 0.34 * linked
        x = x + self.attention[3]((weights @ value).transpose(1, 2).reshape(batch, atoms, WIDTH))
        return x + nn.functional.leaky_relu(self.forward_part(self.norms[1](x)), 0.1)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Linear(28, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = Norm()
        self.dose, self.time = nn.Linear(1, 2), nn.Linear(1, 2)
        self.compound = nn.Sequential(nn.Linear(WIDTH + 4, GENES, bias=False), nn.BatchNorm1d(GENES), nn.ReLU())
        self.by_gene = nn.Parameter(torch.rand(GENES, HIDDEN) / 8)
        self.by_compound = nn.Parameter(torch.rand(GENES, HIDDEN) / 8)
        self.last = nn.Sequential(nn.LayerNorm(GENES), nn.ReLU(), nn.Linear(GENES, GENES, bias=False))
        self.register_buffer("links", torch.eye(GENES))

    def encode(self, features, adjacency, distance, atoms, dose, hours):
        mask = atoms[:, None, None, :]
        near = torch.exp(-distance)[:, None] * mask
        linked = (adjacency / (adjacency.sum(-1, keepdim=True) + 1e-6))[:, None]
        x = self.embedding(features)
        for layer in self.layers:
            x = layer(x, mask, near, linked)
        x = self.norm(x) * atoms[..., None]
        mean = x.sum(1) / atoms.sum(1, keepdim=True)
        return self.compound(torch.cat([mean, self.dose(dose), self.time(hours)], 1))

    def perturb(self, expression, compound):
        vectors = expression[..., None] * self.by_gene + compound[..., None] * self.by_compound
        weights = vectors @ vectors.transpose(1, 2) / HIDDEN**0.5 + self.links
        return self.last(expression * weights.sum(-1))


def median_seconds(repeats, body):
    times = []
    for index in range(repeats + 1):
        start = time.perf_counter()
        body()
        if index:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    threads, repeats = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = Model().eval()
    # One drug over a cohort: the published loader gives each pair its own copy of the molecule.
    molecule = (
        torch.randint(2, (1, ATOMS, 28)).float().expand(BATCH, -1, -1).contiguous(),
        torch.randint(2, (1, ATOMS, ATOMS)).float().expand(BATCH, -1, -1).contiguous(),
        (torch.rand(1, ATOMS, ATOMS) * 10).expand(BATCH, -1, -1).contiguous(),
        torch.ones(BATCH, ATOMS, dtype=torch.bool), torch.full((BATCH, 1), 0.1), torch.ones(BATCH, 1),
    )
    expression = torch.randn(BATCH, GENES)
    with torch.no_grad():
        compound = model.encode(*molecule)
        transformer = median_seconds(repeats, lambda: model.encode(*molecule))
        block = median_seconds(repeats, lambda: model.perturb(expression, compound))
        whole = median_seconds(repeats, lambda: model.perturb(expression, model.encode(*molecule)))
    print(json.dumps({"threads": threads, "pair_seconds": whole / BATCH, "encoder_seconds": transformer,
                      "gene_block_seconds": block, "batch": BATCH, "torch": torch.__version__}))


if __name__ == "__main__":
    main()

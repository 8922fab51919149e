"""Times epochs of the same response predictor in PyTorch, pairs fed by its usual DataLoader.

Prints one JSON object. Arguments: number of threads, number of pairs, number of epochs after the first. "indexed" feeds
the same pairs by indexing whole tables instead, which is faster and not what the usual loader does.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

SAMPLES, DRUGS, GENES, RANK, WIDTH, BATCH = 673, 174, 978, 256, 256, 512


class Pairs(Dataset):
    """Each pair with all that the predictor takes."""

    def __init__(self, count):
        order = torch.randperm(SAMPLES * DRUGS)[:count]
        self.samples, self.drugs = order // DRUGS, order % DRUGS
        self.perturbed = torch.rand(count, GENES) * 2 - 1
        self.ranks = torch.rand(SAMPLES, RANK) * 2 - 1
        self.compounds = torch.rand(DRUGS, GENES) * 2 - 1
        self.labels = (torch.rand(count) < 0.5).float()

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, pair):
        return (self.perturbed[pair], self.ranks[self.samples[pair]], self.compounds[self.drugs[pair]],
                self.labels[pair])

    def indexed(self):
        for rows in torch.randperm(len(self)).split(BATCH):
            yield self.perturbed[rows], self.ranks[self.samples[rows]], self.compounds[self.drugs[rows]], self.labels[rows]


def branch(inputs):
    return nn.Sequential(nn.Linear(inputs, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU(), nn.Dropout(0.1))


class Predictor(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb_fc, self.genef_fc, self.chemical_fc = branch(GENES), branch(RANK), branch(GENES)
        self.pred_head = nn.Sequential(nn.Linear(3 * WIDTH, 128), nn.ReLU(), nn.Linear(128, 1))

    def forward(self, perturbed, rank, compound):
        parts = [self.emb_fc(perturbed), self.genef_fc(rank), self.chemical_fc(compound)]
        return self.pred_head(torch.cat(parts, dim=1)).squeeze(1)


def epoch(model, optimizer, batches):
    start = time.perf_counter()
    for perturbed, rank, compound, label in batches:
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(perturbed, rank, compound), label).backward()
        optimizer.step()
    return time.perf_counter() - start


def main():
    threads, count, repeats = (int(word) for word in sys.argv[1:4])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    pairs, model = Pairs(count), Predictor()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loader = DataLoader(pairs, batch_size=BATCH, shuffle=True)
    loaded = [epoch(model, optimizer, loader) for _ in range(repeats + 1)][1:]
    indexed = [epoch(model, optimizer, pairs.indexed()) for _ in range(repeats)]
    print(json.dumps({"torch": torch.__version__, "threads": threads, "pairs": len(pairs),
                      "epoch_seconds": statistics.median(loaded), "indexed_seconds": statistics.median(indexed)}))


if __name__ == "__main__":
    main()

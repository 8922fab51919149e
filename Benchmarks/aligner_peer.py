"""One training step of the aligner in PyTorch, at the size that StepBench uses, from the paper's formulas.

Prints one JSON object: the median seconds of a step, and of an epoch's worth of steps of its parts.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn

LINES, PATIENTS, GENES, TISSUES, LATENT = 673, 128, 978, 23, 128


def perceptron(*widths):
    layers = []
    for inputs, outputs in zip(widths[:-2], widths[1:-1]):
        layers += [nn.Linear(inputs, outputs), nn.LayerNorm(outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))


class Aligner(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = perceptron(GENES, 256, LATENT)
        self.decoder = perceptron(LATENT, 256, GENES)
        self.query = perceptron(GENES, LATENT, LATENT)
        self.key = nn.Linear(LATENT, LATENT, bias=False)
        self.target_decoder = perceptron(LATENT, 256, GENES)
        self.latent_classifier = perceptron(LATENT, 128, 32, TISSUES)
        self.expression_classifier = perceptron(GENES, 512, 128, 32, TISSUES)
        self.register_buffer("centers", torch.randn(TISSUES, LATENT))

    def forward(self, lines, line_tissues, patients, patient_tissues):
        latent = self.encoder(lines)
        reconstruction = self.decoder(latent)
        scores = self.query(patients) @ self.key(latent).T / LATENT**0.5
        weights = torch.softmax(scores, dim=1)
        mixed, aligned = weights @ latent, weights @ lines
        classify = nn.functional.cross_entropy
        square = nn.functional.mse_loss
        rebuilt = square(reconstruction, lines) + square(self.target_decoder(mixed), patients)
        tissues = (
            classify(self.latent_classifier(latent), line_tissues)
            + classify(self.latent_classifier(mixed), patient_tissues)
            + classify(self.expression_classifier(reconstruction), line_tissues)
            + classify(self.expression_classifier(aligned), patient_tissues)
        )
        near = (latent - self.centers[line_tissues]).square().sum(1).mean()
        near = near + (mixed - self.centers[patient_tissues]).square().sum(1).mean()
        return 0.2 * rebuilt + 0.8 * tissues + 0.4 * near


def main():
    threads, steps = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = Aligner()
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    batch = (
        torch.rand(LINES, GENES) * 10 - 5, torch.randint(TISSUES, (LINES,)),
        torch.rand(PATIENTS, GENES) * 10 - 5, torch.randint(TISSUES, (PATIENTS,)),
    )

    def step():
        adam.zero_grad()
        model(*batch).backward()
        adam.step()

    times = []
    for index in range(steps + 3):
        start = time.perf_counter()
        step()
        if index >= 3:
            times.append(time.perf_counter() - start)
    print(json.dumps({"threads": threads, "steps": steps, "step_seconds": statistics.median(times),
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()

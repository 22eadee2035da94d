"""Makes fixture.json again: a tiny network of random weights, some movements, and what PyTorch answers in float64.

    python3 test/train/make_fixture.py

test_weights_file.py reads it here, and test/train-fixture.test.ts on the other side: both must agree with these numbers.
"""

import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts" / "train"))
import mixture
import network
import weights_file

FIXTURE = Path(__file__).with_name("fixture.json")


def answers(tensors, movements):
    """h, c and the activated mixture after the last of movements (T, 3), from a state of zeros; lists of numbers."""
    tensors = {name: tensor.double() for name, tensor in tensors.items()}
    units = tensors["headWeights"].shape[0]
    x = torch.tensor(movements, dtype=torch.float64)[:, None]
    state = tuple(torch.zeros(2, 1, units, dtype=torch.float64))
    logits, (h, c) = network.run(tensors, x, state)
    eos, pi, mu1, mu2, sigma1, sigma2, rho = mixture.split(logits[-1])
    pdf = {"pi": torch.softmax(pi, -1), "mu1": mu1, "mu2": mu2, "sigma1": sigma1.exp(), "sigma2": sigma2.exp(), "rho": rho.tanh()}
    out = {"h": h[0], "c": c[0], "eos": torch.sigmoid(eos), **pdf}
    return {key: value.tolist() for key, value in out.items()}


def main():
    generator = torch.Generator().manual_seed(7)
    tensors = network.create(6, 4, generator)
    tensors = {name: tensor + 0.3 * torch.randn(tensor.shape, generator=generator) for name, tensor in tensors.items()}
    text = weights_file.encode(tensors, {"name": "tiny", "description": "for a test", "license": "CC0", "attribution": ""})
    movements = torch.randn(25, 3, generator=generator, dtype=torch.float64)
    movements[:, 2] = (movements[:, 2] > 0.8).double()
    movements = [[round(number, 3) for number in movement] for movement in movements.tolist()]
    weights = json.loads(text)
    stored = weights_file.decode(weights, "fixture")
    FIXTURE.write_text(json.dumps({"weights": weights, "movements": movements, "answers": answers(stored, movements)}) + "\n")


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()

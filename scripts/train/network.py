"""The network: an LSTM and a linear head, with the tensors and the names of the weights file."""

import math

import torch

from lstm import lstm

NAMES = ("inputWeights", "recurrentWeights", "bias", "headWeights", "headBias")
FORGET_BIAS = 1.0
START = 0.5  # the spread, at most, of a state to begin from, so that Model.random_state is at home


def shapes(units, mixtures):
    return {
        "inputWeights": (3, 4 * units),
        "recurrentWeights": (units, 4 * units),
        "bias": (4 * units,),
        "headWeights": (units, 1 + 6 * mixtures),
        "headBias": (1 + 6 * mixtures,),
    }


def create(units, mixtures, generator):
    """Fresh weights: uniform in ±1/√(rows), the forget bias 1, all else 0."""
    tensors = {name: torch.zeros(shape) for name, shape in shapes(units, mixtures).items()}
    for name in ("inputWeights", "recurrentWeights", "headWeights"):
        bound = 1 / math.sqrt(3 + units if name != "headWeights" else units)
        tensors[name].uniform_(-bound, bound, generator=generator)
    tensors["bias"][2 * units : 3 * units] = FORGET_BIAS
    tensors["headBias"][1 + mixtures : 1 + 3 * mixtures].normal_(0, 0.5, generator=generator)  # components begin apart
    return tensors


def start_state(lines, units, generator, device="cpu"):
    """h and c (B, H) to begin a line from, as spread as Model.random_state."""
    h, c = START / math.sqrt(3) * torch.randn(2, lines, units, generator=generator)
    return h.to(device), c.to(device)


def run(tensors, x, state, dropout=0.0, step=lstm):
    """x (T, B, 3) -> logits (T·B, 1 + 6M) and the state after it."""
    h, last_h, last_c = step(x, tensors["inputWeights"], tensors["recurrentWeights"], tensors["bias"], *state)
    h = h.reshape(-1, h.shape[2])
    if dropout:
        h = torch.nn.functional.dropout(h, dropout)
    return output(tensors, h), (last_h.detach(), last_c.detach())


def output(tensors, h):
    """Hidden states (N, H) -> logits (N, 1 + 6M)."""
    return torch.addmm(tensors["headBias"], h, tensors["headWeights"])

"""The network writes by itself, many lines at a time."""

import itertools

import numpy as np
import torch

import mixture
import network


PRACTISES_AT = 0.8  # and chooses its ways at the root of it, as src/hand.ts does


@torch.no_grad()
def write(tensors, lines, points, temperature, seed, practice=0):
    """Movements (lines, points, 3), model units: from random states, as Model.random_state, zero_input, update and sample do.

    practice: so many movements each line writes before, unseen, as a page's hand does to find its style.
    """
    out = np.zeros((lines, points, 3), np.float32)
    for k, (movements, _) in zip(range(-practice, points), steps(tensors, lines, temperature, seed, practice)):
        if k >= 0:
            out[:, k] = movements
    return out


def steps(tensors, lines, temperature, seed, practice=0):
    """Yields without an end the next movements (lines, 3), and the hidden states (lines, H) that they were drawn in."""
    generator = torch.Generator().manual_seed(seed)
    state = network.start_state(lines, tensors["headWeights"].shape[0], generator)
    movements = torch.zeros(lines, 3)
    for k in itertools.count():
        logits, state = network.run(tensors, movements[None], state)
        if k < practice:
            movements = mixture.sample(mixture.temper(logits, PRACTISES_AT, PRACTISES_AT**0.5), 1.0, generator)
        else:
            movements = mixture.sample(logits, temperature, generator)
        yield movements, state[0]


def strokes_of(movements):
    """Movements (n, 3) -> pen-down strokes, a list of (m, 2) places. The first movement begins where the pen stands."""
    places = np.cumsum(movements[:, :2], axis=0)
    ends = np.flatnonzero(movements[:, 2] > 0.5) + 1
    return [stroke for stroke in np.split(places, ends) if len(stroke) > 1]

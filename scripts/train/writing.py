"""The network writes by itself, many lines at a time."""

import numpy as np
import torch

import mixture
import network


@torch.no_grad()
def write(tensors, lines, points, temperature, seed):
    """Movements (lines, points, 3), model units: from random states, as Model.random_state, zero_input, update and sample do."""
    out = np.zeros((lines, points, 3), np.float32)
    for k, (movements, _) in zip(range(points), steps(tensors, lines, temperature, seed)):
        out[:, k] = movements
    return out


def steps(tensors, lines, temperature, seed):
    """Yields without an end the next movements (lines, 3), and the hidden states (lines, H) that they were drawn in."""
    generator = torch.Generator().manual_seed(seed)
    state = network.start_state(lines, tensors["headWeights"].shape[0], generator)
    movements = torch.zeros(lines, 3)
    while True:
        logits, state = network.run(tensors, movements[None], state)
        movements = mixture.sample(logits, temperature, generator)
        yield movements, state[0]


def strokes_of(movements):
    """Movements (n, 3) -> pen-down strokes, a list of (m, 2) places. The first movement begins where the pen stands."""
    places = np.cumsum(movements[:, :2], axis=0)
    ends = np.flatnonzero(movements[:, 2] > 0.5) + 1
    return [stroke for stroke in np.split(places, ends) if len(stroke) > 1]

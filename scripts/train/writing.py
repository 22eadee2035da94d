"""The network writes by itself, many lines at a time."""

import numpy as np
import torch

import mixture
import network


@torch.no_grad()
def write(tensors, lines, points, temperature, seed):
    """Movements (lines, points, 3), model units: from random states, as Model.random_state, zero_input, update and sample do."""
    generator = torch.Generator().manual_seed(seed)
    h, c = network.start_state(lines, tensors["headWeights"].shape[0], generator)
    movement = torch.zeros(1, lines, 3)
    out = np.zeros((lines, points, 3), np.float32)
    for k in range(points):
        logits, (h, c) = network.run(tensors, movement, (h, c))
        movement = mixture.sample(logits, temperature, generator)[None]
        out[:, k] = movement[0]
    return out


def strokes_of(movements):
    """Movements (n, 3) -> pen-down strokes, a list of (m, 2) places. The first movement begins where the pen stands."""
    places = np.cumsum(movements[:, :2], axis=0)
    ends = np.flatnonzero(movements[:, 2] > 0.5) + 1
    return [stroke for stroke in np.split(places, ends) if len(stroke) > 1]

"""Lets the text network write: many lines at once."""

from dataclasses import dataclass

import numpy as np
import torch

from .data.alphabet import END, encode
from .model import mixture, network
from .model.network import Sizes, State

POINTS_PER_LETTER = 60  # at most: a line that is not done by then has run away
REPEATS = 12  # points that are written beyond it


@dataclass
class Line:
    text: str
    movements: np.ndarray  # (n, 3) model units
    positions: np.ndarray  # (n,) where the window was
    done: bool  # whether the network ended it itself

    def strokes(self):
        """Strokes, a list of (n, 2) places."""
        places = np.cumsum(self.movements[:, :2], axis=0)
        ends = np.flatnonzero(self.movements[:, 2] == 1) + 1
        return [stroke for stroke in np.split(places, ends) if len(stroke)]


@torch.no_grad()
def write(params, texts, vectors, temperature, seed=1, batch=200):
    """Write each text in the hand of its vector (E,). Writing ends when the largest phi is at the end and the pen is lifted."""
    lines = []
    for begin in range(0, len(texts), batch):
        lines += _write(params, texts[begin : begin + batch], vectors[begin : begin + batch], temperature, seed + begin)
    return lines


def _write(params, texts, vectors, temperature, seed):
    sizes, B = Sizes.of(params), len(texts)
    codes = np.full((B, max(map(len, texts)) + 1), -1)
    for row, text in zip(codes, texts):
        row[: len(text)] = encode(text)
        row[len(text)] = END
    codes = torch.from_numpy(codes).to(params["b1"].device)
    ends = torch.tensor([len(text) for text in texts])
    e = torch.as_tensor(np.asarray(vectors), dtype=params["b1"].dtype)
    state = State.zero(sizes, B, params["b1"])
    generator = torch.Generator().manual_seed(seed)
    x = torch.zeros(B, 4, dtype=params["b1"].dtype)
    x[:, 2] = 1
    limit = ends * POINTS_PER_LETTER + REPEATS
    movements, positions = [], []
    count = torch.zeros(B, dtype=torch.long)
    done, running = torch.zeros(B, dtype=torch.bool), torch.ones(B, dtype=torch.bool)
    y = torch.zeros(B, dtype=x.dtype)
    while running.any():
        logits, phi, state = network.step(params, state, x, e, codes)
        drawn = mixture.sample(logits, temperature, generator)
        movements.append(drawn)
        positions.append(state.kappa.mean(1))
        count += running
        y = y + drawn[:, 1]
        x = torch.cat([drawn, y[:, None] / 4], 1)
        ended = running & (phi.argmax(1) == ends) & (drawn[:, 2] == 1)
        done |= ended
        running &= ~ended & (count < limit)
    movements, positions = torch.stack(movements, 1).numpy(), torch.stack(positions, 1).numpy()
    return [
        Line(text, movements[k, : count[k]].astype(float), positions[k, : count[k]], bool(done[k])) for k, text in enumerate(texts)
    ]

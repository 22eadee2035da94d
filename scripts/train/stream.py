"""Endless lines to learn from: B at a time, each by one writer for a while, then by another."""

from dataclasses import dataclass

import numpy as np

import ink
from corpus import NEXT_ROW
from network import START


@dataclass
class Augmentation:
    """How far a line may differ from the ink that it is made of; each is drawn evenly from minus to plus so much."""

    size: float = 0.25  # of the logarithm
    slant: float = 0.2  # dx a dy
    aspect: float = 0.12  # of the logarithm of the width
    stride: float = 0.35  # of the logarithm
    noise: float = 0.5  # the recording's units: coordinates were rounded to whole ones

    def times(self, factor):
        """Less of it; the noise stays, since it mends the recording."""
        return Augmentation(self.size * factor, self.slant * factor, self.aspect * factor, self.stride * factor, self.noise)


class Line:
    """One endless line. It has a generator of its own, so that it is the same whichever process writes it."""

    def __init__(self, corpus, augmentation, chunk, chunks, chance, units, seed):
        """chunk: points a chunk; chunks: how many by one writer; chance: of every training writer; units: H of the state."""
        self.corpus, self.augmentation = corpus, augmentation
        self.chunk, self.chunks, self.units = chunk, chunks, units
        self.writers, self.chance = corpus.split(False), chance
        self.generator = np.random.default_rng(seed)
        self.movements = np.zeros((0, 3), np.float32)

    def next(self):
        """Inputs and targets (T, 3) float32, and where another writer begins a state (2, H) to begin from, else None."""
        begin = None
        if len(self.movements) <= self.chunk:
            self.movements = self._write(self.chunk * self.chunks + 1)
            spread = START * self.generator.uniform()
            begin = self.generator.normal(0, spread, (2, self.units)).astype(np.float32)
        x, y = self.movements[: self.chunk], self.movements[1 : self.chunk + 1]
        self.movements = self.movements[self.chunk :]
        return x, y, begin

    def _write(self, count):
        """Movements (count, 3) by one writer. The first is [0, 0, 0]: a pen that stands on the paper and will now begin."""
        g, by = self.generator, self.augmentation
        writer = self.writers[g.choice(len(self.writers), p=self.chance)]
        size, slant, aspect, stride = (g.uniform(-most, most) for most in (by.size, by.slant, by.aspect, by.stride))
        scale = np.exp(size) / self.corpus.unit
        pieces, total, pen, edge = [], 0, np.zeros(2), 0.0
        while total < count:
            points, lengths = self.corpus.row(g.integers(writer.rows.start, writer.rows.stop))
            points = points + g.uniform(-by.noise, by.noise, points.shape) / writer.size
            points, lengths = ink.resample(points, lengths, writer.stride * np.exp(stride))
            points = points @ np.array([[np.exp(aspect), 0], [slant, 1]])
            points[:, 0] += edge + g.uniform(*NEXT_ROW) - points[:, 0].min()
            pieces.append(ink.to_movements(points, lengths, pen))
            pen, edge = points[-1], points[:, 0].max()
            total += len(points)
        movements = np.concatenate(pieces)[:count].astype(np.float32)
        movements[:, :2] *= scale
        movements[0] = 0
        return movements

    def state(self):
        return {"generator": self.generator.bit_generator.state, "movements": self.movements.copy()}

    def restore(self, state):
        self.generator.bit_generator.state = state["generator"]
        self.movements = state["movements"]


def chances(writers, power):
    """Of every writer, to be drawn: in proportion to their points to this power. 1 is as much as there is, 0 evenly."""
    weights = np.array([writer.points for writer in writers], float) ** power
    return weights / weights.sum()

"""Endless lines to learn from: B at a time, each by one writer for a while, then by another."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

import ink
from corpus import NEXT_ROW, PEOPLE, Corpus
from network import START

LEAST_GAP = (1.6, 1.2)  # sizes, and how many of a word's widest whites: before it, in training; lines that are scored keep to NEXT_ROW
WIDEST_GAP = 4.0  # sizes, of the least


@dataclass
class Augmentation:
    """How far a line may differ from the ink that it is made of; each is drawn evenly from minus to plus so much."""

    size: float = 0.25  # of the logarithm
    slant: float = 0.2  # dx a dy
    aspect: float = 0.12  # of the logarithm of the width
    stride: float = 0.35  # of the logarithm
    noise: float = 0.5  # the recording's units: coordinates were rounded to whole ones
    wander: float = 0.3  # sizes, a standard deviation: words set too high or too low, see _wander
    smooth: float = 0.0  # steps, a standard deviation: people's ink, over time, before all else

    def times(self, factor):
        """Less variety of style. Noise and smoothing mend the recording and the wander teaches to keep the line: they stay."""
        of_style = {name: getattr(self, name) * factor for name in ("size", "slant", "aspect", "stride")}
        return replace(self, **of_style)


@dataclass
class PeopleAt:
    """The temperatures at which the network shall write as people do, lowest and highest; one is drawn for every chunk."""

    spread: tuple = (PEOPLE, PEOPLE)  # of the pen about where it was to go
    choices: tuple | None = None  # between the ways that it could go; None is that of the spread


@dataclass
class Source:
    """A corpus to learn from."""

    corpus: Corpus
    chance: np.ndarray  # of every training writer, to be drawn
    share: float = 1.0  # of the points, relative to the other sources
    weights: np.ndarray | None = None  # of every row, to be drawn before the writer's others; None is evenly


class Line:
    """One endless line. It has a generator of its own, so that it is the same whichever process writes it."""

    def __init__(self, sources, augmentation, chunk, chunks, units, seed, people_at=None):
        """sources: of one model unit; chunk: points a chunk; chunks: how many by one writer; units: H of the state."""
        self.sources, self.augmentation, self.people_at = sources, augmentation, people_at or PeopleAt()
        self.unit = sources[0].corpus.unit
        self.chunk, self.chunks, self.units = chunk, chunks, units
        self.shares = np.array([source.share for source in sources]) / sum(source.share for source in sources)
        self.writers = [source.corpus.split(False) for source in sources]
        self.generator = np.random.default_rng(seed)
        self.inputs = self.targets = np.zeros((0, 3), np.float32)
        self.temperature = PEOPLE  # of the writer
        self.spread = self.choice = PEOPLE  # temperatures at which the network shall write what next() gave

    def next(self):
        """Inputs and targets (T, 3) float32, and where another writer begins a state (2, H) to begin from, else None."""
        begin = None
        if not len(self.targets):
            source = self.generator.choice(len(self.sources), p=self.shares)
            writer = self.writers[source][self.generator.choice(len(self.writers[source]), p=self.sources[source].chance)]
            inputs, targets = self._wander(self._write(self.sources[source], writer, self.chunk * self.chunks + 1))
            self.temperature = writer.temperature
            self.inputs, self.targets = inputs[:-1], targets[1:]
            spread = START * np.sqrt(self.generator.uniform())  # now and then near nothing, mostly near what a free line begins with
            begin = self.generator.normal(0, spread, (2, self.units)).astype(np.float32)
        self.spread = self.choice = self.temperature
        if self.temperature == PEOPLE:
            self.spread = self.choice = self.generator.uniform(*self.people_at.spread)
            if self.people_at.choices:
                self.choice = self.generator.uniform(*self.people_at.choices)
        x, y = self.inputs[: self.chunk], self.targets[: self.chunk]
        self.inputs, self.targets = self.inputs[self.chunk :], self.targets[self.chunk :]
        return x, y, begin

    def _write(self, source, writer, count):
        """Movements (count, 3) by one writer.

        The first is [0, 0, 0]: a pen that stands on the paper and will now begin.
        """
        g, by = self.generator, self.augmentation
        size, slant, aspect, stride = (g.uniform(-most, most) for most in (by.size, by.slant, by.aspect, by.stride))
        scale = np.exp(size) / self.unit
        weights = None if source.weights is None else source.weights[writer.rows.start : writer.rows.stop]
        chance = None if weights is None else weights / weights.sum()
        pieces, total, pen, edge = [], 0, np.zeros(2), 0.0
        while total < count:
            number = writer.rows.start + g.choice(len(writer.rows), p=chance)
            points, lengths = source.corpus.row(number)
            points = points + g.uniform(-by.noise, by.noise, points.shape) / writer.size
            points = writer.smooth(points, lengths, by.smooth)
            points, lengths = ink.resample(points, lengths, writer.stride * np.exp(stride))
            points = points @ np.array([[np.exp(aspect), 0], [slant, 1]])
            gap = g.uniform(*NEXT_ROW)
            if len(source.corpus.words(number)) == 1:
                gap = max(gap, least_gap(ink.whites(points, lengths)))
            points[:, 0] += edge + gap - points[:, 0].min()
            pieces.append(ink.to_movements(points, lengths, pen))
            pen, edge = points[-1], points[:, 0].max()
            total += len(points)
        movements = np.concatenate(pieces)[:count].astype(np.float32)
        movements[:, :2] *= scale
        movements[0] = 0
        return movements

    def _wander(self, movements):
        """What the network reads, and what it is asked for: words that stand off the line, and the way back to it.

        Left to itself a network makes errors that no writer in the data makes, and so has never seen how one returns.
        Here every word is read as if it had been set a little too high or low, and the movement to the next word that is
        asked for leads back to the line. It is never asked to leave it.
        """
        inputs, targets = movements.copy(), movements.copy()
        to_next_word = movements[:-1, 2] * (movements[1:, 0] > NEXT_ROW[0] / self.unit)
        words = np.concatenate([[0], np.cumsum(to_next_word)]).astype(int)
        spread = self.augmentation.wander / self.unit
        offsets = self.generator.normal(0, spread, words[-1] + 1).astype(np.float32)[words] if spread else np.zeros(len(words))
        inputs[1:, 1] += np.diff(offsets)
        targets[1:, 1] -= np.where(to_next_word > 0, offsets[:-1], 0)
        return inputs, targets

    def state(self):
        generator = self.generator.bit_generator.state
        return {"generator": generator, "inputs": self.inputs, "targets": self.targets, "temperature": self.temperature}

    def restore(self, state):
        self.generator.bit_generator.state = state["generator"]
        self.inputs, self.targets = state["inputs"], state["targets"]
        self.temperature = state["temperature"]


def least_gap(whites):
    """Before a word with these whites between its strokes, in sizes: who sets letters wide sets words wider, or they run together."""
    return min(LEAST_GAP[0] + LEAST_GAP[1] * whites.max(initial=0.0), WIDEST_GAP)


def chances(writers, power):
    """Of every writer, to be drawn: in proportion to their points to this power. 1 is as much as there is, 0 evenly."""
    weights = np.array([writer.points for writer in writers], float) ** power
    return weights / weights.sum()


def common(corpora, power):
    """Of every row of each corpus, to be drawn: the mean of its words' counts in all the corpora's training rows, to this power.

    0 is evenly. Rows without a transcript count as if they held one word that is nowhere else.
    """
    words = [[corpus.words(row) for row in range(len(corpus.strokes_of_row))] for corpus in corpora]
    counts = Counter()
    for corpus, rows in zip(corpora, words):
        for writer in corpus.split(False):
            counts.update(word for row in writer.rows for word in rows[row])
    return [np.array([np.mean([max(1, counts[word]) ** power for word in row] or [1]) for row in rows]) for rows in words]

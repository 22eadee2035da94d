"""Pieces: the words of aligned rows, from which training rows of any length are put together.

A training row is a run of words as one line holds them, or words of one writer set beside each other with that writer's
gap. It comes with a target for the attention window: where in the text the pen is at every point.
"""

from dataclasses import dataclass

import numpy as np

from . import ink
from .alphabet import encode
from .corpus import NO_LETTER, UNIT

GAP = 2.7  # model units between words, where a writer's own is not known
GAP_SPREAD = 0.18  # of it
GAP_RANGE = (1.2, 6.0)
FEWEST_GAPS = 4
HALF_LETTER = 0.3  # the window moves from this much before a letter's place to this much after it
JUMP = 0.6  # before the first letter of a word, while the pen jumps over the space
LAST = 0.2  # before the end character, at the last point
FULL_STOP = (0, 0, 1)  # the last movement of every row, at the end character: without it, lines end with stray marks
LAST_SHARE, LAST_POINTS = 0.4, 4  # of the last letter, and points at least, over which the window moves on to the end


@dataclass
class Augmentation:
    """Standard deviations of what is varied in training; 0 leaves the ink as it is."""

    size: float = 0.04
    slant: float = 0.04
    aspect: float = 0.04
    stride: float = 0.04
    noise: float = 1.0  # of the tablet's rounding error


@dataclass
class Word:
    row: int
    strokes: np.ndarray  # numbers in the row, ascending
    begin: int  # in the row's text
    end: int


class Pieces:
    """The words of a corpus, by writer."""

    def __init__(self, corpus, splits=(0,)):
        self.corpus = corpus
        self.lines = [[] for _ in corpus.writers]  # of every writer, lists of the words of rows of several words
        self.words = [[] for _ in corpus.writers]  # of every writer, all words
        measured = [[] for _ in corpus.writers]
        for row in np.flatnonzero(np.isin(corpus.split, splits)):
            words, whites = cut(corpus, row)
            writer = corpus.writer_of_row[row]
            self.words[writer] += words
            if len(words) > 1:
                self.lines[writer].append(words)
                measured[writer] += whites
        every = [white for whites in measured for white in whites if GAP_RANGE[0] < white < GAP_RANGE[1]]
        usual = float(np.median(every)) if len(every) >= FEWEST_GAPS else GAP
        self.gap = []
        for whites in measured:
            own = [white for white in whites if GAP_RANGE[0] < white < GAP_RANGE[1]]
            self.gap.append(float(np.median(own)) if len(own) >= FEWEST_GAPS else usual)

    def points_of(self, writer):
        return sum(len(word.strokes) for word in self.words[writer])


def cut(corpus, row):
    """The words of a row that are labelled throughout, and the white between neighbors; none where a word has no ink."""
    points, lengths, letters, _ = corpus.row(row)
    text = corpus.texts[row]
    begins = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
    ends = [*(at for at, letter in enumerate(text) if letter == " "), len(text)]
    word_of_letter = np.repeat(np.arange(len(begins)), np.diff([*begins, len(text)]))
    firsts = np.cumsum(lengths) - lengths
    word_of_stroke = np.full(len(lengths), -1)
    lefts = np.minimum.reduceat(points[:, 0], firsts)
    rights = np.maximum.reduceat(points[:, 0], firsts)
    for stroke, (first, length) in enumerate(zip(firsts, lengths)):
        seen = letters[first : first + length]
        seen = seen[seen != NO_LETTER]
        if len(seen):
            word_of_stroke[stroke] = word_of_letter[seen[0]]
    labelled = word_of_stroke >= 0
    if not labelled.any() or set(word_of_stroke[labelled]) != set(range(len(begins))):
        return [], []
    left = np.array([lefts[word_of_stroke == k].min() for k in range(len(begins))])
    right = np.array([rights[word_of_stroke == k].max() for k in range(len(begins))])
    for stroke in np.flatnonzero(~labelled):  # a late stroke belongs to the word that it stands over, among those begun
        middle = (lefts[stroke] + rights[stroke]) / 2
        begun = word_of_stroke[:stroke][labelled[:stroke]].max(initial=0)
        away = np.maximum(left - middle, 0) + np.maximum(middle - right, 0)
        word_of_stroke[stroke] = np.argmin(away[: begun + 1])
    words = [Word(int(row), np.flatnonzero(word_of_stroke == k), begins[k], ends[k]) for k in range(len(begins))]
    return words, (left[1:] - right[:-1]).tolist()


def write(corpus, words, stride=1.0, grain=None):
    """Consecutive words of one row at even steps: points (n, 2), stroke lengths, letters (n,) counted from the first word's begin."""
    row = words[0].row
    points, lengths, letters, _ = corpus.row(row)
    chosen = np.zeros(len(lengths), bool)
    for word in words:
        chosen[word.strokes] = True
    keep = np.repeat(chosen, lengths)
    points, letters, lengths = points[keep], letters[keep], lengths[chosen]
    if grain is not None:
        points = points + grain
    before, after, share, counts = ink.resample_places(lengths, corpus.writers[corpus.writer_of_row[row]].stride * stride)
    even, _ = ink.resample(points, lengths, corpus.writers[corpus.writer_of_row[row]].stride * stride, ink.DOT / UNIT)
    chosen = letters[np.where(share < 0.5, before, after)]
    return even, counts, np.where(chosen == NO_LETTER, NO_LETTER, chosen - words[0].begin)


def window_targets(letters, text):
    """Where the window belongs (n,) when the pen is about to move to each point. letters (n,): indices into the text."""
    n = len(letters)
    out = np.full(n, np.nan)
    known = np.flatnonzero(letters != NO_LETTER)
    if not len(known):
        raise ValueError("Expected at least one labelled point, got none.")
    values = letters[known]
    change = np.concatenate([[True], values[1:] != values[:-1]])
    run = np.cumsum(change) - 1
    firsts = np.flatnonzero(change)
    counts = np.bincount(run)
    share = (np.arange(len(known)) - firsts[run] + 0.5) / counts[run]
    out[known] = values - HALF_LETTER + 2 * HALF_LETTER * share
    for first in firsts:  # the jump over a space
        letter = values[first]
        if letter > 0 and text[letter - 1] == " ":
            out[known[first]] = letter - JUMP
    out[: known[0]] = values[0] - HALF_LETTER
    out = np.fmax.accumulate(out)  # late strokes hold the window where it is
    tail = n - known[firsts[-1]]  # the last letter and what follows it
    last = min(max(LAST_POINTS, round(LAST_SHARE * tail)), max(1, n // 2))
    out[n - last :] = np.maximum(out[n - last :], np.linspace(out[n - last], len(text) - LAST, last))
    out[-1] = len(text) - LAST
    return out


@dataclass
class TrainingRow:
    movements: np.ndarray  # (n, 3) float32, model units
    heights: np.ndarray  # (n,) y of the pen after each movement, down is positive
    targets: np.ndarray  # (n,) window positions
    codes: np.ndarray  # (U + 1,) the text and the end character
    writer: int


class Composer:
    """Draws training rows. longest: characters in a row at most; alone: the chance of a single word."""

    def __init__(self, pieces, weights, longest, alone, augmentation=None, together=0.6):
        self.pieces, self.longest, self.alone, self.together = pieces, longest, alone, together
        self.augmentation = augmentation or Augmentation()
        self.chances = np.asarray(weights, float) / np.sum(weights)

    def draw(self, generator):
        while True:
            writer = int(generator.choice(len(self.chances), p=self.chances))
            row = self._row(writer, generator)
            if row is not None:
                return row

    def _row(self, writer, g):
        pieces = self.pieces
        if g.random() < self.alone:
            groups = [self._single(writer, g)]
        elif pieces.lines[writer] and g.random() < self.together:
            groups = [self._run(writer, g)]
        else:
            groups, length = [], 0
            aim = g.integers(self.longest // 3, self.longest + 1)
            while True:
                word = self._single(writer, g)
                length += word[0].end - word[0].begin + 1
                if groups and length > aim:
                    break
                groups.append(word)
        return compose(pieces, writer, groups, self.augmentation, g)

    def _single(self, writer, g):
        words = self.pieces.words[writer]
        return [words[g.integers(len(words))]]

    def _run(self, writer, g):
        lines = self.pieces.lines[writer]
        line = lines[g.integers(len(lines))]
        first = 0 if g.random() < 0.4 else g.integers(len(line))
        last = first
        aim = g.integers(self.longest // 2, self.longest + 1)
        while last + 1 < len(line) and line[last + 1].end - line[first].begin <= aim:
            last += 1
        return line[first : last + 1]


def compose(pieces, writer, groups, by, g):
    """Groups of words, each consecutive in one row -> a TrainingRow on one line; None where a word is too long to be one."""
    corpus, own = pieces.corpus, pieces.corpus.writers[writer]
    stride = np.exp(g.normal(0, by.stride)) if by.stride else 1.0
    parts, lengths, letters, text, edge = [], [], [], "", 0.0
    for words in groups:
        row_text = corpus.texts[words[0].row][words[0].begin : words[-1].end]
        grain = None
        if by.noise:
            strokes = corpus.span(words[0].row)[1]
            total = sum(int(corpus.lengths[strokes][word.strokes].sum()) for word in words)
            grain = g.uniform(-own.grain, own.grain, (total, 2)) * by.noise
        points, counts, labels = write(corpus, words, stride, grain)
        labels = np.where(labels == NO_LETTER, NO_LETTER, labels + (len(text) + 1 if text else 0))
        text = f"{text} {row_text}" if text else row_text
        gap = pieces.gap[writer] * np.exp(g.normal(0, GAP_SPREAD)) if parts else 0.0
        first_letter = points[labels == labels[labels != NO_LETTER][0]] if not parts else points
        points = points + [edge + gap - first_letter[:, 0].min(), 0]
        edge = points[:, 0].max()
        parts.append(points)
        lengths.append(counts)
        letters.append(labels)
    points, lengths, letters = np.concatenate(parts), np.concatenate(lengths), np.concatenate(letters)
    size, aspect, slant = (g.normal(0, spread) if spread else 0.0 for spread in (by.size, by.aspect, by.slant))
    points = points @ np.array([[np.exp(size + aspect), 0], [slant, np.exp(size)]])
    movements = np.concatenate([ink.to_movements(points, lengths, (0, 0)), [FULL_STOP]]).astype(np.float32)
    heights = np.append(points[:, 1], points[-1, 1]).astype(np.float32)
    targets = np.append(window_targets(letters, text), len(text)).astype(np.float32)
    return TrainingRow(movements, heights, targets, np.append(encode(text), 0), writer)


def is_ink(movements):
    """Which movements (…, 3) are ink and not the full stop that training adds: no recorded point repeats the one before it."""
    return (movements[..., :2] != 0).any(-1)

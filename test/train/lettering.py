"""Capitals of straight strokes, which are within anybody's hand, and a scribble, which nobody can read."""

import numpy as np

LETTERS = {
    "T": [[(0, 0), (6, 0)], [(3, 0), (3, 10)]],
    "I": [[(3, 0), (3, 10)]],
    "L": [[(0, 0), (0, 10), (5, 10)]],
    "E": [[(5, 0), (0, 0), (0, 10), (5, 10)], [(0, 5), (4, 5)]],
    "H": [[(0, 0), (0, 10)], [(6, 0), (6, 10)], [(0, 5), (6, 5)]],
    "N": [[(0, 10), (0, 0), (6, 10), (6, 0)]],
}
ADVANCE = 9


def written(word):
    """Strokes of (n, 2) places, 20 points each, so that a pen seems to have drawn them; a space is a letter's width of nothing."""
    strokes = []
    for number, letter in enumerate(word):
        for corners in LETTERS.get(letter, []):
            along = np.linspace(0, len(corners) - 1, 20)
            x, y = (np.interp(along, range(len(corners)), part) for part in np.transpose(corners))
            strokes.append(np.stack([x + ADVANCE * number, y], 1))
    return strokes


def scribble(seed):
    return [np.random.default_rng(seed).normal(0, 8, (300, 2)) + [30, 0]]

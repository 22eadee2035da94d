"""Can it be read? The character error rate of tesseract on sentences that a network writes, hand by hand.

Beside it stands the rate on people's own lines, drawn and read in the same way.
"""

from pathlib import Path

import numpy as np

from ..writing import write
from .picture import draw
from .reader import error_rate, read

SENTENCES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()


def of_network(params, vectors, temperature=0.3, sentences=100, seed=1, threads=2):
    """Returns the error rate of every hand (N,), and the strays (N,): lines that never ended or left their line."""
    texts = SENTENCES[:sentences]
    lines = write(params, texts * len(vectors), np.repeat(np.asarray(vectors), len(texts), 0), temperature, seed)
    seen = read([draw(line.strokes()) if line.done else None for line in lines], threads)
    rates, strays = [], []
    for hand in range(len(vectors)):
        part = slice(hand * len(texts), (hand + 1) * len(texts))
        rates.append(error_rate(seen[part], texts))
        strays.append(sum(is_stray(line) for line in lines[part]))
    return np.array(rates), np.array(strays)


def is_stray(line, highest=12.0):
    """Whether a line never ended or left its line, in model units."""
    y = np.cumsum(line.movements[:, 1])
    return not line.done or bool(np.abs(y).max() > highest)


def of_people(corpus, most=12, shortest=12, longest=50, threads=2, seed=1):
    """The error rate of every writer's own lines (or words, where there are no lines) -> {writer number: rate}."""
    generator = np.random.default_rng(seed)
    chosen, texts, pictures = [], [], []
    for writer in range(len(corpus.writers)):
        rows = np.flatnonzero(corpus.writer_of_row == writer)
        lines = [row for row in rows if shortest <= len(corpus.texts[row]) <= longest]
        usable = lines if len(lines) >= 4 else [row for row in rows if 4 <= len(corpus.texts[row]) <= longest]
        for row in generator.permutation(usable)[:most]:
            points, lengths, _, _ = corpus.even(int(row))
            chosen.append(writer)
            texts.append(corpus.texts[int(row)])
            pictures.append(draw(np.split(points, np.cumsum(lengths)[:-1])))
    seen = read(pictures, threads)
    rates = {}
    for writer in sorted(set(chosen)):
        numbers = [number for number, each in enumerate(chosen) if each == writer]
        rates[writer] = error_rate([seen[number] for number in numbers], [texts[number] for number in numbers])
    return rates

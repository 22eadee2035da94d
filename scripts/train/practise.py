"""A hand's own lines, those that are read best, as a corpus to learn from: so it comes to write more of what can be read.

    python3 scripts/train/practise.py weights.json own.npz --unit-as corpus.npz

The network writes many lines by itself. A reader program looks at them, and of those that keep to their line the best are
kept. Trained on them, beside ink of people, the network writes such lines more often; then it may practise again.
(Learning from the best of one's own samples: Dong et al. 2023, "RAFT".) Needs tesseract (Debian: tesseract-ocr).
"""

import argparse

import numpy as np
import torch

import corpus as corpora
import drift
import ink
import reader
import weights_file
from writing import strokes_of, write

AT_ONCE = 100  # lines
PIECES = 2  # of a line: what a reader is shown at a time is about 800 points long
LETTERS = 0.015  # a point, at least: what has fewer is flourish
WANDER = 1.5  # x-heights in 1,000 points, at most
LEVEL = 100  # points, a standard deviation: some four letters
SIZE = 120  # a fine tablet's units: in training, lines get noise of half such a unit


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a version-1 file or a checkpoint")
    parser.add_argument("out", help="its best lines, a .npz file")
    parser.add_argument("--unit-as", required=True, metavar="CORPUS", help="a .npz of the corpus that it was trained on")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.3, 0.5, 0.7])
    parser.add_argument("--lines", type=int, default=1000, help="that it writes at each temperature")
    parser.add_argument("--points", type=int, default=1650, help="a line")
    parser.add_argument("--keep", type=float, default=0.1, help="share of the lines, the best")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def look(movements):
    """Movements (lines, n, 3) -> how sure a reader is of each line (lines), from 0 to 100; NaN where it is none to keep."""
    found = drift.measure(movements)
    bad = found["stalled"] | found["exploded"] | (found["wander"] > WANDER)
    drawn = {number: [reader.picture(strokes_of(piece)) for piece in pieces(movements[number])] for number in np.flatnonzero(~bad)}
    drawn = {number: pictures for number, pictures in drawn.items() if None not in pictures}
    words = reader.read([picture for pictures in drawn.values() for picture in pictures])
    sure = np.full(len(movements), np.nan)
    for number, pictures in drawn.items():
        seen = [word for _ in pictures for word in next(words)]
        if sum(len(letters) for letters, _ in seen) >= LETTERS * movements.shape[1]:
            sure[number] = reader.sureness(seen)
    return sure


def pieces(line):
    return np.array_split(line, PIECES)


def best(sure, keep):
    """The numbers of this share of the lines, those that are read best."""
    count = min(round(keep * len(sure)), np.isfinite(sure).sum())
    return np.argsort(-np.nan_to_num(sure, nan=-1))[:count]


def flatten(places):
    """Places (n, 2) without the slow ups and downs of their line: y less its mean over some LEVEL points around."""
    weights = np.exp(-0.5 * np.linspace(-3, 3, 6 * LEVEL + 1) ** 2)
    total, count = (np.convolve(each, weights)[3 * LEVEL : -3 * LEVEL] for each in (places[:, 1], np.ones(len(places))))
    around = total / count  # at the ends there are fewer points
    return places - np.stack([np.zeros(len(places)), around], 1)


def corpus_of(lines, temperatures, unit):
    """Lines, movements (n, 3), and the temperature of each, as a corpus. Each is a writer, for each is another hand.

    They are made level and brought to one size, for left alone a hand wavers, sinks and shrinks, and would learn to. Their
    pace stays as it is: points put between those that the network chose are not its choice.
    """
    points, lengths, strokes_of_row, writers = [], [], [], []
    for number, (line, temperature) in enumerate(zip(lines, temperatures)):
        first, count = len(strokes_of_row), 0
        for piece in pieces(line):
            strokes = strokes_of(piece)
            places = flatten(ink.level(np.concatenate(strokes)))
            points.append(places / places[:, 1].std())
            lengths += [len(stroke) for stroke in strokes]
            strokes_of_row.append(len(strokes))
            count += len(places)
        rows = range(first, len(strokes_of_row))
        writers.append(corpora.Writer(f"own{number}", "own", SIZE, 1.0, False, rows, count, float(temperature)))
    about = {"source": "lines that a network wrote by itself"}
    points = np.concatenate(points).astype(np.float32)
    return corpora.Corpus(points, np.array(lengths), np.array(strokes_of_row), writers, unit, about, [""] * len(strokes_of_row))


def mean(values):
    return np.mean(values) if len(values) else 0.0


def main(given=None):
    options = arguments(given)
    if options.points < drift.BLOCK:
        raise SystemExit(f"Got {options.points} points a line when expected at least {drift.BLOCK}: over fewer no level can be measured.")
    unit = corpora.Corpus.load(options.unit_as).unit
    tensors = weights_file.load(options.weights)
    kept, at = [], []
    for temperature in options.temperatures:
        lines, sure = [], []
        for begin in range(0, options.lines, AT_ONCE):
            count = min(AT_ONCE, options.lines - begin)
            seed = options.seed * 1_000_003 + begin
            some = write(tensors, count, options.points, temperature, seed)
            lines.append(some)
            sure.append(look(some))
        lines, sure = np.concatenate(lines), np.concatenate(sure)
        chosen = best(sure, options.keep)
        kept += list(lines[chosen])
        at += [temperature] * len(chosen)
        print(
            f"T = {temperature:g}: {np.isnan(sure).sum()} of {len(sure)} set aside, the others read with {mean(sure[~np.isnan(sure)]):.1f}; "
            f"kept {len(chosen)}, read with {mean(sure[chosen]):.1f}",
            flush=True,
        )
    if not kept:
        raise SystemExit("Got no line that keeps its level and can be read when expected some: train the network further first.")
    corpus_of(kept, at, unit).save(options.out)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    main()

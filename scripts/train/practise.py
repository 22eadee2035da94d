"""A hand's own lines, those that are read best, as a corpus to learn from: so it comes to write more of what can be read.

    python3 scripts/train/practise.py weights.json own.npz --unit-as corpus.npz

The network writes many lines by itself. A reader program looks at the flattest of them, and the best are kept; a word that
a line repeats is believed only once. Trained on them, beside ink of people, the network writes such lines more often; then it may
practise again. (Learning from the best of one's own samples: Dong et al. 2023, "RAFT".) Needs tesseract (Debian: tesseract-ocr).

With --practice 300 a line is looked at from its 301st movement on: by then it has found a style, and is better than what it began
with. The rows that are kept begin with a word, and so teach lines to begin like this.

With --words, a list of words, a line to a word (Debian: wamerican, /usr/share/dict/words), lines that hold such words are
preferred: a line of nothing else, and each only once, counts as read with 30 more. With --round 100 a line loses one for every
hundredth of its turning that is in corners, with --even 100 one for every hundredth by which its letters spread in height and
distance (even_hands.py).
"""

import argparse
from pathlib import Path

import numpy as np
import torch

import corpus as corpora
import drift
import ink
import reader
import weights_file
from even_hands import unevenness_of_line
from round_hands import corners_of_line
from writing import strokes_of, write

AT_ONCE = 100  # lines
PIECES = 2  # of a line: what a reader is shown at a time is about 800 points long
LETTERS = 0.015  # a point, at least: what has fewer is flourish
WANDER = 1.2  # x-heights in 1,000 points, at most
AROUND = 60  # points to either side, some five letters in all: over these a line has its level
GAP = 2.0  # sizes, at most: left alone, a hand makes its gaps wider and wider
WORDS = 30  # how much more a line counts if it is made of words
SIZE = 120  # a fine tablet's units: in training, lines get noise of half such a unit


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a version-1 file or a checkpoint")
    parser.add_argument("out", help="its best lines, a .npz file")
    parser.add_argument("--unit-as", required=True, metavar="CORPUS", help="a .npz of the corpus that it was trained on")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.3, 0.5, 0.7])
    parser.add_argument("--lines", type=int, default=1000, help="that it writes at each temperature")
    parser.add_argument("--points", type=int, default=1650, help="a line")
    parser.add_argument("--practice", type=int, default=0, metavar="POINTS", help="that a line writes before them, unseen")
    parser.add_argument("--keep", type=float, default=0.1, help="share of the lines, the best")
    parser.add_argument("--flat", type=float, default=0.5, help="share of the lines that a reader is shown, those that wave least")
    parser.add_argument("--words", metavar="FILE", help="words to prefer, of three letters and more")
    parser.add_argument("--round", type=float, default=0.0, metavar="N", help="how much less a line counts if it is made of corners")
    parser.add_argument("--even", type=float, default=0.0, metavar="N", help="how much less a line counts if its letters spread")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def look(movements, words=frozenset(), flat=0.5, round_hand=0.0, even_hand=0.0):
    """Movements (lines, n, 3) -> how good each line is (lines): how sure a reader is of it, from 0 to 100, and up to WORDS more; and
    round_hand times its corners and even_hand times its unevenness less.

    NaN where it is none to keep: it leaves its level, is not of the share of these lines that wave least, or holds hardly a letter.
    """
    found = drift.measure(movements)
    bad = found["stalled"] | found["exploded"] | (found["wander"] > WANDER)
    drawn = {}
    for number in flattest(movements, np.flatnonzero(~bad), flat):
        inks = pieces(movements[number])
        pictures = [reader.picture(strokes) for strokes in inks]
        if None not in pictures:
            drawn[number] = inks, pictures
    seen = reader.read([picture for _, pictures in drawn.values() for picture in pictures])
    good = np.full(len(movements), np.nan)
    for number, (inks, _) in drawn.items():
        read = reader.once([word for _ in inks for word in next(seen)])
        if sum(len(letters) for letters, _ in read) >= LETTERS * movements.shape[1]:
            good[number] = reader.sureness(read) + WORDS * reader.in_words(read, words)
            if round_hand:
                good[number] -= round_hand * np.mean([corners_of_line(strokes) for strokes in inks])
            if even_hand:
                good[number] -= even_hand * np.mean([unevenness_of_line(strokes) for strokes in inks])
    return good


def flattest(movements, numbers, share):
    """Of the lines with these numbers the share whose pieces wave least; none with a piece without ink."""
    cut = {number: pieces(movements[number]) for number in numbers}
    waves = {number: max(waviness(ink.level(np.concatenate(strokes))) for strokes in inks) for number, inks in cut.items() if all(inks)}
    most = np.quantile(list(waves.values()), share) if waves else 0
    return [number for number, value in waves.items() if value <= most]


def pieces(line):
    """Movements (n, 3) -> the strokes of its pieces, PIECES lists; each a row that can be learnt from, and so without a torn letter."""
    return [whole(strokes_of(piece)) for piece in np.array_split(line, PIECES)]


def whole(strokes):
    """Strokes of a piece, from where a word begins if one does, and without the first and the last: these may be cut."""
    strokes = strokes[1:-1]
    size = np.concatenate(strokes)[:, 1].std() if strokes else 0
    gaps = [after[:, 0].min() - before[:, 0].max() for before, after in zip(strokes, strokes[1:])]
    begin = next((k for k, gap in enumerate(gaps, 1) if gap > corpora.NEXT_ROW[0] * size), 0)
    return strokes[begin:] if begin <= len(strokes) / 2 else strokes


def best(good, keep):
    """The numbers of this share of the lines, the best."""
    count = min(round(keep * len(good)), np.isfinite(good).sum())
    return np.argsort(-good)[:count]  # what is NaN comes last


def levels(places):
    """Places (n, 2) -> how far their line is below y = 0 at each (n): the median y around, which tall letters do not move."""
    return np.median(around(places[:, 1]), -1)


def around(values):
    """Values (n) -> for each the 2 AROUND + 1 values around it; beyond the ends they are mirrored."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, AROUND, mode="reflect"), 2 * AROUND + 1)


def waviness(places):
    """How much a line waves, in its own standard deviations of y; people's lines some 0.24, and up to 0.35."""
    return levels(places).std() / places[:, 1].std()


def flatten(places):
    """Places (n, 2) without the waves of their line; the level is smoothed, so that no letter is torn."""
    weights = np.exp(-0.5 * np.linspace(-3, 3, 2 * AROUND + 1) ** 2)
    smooth = around(levels(places)) @ (weights / weights.sum())
    return places - np.stack([np.zeros(len(places)), smooth], 1)


def corpus_of(lines, temperatures, unit):
    """Lines, movements (n, 3), and the temperature of each, as a corpus. Each is a writer, for each is another hand.

    They are made flat and brought to one size, for left alone a hand wavers, sinks and shrinks, and would learn to; so it would
    learn its widest gaps. Their pace stays as it is: points put between those that the network chose are not its choice.
    """
    entries = []
    for number, (line, temperature) in enumerate(zip(lines, temperatures)):
        rows = []
        for strokes in pieces(line):
            counts = np.array([len(stroke) for stroke in strokes])
            places = np.concatenate(strokes)
            places = ink.level(flatten(ink.level(ink.narrow_gaps(places, counts, GAP * places[:, 1].std()))))
            rows.append((places / places[:, 1].std(), counts, ""))
        count = sum(len(points) for points, _, _ in rows)
        entries.append((corpora.Writer(f"own{number}", "own", SIZE, 1.0, False, range(0), count, float(temperature)), rows))
    return corpora.gather(entries, unit, {"source": "lines that a network wrote by itself"})


def mean(values):
    return np.mean(values) if len(values) else 0.0


def main(given=None):
    options = arguments(given)
    if options.points < drift.BLOCK:
        raise SystemExit(f"Expected at least {drift.BLOCK} points per line to measure a level, got {options.points}.")
    unit = corpora.Corpus.load(options.unit_as).unit
    words = reader.words_of(Path(options.words)) if options.words else frozenset()
    tensors = weights_file.load(options.weights)
    kept, at = [], []
    for temperature in options.temperatures:
        lines, good = [], []
        for begin in range(0, options.lines, AT_ONCE):
            count = min(AT_ONCE, options.lines - begin)
            seed = options.seed * 1_000_003 + begin
            some = write(tensors, count, options.points, temperature, seed, options.practice)
            lines.append(some)
            good.append(look(some, words, options.flat, options.round, options.even))
        lines, good = np.concatenate(lines), np.concatenate(good)
        chosen = best(good, options.keep)
        kept += list(lines[chosen])
        at += [temperature] * len(chosen)
        print(
            f"T = {temperature:g}: {np.isnan(good).sum()} of {len(good)} set aside, the others read with {mean(good[~np.isnan(good)]):.1f}; "
            f"kept {len(chosen)}, read with {mean(good[chosen]):.1f}",
            flush=True,
        )
    if not kept:
        raise SystemExit("Expected some lines that keep their level and can be read, got none. Train the network further first.")
    corpus_of(kept, at, unit).save(options.out)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    main()

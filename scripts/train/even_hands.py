"""A corpus with letters of one height: every writer's rows are brought to it, and uneven rows are left out.

    python3 scripts/train/even_hands.py words.npz even.npz --uneven 0.22

Words that were recorded one by one differ in size by a fifth and more, and many words within themselves; a network that learns
from them writes letters of any height. What is measured are strokes downwards: letters stand on them, whatever they are. Writers
who are kept for validation stay as they are. The lines of practise.py may be chosen so, too.
"""

import argparse

import numpy as np

import corpus as corpora
import ink
from words import baseline

LEAST = 0.6  # sizes, some two fifths of a small letter: what goes down by less is part of a letter
TALL = 1.5  # times the median: what is higher is a tall letter or a tail, and may be
FARTHEST = 3.0  # sizes: a white that is wider parts words
FEWEST = 5  # strokes downwards, in what is said to be even or not
DEVIATION = 1.4826  # of a normal distribution, for a median absolute deviation of 1
CAREFUL = 4  # strokes downwards: a row of so many is brought half the way to its writer's height, one of more farther


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz that prepare.py, choose.py, words.py or practise.py wrote")
    parser.add_argument("out", help="its even rows, a .npz file")
    parser.add_argument("--uneven", type=float, default=0.22, metavar="SPREAD", help="of the heights of a row's letters, at most")
    parser.add_argument("--smooth", type=float, default=0.7, metavar="STEPS", help="what trembles faster than this does not count; as in train.py")
    return parser.parse_args(given)


def down_strokes(strokes):
    """Strokes, sizes -> where the pen goes down by LEAST and more: their heights (n) and the x of their middles (n), in writing order."""
    found = [part for stroke in strokes for part in _down_strokes(stroke)]
    heights, middles = np.array(found).reshape(-1, 2).T
    return heights, middles


def _down_strokes(stroke):
    x, y = stroke[:, 0], stroke[:, 1]
    down = np.diff(y) > 0
    ends = [0, *(np.flatnonzero(down[1:] != down[:-1]) + 1), len(y) - 1]
    return [(y[end] - y[begin], (x[begin] + x[end]) / 2) for begin, end in zip(ends, ends[1:]) if y[end] - y[begin] > LEAST]


def small(heights):
    """Those of the heights that are no tall letter's."""
    return heights[heights < TALL * np.median(heights)] if len(heights) else heights


def spread(values):
    """The deviation of values (n) about their median, as a share of it; what is far off does not count more than what is off."""
    median = np.median(values)
    return DEVIATION * np.median(np.abs(values - median)) / median


def unevenness(strokes):
    """Strokes, sizes -> the mean of the spreads of letters' heights and of the distances of their strokes; NaN of too few.

    Of people's lines it is 0.2 to 0.5.
    """
    heights, middles = down_strokes(strokes)
    if len(heights) < FEWEST:
        return np.nan
    distances = np.abs(np.diff(middles))
    distances = distances[(distances > 0) & (distances < FARTHEST)]
    return (spread(small(heights)) + spread(distances)) / 2 if len(distances) else np.nan


def unevenness_of_line(strokes):
    """The same of a line in any unit: a size is its own."""
    return unevenness(ink.in_sizes(strokes))


def even_rows(corpus, writer, most, smooth):
    """The writer's even rows, as `gather` takes them, each made larger or smaller where it stands, so that letters have the writer's height.

    A row with fewer letters than can be said to be even is kept.
    """
    heights = [small(down_strokes(corpus.strokes(writer, number, smooth))[0]) for number in writer.rows]
    own = [np.median(of_row) if len(of_row) else np.nan for of_row in heights]
    target = np.nanmedian(own) if np.isfinite(own).any() else np.nan
    rows = []
    for number, of_row, height in zip(writer.rows, heights, own):
        if len(of_row) >= FEWEST and spread(of_row) > most:
            continue
        points, lengths, text = corpus.entry(number)
        if len(of_row):
            foot = [0, baseline(points, lengths)]
            points = foot + (points - foot) * (target / height) ** (len(of_row) / (len(of_row) + CAREFUL))
        rows.append((points, lengths, text))
    return rows


def main(given=None):
    options = arguments(given)
    corpus = corpora.Corpus.load(options.corpus)
    entries = []
    for writer in corpus.writers:
        if writer.validation:
            rows = [corpus.entry(number) for number in writer.rows]
        else:
            rows = even_rows(corpus, writer, options.uneven, options.smooth)
        if rows:
            entries.append(writer.of(rows))
    learnt = [(writer, rows) for writer, rows in entries if not writer.validation]
    if not learnt:
        raise SystemExit(f"Expected at least one row whose letter heights spread by {options.uneven:g} or less, got none.")
    about = {**corpus.about, "even": {"uneven": options.uneven, "smooth": options.smooth}}
    corpora.gather(entries, corpus.unit, about).save(options.out)
    count = sum(len(writer.rows) for writer in corpus.split(False))
    points = sum(writer.points for writer, _ in learnt)
    print(f"{sum(len(rows) for _, rows in learnt)} of {count} rows are even; {points} points by {len(learnt)} writers")


if __name__ == "__main__":
    main()

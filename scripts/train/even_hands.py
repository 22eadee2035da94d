"""A corpus with letters of one height: every writer's rows are brought to it, and uneven writers are left out.

    python3 scripts/train/even_hands.py words.npz even.npz --uneven 0.35

Words that were recorded one by one differ in size by a fifth and more; a network that learns from them changes its size from
word to word, and within one. What is measured are strokes downwards: letters stand on them, whatever they are. Writers who are
kept for validation stay as they are. The lines of practise.py are writers, too: even_hands.py keeps the even ones of them.
"""

import argparse

import numpy as np

import corpus as corpora
import ink
from words import baseline

LEAST = 0.6  # sizes, some two fifths of a small letter: what goes down by less is part of a letter
TALL = 1.5  # times the median: what is higher is a tall letter or a tail, and may be
FARTHEST = 3.0  # sizes: a white that is wider parts words
FEWEST = 8  # strokes downwards, in what is said to be even or not
DEVIATION = 1.4826  # of a normal distribution, for a median absolute deviation of 1
CAREFUL = 4  # strokes downwards: a row of so many is brought half the way to its writer's height, one of more farther
MOST_ROWS = 200  # of a writer, that are looked at


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz that prepare.py, choose.py, words.py or practise.py wrote")
    parser.add_argument("out", help="its even hands, a .npz file")
    parser.add_argument("--uneven", type=float, default=0.35, metavar="SPREAD", help="of heights and distances, at most, of a writer's median row")
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
    size = ink.level(np.concatenate(strokes))[:, 1].std() if strokes else 0
    return unevenness([stroke / size for stroke in strokes]) if size else np.nan


def strokes_of(corpus, writer, number, smooth):
    points, lengths = corpus.row(number)
    return ink.strokes(*ink.resample(writer.smooth(points, lengths, smooth), lengths, writer.stride))


def unevenness_of_writer(corpus, writer, smooth):
    """Of the median row; NaN where all are too short."""
    found = [unevenness(strokes_of(corpus, writer, number, smooth)) for number in writer.rows[:MOST_ROWS]]
    found = [value for value in found if np.isfinite(value)]
    return np.median(found) if found else np.nan


def of_one_height(corpus, writer, smooth):
    """The writer's rows, as `gather` takes them, each made larger or smaller where it stands, so that letters have the writer's height."""
    heights = [small(down_strokes(strokes_of(corpus, writer, number, smooth))[0]) for number in writer.rows]
    own = [np.median(of_row) if len(of_row) else np.nan for of_row in heights]
    target = np.nanmedian(own) if np.isfinite(own).any() else np.nan
    rows = []
    for number, of_row, height in zip(writer.rows, heights, own):
        points, lengths, text = corpus.entry(number)
        if len(of_row):
            foot = [0, baseline(points, lengths)]
            points = foot + (points - foot) * (target / height) ** (len(of_row) / (len(of_row) + CAREFUL))
        rows.append((points, lengths, text))
    return rows


def main(given=None):
    options = arguments(given)
    corpus = corpora.Corpus.load(options.corpus)
    entries, found = [], []
    for writer in corpus.writers:
        if writer.validation:
            entries.append((writer, [corpus.entry(number) for number in writer.rows]))
            continue
        uneven = unevenness_of_writer(corpus, writer, options.smooth)
        found.append(uneven)
        if uneven <= options.uneven:
            entries.append((writer, of_one_height(corpus, writer, options.smooth)))
    even = [writer for writer, _ in entries if not writer.validation]
    if not even:
        raise SystemExit(f"Got no writer whose letters spread by {options.uneven:g} or less when expected at least one.")
    about = {**corpus.about, "even": {"uneven": options.uneven, "smooth": options.smooth}}
    corpora.gather(entries, corpus.unit, about).save(options.out)
    points = sum(writer.points for writer in even)
    print(f"{len(even)} of {len(found)} writers, {points} points; of all, the median's letters spread by {np.nanmedian(found):.3f}")


if __name__ == "__main__":
    main()

"""A corpus without the rows in which the lifted pen leaps: back over a whole word to cross a t, or far ahead.

    python3 scripts/train/leaps.py corpus.npz calm.npz

A network that has seen leaps leaves them a wide and thin part of what is likely after every lift of the pen. At a high
temperature that part grows, and once in some thousand letters the hand lands a word away.
"""

import argparse

import numpy as np

from corpus import Corpus


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz file")
    parser.add_argument("out", help="the part of it, a .npz file")
    parser.add_argument("--most", type=float, default=5.0, metavar="SIZES", help="how far the pen may leap; a small letter is 1.5 high")
    return parser.parse_args(given)


def farthest(points, lengths):
    """How far, in x or y, the pen goes at most from the end of a stroke to the beginning of the next; 0 for a single stroke."""
    ends = np.cumsum(lengths)[:-1]
    return np.abs(points[ends] - points[ends - 1]).max(initial=0)


def main(given=None):
    options = arguments(given)
    corpus = Corpus.load(options.corpus)
    rows = [number for writer in corpus.split(False) for number in writer.rows]
    calm = [number for number in rows if farthest(*corpus.row(number)) <= options.most]
    if not calm:
        raise SystemExit(f"Got no row in which the pen leaps less far than {options.most:g} sizes when expected at least one.")
    # writers who are kept for validation keep all their rows, so that scores on them stay what they were
    corpus.part({*calm, *(number for writer in corpus.split(True) for number in writer.rows)}).save(options.out)
    print(f"{len(rows) - len(calm)} of {len(rows)} rows left out")


if __name__ == "__main__":
    main()

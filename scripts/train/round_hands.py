"""The writers of a corpus who have a round hand: their pen turns in curves rather than in corners.

    python3 scripts/train/round_hands.py words.npz round.npz --corners 0.3

A network that learns from all writers alike writes what they have in common, and that is angular. Writers who are kept for
validation stay, whatever their hand. The lines of practise.py are writers, too: round_hands.py keeps the round ones of them.
"""

import argparse

import numpy as np

import corpus as corpora
import ink

STEP = 0.15  # sizes: so far apart lie the places where a pen's direction is taken
CORNER = 1.3  # radians within two such steps, and more: the loop of an e has half of that
MOST_ROWS = 200  # of a writer, that are looked at


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz that prepare.py, choose.py, words.py or practise.py wrote")
    parser.add_argument("out", help="its round hands, a .npz file")
    parser.add_argument("--corners", type=float, default=0.3, help="what share of all that the pen turns is in corners, at most")
    parser.add_argument("--smooth", type=float, default=0.7, metavar="STEPS", help="what trembles faster than this does not count; as in train.py")
    return parser.parse_args(given)


def turns(stroke):
    """Places (n, 2), sizes -> by how many radians the pen turns at every STEP of its way, to the left below 0, to the right above."""
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    at = np.arange(0, way[-1], STEP)
    direction = np.arctan2(*(np.diff(np.interp(at, way, axis)) for axis in (stroke[:, 1], stroke[:, 0])))
    return (np.diff(direction) + np.pi) % (2 * np.pi) - np.pi


def corners(strokes):
    """The share of all turning that is in corners, from 0 for a hand of circles to 1 for one of zigzags; NaN without any."""
    in_corners = total = 0.0
    for turned in filter(len, map(turns, strokes)):
        sharp = np.abs(turned[1:] + turned[:-1]) > CORNER
        in_one = np.append(sharp, False) | np.append(False, sharp)  # both turns of a sharp pair
        in_corners += np.abs(turned[in_one]).sum()
        total += np.abs(turned).sum()
    return in_corners / total if total else np.nan


def corners_of_line(strokes):
    """The same of a line in any unit: a size is its own."""
    return corners(ink.in_sizes(strokes))


def corners_of_writer(corpus, writer, smooth):
    return corners([stroke for number in writer.rows[:MOST_ROWS] for stroke in corpus.strokes(writer, number, smooth)])


def main(given=None):
    options = arguments(given)
    corpus = corpora.Corpus.load(options.corpus)
    found = {writer.name: corners_of_writer(corpus, writer, options.smooth) for writer in corpus.split(False)}
    is_round = [writer for writer in corpus.split(False) if found[writer.name] <= options.corners]
    part = corpus.part({number for writer in [*is_round, *corpus.split(True)] for number in writer.rows})
    part.about = {**corpus.about, "round": {"corners": options.corners, "smooth": options.smooth}}
    part.save(options.out)
    points = sum(writer.points for writer in is_round)
    print(f"{len(is_round)} of {len(found)} writers, {points} points; of all, the median has {np.nanmedian(list(found.values())):.3f} in corners")


if __name__ == "__main__":
    main()

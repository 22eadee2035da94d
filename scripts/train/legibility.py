"""Can it be read what weights write by themselves? How sure a reader program is of the words that it sees, from 0 to 100.

And how round it is, the share of all that the pen turns which is in corners (round_hands.py), and how uneven, how far its letters
spread in height and distance (even_hands.py).

    python3 scripts/train/legibility.py weights.json

A proxy, and noisy below some 100 lines; look at sheets as well. Needs tesseract (Debian: tesseract-ocr).
"""

import argparse

import numpy as np
import torch

import reader
import weights_file
from even_hands import unevenness_of_line
from round_hands import corners_of_line
from writing import strokes_of, write


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a version-1 file, the 2016 tutorial's, or a checkpoint")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.3, 0.5, 0.7])
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--points", type=int, default=650, help="a line")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def main(given=None):
    options = arguments(given)
    tensors = weights_file.load(options.weights)
    for temperature in options.temperatures:
        lines = write(tensors, options.lines, options.points, temperature, options.seed)
        inks = [strokes_of(line) for line in lines]
        pictures = [image for image in map(reader.picture, inks) if image]
        confidences = [confidence for words in reader.read(pictures) for _, confidence in words]
        sure = np.mean(confidences) if confidences else 0
        print(
            f"T = {temperature:g}: sure by {sure:.1f} of {len(confidences)} words; "
            f"{options.lines - len(pictures)} of {options.lines} lines are too large for a line; "
            f"{np.nanmean([corners_of_line(strokes) for strokes in inks]):.3f} in corners; "
            f"letters spread by {np.nanmean([unevenness_of_line(strokes) for strokes in inks]):.3f}",
            flush=True,
        )


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()

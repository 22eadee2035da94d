"""Does a network that is left alone keep to its line? Many lines by themselves, and what became of them.

    python3 scripts/train/drift.py weights.json

For every temperature: how many lines stalled (in some 300 points the pen got less than one x-height to the right), how many
ran away (a movement of 30 units, or 300 points higher than 15 x-heights), how far the level wanders in 1,000 points, and
the length of the pen's steps at the beginning and at the end. The level is the median y of 200 points.
"""

import argparse

import numpy as np
import torch

import weights_file
from writing import write

X_HEIGHT = 2.7  # model units
WINDOW, BLOCK = 300, 1000


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a version-1 file, the 2016 tutorial's, or a checkpoint")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.2, 0.5, 0.8])
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--points", type=int, default=3000, help="a line")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def measure(movements):
    """Movements (lines, points, 3), at least 1,000 points -> arrays of a value a line."""
    places = np.cumsum(movements[:, :, :2].astype(float), axis=1)
    starts = range(0, places.shape[1] - WINDOW + 1, WINDOW // 2)
    ahead = np.stack([places[:, k : k + WINDOW, 0].max(1) - places[:, k, 0] for k in starts])
    height = np.stack([np.ptp(places[:, k : k + WINDOW, 1], axis=1) for k in starts])
    levels = [
        np.abs(np.median(places[:, k + BLOCK - 200 : k + BLOCK, 1], 1) - np.median(places[:, k : k + 200, 1], 1))
        for k in range(0, places.shape[1] - BLOCK + 1, BLOCK)
    ]
    steps = np.hypot(movements[:, :, 0], movements[:, :, 1])
    return {
        "stalled": (ahead < X_HEIGHT).any(0),
        "exploded": (np.abs(movements[:, :, :2]).max((1, 2)) > 30) | (height > 15 * X_HEIGHT).any(0),
        "wander": np.mean(levels, 0) / (BLOCK - 200) * BLOCK / X_HEIGHT,  # x-heights in 1,000 points
        "first": np.median(steps[:, :500], 1),
        "last": np.median(steps[:, -500:], 1),
    }


def main(given=None):
    options = arguments(given)
    if options.points < BLOCK:
        raise SystemExit(f"Expected at least {BLOCK} points, got {options.points}.")
    tensors = weights_file.load(options.weights)
    for temperature in options.temperatures:
        found = measure(write(tensors, options.lines, options.points, temperature, options.seed))
        print(
            f"T = {temperature:g}: {found['stalled'].sum()} of {options.lines} stalled, {found['exploded'].sum()} ran away; "
            f"the level wanders {np.median(found['wander']):.2f} x-heights in 1,000 points in the median, "
            f"{np.quantile(found['wander'], 0.9):.2f} at the 90th percentile; "
            f"steps {np.median(found['first']):.2f} units at first, {np.median(found['last']):.2f} at last",
            flush=True,
        )


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()

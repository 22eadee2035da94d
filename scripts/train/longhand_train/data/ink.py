"""Ink geometry: level lines, one size per writer, even steps.

Ink is a pair of arrays: points (N, 2) float64, x right, y down, and lengths (S,), the number of points in each stroke.
"""

import numpy as np

STEEPEST_SLOPE = 0.15  # a steeper fit is not a slope but a line that ends with a tall letter or a long tail
DOT = 0.04  # sizes: how far the second point of a one-point stroke is set away, so that a dot has a direction
LEVEL_SLOPE = 0.04  # standard deviation of the slopes that people write at
LETTER_WIDTH = 1.6  # sizes, for the error of a slope that is fitted to a few letters


def stroke_numbers(lengths):
    """The stroke number of every point (N,)."""
    return np.repeat(np.arange(len(lengths)), lengths)


def split_strokes(points, lengths):
    """The points of every stroke, a list of S arrays."""
    return np.split(points, np.cumsum(lengths)[:-1])


def drop_repeats(points, lengths):
    """Drop points that repeat the one before them in their stroke: a resting pen would put a spike into the density."""
    strokes = stroke_numbers(lengths)
    keep = np.ones(len(points), bool)
    keep[1:] = (points[1:] != points[:-1]).any(1) | (strokes[1:] != strokes[:-1])
    return points[keep], np.bincount(strokes[keep], minlength=len(lengths))


def line_slope(points):
    """The least-squares slope of y over x, clipped to ±STEEPEST_SLOPE."""
    x = points[:, 0] - points[:, 0].mean()
    spread = (x**2).sum()
    slope = (x * points[:, 1]).sum() / spread if spread > 0 else 0.0
    return float(np.clip(slope, -STEEPEST_SLOPE, STEEPEST_SLOPE))


def trusted_slope(points, size):
    """The slope of a single word, shrunk by its error: in a word of three letters it says more about l and y than about the line."""
    width = max(np.ptp(points[:, 0]) / size, 1e-6)
    error = np.sqrt(12) / width / np.sqrt(max(1, width / LETTER_WIDTH))
    return line_slope(points) * LEVEL_SLOPE**2 / (LEVEL_SLOPE**2 + error**2)


def level(points, slope=None):
    """Remove the slope, center on the median y, and let x begin at 0."""
    slope = line_slope(points) if slope is None else slope
    y = points[:, 1] - slope * (points[:, 0] - points[:, 0].mean())
    return np.stack([points[:, 0] - points[:, 0].min(), y - np.median(y)], 1)


def resample_places(lengths, stride):
    """Where even steps in time index fall: (before, after, share, counts), with point = before·(1 - share) + after·share.

    stride: recorded samples per step, one number or one per stroke (S,). First and last points stay; a stroke of one
    point gets two.
    """
    intervals = np.maximum(1, np.rint((lengths - 1) / stride)).astype(int)
    counts = intervals + 1
    begins = np.cumsum(lengths) - lengths
    strokes = stroke_numbers(counts)
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = step * (lengths - 1)[strokes] / intervals[strokes]
    before = np.minimum(place.astype(int), np.maximum(lengths - 2, 0)[strokes])
    after = np.minimum(before + 1, (lengths - 1)[strokes])
    return begins[strokes] + before, begins[strokes] + after, place - before, counts


def resample(points, lengths, stride, dot=DOT):
    """Resample every stroke at even steps of its time index, linearly between its points."""
    before, after, share, counts = resample_places(lengths, stride)
    out = points[before] * (1 - share[:, None]) + points[after] * share[:, None]
    seconds = (np.cumsum(counts) - counts + 1)[lengths == 1]
    out[seconds, 0] += dot
    return out, counts


def mean_step(points, lengths):
    """The mean distance between neighboring points of a stroke; NaN without any."""
    strokes = stroke_numbers(lengths)
    steps = np.hypot(*np.diff(points, axis=0)[strokes[1:] == strokes[:-1]].T)
    return steps.mean() if len(steps) else np.nan


def gaps(points, lengths):
    """The horizontal white (S - 1,) after every stroke but the last, to all ink that follows; negative where they overlap."""
    begins = np.cumsum(lengths) - lengths
    left = np.minimum.reduceat(points[:, 0], begins)
    right = np.maximum.reduceat(points[:, 0], begins)
    return np.minimum.accumulate(left[::-1])[::-1][1:] - np.maximum.accumulate(right)[:-1]


def to_movements(points, lengths, start):
    """Offsets (N, 3), [dx, dy, pen], from the place start (2,) on; pen is 1 on the last point of a stroke."""
    out = np.zeros((len(points), 3))
    out[:, :2] = np.diff(points, axis=0, prepend=np.asarray(start, float)[None])
    out[np.cumsum(lengths) - 1, 2] = 1
    return out

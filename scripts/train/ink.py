"""From ink as a tablet recorded it to ink as the network reads it: level, of one size, even in time.

Ink is a pair of arrays: points (N, 2), float64, x to the right, y down; and lengths (S,), how many of the points each
pen-down stroke has, in writing order.
"""

import numpy as np

STEEPEST_SLOPE = 0.15  # more is not a line that slopes but one that ends low: a tall letter, a long tail
DOT = 0.04  # sizes: how far a pen that only touches the paper moves, so that a dot is a stroke with a direction


def stroke_of(lengths):
    """The number of its stroke for every point (N,)."""
    return np.repeat(np.arange(len(lengths)), lengths)


def strokes(points, lengths):
    """The points of every stroke by itself, a list of S arrays."""
    return np.split(points, np.cumsum(lengths)[:-1])


def in_sizes(strokes):
    """Strokes in any unit -> in sizes, where a size is this line's own; none of a line without height."""
    size = level(np.concatenate(strokes))[:, 1].std() if strokes else 0
    return [stroke / size for stroke in strokes] if size else []


def drop_repeats(points, lengths):
    """Without points that repeat the one before them in their stroke: pens rest, and the network has no use for it."""
    strokes = stroke_of(lengths)
    keep = np.ones(len(points), bool)
    keep[1:] = (points[1:] != points[:-1]).any(1) | (strokes[1:] != strokes[:-1])
    return points[keep], np.bincount(strokes[keep], minlength=len(lengths))


def level(points):
    """Without the slope of the line (least squares), and centred on its median y; x begins at 0."""
    x = points[:, 0] - points[:, 0].mean()
    spread = (x**2).sum()
    slope = (x * points[:, 1]).sum() / spread if spread > 0 else 0.0
    slope = np.clip(slope, -STEEPEST_SLOPE, STEEPEST_SLOPE)
    y = points[:, 1] - slope * x
    return np.stack([points[:, 0] - points[:, 0].min(), y - np.median(y)], 1)


def resample(points, lengths, stride):
    """Every stroke at even steps of its time index, linearly between its points; first and last points stay.

    stride: samples a step, one number or one a stroke (S,); below 1 puts points between the recorded ones.
    """
    intervals = np.maximum(1, np.rint((lengths - 1) / stride)).astype(int)
    counts = intervals + 1
    begins = np.cumsum(lengths) - lengths
    strokes = stroke_of(counts)
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = step * (lengths - 1)[strokes] / intervals[strokes]
    before = np.minimum(place.astype(int), np.maximum(lengths - 2, 0)[strokes])
    after = np.minimum(before + 1, (lengths - 1)[strokes])
    share = (place - before)[:, None]
    begin = begins[strokes]
    out = points[begin + before] * (1 - share) + points[begin + after] * share
    out[(lengths[strokes] == 1) & (step == 1), 0] += DOT
    return out, counts


def smooth(points, lengths, sigma):
    """Without the trembling of hands and tablets: a Gaussian mean over time; strokes begin and end where they did.

    sigma: its standard deviation in samples; 0 changes nothing.
    """
    if sigma == 0:
        return points
    return np.concatenate([_smooth_stroke(stroke, sigma) for stroke in strokes(points, lengths)])


def _smooth_stroke(points, sigma):
    reach = min(int(np.ceil(3 * sigma)), len(points) - 1)
    if reach < 1:
        return points
    # turned about its ends a stroke goes on through them, so that they stay
    around = np.pad(points, [(reach, reach), (0, 0)], mode="reflect", reflect_type="odd")
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights /= weights.sum()
    return np.stack([np.convolve(axis, weights, "valid") for axis in around.T], 1)


def mean_step(points, lengths):
    """The mean distance from point to point with the pen on the paper."""
    strokes = stroke_of(lengths)
    together = strokes[1:] == strokes[:-1]
    steps = np.hypot(*np.diff(points, axis=0)[together].T)
    return steps.mean() if len(steps) else np.nan


def narrow_gaps(points, lengths, widest):
    """Moves strokes left wherever the white before them, left of everything yet to come, is wider than widest."""
    surplus = np.concatenate([[0.0], np.cumsum(np.maximum(0, whites(points, lengths) - widest))])
    return points - np.stack([surplus[stroke_of(lengths)], np.zeros(len(points))], 1)


def whites(points, lengths):
    """The white (S - 1,) after every stroke but the last: from all ink so far to all that is yet to come, below 0 where they overlap."""
    begins = np.cumsum(lengths) - lengths
    left = np.minimum.reduceat(points[:, 0], begins)
    right = np.maximum.reduceat(points[:, 0], begins)
    reach = np.maximum.accumulate(right)[:-1]  # of the strokes up to each
    rest = np.minimum.accumulate(left[::-1])[::-1][1:]  # where the strokes after it begin
    return rest - reach


def to_movements(points, lengths, start):
    """Offsets (N, 3), [dx, dy, eos], from the place start (2,) on; eos is 1 on the last point of a stroke."""
    out = np.zeros((len(points), 3))
    out[:, :2] = np.diff(points, axis=0, prepend=start[None])
    out[np.cumsum(lengths) - 1, 2] = 1
    return out

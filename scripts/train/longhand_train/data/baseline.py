"""The baseline of a row: the densest height of its downward turning points.

Letters stand on the baseline, so the pen turns upward there again and again. Tails turn deeper, but at many heights.
"""

import numpy as np

from .ink import split_strokes

KERNEL = 0.28  # model units: the width of the density's kernel
GRID = 0.05  # model units
ENOUGH = 8  # turning points: rows with as many say where their writer's baseline is
PRIOR = 2.5  # turning points that the writer's own baseline counts for
PRIOR_WIDTH = 0.7  # model units


def turning_points(points, lengths):
    """The heights at which the pen turns from down to up, and those at which a stroke ends on its way down."""
    turns = []
    for y in split_strokes(points[:, 1], lengths):
        y = y[np.concatenate([[True], np.diff(y) != 0])]
        if len(y) < 2:
            continue
        turns.append(y[1:-1][(y[1:-1] > y[:-2]) & (y[1:-1] > y[2:])])
        if y[-1] > y[-2]:
            turns.append(y[-1:])
    return np.concatenate(turns) if turns else np.zeros(0)


def densest(turns, prior=None):
    """The height at which turning points are densest. prior: the height at which the writer's rows usually stand."""
    values = turns if prior is None else np.append(turns, prior)
    grid = np.arange(values.min() - 1, values.max() + 1, GRID)
    density = np.exp(-0.5 * ((grid[:, None] - turns) / KERNEL) ** 2).sum(1)
    if prior is not None:
        density += PRIOR * np.exp(-0.5 * ((grid - prior) / PRIOR_WIDTH) ** 2)
    return float(grid[density.argmax()])


def baselines(rows):
    """The baseline of every row of one writer. rows: (points, lengths) in model units, each centered on its median y."""
    turns = [turning_points(points, lengths) for points, lengths in rows]
    sure = [densest(heights) for heights in turns if len(heights) >= ENOUGH]
    own = float(np.median(sure)) if sure else float(np.median(np.concatenate([*turns, [1.3]])))
    return [densest(heights, own) for heights in turns]

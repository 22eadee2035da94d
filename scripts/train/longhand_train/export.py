"""A checkpoint's averaged weights -> a version-2 weights file."""

import numpy as np

from .data.baseline import densest, turning_points
from .data.corpus import UNIT
from .model.weights_file import encode

ABOUT = {
    "description": "Two-layer LSTM with an attention window. Writes English text in a chosen hand",
    "license": "CC-BY-4.0",
    "attribution": "Trained on UNIPEN train_r01_v07 (Guyon et al. 1994, doi 10.5281/zenodo.1195803)",
}


def export_checkpoint(saved, corpus, hands, name):
    """hands: [{name, writer}], from neat to wild. Returns the file's text."""
    number = {writer: index for index, writer in enumerate(saved["writers"])}
    missing = [hand["writer"] for hand in hands if hand["writer"] not in number]
    if missing:
        raise ValueError(f"Expected writers of the checkpoint, got {', '.join(missing)}.")
    vectors = [(hand["name"], saved["average"]["hands"][number[hand["writer"]]].tolist()) for hand in hands]
    return encode(saved["average"], vectors, metrics(corpus), {"name": name, **ABOUT})


def metrics(corpus, rows=2000, seed=1):
    """The model unit, the height of an x (from the upper turning points of small letters), and the mean step."""
    chosen = np.random.default_rng(seed).permutation(len(corpus))[:rows]
    steps, heights = [], []
    for row in chosen:
        points, lengths, _, _ = corpus.even(int(row))
        inside = np.ones(len(points), bool)
        inside[np.cumsum(lengths) - lengths] = False
        steps.append(np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)[inside])
        if set(corpus.texts[int(row)]) <= set("acemnorsuvwxz "):
            heights.append(turning_points(points * [1, -1], lengths))
    tops = np.concatenate(heights) if heights else np.array([2.8])
    return {"unit": UNIT, "xHeight": round(densest(tops[tops > 1]), 3), "meanStep": round(float(np.concatenate(steps).mean()), 3), "startSpread": 0}

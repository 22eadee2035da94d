"""The trainer's own folder is where its modules are found; every test is the same in every run."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

TRAIN = Path(__file__).parents[2] / "scripts" / "train"
sys.path.insert(0, str(TRAIN))
torch.set_num_threads(1)


def write_by(writer, size, seed, rows=6, samples=90):
    """Rows in the format of JSON lines that look like writing: garlands of loops with a word's gap, in whole units."""
    generator = np.random.default_rng(seed)
    for row in range(rows):
        strokes, x = [], 0.0
        for _ in range(3):
            t = np.linspace(0, 6 * np.pi, samples)
            loops = np.stack([x + size * (0.5 * t + np.sin(t)), size * np.cos(t) * generator.uniform(0.8, 1.2)], 1)
            places = np.rint(loops).astype(int)
            strokes.append([*places[0].tolist(), *np.diff(places, axis=0).ravel().tolist()])
            x = loops[:, 0].max() + 2 * size
        yield {"writer": writer, "set": "s1", "text": f"loops {row}", "style": "cursive", "strokes": strokes}


@pytest.fixture(scope="session")
def jsonl(tmp_path_factory):
    """Six writers of different sizes, in a file."""
    import json

    path = tmp_path_factory.mktemp("ink") / "loops.jsonl"
    rows = [row for k in range(6) for row in write_by(f"w{k}", 40 * 2**k, k)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def corpus_file(jsonl, tmp_path_factory):
    import prepare

    out = tmp_path_factory.mktemp("corpus") / "loops.npz"
    prepare.main([str(jsonl), "--out", str(out), "--validation-every", "3"])
    return out

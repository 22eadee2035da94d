"""Nats a point of weights on the writers of a corpus, in the fixed way: no augmentation, rows in their order."""

import numpy as np
import torch

import mixture
import network
from lstm import lstm

LINES = 64  # at a time


def score(tensors, corpus, validation=True, most=None, stride=1.0, scale=1.0, temperature=1.0, seed=0, device="cpu", writers=None):
    """-> {"all": (position, pen), "writers": {name: (position, pen, points)}}; nats a point.

    most: points a writer, at most. stride, scale: of every line, times the nominal; the position's nats are then rescaled
    to the nominal units, so that they can be compared. temperature: of the mixture.
    """
    writers = corpus.split(validation) if writers is None else writers
    totals = {}
    for first in range(0, len(writers), LINES):
        totals |= _score_some(tensors, corpus, writers[first : first + LINES], most, stride, scale, temperature, seed, device)
    summed = np.array(list(totals.values())).sum(0)
    each = {name: (position / count, pen / count, int(count)) for name, (position, pen, count) in totals.items()}
    return {"all": (summed[0] / summed[2], summed[1] / summed[2]), "writers": each}


@torch.no_grad()
def _score_some(tensors, corpus, writers, most, stride, scale, temperature, seed, device, chunk=256):
    """Sums of nats of position and pen, and points, by writer."""
    lines = []
    for writer in writers:
        generator = np.random.default_rng([seed, writer.rows.start])
        rows = writer.rows
        if most:  # enough rows for so many points, chosen evenly
            share = len(rows) / max(writer.points, 1) * most * 1.3
            chosen = generator.permutation(len(rows))[: int(np.ceil(share)) + 1]
            rows = [rows[k] for k in sorted(chosen)]
        lines.append(corpus.line(writer, rows, generator, stride, scale)[:most].astype(np.float32))
    longest = max(len(line) for line in lines)
    units = tensors["headWeights"].shape[0]
    state = network.start_state(len(lines), units, torch.Generator().manual_seed(seed), device)
    sums = np.zeros((len(lines), 3))
    for first in range(0, longest - 1, chunk):
        steps = min(chunk, longest - 1 - first)
        x = np.zeros((steps, len(lines), 3), np.float32)
        y = np.zeros_like(x)
        there = np.zeros((steps, len(lines)), bool)
        for number, line in enumerate(lines):
            part = line[first : first + steps + 1]
            if len(part) > 1:
                x[: len(part) - 1, number], y[: len(part) - 1, number] = part[:-1], part[1:]
                there[: len(part) - 1, number] = True
        logits, state = network.run(tensors, torch.from_numpy(x).to(device), state, step=lstm)
        position, pen = mixture.nll(mixture.temper(logits, temperature), torch.from_numpy(y).to(device).reshape(-1, 3))
        for k, part in enumerate((position, pen)):
            sums[:, k] += (part.cpu().double().view(steps, -1).numpy() * there).sum(0)
        sums[:, 2] += there.sum(0)
    sums[:, 0] -= 2 * np.log(scale) * sums[:, 2]  # a density in two dimensions
    return {writer.name: row for writer, row in zip(writers, sums)}

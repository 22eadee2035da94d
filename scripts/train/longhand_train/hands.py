"""Hands of people that the network has never seen: a vector fitted to a few of their lines, with the weights as they are."""

import numpy as np
import torch

from .data.pieces import Augmentation, Pieces, compose, is_ink
from .data.stream import Batch
from .model import mixture, network
from .model.network import State

STEPS, RATE = 60, 0.05
DECAY = 1e-3  # pulls the vector to the trained hands' mean


def rows_of_writer(pieces, writer, most=10, longest=45, seed=1):
    """Rows of a writer as training reads them, without augmentation: his lines, cut to a length, or words where he has no lines."""
    generator = np.random.default_rng(seed)
    groups = [_cut(words, longest) for words in pieces.lines[writer]] or [[word] for word in pieces.words[writer]]
    chosen = [groups[number] for number in generator.permutation(len(groups))[:most]]
    return [compose(pieces, writer, [words], Augmentation(0, 0, 0, 0, 0), generator) for words in chosen]


def _cut(words, longest):
    last = len(words)
    while last > 1 and words[last - 1].end - words[0].begin > longest:
        last -= 1
    return words[:last]


def batch_of(rows):
    """Rows side by side -> a Batch of as many steps as the longest has, and which points are real (T, B)."""
    T, B = max(len(row.movements) for row in rows), len(rows)
    inputs, movements = torch.zeros(T, B, 4), torch.zeros(T, B, 3)
    targets, real = torch.zeros(T, B), torch.zeros(T, B, dtype=torch.bool)
    codes = torch.full((B, max(len(row.codes) for row in rows)), -1, dtype=torch.int32)
    inputs[0, :, 2] = 1
    for slot, row in enumerate(rows):
        n = len(row.movements)
        movements[:n, slot] = torch.from_numpy(row.movements)
        inputs[1:n, slot, :3] = movements[: n - 1, slot]
        inputs[1:n, slot, 3] = torch.from_numpy(row.heights[: n - 1]) / 4
        targets[:n, slot] = torch.from_numpy(row.targets)
        real[:n, slot] = is_ink(movements[:n, slot])
        codes[slot, : len(row.codes)] = torch.from_numpy(row.codes)
    reset = torch.zeros(T, B, dtype=torch.bool)
    reset[0] = True
    zeros = torch.zeros(T, B)
    return Batch(inputs, movements, torch.zeros(T, B, dtype=torch.int64), reset, zeros - 0.5, targets, ~reset, codes, torch.zeros(B)), real


def nats(params, rows, vectors, placed=False, steps=None):
    """Nats per point of rows in each of the hands (N, E) -> (N,). placed: with the window on its target; steps: of each row at most."""
    batch, real = batch_of(rows)
    found = []
    with torch.no_grad():
        for vector in torch.as_tensor(vectors):
            found.append(float(_nats(params, first(batch, steps), real[:steps], vector, placed)))
    return np.array(found)


def first(batch, steps):
    """The first steps of a batch."""
    by_step = {name: part[:steps] for name, part in vars(batch).items() if name not in ("codes", "shift")}
    return Batch(**by_step, codes=batch.codes, shift=batch.shift)


def best_of(params, rows, numbers, steps=100, finalists=8):
    """The nats of the trained hand under which the rows are likeliest; the beginnings of rows choose the finalists."""
    beginnings = nats(params, rows, params["hands"][numbers], steps=steps)
    chosen = [numbers[k] for k in np.argsort(beginnings)[:finalists]]
    return nats(params, rows, params["hands"][chosen]).min()


def fit(params, rows, start=None, steps=STEPS, rate=RATE):
    """A vector (E,) under which the rows are likely, by Adam from the mean hand."""
    batch, real = batch_of(rows)
    mean = params["hands"].mean(0)
    vector = (mean if start is None else torch.as_tensor(start)).clone().requires_grad_()
    optimizer = torch.optim.Adam([vector], rate)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * (1 - step / steps)
        loss = _nats(params, batch, real, vector, True) + DECAY * ((vector - mean) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return vector.detach()


def _nats(params, batch, real, vector, placed):
    own = {**params, "hands": vector[None]}
    state = State.zero(network.Sizes.of(own), batch.codes.shape[0], params["b1"])
    logits, *_ = network.run(own, batch, state, batch.targets if placed else None)
    each = sum(mixture.nll(logits.flatten(0, 1), batch.movements.flatten(0, 1)))
    return each[real.flatten()].mean()


def unseen(params, corpus, trained, lines=5, others=10, log=print):
    """For every held-out writer: nats of other lines by the fitted hand, by the best trained hand, and by the mean hand.

    trained: numbers of the hands that count as trained.
    """
    pieces = Pieces(corpus, splits=(2,))
    found = []
    for writer in range(len(corpus.writers)):
        if len(pieces.lines[writer]) + len(pieces.words[writer]) < lines + 4:
            continue
        rows = rows_of_writer(pieces, writer, lines + others)
        if len(rows) <= lines:
            continue
        vector = fit(params, rows[:lines])
        rest = rows[lines:]
        mean = params["hands"][trained].mean(0)
        both = nats(params, rest, torch.stack([vector, mean]))
        best = best_of(params, rest, trained)
        found.append((corpus.writers[writer].name, float(both[0]), float(best), float(both[1])))
        log(f"{found[-1][0]}: fitted {both[0]:.3f}, best trained {best:.3f}, mean hand {both[1]:.3f}")
    return found

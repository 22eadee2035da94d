"""Forced alignment: which letter of its row's text does every point belong to?

A frame classifier sees the pen's way around a point and says which character it is part of. The Viterbi algorithm then
finds the likeliest way through the row's own letters, in order. Classifier and alignment improve each other in turn; the
first labels come from the mean length of each letter.
"""

import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .data.alphabet import ALPHABET, SPACE, encode
from .data.corpus import HELD_ROW, HELD_WRITER, NO_LETTER
from .data.ink import gaps, resample_places

HALF = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 60)
OFFSETS = np.array([*(-offset for offset in reversed(HALF)), 0, *HALF])  # 35 points around each one
UNITS = 448
EVERY = 2  # points: the classifier is asked at every second one; letters are some 25 points long
PRIOR = 0.6  # of the characters' log frequencies that is taken off
LEAST, MOST_LEAST = 0.3, 7  # of a character's mean length, and points: no letter is shorter
INSIDE = 2.0  # nats: what a change of letter costs inside a stroke
ROUNDS = ((0.15, 1e6, 0.15), (0.15, 1e6, 0.04), (0.3, 2e6, 0.01), (1.0, 3e6, 0.01), (1.0, 3e6, 0.0))  # see align_corpus
SLACK = 0.5  # nats per point: rows that fit worse than their writer's median by this much keep no labels
NARROWEST = 1.1  # model units: the least white that parts two words in the first labels
LATE_BACK, LATE_POINTS = 1.6, 22  # model units left of the ink so far, and points at most: a dot or bar set late


@dataclass
class Frames:
    """Rows at even steps, laid end to end."""

    x: np.ndarray  # (N,) float32, model units
    y: np.ndarray
    lift: np.ndarray  # (N,) bool: the last point of a stroke
    late: np.ndarray  # (N,) bool: part of a late dot or bar
    begin: np.ndarray  # (R + 1,) where each row begins
    codes: list  # (L,) characters of each row without spaces
    places: list  # (L,) where these stand in the text
    rows: np.ndarray  # (R,) numbers in the corpus

    def row_of(self):
        return np.repeat(np.arange(len(self.rows)), np.diff(self.begin))


def is_late(points, lengths):
    """Which strokes (S,) are dots and bars that were set after the pen had moved on."""
    begins = np.cumsum(lengths) - lengths
    right = np.maximum.reduceat(points[:, 0], begins)
    left = np.minimum.reduceat(points[:, 0], begins)
    reach = np.concatenate([[-np.inf], np.maximum.accumulate(right)[:-1]])
    return ((left + right) / 2 < reach - LATE_BACK) & (lengths <= LATE_POINTS)


def frames_of(corpus, rows):
    """Lay rows out at even steps."""
    xs, ys, lifts, lates, counts, codes, places = [], [], [], [], [], [], []
    for row in rows:
        points, lengths, _, _ = corpus.even(row)
        lift = np.zeros(len(points), bool)
        lift[np.cumsum(lengths) - 1] = True
        text = encode(corpus.texts[row])
        xs.append(points[:, 0])
        ys.append(points[:, 1])
        lifts.append(lift)
        lates.append(np.repeat(is_late(points, lengths), lengths))
        counts.append(len(points))
        places.append(np.flatnonzero(text != SPACE))
        codes.append(text[places[-1]])
    join = lambda parts, kind: np.concatenate(parts).astype(kind)
    begin = np.concatenate([[0], np.cumsum(counts)])
    return Frames(join(xs, np.float32), join(ys, np.float32), join(lifts, bool), join(lates, bool), begin, codes, places, np.asarray(rows))


def features(frames, index, row_begin, row_end):
    """Inputs (n, 140) of the classifier at points `index` (n,): relative x, height, whether there is a point, and pen lifts."""
    at = index[:, None] + OFFSETS
    valid = (at >= row_begin[:, None]) & (at < row_end[:, None])
    at = np.clip(at, 0, len(frames.x) - 1)
    dx = np.clip((frames.x[at] - frames.x[index][:, None]) / 4, -6, 6)
    height = np.clip(frames.y[at] / 4, -3, 3)
    return torch.from_numpy(np.concatenate([part * valid for part in (dx, height, np.ones_like(dx), frames.lift[at])], 1).astype(np.float32))


class Classifier(torch.nn.Module):
    """(n, 140) -> log probabilities (n, 96)."""

    def __init__(self, inputs=4 * len(OFFSETS), units=UNITS):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(inputs, units), torch.nn.ReLU(), torch.nn.Linear(units, units), torch.nn.ReLU(), torch.nn.Linear(units, ALPHABET)
        )

    def forward(self, x):
        return F.log_softmax(self.layers(x), -1)


def letter_lengths(frames):
    """The mean number of points of each character (96,), by least squares over the rows."""
    counts = np.zeros((len(frames.rows), ALPHABET))
    for number, codes in enumerate(frames.codes):
        np.add.at(counts[number], codes, 1)
    points = np.diff(frames.begin).astype(float)
    ridge = 30.0 * np.eye(ALPHABET)
    mean = points.sum() / counts.sum()
    lengths = np.linalg.solve(counts.T @ counts + ridge, counts.T @ points + ridge @ np.full(ALPHABET, mean))
    return np.clip(lengths, mean / 4, mean * 3)


def first_labels(frames, lengths, corpus):
    """Letters (N,) for every point, by mean lengths; words are parted at the widest gaps where there are enough of them."""
    labels = np.full(len(frames.x), NO_LETTER)
    for number, row in enumerate(frames.rows):
        begin, end = frames.begin[number], frames.begin[number + 1]
        codes, places = frames.codes[number], frames.places[number]
        sizes = lengths[codes]
        usual = np.flatnonzero(~frames.late[begin:end])
        word = np.concatenate([[0], np.cumsum(np.diff(places) > 1)])
        cuts = _word_cuts(frames, begin, end, word[-1] + 1)
        if cuts is None:
            pieces = [(usual, np.arange(len(codes)))]
        else:
            part = np.searchsorted(cuts, usual, "right")
            pieces = [(usual[part == k], np.flatnonzero(word == k)) for k in range(word[-1] + 1)]
        for points, letters in pieces:
            ends = np.cumsum(sizes[letters]) / sizes[letters].sum()
            share = (np.arange(len(points)) + 0.5) / max(1, len(points))
            labels[begin + points] = letters[np.minimum(np.searchsorted(ends, share), len(letters) - 1)]
    return labels


def _word_cuts(frames, begin, end, words):
    """Where, counted from the row's begin, the second and later words begin; None where gaps are too few or narrow."""
    if words == 1:
        return np.zeros(0, int)
    ends = np.flatnonzero(frames.lift[begin:end]) + 1
    lengths = np.diff(ends, prepend=0)
    if len(lengths) < words:
        return None
    late = np.array([frames.late[begin + stop - 1] for stop in ends])
    points = np.stack([frames.x[begin:end], frames.y[begin:end]], 1)
    keep = ~np.repeat(late, lengths)
    if keep.sum() == 0 or (~late).sum() < words:
        return None
    white = gaps(points[keep], lengths[~late])
    chosen = np.sort(np.argsort(-white)[: words - 1])
    if (white[chosen] < NARROWEST).any():
        return None
    return (ends - lengths)[~late][chosen + 1]


def train_classifier(frames, labels, points, seed, model=None, batch=4096, rate=1.5e-3, log=print):
    """Train on about so many labelled points of the training rows; returns the model."""
    generator = np.random.default_rng(seed)
    torch.manual_seed(seed)
    model = model or Classifier()
    optimizer = torch.optim.Adam(model.parameters(), rate, betas=(0.9, 0.98))
    row_of = frames.row_of()
    usable = np.flatnonzero(labels != NO_LETTER)
    codes = np.zeros(len(labels), np.int64)
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in frames.codes])])
    flat = np.concatenate(frames.codes)
    codes[usable] = flat[offsets[row_of[usable]] + labels[usable]]
    steps = max(1, int(points // batch))
    begun, mean = time.time(), None
    for step in range(steps):
        index = usable[generator.integers(len(usable), size=batch)]
        rows = row_of[index]
        inputs = features(frames, index, frames.begin[rows], frames.begin[rows + 1])
        loss = F.nll_loss(model(inputs), torch.from_numpy(codes[index]))
        optimizer.param_groups[0]["lr"] = rate * min(1, (step + 1) / 20) * (1 - step / steps) ** 0.7
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        if step % 100 == 99:
            log(f"  classifier {step + 1}/{steps}: {mean:.3f} nats, {(step + 1) * batch / (time.time() - begun):.0f} points/s")
    return model


@torch.no_grad()
def emissions(model, frames, log_prior):
    """Scores (N, 96) float16 of every character at every point."""
    out = np.empty((len(frames.x), ALPHABET), np.float16)
    row_of = frames.row_of()
    for begin in range(0, len(out), 16384 * EVERY):
        index = np.arange(begin, min(begin + 16384 * EVERY, len(out)), EVERY)
        rows = row_of[index]
        logs = model(features(frames, index, frames.begin[rows], frames.begin[rows + 1])) - PRIOR * log_prior
        block = np.repeat(logs.clamp(-30, 30).numpy(), EVERY, 0)
        out[begin : begin + len(block)] = block[: len(out) - begin]
    return out


def viterbi(scores, first, begins_letter, begins_word, states, points):
    """The best way through the states of many rows at once.

    Every letter is a chain of states, each of at least one point, so that no letter is passed over in a moment.
    scores (B, T, S): of state s at point t, padded; first (B, T): whether a point begins a stroke; begins_letter,
    begins_word (B, S); states (B,), points (B,): how many are real. Returns states (B, T) and mean scores (B,).
    """
    batch, steps, width = scores.shape
    best = np.full((batch, width), -np.inf, np.float32)
    best[:, 0] = scores[:, 0, 0]
    moved = np.zeros((steps, batch, width), bool)
    ends = np.full(batch, -np.inf, np.float32)
    rows = np.arange(batch)
    at_stroke = np.zeros((batch, width), np.float32)
    inside = np.where(begins_word, np.inf, np.where(begins_letter, INSIDE, 0)).astype(np.float32)
    advance = np.full((batch, width), -np.inf, np.float32)
    ends[points == 1] = best[rows, states - 1][points == 1]
    for t in range(1, steps):
        advance[:, 1:] = best[:, :-1]
        advance -= np.where(first[:, t, None], at_stroke, inside)
        moved[t] = advance > best
        np.maximum(best, advance, out=best)
        best += scores[:, t]
        done = points == t + 1
        if done.any():
            ends[done] = best[rows, states - 1][done]
    path = np.full((batch, steps), NO_LETTER)
    now = states - 1
    for t in range(steps - 1, -1, -1):
        inside_row = t < points
        path[inside_row, t] = now[inside_row]
        now = now - (moved[t, rows, now] & inside_row)
    return path, ends / points


def align(scores, frames, least, old=None, hold=0.0, cells=12_000_000):
    """Letters (N,) for every point, and the mean score of each row (R,); -inf where a row cannot be aligned.

    least (96,): the fewest points of each character. old: the last estimate, which costs `hold` nats per squared letter to
    leave. Late strokes get no letter.
    """
    labels = np.full(len(frames.x), NO_LETTER)
    fit = np.full(len(frames.rows), -np.inf)
    usual = [np.flatnonzero(~frames.late[b:e]) + b for b, e in zip(frames.begin[:-1], frames.begin[1:])]
    letter_of = []  # of every row, the letter of each state
    for number, codes in enumerate(frames.codes):
        chain = least[codes]
        while chain.sum() > 0.8 * len(usual[number]) and chain.max(initial=1) > 1:  # a small hand: shorten all letters alike
            chain = np.maximum(1, chain - 1)
        letter_of.append(np.repeat(np.arange(len(codes)), chain))
    order = sorted(range(len(frames.rows)), key=lambda number: (len(usual[number]), len(letter_of[number])))
    order = [number for number in order if len(usual[number]) >= len(letter_of[number]) > 0]
    while order:
        longest, group, width = len(usual[order[-1]]), [], 0
        while order and (not group or (len(group) + 1) * longest * max(width, len(letter_of[order[-1]])) <= cells):
            group.append(order.pop())
            width = max(width, len(letter_of[group[-1]]))
        block = np.full((len(group), longest, width), -30, np.float32)
        first = np.zeros((len(group), longest), bool)
        begins_letter, begins_word = np.zeros((2, len(group), width), bool)
        for at, number in enumerate(group):
            index, letters = usual[number], letter_of[number]
            emitted = scores[index][:, frames.codes[number]].astype(np.float32)
            if old is not None and hold:
                away = np.arange(len(frames.codes[number]))[None] - old[index][:, None]
                emitted -= np.where(old[index][:, None] == NO_LETTER, 0, hold * np.minimum(away**2, 100))
            block[at, : len(index), : len(letters)] = emitted[:, letters]
            first[at, : len(index)] = np.concatenate([[True], frames.lift[index[1:] - 1]])
            change = np.flatnonzero(np.diff(letters)) + 1
            begins_letter[at, change] = True
            begins_word[at, change] = np.diff(frames.places[number]) > 1
        states = np.array([len(letter_of[number]) for number in group])
        points = np.array([len(usual[number]) for number in group])
        paths, ends = viterbi(block, first, begins_letter, begins_word, states, points)
        for at, number in enumerate(group):
            if np.isfinite(ends[at]):
                labels[usual[number]] = letter_of[number][paths[at, : points[at]]]
                fit[number] = ends[at]
    return labels, fit


def accuracy(scores, labels, frames, parts, log_prior):
    """The share of points of the given rows (R,) bool whose likeliest character is that of their label; 0 without such rows."""
    row_of = frames.row_of()
    chosen = np.flatnonzero((labels != NO_LETTER) & parts[row_of])
    if not len(chosen):
        return 0.0
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in frames.codes])])
    true = np.concatenate(frames.codes)[offsets[row_of[chosen]] + labels[chosen]]
    seen = (scores[chosen].astype(np.float32) + PRIOR * log_prior.numpy()).argmax(1)
    return float((seen == true).mean())


def log_prior_of(frames, labels):
    """Log frequencies (96,) of the characters over labelled points."""
    row_of = frames.row_of()
    chosen = np.flatnonzero(labels != NO_LETTER)
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in frames.codes])])
    counts = np.bincount(np.concatenate(frames.codes)[offsets[row_of[chosen]] + labels[chosen]], minlength=ALPHABET) + 50.0
    return torch.log(torch.tensor(counts / counts.sum(), dtype=torch.float32))


def align_corpus(corpus, rounds, model=None, seed=1, batch=4096, log=print):
    """Classifier and Viterbi in turn; sets the corpus's letters and late strokes. Returns what was measured, and the model.

    rounds: [(share of the rows that take part, labelled points to train on, hold)]; all rows take part in the last round.
    Without letters in the corpus the first labels come from mean lengths; otherwise its letters are refined.
    """
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(corpus))
    frames, labels, measured = None, None, []
    lengths = None
    for number, (share, points, hold) in enumerate(rounds):
        rows = np.sort(order[: max(1, round(share * len(corpus)))])
        fresh = frames_of(corpus, rows)
        if labels is None:
            lengths = letter_lengths(fresh)
            labels = stored_labels(corpus, fresh) if (corpus.letters != NO_LETTER).any() else first_labels(fresh, lengths, corpus)
        else:
            labels = carry(frames, labels, fresh)
        frames = fresh
        least = np.clip(np.rint(LEAST * lengths), 1, MOST_LEAST).astype(int)
        learn = labels.copy()
        learn[(corpus.split[frames.rows] != 0)[frames.row_of()]] = NO_LETTER
        log_prior = log_prior_of(frames, learn)
        model = train_classifier(frames, learn, points, seed + number, model, batch, log=log)
        scores = emissions(model, frames, log_prior)
        held = np.isin(corpus.split[frames.rows], (HELD_ROW, HELD_WRITER))
        new, fit = align(scores, frames, least, labels, hold)
        both = (new != NO_LETTER) & (labels != NO_LETTER)
        measured.append(
            {
                "accuracy": round(accuracy(scores, new, frames, held, log_prior), 4),
                "moved": round(float((new[both] != labels[both]).mean()), 4) if both.any() else None,
                "labelled": round(float((new != NO_LETTER).mean()), 4),
            }
        )
        log(f"round {number + 1}: {measured[-1]}")
        labels = new
    _store(corpus, frames, labels, fit)
    return measured, model


def carry(old, labels, new):
    """Labels of some frames -> of others; rows that were not among the old ones have none."""
    out = np.full(len(new.x), NO_LETTER)
    where = {row: number for number, row in enumerate(new.rows)}
    for number, row in enumerate(old.rows):
        if row in where:
            at = where[row]
            out[new.begin[at] : new.begin[at + 1]] = labels[old.begin[number] : old.begin[number + 1]]
    return out


def stored_labels(corpus, frames):
    """The corpus's letters at the frames' points, counted without spaces."""
    out = []
    for number, row in enumerate(frames.rows):
        letters = corpus.even(row)[2]
        rank = np.full(len(corpus.texts[row]) + 1, NO_LETTER)
        rank[frames.places[number]] = np.arange(len(frames.places[number]))
        out.append(np.where(letters == NO_LETTER, NO_LETTER, rank[letters]))
    return np.concatenate(out)


def _store(corpus, frames, labels, fit):
    """Write the labels of even points back to the recorded points that they lie between."""
    median = {}
    writers = corpus.writer_of_row[frames.rows]
    for writer in np.unique(writers):
        good = fit[(writers == writer) & np.isfinite(fit)]
        median[writer] = np.median(good) if len(good) else 0.0
    for number, row in enumerate(frames.rows):
        span, strokes = corpus.span(row)
        lengths = corpus.lengths[strokes]
        even = labels[frames.begin[number] : frames.begin[number + 1]]
        late = frames.late[frames.begin[number] : frames.begin[number + 1]]
        counts = _counts(corpus, row)
        starts = np.cumsum(counts) - counts
        corpus.late[strokes] = late[starts]
        if not fit[number] > median[writers[number]] - SLACK - 0.5 * (len(frames.codes[number]) < 4):
            corpus.letters[span] = NO_LETTER
            continue
        # the even point nearest to each recorded one, within its stroke
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        scale = (counts - 1) / np.maximum(lengths - 1, 1)
        nearest = np.rint(within * np.repeat(scale, lengths)).astype(int) + np.repeat(starts, lengths)
        places = frames.places[number]
        chosen = even[nearest]
        corpus.letters[span] = np.where(chosen == NO_LETTER, NO_LETTER, places[chosen])


def _counts(corpus, row):
    _, strokes = corpus.span(row)
    return resample_places(corpus.lengths[strokes], corpus.writers[corpus.writer_of_row[row]].stride)[3]

"""Batches: rows follow each other in every slot, so that all points of a batch are ink.

A batch holds T points of B slots. The network's state is carried from batch to batch; where a row begins it is reset. Texts
of a slot's rows stand behind each other in one buffer, a few empty places apart, and the window starts anew before each.
"""

import json
from dataclasses import dataclass

import numpy as np
import torch

from .pieces import TrainingRow

NO_CHARACTER = -1
APART = 4  # empty places between two texts: no window reaches across
START = -0.5  # of the window, before the first letter


@dataclass
class Batch:
    inputs: torch.Tensor  # (T, B, 4) [dx, dy, pen, y / 4]
    movements: torch.Tensor  # (T, B, 3) what follows each input
    writers: torch.Tensor  # (T, B) int64; -1 is the zero hand
    reset: torch.Tensor  # (T, B) bool: a row begins here
    start: torch.Tensor  # (T, B) float32: where the window starts, at a reset
    targets: torch.Tensor  # (T, B) float32: where the window belongs
    on_target: torch.Tensor  # (T, B) bool: rows whose window is put on its target
    codes: torch.Tensor  # (B, U) int32, NO_CHARACTER between texts
    shift: torch.Tensor  # (B,) float32: what is to be taken off the carried window position

    def to(self, device):
        return Batch(**{name: value.to(device) for name, value in vars(self).items()})


class Stream:
    """Endless batches of a composer's rows.

    no_hand: the share of rows whose hand vector is zeroed; on_target: that of rows whose window is put on its target.
    """

    def __init__(self, composer, slots, steps, seed, no_hand=0.08, on_target=0.5):
        self.composer, self.steps, self.no_hand, self.on_target = composer, steps, no_hand, on_target
        self.generator = np.random.default_rng(seed)
        self.rows = [None] * slots  # [row, points used, writer or -1, whether it is on target]
        self.offsets = np.zeros(slots)  # of the current row's text in the last batch's buffer

    def next(self):
        T, B = self.steps, len(self.rows)
        inputs = np.zeros((T, B, 4), np.float32)
        movements = np.zeros((T, B, 3), np.float32)
        writers = np.zeros((T, B), np.int64)
        reset = np.zeros((T, B), bool)
        start = np.zeros((T, B), np.float32)
        targets = np.zeros((T, B), np.float32)
        on_target = np.zeros((T, B), bool)
        buffers = []
        shift = self.offsets.copy()
        for slot in range(B):
            at, buffer, offset = 0, [], 0
            if self.rows[slot] is not None:
                buffer = self.rows[slot][0].codes.tolist()
            while at < T:
                if self.rows[slot] is None:
                    row = self.composer.draw(self.generator)
                    hand = -1 if self.generator.random() < self.no_hand else row.writer
                    self.rows[slot] = [row, 0, hand, bool(self.generator.random() < self.on_target)]
                    if buffer:
                        buffer += [NO_CHARACTER] * APART
                    offset = len(buffer)
                    buffer += row.codes.tolist()
                row, used, hand, put = self.rows[slot]
                count = min(T - at, len(row.movements) - used)
                here, there = slice(at, at + count), slice(used, used + count)
                movements[here, slot] = row.movements[there]
                targets[here, slot] = row.targets[there] + offset
                writers[here, slot] = hand
                on_target[here, slot] = put
                if used:
                    inputs[here, slot, :3] = row.movements[used - 1 : used + count - 1]
                    inputs[here, slot, 3] = row.heights[used - 1 : used + count - 1] / 4
                else:
                    inputs[at, slot, 2] = 1  # the start: pen lifted, on the baseline, at the left edge
                    inputs[at + 1 : at + count, slot, :3] = row.movements[: count - 1]
                    inputs[at + 1 : at + count, slot, 3] = row.heights[: count - 1] / 4
                    reset[at, slot] = True
                    start[at, slot] = offset + START
                at += count
                self.rows[slot][1] += count
                if self.rows[slot][1] == len(row.movements):
                    self.rows[slot] = None
            self.offsets[slot] = offset if self.rows[slot] is not None else 0
            buffers.append(buffer)
        codes = np.full((B, max(map(len, buffers))), NO_CHARACTER, np.int32)
        for slot, buffer in enumerate(buffers):
            codes[slot, : len(buffer)] = buffer
        arrays = (inputs, movements, writers, reset, start, targets, on_target, codes, shift.astype(np.float32))
        return Batch(*map(torch.from_numpy, arrays))

    def state(self):
        """All that the next batches depend on, as tensors, numbers and strings."""
        rows = []
        for entry in self.rows:
            if entry is not None:
                arrays = {name: torch.from_numpy(value) for name, value in vars(entry[0]).items() if isinstance(value, np.ndarray)}
                entry = [{**arrays, "writer": entry[0].writer}, *entry[1:]]
            rows.append(entry)
        generator = json.dumps(self.generator.bit_generator.state)
        return {"generator": generator, "rows": rows, "offsets": torch.from_numpy(self.offsets.copy())}

    def restore(self, state):
        self.generator.bit_generator.state = json.loads(state["generator"])
        self.rows = []
        for entry in state["rows"]:
            if entry is not None:
                row = {name: value.numpy() if torch.is_tensor(value) else value for name, value in entry[0].items()}
                entry = [TrainingRow(**row), *entry[1:]]
            self.rows.append(entry)
        self.offsets = state["offsets"].numpy().copy()

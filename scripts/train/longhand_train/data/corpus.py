"""The packed corpus: every row on its baseline, in model units, at the pace of the recording, in one file.

Points keep the recording's pace so that training can vary the steps. A row's place is such that x = 0 is the left edge of
its ink and y = 0 its baseline. Letter labels from forced alignment (see `align`) are stored for every recorded point.
"""

import json
from dataclasses import asdict, dataclass

import numpy as np

from . import ink
from .baseline import baselines

FORMAT = "longhand-corpus-2"
UNIT = 0.5657  # sizes in a model unit; a size is the writer's median over rows of the standard deviation of y
STEP = 0.28  # sizes: the mean step of the pen after resampling
GRAIN = 128  # stored steps in a model unit
NO_LETTER = -1
TRAIN, HELD_ROW, HELD_WRITER = 0, 1, 2
SIZE_RANGE = (0.4, 2.5)  # of a row to its writer's
WIDEST_JUMP = 200  # model units: a longer way from point to point is no writing, and does not fit the file format
HIGHEST = 10  # sizes: ink that is farther from the line is more than one line, or a slip of the pen
POINTS_PER_LETTER = (4, 120)  # after resampling; outside it, text and ink do not belong together


@dataclass
class Writer:
    name: str
    set: str
    style: str
    size: float  # recorded units
    stride: float  # recorded samples per step

    @property
    def grain(self):
        """Half a recorded unit in model units: the rounding error of the tablet."""
        return 0.5 / (self.size * UNIT)


@dataclass
class Corpus:
    points: np.ndarray  # (N, 2) float32, model units
    letters: np.ndarray  # (N,) int16, the index into the row's text that a point belongs to, or NO_LETTER
    lengths: np.ndarray  # (S,) points in each stroke
    late: np.ndarray  # (S,) bool: a dot or bar that was set after the pen had moved on
    strokes_of_row: np.ndarray  # (R,)
    writer_of_row: np.ndarray  # (R,)
    split: np.ndarray  # (R,) TRAIN, HELD_ROW or HELD_WRITER
    texts: list
    writers: list

    def __post_init__(self):
        self.stroke_at = np.concatenate([[0], np.cumsum(self.strokes_of_row)])
        self.point_at = np.concatenate([[0], np.cumsum(self.lengths)])

    def __len__(self):
        return len(self.texts)

    def span(self, row):
        """The slice of the row's points and of its strokes."""
        first, last = self.stroke_at[row], self.stroke_at[row + 1]
        return slice(self.point_at[first], self.point_at[last]), slice(first, last)

    def row(self, row):
        """A row's points (n, 2) float64, its stroke lengths, the letter of each point, and which strokes are late."""
        points, strokes = self.span(row)
        return self.points[points].astype(float), self.lengths[strokes], self.letters[points], self.late[strokes]

    def even(self, row, stride=1.0):
        """A row at even steps: points (n, 2), lengths, letters (n,), late (S,). stride multiplies the writer's own."""
        points, lengths, letters, late = self.row(row)
        before, after, share, counts = ink.resample_places(lengths, self.writers[self.writer_of_row[row]].stride * stride)
        even, _ = ink.resample(points, lengths, self.writers[self.writer_of_row[row]].stride * stride, ink.DOT / UNIT)
        return even, counts, letters[np.where(share < 0.5, before, after)], late

    def save(self, path):
        whole = np.rint(self.points * GRAIN).astype(np.int32)
        steps = np.diff(whole, axis=0, prepend=0)
        steps[self.point_at[self.stroke_at[:-1]]] = whole[self.point_at[self.stroke_at[:-1]]]  # rows stand for themselves
        np.savez_compressed(
            path,
            format=FORMAT,
            steps=np.clip(steps, -32767, 32767).astype(np.int16),
            letters=self.letters.astype(np.int16),
            lengths=self.lengths.astype(np.int32),
            late=self.late,
            strokes_of_row=self.strokes_of_row.astype(np.int32),
            writer_of_row=self.writer_of_row.astype(np.int16),
            split=self.split.astype(np.int8),
            texts=json.dumps(self.texts),
            writers=json.dumps([asdict(writer) for writer in self.writers]),
        )

    @staticmethod
    def load(path):
        with np.load(path, allow_pickle=False) as file:
            if str(file.get("format")) != FORMAT:
                raise ValueError(f"{path}: Expected a corpus ({FORMAT}), got {file.get('format')}. Prepare the data again.")
            lengths, strokes_of_row = file["lengths"].astype(np.int64), file["strokes_of_row"].astype(np.int64)
            begins = np.concatenate([[0], np.cumsum(lengths)])[np.concatenate([[0], np.cumsum(strokes_of_row)])]
            total = np.cumsum(file["steps"].astype(np.int64), axis=0)
            before = np.concatenate([[[0, 0]], total])[begins[:-1]]
            points = (total - np.repeat(before, np.diff(begins), axis=0)) / GRAIN
            return Corpus(
                points.astype(np.float32),
                file["letters"],
                lengths,
                file["late"],
                strokes_of_row,
                file["writer_of_row"].astype(np.int64),
                file["split"],
                json.loads(str(file["texts"])),
                [Writer(**writer) for writer in json.loads(str(file["writers"]))],
            )


def plain_text(text):
    """Printable ASCII with single spaces; None where a character has no place in the alphabet."""
    text = " ".join(text.split())
    return text if text and all(32 <= ord(letter) <= 126 for letter in text) else None


def build(rows, report, held_writers=20, held_rows=25, seed=1):
    """Rows of any order -> Corpus. held_writers: how many writers are kept out of training; held_rows: keep every Nth row."""
    by_writer = {}
    for row in rows:
        text = plain_text(row.text)
        where = f"{row.writer} {row.text!r}"
        if text is None:
            report.skip("Expected printable ASCII text, got other characters or none.", where)
        elif row.multiline:
            report.skip("Expected one line of ink, got several.", where)
        else:
            by_writer.setdefault(row.writer, []).append((row, text))
    gathered = []
    for name in sorted(by_writer):
        writer, entries = _writer(name, by_writer[name], report)
        if entries:
            gathered.append((writer, entries))
    if not gathered:
        raise ValueError("Expected at least one usable row, got none.")
    return _pack(gathered, _held(gathered, held_writers, seed), held_rows)


def _writer(name, rows, report):
    """One writer's rows -> (Writer, [(points, lengths, text, keys of the strokes)]) in model units, on their baselines."""
    ready = []
    for row, text in rows:
        points, lengths = ink.drop_repeats(row.points, row.lengths)
        ready.append((row, text, points, lengths, ink.level(points)))
    size = float(np.median([level[:, 1].std() for *_, level in ready]))
    kept = []
    for row, text, points, lengths, level in ready:
        where = f"{name} {text!r}"
        if not size > 0:
            report.skip("Expected ink of some height, got a flat writer.", where)
            continue
        if " " not in text:
            level = ink.level(points, ink.trusted_slope(points, size))
        if not SIZE_RANGE[0] < level[:, 1].std() / size < SIZE_RANGE[1] and len(text) > 2:
            report.skip("Expected a row of its writer's size, got a much larger or smaller one.", where)
        elif np.abs(level[:, 1]).max() / size > HIGHEST:
            report.skip("Expected one line, got ink more than ten sizes from it.", where)
        elif np.abs(np.diff(level[:, 0])).max(initial=0) / size > WIDEST_JUMP * UNIT:
            report.skip("Expected letters beside each other, got a jump of 200 model units.", where)
        else:
            kept.append((row, text, level / size, lengths))
    if not kept:
        return None, []
    stride = find_stride([(points, lengths) for _, _, points, lengths in kept])
    base = baselines([(points / UNIT, lengths) for _, _, points, lengths in kept])
    entries = []
    for (row, text, points, lengths), y in zip(kept, base):
        count = ink.resample_places(lengths, stride)[3].sum()
        letters = sum(letter != " " for letter in text)
        if POINTS_PER_LETTER[0] <= count / letters <= POINTS_PER_LETTER[1]:
            entries.append((points / UNIT - [0, y], lengths, text, _keys(row)))
        else:
            report.skip("Expected 4 to 120 points per letter, got a row whose text and ink do not match.", f"{name} {text!r}")
    style = max({row.style for row, *_ in kept}, key=[row.style for row, *_ in kept].count)
    return Writer(name, kept[0][0].set, style, size, stride), entries


def _keys(row):
    """What identifies a row's strokes where words repeat the ink of lines: first point and length."""
    begins = np.cumsum(row.lengths) - row.lengths
    return {(*row.points[begin].tolist(), int(length)) for begin, length in zip(begins, row.lengths) if length > 3}


def find_stride(rows):
    """Recorded samples per step at which a writer's mean step is STEP. rows: (points, lengths) in sizes."""
    points = np.concatenate([points for points, _ in rows])
    lengths = np.concatenate([lengths for _, lengths in rows])
    steps = ink.mean_step(points, lengths)
    stride = STEP / steps if steps > 0 else 1.0
    for _ in range(8):  # chords are shorter than the curve, so the first guess is a little low; this converges at once
        step = ink.mean_step(*ink.resample(points, lengths, stride))
        if not step > 0 or abs(step / STEP - 1) < 1e-4:
            break
        stride = min(stride * STEP / step, 1e4)
    return float(stride)


def _held(gathered, count, seed):
    """Writers kept out of training: drawn among those with at least ten rows of several letters, evenly over the sets."""
    generator = np.random.default_rng(seed)
    fit = [number for number, (_, entries) in enumerate(gathered) if sum(len(text) > 3 for _, _, text, _ in entries) >= 12]
    order = generator.permutation(len(fit))
    return {fit[number] for number in order[: min(count, len(fit) // 4)]}


def _pack(gathered, held, every):
    """-> Corpus. A row that shares ink with a held-out row is dropped from training."""
    points, lengths, strokes_of_row, writer_of_row, split, texts = [], [], [], [], [], []
    for number, (_, entries) in enumerate(gathered):
        longest_first = sorted(range(len(entries)), key=lambda index: -len(entries[index][2]))
        kept_out = set(longest_first[every // 2 :: every]) if every else set()
        held_keys = set().union(*(entries[index][3] for index in kept_out)) if kept_out else set()
        for index, (ink_points, ink_lengths, text, keys) in enumerate(entries):
            part = HELD_WRITER if number in held else HELD_ROW if index in kept_out else TRAIN
            if part == TRAIN and keys & held_keys:
                continue
            points.append(ink_points.astype(np.float32))
            lengths.append(ink_lengths)
            strokes_of_row.append(len(ink_lengths))
            writer_of_row.append(number)
            split.append(part)
            texts.append(text)
    lengths = np.concatenate(lengths)
    points = np.concatenate(points)
    return Corpus(
        points,
        np.full(len(points), NO_LETTER, np.int16),
        lengths,
        np.zeros(len(lengths), bool),
        np.array(strokes_of_row),
        np.array(writer_of_row),
        np.array(split, np.int8),
        texts,
        [writer for writer, _ in gathered],
    )

"""A corpus: every writer's rows, level and of one size, with what it takes to resample them at any pace.

In a file it is a .npz of plain arrays. Points keep the pace of the recording, so that training can vary the stride.
"""

import json
from dataclasses import dataclass, replace

import numpy as np

import ink

STEP = 0.28  # sizes: the mean step of the pen, after resampling
NEXT_ROW = (1.2, 2.6)  # sizes: how far right of a row's right edge the next one starts
PEOPLE = 1.0  # the temperature of lines that people wrote
FORMAT = "longhand-corpus-1"


@dataclass
class Writer:
    name: str
    set: str
    size: float  # the recording's units: the median over the rows of the standard deviation of y
    stride: float  # recorded samples a step
    validation: bool
    rows: range  # into the corpus's rows
    points: int  # after resampling
    temperature: float = PEOPLE  # at which a network wrote them

    def smooth(self, points, lengths, steps):
        """A row without what trembles faster than so many steps: people's ink, for what a network wrote does not tremble."""
        return ink.smooth(points, lengths, steps * self.stride) if self.temperature == PEOPLE else points

    def of(self, rows):
        """The same writer of these rows instead, (points (n, 2), lengths, text) each, and the rows, as `gather` takes both."""
        return replace(self, points=round(sum(len(points) for points, _, _ in rows) / self.stride)), rows


class Corpus:
    def __init__(self, points, lengths, strokes_of_row, writers, unit, about, texts=()):
        self.points = points  # (N, 2) float32, sizes
        self.lengths = lengths  # (S,) points a stroke
        self.strokes_of_row = strokes_of_row  # (R,) strokes a row
        self.writers = writers
        self.unit = unit  # sizes a model unit
        self.about = about
        self.texts = texts
        self._stroke_at = np.concatenate([[0], np.cumsum(strokes_of_row)])
        self._point_at = np.concatenate([[0], np.cumsum(lengths)])

    def row(self, number):
        """Its points (n, 2), in sizes at the pace of the recording, and its strokes' lengths."""
        first, last = self._stroke_at[number], self._stroke_at[number + 1]
        return self.points[self._point_at[first] : self._point_at[last]].astype(float), self.lengths[first:last]

    def strokes(self, writer, number, smooth=0.0):
        """The strokes of a writer's row, in sizes, at the even steps that the network reads; smooth: in steps, see `Writer.smooth`."""
        points, lengths = self.row(number)
        return ink.strokes(*ink.resample(writer.smooth(points, lengths, smooth), lengths, writer.stride))

    def entry(self, number):
        """A row as `gather` takes it: its points, its strokes' lengths and its text."""
        return *self.row(number), self.texts[number] if len(self.texts) else ""

    def words(self, number):
        """The words of a row's transcript, in small letters; none where it has no transcript."""
        words = self.texts[number].lower().split() if len(self.texts) else []
        return [plain for plain in ("".join(letter for letter in word if letter.isalnum() or letter == "'") for word in words) if plain]

    def split(self, validation):
        return [writer for writer in self.writers if writer.validation == validation]

    def line(self, writer, rows, generator, stride=1.0, scale=1.0):
        """Movements (n, 3) in model units of rows that follow each other on one endless line.

        stride and scale multiply the writer's own: 1 is the fixed way that scores are compared by.
        """
        pieces, pen, edge = [], np.zeros(2), 0.0
        for number in rows:
            points, lengths = ink.resample(*self.row(number), writer.stride * stride)
            points = points + [edge + generator.uniform(*NEXT_ROW) - points[:, 0].min(), 0]
            pieces.append(ink.to_movements(points, lengths, pen))
            pen, edge = points[-1], points[:, 0].max()
        movements = np.concatenate(pieces)
        movements[:, :2] *= scale / self.unit
        return movements

    def part(self, rows, fewest=1):
        """The corpus of these rows, a set of numbers, and of the writers who keep at least so many."""
        entries = []
        for writer in self.writers:
            kept = [number for number in writer.rows if number in rows]
            if len(kept) >= fewest:
                points = round(writer.points * self._samples(kept) / self._samples(writer.rows))
                entries.append((replace(writer, points=points), [self.entry(number) for number in kept]))
        if not entries:
            raise ValueError(f"Expected at least one writer with {fewest} rows or more, got none.")
        return gather(entries, self.unit, self.about)

    def _samples(self, rows):
        return sum(len(self.row(number)[0]) for number in rows)

    def save(self, path):
        writers = [dict(vars(writer), rows=[writer.rows.start, writer.rows.stop]) for writer in self.writers]
        np.savez_compressed(
            path,
            format=FORMAT,
            points=self.points,
            lengths=self.lengths,
            strokes_of_row=self.strokes_of_row,
            unit=self.unit,
            writers=json.dumps(writers),
            about=json.dumps(self.about),
            texts=json.dumps(list(self.texts)),
        )

    @staticmethod
    def load(path):
        with np.load(path, allow_pickle=False) as file:
            if "format" not in file or str(file["format"]) != FORMAT:
                raise ValueError(f"{path}: Expected a corpus written by prepare.py ({FORMAT}), got another file.")
            writers = [Writer(**dict(entry, rows=range(*entry["rows"]))) for entry in json.loads(str(file["writers"]))]
            return Corpus(
                file["points"],
                file["lengths"],
                file["strokes_of_row"],
                writers,
                float(file["unit"]),
                json.loads(str(file["about"])),
                json.loads(str(file["texts"])),
            )


def gather(entries, unit, about):
    """A corpus of (writer, rows) each, where rows are a list of (points (n, 2), lengths, text); the writer's own rows are not read."""
    ends = np.cumsum([len(rows) for _, rows in entries]).tolist()
    writers = [replace(writer, rows=range(end - len(rows), end)) for (writer, rows), end in zip(entries, ends)]
    points, lengths, texts = zip(*(row for _, rows in entries for row in rows))
    points = np.concatenate([part.astype(np.float32) for part in points])
    return Corpus(points, np.concatenate(lengths), np.array([len(part) for part in lengths]), writers, unit, about, list(texts))


def build(rows, report, validation_every=8, validation_at=0, widest_gap=None, validation_writers=None, unit=None, about=None):
    """Rows of any order to a corpus. Writers, sorted by name, are split: every so manieth is kept for validation.

    widest_gap: in sizes, white between the words of a row that is wider is narrowed to this.
    validation_writers: names, in the place of every so manieth.
    unit: sizes a model unit, in the place of this corpus's own: to score on the same scale as another corpus.
    """
    by_writer = {}
    for row in rows:
        points, lengths = ink.drop_repeats(row.points, row.lengths)
        by_writer.setdefault(row.writer, []).append((row, ink.level(points), lengths))

    kept, names = {}, []
    for name in sorted(by_writer):
        size = np.median([points[:, 1].std() for _, points, _ in by_writer[name]])
        good = [entry for entry in by_writer[name] if _is_sound(entry, size, name, report)]
        if good:
            kept[name] = (size, good)
            names.append(name)
    if not names:
        raise ValueError("Expected at least one row that passes the filters, got none.")
    if validation_writers is None:
        validation_writers = set(names[validation_at::validation_every]) if len(names) > 1 else set()

    gathered = []
    for name in names:
        size, entries = kept[name]
        scaled = []
        for _, points, lengths in entries:
            points = points / size
            scaled.append((ink.narrow_gaps(points, lengths, widest_gap) if widest_gap else points, lengths))
        stride, count = _stride(scaled)
        writer = Writer(name, entries[0][0].set, float(size), stride, name in validation_writers, range(0), count)
        gathered.append((writer, [(*ink_of, row.text) for (row, _, _), ink_of in zip(entries, scaled)]))

    corpus = gather(gathered, 1.0, about or {})
    corpus.unit = unit or _unit(corpus)
    return corpus


def _is_sound(entry, size, name, report):
    row, points, lengths = entry
    if not size > 0:
        report.skip("flat: all ink of its writer stands at one height", name)
    elif not 0.4 < points[:, 1].std() / size < 2.5:
        report.skip("not its writer's size (0.4 to 2.5 times)", f"{name} {row.text!r}")
    elif np.abs(points[:, 1]).max() / size > 10:
        report.skip("higher or lower than ten sizes: more than a line, or a slip of the pen", f"{name} {row.text!r}")
    else:
        return True
    return False


def _stride(rows):
    """Recorded samples a step at which the mean step over a writer's rows is STEP, and how many points that makes."""
    points = np.concatenate([points for points, _ in rows])
    lengths = np.concatenate([lengths for _, lengths in rows])
    steps = ink.mean_step(points, lengths)
    stride = STEP / steps if steps > 0 else 1.0
    for _ in range(8):  # chords are shorter than the curve, so the first guess is a little low; this converges at once
        resampled, counts = ink.resample(points, lengths, stride)
        step = ink.mean_step(resampled, counts)
        if not step > 0 or abs(step / STEP - 1) < 1e-4:
            break
        stride = min(stride * STEP / step, 1e4)
    return float(stride), int(ink.resample(points, lengths, stride)[1].sum())


def _unit(corpus):
    """The standard deviation of dx and dy over the training writers."""
    generator = np.random.default_rng(0)
    count, total, squares = 0, 0.0, 0.0
    for writer in corpus.split(False) or corpus.writers:
        offsets = corpus.line(writer, writer.rows, generator)[:, :2]
        count, total, squares = count + offsets.size, total + offsets.sum(), squares + (offsets**2).sum()
    return float(np.sqrt(squares / count - (total / count) ** 2))

"""A row: one line or one word of ink, with what is known about it. Every reader of a format makes these."""

import gzip
import json
from dataclasses import dataclass, field

import numpy as np


class BadInk(ValueError):
    """What stands in a file is not what its format promises."""


@dataclass
class Row:
    writer: str
    points: np.ndarray  # (N, 2) float64, the recording's own units, y down
    lengths: np.ndarray  # (S,) points a pen-down stroke
    set: str = ""
    text: str = ""
    style: str = "?"
    multiline: bool = False

    @staticmethod
    def of(strokes, **about):
        """strokes: a list of (n, 2) arrays or lists of pairs; empty ones are left out."""
        strokes = [np.asarray(stroke, float).reshape(-1, 2) for stroke in strokes if len(stroke)]
        if not strokes:
            raise BadInk("Expected at least one stroke, got none.")
        points = np.concatenate(strokes)
        if not np.isfinite(points).all():
            raise BadInk("Got a coordinate that is no finite number.")
        return Row(points=points, lengths=np.array([len(stroke) for stroke in strokes]), **about)


@dataclass
class Report:
    """Nothing is left out silently: what was skipped, why, and how often."""

    reasons: dict = field(default_factory=dict)  # reason -> [count, the first places]

    def skip(self, reason, where):
        entry = self.reasons.setdefault(reason, [0, []])
        entry[0] += 1
        if len(entry[1]) < 5:
            entry[1].append(str(where))

    def lines(self):
        for reason, (count, places) in sorted(self.reasons.items(), key=lambda item: -item[1][0]):
            more = ", …" if count > len(places) else ""
            yield f"skipped {count}: {reason} ({', '.join(places)}{more})"


def read_jsonl(path, report):
    """longhand's own format: a JSON object a line; strokes are [x0, y0, dx, dy, dx, dy, …]. Plain or gzipped."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rb") as file:  # decoded line by line, so that a byte which is no UTF-8 costs its own row only
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield _row_of(json.loads(line.decode("utf-8")))
            except (BadInk, ValueError, KeyError, TypeError) as error:
                reason = f"no {error} in the row" if isinstance(error, KeyError) else str(error)
                report.skip(reason, f"{path}:{number}")


def _row_of(record):
    strokes = []
    for numbers in record["strokes"]:
        if len(numbers) < 2 or len(numbers) % 2:
            raise BadInk(f"Expected pairs of numbers in a stroke, got {len(numbers)} numbers.")
        strokes.append(np.cumsum(np.asarray(numbers, float).reshape(-1, 2), axis=0))
    about = {key: record[key] for key in ("set", "text", "style", "multiline") if record.get(key) is not None}
    for key in ("set", "text", "style"):
        if not isinstance(about.get(key, ""), str):
            raise BadInk(f"Expected {key} to be text, got {about[key]!r}.")
    return Row.of(strokes, writer=str(record["writer"]), **about)

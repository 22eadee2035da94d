"""A row: one line or one word of ink with its transcript. Every format reader yields these."""

from dataclasses import dataclass, field

import numpy as np

PLACES = 5  # that a report names for each reason


class BadInk(ValueError):
    """The content of a file does not match its format."""


@dataclass
class Row:
    writer: str
    points: np.ndarray  # (N, 2) float64, in the recording's units, y down
    lengths: np.ndarray  # (S,) points in each stroke
    set: str = ""
    text: str = ""
    style: str = "?"
    multiline: bool = False
    times: np.ndarray | None = None  # (N,) seconds, where the format records them

    @staticmethod
    def of(strokes, times=None, **about):
        """Build a row from a list of (n, 2) arrays or lists of pairs. Empty strokes are left out."""
        kept = [number for number, stroke in enumerate(strokes) if len(stroke)]
        if not kept:
            raise BadInk("Expected at least one stroke, got none.")
        strokes = [np.asarray(strokes[number], float).reshape(-1, 2) for number in kept]
        points = np.concatenate(strokes)
        if not np.isfinite(points).all():
            raise BadInk("Expected finite coordinates, got NaN or infinity.")
        if times is not None:
            times = np.concatenate([np.asarray(times[number], float) for number in kept])
        return Row(points=points, lengths=np.array([len(stroke) for stroke in strokes]), times=times, **about)


@dataclass
class Report:
    """Counts what was skipped and why, so that nothing is left out silently."""

    reasons: dict = field(default_factory=dict)  # reason -> [count, the first places]

    def skip(self, reason, where):
        entry = self.reasons.setdefault(reason, [0, []])
        entry[0] += 1
        if len(entry[1]) < PLACES:
            entry[1].append(str(where))

    def lines(self):
        for reason, (count, places) in sorted(self.reasons.items(), key=lambda item: -item[1][0]):
            more = ", …" if count > len(places) else ""
            yield f"skipped {count}: {reason} ({', '.join(places)}{more})"

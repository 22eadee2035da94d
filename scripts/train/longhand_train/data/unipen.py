"""UNIPEN as published: delineations that say which strokes make a line or a word, and ink in the files that they include.

Guyon, Schomaker, Plamondon, Liberman and Janet 1994, "UNIPEN project of on-line data exchange and recognizer benchmarks".
A statement is a keyword that begins with a dot at the start of a line, and all that follows up to the next. Ink stands
between .PEN_DOWN and .PEN_UP; these pieces are numbered from 0, and .SEGMENT names ranges of them. y points up there.
"""

from pathlib import Path

import numpy as np

from .row import BadInk, Row

DEEPEST_INCLUDE = 8
STYLES = {"PRINTED": "printed", "CURSIVE": "cursive", "MIXED": "mixed"}


def is_unipen(path):
    with open(path, "rb") as file:
        return file.read(200).lstrip().startswith(b".VERSION")


def read_unipen(path, report):
    """Yield a row for every labelled .SEGMENT; a file of ink without labels is one row without text."""
    reading = _Reading(Path(path))
    try:
        reading.read(Path(path), 0)
        if not reading.segments:
            yield Row.of(reading.strokes(range(len(reading.pieces))), reading.clock(), **reading.about)
    except BadInk as error:
        report.skip(str(error), path)
        return
    for level, delineation, text, about in reading.segments:
        try:
            numbers = list(_numbers(delineation))
            row = Row.of(reading.strokes(numbers), reading.clock(numbers), **about, text=text)
            row.set = f"{about['set']}/{level}"
            yield row
        except BadInk as error:
            report.skip(str(error), f"{path} {delineation[:40]}")


def statements(text):
    """Yield (keyword, the rest up to the next statement)."""
    keyword, rest = None, []
    for line in text.splitlines():
        if line[:1] == "." and line[1:2].isalpha():
            if keyword:
                yield keyword, "\n".join(rest).strip()
            keyword, _, first = line[1:].partition(" ")
            if "\t" in keyword:
                keyword, _, first = line[1:].partition("\t")
            rest = [first]
        else:
            rest.append(line)
    if keyword:
        yield keyword, "\n".join(rest).strip()


class _Reading:
    def __init__(self, path):
        self.path = path
        self.pieces = []  # (n, columns) arrays, y up
        self.segments = []
        self.columns = ["X", "Y"]
        self.about = {"writer": path.stem, "set": path.stem, "style": "?"}

    def read(self, path, depth):
        if depth > DEEPEST_INCLUDE:
            raise BadInk(f"Expected includes at most {DEEPEST_INCLUDE} deep, got more.")
        for keyword, rest in statements(path.read_text(encoding="latin-1")):
            if keyword == "INCLUDE":
                self.read(self.find(rest), depth + 1)
            elif keyword == "PEN_DOWN":
                self.pieces.append(self.ink(rest))
            elif keyword == "COORD":
                self.columns = rest.upper().split()
                if "X" not in self.columns or "Y" not in self.columns:
                    raise BadInk(f"Expected columns with X and Y, got {rest!r}.")
            elif keyword == "WRITER_ID":
                self.about = self.about | {"writer": rest}
            elif keyword == "DATA_ID":
                self.about = self.about | {"set": rest}
            elif keyword == "STYLE":
                self.about = self.about | {"style": STYLES.get(rest.upper(), "?")}
            elif keyword == "SEGMENT":
                self.segment(rest)

    def find(self, name):
        """Included files are in a folder include/ beside one that this file is in."""
        name = name.strip('"')
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise BadInk(f"Expected an include inside the folder include, got {name!r}.")
        for folder in [self.path.parent, *self.path.parents]:
            for place in (folder / "include" / name, folder / name):
                if place.is_file():
                    return place
        raise BadInk(f"Expected the included file {name!r} in a folder include above, got none.")

    def ink(self, text):
        numbers, columns = text.split(), len(self.columns)
        if len(numbers) % columns:
            raise BadInk(f"Expected a multiple of {columns} numbers in a stroke, got {len(numbers)}.")
        try:
            return np.array(numbers, float).reshape(-1, columns)
        except ValueError as error:
            raise BadInk(f"Expected numbers in a stroke, got something else ({error}).") from None

    def segment(self, rest):
        """LEVEL delineation [quality] "text". Segments without a label, such as a whole page, are passed over."""
        level, _, rest = rest.partition(" ") if " " in rest else (rest, "", "")
        before, quote, text = rest.partition('"')
        if not quote or not text.rstrip().endswith('"'):
            return
        words = before.split()
        delineation = "".join(word for word in words if word[0] in "0123456789,-:")
        if delineation:
            text = text.rstrip()[:-1].replace('\\"', '"').replace("\\\\", "\\")
            self.segments.append((level, delineation, text, self.about))

    def strokes(self, numbers):
        x, y = self.columns.index("X"), self.columns.index("Y")
        return [self.piece(number)[:, [x, y]] * [1, -1] if len(self.piece(number)) else [] for number in numbers]

    def clock(self, numbers=None):
        """The times of each stroke's points, where the format records them."""
        if "T" not in self.columns:
            return None
        numbers = range(len(self.pieces)) if numbers is None else numbers
        return [self.piece(number)[:, self.columns.index("T")] for number in numbers]

    def piece(self, number):
        if not 0 <= number < len(self.pieces):
            raise BadInk(f"Expected a stroke from 0 to {len(self.pieces) - 1}, got {number}.")
        return self.pieces[number]


def _numbers(delineation):
    """Stroke numbers in "21-48,50"; a point within one ("12:5") counts as the whole stroke."""
    for part in delineation.split(","):
        ends = [end.partition(":")[0] for end in part.split("-")]
        if not 1 <= len(ends) <= 2 or not all(end.isdigit() and len(end) < 9 for end in ends):
            raise BadInk(f"Expected ranges of strokes such as 3-7, got {delineation[:40]!r}.")
        yield from range(int(ends[0]), int(ends[-1]) + 1)

"""UNIPEN as published: delineations that say which strokes make a line or a word, and ink in the files that they include.

Guyon, Schomaker, Plamondon, Liberman and Janet 1994, "UNIPEN project of on-line data exchange and recognizer benchmarks".
A statement is a keyword that begins with a dot at the start of a line, and all that follows up to the next. Ink stands
between .PEN_DOWN and .PEN_UP; these pieces are numbered from 0, and .SEGMENT names ranges of them. y points up there.
"""

import re
from pathlib import Path

import numpy as np

from rows import BadInk, Row

DEEPEST_INCLUDE = 8
STYLES = {"PRINTED": "printed", "CURSIVE": "cursive", "MIXED": "mixed"}


def is_unipen(path):
    with open(path, "rb") as file:
        return file.read(200).lstrip().startswith(b".VERSION")


def read_unipen(path, report):
    """A row for every .SEGMENT of the file; its set is the data's name and the level, such as art_samples_93/TEXT."""
    reading = _Reading(Path(path))
    try:
        reading.read(Path(path), 0)
    except BadInk as error:
        report.skip(str(error), path)
        return
    for level, delineation, text, about in reading.segments:
        try:
            strokes = [reading.stroke(piece) for piece in _pieces(delineation)]
            yield Row.of(strokes, set=f"{about['set']}/{level}", text=text, writer=about["writer"], style=about["style"])
        except BadInk as error:
            report.skip(str(error), f"{path} {delineation}")


class _Reading:
    def __init__(self, path):
        self.path = path
        self.pieces = []  # (n, 2) arrays in the recording's units, y up
        self.segments = []
        self.x, self.y, self.columns = 0, 1, 2
        self.about = {"writer": path.stem, "set": path.stem, "style": "?"}

    def read(self, path, depth):
        if depth > DEEPEST_INCLUDE:
            raise BadInk(f"Got files that include each other more than {DEEPEST_INCLUDE} deep.")
        text = path.read_text(encoding="latin-1")
        for match in re.finditer(r"^\.([A-Z_]+)(.*?)(?=^\.[A-Z_]|\Z)", text, re.M | re.S):
            keyword, rest = match.group(1), match.group(2).strip()
            if keyword == "INCLUDE":
                self.read(self.find(rest), depth + 1)
            elif keyword == "PEN_DOWN":
                self.pieces.append(self.ink(rest))
            elif keyword == "COORD":
                names = rest.upper().split()
                if "X" not in names or "Y" not in names:
                    raise BadInk(f"Expected columns X and Y, got {rest!r}.")
                self.x, self.y, self.columns = names.index("X"), names.index("Y"), len(names)
            elif keyword == "WRITER_ID":
                self.about = self.about | {"writer": rest}
            elif keyword == "DATA_ID":
                self.about = self.about | {"set": rest}
            elif keyword == "STYLE":
                self.about = self.about | {"style": STYLES.get(rest.upper(), "?")}
            elif keyword == "SEGMENT":
                self.segment(rest)

    def find(self, name):
        """Included files stand in a folder include/, beside one that this file is in."""
        name = name.strip('"')
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise BadInk(f"Expected an include inside the folder include, got {name!r}.")
        for folder in [self.path.parent, *self.path.parents]:
            for place in (folder / "include" / name, folder / name):
                if place.is_file():
                    return place
        raise BadInk(f"Expected the file {name!r} in a folder include above, got none.")

    def ink(self, text):
        numbers = text.split()
        if len(numbers) % self.columns:
            raise BadInk(f"Expected a multiple of {self.columns} numbers in a stroke, got {len(numbers)}.")
        try:
            return np.array(numbers, float).reshape(-1, self.columns)[:, [self.x, self.y]]
        except ValueError as error:
            raise BadInk(f"Got a stroke with something else than numbers ({error}).") from None

    def segment(self, rest):
        match = re.match(r'(\S+)\s+([\d:,\s-]+?)\s+(?:\S+\s+)?"(.*)"\s*$', rest, re.S)
        if not match:
            return  # a segment without a label, such as the page as a whole
        level, delineation, text = match.groups()
        self.segments.append((level, delineation, text.replace('\\"', '"').replace("\\\\", "\\"), self.about))

    def stroke(self, piece):
        if not 0 <= piece < len(self.pieces):
            raise BadInk(f"Expected segments of strokes 0 to {len(self.pieces) - 1}, got stroke {piece}.")
        return self.pieces[piece] * [1, -1]


def _pieces(delineation):
    """Numbers of strokes in "21-48,50"; a point within one ("12:5") counts as the whole stroke."""
    for part in re.sub(r"\s", "", delineation).split(","):
        ends = [int(end.split(":")[0]) for end in part.split("-") if end]
        if not ends:
            raise BadInk(f"Expected a delineation of stroke ranges, got {delineation!r}.")
        yield from range(ends[0], ends[-1] + 1)

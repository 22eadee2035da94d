"""The published UNIPEN archive -> lines and words as JSON lines, with codes in place of the names of writers and donors.

The archive has a folder data/ of delineations by category: 8 is text, 7 words, 6 mixed words. A set is one donor's folder, a writer one
WRITER_ID (or file) of a donor. Codes are given in the order of the sorted paths, lines before words.
"""

import gzip
import json
import re
from pathlib import Path

import numpy as np

from .jsonl import row_record
from .unipen import is_unipen, read_unipen

LINES, WORDS = ("8",), ("7", "6")
APART = re.compile(r" ([,.;:!?])(?= |$)")
APOSTROPHE = re.compile(r"(?<=\w) ' (?=\w)")
LEVELS = ("TEXT", "WORD", "LINE", "PHRASE")
BACK = 0.5  # of the row's width: a stroke that begins as far left, and below all ink before it, begins a new line


class Codes:
    """Codes such as w001 for names, in the order in which they are first asked for."""

    def __init__(self, letter, digits):
        self.letter, self.digits, self.known = letter, digits, {}

    def __call__(self, name):
        number = self.known.setdefault(name, len(self.known) + 1)
        return f"{self.letter}{number:0{self.digits}d}"


def convert_archive(folder, out, report):
    """Write lines.jsonl.gz and words.jsonl.gz to `out`; returns how many rows each has."""
    folder, out = Path(folder), Path(out)
    if not (folder / "data").is_dir():
        raise ValueError(f"Expected the archive's folder with data/ and include/, got {folder}.")
    out.mkdir(parents=True, exist_ok=True)
    sets, writers, counts = Codes("s", 2), Codes("w", 3), []
    for name, categories in (("lines", LINES), ("words", WORDS)):
        count = 0
        with gzip.open(out / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for category in categories:
                for path in sorted((folder / "data" / category).rglob("*")):
                    if path.is_file() and is_unipen(path):
                        donor = path.relative_to(folder / "data" / category).parts[0]
                        for row in read_unipen(path, report):
                            if row.set.rpartition("/")[2] not in LEVELS:
                                report.skip("Expected a line or a word, got another level.", path)
                                continue
                            row.writer, row.set = writers((donor, row.writer)), sets(donor)
                            row.text, row.multiline = clean(row.text), has_several_lines(row)
                            file.write(json.dumps(row_record(row), separators=(",", ":")) + "\n")
                            count += 1
        counts.append(count)
    return counts


def clean(text):
    """Join the marks that some donors set apart: "year , it ' s" -> "year, it's"."""
    return APOSTROPHE.sub("'", APART.sub(r"\1", " ".join(text.split())))


def has_several_lines(row):
    """Whether a stroke goes back over half the row, and it and all that follow stay below what was there."""
    begins = np.cumsum(row.lengths) - row.lengths
    left = row.points[begins, 0]
    bottom = np.minimum.accumulate(np.minimum.reduceat(row.points[:, 1], begins)[::-1])[::-1]  # y down: the highest ink yet to come
    reach = np.maximum.accumulate(np.maximum.reduceat(row.points[:, 0], begins))
    lowest = np.maximum.accumulate(np.maximum.reduceat(row.points[:, 1], begins))
    width = np.ptp(row.points[:, 0])
    back = reach[:-1] - left[1:] > BACK * width
    below = bottom[1:] > lowest[:-1] - 0.2 * np.ptp(row.points[:, 1])
    return bool(len(row.text) > 2 and width > 0 and (back & below).any())

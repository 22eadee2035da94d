"""longhand's own row format: one JSON object per line, plain or gzipped.

    {"writer": "w007", "set": "s19", "text": "…", "style": "printed", "multiline": false, "strokes": [[x0, y0, dx, dy, …], …]}

The first pair of a stroke is absolute, the others are offsets; y points down.
"""

import gzip
import json

import numpy as np

from .row import BadInk, Row


def read_jsonl(path, report):
    """Yield the rows of a file. Lines that cannot be read are counted in the report, and reading goes on."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rb") as file:  # decoded line by line: a bad byte costs its own row only
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield _row(json.loads(line.decode("utf-8")))
            except KeyError as error:
                report.skip(f"Expected the key {error}, got none.", f"{path}:{number}")
            except RecursionError:  # json gives up on brackets nested a thousand deep
                report.skip("Expected a flat JSON object, got one nested too deeply.", f"{path}:{number}")
            except (ValueError, TypeError, AttributeError, OverflowError) as error:
                report.skip(str(error), f"{path}:{number}")


def row_record(row):
    """The JSON object of a row with integer coordinates; the inverse of what read_jsonl does to a line."""
    strokes = []
    for stroke in np.split(np.rint(row.points).astype(int), np.cumsum(row.lengths)[:-1]):
        strokes.append([*stroke[0].tolist(), *np.diff(stroke, axis=0).ravel().tolist()])
    about = {"writer": row.writer, "set": row.set, "text": row.text, "style": row.style}
    return {**about, "multiline": row.multiline, "strokes": strokes}


def _row(record):
    if not isinstance(record, dict):
        raise BadInk(f"Expected a JSON object, got {type(record).__name__}.")
    strokes = []
    for numbers in record["strokes"]:
        if len(numbers) < 2 or len(numbers) % 2:
            raise BadInk(f"Expected pairs of numbers in a stroke, got {len(numbers)} numbers.")
        strokes.append(np.cumsum(np.asarray(numbers, float).reshape(-1, 2), axis=0))
    about = {key: record[key] for key in ("set", "text", "style", "multiline") if record.get(key) is not None}
    for key in ("set", "text", "style"):
        if not isinstance(about.get(key, ""), str):
            raise BadInk(f"Expected text for {key}, got {about[key]!r}.")
    return Row.of(strokes, writer=str(record["writer"]), **about)

"""Two formats in XML: lines of the IAM on-line database, and InkML.

Files are read with the entities switched off that could name other files: what is not plain XML is refused.
"""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from rows import BadInk, Row


def _parse(path):
    text = Path(path).read_bytes()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise BadInk("Expected plain XML, got XML with a DOCTYPE.")
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise BadInk(f"Got no XML ({error}).") from None


def read_iam(path, report):
    """A line of IAM-OnDB: lineStrokes/a01/a01-000/a01-000u-01.xml, and its text in ascii/a01/a01-000/a01-000u.txt.

    Liwicki and Bunke 2005, "IAM-OnDB, an on-line English sentence database". The writer is the one that the recording
    names, or the form's name; the text is empty where there is no transcript.
    """
    path = Path(path)
    try:
        root = _parse(path)
        strokes = []
        for stroke in root.iter("Stroke"):
            strokes.append([(_number(point.get("x")), _number(point.get("y"))) for point in stroke.iter("Point")])
        writer = root.find(".//*[@writerID]")
        name = writer.get("writerID") if writer is not None else path.stem.rsplit("-", 1)[0]
        yield Row.of(strokes, writer=name, set="iam", text=_transcript(path))
    except BadInk as error:
        report.skip(str(error), path)


def _transcript(path):
    """The line with this file's number, of those after the heading CSR."""
    form, _, number = path.stem.rpartition("-")
    for folder in path.parents:
        place = folder / "ascii" / Path(*path.parts[len(folder.parts) + 1 : -1]) / f"{form}.txt"
        if place.is_file() and number.isdigit():
            _, _, text = place.read_text(encoding="utf-8", errors="replace").partition("CSR:")
            lines = [line.strip() for line in text.strip().splitlines()]
            return lines[int(number) - 1] if 0 < int(number) <= len(lines) else ""
    return ""


def read_inkml(path, report):
    """W3C Ink Markup Language: every trace of the pen on the paper is a stroke, the file is one row.

    Values after ' and " (differences), and traces that continue another, are refused.
    """
    try:
        root = _parse(path)
        space = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
        channels = [channel.get("name", "").upper() for channel in root.iter(f"{space}channel")] or ["X", "Y"]
        if "X" not in channels or "Y" not in channels:
            raise BadInk(f"Expected channels X and Y, got {channels}.")
        x, y = channels.index("X"), channels.index("Y")
        traces = list(root.iter(f"{space}trace"))
        if any(trace.get("continuation") for trace in traces):
            raise BadInk("Expected whole traces, got one that continues another.")
        strokes = [_trace(trace.text or "", x, y) for trace in traces if trace.get("type") != "penUp"]
        about = {note.get("type"): (note.text or "").strip() for note in root.iter(f"{space}annotation")}
        text = about.get("truth") or about.get("transcription") or about.get("label") or ""
        yield Row.of(strokes, writer=about.get("writer") or Path(path).stem, set="inkml", text=text)
    except BadInk as error:
        report.skip(str(error), path)


def _trace(text, x, y):
    if re.search(r"['\"*?!]", text):
        raise BadInk("Expected plain values, got a trace with differences or wildcards.")
    points = []
    for point in text.split(","):
        numbers = point.split()
        if not numbers:
            continue
        if len(numbers) <= max(x, y):
            raise BadInk(f"Expected at least {max(x, y) + 1} values per point, got {len(numbers)}.")
        points.append((_number(numbers[x]), _number(numbers[y])))
    return points


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        raise BadInk(f"Expected a number as coordinate, got {text!r}.") from None

"""Two formats in XML: lines of the IAM on-line database, and InkML. The root element says which one a file is."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from xml.parsers import expat

from .row import BadInk, Row

VALUE = re.compile(r"\s*([!'\"]?)\s*(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[*?TF])")


def read_xml(path, report):
    """Yield the rows of an InkML or IAM file."""
    try:
        root = parse(path)
        kind = root.tag.rpartition("}")[2]
        if kind == "ink":
            yield _inkml(root, Path(path))
        elif kind == "WhiteboardCaptureSession":
            if root.find("General/Form") is not None or root.find("Transcription") is not None:
                raise BadInk("Expected a line of IAM-OnDB, got a whole form (its writer is used for the lines).")
            yield _iam(root, Path(path))
        else:
            raise BadInk(f"Expected InkML or a line of IAM-OnDB, got XML with the root {kind!r}.")
    except BadInk as error:
        report.skip(str(error), path)


def parse(path):
    """Parse XML without a DOCTYPE, in any encoding: entities can name other files or grow without end."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")

    def refuse(*_):
        raise BadInk("Expected plain XML, got a DOCTYPE.")

    name = lambda raw: "{" + raw if "}" in raw else raw
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: builder.start(name(tag), {name(key): value for key, value in attributes.items()})
    parser.EndElementHandler = lambda tag: builder.end(name(tag))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(Path(path).read_bytes(), True)
        return builder.close()
    except expat.ExpatError as error:
        raise BadInk(f"Expected XML, got something else ({error}).") from None


def _iam(root, path):
    """A line of IAM-OnDB: lineStrokes/a01/a01-000/a01-000u-01.xml; its text is in ascii/, its writer in original/.

    Liwicki and Bunke 2005, "IAM-OnDB, an on-line English sentence database".
    """
    strokes, times = [], []
    for stroke in root.iter("Stroke"):
        points = list(stroke.iter("Point"))
        strokes.append([(_number(point.get("x")), _number(point.get("y"))) for point in points])
        times.append([_number(point.get("time", "nan")) for point in points])
    known = all(time == time for part in times for time in part)
    form = path.stem.rpartition("-")[0] or path.stem
    return Row.of(strokes, times if known else None, writer=_iam_writer(root, path, form), set="iam", text=_iam_text(path))


def _iam_writer(root, path, form):
    """The writer that the recording or the original form names; the form's name otherwise."""
    named = root.find(".//*[@writerID]")
    if named is not None:
        return named.get("writerID")
    for folder in path.parents:
        place = folder / "original" / Path(*path.parts[len(folder.parts) + 1 : -1]) / f"strokes{form[-1]}.xml"
        if place.is_file():
            try:
                named = parse(place).find(".//*[@writerID]")
            except BadInk:
                named = None
            return named.get("writerID") if named is not None else form
    return form


def _iam_text(path):
    """The line with this file's number, of those after the heading CSR; empty without a transcript."""
    form, _, number = path.stem.rpartition("-")
    for folder in path.parents:
        place = folder / "ascii" / Path(*path.parts[len(folder.parts) + 1 : -1]) / f"{form}.txt"
        if place.is_file() and number.isdigit():
            _, _, text = place.read_text(encoding="utf-8", errors="replace").partition("CSR:")
            lines = [line.strip() for line in text.strip().splitlines()]
            return lines[int(number) - 1] if 0 < int(number) <= len(lines) else ""
    return ""


def _inkml(root, path):
    """W3C Ink Markup Language: every trace of the pen on the paper is a stroke, the file is one row.

    Annotations directly under <ink> describe the row; those of groups describe symbols and are passed over.
    """
    space = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    channels = [channel.get("name", "").upper() for channel in root.iter(f"{space}channel")] or ["X", "Y"]
    if "X" not in channels or "Y" not in channels:
        raise BadInk(f"Expected channels with X and Y, got {channels}.")
    traces = [trace for trace in root.iter(f"{space}trace") if trace.get("type") != "penUp"]
    if any(trace.get("continuation") for trace in traces):
        raise BadInk("Expected whole traces, got one that continues another.")
    values = [_trace(trace.text or "", channels) for trace in traces]
    place = [channels.index("X"), channels.index("Y")]
    times = [[point[channels.index("T")] for point in trace] for trace in values] if "T" in channels else None
    about = {note.get("type"): (note.text or "").strip() for note in root.findall(f"{space}annotation")}
    text = about.get("truth") or about.get("transcription") or about.get("label") or ""
    strokes = [[[point[place[0]], point[place[1]]] for point in trace] for trace in values]
    return Row.of(strokes, times, writer=about.get("writer") or path.stem, set="inkml", text=text)


def _trace(text, channels):
    """Values of a trace: plain, or first (') and second (") differences, which hold until another prefix; * repeats."""
    points, mode = [], ["!"] * len(channels)
    last, speed = [0.0] * len(channels), [0.0] * len(channels)
    for piece in text.split(","):
        if not piece.strip():
            continue
        at, values = 0, []
        while at < len(piece.rstrip()):
            match = VALUE.match(piece, at)
            if not match or len(values) == len(channels):
                break
            k, value = len(values), match[2]
            mode[k] = match[1] or mode[k]
            if value in "?TF":
                number = 0.0 if value != "T" else 1.0
                if channels[k] in ("X", "Y"):
                    raise BadInk(f"Expected numbers for X and Y, got {value!r}.")
            elif value == "*":
                number = last[k]
            elif mode[k] == "!":
                number, speed[k] = float(value), float(value) - last[k]
            else:
                speed[k] = float(value) + (speed[k] if mode[k] == '"' else 0.0)
                number = last[k] + speed[k]
            values.append(number)
            last[k] = number
            at = match.end()
        needed = 1 + max(channels.index("X"), channels.index("Y"))
        if len(values) < needed or (at < len(piece.rstrip()) and len(values) < len(channels)):
            raise BadInk(f"Expected {len(channels)} values for each point, got {piece.strip()[:40]!r}.")
        points.append(values + last[len(values) :])
    return points


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        raise BadInk(f"Expected a number for a coordinate, got {text!r}.") from None

"""Every row of files and folders, by the reader for what a file is."""

from pathlib import Path

from .jsonl import read_jsonl
from .unipen import is_unipen, read_unipen
from .xml_ink import read_xml


def read_all(inputs, report):
    """inputs: files or folders. Files in a folder that are no ink are counted and passed over; what is named must exist."""
    for place in map(Path, inputs):
        if not place.exists():
            raise FileNotFoundError(f"Expected a file or folder, got {place}, which does not exist.")
        files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
        for path in files:
            reader = _reader_of(path)
            if reader:
                yield from reader(path, report)
            else:
                report.skip("Expected JSON lines, UNIPEN, IAM XML or InkML, got another format.", path)


def _reader_of(path):
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        return read_jsonl
    if path.suffix.lower() in (".inkml", ".xml"):
        return read_xml
    return read_unipen if is_unipen(path) else None

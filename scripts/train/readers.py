"""Every row of files and folders, by the reader for what a file is."""

from pathlib import Path

from rows import read_jsonl
from unipen import is_unipen, read_unipen
from xml_ink import read_iam, read_inkml


def read_all(inputs, report):
    """Inputs are files or folders; what is no ink in a folder is passed over and counted, what is named must be there."""
    for place in map(Path, inputs):
        if not place.exists():
            raise SystemExit(f"{place}: no such file or folder")
        files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
        for path in files:
            reader = _reader_of(path)
            if reader:
                yield from reader(path, report)
            else:
                report.skip("no format that is known here (JSON lines, UNIPEN, IAM XML, InkML)", path)


def _reader_of(path):
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        return read_jsonl
    if path.suffix.lower() == ".inkml":
        return read_inkml
    if path.suffix.lower() == ".xml":
        return read_iam
    return read_unipen if is_unipen(path) else None

"""Recordings of handwriting in, one corpus out.

    python3 scripts/train/prepare.py lines.jsonl.gz words.jsonl.gz --sets s01 s08 --out corpus.npz
    python3 scripts/train/prepare.py unipen/data --out corpus.npz

Reads longhand's JSON lines (.jsonl, .jsonl.gz), UNIPEN (.dat and other files that begin with .VERSION), IAM-OnDB lines
(.xml) and InkML (.inkml); a folder means every such file under it.
"""

import argparse
import math
import re
import sys
from pathlib import Path

import corpus as corpora
from readers import read_all
from rows import Report


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="files or folders")
    parser.add_argument("--out", required=True, help="the corpus, a .npz file")
    parser.add_argument("--sets", nargs="+", help="only these sets")
    parser.add_argument("--not-sets", nargs="+", default=[], help="all but these sets")
    parser.add_argument("--writers", nargs="+", help="only these writers")
    parser.add_argument("--not-writers", nargs="+", default=[], help="all but these writers")
    parser.add_argument("--styles", nargs="+", help="only these styles, such as printed mixed cursive")
    parser.add_argument("--text", help="only rows whose transcript has this regular expression in it")
    parser.add_argument("--not-text", help="all rows but those whose transcript has this regular expression in it")
    parser.add_argument("--multiline", action="store_true", help="rows of several lines too; they are left out otherwise")
    parser.add_argument("--narrow-gaps", type=float, metavar="SIZES", help="white between words, at most; an x-height has 1.5")
    parser.add_argument("--validation-every", type=int, default=8, metavar="N", help="keep every Nth writer for validation")
    parser.add_argument("--validation-at", type=int, default=0, metavar="K", help="beginning with the Kth")
    parser.add_argument("--validation-as", metavar="CORPUS", help="keep the writers that this corpus keeps for validation")
    unit = parser.add_mutually_exclusive_group()
    unit.add_argument("--unit", type=float, metavar="SIZES", help="a model unit; 0.5657 is that of weights/handwriting.json")
    unit.add_argument("--unit-as", metavar="CORPUS", help="model units of this corpus, to go on from its weights")
    options = parser.parse_args(given)
    if options.validation_every < 2:
        parser.error(f"Expected --validation-every of at least 2, so that some writers are left to train on, got {options.validation_every}")
    if options.unit is not None and not 0 < options.unit < math.inf:
        parser.error(f"Expected --unit above 0, got {options.unit}")
    return options


def passes(row, options, report):
    """Whether a row is wanted; what the filters leave out is counted by filter."""
    name = f"{row.writer} {row.text!r}"
    tests = (
        ("set", options.sets and row.set not in options.sets or row.set in options.not_sets),
        ("writer", options.writers and row.writer not in options.writers or row.writer in options.not_writers),
        ("style", options.styles and row.style not in options.styles),
        ("multiline", row.multiline and not options.multiline),
        ("text", options.text and not re.search(options.text, row.text)),
        ("not-text", options.not_text and re.search(options.not_text, row.text)),
    )
    for filter_name, out in tests:
        if out:
            report.skip(f"by the filter {filter_name}", name)
            return False
    return True


def main(given=None):
    options = arguments(given)
    report = Report()
    rows = (row for row in read_all(options.inputs, report) if passes(row, options, report))
    kept = corpora.Corpus.load(options.validation_as) if options.validation_as else None
    corpus = corpora.build(
        rows,
        report,
        validation_every=options.validation_every,
        validation_at=options.validation_at,
        widest_gap=options.narrow_gaps,
        validation_writers={writer.name for writer in kept.split(True)} if kept else None,
        unit=corpora.Corpus.load(options.unit_as).unit if options.unit_as else options.unit,
        about={key: value for key, value in vars(options).items() if value and key != "out"},
    )
    corpus.save(Path(options.out))
    for line in report.lines():
        print(line, file=sys.stderr)
    for split, name in ((False, "training"), (True, "validation")):
        writers = corpus.split(split)
        rows = sum(len(writer.rows) for writer in writers)
        points = sum(writer.points for writer in writers)
        print(f"{name}: {len(writers)} writers, {rows} rows, {points} points")
    print(f"a model unit is {corpus.unit:.4f} of the standard deviation of y")


if __name__ == "__main__":
    main()

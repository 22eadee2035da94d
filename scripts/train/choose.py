"""The part of a corpus that can be read: those rows in which a reader program reads what is written there.

    python3 scripts/train/choose.py corpus.npz legible.npz

A row is kept where the reader is sure, or right by the transcript. Writers who are kept for validation keep all their
rows, so that scores on them stay what they were. Needs tesseract (Debian: tesseract-ocr); some 20 rows a second.
"""

import argparse

import numpy as np

import corpus as corpora
import reader

FEWEST = 12  # rows: writers with fewer are left out
AT_ONCE = 200  # rows


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz that prepare.py wrote")
    parser.add_argument("out", help="the part of it, a .npz file")
    parser.add_argument("--sure", type=float, default=70, help="of its words, on average, from 0 to 100")
    parser.add_argument("--wrong", type=float, default=0.35, help="or so large a share of the letters at most is read wrongly")
    parser.add_argument("--most", type=int, default=1000, help="rows of a writer that are looked at")
    parser.add_argument("--seed", type=int, default=1, help="of which rows, where there are more")
    return parser.parse_args(given)


def looked_at(corpus, most, generator):
    """(row, writer) of up to so many rows of every writer for training."""
    for writer in corpus.split(False):
        for number in generator.permutation(writer.rows)[:most]:
            yield int(number), writer


def legible(corpus, rows, sure, wrong):
    """Yields those numbers of rows, (row, writer), that can be read."""
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        drawn = [(number, reader.picture(corpus.strokes(writer, number))) for number, writer in some]
        drawn = [(number, image) for number, image in drawn if image]
        for (number, _), words in zip(drawn, reader.read([image for _, image in drawn])):
            if reader.sureness(words) >= sure or reader.mistakes(words, corpus.texts[number]) <= wrong:
                yield number
        print(f"{begin + len(some)} of {len(rows)} rows", end="\r", flush=True)


def main(given=None):
    options = arguments(given)
    corpus = corpora.Corpus.load(options.corpus)
    rows = list(looked_at(corpus, options.most, np.random.default_rng(options.seed)))
    chosen = set(legible(corpus, rows, options.sure, options.wrong))
    kept = chosen.union(*(writer.rows for writer in corpus.split(True)))
    part = corpus.part(kept, FEWEST)
    part.about = {**corpus.about, "chosen": {key: value for key, value in vars(options).items() if key not in ("corpus", "out")}}
    part.save(options.out)
    writers = part.split(False)
    print(f"{len(chosen)} of {len(rows)} rows can be read; {sum(writer.points for writer in writers)} points by {len(writers)} writers")


if __name__ == "__main__":
    main()

"""Words that can be read: cuts the rows of a corpus into words, and keeps those in which a reader program reads what is written there.

    python3 scripts/train/words.py corpus.npz words.npz

Nearly everybody writes some words clearly, whatever the rest looks like. A row is cut by its transcript, at its widest
whites. Every word that is read right becomes a row of its own, set on its writer's baseline: where it stood in its row is
lost for words that were recorded alone, and a network that is shown words at any height learns to climb. In training, words
of a writer follow each other with a gap between them, so that gaps are as frequent as in writing.

Writers who are kept for validation keep all their rows, whole. Needs tesseract (Debian: tesseract-ocr); two processes read
some 110 words a second.
"""

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

import corpus as corpora
import ink
import reader

FEWEST = 8  # words: writers with fewer are left out
SHORT = 5  # letters: in words of so many and more one letter in five may be read wrongly
NARROWEST = 0.6  # sizes: the least white that parts two words
IN_ROW = 0.7  # how much of a word's way to the baseline is made up where it stood in a row of three words and more
AT_ONCE = 200  # words that a reader is shown at a time
PENS = (reader.LINE, 5)  # pixels: what is not read with the one is shown again with the other; half as many more are read so


@dataclass
class Word:
    text: str
    beside: int  # words in its row, itself as well
    points: np.ndarray  # (n, 2), sizes, at the pace of the recording
    lengths: np.ndarray


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a .npz that prepare.py wrote")
    parser.add_argument("out", help="its words, a .npz file")
    parser.add_argument("--strokes", type=float, default=0, metavar="N", help="a letter, at least: writers who join more are left out")
    parser.add_argument("--readers", type=int, default=2, help="programs that read at a time")
    return parser.parse_args(given)


def bounds(points, lengths, count):
    """Where to cut a row into so many words: the numbers of their first strokes, and the end; None where the whites are too narrow."""
    whites = ink.whites(points, lengths)
    if len(whites) < count - 1:
        return None
    cuts = np.sort(np.argsort(-whites)[: count - 1])
    return None if (whites[cuts] < NARROWEST).any() else [0, *(cuts + 1), len(lengths)]


def words_of(corpus, row):
    texts = corpus.texts[row].split()
    points, lengths = corpus.row(row)
    ends = bounds(points, lengths, len(texts)) if texts else None
    if ends is None:
        return []
    strokes = ink.strokes(points, lengths)
    return [
        Word(text, len(texts), np.concatenate(strokes[first:last]), lengths[first:last]) for text, first, last in zip(texts, ends, ends[1:])
    ]


def is_right(seen, text):
    """Whether the words that a reader saw are this one."""
    wrong = reader.mistakes(seen, text)
    return bool(wrong == 0 or (wrong <= 1 / SHORT and sum(letter.isalnum() for letter in text) >= SHORT))


def read_right(words, readers):
    """Those of the words, in their order, that a reader reads right, with one pen or another."""
    right = np.zeros(len(words), bool)
    for pen in PENS:
        left = np.flatnonzero(~right)
        drawn = [(number, reader.picture(ink.strokes(words[number].points, words[number].lengths), pen)) for number in left]
        drawn = [(number, picture) for number, picture in drawn if picture]
        blocks = [drawn[begin : begin + AT_ONCE] for begin in range(0, len(drawn), AT_ONCE)]
        with ThreadPoolExecutor(readers) as pool:  # the work is done by other programs
            seen = pool.map(lambda block: list(reader.read([picture for _, picture in block], reader.A_WORD)), blocks)
            for block, read in zip(blocks, seen):
                for (number, _), what in zip(block, read):
                    right[number] = is_right(what, words[number].text)
    return [word for word, is_read in zip(words, right) if is_read]


def baseline(points, lengths):
    """The y on which a word stands: the median of the places where the pen turns upwards. Tails are few, and do not move it."""
    turns = []
    for y in ink.strokes(points[:, 1], lengths):
        y = y[np.concatenate([[True], np.diff(y) != 0])]
        inside = (y[1:-1] > y[:-2]) & (y[1:-1] > y[2:])
        turns += [*y[1:-1][inside], *(y[-1:] if len(y) > 1 and y[-1] > y[-2] else [])]
    return float(np.median(turns)) if turns else float(points[:, 1].max())


def on_baseline(words):
    """The points of a writer's words, each moved up or down to the writer's baseline."""
    own = np.array([baseline(word.points, word.lengths) for word in words])
    in_row = np.array([word.beside >= 3 for word in words])
    target = np.median(own[in_row] if in_row.any() else own)
    way = (target - own) * np.where(in_row, IN_ROW, 1)
    return [word.points - [word.points[:, 0].min(), -dy] for word, dy in zip(words, way)]


def strokes_a_letter(words):
    return sum(len(word.lengths) for word in words) / max(1, sum(letter.isalnum() for word in words for letter in word.text))


def corpus_of(corpus, by_writer):
    """Words by the writer's name as a corpus, together with all rows of the writers who are kept for validation."""
    entries = []
    for writer in corpus.writers:
        if writer.validation:
            rows = [corpus.entry(number) for number in writer.rows]
        elif writer.name in by_writer:
            words = by_writer[writer.name]
            rows = [(points, word.lengths, word.text) for points, word in zip(on_baseline(words), words)]
        else:
            continue
        entries.append(writer.of(rows))
    return corpora.gather(entries, corpus.unit, {**corpus.about, "words": "read right"})


def main(given=None):
    options = arguments(given)
    corpus = corpora.Corpus.load(options.corpus)
    by_writer, cut, right = {}, 0, 0
    for writer in corpus.split(False):
        words = [word for row in writer.rows for word in words_of(corpus, row)]
        by_writer[writer.name] = read_right(words, options.readers)
        cut, right = cut + len(words), right + len(by_writer[writer.name])
        print(f"{writer.name}: {len(by_writer[writer.name])} of {len(words)} words", end="\r", flush=True)
    by_writer = {
        name: words for name, words in by_writer.items() if len(words) >= FEWEST and strokes_a_letter(words) >= options.strokes
    }
    if not by_writer:
        raise SystemExit(f"Expected at least one writer with {FEWEST} readable words, got none.")
    part = corpus_of(corpus, by_writer)
    part.save(options.out)
    writers = part.split(False)
    print(f"{right} of {cut} words can be read; {sum(writer.points for writer in writers)} points by {len(writers)} writers")


if __name__ == "__main__":
    main()

"""Five letters of plain print, for tests that need ink whose letters are known."""

import numpy as np
from longhand_train.data.corpus import build
from longhand_train.data.row import Report, Row

WORDS = ["no", "pill", "loop", "lion", "pin", "onion", "noon", "poll", "oil", "nil"]
GLYPHS = {  # strokes in units of an x-height, y down; the baseline is 0
    "n": [[(0, -1), (0, 0), (0, -0.8), (0.5, -1), (0.8, -0.7), (0.8, 0)]],
    "o": [[(0.7, -0.9), (0.2, -1), (0, -0.5), (0.3, 0), (0.8, -0.4), (0.7, -0.9)]],
    "l": [[(0.1, -2), (0.1, 0)]],
    "p": [[(0, -1), (0, 1.2), (0, -0.8), (0.6, -1), (0.8, -0.5), (0.1, 0)]],
    "i": [[(0, -1), (0, 0)], [(0, -1.6), (0.05, -1.6)]],
}


def printed(text, generator, unit=30.0, hz=12):
    """Strokes of a text in whole units, as a tablet would record them."""
    strokes, x = [], 0.0
    for letter in text:
        if letter == " ":
            x += 1.2
            continue
        for stroke in GLYPHS[letter]:
            corners = np.array(stroke, float) + [x, 0] + generator.normal(0, 0.03, (len(stroke), 2))
            legs = np.maximum(1, (np.hypot(*np.diff(corners, axis=0).T) * hz).astype(int))
            places = np.concatenate([np.linspace(a, b, n, endpoint=False) for a, b, n in zip(corners, corners[1:], legs)] + [corners[-1:]])
            strokes.append(np.rint(places * unit))
        x += max(place[0] for stroke in GLYPHS[letter] for place in stroke) + 0.35
    return strokes


def printed_corpus(writers=4, rows=30):
    """A corpus of one to three words a row; one writer and every tenth row are held out."""
    generator = np.random.default_rng(1)
    made = []
    for writer in range(writers):
        for number in range(rows):
            text = " ".join(generator.choice(WORDS, 1 + number % 3))
            made.append(Row.of(printed(text, generator, 20 + 10 * writer), writer=f"w{writer}", set="s1", text=text, style="printed"))
    return build(made, Report(), held_writers=1, held_rows=10)


def true_letters(corpus, row):
    """The letter (n,) that every point of a row was drawn as."""
    text, lengths = corpus.texts[row], corpus.lengths[corpus.span(row)[1]]
    return np.repeat([at for at, letter in enumerate(text) if letter != " " for _ in GLYPHS[letter]], lengths)


def lettered_corpus(writers=4, rows=30):
    """The same with its true letters."""
    corpus = printed_corpus(writers, rows)
    for row in range(len(corpus)):
        corpus.letters[corpus.span(row)[0]] = true_letters(corpus, row)
    return corpus

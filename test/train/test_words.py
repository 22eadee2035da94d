"""Words that can be read, cut from rows: where to cut, which to keep, and where they stand."""

import numpy as np
import pytest
import words
from corpus import Corpus, Writer
from lettering import ADVANCE, scribble, written

SIZE = 4.0  # of the lettering, roughly: its y deviates so much


def row_of(strokes):
    return np.concatenate(strokes) / SIZE, np.array([len(stroke) for stroke in strokes])


def corpus_of(rows, texts, validation=False):
    """Of one writer, or of one for training and one for validation with the same rows."""
    writers = [Writer("t", "s", 10.0, 1.0, False, range(len(rows)), 1000)]
    if validation:
        rows, texts = [*rows, *rows], [*texts, *texts]
        writers.append(Writer("v", "s", 10.0, 1.0, True, range(len(rows) // 2, len(rows)), 1000))
    inks = [row_of(strokes) for strokes in rows]
    points, lengths = (np.concatenate(parts) for parts in zip(*inks))
    return Corpus(points.astype(np.float32), lengths, np.array([len(strokes) for strokes in rows]), writers, 1.0, {}, texts)


def test_cuts_a_row_at_its_widest_whites():
    points, lengths = row_of(written("TILE HILL THE"))
    assert words.bounds(points, lengths, 3) == [0, 6, 12, 19]
    assert words.bounds(points, lengths, 1) == [0, 19]


def test_does_not_cut_where_the_whites_are_no_wider_than_between_letters():
    points, lengths = row_of(written("TILE"))
    closer = points * [0.3, 1]
    assert words.bounds(closer, lengths, 2) is None
    assert words.bounds(*row_of(written("I")), 3) is None


def test_gives_each_word_its_ink_and_its_text():
    corpus = corpus_of([written("TILE HILL")], ["tile hill"])
    first, second = words.words_of(corpus, 0)
    assert (first.text, second.text, first.beside) == ("tile", "hill", 2)
    assert first.points[:, 0].max() < 4 * ADVANCE / SIZE < 5 * ADVANCE / SIZE <= second.points[:, 0].min()
    assert len(first.lengths) + len(second.lengths) == len(corpus.lengths)
    assert words.words_of(corpus_of([written("TILE")], [""]), 0) == []


@pytest.mark.parametrize(
    ("seen", "text", "right"),
    [(["the"], "the", True), (["The"], "the,", True), (["thc"], "the", False), (["quack"], "quick", True), (["quaek"], "quick", False), ([], "a", False)],
)
def test_a_long_word_may_have_a_letter_wrong(seen, text, right):
    assert words.is_right([(word, 50) for word in seen], text) is right


def test_what_is_not_read_with_one_pen_is_shown_again_with_the_next(monkeypatch):
    alone = words.words_of(corpus_of([written("TILE HILLTEN")], ["tile hillten"]), 0)
    blot = 60  # pixels
    for pens, read in (((3,), 2), ((blot,), 0), ((blot, 3), 2), ((3, blot), 2)):
        monkeypatch.setattr(words, "PENS", pens)
        assert words.read_right(alone, 2) == alone[:read]


def wave(begins, tail=None):
    """A garland of letters on the line y = 1, with a tail in the middle that reaches lower."""
    t = np.linspace(0, 10 * np.pi, 200)
    y = -np.cos(t)
    if tail:
        y[80:120] = np.where(y[80:120] > 0, tail * y[80:120], y[80:120])
    return np.stack([begins + t / 3, y], 1)


def test_a_word_stands_on_its_letters_and_not_on_a_tail():
    assert words.baseline(wave(0), np.array([200])) == pytest.approx(1, abs=0.02)
    assert words.baseline(wave(0, tail=3), np.array([200])) == pytest.approx(1, abs=0.02)
    assert words.baseline(np.array([[0.0, 0.5], [1, 0.5]]), np.array([2])) == 0.5


def test_words_are_set_on_their_writers_baseline():
    lifted = wave(9) - [0, 0.8]
    alone = [words.Word("anna", 1, points, np.array([200])) for points in (wave(5), lifted, wave(2, tail=3))]
    placed = words.on_baseline(alone)
    assert [words.baseline(points, np.array([200])) for points in placed] == pytest.approx([1, 1, 1], abs=0.03)
    assert all(points[:, 0].min() == 0 for points in placed)
    in_row = [words.Word("anna", 3, points, np.array([200])) for points in (wave(0), wave(0) + [0, 0.2], wave(0) - [0, 0.2])]
    assert [words.baseline(points, np.array([200])) for points in words.on_baseline(in_row)] == pytest.approx([1, 1.06, 0.94], abs=0.02)


def test_keeps_the_words_that_are_read_right_and_all_rows_of_unseen_writers(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(words, "FEWEST", 2)
    source, out = tmp_path / "rows.npz", tmp_path / "words.npz"
    corpus = corpus_of([written("TILE HILLTEN"), scribble(1), written("TILE")], ["tile hillten", "hill", "thin"], validation=True)
    corpus.save(source)
    words.main([str(source), str(out)])
    assert "2 of 4 words can be read" in capsys.readouterr().out
    part = Corpus.load(out)
    (writer,), (unseen,) = part.split(False), part.split(True)
    assert [part.texts[number] for number in writer.rows] == ["tile", "hillten"]
    assert [part.texts[number] for number in unseen.rows] == ["tile hillten", "hill", "thin"]
    np.testing.assert_array_equal(part.row(unseen.rows[0])[0], corpus.row(3)[0])
    assert part.unit == corpus.unit
    assert writer.points == sum(len(part.row(number)[0]) for number in writer.rows)


def test_says_so_where_no_word_can_be_kept(tmp_path):
    source = tmp_path / "rows.npz"
    corpus_of([written("TILE HILL")] * 8, ["tile hill"] * 8).save(source)
    with pytest.raises(SystemExit, match="Expected at least one writer with 8 readable words, got none"):
        words.main([str(source), str(tmp_path / "words.npz"), "--strokes", "3"])
    assert not (tmp_path / "words.npz").exists()

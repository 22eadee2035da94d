"""The reader program, and what is made of its reading."""

import choose
import legibility
import numpy as np
import pytest
import reader
from corpus import Corpus, Writer
from lettering import scribble, written


def test_reads_what_is_written_and_nothing_in_a_scribble():
    first, second, nothing = reader.read([reader.picture(strokes) for strokes in (written("HILLTEN"), written("TILE"), scribble(1))])
    assert reader.mistakes(first, "Hillten!") <= 0.2
    assert reader.mistakes(second, "tile") == 0
    assert reader.sureness(second) > 70
    assert reader.sureness(nothing) < 50


def test_a_word_is_read_as_one_and_with_a_broader_pen_if_so_wanted():
    thin, broad = (reader.picture(written("TILE"), pen) for pen in (3, 6))
    assert 1.5 < (255 - np.asarray(broad, float)).sum() / (255 - np.asarray(thin, float)).sum() < 2.5
    assert thin.size == broad.size
    for image in (thin, broad):
        ((word, sure),) = next(reader.read([image], reader.A_WORD))
        assert word.lower() == "tile"
        assert sure > 50


def test_draws_a_line_level_and_of_one_size_wherever_and_however_large_it_was():
    flat = reader.picture(written("TILE"))
    tilted = reader.picture([7 * stroke + [500, -300] + 7 * stroke[:, :1] * [0, 0.1] for stroke in written("TILE")])
    assert np.abs(np.subtract(flat.size, tilted.size)).max() <= 3
    assert reader.picture([np.zeros((1, 2))]) is None
    assert reader.picture([np.array([[0.0, 0], [9e5, 1], [9e5, 0]])]) is None


@pytest.mark.parametrize(
    ("words", "text", "share"),
    [(["quick"], "Quick", 0), (["quack", "brown"], "quick brown", 0.1), ([], "quick", 1), (["quicker"], "quick", 0.4), (["uick"], "quick", 0.2)],
)
def test_counts_mistakes_by_the_transcript(words, text, share):
    assert reader.mistakes([(word, 50) for word in words], text) == pytest.approx(share)


def test_knows_no_mistakes_without_a_transcript():
    assert reader.mistakes([("quick", 50)], "…") == np.inf


@pytest.fixture
def mixed(tmp_path):
    """Two writers, for training and for validation, who write and scribble by turns."""
    lines = [strokes for seed in range(8) for strokes in (written("TILE"), scribble(seed))]
    texts = ["tile", "hill"] * 8
    writers = [Writer(name, "s", 10.0, 1.0, name == "v", range(8 * at, 8 * at + 8), 1000) for at, name in enumerate("tv")]
    path = tmp_path / "mixed.npz"
    strokes = [stroke for line in lines for stroke in line]
    counts, lengths = np.array([len(line) for line in lines]), np.array([len(stroke) for stroke in strokes])
    Corpus(np.concatenate(strokes), lengths, counts, writers, 1.0, {}, texts).save(path)
    return path


def test_chooses_the_rows_that_can_be_read(mixed, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(choose, "FEWEST", 3)
    out = tmp_path / "legible.npz"
    choose.main([str(mixed), str(out), "--sure", "97"])
    assert "4 of 8 rows can be read" in capsys.readouterr().out
    part, whole = Corpus.load(out), Corpus.load(mixed)
    (writer,), (kept,) = part.split(False), part.split(True)
    assert [part.texts[number] for number in writer.rows] == ["tile"] * 4
    assert writer.points < 500
    for number, before in zip(writer.rows, range(0, 8, 2)):
        np.testing.assert_allclose(part.row(number)[0], whole.row(before)[0], atol=1e-5)
    assert [part.texts[number] for number in kept.rows] == ["tile", "hill"] * 4
    with pytest.raises(ValueError, match="Expected at least one writer with 1 rows or more, got none"):
        whole.part(set())


def test_says_how_legible_weights_are(capsys):
    weights = str(reader.Path(__file__).parent.parent.parent / "weights/handwriting.json")
    legibility.main([weights, "--lines", "4", "--points", "300", "--temperatures", "0.7"])
    said = capsys.readouterr().out
    assert said.startswith("T = 0.7: sure by ")
    assert 10 < float(said.split()[5]) < 90


def test_knows_words(tmp_path):
    file = tmp_path / "words"
    file.write_text("The\nlazy\nis\ndog's\n", encoding="utf-8")
    known = reader.words_of(file)
    assert known == {"the", "lazy", "dogs"}
    assert reader.in_words([("The", 90.0), ("is", 90.0), ("lzy", 90.0), ("Lazy,", 1.0)], known) == pytest.approx(8 / 13)
    assert reader.in_words([("the", 90.0), ("the", 90.0), ("the", 90.0), ("lazy", 90.0)], known) == pytest.approx(7 / 13)
    assert reader.in_words([], known) == 0


def test_a_word_that_a_line_repeats_is_believed_once():
    assert reader.once([("The", 90.0), ("fox", 60.0), ("the.", 95.0), ("the", 80.0)]) == [("The", 90.0), ("fox", 60.0), ("the.", 0.0), ("the", 0.0)]
    assert reader.once([]) == []

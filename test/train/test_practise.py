"""A hand that practises: it keeps those of its own lines that are read best, in the form of a corpus."""

from pathlib import Path

import ink
import numpy as np
import practise
import pytest
from corpus import Corpus
from even_hands import unevenness_of_line
from lettering import scribble, written
from round_hands import corners_of_line
from writing import strokes_of

WEIGHTS = str(Path(__file__).parents[2] / "weights/handwriting.json")
UNIT = 0.5
POINTS = 1000


def movements(strokes):
    """(POINTS, 3), small letters of 2.7 units."""
    lengths = np.array([len(stroke) for stroke in strokes])
    return ink.to_movements(0.27 * np.concatenate(strokes), lengths, np.zeros(2))[:POINTS]


TEXT = "TILE LINE NET TELL LIT TEN TIE LINT LET TIN LENT "
CLEAR = movements(written(TEXT))
REPEATED = movements(written("TILE " * 9))
SCRIBBLE = movements([stroke + [60 * seed, 0] for seed in range(4) for stroke in scribble(seed)])
STANDING = np.zeros((POINTS, 3))
FALLING = CLEAR + [0, 0.02, 0]


def test_a_reader_is_surer_of_clear_lines_and_lines_that_leave_their_level_are_set_aside():
    clear, again, nothing, standing, falling = practise.look(np.stack([CLEAR, CLEAR, SCRIBBLE, STANDING, FALLING]))
    assert clear == again > 80
    assert np.isnan(nothing) or nothing < 50
    assert np.isnan(standing)
    assert np.isnan(falling)


def test_a_line_that_repeats_a_word_is_believed_less():
    clear, repeated = practise.look(np.stack([CLEAR, REPEATED]), flat=1.0)
    assert repeated < clear / 2


def test_the_lines_that_wave_least_are_read():
    waving = CLEAR + np.stack([np.zeros(POINTS), 0.08 * np.cos(np.arange(POINTS) / 30), np.zeros(POINTS)], 1)
    good = practise.look(np.stack([waving, CLEAR, waving, CLEAR]))
    assert np.isfinite(good).tolist() == [False, True, False, True]
    assert np.isfinite(practise.look(np.stack([waving, CLEAR]), flat=1.0)).all()


def test_a_line_with_a_piece_without_ink_is_set_aside():
    lifted = CLEAR.copy()
    lifted[POINTS // 2 :, 2] = 1
    assert np.isfinite(practise.look(np.stack([lifted, CLEAR]), flat=1.0)).tolist() == [False, True]


def test_lines_that_hold_words_are_preferred():
    plain, held = (practise.look(CLEAR[None], words)[0] for words in (frozenset(), frozenset(TEXT.lower().split())))
    assert plain + practise.WORDS / 2 < held <= plain + practise.WORDS


def test_round_lines_are_preferred_if_asked():
    plain, asked = (practise.look(CLEAR[None], round_hand=most)[0] for most in (0.0, 100.0))
    in_corners = np.mean([corners_of_line(strokes) for strokes in practise.pieces(CLEAR)])
    assert in_corners > 0.2
    assert asked == pytest.approx(plain - 100 * in_corners)


def test_even_lines_are_preferred_if_asked():
    plain, asked = (practise.look(CLEAR[None], even_hand=most)[0] for most in (0.0, 100.0))
    uneven = np.mean([unevenness_of_line(strokes) for strokes in practise.pieces(CLEAR)])
    assert uneven > 0.005
    assert asked == pytest.approx(plain - 100 * uneven)


def test_keeps_the_best_and_none_of_those_set_aside():
    sure = np.array([20, np.nan, 70, 50, np.nan])
    assert practise.best(sure, 0.4).tolist() == [2, 3]
    assert practise.best(sure, 1).tolist() == [2, 3, 0]
    assert practise.best(np.full(3, np.nan), 1).tolist() == []
    assert practise.best(np.array([-20.0, np.nan, -10.0]), 0.67).tolist() == [2, 0]  # corners can cost more than a reader gives


def test_in_the_corpus_lines_are_level_and_of_one_size_and_know_their_temperature(tmp_path):
    path = tmp_path / "own.npz"
    half = CLEAR * [0.5, 0.5, 1]
    practise.corpus_of([CLEAR, half, CLEAR + [0, 0.005, 0]], [0.3, 0.5, 0.5], UNIT).save(path)
    corpus = Corpus.load(path)
    assert [len(writer.rows) for writer in corpus.split(False)] == [practise.PIECES] * 3
    clear, small, fell = ([corpus.row(number) for number in writer.rows] for writer in corpus.writers)
    for (one, lengths), (other, others) in zip(clear, small):
        np.testing.assert_array_equal(lengths, others)
        np.testing.assert_allclose(one, other, atol=1e-3)
    for points, _ in [*clear, *small, *fell]:
        assert abs(np.polyfit(*points.T, 1)[0]) < 0.01
        assert points[:, 1].std() == pytest.approx(1, rel=0.1)
    assert [writer.temperature for writer in corpus.writers] == [0.3, 0.5, 0.5]
    line = corpus.line(corpus.writers[0], corpus.writers[0].rows, np.random.default_rng(1))
    assert [len(stroke) for stroke in strokes_of(line)] == [len(stroke) for strokes in practise.pieces(CLEAR) for stroke in strokes]


def test_a_row_begins_with_a_word_and_has_no_torn_letter():
    torn, end_of_word, *words, cut = written("E TILE TILE")
    late = written("NN N")
    assert kept([torn, end_of_word, *words, cut]) == [stroke.tolist() for stroke in words]
    assert kept([torn, *late, cut]) == [stroke.tolist() for stroke in late]  # more than half of it would be lost
    assert kept([torn, cut]) == kept([torn]) == kept([]) == []


def kept(strokes):
    return [stroke.tolist() for stroke in practise.whole(strokes)]


def test_takes_the_ups_and_downs_from_a_line_and_leaves_its_letters():
    x = np.arange(1200.0)
    letters = np.sin(x / 3) + 2 * (x % 90 < 5)
    wave = 2 * np.sin(x / 60)
    waving, flat = np.stack([x, letters + wave], 1), np.stack([x, letters], 1)
    flattened = practise.flatten(waving)
    assert (flattened[:, 0] == x).all()
    assert practise.waviness(flattened) < practise.waviness(waving) / 2
    moved = flattened[:, 1] - waving[:, 1]
    assert np.abs(np.diff(moved)).max() < 0.06  # a letter of 20 points is not bent by half its height
    assert np.abs(practise.flatten(flat)[:, 1] - letters).max() < 0.3


def test_in_the_corpus_no_gap_is_wider_than_a_gap_between_words():
    wide = REPEATED.copy()
    wide[np.flatnonzero(wide[:, 2])[5] + 1, 0] += 40
    usual, narrowed = (practise.corpus_of([line], [0.5], UNIT).row(0)[0] for line in (REPEATED, wide))
    steps = [np.diff(points[:, 0]).max() for points in (usual, narrowed)]
    assert practise.GAP < steps[0] <= steps[1] <= practise.GAP + 1


def test_practises_with_weights(tmp_path, capsys):
    practise.corpus_of([CLEAR], [0.5], UNIT).save(tmp_path / "of.npz")
    out = tmp_path / "own.npz"
    given = [WEIGHTS, str(out), "--unit-as", str(tmp_path / "of.npz"), "--temperatures", "0.5", "0.7", "--points", "1000"]
    practise.main([*given, "--lines", "6", "--keep", "0.34"])
    said = capsys.readouterr().out.splitlines()
    kept = [int(line.split("kept ")[1].split(",")[0]) for line in said]
    corpus = Corpus.load(out)
    assert corpus.unit == UNIT
    assert len(corpus.writers) == sum(kept) > 0
    assert max(kept) <= 2
    assert all(500 < writer.points <= 1000 for writer in corpus.writers)
    assert {writer.temperature for writer in corpus.writers} <= {0.5, 0.7}


def test_says_so_where_no_line_can_be_kept(tmp_path):
    practise.corpus_of([CLEAR], [0.5], UNIT).save(tmp_path / "of.npz")
    given = [WEIGHTS, str(tmp_path / "own.npz"), "--unit-as", str(tmp_path / "of.npz"), "--temperatures", "9", "--points", "1000", "--lines", "2"]
    with pytest.raises(SystemExit, match="Expected some lines that keep their level and can be read, got none"):
        practise.main(given)
    assert not (tmp_path / "own.npz").exists()


def test_says_how_long_a_line_must_be(tmp_path):
    with pytest.raises(SystemExit, match="Expected at least 1000 points per line to measure a level, got 500"):
        practise.main([WEIGHTS, str(tmp_path / "own.npz"), "--unit-as", "none.npz", "--points", "500"])

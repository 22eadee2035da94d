"""Whose letters are of one height and stand at even distances; and rows that are brought to it."""

import even_hands
import numpy as np
import pytest
from corpus import Corpus, Writer


def zigzag(heights, widths):
    """A pen that goes down by each height and up again, and to the right by each width; down is y above 0."""
    x = np.concatenate([[0], np.repeat(np.cumsum(widths), 2)[:-1]])
    y = np.stack([-np.array(heights), np.zeros(len(heights))], 1).ravel()
    fine = np.linspace(0, len(x) - 1, 20 * len(x))
    return np.stack([np.interp(fine, np.arange(len(x)), x), np.interp(fine, np.arange(len(x)), y)], 1)


EVEN = zigzag([1.5] * 12, [1.0] * 12)
UNEVEN = zigzag([0.8, 2.0, 1.1, 1.7] * 3, [0.5, 1.5, 0.8, 2.0] * 3)


def test_finds_the_strokes_that_go_down():
    heights, middles = even_hands.down_strokes([zigzag([1, 2, 0.3, 1], [2, 2, 2, 2])])
    assert heights == pytest.approx([1, 2, 1], abs=0.1)  # one is too small to be a letter's
    assert (np.diff(middles) > 1).all()
    assert [len(found) for found in even_hands.down_strokes([])] == [0, 0]
    assert [len(found) for found in even_hands.down_strokes([EVEN[:1]])] == [0, 0]


def test_tells_even_letters_from_uneven_ones():
    assert even_hands.unevenness([EVEN]) < 0.05
    assert even_hands.unevenness([UNEVEN]) > 0.3
    assert np.isnan(even_hands.unevenness([EVEN[:60]]))


def test_tall_letters_are_not_uneven():
    assert even_hands.unevenness([zigzag([1.5, 1.5, 1.5, 3.2] * 3, [1.0] * 12)]) < 0.05


def test_measures_lines_whatever_their_size():
    small, large = (even_hands.unevenness_of_line([scale * UNEVEN]) for scale in (0.2, 30))
    assert small == pytest.approx(large, abs=1e-6)
    assert np.isnan(even_hands.unevenness_of_line([]))


def test_leaves_uneven_rows_out_and_brings_the_others_to_one_height_on_their_line(tmp_path):
    larger = EVEN * [1, 1.3]
    short = UNEVEN[:80]  # two strokes downwards
    rows = [EVEN, EVEN, larger + [0, 4], UNEVEN, short, larger, UNEVEN, UNEVEN]
    names = {"even": range(0, 5), "unseen": range(5, 7), "uneven": range(7, 8)}
    writers = [Writer(name, "s", 1e6, 2.0, name == "unseen", numbers, 700) for name, numbers in names.items()]
    points = np.concatenate(rows).astype(np.float32)
    Corpus(points, np.array([len(row) for row in rows]), np.ones(8, int), writers, 1.0, {}, list("abcdefgh")).save(tmp_path / "all.npz")
    even_hands.main([str(tmp_path / "all.npz"), str(tmp_path / "even.npz"), "--uneven", "0.2", "--smooth", "0"])
    kept = Corpus.load(tmp_path / "even.npz")
    assert [writer.name for writer in kept.writers] == ["even", "unseen"]
    assert kept.texts == list("abcefg")
    assert kept.writers[0].points == pytest.approx((3 * len(EVEN) + len(short)) / 2, abs=1)
    first, second, third, _, unseen, too = (kept.row(number)[0] for number in range(6))
    assert np.allclose(first, EVEN, atol=1e-5)
    assert np.ptp(third[:, 1]) == pytest.approx(1.5, rel=0.1)  # it was 1.95
    assert third[:, 1].max() == pytest.approx(4, abs=0.01)  # it stands where it stood
    assert np.allclose(unseen, larger, atol=1e-5) and np.allclose(too, UNEVEN, atol=1e-5)


def test_says_so_where_nothing_is_even(tmp_path):
    writer = Writer("w", "s", 10.0, 1.0, False, range(1), 700)
    Corpus(UNEVEN.astype(np.float32), np.array([len(UNEVEN)]), np.ones(1, int), [writer], 1.0, {}, ["o"]).save(tmp_path / "all.npz")
    with pytest.raises(SystemExit, match="Expected at least one row whose letter heights spread by 0.1 or less, got none"):
        even_hands.main([str(tmp_path / "all.npz"), str(tmp_path / "even.npz"), "--uneven", "0.1"])

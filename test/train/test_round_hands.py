"""Who writes in curves, and who in corners."""

import numpy as np
import pytest
import round_hands
from corpus import Corpus, Writer

ARC = np.linspace(0, 4 * np.pi, 200)
LOOPS = np.stack([ARC / 6 + np.cos(ARC), np.sin(ARC)], 1)
ZIGZAG = np.stack([np.arange(200) / 20, 1 - np.abs(np.arange(200) / 20 % 2 - 1)], 1)


def test_measures_how_far_the_pen_turns_whatever_its_pace():
    circle = np.stack([np.cos(ARC), np.sin(ARC)], 1)
    assert abs(round_hands.turns(circle).sum()) == pytest.approx(4 * np.pi, rel=0.03)
    slower_at_first = circle[np.r_[0:100, 100:200:3]]
    assert abs(round_hands.turns(slower_at_first).sum()) == pytest.approx(4 * np.pi, rel=0.03)


def test_tells_corners_from_curves():
    assert round_hands.corners([LOOPS]) == 0
    assert round_hands.corners([ZIGZAG]) > 0.9
    assert 0.1 < round_hands.corners([LOOPS, ZIGZAG]) < 0.9
    assert np.isnan(round_hands.corners([LOOPS[:2]]))


def test_measures_lines_whatever_their_size():
    small, large = (round_hands.corners_of_line([scale * LOOPS]) for scale in (0.2, 30))
    assert small == pytest.approx(large, abs=1e-6)
    assert large < 0.05 < 0.9 < round_hands.corners_of_line([ZIGZAG])
    assert np.isnan(round_hands.corners_of_line([]))


def test_keeps_the_round_hands_and_all_who_are_for_validation(tmp_path):
    rows = [LOOPS, LOOPS[:150], ZIGZAG, ZIGZAG]
    names = {"round": range(0, 2), "angular": range(2, 3), "unseen": range(3, 4)}
    writers = [Writer(name, "s", 10.0, 1.0, name == "unseen", numbers, 100) for name, numbers in names.items()]
    points = np.concatenate(rows).astype(np.float32)
    corpus = Corpus(points, np.array([len(row) for row in rows]), np.ones(4, int), writers, 1.0, {}, ["o"] * 4)
    corpus.save(tmp_path / "all.npz")
    round_hands.main([str(tmp_path / "all.npz"), str(tmp_path / "round.npz"), "--smooth", "0"])
    kept = Corpus.load(tmp_path / "round.npz")
    assert [(writer.name, len(writer.rows)) for writer in kept.writers] == [("round", 2), ("unseen", 1)]

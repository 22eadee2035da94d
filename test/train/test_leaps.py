"""Rows in which the pen leaps are left out."""

import leaps
import numpy as np
import pytest
from corpus import Corpus, Writer
from lettering import written

CALM = written("TILE")
LEAPING = [*written("TILE"), CALM[0] + [400, 0]]


@pytest.fixture
def source(tmp_path):
    """A writer for training, who leaps every other time, and one for validation, who always does."""
    rows = [CALM, LEAPING, CALM, LEAPING, LEAPING]
    strokes = [stroke / 4 for row in rows for stroke in row]
    counts, lengths = np.array([len(row) for row in rows]), np.array([len(stroke) for stroke in strokes])
    writers = [Writer("t", "s", 10.0, 1.0, False, range(0, 4), 1000), Writer("v", "s", 10.0, 1.0, True, range(4, 5), 1000)]
    path = tmp_path / "rows.npz"
    Corpus(np.concatenate(strokes), lengths, counts, writers, 1.0, {}, list("abcde")).save(path)
    return path


def test_leaves_out_rows_in_which_the_pen_leaps_and_none_of_unseen_writers(source, tmp_path, capsys):
    out = tmp_path / "calm.npz"
    leaps.main([str(source), str(out)])
    assert capsys.readouterr().out == "2 of 4 rows left out\n"
    part = Corpus.load(out)
    (writer,), (unseen,) = part.split(False), part.split(True)
    assert [part.texts[number] for number in [*writer.rows, *unseen.rows]] == ["a", "c", "e"]


def test_a_leap_is_between_strokes():
    assert leaps.farthest(np.array([[0.0, 0], [90, 0]]), np.array([2])) == 0
    assert leaps.farthest(np.array([[0.0, 0], [90, 0], [88, 7], [88, 8]]), np.array([2, 2])) == 7


def test_says_so_where_every_row_leaps(source, tmp_path):
    with pytest.raises(SystemExit, match="less far than 0.01 sizes"):
        leaps.main([str(source), str(tmp_path / "calm.npz"), "--most", "0.01"])

import drift
import numpy as np
import pytest


def garland(points=3000, rise=0.0, pace=0.4):
    """Movements of even loops along a line that rises so many units a point."""
    t = np.arange(points) * 0.5
    places = np.stack([pace * np.arange(points) + np.sin(t), np.cos(t) + rise * np.arange(points)], 1)
    return np.concatenate([np.diff(places, axis=0, prepend=places[:1]), np.zeros((points, 1))], 1)[None]


def test_finds_nothing_in_an_even_line():
    found = drift.measure(garland())
    assert not found["stalled"][0]
    assert not found["exploded"][0]
    assert found["wander"][0] < 0.05
    assert found["first"][0] == pytest.approx(found["last"][0], rel=0.05)


def test_measures_a_line_that_sinks_in_x_heights_per_thousand_points():
    assert drift.measure(garland(rise=0.0027))["wander"][0] == pytest.approx(1, rel=0.05)


def test_sees_a_stall_in_the_middle():
    line = garland()
    line[0, 1200:1700, :2] = 0
    assert drift.measure(line)["stalled"][0]


def test_sees_an_explosion():
    line = garland()
    line[0, 2000, 1] = 50
    assert drift.measure(line)["exploded"][0]


def test_asks_for_enough_points():
    with pytest.raises(SystemExit, match="Expected at least 1000 points, got 300"):
        drift.main(["none.json", "--points", "300"])

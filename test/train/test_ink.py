import ink
import numpy as np
import pytest


def line(x, y):
    return np.stack([np.asarray(x, float), np.asarray(y, float)], 1)


def test_drops_points_that_repeat_the_one_before_but_not_across_strokes():
    points = line([0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0])
    kept, lengths = ink.drop_repeats(points, np.array([4, 2]))
    assert kept[:, 0].tolist() == [0, 1, 1]
    assert lengths.tolist() == [2, 1]


def test_levels_a_slope_and_centres_on_the_median():
    x = np.linspace(10, 110, 50)
    levelled = ink.level(line(x, 7 + 0.1 * x))
    assert np.abs(levelled[:, 1]).max() < 1e-9
    assert levelled[0, 0] == 0


def test_levels_at_most_fifteen_in_a_hundred():
    x = np.linspace(-50, 50, 101)
    levelled = ink.level(line(x, 0.5 * x))
    assert np.polyfit(levelled[:, 0], levelled[:, 1], 1)[0] == pytest.approx(0.35)


def test_levels_ink_without_width():
    assert np.isfinite(ink.level(line([3, 3], [0, 9]))).all()


@pytest.mark.parametrize("stride", [0.3, 1.0, 2.7, 50.0])
def test_resamples_evenly_in_time_and_keeps_both_ends_of_every_stroke(stride):
    generator = np.random.default_rng(1)
    lengths = np.array([40, 2, 7, 1])
    points = generator.normal(size=(50, 2))
    out, counts = ink.resample(points, lengths, stride)
    assert len(out) == counts.sum()
    begins, ends = np.cumsum(lengths) - lengths, np.cumsum(lengths) - 1
    new_begins, new_ends = np.cumsum(counts) - counts, np.cumsum(counts) - 1
    np.testing.assert_allclose(out[new_begins], points[begins])
    np.testing.assert_allclose(out[new_ends][:3], points[ends][:3])
    # in between, exactly what linear interpolation over the index gives
    place = np.linspace(0, 39, counts[0])
    np.testing.assert_allclose(out[: counts[0], 0], np.interp(place, np.arange(40), points[:40, 0]), atol=1e-12)


def test_smooths_trembling_away_and_keeps_the_way_and_the_ends_of_every_stroke():
    turn = np.linspace(0, np.pi, 120)
    arc = 5 * np.stack([np.cos(turn), np.sin(turn)], 1)
    trembling = arc + 0.05 * np.array([1, -1])[np.arange(120) % 2][:, None]
    points = np.concatenate([trembling, [[7, 7]], [[8, 8], [9, 7]]])
    lengths = np.array([120, 1, 2])
    smoothed = ink.smooth(points, lengths, 2.0)
    assert np.abs(smoothed[5:115] - arc[5:115]).max() < 0.02
    np.testing.assert_allclose(smoothed[[0, 119, 120, 121, 122]], points[[0, 119, 120, 121, 122]], atol=1e-12)


def test_smooths_a_line_that_is_straight_to_itself():
    straight = line(np.arange(30), 3 * np.arange(30))
    np.testing.assert_allclose(ink.smooth(straight, np.array([12, 18]), 1.7), straight, atol=1e-9)
    assert ink.smooth(straight, np.array([12, 18]), 0) is straight


def test_gives_a_dot_a_second_point_beside_it():
    out, counts = ink.resample(np.array([[5.0, 6.0]]), np.array([1]), 2.0)
    assert counts.tolist() == [2]
    np.testing.assert_allclose(out, [[5, 6], [5.04, 6]])


def test_measures_steps_with_the_pen_on_the_paper_only():
    assert ink.mean_step(line([0, 3, 100, 101], [0, 4, 0, 0]), np.array([2, 2])) == 3  # (5 + 1) / 2


def test_narrows_white_between_words_and_leaves_letters_alone():
    points = line([0, 1, 1.5, 2, 10, 11], [0] * 6)
    out = ink.narrow_gaps(points, np.array([2, 2, 2]), widest=2)
    np.testing.assert_allclose(out[:, 0], [0, 1, 1.5, 2, 4, 5])


def test_does_not_tear_a_dot_from_its_letter_that_is_set_later():
    points = line([0, 5, 9, 10, 2, 2.1], [0] * 6)  # a word, another, and then the dot over the first
    out = ink.narrow_gaps(points, np.array([2, 2, 2]), widest=1)
    np.testing.assert_allclose(out, points)


def test_makes_movements_that_lead_back_to_the_places():
    points = line([1, 2, 5], [1, 0, 0])
    movements = ink.to_movements(points, np.array([2, 1]), np.zeros(2))
    np.testing.assert_allclose(np.cumsum(movements[:, :2], axis=0), points)
    assert movements[:, 2].tolist() == [0, 1, 1]

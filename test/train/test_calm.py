"""A head that would leap now and then is calmed, and stays what it was otherwise."""

import calm
import pytest
import torch
import weights_file
from network import create, output

UNITS, MIXTURES = 12, 3


@pytest.fixture
def leaping():
    """Tensors, and states of which one in fifty makes a component so wide that the pen may land anywhere."""
    generator = torch.Generator().manual_seed(3)
    tensors = create(UNITS, MIXTURES, generator)
    seen = 0.3 * torch.randn(2000, UNITS, generator=generator)
    seen[:, 0] = 0
    seen[::50, 0] = 1
    tensors["headWeights"][0, 1 + 3 * MIXTURES] = 4  # of sigma1
    return tensors, seen


def test_the_chance_of_a_leap_is_that_of_samples():
    import mixture

    one = torch.zeros(1 + 6 * MIXTURES)
    one[1 + 3 * MIXTURES] = 3.5  # a sigma1 of 33 units
    one[1 + 4 * MIXTURES + 1] = 3.5  # a sigma2, of another way
    drawn = mixture.sample(one.expand(20_000, -1), 0.8, torch.Generator().manual_seed(1))
    assert calm.chance_of_leap(one, 0.8).item() == pytest.approx(
        ((drawn[:, 0].abs() > calm.LEAP) | (drawn[:, 1].abs() > calm.LEAP_UP)).double().mean().item(), abs=0.01
    )
    assert calm.chance_of_leap(torch.zeros(1 + 6 * MIXTURES)) < 1e-6


def test_leaps_go_and_the_rest_stays(leaping):
    tensors, seen = leaping
    calmed = calm.calm(tensors, seen, seen[1:2], 0.9, batches=600, rate=1e-2, weight=3.0)
    before, after = (calm.chance_of_leap(output(of, seen), 0.9) for of in (tensors, calmed))
    assert before[::50].mean() > 0.05
    assert after.max() < before.max() / 10
    usual = seen[seen[:, 0] == 0]
    assert (output(calmed, usual) - output(tensors, usual)).abs().mean() < 0.05
    assert all((calmed[name] == tensors[name]).all() for name in ("inputWeights", "recurrentWeights", "bias"))


def test_where_lines_begin_all_may_change_so_that_the_farthest_do_not_leap():
    """Random states differ from each other in how far they are, and from those of writing in where."""
    generator = torch.Generator().manual_seed(4)
    tensors = create(UNITS, MIXTURES, generator)
    seen, first = 0.3 * torch.randn(2, 2000, UNITS, generator=generator)
    seen[:, 0], first[:, 0] = 0, 3 * first[:, 0]
    tensors["headWeights"][0, 1 + MIXTURES : 1 + 2 * MIXTURES] = 15  # mu1 of all ways
    calmed = calm.calm(tensors, seen, first, 0.9, batches=600, rate=5e-2, weight=30.0)
    before, after = (calm.chance_of_leap(output(of, first), 0.9) for of in (tensors, calmed))
    assert before.mean() > 0.02
    assert after.mean() < before.mean() / 5
    assert (output(calmed, seen) - output(tensors, seen)).abs().mean() < 0.05


def test_calms_a_network_in_the_states_that_it_writes_in(tmp_path, capsys):
    tensors = create(UNITS, MIXTURES, torch.Generator().manual_seed(1))
    tensors["headBias"][1 + 3 * MIXTURES] = 2.8  # in every state, so that what it was must count for less
    weights = tmp_path / "weights.json"
    weights.write_text(weights_file.encode(tensors, {}, "float32"))
    calm.main([str(tmp_path / "run"), str(weights), "--lines", "10", "--points", "40", "--batches", "400", "--rate", "1e-2", "--weight", "100"])
    before, after = (float(line.split("chance of ")[1].split(",")[0]) for line in capsys.readouterr().out.splitlines()[:2])
    assert after < before / 10
    calmed = weights_file.load(tmp_path / "run" / "checkpoint.pt")
    assert torch.allclose(calmed["recurrentWeights"], tensors["recurrentWeights"])

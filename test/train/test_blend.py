import blend
import export
import pytest
import torch
import weights_file
from network import shapes


def network(seed, units=6):
    generator = torch.Generator().manual_seed(seed)
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes(units, 2).items()}


@pytest.fixture
def checkpoints(tmp_path):
    paths = []
    for seed in range(2):
        paths.append(tmp_path / f"{seed}.pt")
        torch.save({"averages": network(seed)}, paths[-1])
    return [str(path) for path in paths]


def test_is_the_weighted_mean_of_every_weight_and_can_be_exported(checkpoints, tmp_path):
    blend.main([str(tmp_path / "run"), *checkpoints, "--shares", "1", "3"])
    one, other = network(0), network(1)
    mean = weights_file.load(tmp_path / "run/checkpoint.pt")
    for name in one:
        torch.testing.assert_close(mean[name], one[name] / 4 + other[name] * 3 / 4)
    export.main([str(tmp_path / "run"), str(tmp_path / "mean.json"), "--float"])
    torch.testing.assert_close(weights_file.load(tmp_path / "mean.json")["headBias"], mean["headBias"])


def test_takes_all_alike_if_not_told_otherwise(checkpoints, tmp_path):
    blend.main([str(tmp_path / "run"), *checkpoints])
    torch.testing.assert_close(weights_file.load(tmp_path / "run/checkpoint.pt")["bias"], (network(0)["bias"] + network(1)["bias"]) / 2)


@pytest.mark.parametrize("shares", [["1"], ["1", "-1"], ["0", "0"]])
def test_refuses_shares_that_are_none(checkpoints, tmp_path, shares, capsys):
    with pytest.raises(SystemExit):
        blend.main([str(tmp_path / "run"), *checkpoints, "--shares", *shares])
    assert "Expected --shares to be 2 numbers of at least 0" in capsys.readouterr().err


def test_refuses_networks_of_other_sizes():
    with pytest.raises(ValueError, match="2 architectures"):
        blend.blend([network(0), network(1, units=7)], [1, 1])

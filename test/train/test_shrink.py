"""What a network does in the states of writing stays; what it would do in states that never occur goes."""

import numpy as np
import shrink
import torch
import weights_file
from corpus import Corpus
from network import shapes

UNITS = 8


def network():
    generator = torch.Generator().manual_seed(1)
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes(UNITS, 2).items()}


def test_in_states_that_occur_all_stays_and_in_a_direction_that_does_not_nothing_happens():
    tensors = network()
    seen = torch.randn(400, UNITS, generator=torch.Generator().manual_seed(2))
    seen[:, 3] = 0.7  # never moves
    shrunk = shrink.shrink(tensors, seen, 1e-9, 1e-9)
    for weights, bias in (("headWeights", "headBias"), ("recurrentWeights", "bias")):
        before, after = (seen @ each[weights] + each[bias] for each in (tensors, shrunk))
        torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)
        assert shrunk[weights][3].abs().max() < 1e-5 < tensors[weights][3].abs().max()
    assert shrunk["inputWeights"] is tensors["inputWeights"]


def test_the_more_counts_as_little_the_less_is_left():
    tensors = network()
    seen = torch.randn(400, UNITS, generator=torch.Generator().manual_seed(2)) * torch.logspace(-3, 0, UNITS)
    sizes = [shrink.shrink(tensors, seen, little, 1e-4)["headWeights"].norm().item() for little in (0, 1e-6, 1e-4, 1e-2, 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert abs(sizes[0] - tensors["headWeights"].norm().item()) < 1e-3
    assert sizes[-1] < 0.7 * sizes[0]


def test_people_s_lines_are_long_enough_and_of_training_writers(corpus_file):
    corpus = Corpus.load(corpus_file)
    lines = shrink.lines_of(corpus, np.random.default_rng(1))
    assert lines.shape == (shrink.LINES, shrink.POINTS, 3)
    assert set(np.unique(lines[:, :, 2])) == {0, 1}


def test_writes_a_checkpoint(tmp_path, corpus_file, capsys, monkeypatch):
    monkeypatch.setattr(shrink, "LINES", 3)
    monkeypatch.setattr(shrink, "POINTS", 120)
    tensors = network()
    torch.save({"averages": tensors}, tmp_path / "one.pt")
    shrink.main([str(tmp_path / "run"), str(tmp_path / "one.pt"), str(corpus_file), "--head", "0.1"])
    shrunk = weights_file.load(tmp_path / "run/checkpoint.pt")
    assert {name: tuple(tensor.shape) for name, tensor in shrunk.items()} == shapes(UNITS, 2)
    assert shrunk["headWeights"].norm() < tensors["headWeights"].norm()
    assert f"export.py {tmp_path / 'run'} weights.json" in capsys.readouterr().out

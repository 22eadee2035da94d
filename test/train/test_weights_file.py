import base64
import json

import make_fixture
import network
import numpy as np
import pytest
import torch
import weights_file


@pytest.fixture
def tensors():
    return network.create(6, 4, torch.Generator().manual_seed(1))


def test_round_trips_float_weights_exactly(tensors):
    parsed = json.loads(weights_file.encode(tensors, {}, "float32"))
    for name, tensor in weights_file.decode(parsed, "").items():
        assert torch.equal(tensor, tensors[name])


def test_rounds_to_at_most_half_a_step_of_a_column(tensors):
    parsed = json.loads(weights_file.encode(tensors, {}))
    for name, tensor in weights_file.decode(parsed, "").items():
        if tensor.dim() == 1:
            assert torch.equal(tensor, tensors[name])
        else:
            step = tensors[name].abs().max(0).values / 127
            assert ((tensor - tensors[name]).abs() <= 0.5001 * step).all()


def test_rounds_a_column_of_zeros(tensors):
    tensors["headWeights"][:, 3] = 0
    assert (weights_file.decode(json.loads(weights_file.encode(tensors, {})), "")["headWeights"][:, 3] == 0).all()


def test_refuses_to_write_what_is_no_number(tensors):
    tensors["headBias"][2] = float("nan")
    with pytest.raises(ValueError, match="Expected finite numbers in headBias, got NaN or infinity"):
        weights_file.encode(tensors, {})


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda file: file.update(version=3), "version 1 or 2"),
        (lambda file: file["tensors"]["bias"].update(shape=[7]), "of shape"),
        (lambda file: file["tensors"]["bias"].update(data="AAAA" * 4), "values of bias"),
    ],
)
def test_says_what_is_wrong_with_a_file(tensors, damage, message):
    parsed = json.loads(weights_file.encode(tensors, {}))
    damage(parsed)
    with pytest.raises(ValueError, match=message):
        weights_file.decode(parsed, "a.json")


def test_reads_the_file_of_2016(tmp_path):
    def row(*values):
        return base64.b64encode(np.array(values, np.int16).__add__(127).astype(np.uint8).tobytes()).decode()

    file = [[row(*[127] * 7)], row(*[0] * 7), [row(127, -127, 0, 1)] * 3, [row(127, 0, 0, 0)], row(0, 0, -127, 127)]
    (tmp_path / "old.json").write_text(json.dumps(file))
    tensors = weights_file.load(tmp_path / "old.json")
    assert tensors["headWeights"].tolist() == [[1.5] * 7]
    assert tensors["inputWeights"][0].tolist() == pytest.approx([2, -2, 0, 2 / 127])
    assert tensors["recurrentWeights"][0, 0].item() == pytest.approx(0.8)
    assert tensors["bias"].tolist() == [0, 0, -0.5, 1.5]  # the forget gate's with its 1


@torch.no_grad()
def test_answers_as_the_fixture_that_both_sides_check():
    fixture = json.loads(make_fixture.FIXTURE.read_text())
    found = make_fixture.answers(weights_file.decode(fixture["weights"], ""), fixture["movements"])
    for key, value in fixture["answers"].items():
        assert found[key] == pytest.approx(value, abs=1e-12)

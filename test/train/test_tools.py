"""From recordings to a sheet of writing, as the README of the trainer walks it, with a tiny network."""

import json

import evaluate
import export
import numpy as np
import prepare
import pytest
import sheet
import torch
import train
from PIL import Image
from writing import strokes_of, write


@pytest.fixture(scope="module")
def trained(corpus_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("run")
    small = ["--units", "24", "--mixtures", "3", "--batch", "4", "--chunk", "32", "--rate", "2e-3", "--warmup", "5"]
    train.main([str(corpus_file), "--out", str(out), "--points", "60000", "--decay", "1", *small, "--device", "cpu"])
    return out


def test_exports_weights_that_score_as_the_training_did(trained, corpus_file, tmp_path, capsys):
    out = tmp_path / "weights.json"
    export.main([str(trained), str(out), "--corpus", str(corpus_file), "--name", "loops", "--license", "CC0"])
    said = capsys.readouterr().out
    file = json.loads(out.read_text())
    assert file["name"] == "loops"
    assert file["architecture"] == {"type": "lstm-mdn", "input": 3, "units": 24, "mixtures": 3}
    cost = float(said.split("rounding costs ")[1])
    # the loops are sure to a hair, and 24 cells have none to spare: ink of people and 500 cells cost a hundredth of that
    assert abs(cost) < 0.2

    def together(weights, *more):
        evaluate.main([str(weights), str(corpus_file), *more])
        return [float(line.rsplit(" ", 1)[1]) for line in capsys.readouterr().out.splitlines()]

    (stored,) = together(out)
    (whole,) = together(trained / "checkpoint.pt")
    assert stored - whole == pytest.approx(cost, abs=2e-3)
    exact = tmp_path / "exact.json"
    export.main([str(trained), str(exact), "--corpus", str(corpus_file), "--float"])
    assert float(capsys.readouterr().out.split("rounding costs ")[1]) == pytest.approx(0, abs=1e-6)
    assert len(together(out, "--strides", "0.7", "1", "--scales", "1", "1.25")) == 4


def test_exports_what_one_writer_taught_without_a_score(trained, jsonl, tmp_path, capsys):
    corpus = tmp_path / "one.npz"
    prepare.main([str(jsonl), "--out", str(corpus), "--writers", "w1"])
    out = tmp_path / "mine.json"
    export.main([str(trained), str(out), "--corpus", str(corpus)])
    assert "no unseen writers" in capsys.readouterr().out
    assert json.loads(out.read_text())["format"] == "longhand-weights"


def test_rescales_scores_to_nominal_units(trained, corpus_file):
    """A network that knows nothing of scale would lose exactly the logarithm; so a huge scale must not look good."""
    from corpus import Corpus
    from score import score

    import weights_file

    tensors, corpus = weights_file.load(trained / "checkpoint.pt"), Corpus.load(corpus_file)
    with torch.no_grad():
        nominal, tiny = (sum(score(tensors, corpus, scale=scale)["all"]) for scale in (1, 0.01))
    assert tiny > nominal


def test_scores_the_mixture_as_it_is_sampled_at_a_temperature(trained, corpus_file, capsys):
    evaluate.main([str(trained / "checkpoint.pt"), str(corpus_file), "--temperatures", "0.1", "0.8", "1", "3"])
    cold, cooler, usual, hot = (float(line.rsplit(" ", 1)[1]) for line in capsys.readouterr().out.splitlines())
    assert min(cooler, usual) < min(cold, hot)  # taught people at 1, it is at its best near there
    evaluate.main([str(trained / "checkpoint.pt"), str(corpus_file)])
    assert float(capsys.readouterr().out.rsplit(" ", 1)[1]) == usual


def test_draws_a_sheet_with_ink_at_every_temperature(trained, tmp_path):
    out = tmp_path / "sheet.png"
    given = ["--temperatures", "0.3", "0.7", "--lines", "2", "--points", "150", "--width", "600"]
    sheet.main([str(trained / "checkpoint.pt"), str(out), *given])
    with Image.open(out) as image:
        dark = np.asarray(image.convert("L")) < 128
    rows = np.array_split(dark[:, 60:], 5)
    assert all(row.any() for row in rows[:2])
    assert 0.0005 < dark.mean() < 0.2


def test_writes_the_same_for_the_same_seed(trained):
    import weights_file

    tensors = weights_file.load(trained / "checkpoint.pt")
    first, again, other = (write(tensors, 2, 60, 0.5, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_practises_unseen_before_it_writes(trained):
    import weights_file

    tensors = weights_file.load(trained / "checkpoint.pt")
    plain, practised, again = (write(tensors, 2, 60, 0.5, 1, practice) for practice in (0, 40, 40))
    assert practised.shape == plain.shape == (2, 60, 3)
    assert (practised != plain).any()
    assert (practised == again).all()


def test_cuts_movements_at_the_lifts_of_the_pen():
    movements = np.array([[1, 0, 0], [1, 0, 1], [5, 0, 0], [1, 1, 0], [1, 1, 1], [9, 9, 1]], float)
    strokes = strokes_of(movements)
    assert [stroke.tolist() for stroke in strokes] == [[[1, 0], [2, 0]], [[7, 0], [8, 1], [9, 2]]]

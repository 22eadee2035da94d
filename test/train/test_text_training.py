"""Training the text network: it learns, resumes exactly, and both ways to compute a step agree; what comes out can write."""

import json

import numpy as np
import pytest
import torch
from glyphs import lettered_corpus
from longhand_train import hands, recipe
from longhand_train.__main__ import main
from longhand_train.data.pieces import Pieces
from longhand_train.model import fast
from longhand_train.model.network import Sizes
from longhand_train.report import legibility, picture, reader
from longhand_train.train import Options, Stage, Trainer, options_of
from longhand_train.writing import write

STAGES = [Stage(until=4000, longest=6, alone=0.8, leash=0.03, warmup=5), Stage(until=1e9, longest=14, alone=0.2, warmup=5)]


@pytest.fixture(scope="module")
def corpus():
    return lettered_corpus(rows=16)


def trainer(corpus, folder, **more):
    sizes = Sizes(units=32, window=3, mixtures=4, hand=4)
    return Trainer(corpus, folder, STAGES, sizes, Options(**{"slots": 12, "steps": 16, "check_every": 1000, "threads": 1, **more}))


def test_learns_and_resumes_exactly(corpus, tmp_path):
    whole = trainer(corpus, tmp_path / "whole")
    first = np.mean([whole.learn()["on_target"] for _ in range(4)])
    for _ in range(26):
        whole.enter_stage()
        last = whole.learn()["on_target"]
    assert last < first - 0.5
    parts = trainer(corpus, tmp_path / "parts")
    parts.run(until=12 * 16 * 15)
    again = trainer(corpus, tmp_path / "parts")
    assert again.batches == 15
    again.run(until=12 * 16 * 30)
    for name in whole.params:
        assert torch.equal(whole.params[name], again.params[name]), name
        assert torch.equal(whole.average[name], again.average[name]), name
    entries = [json.loads(line) for line in (tmp_path / "parts" / "log.jsonl").read_text().splitlines()]
    assert [entry["stage"] for entry in entries if "stage" in entry] == [0, 0, 1]


@pytest.mark.skipif(not fast.available(), reason="needs g++")
def test_the_reference_takes_the_same_step_as_the_kernel(corpus, tmp_path):
    found = []
    for use_kernel in (True, False):
        each = trainer(corpus, tmp_path / str(use_kernel))
        if not use_kernel:
            each.kernel = None
        told = [each.learn() for _ in range(3)]
        found.append((told, each.params))
    (fast_told, fast_params), (plain_told, plain_params) = found
    for one, other in zip(fast_told, plain_told):
        assert one == pytest.approx(other, rel=1e-3, abs=1e-3)
    for name in ("b1", "b2", "bp", "bo"):
        assert (fast_params[name] - plain_params[name]).abs().max() < 1e-3, name


def test_checks_and_another_batch_size(corpus, tmp_path):
    each = trainer(corpus, tmp_path)
    measured = each.checks.measure(each.average)
    assert set(measured) == {"text", "shuffled", "on_target", "window"}
    each.run(until=12 * 16 * 2)
    larger = trainer(corpus, tmp_path, slots=18)
    assert larger.batches == 2
    larger.learn()
    assert larger.batches == 3


def test_a_hand_is_fitted_to_rows(corpus, tmp_path):
    each = trainer(corpus, tmp_path)
    for _ in range(20):
        each.learn()
    pieces = Pieces(corpus, splits=(2,))
    writer = next(number for number, words in enumerate(pieces.words) if words)
    rows = hands.rows_of_writer(pieces, writer, 3)
    vector = hands.fit(each.params, rows, steps=8)
    mean = each.params["hands"].mean(0)
    fitted, before = hands.nats(each.params, rows, torch.stack([vector, mean]), placed=True)
    assert fitted < before
    best = hands.best_of(each.params, rows, [0, 1, 2, 3], steps=20, finalists=4)
    assert best == pytest.approx(hands.nats(each.params, rows, each.params["hands"]).min())


def test_a_network_writes_the_same_for_the_same_seed_and_can_be_drawn(corpus, tmp_path):
    each = trainer(corpus, tmp_path)
    vectors = each.params["hands"][:2].numpy()
    lines, again, other = (write(each.params, ["no", "pin"], vectors, 0.5, seed) for seed in (1, 1, 2))
    assert all((one.movements == same.movements).all() for one, same in zip(lines, again))
    assert any(len(one.movements) != len(more.movements) or (one.movements != more.movements).any() for one, more in zip(lines, other))
    assert picture.sheet([line.strokes() for line in lines], ["a", "b"]).size[0] == 1500
    assert picture.draw([]) is None and picture.draw([[(0, 0), (1e6, 0)]]) is None


def test_errors_are_edits_per_letter():
    assert reader.distance("kitten", "sitting") == 3
    assert reader.distance("", "abc") == 3
    assert reader.error_rate(["The cat", ""], ["the cat", "dog"]) == pytest.approx(3 / 10)
    assert len(legibility.SENTENCES) == 100 == len(set(legibility.SENTENCES))


def test_recipes_are_checked(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text('name = "x"\ndata = []\nstages = []\n')
    with pytest.raises(ValueError, match="Expected one to 4 stages, got 0"):
        recipe.Recipe.load(path)
    with pytest.raises(ValueError, match="got speed"):
        options_of(Stage, {"until": 1, "speed": 2})


def test_a_recipe_runs_from_rows_to_weights(tmp_path, capsys):
    """What the README walks, with a tiny network: prepare, align, train, export."""
    from glyphs import WORDS, printed
    from longhand_train.data.jsonl import row_record
    from longhand_train.data.row import Row

    generator = np.random.default_rng(1)
    with open(tmp_path / "rows.jsonl", "w") as file:
        for number in range(48):
            text = " ".join(generator.choice(WORDS, 1 + number % 2))
            row = Row.of(printed(text, generator), writer=f"w{number % 3}", set="s1", text=text, style="printed")
            file.write(json.dumps(row_record(row)) + "\n")
    (tmp_path / "tiny.toml").write_text("""
name = "tiny"
held_writers = 0
[[data]]
file = "rows.jsonl"
[align]
rounds = [[1.0, 8e3, 0.05]]
[network]
units = 16
window = 2
mixtures = 2
hand = 3
[options]
slots = 6
steps = 16
threads = 1
[[stages]]
until = 600
""")
    out = tmp_path / "out"
    main(["run", str(tmp_path / "tiny.toml"), "--data", str(tmp_path), "--out", str(out)])
    (tmp_path / "hands.json").write_text('[{"name": "ash", "writer": "w1"}]')
    command = ["export", str(out / "checkpoint.pt"), str(tmp_path / "tiny.json"), "--hands", str(tmp_path / "hands.json")]
    main([*command, "--corpus", str(out / "aligned.npz")])
    file = json.loads((tmp_path / "tiny.json").read_text())
    assert file["architecture"] | {"units": 16, "hand": 3} == file["architecture"]
    assert [hand["name"] for hand in file["hands"]] == ["ash"]
    assert 1 < file["metrics"]["xHeight"] < 5
    capsys.readouterr()
    for more in ([], ["--int8"]):
        main(["score", str(out / "checkpoint.pt"), str(out / "aligned.npz"), *more])
    exact, stored = (json.loads(line)["text"] for line in capsys.readouterr().out.splitlines())
    assert abs(exact - stored) < 0.05
    main(["sheet", str(tmp_path / "tiny.json"), str(tmp_path / "sheet.png"), "--hands", "0", "--text", "no"])
    assert (tmp_path / "sheet.png").stat().st_size > 500


def test_when_all_input_is_refused_the_reasons_are_told(tmp_path, capsys):
    (tmp_path / "bad.jsonl").write_text('{"writer": "w", "strokes": []}\n')
    with pytest.raises(SystemExit) as ended:
        main(["convert", str(tmp_path / "bad.jsonl"), "--out", str(tmp_path / "out.jsonl")])
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "Expected at least one stroke, got none." in told and "Traceback" not in told
    with pytest.raises(SystemExit):
        main(["convert", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out.jsonl")])

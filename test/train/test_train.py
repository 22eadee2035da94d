import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import mixture
import network
import numpy as np
import prepare
import pytest
import torch
import train
import weights_file
from corpus import Corpus
from stream import Augmentation, Line, Source, chances, common, least_gap

SMALL = ["--units", "12", "--mixtures", "3", "--batch", "4", "--chunk", "16", "--chunks", "3", "--warmup", "5", "--device", "cpu"]
SCRIPT = Path(train.__file__)


def points(batches):
    return str(batches * 4 * 16)


def run(corpus_file, out, *more, other_corpora=()):
    train.main([str(corpus_file), *map(str, other_corpora), "--out", str(out), *SMALL, *more])
    return weights_file.load_checkpoint(out / "checkpoint.pt")


def same(one, other):
    """Whether two checkpoints are equal to the bit."""
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "tolist"):
        return one.tolist() == other.tolist()
    return one == other


def test_learns_the_loops_of_writers_that_it_has_not_seen(corpus_file, tmp_path):
    saved = run(corpus_file, tmp_path, "--points", points(300), "--save", "20", "--units", "24", "--rate", "5e-3")
    validation = [entry["validation"] for entry in saved["log"]]
    assert validation[-1] < validation[0] - 1
    assert validation[-1] < 1.0
    assert (tmp_path / "loss.png").stat().st_size > 5000
    assert (tmp_path / "loss.csv").read_text().count("\n") == len(validation) + 1


@pytest.mark.parametrize("optimiser", ["muon", "adam"])
def test_goes_on_from_a_checkpoint_as_if_nothing_had_happened(corpus_file, tmp_path, optimiser):
    more = ["--points", points(8), "--dropout", "0.1", "--optimiser", optimiser, "--save", "4"]
    whole = run(corpus_file, tmp_path / "whole", *more)
    run(corpus_file, tmp_path / "cut", "--until", points(4), *more)
    resumed = run(corpus_file, tmp_path / "cut", *more)
    assert same(resumed, whole)
    assert resumed["batches"] == 8


@pytest.mark.parametrize("optimiser", ["muon", "adam"])
def test_learns_the_same_with_two_processes_as_with_one(corpus_file, tmp_path, optimiser):
    more = ["--points", points(12), "--save", "3", "--optimiser", optimiser]
    alone = run(corpus_file, tmp_path / "alone", *more)
    # Debian's PyTorch 1.13 reads torchrun's default of these two wrongly on Python 3.11
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node=2", "--redirects=1", "--tee=1"]
    command += ["--master_port=29587", str(SCRIPT), str(corpus_file), "--out", str(tmp_path / "two"), *SMALL, *more]
    subprocess.run(command, check=True, timeout=120, capture_output=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    together = weights_file.load_checkpoint(tmp_path / "two" / "checkpoint.pt")
    for one, other in zip(alone["log"], together["log"]):
        assert other["position"] == pytest.approx(one["position"], abs=1e-4)
        assert other["pen"] == pytest.approx(one["pen"], abs=1e-4)
        assert other["validation"] == pytest.approx(one["validation"], abs=1e-4)
    assert same(alone["lines"], together["lines"])
    for name, tensor in alone["tensors"].items():
        torch.testing.assert_close(together["tensors"][name], tensor, rtol=0, atol=1e-4)


def test_ctrl_c_keeps_what_was_learnt_and_the_same_command_goes_on(corpus_file, tmp_path, monkeypatch, capsys):
    learn = train.Trainer.learn

    def interrupted(trainer):
        if trainer.batches == 2:
            signal.raise_signal(signal.SIGINT)
        return learn(trainer)

    before = signal.getsignal(signal.SIGINT)
    with monkeypatch.context() as patched:
        patched.setattr(train.Trainer, "learn", interrupted)
        stopped = run(corpus_file, tmp_path / "stopped", "--points", points(6))
    assert stopped["batches"] == 3
    assert "stopped; the same command goes on from here" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before
    on = run(corpus_file, tmp_path / "stopped", "--points", points(6))
    through = run(corpus_file, tmp_path / "through", "--points", points(6))
    for saved in (on, through):
        del saved["log"]  # the first has an entry more, from where it was stopped
    assert same(on, through)


def test_begins_with_given_weights(corpus_file, tmp_path):
    first = run(corpus_file, tmp_path / "first", "--points", points(3))
    (tmp_path / "w.json").write_text(weights_file.encode(first["averages"], {}, "float32"))
    options = train.arguments([str(corpus_file), "--out", str(tmp_path), *SMALL, "--weights", str(tmp_path / "w.json")])
    assert same(dict(train.Trainer(options).averages), first["averages"])


def test_says_between_checkpoints_how_far_it_is(corpus_file, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(train, "TELL", 0)
    run(corpus_file, tmp_path, "--points", points(4), "--save", "4")
    told = capsys.readouterr().err.splitlines()
    assert [bool(re.fullmatch(r"0.00 million points; \d+ a second, \d+ minutes left", line)) for line in told[:3]] == [True] * 3
    assert "validation" in told[3]


def test_says_what_batch_a_checkpoint_needs(corpus_file, tmp_path):
    run(corpus_file, tmp_path, "--points", points(2))
    with pytest.raises(SystemExit, match="Expected a batch of 4, as in the checkpoint, got 8"):
        run(corpus_file, tmp_path, "--points", points(4), "--batch", "8")


@pytest.fixture
def other_file(jsonl, corpus_file, tmp_path):
    """Two of the writers, in a corpus of their own."""
    path = tmp_path / "other.npz"
    prepare.main([str(jsonl), "--out", str(path), "--writers", "w1", "w3", "--unit-as", str(corpus_file), "--validation-every", "2"])
    return path


def test_learns_from_several_corpora_and_scores_each(corpus_file, other_file, tmp_path):
    more = ["--shares", "0.3", "0.7", "--save", "4", "--points", points(8)]
    whole = run(corpus_file, tmp_path / "whole", *more, other_corpora=[other_file])
    run(corpus_file, tmp_path / "cut", *more, "--until", points(4), other_corpora=[other_file])
    assert same(run(corpus_file, tmp_path / "cut", *more, other_corpora=[other_file]), whole)
    assert {"validation loops", "validation other"} <= whole["log"][-1].keys()
    assert (tmp_path / "whole" / "loss.csv").read_text().startswith("points,rate,position,pen,validation loops,validation other")


def test_refuses_shares_and_corpora_that_do_not_fit(jsonl, corpus_file, other_file, tmp_path):
    with pytest.raises(SystemExit, match="a share above 0 for each of 2 corpora"):
        run(corpus_file, tmp_path, "--shares", "1", other_corpora=[other_file])
    with pytest.raises(SystemExit, match="a share above 0 for each of 2 corpora"):
        run(corpus_file, tmp_path, "--shares", "1", "0", other_corpora=[other_file])
    prepare.main([str(jsonl), "--out", str(tmp_path / "own.npz"), "--writers", "w1", "w3"])
    with pytest.raises(SystemExit, match="--unit-as and the first corpus"):
        run(corpus_file, tmp_path, other_corpora=[tmp_path / "own.npz"])


def test_what_was_written_at_a_temperature_is_learnt_for_that_temperature(corpus_file, tmp_path):
    corpus = Corpus.load(corpus_file)
    corpus.writers = [replace(writer, temperature=0.5) for writer in corpus.writers]
    corpus.save(tmp_path / "cool.npz")
    options = train.arguments([str(tmp_path / "cool.npz"), "--out", str(tmp_path), *SMALL])
    learning, watching = train.Trainer(options), train.Trainer(options)
    x, y, spread, choice = watching.next_batch()
    assert spread.tolist() == choice.tolist() == [[0.5]] * 4
    logits, _ = network.run(watching.tensors, x, watching.state)
    cool = mixture.temper(logits, 0.5)
    expected = [part.mean().item() for part in mixture.nll(cool, y.reshape(-1, 3))]
    assert learning.learn().tolist() == pytest.approx(expected, abs=1e-5)
    assert mixture.nll(logits, y.reshape(-1, 3))[0].mean().item() != pytest.approx(expected[0], abs=0.01)


def test_people_can_be_learnt_as_what_it_shall_write_at_a_temperature(corpus_file, tmp_path):
    corpus = Corpus.load(corpus_file)
    corpus.writers = [replace(writer, temperature=0.3) for writer in corpus.writers]
    corpus.save(tmp_path / "own.npz")
    given = [str(corpus_file), str(tmp_path / "own.npz"), "--out", str(tmp_path), *SMALL]
    drawn = train.Trainer(train.arguments([*given, "--people-at", "0.6"])).next_batch()[2]
    assert sorted(set(drawn.flatten().tolist())) == pytest.approx([0.3, 0.6])
    with pytest.raises(SystemExit, match="Expected --people-at to be a temperature above 0, or the lowest and the highest, got 0"):
        train.Trainer(train.arguments([*given, "--people-at", "0"]))


def test_people_s_choices_can_be_learnt_for_colder_lines_as_well(corpus_file, tmp_path):
    corpus = Corpus.load(corpus_file)
    corpus.writers = [replace(writer, temperature=0.5) for writer in corpus.writers]
    corpus.save(tmp_path / "own.npz")
    given = [str(corpus_file), str(tmp_path / "own.npz"), "--out", str(tmp_path), *SMALL, "--batch", "40"]
    trainer = train.Trainer(train.arguments([*given, "--people-at", "0.7", "--choices-at", "0.2", "0.8"]))
    _, _, spread, choice = trainer.next_batch()
    of_people = spread.flatten() > 0.6
    assert 5 < of_people.sum() < 35
    assert (choice[~of_people] == spread[~of_people]).all()  # a network's own lines say nothing of other temperatures
    drawn = choice[of_people]
    assert 0.2 <= drawn.min() < 0.35 and 0.65 < drawn.max() <= 0.8
    # it counts in the likelihood: of the ways to go, and of nothing else
    logits = torch.randn(6, 7 * 3 - 2, generator=torch.Generator().manual_seed(4), dtype=torch.float64)
    cold, warm = mixture.temper(logits, 0.7, 0.2), mixture.temper(logits, 0.7)
    assert torch.equal(cold[:, 1:4], logits[:, 1:4] / 0.2)
    assert torch.equal(cold[:, 4:], warm[:, 4:]) and torch.equal(cold[:, 0], warm[:, 0])
    for option in ("--people-at", "--choices-at"):
        for wrong in ("0.8 0.7", "0 0.5", "0.1 0.2 0.3", "-1"):
            with pytest.raises(SystemExit, match=f"Expected {option} to be a temperature above 0, or the lowest and the highest, got {wrong}"):
                train.Trainer(train.arguments([*given, option, *wrong.split()]))
    _, _, spread, choice = train.Trainer(train.arguments([*given, "--people-at", "0.6", "0.9"])).next_batch()
    assert torch.equal(spread, choice)
    assert set(spread[spread < 0.6].tolist()) == {0.5}
    assert 0.8 < spread.max() <= 0.9


def test_puts_its_spread_into_more_and_narrower_ways_if_asked(corpus_file, tmp_path):
    def width(out, *more):
        saved = run(corpus_file, out, "--points", points(150), "--rate", "5e-3", *more)
        corpus = Corpus.load(corpus_file)
        line = torch.from_numpy(corpus.line(corpus.writers[1], corpus.writers[1].rows, np.random.default_rng(1)).astype(np.float32))
        state = network.start_state(1, 12, torch.Generator().manual_seed(1))
        logits, _ = network.run(saved["averages"], line[:, None], state)
        return mixture.log_width(logits).mean()

    assert width(tmp_path / "narrow", "--narrow", "1") < width(tmp_path / "wide") - 0.6


def test_goes_on_exactly_with_choices_at_many_temperatures(corpus_file, tmp_path):
    more = ["--points", points(8), "--people-at", "0.7", "--choices-at", "0.3", "0.8", "--common", "0.5", "--save", "4"]
    whole = run(corpus_file, tmp_path / "whole", *more)
    run(corpus_file, tmp_path / "cut", "--until", points(4), *more)
    assert same(run(corpus_file, tmp_path / "cut", *more), whole)


def test_draws_from_several_corpora_by_their_shares(corpus_file, other_file):
    corpora = [Corpus.load(path) for path in (corpus_file, other_file)]
    sources = [Source(corpus, chances(corpus.split(False), 0), share) for corpus, share in zip(corpora, (1, 3))]
    line = Line(sources, Augmentation(), chunk=8, chunks=1, units=5, seed=2)
    drawn = []
    write = line._write
    line._write = lambda source, writer, count: (drawn.append(source is sources[1]), write(source, writer, count))[1]
    for _ in range(400):
        line.next()
    assert np.mean(drawn) == pytest.approx(0.75, abs=0.07)


def worded(corpus_file, texts):
    """The corpus with other transcripts: to each row of a writer one of these."""
    corpus = Corpus.load(corpus_file)
    corpus.texts = [text for _ in corpus.writers for text in texts]
    return corpus


def test_rows_count_by_how_often_their_words_occur(corpus_file):
    # 4 writers to train on, with six rows each
    one, other = worded(corpus_file, ["The", "the,", "THE", "zebra", "the zebra", "..."]), worded(corpus_file, ["a"] * 6)
    other.writers = [replace(writer, validation=writer.name != "w1") for writer in other.writers]
    weights = common([one, other], 0.5)
    the, zebra = 16**0.5, 8**0.5
    assert weights[0][6:12].tolist() == pytest.approx([the, the, the, zebra, (the + zebra) / 2, 1])
    assert weights[1][:6].tolist() == pytest.approx([6**0.5] * 6)  # what unseen writers wrote is not counted
    assert (common([one], 0)[0] == 1).all()
    one.texts = ()
    assert (common([one], 1)[0] == 1).all()


def test_draws_rows_by_their_weights(corpus_file):
    corpus = worded(corpus_file, ["the", "the", "of", "zebra", "yak", "gnu"])
    drawn = []
    row = corpus.row
    corpus.row = lambda number: (drawn.append(corpus.texts[number]), row(number))[1]
    line = Line([Source(corpus, chances(corpus.split(False), 0), 1.0, common([corpus], 1.0)[0])], Augmentation(), 300, 4, 5, seed=3)
    for _ in range(160):
        line.next()
    # the eight "the" of four writers weigh 8 each, all others 4: 16 of 32 for the two that a writer has
    assert np.mean([text == "the" for text in drawn]) == pytest.approx(16 / 32, abs=0.06)
    assert np.mean([text == "yak" for text in drawn]) == pytest.approx(4 / 32, abs=0.04)


def test_common_words_are_drawn_more_often_if_asked(corpus_file, tmp_path):
    corpus = worded(corpus_file, ["the", "the", "of", "zebra", "yak", "gnu"])
    corpus.save(tmp_path / "words.npz")
    given = [str(tmp_path / "words.npz"), "--out", str(tmp_path), *SMALL]
    weights = train.Trainer(train.arguments([*given, "--common", "0.5"])).lines[0].sources[0].weights
    assert weights[0] / weights[2] == pytest.approx(2**0.5)
    assert (train.Trainer(train.arguments(given)).lines[0].sources[0].weights == 1).all()


def test_who_sets_letters_wide_sets_words_wider(corpus_file):
    assert least_gap(np.array([])) == least_gap(np.array([-2.0, -0.1])) == 1.6
    assert least_gap(np.array([0.5, 1.0, -1.0])) == pytest.approx(1.6 + 1.2)
    assert least_gap(np.array([9.0])) == 4.0

    def gaps(texts):
        """Between the rows of the first line, in sizes: forward leaps wider than any within a row."""
        corpus = worded(corpus_file, texts)
        line = Line([Source(corpus, chances(corpus.split(False), 0))], Augmentation(wander=0.0).times(0), 4000, 1, 5, seed=6)
        x, _, _ = line.next()
        places = np.cumsum(x[:, :2].astype(float), axis=0) * corpus.unit
        reach = np.maximum.accumulate(places[:, 0])
        leaps = places[1:, 0] - reach[:-1]
        return leaps[leaps > 1.1]

    # the loops' own strokes stand some two sizes apart
    words, lines = gaps(["loops"] * 6), gaps(["loops and loops"] * 6)
    assert words.max() == pytest.approx(4.0, abs=0.1)
    assert lines.max() < 3


def line_of(corpus_file, augment=1.0, seed=1, wander=0.0, chunk=16):
    corpus = Corpus.load(corpus_file)
    sources = [Source(corpus, chances(corpus.split(False), 0.6))]
    augmentation = Augmentation(wander=wander).times(augment)
    return Line(sources, augmentation, chunk=chunk, chunks=3, units=5, seed=seed)


def test_targets_are_the_inputs_a_point_later_and_a_writer_begins_with_a_state(corpus_file):
    line = line_of(corpus_file)
    begins, last = 0, None
    for _ in range(12):
        x, y, begin = line.next()
        assert x.shape == y.shape == (16, 3)
        assert (x[1:] == y[:-1]).all()
        if begin is None:
            assert (x[0] == last).all()
        else:
            begins += 1
            assert x[0].tolist() == [0, 0, 0]
            assert begin.shape == (2, 5)
        last = y[-1]
    assert begins == 4  # three chunks by each writer


def test_reads_words_off_the_line_and_asks_for_the_way_back(corpus_file):
    straight, wandering = (line_of(corpus_file, wander=wander, chunk=400) for wander in (0.0, 0.4))
    straight.next(), wandering.next()
    true, read = (np.cumsum(line.inputs[:, :2].astype(float), axis=0) for line in (straight, wandering))
    off = read - true
    np.testing.assert_allclose(off[:, 0], 0, atol=1e-4)
    off = off[:, 1]
    # a word stands as a whole where it stands, and the next one elsewhere
    assert 2 <= (np.abs(np.diff(off)) > 1e-3).sum() <= 20
    # from wherever it stands, the next movement that is asked for ends on the line, or stays in the word
    asked = read[:, 1] + wandering.targets[:, 1] - (true[:, 1] + straight.targets[:, 1])
    jumps = np.abs(wandering.targets[:, 1] - straight.targets[:, 1]) > 1e-3
    assert jumps.any()
    np.testing.assert_allclose(asked[jumps] - asked[jumps][0], 0, atol=1e-3)


def test_smooths_what_people_wrote_and_nothing_else(corpus_file):
    def turning(smooth, temperature=1.0):
        corpus = Corpus.load(corpus_file)
        corpus.writers = [replace(writer, temperature=temperature) for writer in corpus.writers]
        augmentation = Augmentation(wander=0.0, noise=30.0, smooth=smooth).times(0)
        x, _, _ = Line([Source(corpus, chances(corpus.split(False), 0.6))], augmentation, 400, 1, 5, seed=2).next()
        steps = x[1:, :2][x[:-1, 2] == 0]
        return np.abs(np.diff(np.unwrap(np.arctan2(*steps.T)))).mean()

    assert turning(1.0) < 0.7 * turning(0.0)
    assert turning(1.0, temperature=0.5) == turning(0.0, temperature=0.5)


def test_augments_size_and_leaves_it_where_asked(corpus_file):
    def lengths(augment):
        out = []
        for seed in range(40):
            x, _, _ = line_of(corpus_file, augment, seed).next()
            touching = x[1:][x[:-1, 2] == 0]
            out.append((touching[:, :2] ** 2).sum(1).mean() ** 0.5)
        return torch.tensor(out)

    assert lengths(1.0).std() > 2 * lengths(0.0).std()


def test_draws_writers_by_their_points_to_a_power(corpus_file):
    writers = Corpus.load(corpus_file).split(False)
    assert chances(writers, 0).tolist() == pytest.approx([0.25] * 4)
    shares = [writer.points / sum(other.points for other in writers) for writer in writers]
    assert chances(writers, 1).tolist() == pytest.approx(shares)


def test_stops_before_learning_that_ran_away_reaches_a_checkpoint(corpus_file, tmp_path):
    good = run(corpus_file, tmp_path, "--points", points(8), "--until", points(4), "--save", "1")
    for _ in range(2):  # and the same command again
        with pytest.raises(SystemExit, match="learning has run away"):
            run(corpus_file, tmp_path, "--points", points(400), "--save", "1", "--rate", "1e30")
    kept = weights_file.load_checkpoint(tmp_path / "checkpoint.pt")
    assert all(torch.isfinite(tensor).all() for part in ("tensors", "averages") for tensor in kept[part].values())
    assert kept["points"] >= good["points"]


def test_refuses_sizes_that_the_weights_or_the_checkpoint_do_not_have(corpus_file, tmp_path):
    run(corpus_file, tmp_path / "a", "--points", points(1))
    with pytest.raises(SystemExit, match="Got weights of 12 units and 3 mixtures when asked for 13 and 3."):
        run(corpus_file, tmp_path / "b", "--points", points(1), "--weights", str(tmp_path / "a/checkpoint.pt"), "--units", "13")
    with pytest.raises(SystemExit, match="Expected a network of 12 units, as in the checkpoint, got 14."):
        run(corpus_file, tmp_path / "a", "--points", points(2), "--units", "14")


def test_says_that_a_blend_is_to_be_begun_from_and_not_gone_on_with(corpus_file, tmp_path):
    saved = run(corpus_file, tmp_path / "a", "--points", points(1))
    weights_file.save_checkpoint(tmp_path / "mean", saved["averages"])
    with pytest.raises(SystemExit, match="give it as --weights, with another --out"):
        run(corpus_file, tmp_path / "mean", "--points", points(2))

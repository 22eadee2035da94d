import corpus as corpora
import ink
import numpy as np
import prepare
import pytest
from corpus import Corpus


@pytest.fixture(scope="module")
def corpus(corpus_file):
    return Corpus.load(corpus_file)


def test_brings_every_writer_to_one_size_and_one_pace(corpus):
    assert len(corpus.writers) == 6
    for writer in corpus.writers:
        rows = [corpus.row(number) for number in writer.rows]
        assert np.median([points[:, 1].std() for points, _ in rows]) == pytest.approx(1, abs=0.01)
        steps = [ink.resample(points, lengths, writer.stride) for points, lengths in rows]
        joined = ink.mean_step(np.concatenate([step[0] for step in steps]), np.concatenate([step[1] for step in steps]))
        assert joined == pytest.approx(corpora.STEP, rel=0.01)


def test_splits_by_writer(corpus):
    assert [writer.name for writer in corpus.split(True)] == ["w0", "w3"]
    assert [writer.name for writer in corpus.split(False)] == ["w1", "w2", "w4", "w5"]


def test_has_movements_of_standard_deviation_1_over_the_training_writers(corpus):
    generator = np.random.default_rng(0)
    lines = [corpus.line(writer, writer.rows, generator)[:, :2] for writer in corpus.split(False)]
    assert np.concatenate(lines).std() == pytest.approx(1, abs=0.01)


def test_sets_rows_beside_each_other_on_one_line(corpus):
    writer = corpus.writers[1]
    line = corpus.line(writer, writer.rows, np.random.default_rng(2))
    places = np.cumsum(line[:, :2], axis=0) * corpus.unit
    counts = [ink.resample(*corpus.row(number), writer.stride)[1].sum() for number in writer.rows]
    ends = np.cumsum(counts)
    for begin, end, after in zip([0, *ends], ends, ends[1:]):
        gap = places[end:after, 0].min() - places[begin:end, 0].max()
        assert corpora.NEXT_ROW[0] - 1e-6 <= gap <= corpora.NEXT_ROW[1] + 1e-6


def test_scales_a_line_by_what_is_asked(corpus):
    writer = corpus.writers[0]
    once = corpus.line(writer, writer.rows, np.random.default_rng(3))
    twice = corpus.line(writer, writer.rows, np.random.default_rng(3), scale=2)
    np.testing.assert_allclose(twice[:, :2], 2 * once[:, :2])
    assert len(corpus.line(writer, writer.rows, np.random.default_rng(3), stride=2)) < 0.6 * len(once)


def test_filters_and_says_what_it_left_out(jsonl, tmp_path, capsys):
    out = tmp_path / "some.npz"
    prepare.main([str(jsonl), "--out", str(out), "--not-writers", "w0", "--text", "[0-2]$", "--validation-every", "2"])
    said = capsys.readouterr()
    assert "skipped 6: by the filter writer" in said.err
    assert "skipped 15: by the filter text" in said.err
    found = Corpus.load(out)
    assert [len(writer.rows) for writer in found.writers] == [3] * 5
    assert found.texts[:3] == ["loops 0", "loops 1", "loops 2"]


def test_takes_the_unit_that_it_is_given(jsonl, tmp_path):
    given = [str(jsonl), "--out", str(tmp_path / "c.npz")]
    prepare.main(given)
    own = Corpus.load(tmp_path / "c.npz")
    prepare.main([*given, "--unit", str(own.unit * 2)])
    found = Corpus.load(tmp_path / "c.npz")
    of_line = [corpus.line(corpus.writers[0], corpus.writers[0].rows, np.random.default_rng(0)) for corpus in (own, found)]
    np.testing.assert_allclose(of_line[0][:, :2], 2 * of_line[1][:, :2])
    for unit in ("0", "-1", "nan", "inf"):
        with pytest.raises(SystemExit):
            prepare.main([*given, "--unit", unit])


def test_takes_over_the_split_and_the_unit_of_another(jsonl, corpus_file, tmp_path):
    out = tmp_path / "few.npz"
    given = [str(jsonl), "--out", str(out), "--writers", "w3", "w4", "--validation-as", str(corpus_file)]
    prepare.main([*given, "--unit-as", str(corpus_file)])
    found = Corpus.load(out)
    assert [writer.name for writer in found.split(True)] == ["w3"]
    assert found.unit == Corpus.load(corpus_file).unit


def test_leaves_out_rows_that_are_not_their_writers_size(jsonl, tmp_path, capsys):
    import json

    rows = [json.loads(line) for line in jsonl.read_text().splitlines()[:6]]
    rows[2]["strokes"] = [[5 * number for number in stroke] for stroke in rows[2]["strokes"]]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    prepare.main([str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "a.npz")])
    assert "skipped 1: not its writer's size" in capsys.readouterr().err
    assert len(Corpus.load(tmp_path / "a.npz").writers[0].rows) == 5


def test_says_so_where_nothing_is_left(jsonl, tmp_path):
    with pytest.raises(ValueError, match="Expected at least one row that passes the filters, got none"):
        prepare.main([str(jsonl), "--out", str(tmp_path / "a.npz"), "--sets", "none"])


def test_refuses_a_file_that_is_no_corpus(tmp_path):
    np.savez(tmp_path / "a.npz", x=1)
    with pytest.raises(ValueError, match="Expected a corpus written by prepare.py"):
        Corpus.load(tmp_path / "a.npz")


@pytest.mark.parametrize("every", ["1", "0"])
def test_leaves_somebody_to_learn_from(jsonl, tmp_path, capsys, every):
    with pytest.raises(SystemExit):
        prepare.main([str(jsonl), "--out", str(tmp_path / "a.npz"), "--validation-every", every])
    assert f"Expected --validation-every of at least 2, so that some writers are left to train on, got {every}" in capsys.readouterr().err

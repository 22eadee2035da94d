"""Data of the text network: baselines, alignment, window targets, batches, and every format reader."""

import numpy as np
import pytest
import torch
from glyphs import lettered_corpus, printed, printed_corpus, true_letters
from longhand_train import align
from longhand_train.data import alphabet, archive, baseline, ink, pieces, readers
from longhand_train.data.corpus import NO_LETTER, Corpus
from longhand_train.data.pieces import Composer, Pieces, window_targets
from longhand_train.data.row import Report
from longhand_train.data.stream import APART, NO_CHARACTER, Stream

@pytest.fixture(scope="module")
def corpus():
    return lettered_corpus()


def test_rows_stand_on_their_baseline(corpus):
    heights = []
    for row in range(len(corpus)):
        points, lengths, _, _ = corpus.row(row)
        heights.append(np.abs(baseline.turning_points(points, lengths)).min())
    assert np.median(heights) < 0.15


def test_tails_do_not_move_the_baseline():
    generator = np.random.default_rng(1)
    strokes = printed("pppnp", generator)
    points, lengths = np.concatenate(strokes) / 12, np.array([len(stroke) for stroke in strokes])
    assert baseline.densest(baseline.turning_points(points, lengths), prior=0.0) == pytest.approx(0, abs=0.3)


def test_a_single_word_keeps_its_slope_but_for_a_trace():
    points = np.stack([np.linspace(0, 4, 50), 0.15 * np.linspace(0, 4, 50)], 1)
    assert abs(ink.trusted_slope(points, 1.0)) < 0.01
    points = np.stack([np.linspace(0, 60, 500), 0.1 * np.linspace(0, 60, 500)], 1)
    assert ink.trusted_slope(points, 1.0) == pytest.approx(0.1, rel=0.1)


def test_the_corpus_survives_its_file(corpus, tmp_path):
    corpus.save(tmp_path / "corpus.npz")
    again = Corpus.load(tmp_path / "corpus.npz")
    assert np.abs(again.points - corpus.points).max() <= 0.5 / 128 + 1e-6
    assert again.texts == corpus.texts and again.writers == corpus.writers
    assert (again.split == corpus.split).all() and set(corpus.split) == {0, 1, 2}


def test_alignment_finds_the_letters():
    corpus = printed_corpus(rows=24)
    torch.manual_seed(0)
    measured, _ = align.align_corpus(corpus, [(1.0, 6e4, 0.05), (1.0, 6e4, 0.0)], batch=512, log=lambda _: None)
    assert measured[-1]["accuracy"] > 0.6  # of single points, before the order of the letters helps
    right = total = 0
    for row in range(len(corpus)):
        letters, truth = corpus.row(row)[2], true_letters(corpus, row)
        known = letters != NO_LETTER
        right += (letters[known] == truth[known]).sum()
        total += known.sum()
    assert right / total > 0.85


def test_viterbi_finds_the_best_of_all_ways():
    """Against every way that there is, on random scores."""
    generator = np.random.default_rng(4)
    T, S = 7, 3
    scores = generator.normal(size=(1, T, S)).astype(np.float32)
    first = np.array([[True, False, False, True, False, True, False]])
    begins_letter, begins_word = np.array([[False, True, True]]), np.array([[False, False, True]])
    path, fit = align.viterbi(scores, first, begins_letter, begins_word, np.array([S]), np.array([T]))
    best = -np.inf
    for a in range(1, T):
        for b in range(a + 1, T):
            if not first[0, b]:
                continue
            way = np.repeat([0, 1, 2], [a, b - a, T - b])
            value = scores[0, np.arange(T), way].sum() - (0 if first[0, a] else align.INSIDE)
            if value > best:
                best, chosen = value, way
    assert path[0].tolist() == chosen.tolist()
    assert fit[0] == pytest.approx(best / T, rel=1e-5)


def test_window_targets_go_through_letters_jump_over_spaces_and_reach_the_end():
    letters = np.array([0, 0, 0, 0, 1, 1, NO_LETTER, 3, 3, 3, 3, 3, 3, 3, 3])
    targets = window_targets(letters, "ab c")
    assert targets[0] == pytest.approx(-0.225) and targets[3] == pytest.approx(0.225)
    assert targets[6] == targets[5]  # a late dot holds it
    assert targets[7] == pytest.approx(2.4)
    assert targets[-1] == pytest.approx(3.8) and targets[-4] < 3.5
    assert (np.diff(targets) >= 0).all()


def make_stream(corpus, slots=6, steps=40, seed=5):
    found = Pieces(corpus)
    weights = [float(bool(words)) for words in found.words]
    return Stream(Composer(found, weights, 14, 0.3), slots, steps, seed)


def test_batches_follow_each_other_without_a_gap(corpus):
    stream = make_stream(corpus)
    batches = [stream.next() for _ in range(6)]
    inputs = torch.cat([batch.inputs for batch in batches])
    movements = torch.cat([batch.movements for batch in batches])
    reset = torch.cat([batch.reset for batch in batches])
    assert torch.equal(inputs[1:, :, :3][~reset[1:]], movements[:-1][~reset[1:]])
    assert (inputs[reset] == torch.tensor([0.0, 0, 1, 0])).all()
    assert (movements[:-1, :, 2][reset[1:]] == 1).all()  # a row ends with the pen lifted
    position = None
    for batch in batches:
        for slot in range(batch.codes.shape[1] and len(batch.codes)):
            for t in np.flatnonzero(batch.reset[:, slot]):
                begin = int(batch.start[t, slot] + 0.5)
                assert batch.codes[slot, begin] > 0
                assert begin == 0 or (batch.codes[slot, begin - APART : begin] == NO_CHARACTER).all()
        # where a row goes on, its targets do, too, once the shift is taken off
        if position is not None:
            goes_on = ~batch.reset[0]
            step = batch.targets[0] - (position - batch.shift)
            assert (step[goes_on] > -1e-4).all() and (step[goes_on] < 3).all()
        position = batch.targets[-1]


def test_a_stream_resumes_exactly(corpus):
    stream = make_stream(corpus)
    stream.next()
    state = stream.state()
    expected = [stream.next() for _ in range(3)]
    other = make_stream(corpus, seed=99)
    other.restore(state)
    for batch in expected:
        for name, value in vars(other.next()).items():
            assert torch.equal(value, vars(batch)[name]), name


def test_words_of_a_line_are_cut_at_its_spaces(corpus):
    row = next(row for row in range(len(corpus)) if corpus.texts[row].count(" ") == 2 and pieces.cut(corpus, row)[0])
    words, whites = pieces.cut(corpus, row)
    text = corpus.texts[row]
    assert [text[word.begin : word.end] for word in words] == text.split()
    assert sum(len(word.strokes) for word in words) == corpus.strokes_of_row[row]
    assert min(whites) > 1


def test_texts_are_numbers_and_back():
    assert alphabet.decode(np.append(alphabet.encode("Hi ~!"), 0)) == "Hi ~!"
    with pytest.raises(ValueError, match="Expected printable ASCII, got"):
        alphabet.encode("tab\t")


# formats

INK = '<ink xmlns="http://www.w3.org/2003/InkML"><traceFormat><channel name="X"/><channel name="Y"/>{more}</traceFormat>{body}</ink>'


def rows_of(tmp_path, name, content):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = Report()
    return list(readers.read_all([path], report)), list(report.lines())


def test_inkml_takes_the_annotation_of_the_whole_not_of_a_symbol(tmp_path):
    body = '<annotation type="truth">in</annotation><trace>0 0, 0 5</trace><traceGroup><annotation type="truth">n</annotation></traceGroup>'
    rows, _ = rows_of(tmp_path, "a.inkml", INK.format(more="", body=body))
    assert [row.text for row in rows] == ["in"]


def test_inkml_named_xml_is_read_as_what_it_is(tmp_path):
    rows, _ = rows_of(tmp_path, "a.xml", INK.format(more="", body="<trace>0 0, 0 5</trace>"))
    assert rows[0].set == "inkml" and len(rows[0].points) == 2
    rows, why = rows_of(tmp_path, "b.xml", "<svg/>")
    assert not rows and "root 'svg'" in why[0]


def test_inkml_differences_are_summed(tmp_path):
    body = """<trace>100 100 5,'0'6'1,0 6 1,"1"-1"0,2 -1 0,!140 !120 !6</trace>"""
    rows, _ = rows_of(tmp_path, "a.inkml", INK.format(more='<channel name="F"/>', body=body))
    assert rows[0].points.tolist() == [[100, 100], [100, 106], [100, 112], [101, 117], [104, 121], [140, 120]]


def test_inkml_times_are_kept(tmp_path):
    rows, _ = rows_of(tmp_path, "a.inkml", INK.format(more='<channel name="T"/>', body="<trace>0 0 10, 1 1 30</trace>"))
    assert rows[0].times.tolist() == [10, 30]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_doctype_is_refused_in_any_encoding(tmp_path, encoding):
    text = '<?xml version="1.0"?><!DOCTYPE ink [<!ENTITY x "y">]><ink>&x;</ink>'
    rows, why = rows_of(tmp_path, "a.inkml", text.encode(encoding))
    assert not rows and "Expected plain XML, got a DOCTYPE." in why[0]


def test_iam_forms_name_the_writers_of_their_lines(tmp_path):
    line = '<WhiteboardCaptureSession><StrokeSet><Stroke><Point x="1" y="2" time="0.5"/><Point x="1" y="4" time="0.6"/></Stroke></StrokeSet></WhiteboardCaptureSession>'
    form = '<WhiteboardCaptureSession><General><Form id="z-1a" writerID="900"/></General><StrokeSet/></WhiteboardCaptureSession>'
    for name, content in {
        "lineStrokes/z/z-1/z-1a-01.xml": line,
        "lineStrokes/z/z-1/z-1a-02.xml": line,
        "original/z/z-1/strokesa.xml": form,
        "ascii/z/z-1/z-1a.txt": "OCR:\n\nx\n\nCSR:\n\none\ntwo\n",
    }.items():
        rows_of(tmp_path, name, content)
    report = Report()
    rows = list(readers.read_all([tmp_path], report))
    assert [(row.writer, row.text) for row in rows] == [("900", "one"), ("900", "two")]
    assert any("whole form" in line for line in report.lines())


def test_unipen_without_labels_is_one_row(tmp_path):
    rows, _ = rows_of(tmp_path, "a.dat", ".VERSION 1.0\n.COORD X Y T\n.SEGMENT CHARACTER\n.PEN_DOWN\n1 2 3\n1 5 4\n.PEN_UP\n")
    assert len(rows) == 1 and rows[0].text == "" and rows[0].points.tolist() == [[1, -2], [1, -5]]


def test_unipen_reads_segments_through_includes(tmp_path):
    rows_of(tmp_path, "include/x/ink.dat", ".VERSION 1.0\n.WRITER_ID me\n.COORD X Y\n.PEN_DOWN\n1 2\n.PEN_UP\n.PEN_DOWN\n3 4\n.PEN_UP\n")
    rows, _ = rows_of(tmp_path, "data/x.dat", '.VERSION 1.0\n.INCLUDE x/ink.dat\n.SEGMENT WORD 0-1 OK "say \\"hi\\""\n')
    assert [(row.writer, row.text, len(row.lengths)) for row in rows] == [("me", 'say "hi"', 2)]


@pytest.mark.parametrize("segment", ['WORD 0-: OK "x"', "A" + " " * 6000, 'WORD 9 OK "x"'])
def test_bad_unipen_segments_are_skipped_at_once(tmp_path, segment):
    rows, why = rows_of(tmp_path, "a.dat", f".VERSION 1.0\n.COORD X Y\n.PEN_DOWN\n1 2\n.PEN_UP\n.SEGMENT {segment}\n")
    assert len(rows) + len(why) == 1


def test_json_nested_too_deeply_costs_its_own_line_only(tmp_path):
    good = '{"writer": "w", "strokes": [[0, 0, 1, 1]]}\n'
    rows, why = rows_of(tmp_path, "a.jsonl", good + "[" * 100_000 + "\n" + good)
    assert len(rows) == 2 and "nested too deeply" in why[0]


def test_the_archive_becomes_rows_with_codes_for_names(tmp_path):
    ink_file = ".VERSION 1.0\n.WRITER_ID {}\n.COORD X Y\n" + "".join(
        f".PEN_DOWN\n{x} {y}\n{x + 5} {y - 20}\n.PEN_UP\n" for x, y in [(0, 90), (40, 90), (90, 90), (0, 10), (40, 10)]
    )
    for donor, writer in (("abc", "ann"), ("xyz", "bob")):
        rows_of(tmp_path, f"include/{donor}/ink.dat", ink_file.format(writer))
        rows_of(tmp_path, f"data/8/{donor}/a.dat", f'.VERSION 1.0\n.INCLUDE {donor}/ink.dat\n.SEGMENT TEXT 0-2 OK "it \' s , now"\n.SEGMENT TEXT 0-4 OK "two lines"\n')
        rows_of(tmp_path, f"data/7/{donor}/a.dat", f'.VERSION 1.0\n.INCLUDE {donor}/ink.dat\n.SEGMENT WORD 0-1 OK "it"\n')
    counts = archive.convert_archive(tmp_path, tmp_path / "out", Report())
    assert counts == [4, 2]
    lines = list(readers.read_all([tmp_path / "out" / "lines.jsonl.gz"], Report()))
    assert [(row.writer, row.set, row.text, row.multiline) for row in lines[:3]] == [
        ("w001", "s01", "it's, now", False),
        ("w001", "s01", "two lines", True),
        ("w002", "s02", "it's, now", False),
    ]
    assert b"ann" not in (tmp_path / "out" / "words.jsonl.gz").read_bytes()

import json

import numpy as np
import pytest
from readers import read_all
from rows import Report


def read(*paths):
    report = Report()
    return list(read_all([str(path) for path in paths], report)), report


def skipped(report):
    return sum(count for count, _ in report.reasons.values())


def test_reads_json_lines_as_places(tmp_path):
    row = {"writer": "w1", "set": "s1", "text": "hi", "style": "printed", "strokes": [[10, 20, 1, -2, 3, 4], [7, 7]]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n")
    (found,), report = read(tmp_path / "a.jsonl")
    assert found.points.tolist() == [[10, 20], [11, 18], [14, 22], [7, 7]]
    assert found.lengths.tolist() == [3, 1]
    assert (found.writer, found.set, found.text, found.style) == ("w1", "s1", "hi", "printed")
    assert not report.reasons


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        '{"writer":"w","strokes":[]}',
        '{"writer":"w","strokes":[[1,2,3]]}',
        '{"writer":"w","strokes":[["a","b"]]}',
        '{"writer":"w","strokes":[[1e999,0]]}',
        '{"writer":"w","strokes":7}',
        '{"writer":"w","text":5,"strokes":[[0,0,1,1]]}',
    ],
)
def test_names_and_counts_a_bad_line_and_reads_the_next(tmp_path, line):
    good = '{"writer":"w","strokes":[[0,0,1,1]]}'
    (tmp_path / "a.jsonl").write_text(f"{line}\n{good}\n")
    rows, report = read(tmp_path / "a.jsonl")
    assert len(rows) == 1
    assert skipped(report) == 1
    assert "a.jsonl:1" in "".join(report.lines())


def test_takes_null_for_what_is_not_known_and_bytes_that_are_no_text_for_one_bad_row(tmp_path):
    lines = [b'{"writer":"w","text":null,"set":null,"style":null,"strokes":[[0,0,1,1]]}', b'{"writer":"\xe9"}', b'{"writer":"v","strokes":[[5,5]]}']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    (first, second), report = read(tmp_path / "a.jsonl")
    assert (first.text, first.set, first.style, second.writer) == ("", "", "?", "v")
    assert "a.jsonl:2" in "".join(report.lines())


UNIPEN_INK = """.VERSION 1.0
.DATA_ID samples
.COORD X Y T
.WRITER_ID anna
.STYLE PRINTED
.PEN_DOWN
0 0 1
1 5 2
.PEN_UP
.DT 100
.PEN_DOWN
3 3 3
.PEN_UP
.COMMENT text in
  many lines, .PEN_DOWN among it
.PEN_DOWN
4 4 4
5 4 5
.PEN_UP
"""


def unipen(tmp_path, segments, ink=UNIPEN_INK):
    (tmp_path / "data").mkdir()
    (tmp_path / "include" / "don").mkdir(parents=True)
    (tmp_path / "include" / "don" / "ink.dat").write_text(ink)
    (tmp_path / "data" / "a.dat").write_text(f".VERSION 1.0\n.INCLUDE don/ink.dat\n{segments}")
    return read(tmp_path / "data")


def test_reads_unipen_delineations_with_the_ink_that_they_include(tmp_path):
    rows, report = unipen(tmp_path, '.SEGMENT TEXT 0-2 OK "say \\"hi\\""\n.SEGMENT WORD 0,2 ? "so"\n.SEGMENT PAGE 0-2\n')
    assert not report.reasons
    text, word = rows
    assert text.points.tolist() == [[0, 0], [1, -5], [3, -3], [4, -4], [5, -4]]  # y points down now
    assert text.lengths.tolist() == [2, 1, 2]
    assert (text.writer, text.set, text.text, text.style) == ("anna", "samples/TEXT", 'say "hi"', "printed")
    assert word.lengths.tolist() == [2, 2]
    assert word.set == "samples/WORD"


def test_skips_a_segment_of_strokes_that_are_not_there(tmp_path):
    rows, report = unipen(tmp_path, '.SEGMENT TEXT 0-9 OK "no"\n.SEGMENT TEXT 1 OK "."\n')
    assert [row.text for row in rows] == ["."]
    assert "strokes 0 to 2, got stroke 3" in "".join(report.lines())


@pytest.mark.parametrize(
    "ink, message",
    [
        (UNIPEN_INK.replace("1 5 2", "1 5"), "multiple of 3"),
        (UNIPEN_INK.replace("1 5 2", "1 x 2"), "something else than numbers"),
        (UNIPEN_INK.replace("X Y T", "A B T"), "Expected columns X and Y"),
        (".VERSION 1.0\n.INCLUDE ../../secret\n", "inside the folder include"),
        (".VERSION 1.0\n.INCLUDE don/none.dat\n", "Expected the file"),
        (".VERSION 1.0\n.INCLUDE don/ink.dat\n", "include each other"),
    ],
)
def test_skips_a_broken_unipen_file_and_says_why(tmp_path, ink, message):
    rows, report = unipen(tmp_path, '.SEGMENT TEXT 0 OK "a"\n', ink)
    assert rows == []
    assert message in "".join(report.lines())


IAM = """<?xml version="1.0"?><WhiteboardCaptureSession><WhiteboardDescription/><StrokeSet>
<Stroke colour="black"><Point x="1" y="2" time="0.1"/><Point x="3" y="4" time="0.2"/></Stroke>
<Stroke colour="black"><Point x="9" y="9" time="0.3"/></Stroke></StrokeSet></WhiteboardCaptureSession>"""


def test_reads_a_line_of_iam_with_its_transcript(tmp_path):
    place = tmp_path / "lineStrokes" / "a01" / "a01-000"
    text = tmp_path / "ascii" / "a01" / "a01-000"
    place.mkdir(parents=True)
    text.mkdir(parents=True)
    (place / "a01-000u-02.xml").write_text(IAM)
    (text / "a01-000u.txt").write_text("OCR:\n\nno\n\nCSR:\n\nfirst line\nsecond line\n")
    (row,), report = read(tmp_path / "lineStrokes")
    assert row.points.tolist() == [[1, 2], [3, 4], [9, 9]]
    assert row.lengths.tolist() == [2, 1]
    assert (row.writer, row.text) == ("a01-000u", "second line")
    assert not report.reasons


def test_reads_inkml_with_the_channels_that_it_declares(tmp_path):
    (tmp_path / "a.inkml").write_text(
        '<ink xmlns="http://www.w3.org/2003/InkML"><traceFormat><channel name="T"/><channel name="X"/><channel name="Y"/>'
        '</traceFormat><annotation type="truth">ab</annotation><annotation type="writer">me</annotation>'
        "<trace>0 1 2, 1 3 4</trace><trace>5 6 7</trace></ink>"
    )
    (row,), report = read(tmp_path / "a.inkml")
    assert row.points.tolist() == [[1, 2], [3, 4], [6, 7]]
    assert (row.writer, row.text) == ("me", "ab")
    assert not report.reasons


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.inkml", "<ink><trace>1 2, '3 4</trace></ink>"),
        ("a.inkml", "<ink><trace>1</trace></ink>"),
        ("a.inkml", "<ink></ink>"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("a.xml", "<a"),
        ("a.xml", '<a><Stroke><Point x="1"/></Stroke></a>'),
    ],
)
def test_skips_bad_xml_and_counts_it(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    rows, report = read(tmp_path)
    assert rows == []
    assert skipped(report) == 1


def test_leaves_out_what_an_inkml_pen_did_in_the_air_and_refuses_traces_in_pieces(tmp_path):
    (tmp_path / "air.inkml").write_text('<ink><trace>0 0, 1 1</trace><trace type="penUp">1 1, 9 9</trace><trace type="penDown">9 9, 10 9</trace></ink>')
    (tmp_path / "cut.inkml").write_text('<ink><trace id="a">0 0, 1 1</trace><trace continuation="end" priorRef="#a">1 1, 2 2</trace></ink>')
    (row,), report = read(tmp_path / "air.inkml", tmp_path / "cut.inkml")
    assert row.lengths.tolist() == [2, 2]
    assert "continues another" in "".join(report.lines())


def test_passes_over_what_is_no_ink_and_counts_it(tmp_path):
    (tmp_path / "photo.png").write_bytes(np.arange(99, dtype=np.uint8).tobytes())
    rows, report = read(tmp_path)
    assert rows == []
    assert skipped(report) == 1


def test_ends_with_a_clear_word_where_a_named_file_is_missing(tmp_path):
    with pytest.raises(SystemExit, match="no such file"):
        read(tmp_path / "none")

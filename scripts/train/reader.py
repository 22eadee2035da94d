"""A reader program's eye: what tesseract reads in a picture of a line, and how sure it is of it.

It was made for print, and reads handwriting badly. But it is the same for all hands, and never tires.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

X_HEIGHT, LINE, MARGIN = 28, 3, 20  # pixels
DEVIATIONS = 1.5  # an x-height, in standard deviations of y
WIDEST, HIGHEST = 6000, 900  # pixels: what is larger is no line
AT_ONCE = 40  # pictures: the program takes far longer to start than to read one
A_LINE, A_WORD = "7", "8"  # what a picture shows, as the program numbers it


def picture(strokes, pen=LINE):
    """Strokes, a list of (n, 2) places, as a line of black ink, level and of one size; None where they make no line.

    pen: how many pixels wide it is.
    """
    strokes = [stroke for stroke in strokes if len(stroke) > 1]
    if not strokes:
        return None
    places = np.concatenate(strokes)
    x, y = places.T
    height = y.std()
    if not (np.ptp(x) > 0 and height > 0):
        return None
    slope = np.polyfit(x, y, 1)[0]
    scale = X_HEIGHT / (DEVIATIONS * (y - slope * x).std() + 1e-9)
    drawn = [np.stack([stroke[:, 0], stroke[:, 1] - slope * stroke[:, 0]], 1) * scale for stroke in strokes]
    low = np.min([stroke.min(0) for stroke in drawn], 0) - MARGIN
    width, height = (np.max([stroke.max(0) for stroke in drawn], 0) - low + MARGIN).astype(int)
    if width > WIDEST or height > HIGHEST:
        return None
    image = Image.new("L", (2 * width, 2 * height), 255)
    draw = ImageDraw.Draw(image)
    for stroke in drawn:
        draw.line([tuple(place) for place in (stroke - low) * 2], 0, 2 * pen, joint="curve")
    return image.resize((width, height), Image.LANCZOS)


def read(pictures, shows=A_LINE):
    """Yields for every picture what it reads there: a list of (word, confidence from 0 to 100). shows: A_LINE or A_WORD."""
    if not shutil.which("tesseract"):
        raise SystemExit("Found no program tesseract, which reads the lines. Debian: apt-get install tesseract-ocr")
    for begin in range(0, len(pictures), AT_ONCE):
        yield from _read(pictures[begin : begin + AT_ONCE], shows)


def _read(pictures, shows):
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.png" for number in range(len(pictures))]
        for image, file in zip(pictures, files):
            image.save(file, compress_level=1)
        names = Path(folder) / "files.txt"
        names.write_text("\n".join(map(str, files)), encoding="utf-8")
        command = ["tesseract", str(names), "-", "--psm", shows, "-l", "eng", "tsv"]
        one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        table = subprocess.run(command, capture_output=True, check=True, text=True, env=one_thread).stdout
    words = [[] for _ in pictures]
    for row in table.splitlines():
        cells = row.split("\t")
        if cells[0] == "5" and cells[11].strip() and float(cells[10]) >= 0:  # level 5 is a word
            words[int(cells[1]) - 1].append((cells[11], float(cells[10])))
    return words


def sureness(words):
    """The mean confidence in the words of a line; 0 where it reads none."""
    return float(np.mean([confidence for _, confidence in words])) if words else 0.0


def once(words):
    """The words, with no confidence in those that stood before in the line: "the the the" is easy to read, and not what is wanted."""
    seen, changed = set(), []
    for letters, confidence in words:
        changed.append((letters, 0.0 if _plain(letters) in seen else confidence))
        seen.add(_plain(letters))
    return changed


def words_of(file):
    """The words of three letters and more in a list, a line to a word."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in map(_plain, lines) if len(word) >= 3)


def in_words(words, known):
    """The share of its letters that stand in words that are known, each word counted once; 0 where it reads none."""
    different = {_plain(letters): len(letters) for letters, _ in words}
    return sum(length for word, length in different.items() if word in known) / max(1, sum(len(letters) for letters, _ in words))


def mistakes(words, text):
    """The share of a transcript's letters and digits that it reads wrongly (edit distance), may be above 1; inf without a transcript."""
    seen, meant = (_plain(each) for each in ("".join(word for word, _ in words), text))
    if not meant:
        return np.inf
    row = np.arange(len(seen) + 1)
    for letter in meant:
        changed = row[:-1] + [letter != other for other in seen]
        best = np.minimum(changed, row[1:] + 1)
        # an insertion costs one for each letter further along
        row = np.minimum.accumulate(np.concatenate([[row[0] + 1], best]) - np.arange(len(row))) + np.arange(len(row))
    return row[-1] / len(meant)


def _plain(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())

"""What tesseract reads in pictures of lines, and how far that is from what should stand there.

It was made for print and reads handwriting badly. But it is the same for everybody, and never tires.
"""

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

AT_ONCE = 40  # pictures: the program takes far longer to start than to read one


def read(pictures, threads=2):
    """The text that is read in each picture; "" for None."""
    if not shutil.which("tesseract"):
        raise RuntimeError("Expected the program tesseract, got none. On Debian: apt-get install tesseract-ocr")
    present = [number for number, picture in enumerate(pictures) if picture is not None]
    blocks = [present[at : at + AT_ONCE] for at in range(0, len(present), AT_ONCE)]
    out = [""] * len(pictures)
    with ThreadPoolExecutor(threads) as pool:
        for block, texts in zip(blocks, pool.map(lambda block: _read([pictures[number] for number in block]), blocks)):
            for number, text in zip(block, texts):
                out[number] = text
    return out


def _read(pictures):
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.png" for number in range(len(pictures))]
        for image, file in zip(pictures, files):
            image.save(file, compress_level=1)
        names = Path(folder) / "files.txt"
        names.write_text("\n".join(map(str, files)), encoding="utf-8")
        command = ["tesseract", str(names), "-", "--psm", "7", "-l", "eng", "tsv"]
        one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        table = subprocess.run(command, capture_output=True, check=True, text=True, env=one_thread).stdout
    words = [[] for _ in pictures]
    for row in table.splitlines():
        cells = row.split("\t")
        if cells[0] == "5" and cells[11].strip():  # level 5 is a word
            words[int(cells[1]) - 1].append(cells[11])
    return [" ".join(each) for each in words]


def distance(seen, meant):
    """The edit distance of two texts."""
    row = np.arange(len(seen) + 1)
    for letter in meant:
        changed = row[:-1] + [letter != other for other in seen]
        best = np.minimum(changed, row[1:] + 1)
        # an insertion costs one for each letter further along
        row = np.minimum.accumulate(np.concatenate([[row[0] + 1], best]) - np.arange(len(row))) + np.arange(len(row))
    return int(row[-1])


def error_rate(seen, meant):
    """The character error rate over texts: edits per letter, at most 1 each line; case is ignored."""
    edits = sum(min(distance(one.lower(), other.lower()), len(other)) for one, other in zip(seen, meant))
    return edits / sum(map(len, meant))

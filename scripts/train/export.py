"""Turns a training's averaged weights into a weights file, and says what rounding them to int8 costs.

    python3 scripts/train/export.py run weights.json --corpus corpus.npz --name handwriting --license "CC BY 4.0"
"""

import argparse
import hashlib
from pathlib import Path

import torch

import weights_file
from corpus import Corpus
from score import score


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", help="train.py's folder")
    parser.add_argument("out", help="the weights file, .json")
    parser.add_argument("--corpus", help="to measure the cost of rounding on, by its unseen writers")
    parser.add_argument("--most", type=int, default=3000, help="points a writer for that, at most")
    parser.add_argument("--float", action="store_true", help="float32 throughout, four times as large")
    for key in ("name", "description", "license", "attribution"):
        parser.add_argument(f"--{key}", default="")
    return parser.parse_args(given)


def main(given=None):
    options = arguments(given)
    tensors = weights_file.load(Path(options.run) / "checkpoint.pt")
    about = {key: getattr(options, key) for key in ("name", "description", "license", "attribution")}
    text = weights_file.encode(tensors, about, "float32" if options.float else "int8")
    Path(options.out).write_text(text, encoding="utf-8")
    print(f"{options.out}: {len(text.encode()) / 1e6:.2f} MB, sha256 {hashlib.sha256(text.encode()).hexdigest()}")
    corpus = Corpus.load(options.corpus) if options.corpus else None
    if corpus and not corpus.split(True):
        print("no unseen writers in the corpus: what rounding costs cannot be measured")
    elif corpus:
        rounded = weights_file.load(options.out)
        whole, stored = (sum(score(weights, corpus, most=options.most)["all"]) for weights in (tensors, rounded))
        print(f"unseen writers: {whole:.4f} nats a point in float, {stored:.4f} in the file; rounding costs {stored - whole:.4f}")


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()

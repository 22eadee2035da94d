"""Nats a point of weights on the writers of a corpus; lower is better.

    python3 scripts/train/evaluate.py weights.json corpus.npz
    python3 scripts/train/evaluate.py run/checkpoint.pt corpus.npz --strides 0.7 1 1.4 --scales 0.8 1 1.25

Weights are a version-1 file, the 2016 tutorial's file, or a checkpoint of train.py (its averaged weights).
"""

import argparse
from itertools import product

import torch

import weights_file
from corpus import Corpus
from score import score


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("corpus")
    parser.add_argument("--training", action="store_true", help="the writers of training, in the place of the unseen ones")
    parser.add_argument("--most", type=int, metavar="POINTS", help="a writer, at most")
    parser.add_argument("--strides", type=float, nargs="+", default=[1.0], help="times the nominal stride")
    parser.add_argument("--scales", type=float, nargs="+", default=[1.0], help="times the nominal size")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[1.0], help="of the mixture; weights may have learnt people at less")
    parser.add_argument("--writers", action="store_true", help="a line for every writer as well")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args(given)


def main(given=None):
    options = arguments(given)
    corpus = Corpus.load(options.corpus)
    if not corpus.split(not options.training):
        raise SystemExit(f"{options.corpus}: Expected at least one such writer, got none.")
    tensors = {name: tensor.to(options.device) for name, tensor in weights_file.load(options.weights).items()}
    for stride, scale, temperature in product(options.strides, options.scales, options.temperatures):
        found = score(tensors, corpus, not options.training, options.most, stride, scale, temperature, device=options.device)
        position, pen = found["all"]
        at = f"stride {stride:g}, scale {scale:g}, temperature {temperature:g}"
        print(f"{at}: position {position:.4f}, pen {pen:.4f}, together {position + pen:.4f}")
        if options.writers:
            for name, (position, pen, count) in sorted(found["writers"].items()):
                print(f"  {name}: {position + pen:.4f} ({count} points)")


if __name__ == "__main__":
    main()

"""Takes from a network what it would do in states that it never is in.

    python3 scripts/train/shrink.py run weights.json corpus.npz

Training says nothing of directions of the hidden state that writing hardly moves in, and there weights drift to anything.
A hand that begins from a random state begins far out in such directions, and its first movement may be a leap across the
page. So the weights that read the hidden state are replaced by those that give the same in the states of writing, as nearly
as weights can that are small in all directions (ridge regression: Hoerl and Kennard 1970). The states are those of people's
lines under teacher forcing, of every corpus, and of as many lines of its own. Writes run/checkpoint.pt.
"""

import argparse

import numpy as np
import torch

import weights_file
from corpus import Corpus
from lstm import lstm
from writing import write

LINES, POINTS = 80, 500  # of every corpus, and at every temperature
SETTLED = 100  # points, before which the state still tells of where it began
TEMPERATURES = (0.4, 0.8)


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="a folder")
    parser.add_argument("weights", help="a version-1 file or a checkpoint")
    parser.add_argument("corpora", nargs="+", metavar="corpus", help="what people write")
    parser.add_argument("--head", type=float, default=3e-4, help="of the output: a variance of the hidden state that is little")
    parser.add_argument("--recurrent", type=float, default=2e-4, help="the same of the gates")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def states(tensors, movements):
    """Hidden states (N, H) of a network that reads movements (lines, points, 3), without those of the beginning."""
    x = torch.from_numpy(movements.astype(np.float32)).transpose(0, 1).contiguous()
    none = torch.zeros(x.shape[1], tensors["headWeights"].shape[0])
    h = lstm(x, tensors["inputWeights"], tensors["recurrentWeights"], tensors["bias"], none, none)[0]
    return h[SETTLED:].reshape(-1, h.shape[2])


def lines_of(corpus, generator):
    """Movements (LINES, POINTS, 3) of rows of training writers, drawn at random."""
    writers, lines = corpus.split(False), []
    while len(lines) < LINES:
        writer, line = writers[generator.integers(len(writers))], np.zeros((0, 3))
        while len(line) < POINTS:
            line = np.concatenate([line, corpus.line(writer, [generator.integers(writer.rows.start, writer.rows.stop)], generator)])
        lines.append(line[:POINTS])
    return np.stack(lines)


def shrink(tensors, seen, head, recurrent):
    """The tensors, with other weights and biases to read the hidden state by; seen: states (N, H) in which they may hardly change."""
    seen = seen.double()
    mean = seen.mean(0)
    covariance = (seen - mean).T @ (seen - mean) / len(seen)
    out = dict(tensors)
    for weights, bias, little in (("headWeights", "headBias", head), ("recurrentWeights", "bias", recurrent)):
        old = tensors[weights].double()
        new = torch.linalg.solve(covariance + little * torch.eye(len(mean)), covariance @ old)
        out[weights] = new.float()
        out[bias] = (tensors[bias].double() + mean @ (old - new)).float()
    return out


@torch.no_grad()
def main(given=None):
    options = arguments(given)
    tensors = weights_file.load(options.weights)
    generator = np.random.default_rng(options.seed)
    people = [states(tensors, lines_of(Corpus.load(path), generator)) for path in options.corpora]
    own = [states(tensors, write(tensors, LINES, POINTS, temperature, options.seed)) for temperature in TEMPERATURES]
    # as much of either, however many corpora there are
    seen = torch.cat([torch.cat(each)[:: len(each)] for each in (people, own)])
    shrunk = shrink(tensors, seen, options.head, options.recurrent)
    weights_file.save_checkpoint(options.out, shrunk)


if __name__ == "__main__":
    main()

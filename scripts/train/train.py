"""Trains the handwriting network on a corpus, and ends in a folder with float weights, a log and a plot of the loss.

    python3 scripts/train/train.py corpus.npz --out run --points 50e6
    python3 scripts/train/train.py neat.npz all.npz --shares 0.8 0.2 --out run --weights wide.json
    torchrun --nproc_per_node=2 scripts/train/train.py corpus.npz --out run

Teacher forcing over endless lines: a batch is B lines of T points, the state is carried from batch to batch, and the
gradient goes back through those T points (truncated back-propagation through time). Ctrl-C ends the batch and keeps what was
learnt; the same command again goes on exactly from there. A different --points then only moves the end of the schedule.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

import log
import mixture
import network
import weights_file
from corpus import PEOPLE, Corpus
from lstm import lstm, lstm_of_torch
from optimiser import Optimiser
from score import score
from stream import Augmentation, Line, PeopleAt, Source, chances, common

UNITS, MIXTURES = 500, 20  # of fresh weights
TELL = 30  # seconds without a word, at most


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="corpus", help="a .npz that prepare.py wrote, or several")
    parser.add_argument("--shares", type=float, nargs="+", help="of the points that each corpus gives; the same otherwise")
    parser.add_argument("--out", required=True, help="a folder for the checkpoint, the log and the plot")
    parser.add_argument("--weights", help="a weights file to go on from; fresh weights otherwise")
    parser.add_argument("--units", type=int, help="500 unless there are --weights")
    parser.add_argument("--mixtures", type=int, help="20 unless there are --weights")
    parser.add_argument("--points", type=float, default=70e6, help="to learn from, in all")
    parser.add_argument("--optimiser", choices=["muon", "adam"], default="muon", help="of the recurrent weights")
    parser.add_argument("--until", type=float, help="end after so many points, in the middle of the schedule")
    parser.add_argument("--batch", type=int, default=64, help="lines at a time, over all processes")
    parser.add_argument("--chunk", type=int, default=128, help="points of each that the gradient goes back through")
    parser.add_argument("--chunks", type=int, default=12, help="of these, by one writer before the next")
    parser.add_argument("--rate", type=float, default=2e-3, help="of learning, at its highest")
    parser.add_argument("--warmup", type=float, default=100, help="batches until it is reached")
    parser.add_argument("--decay", type=float, default=0.5, help="share of the points over which it falls to nothing at the end")
    parser.add_argument("--clip", type=float, default=1.0, help="norm of the gradient, at most")
    parser.add_argument("--dropout", type=float, default=0.0, help="on the input of the head")
    parser.add_argument("--average", type=float, default=0.998, help="of the weights, how much of the last average stays a batch")
    parser.add_argument("--augment", type=float, default=1.0, help="how much of the augmentation; 0 is the ink as it is")
    parser.add_argument("--wander", type=float, default=0.3, metavar="SIZES", help="how far off the line words are read")
    parser.add_argument("--smooth", type=float, default=0.0, metavar="STEPS", help="what trembles faster than this in people's ink is taken out")
    parser.add_argument(
        "--people-at", type=float, nargs="+", default=[PEOPLE], metavar="T", help="the temperature at which it shall write as people do; or from, to"
    )
    parser.add_argument("--choices-at", type=float, nargs="+", metavar="T", help="another at which it shall choose its ways as they do; or from, to")
    parser.add_argument(
        "--narrow", type=float, default=0.0, metavar="NATS", help="what it costs to make the ways that it could go e times as wide"
    )
    parser.add_argument("--balance", type=float, default=0.6, help="writers by their points to this power; 0 is evenly")
    parser.add_argument("--common", type=float, default=0.0, metavar="POWER", help="rows by how often their words occur, to this power")
    parser.add_argument("--save", type=int, default=200, help="batches between checkpoints and validations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step", choices=["auto", "own", "torch"], default="auto", help="torch's is faster on a GPU only")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args(given)


def span(option, temperatures):
    """One temperature, or the lowest and the highest, as (lowest, highest)."""
    lowest, highest = temperatures[0], temperatures[-1]
    if len(temperatures) > 2 or not 0 < lowest <= highest:
        given = " ".join(f"{temperature:g}" for temperature in temperatures)
        raise SystemExit(f"Expected {option} to be a temperature above 0, or the lowest and the highest, got {given}.")
    return lowest, highest


class Trainer:
    def __init__(self, options):
        self.options = options
        self.rank, self.processes = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        if options.batch % self.processes:
            raise SystemExit(f"Expected a batch that is a multiple of {self.processes} processes, got {options.batch}.")
        self.device = torch.device(options.device)
        if self.device.type == "cuda":
            self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
            torch.backends.cuda.matmul.allow_tf32 = True
        if self.processes > 1 and not dist.is_initialized():
            dist.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
        of_torch = options.step == "torch" or (options.step == "auto" and self.device.type == "cuda")
        self.step = lstm_of_torch if of_torch else lstm
        shares = options.shares or [1.0] * len(options.corpora)
        if len(shares) != len(options.corpora) or min(shares) <= 0:
            raise SystemExit(f"Expected a share above 0 for each of {len(options.corpora)} corpora, got {shares}.")
        self.corpora = [Corpus.load(path) for path in options.corpora]
        units_of_model = [corpus.unit for corpus in self.corpora]
        if max(units_of_model) - min(units_of_model) > 1e-6:
            raise SystemExit(f"Expected corpora of one unit, got {units_of_model}. Prepare them with --unit-as and the first corpus.")

        choices = span("--choices-at", options.choices_at) if options.choices_at else None
        people_at = PeopleAt(span("--people-at", options.people_at), choices)

        torch.manual_seed(options.seed)
        if options.weights:
            tensors = weights_file.load(options.weights)
        else:
            tensors = network.create(options.units or UNITS, options.mixtures or MIXTURES, torch.Generator().manual_seed(options.seed))
        units, outputs = tensors["headWeights"].shape
        mixtures = (outputs - 1) // 6
        if (options.units or units, options.mixtures or mixtures) != (units, mixtures):
            raise SystemExit(f"Got weights of {units} units and {mixtures} mixtures when asked for {options.units} and {options.mixtures}.")
        self.tensors = {name: tensor.to(self.device).requires_grad_() for name, tensor in tensors.items()}
        self.averages = {name: tensor.detach().clone() for name, tensor in self.tensors.items()}
        self.optimiser = Optimiser(self.tensors, options.optimiser, self.processes, self.rank)
        share = options.batch // self.processes
        sources = [
            Source(corpus, chances(corpus.split(False), options.balance), part, weights)
            for corpus, part, weights in zip(self.corpora, shares, common(self.corpora, options.common))
        ]
        augmentation = Augmentation(wander=options.wander, smooth=options.smooth).times(options.augment)
        self.lines = [
            Line(sources, augmentation, options.chunk, options.chunks, units, [options.seed, number], people_at)
            for number in range(self.rank * share, (self.rank + 1) * share)
        ]
        self.state = tuple(torch.zeros(2, share, units, device=self.device))
        self.batches = self.points = 0  # learnt from so far
        self.asked_to_stop = self.stopping = False  # Ctrl-C came here; came to any process, before the last batch was shared
        self.log = []  # a dict for every checkpoint

    def rate(self):
        """Up in a straight line, level, and down in a straight line to nothing."""
        left = 1 - self.points / self.options.points
        return self.options.rate * min(1, (self.batches + 1) / self.options.warmup, max(0, left) / self.options.decay)

    def next_batch(self):
        """Inputs and targets (T, B, 3), and the temperatures of spread and choice (B, 1).

        Lines that begin anew get the state that they bring.
        """
        drawn = [line.next() for line in self.lines]
        x, y = (torch.from_numpy(np.stack([entry[k] for entry in drawn], 1)).to(self.device) for k in (0, 1))
        for number, (_, _, begin) in enumerate(drawn):
            if begin is not None:
                self.state[0][number], self.state[1][number] = torch.from_numpy(begin).to(self.device)
        spread = torch.tensor([[line.spread] for line in self.lines], device=self.device)
        choice = torch.tensor([[line.choice] for line in self.lines], device=self.device)
        return x, y, spread, choice

    def learn(self):
        """One batch; returns its nats a point, of position and pen (2)."""
        x, y, spread, choice = self.next_batch()
        logits, self.state = network.run(self.tensors, x, self.state, self.options.dropout, self.step)
        # what a network wrote at a temperature says what it should write at that temperature
        logits = mixture.temper(logits, spread.repeat(len(x), 1), choice.repeat(len(x), 1))
        position, pen = (part.mean() for part in mixture.nll(logits, y.reshape(-1, 3)))
        price = self.options.narrow * mixture.log_width(logits).mean() if self.options.narrow else 0
        self.optimiser.zero_grad()
        (position + pen + price).backward()
        nats = torch.stack([position.detach(), pen.detach()])
        self.share(nats)
        norm = torch.nn.utils.clip_grad_norm_(self.tensors.values(), self.options.clip)
        if not torch.isfinite(norm):  # before it can reach the weights, and any checkpoint
            raise SystemExit(
                f"Got a gradient that is no number after {self.points / 1e6:.2f} million points: learning has run away. "
                "The last checkpoint stands; go on from it with a lower --rate or --clip."
            )
        self.optimiser.step(self.rate())
        self.batches += 1
        self.points += self.options.batch * self.options.chunk
        keep = min(self.options.average, self.batches / (self.batches + 10))  # a short memory at first
        with torch.no_grad():
            for name, average in self.averages.items():
                average.lerp_(self.tensors[name], 1 - keep)
        return nats

    def share(self, nats):
        """Every process goes on with the mean gradient over all, as if it had seen the whole batch; and all stop at the same one."""
        self.stopping = self.asked_to_stop
        if self.processes == 1:
            return
        stopping = nats.new_tensor([self.stopping])
        parts = [*(tensor.grad for tensor in self.tensors.values()), nats, stopping]
        flat = torch.cat([part.reshape(-1) for part in parts])
        dist.all_reduce(flat)
        flat /= self.processes
        for part, mean in zip(parts, flat.split([part.numel() for part in parts])):
            part.copy_(mean.view_as(part))
        self.stopping = bool(stopping > 0)

    def validate(self):
        """Nats a point on the unseen writers of every corpus that has some, by the averaged weights."""
        found = {}
        for path, corpus in zip(self.options.corpora, self.corpora):
            if corpus.split(True):
                name = "validation" if len(self.corpora) == 1 else f"validation {Path(path).stem}"
                found[name] = sum(score(self.averages, corpus, most=1500, device=self.device)["all"])
        return found

    def checkpoint(self):
        """All that it takes to go on exactly, of all processes together; the same for any number of them."""
        mine = {"lines": [line.state() for line in self.lines], "state": [part.cpu() for part in self.state]}
        everyone = [mine]
        if self.processes > 1:
            everyone = [None] * self.processes
            dist.all_gather_object(everyone, mine)
        return {
            "tensors": {name: tensor.detach().cpu() for name, tensor in self.tensors.items()},
            "averages": {name: tensor.cpu() for name, tensor in self.averages.items()},
            "optimiser": self.optimiser.state_dict(),
            "lines": [line for part in everyone for line in part["lines"]],
            "state": [torch.cat([part["state"][k] for part in everyone]) for k in (0, 1)],
            "random": torch.get_rng_state(),
            "batches": self.batches,
            "points": self.points,
            "log": self.log,
        }

    def restore(self, saved):
        if "lines" not in saved:
            raise SystemExit(
                "Expected a checkpoint of a training run, got one written by blend.py, calm.py, or shrink.py: "
                "give it as --weights, with another --out."
            )
        shapes, wanted = ({name: list(tensor.shape) for name, tensor in part.items()} for part in (saved["tensors"], self.tensors))
        if shapes != wanted:
            raise SystemExit(f"Expected a network of {shapes['headWeights'][0]} units, as in the checkpoint, got {wanted['headWeights'][0]}.")
        if len(saved["lines"]) != self.options.batch:
            raise SystemExit(f"Expected a batch of {len(saved['lines'])}, as in the checkpoint, got {self.options.batch}.")
        with torch.no_grad():
            for name, tensor in self.tensors.items():
                tensor.copy_(saved["tensors"][name])
                self.averages[name].copy_(saved["averages"][name])
        self.optimiser.load_state_dict(saved["optimiser"])
        first = self.rank * len(self.lines)
        for number, line in enumerate(self.lines):
            line.restore(saved["lines"][first + number])
        self.state = tuple(part[first : first + len(self.lines)].to(self.device) for part in saved["state"])
        torch.set_rng_state(saved["random"])
        self.batches, self.points, self.log = saved["batches"], saved["points"], saved["log"]


def save(trainer, folder):
    """The checkpoint appears whole or not at all."""
    saved = trainer.checkpoint()
    if trainer.rank == 0:
        torch.save(saved, folder / "checkpoint.tmp")
        os.replace(folder / "checkpoint.tmp", folder / "checkpoint.pt")
        log.write(trainer.log, folder)


def main(given=None):
    options = arguments(given)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    if (folder / "checkpoint.pt").exists():
        trainer.restore(weights_file.load_checkpoint(folder / "checkpoint.pt"))
        say(trainer, f"going on at {trainer.points / 1e6:.1f} million points" + (", and not from --weights anew" if options.weights else ""))
    until = min(options.until or options.points, options.points)
    # in the middle of a batch nothing is consistent, and so Ctrl-C waits for its end
    before = signal.signal(signal.SIGINT, lambda *_: setattr(trainer, "asked_to_stop", True))
    try:
        train(trainer, until, folder)
    finally:
        signal.signal(signal.SIGINT, before)
    if trainer.points < until:
        say(trainer, "stopped; the same command goes on from here")
    else:
        say(trainer, f"done: python3 scripts/train/export.py {folder} weights.json")


def train(trainer, until, folder):
    """Learns until so many points, or Ctrl-C, with checkpoints on the way and at the end."""
    options = trainer.options
    sums, summed = torch.zeros(2), 0
    begin, begun_at = time.time(), trainer.points
    told = begin
    while trainer.points < until and not trainer.stopping:
        sums += trainer.learn().cpu()
        summed += 1
        last = trainer.points >= until or trainer.stopping
        speed = (trainer.points - begun_at) / (time.time() - begin)
        progress = f"{speed:.0f} a second, {max(0, until - trainer.points) / speed / 60:.0f} minutes left"
        if trainer.batches % options.save == 0 or last:
            position, pen = (sums / summed).tolist()
            sums, summed = torch.zeros(2), 0
            entry = {"points": trainer.points, "rate": trainer.rate(), "position": position, "pen": pen}
            entry |= trainer.validate()
            trainer.log.append(entry)
            text = ", ".join(f"{name} {value:.4f}" for name, value in entry.items() if name not in ("points", "rate"))
            say(trainer, f"{trainer.points / 1e6:.2f} million points: {text}; {progress}")
            save(trainer, folder)
            told = time.time()
        elif time.time() - told > TELL:
            say(trainer, f"{trainer.points / 1e6:.2f} million points; {progress}")
            told = time.time()


def say(trainer, text):
    if trainer.rank == 0:
        print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""Trains the text network: teacher forcing over batches of rows, with a guided attention window.

Half of the rows have the window put on its target: they teach layer 2 and the head the letters. The others run free and
teach the window to keep up with the pen, by a guide and not by the likelihood, whose gradient explodes through the window's
steps. Stages make the texts longer. A run resumes exactly from its checkpoint.
"""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import torch

from .data.pieces import Augmentation, Composer, Pieces, is_ink
from .data.stream import Stream
from .model import fast, mixture, network
from .model.network import Sizes, State
from .model.optimizer import Optimizer

LOST = 1.2  # letters: a free window that is farther from its target teaches layer 2 to ignore the text, so it teaches nothing
LEASHED = 2  # every second slot's free rows are drawn toward their targets, the others never are


@dataclass
class Stage:
    """What a stage of a recipe may set. Points count from the start of the run."""

    until: float
    longest: int = 45  # characters in a row
    alone: float = 0.1  # the share of single words
    on_target: float = 0.5  # the share of rows with the window put on its target
    noise: float = 0.15  # letters: standard deviation of where it is put
    guide: float = 0.3  # weight of the guide
    guide_share: float = 0.1  # of it that trains layer 1
    leash: float = 0.0  # share of the way to its target that the window of every second free row is drawn each step
    rate: float = 2e-3
    end_rate: float | None = None  # the rate falls to this in a straight line over the stage
    warmup: int = 100  # batches
    balance: float = 0.5  # writers by their amount of ink to this power
    no_hand: float = 0.08
    average: float = 0.998


@dataclass
class Options:
    slots: int = 108
    steps: int = 64
    seed: int = 1
    threads: int = 2
    save_every: float = 240.0  # seconds
    check_every: int = 250  # batches
    hand_decay: float = 1e-4
    device: str = "cpu"


class Trainer:
    def __init__(self, corpus, folder, stages, sizes, options):
        self.corpus, self.folder, self.stages, self.options = corpus, Path(folder), stages, options
        self.folder.mkdir(parents=True, exist_ok=True)
        sizes.writers = len(corpus.writers)
        self.sizes = sizes
        self.device = torch.device(options.device)
        torch.backends.cuda.matmul.allow_tf32 = True
        self.params = {name: tensor.to(self.device) for name, tensor in network.create(sizes, options.seed).items()}
        self.average = {name: tensor.clone() for name, tensor in self.params.items()}
        self.optimizer = Optimizer(self.params, options.threads)
        self.pieces = Pieces(corpus)
        self.points, self.batches, self.seconds, self.stage_batches = 0, 0, 0.0, 0
        self.state = State.zero(sizes, options.slots, torch.zeros((), device=self.device))
        self.noise = torch.Generator().manual_seed(options.seed)
        self.stream = Stream(None, options.slots, options.steps, options.seed)
        self.kernel = None
        if self.device.type == "cpu" and fast.available():
            self.kernel = fast.Fast(sizes, options.steps, options.slots, options.threads)
        self.checks = Checks(corpus, sizes, options)
        self.stopping = False
        self.pool = ThreadPoolExecutor(options.threads + 1)
        self.pending = None
        self.stage_number = None
        checkpoint = self.folder / "checkpoint.pt"
        if checkpoint.exists():
            self.restore(torch.load(checkpoint, map_location="cpu", weights_only=True))
        self.enter_stage()

    # stages

    @property
    def stage(self):
        return self.stages[self.stage_number]

    def enter_stage(self):
        number = next((k for k, stage in enumerate(self.stages) if self.points < stage.until), len(self.stages) - 1)
        if number == self.stage_number:
            return
        self.stage_number = number
        stage = self.stage
        amounts = np.array([self.pieces.points_of(writer) for writer in range(len(self.corpus.writers))], float)
        weights = np.where(amounts > 0, np.maximum(amounts, 1) ** stage.balance, 0)
        self.stream.composer = Composer(self.pieces, weights, stage.longest, stage.alone, Augmentation())
        self.stream.no_hand, self.stream.on_target = stage.no_hand, stage.on_target
        self.log({"stage": number, **asdict(stage)})

    def rate(self):
        stage = self.stage
        begin = self.stages[self.stage_number - 1].until if self.stage_number else 0
        rate = stage.rate
        if stage.end_rate is not None:
            share = min(1.0, (self.points - begin) / (stage.until - begin))
            rate += (stage.end_rate - rate) * share
        return rate * min(1.0, (self.batches + 1) / stage.warmup)

    # one batch

    def next_batch(self):
        """The batch drawn ahead, while another is drawn; the stream's state before that goes into checkpoints."""
        batch = self.pending.result() if self.pending else self.stream.next()
        self.stream_state = self.stream.state()
        self.pending = self.pool.submit(self.stream.next)
        return batch.to(self.device)

    def learn(self):
        stage, options = self.stage, self.options
        batch = self.next_batch()
        T, B = batch.targets.shape
        jitter = torch.randn(T, B, generator=self.noise).to(self.device) * stage.noise
        placed = torch.where(batch.on_target, batch.targets + jitter, torch.full_like(jitter, float("nan")))
        leash = torch.zeros(T, B, device=self.device)
        leash[:, 1::LEASHED] = stage.leash
        compute = self._by_kernel if self.kernel else self._by_reference
        gradients, nats, errors = compute(batch, placed, leash)
        gradients["hands"] += options.hand_decay * self.params["hands"]
        norm = self.optimizer.step(gradients, self.rate(), frozen=())
        self.points += T * B
        self.batches += 1
        keep = min(stage.average, self.batches / (self.batches + 10))  # a short memory at first
        for name, average in self.average.items():
            average.lerp_(self.params[name], 1 - keep)
        free = ~batch.on_target
        return {
            "free": float(nats[free].mean()),
            "on_target": float(nats[batch.on_target].mean()),
            "window": float((errors[free] ** 2).mean().sqrt()),
            "norm": norm,
        }

    def _weights(self, batch, errors):
        """The weight of each point's likelihood (T, B), and the guide's gradient on the log steps (T, B, K)."""
        free = ~batch.on_target
        lost = free & (errors.mean(2).abs() > LOST)
        guide = self.stage.guide * errors.clamp(-1.5, 1.5) * free[..., None]
        return (~lost).float() / lost.numel(), guide / lost.numel()

    def _by_kernel(self, batch, placed, leash):
        params, H, K = self.params, self.sizes.units, self.sizes.window
        out, errors = self.kernel.forward(params, batch, self.state, placed, leash)
        weights, guide = self._weights(batch, errors)
        flat, target, weight = out.flatten(0, 1), batch.movements.flatten(0, 1), weights.flatten()
        dout, nats = torch.empty_like(flat), torch.empty(len(flat))
        blocks = [slice(at, at + 1728) for at in range(0, len(flat), 1728)]

        def head(block):
            logits = torch.addmm(params["bo"], flat[block], params["wo"]).requires_grad_()
            each = sum(mixture.nll(logits, target[block]))
            (gradient,) = torch.autograd.grad((each * weight[block]).sum(), logits)
            nats[block] = each.detach()
            torch.mm(gradient, params["wo"].t(), out=dout[block])
            return flat[block].t() @ gradient, gradient.sum(0)

        parts = list(self.pool.map(head, blocks))
        dwo, dbo = sum(part[0] for part in parts), sum(part[1] for part in parts)
        guide = guide.flatten(0, 1)
        dwp, dbp = torch.zeros_like(params["wp"]), torch.zeros_like(params["bp"])
        dwp[:, 2 * K :] = flat[:, :H].t() @ guide
        dbp[2 * K :] = guide.sum(0)
        if self.stage.guide_share:
            dout[:, :H].addmm_(guide, params["wp"][:, 2 * K :].t(), alpha=self.stage.guide_share)
        gradients = self.kernel.backward(dout.view_as(out))
        gradients |= {"wo": dwo, "bo": dbo, "wp": dwp, "bp": dbp}
        return gradients, nats.view(weights.shape), errors.mean(2)

    def _by_reference(self, batch, placed, leash):
        params = {name: tensor.detach().requires_grad_() for name, tensor in self.params.items()}
        logits, errors, guided, self.state = network.run(
            params, batch, self.state, placed, leash, self.stage.guide, self.stage.guide_share
        )
        weights, _ = self._weights(batch, errors)
        nats = sum(mixture.nll(logits.flatten(0, 1), batch.movements.flatten(0, 1))).view(weights.shape)
        loss = (nats * weights).sum() + guided / weights.numel()
        values = torch.autograd.grad(loss, list(params.values()), allow_unused=True)
        gradients = {name: torch.zeros_like(params[name]) if value is None else value for name, value in zip(params, values)}
        return gradients, nats.detach(), errors.mean(2)

    # the run

    def run(self, until=None):
        """Learn until the last stage ends, `until` points are reached, or a signal asks to stop."""
        until = min(until or np.inf, self.stages[-1].until)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: setattr(self, "stopping", True))
        saved, told, sums = time.time(), time.time(), []
        while self.points < until and not self.stopping:
            begun = time.time()
            self.enter_stage()
            sums.append(self.learn())
            self.seconds += time.time() - begun
            if self.batches % self.options.check_every == 0:
                self.log({"check": self.checks.measure(self.average)})
            if time.time() - told > 30:
                mean = {name: round(float(np.mean([entry[name] for entry in sums])), 4) for name in sums[0]}
                self.log({**mean, "rate": self.rate(), "per_second": round(len(sums) * self.options.slots * self.options.steps / (time.time() - told))})
                told, sums = time.time(), []
            if time.time() - saved > self.options.save_every:
                self.save()
                saved = time.time()
        self.save()

    def log(self, entry):
        entry = {"points": self.points, "batches": self.batches, "seconds": round(self.seconds), **entry}
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
        print(json.dumps(entry), flush=True)

    def save(self):
        """Write the checkpoint; the old one stays until the new one is whole."""
        state = {
            "format": "longhand-checkpoint-2",
            "sizes": asdict(self.sizes),
            "writers": [writer.name for writer in self.corpus.writers],
            "params": {name: tensor.cpu() for name, tensor in self.params.items()},
            "average": {name: tensor.cpu() for name, tensor in self.average.items()},
            "optimizer": self.optimizer.state(),
            "state": {name: part.cpu() for name, part in vars(self.state).items()},
            "stream": getattr(self, "stream_state", None) or self.stream.state(),
            "noise": self.noise.get_state(),
            "stage": self.stage_number,
            "points": self.points,
            "batches": self.batches,
            "seconds": round(self.seconds),  # PyTorch 1.13 loads no floats when only weights are allowed
        }
        fresh = self.folder / "checkpoint.new.pt"
        torch.save(state, fresh)
        os.replace(fresh, self.folder / "checkpoint.pt")

    def restore(self, saved):
        if saved["sizes"] != asdict(self.sizes):
            raise ValueError(f"Expected a checkpoint of {asdict(self.sizes)}, got {saved['sizes']}.")
        if saved["writers"] != [writer.name for writer in self.corpus.writers]:
            raise ValueError("Expected the checkpoint's own corpus, got one with other writers.")
        for name in self.params:
            self.params[name].copy_(saved["params"][name])
            self.average[name].copy_(saved["average"][name])
        self.optimizer.restore(saved["optimizer"])
        self.noise.set_state(saved["noise"])
        if len(saved["state"]["h1"]) == self.options.slots:
            self.state = State(**{name: part.to(self.device) for name, part in saved["state"].items()})
            self.stream.restore(saved["stream"])
        else:  # another batch size, as on another device: rows begin anew
            print(f"{self.options.slots} slots instead of {len(saved['state']['h1'])}: all rows begin anew", flush=True)
        self.points, self.batches, self.seconds = saved["points"], saved["batches"], float(saved["seconds"])


class Checks:
    """Nats per point of held-out rows, by the averaged weights: with the text, with its letters shuffled, and on target."""

    SLOTS, CHUNKS = 36, 8

    def __init__(self, corpus, sizes, options):
        self.sizes, self.options = sizes, options
        pieces = Pieces(corpus, splits=(1,))
        weights = [float(bool(words)) for words in pieces.words]
        self.batches = []
        if sum(weights):
            still = Augmentation(0, 0, 0, 0, 0)
            stream = Stream(Composer(pieces, weights, 30, 0.2, still), self.SLOTS, options.steps, 7, no_hand=0, on_target=0)
            self.batches = [stream.next() for _ in range(self.CHUNKS)]
        self.kernel = None
        if options.device == "cpu" and fast.available():
            self.kernel = fast.Fast(sizes, options.steps, self.SLOTS, options.threads)

    def measure(self, params):
        if not self.batches:
            return {}
        free, error = self._nats(params)
        shuffled, _ = self._nats(params, shuffle=True)
        on_target, _ = self._nats(params, put=True)
        return {"text": round(free, 4), "shuffled": round(shuffled, 4), "on_target": round(on_target, 4), "window": round(error, 3)}

    @torch.no_grad()
    def _nats(self, params, shuffle=False, put=False):
        state = State.zero(self.sizes, self.SLOTS, params["b1"])
        total, squares, count = 0.0, 0.0, 0
        generator = torch.Generator().manual_seed(5)
        for number, batch in enumerate(self.batches):
            codes = batch.codes
            if shuffle:
                codes = codes.clone()
                for row in codes:
                    at = torch.nonzero(row > 1).flatten()
                    row[at] = row[at[torch.randperm(len(at), generator=generator)]]
            batch = type(batch)(**{**vars(batch), "codes": codes}).to(params["b1"].device)
            placed = batch.targets if put else None
            if self.kernel:
                out, errors = self.kernel.forward(params, batch, state, placed, snap=1e9)
                logits = out.flatten(0, 1) @ params["wo"] + params["bo"]
            else:
                logits, errors, _, state = network.run(params, batch, state, placed)
                logits = logits.flatten(0, 1)
            nats = sum(mixture.nll(logits, batch.movements.flatten(0, 1)))[is_ink(batch.movements).flatten()]
            total, count = total + float(nats.sum()), count + len(nats)
            squares += float((errors.mean(2) ** 2).mean()) / len(self.batches)
        return total / count, squares**0.5


def options_of(kind, values):
    """A dataclass from a recipe's table; unknown keys are an error."""
    known = {field.name for field in fields(kind)}
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"Expected the keys {', '.join(sorted(known))}, got {', '.join(sorted(unknown))}.")
    return kind(**values)

"""A recipe is a file that says how a network is made: data, alignment, sizes and stages. Running it does what is not done yet."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

import torch

from . import align
from .data import corpus as corpora
from .data.readers import read_all
from .data.row import Report
from .model.network import Sizes
from .train import Options, Stage, Trainer, options_of

MOST_STAGES = 4
KEYS = {"name", "seed", "data", "held_writers", "align", "network", "options", "stages"}


@dataclass
class Recipe:
    name: str
    seed: int
    data: list  # [{file, sets}]
    rounds: list
    sizes: Sizes
    options: Options
    stages: list
    held_writers: int = 20

    @staticmethod
    def load(path):
        parsed = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        unknown = set(parsed) - KEYS
        if unknown:
            raise ValueError(f"{path}: Expected the keys {', '.join(sorted(KEYS))}, got {', '.join(sorted(unknown))}.")
        stages = [options_of(Stage, stage) for stage in parsed["stages"]]
        if not 1 <= len(stages) <= MOST_STAGES:
            raise ValueError(f"{path}: Expected one to {MOST_STAGES} stages, got {len(stages)}.")
        seed = parsed.get("seed", 1)
        options = options_of(Options, {"seed": seed, **parsed.get("options", {})})
        rounds = parsed.get("align", {}).get("rounds", align.ROUNDS)
        sizes = options_of(Sizes, parsed.get("network", {}))
        return Recipe(parsed["name"], seed, parsed["data"], rounds, sizes, options, stages, parsed.get("held_writers", 20))


def rows_of(recipe, folder, report):
    """The rows of the recipe's files that are in its sets; a file without sets gives all of its rows."""
    for part in recipe.data:
        for row in read_all([Path(folder) / part["file"]], report):
            if "sets" not in part or row.set in part["sets"]:
                yield row


def run(recipe, data, out, device=None, until=None, log=print):
    """Do everything that is not done yet: prepare, align, train. Returns the trainer."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    aligned = out / "aligned.npz"
    if not aligned.exists():
        raw = out / "corpus.npz"
        if not raw.exists():
            report = Report()
            corpora.build(rows_of(recipe, data, report), report, recipe.held_writers, seed=recipe.seed).save(raw)
            for line in report.lines():
                log(line)
        corpus = corpora.Corpus.load(raw)
        measured, classifier = align.align_corpus(corpus, recipe.rounds, seed=recipe.seed, log=log)
        torch.save(classifier.state_dict(), out / "classifier.pt")
        (out / "alignment.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        corpus.save(out / "aligned.new.npz")
        (out / "aligned.new.npz").rename(aligned)
    if device:
        recipe.options.device = device
    trainer = Trainer(corpora.Corpus.load(aligned), out, recipe.stages, recipe.sizes, recipe.options)
    trainer.run(until)
    return trainer


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()

"""The command line: python3 -m longhand_train COMMAND …"""

import argparse
import json
import sys
from pathlib import Path

from .machine import settle

settle()  # before PyTorch starts its threads

import torch  # noqa: E402

from . import recipe as recipes  # noqa: E402
from .data.jsonl import row_record  # noqa: E402
from .data.readers import read_all  # noqa: E402
from .data.row import Report  # noqa: E402


def parser():
    top = argparse.ArgumentParser(prog="longhand_train", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)

    run = commands.add_parser("run", help="do everything of a recipe that is not done yet")
    run.add_argument("recipe")
    run.add_argument("--data", default="data", help="the folder that the recipe's files are in")
    run.add_argument("--out", required=True, help="a folder for the corpus, the checkpoint and the log")
    run.add_argument("--device", help="cpu or cuda; as in the recipe otherwise")
    run.add_argument("--until", type=float, help="stop after so many points, in the middle of the schedule")

    convert = commands.add_parser("convert", help="recordings of any format -> JSON lines")
    convert.add_argument("inputs", nargs="+", help="files or folders")
    convert.add_argument("--out", required=True, help="a .jsonl or .jsonl.gz file")

    archive = commands.add_parser("archive", help="the published UNIPEN archive, unpacked -> lines.jsonl.gz and words.jsonl.gz")
    archive.add_argument("folder", help="with data/ and include/")
    archive.add_argument("--out", required=True, help="a folder")

    sheet = commands.add_parser("sheet", help="a picture of what the network writes, a line for each hand")
    sheet.add_argument("weights", help="a checkpoint or a version-2 weights file")
    sheet.add_argument("out", help="a .png file")
    sheet.add_argument("--hands", type=int, nargs="+", default=list(range(12)))
    sheet.add_argument("--temperature", type=float, default=0.3)
    sheet.add_argument("--text", nargs="+", default=["The river was quiet this morning."])
    sheet.add_argument("--seed", type=int, default=1)

    legibility = commands.add_parser("legibility", help="the character error rate of tesseract on what the network writes")
    legibility.add_argument("weights", help="a checkpoint or a version-2 weights file")
    legibility.add_argument("--hands", type=int, nargs="+")
    legibility.add_argument("--sentences", type=int, default=100)
    legibility.add_argument("--temperature", type=float, default=0.3)
    legibility.add_argument("--seed", type=int, default=1)

    people = commands.add_parser("people", help="the character error rate of tesseract on people's own rows, writer by writer")
    people.add_argument("corpus")
    people.add_argument("--out", required=True, help="a .json file: {writer: rate}")
    people.add_argument("--rows", type=int, default=12, help="of each writer")

    score = commands.add_parser("score", help="nats per held-out point: with the text, with its letters shuffled, and on target")
    score.add_argument("checkpoint")
    score.add_argument("corpus", help="with letters")
    score.add_argument("--int8", action="store_true", help="of the weights as a file would hold them")

    unseen = commands.add_parser("unseen", help="fit hands to held-out writers' lines, and compare on their other lines")
    unseen.add_argument("checkpoint")
    unseen.add_argument("corpus", help="with letters")

    export = commands.add_parser("export", help="a checkpoint -> a version-2 weights file")
    export.add_argument("checkpoint")
    export.add_argument("out")
    export.add_argument("--hands", required=True, help='a .json file: [{"name": …, "writer": …}], from neat to wild')
    export.add_argument("--corpus", required=True, help="for the metrics")
    export.add_argument("--name", default="scribe")
    return top


def load(path):
    """A checkpoint's averaged weights, or a weights file's -> (params, names of the hands)."""
    if str(path).endswith(".pt"):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        return saved["average"], saved["writers"]
    from .model.weights_file import decode

    params, names, _ = decode(Path(path).read_text(encoding="utf-8"))
    return params, names


def main(given=None):
    options = parser().parse_args(given)
    try:
        COMMANDS[options.command](options)
    except (ValueError, RuntimeError, OSError, KeyError) as error:
        print(f"longhand_train: {error}", file=sys.stderr)
        raise SystemExit(1) from None


def run(options):
    recipes.run(recipes.Recipe.load(options.recipe), options.data, options.out, options.device, options.until)


def convert(options):
    import gzip

    report, count = Report(), 0
    opener = gzip.open if options.out.endswith(".gz") else open
    rows = read_all(options.inputs, report)
    with opener(options.out, "wt", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row_record(row), separators=(",", ":")) + "\n")
            count += 1
    for line in report.lines():
        print(line, file=sys.stderr)
    if not count:
        raise ValueError("Expected at least one row of ink, got none; the reasons are above.")
    print(f"{count} rows")


def archive(options):
    from .data.archive import convert_archive

    report = Report()
    lines, words = convert_archive(options.folder, options.out, report)
    for line in report.lines():
        print(line, file=sys.stderr)
    print(f"{lines} lines, {words} words")


def sheet(options):
    from .report.picture import sheet as picture
    from .writing import write

    params, names = load(options.weights)
    texts = [text for _ in options.hands for text in options.text]
    hands = [hand for hand in options.hands for _ in options.text]
    lines = write(params, texts, params["hands"][hands].numpy(), options.temperature, options.seed)
    picture([line.strokes() for line in lines], [names[hand] for hand in hands]).save(options.out)


def legibility(options):
    from .report.legibility import of_network

    params, names = load(options.weights)
    hands = options.hands or list(range(len(names)))
    rates, strays = of_network(params, params["hands"][hands].numpy(), options.temperature, options.sentences, options.seed)
    for hand, rate, stray in zip(hands, rates, strays):
        print(f"{names[hand]}: {rate:.3f}, {stray} strays of {options.sentences}")
    print(f"mean {rates.mean():.3f}, median {sorted(rates)[len(rates) // 2]:.3f}, strays {strays.sum()} of {len(hands) * options.sentences}")


def people(options):
    from .data.corpus import Corpus
    from .report.legibility import of_people

    corpus = Corpus.load(options.corpus)
    rates = of_people(corpus, options.rows)
    named = {corpus.writers[writer].name: round(rate, 4) for writer, rate in sorted(rates.items(), key=lambda item: item[1])}
    Path(options.out).write_text(json.dumps(named, indent=0) + "\n", encoding="utf-8")
    best = list(named.values())
    print(f"best ten {best[0]:.3f} to {best[min(9, len(best) - 1)]:.3f}, best twenty mean {sum(best[:20]) / len(best[:20]):.3f}")


def score(options):
    from .data.corpus import Corpus
    from .model import weights_file
    from .model.network import Sizes
    from .train import Checks, Options

    saved = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    params = saved["average"]
    if options.int8:
        hands = list(zip(saved["writers"], params["hands"].tolist()))
        params, *_ = weights_file.decode(weights_file.encode(params, hands, {}, {}))
    checks = Checks(Corpus.load(options.corpus), Sizes.of(params), Options())
    if not checks.batches:
        raise ValueError("Expected held-out rows with letters in the corpus, got none.")
    print(json.dumps({"points": saved["points"], **checks.measure(params)}))


def unseen(options):
    from .data.corpus import Corpus
    from .hands import unseen as compare

    params, _ = load(options.checkpoint)
    corpus = Corpus.load(options.corpus)
    trained = sorted(set(corpus.writer_of_row[corpus.split == 0].tolist()))
    found = compare(params, corpus, trained)
    if not found:
        raise ValueError("Expected held-out writers with at least ten rows, got none.")
    fitted, best, mean = (sum(each[k] for each in found) / len(found) for k in (1, 2, 3))
    won = sum(each[1] < each[2] for each in found)
    print(f"mean of {len(found)}: fitted {fitted:.3f}, best trained {best:.3f}, mean hand {mean:.3f}; fitted is best for {won}")


def export(options):
    from .data.corpus import Corpus
    from .export import export_checkpoint

    saved = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    hands = json.loads(Path(options.hands).read_text(encoding="utf-8"))
    text = export_checkpoint(saved, Corpus.load(options.corpus), hands, options.name)
    Path(options.out).write_text(text, encoding="utf-8")
    print(f"{options.out}: {len(text) / 1e6:.2f} MB, sha256 {recipes.sha256(options.out)}")


COMMANDS = {"run": run, "convert": convert, "archive": archive, "sheet": sheet, "legibility": legibility, "people": people, "score": score, "unseen": unseen, "export": export}

if __name__ == "__main__":
    main()

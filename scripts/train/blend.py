"""The mean of several checkpoints: often a better hand than any of them, if they come from one training.

    python3 scripts/train/blend.py run early.pt late.pt
    python3 scripts/train/blend.py run one.pt other.pt --shares 0.3 0.7

Networks that were trained from the same beginning lie in one valley, and the middle of it is flatter than its sides:
Wortsman et al. 2022, Model soups, arXiv:2203.05482. Strangers to each other do not, and their mean is noise.
Writes run/checkpoint.pt, which export.py, sheet.py, drift.py and train.py --weights take; a training cannot be resumed from it.
"""

import argparse

import weights_file


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="a folder")
    parser.add_argument("weights", nargs="+", help="checkpoints or weights files, two or more")
    parser.add_argument("--shares", type=float, nargs="+", help="of each, in any unit; the same otherwise")
    options = parser.parse_args(given)
    options.shares = options.shares or [1.0] * len(options.weights)
    if len(options.weights) < 2:
        parser.error("Expected two or more networks, got one")
    if len(options.shares) != len(options.weights) or min(options.shares) < 0 or sum(options.shares) <= 0:
        parser.error(f"Expected --shares to be {len(options.weights)} numbers of at least 0, not all 0, got {options.shares}")
    return options


def blend(networks, shares):
    """Tensors by name, of each network -> their weighted mean."""
    shapes = [{name: tuple(tensor.shape) for name, tensor in network.items()} for network in networks]
    if any(other != shapes[0] for other in shapes[1:]):
        raise ValueError(f"Expected networks of one architecture, got {len({str(other) for other in shapes})} architectures.")
    total = sum(shares)
    return {name: sum(share / total * network[name] for share, network in zip(shares, networks)) for name in networks[0]}


def main(given=None):
    options = arguments(given)
    mean = blend([weights_file.load(path) for path in options.weights], options.shares)
    weights_file.save_checkpoint(options.out, mean)


if __name__ == "__main__":
    main()

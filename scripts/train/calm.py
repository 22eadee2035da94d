"""Takes from a network the leaps that it makes once in some thousand letters at a high temperature.

    python3 scripts/train/calm.py run weights.json

After a lift of the pen the next stroke may begin far off, and so some of the normal distributions there are wide. In a
few states of writing they are so wide that the pen may land pages away. Here the network writes by itself, and in the states
in which it then is its output, and nothing else, learns to leave no probability to leaps, and to stay what it was otherwise:
above all in all the states in which it would not leap. So it does in the random states that lines begin from, whose farthest leap.
Writes run/checkpoint.pt.
"""

import argparse
import math

import torch

import mixture
import weights_file
from network import output
from writing import steps

LEAP = 25.0  # model units, some nine small letters: more than from a word to the next, or back to a t that is to be crossed
LEAP_UP = 15.0  # more than from the foot of a tail to the top of a tall letter; up or down
KEPT, RARE = 10.0, 0.1  # what a square of change of the output costs where it does not leap, and in the few states where it might
OTHERS = 8  # of how many states without a lift before them one is kept
BATCH = 4096
BEGINNINGS, BEGINNING = 20_000, 3  # lines of so few points: what a random state leads to is seen nowhere else


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="a folder")
    parser.add_argument("weights", help="a version-1 file or a checkpoint")
    parser.add_argument("--temperature", type=float, default=0.9, help="at which it writes, and shall not leap")
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--points", type=int, default=2000, help="a line")
    parser.add_argument("--batches", type=int, default=1200, help="to learn from")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--weight", type=float, default=3.0, help="of a leap, against what is changed of the output")
    parser.add_argument("--seed", type=int, default=11)
    return parser.parse_args(given)


def chance_of_leap(logits, temperature=1.0):
    """Logits (…, 1 + 6M) -> the probability (…) that the next movement goes farther than LEAP to the left or right, or LEAP_UP up or down.

    Where both may happen at once they are counted twice.
    """
    _, pi, mu1, mu2, sigma1, sigma2, _ = mixture.split(mixture.temper(logits, temperature))
    beyond = _beyond(LEAP, mu1, sigma1) + _beyond(LEAP_UP, mu2, sigma2)
    return (torch.softmax(pi, -1) * beyond).sum(-1)


def _beyond(most, mu, log_sigma):
    """The probability that a normal variable is above most, or below -most."""
    root_2_sigma = math.sqrt(2) * torch.exp(log_sigma)
    return (torch.erfc((most - mu) / root_2_sigma) + torch.erfc((most + mu) / root_2_sigma)) / 2


@torch.no_grad()
def states(tensors, lines, points, temperature, seed):
    """Hidden states (N, H) of a network that writes by itself: all after a lift of the pen, and some of the others."""
    generator = torch.Generator().manual_seed(seed)
    lifted, kept = torch.zeros(lines, dtype=torch.bool), []
    for _, (movements, h) in zip(range(points), steps(tensors, lines, temperature, seed)):
        kept.append(h[lifted | (torch.rand(lines, generator=generator) < 1 / OTHERS)])
        lifted = movements[:, 2] > 0.5
    return torch.cat(kept)


@torch.no_grad()
def beginnings(tensors, temperature, seed):
    """The first hidden states (N, H) of lines that begin from random states."""
    return torch.cat([h for _, (_, h) in zip(range(BEGINNING), steps(tensors, BEGINNINGS, temperature, seed))])


def calm(tensors, seen, first, temperature, batches, rate, weight, seed=0):
    """The tensors, with an output that leaves leaps no probability in the states seen, and the first of a line, (N, H) both.

    What a line begins with leaps in the farthest of its random states, which differ from the others in nothing but how far they
    are: there it may change in all of them, if only a little.
    """
    generator = torch.Generator().manual_seed(seed)
    old, old_first = output(tensors, seen), output(tensors, first)
    head = {name: tensors[name].clone().requires_grad_() for name in ("headWeights", "headBias")}
    # what leaps is one state in a hundred: let a batch hold as many of those as of all others
    rare = torch.argsort(-chance_of_leap(old, temperature))[: max(1, len(seen) // 50)]
    optimiser = torch.optim.Adam(head.values(), rate)
    for batch in range(batches):
        optimiser.param_groups[0]["lr"] = rate * (1 - batch / batches)
        some_rare, some, begun = (torch.randint(count, (BATCH // 2,), generator=generator) for count in (len(rare), len(seen), len(first)))
        some = torch.cat([rare[some_rare], some])
        logits = output(head, torch.cat([seen[some], first[begun]]))
        leaps = sum(chance_of_leap(logits, temperature).chunk(3)) / 2  # of the three parts one came later: the others weigh what they did
        rare_change, change, first_change = ((logits - torch.cat([old[some], old_first[begun]])) ** 2).mean(-1).chunk(3)
        loss = (RARE * (rare_change + first_change) + KEPT * change + weight * leaps).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return tensors | {name: tensor.detach() for name, tensor in head.items()}


def main(given=None):
    options = arguments(given)
    tensors = weights_file.load(options.weights)
    seen = states(tensors, options.lines, options.points, options.temperature, options.seed)
    first = beginnings(tensors, options.temperature, options.seed + 2)
    calmed = calm(tensors, seen, first, options.temperature, options.batches, options.rate, options.weight, options.seed)
    for name, of in (("before", tensors), ("after", calmed)):
        fresh = states(of, options.lines, options.points // 4, options.temperature, options.seed + 1)
        chance, begun = (chance_of_leap(output(of, some), options.temperature) for some in (fresh, beginnings(of, options.temperature, options.seed + 3)))
        print(f"{name}: a leap has a chance of {chance.mean():.2g}, of {chance.max():.2g} at most; at a line's beginning {begun.mean():.2g}")
    weights_file.save_checkpoint(options.out, calmed)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()

"""The text network in plain PyTorch: the reference that everything faster is compared with.

Graves 2013, "Generating Sequences With Recurrent Neural Networks", section 5, with the height of the pen as an input and a
hand, a vector, on the gate biases.

    x_t = [dx, dy, pen, y/4]
    layer 1: LSTM over [x_t, e, w_{t-1}, h1_{t-1}]
    window:  [a, b, k] = h1·wp + bp;  kappa += exp k;  phi(u) = sum_k exp(a_k) exp(-exp(b_k) (kappa_k - u)²)
    layer 2: LSTM over [x_t, e, w_t, h1_t, h2_{t-1}]
    head:    [h1, h2]·wo + bo -> 1 + 6M logits

Parameters hold what one product needs in one matrix: l1 (4+E+A+H, 4H) is x1, c1, w1, r1 on each other, and l2
(4+E+A+2H, 4H) is x2, c2, w2, i2, r2. Gates are in the order i, g, f, o.
"""

import math
from dataclasses import dataclass

import torch

INPUT = 4
GREATEST_STEP = 1.0  # log: the window moves by e letters at once at most
SNAP = 2.0  # letters: a window that strays farther in training is put back on its target
SPEED = 1 / 25  # characters per point, at first
BETAS = (2.5, 6.7)  # a sharp window: about a letter wide


@dataclass
class Sizes:
    units: int = 400
    alphabet: int = 96
    window: int = 10
    mixtures: int = 20
    hand: int = 16
    writers: int = 1

    def shapes(self):
        H, A, K, E = self.units, self.alphabet, self.window, self.hand
        return {
            "l1": (INPUT + E + A + H, 4 * H),
            "b1": (4 * H,),
            "l2": (INPUT + E + A + 2 * H, 4 * H),
            "b2": (4 * H,),
            "wp": (H, 3 * K),
            "bp": (3 * K,),
            "wo": (2 * H, 1 + 6 * self.mixtures),
            "bo": (1 + 6 * self.mixtures,),
            "hands": (self.writers, E),
        }

    def rows(self):
        """Where the parts of l1 and l2 are: name -> (tensor, first row, end)."""
        H, A, E = self.units, self.alphabet, self.hand
        x, e, w, h, g = 0, INPUT, INPUT + E, INPUT + E + A, INPUT + E + A + H
        first = {"x1": (x, e), "c1": (e, w), "w1": (w, h), "r1": (h, g)}
        second = {"x2": (x, e), "c2": (e, w), "w2": (w, h), "i2": (h, g), "r2": (g, g + H)}
        return {name: ("l1", *ends) for name, ends in first.items()} | {name: ("l2", *ends) for name, ends in second.items()}

    @staticmethod
    def of(params):
        H = params["b1"].shape[0] // 4
        E = params["hands"].shape[1]
        return Sizes(
            units=H,
            alphabet=params["l1"].shape[0] - INPUT - E - H,
            window=params["bp"].shape[0] // 3,
            mixtures=(params["bo"].shape[0] - 1) // 6,
            hand=E,
            writers=params["hands"].shape[0],
        )


def create(sizes, seed=1):
    """Fresh parameters. The window is sharp and moves at SPEED; gates remember (forget bias 1)."""
    generator = torch.Generator().manual_seed(seed)
    normal = lambda shape, std: torch.randn(shape, generator=generator) * std
    H, K, M = sizes.units, sizes.window, sizes.mixtures
    shapes, rows = sizes.shapes(), sizes.rows()
    params = {name: torch.zeros(shape) for name, shape in shapes.items()}
    spread = {"x": 0.3, "c": 0.1, "w": 0.15, "r": 1 / math.sqrt(H), "i": 0.7 / math.sqrt(H)}
    for name, (tensor, first, end) in rows.items():
        params[tensor][first:end] = normal((end - first, 4 * H), spread[name[0]])
    for bias in ("b1", "b2"):
        params[bias][2 * H : 3 * H] = 1.0
    params["bp"][:K] = math.log(1 / K)
    params["bp"][K : 2 * K] = torch.linspace(math.log(BETAS[0]), math.log(BETAS[1]), K)
    params["bp"][2 * K :] = math.log(SPEED)
    params["wo"] = normal(shapes["wo"], 1 / math.sqrt(2 * H))
    params["bo"][1 : 1 + M] = 0.0
    params["bo"][1 + M : 1 + 3 * M] = normal((2 * M,), 0.5)
    params["hands"] = normal(shapes["hands"], 0.1)
    return params


@dataclass
class State:
    h1: torch.Tensor  # (B, H)
    c1: torch.Tensor
    h2: torch.Tensor
    c2: torch.Tensor
    kappa: torch.Tensor  # (B, K)
    w: torch.Tensor  # (B, A)

    @staticmethod
    def zero(sizes, batch, like=None):
        like = torch.zeros(()) if like is None else like
        H = sizes.units
        zeros = [like.new_zeros(batch, H) for _ in range(4)]
        return State(*zeros, like.new_full((batch, sizes.window), -0.5), like.new_zeros(batch, sizes.alphabet))

    def detach(self):
        return State(*(part.detach() for part in vars(self).values()))


def cell(a, c, layer, bias):
    """One LSTM step: a (B, N) all inputs, c (B, H) -> h, c."""
    i, g, f, o = (a @ layer + bias).chunk(4, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def window(kappa, alpha, beta, codes, alphabet):
    """kappa, alpha, beta (B, K), codes (B, U) -> w (B, A), phi (B, U). Empty places (-1) give nothing."""
    u = torch.arange(codes.shape[1], device=codes.device, dtype=kappa.dtype)
    phi = (alpha[:, :, None] * torch.exp(-beta[:, :, None] * (kappa[:, :, None] - u) ** 2)).sum(1)
    present = phi * (codes >= 0)
    w = phi.new_zeros(len(codes), alphabet).scatter_add(1, codes.clamp(min=0).long(), present)
    return w, phi


def hand_vectors(params, writers):
    """(…) writer numbers -> (…, E); -1 is the zero hand."""
    return params["hands"][writers.clamp(min=0)] * (writers >= 0)[..., None]


def run(params, batch, state, placed=None, leash=None, guide=None, guide_share=0.0, learn_window=False):
    """Teacher forcing over a batch.

    placed (T, B): where the window is put, NaN where it runs free. leash (T, B): the share of the way to its target that a
    free window is drawn at each step. guide: weight of the guide, whose loss is returned; guide_share: how much of it
    trains layer 1. learn_window: let the likelihood train the window's heights and widths (never its steps: that explodes).
    Returns logits (T, B, 1 + 6M), window errors (T, B, K) before a snap, the guide's loss (sum over points), and the state.
    """
    sizes = Sizes.of(params)
    K = sizes.window
    e_all = hand_vectors(params, batch.writers)
    h1, c1, h2, c2, kappa, w = vars(state).values()
    kappa = kappa - batch.shift[:, None]
    logits, errors, guided = [], [], kappa.new_zeros(())
    for t in range(len(batch.inputs)):
        keep = (~batch.reset[t])[:, None].to(kappa.dtype)
        h1, c1, h2, c2, w = (part * keep for part in (h1, c1, h2, c2, w))
        kappa = torch.where(batch.reset[t][:, None], batch.start[t][:, None], kappa)
        x, e = batch.inputs[t], e_all[t]
        h1, c1 = cell(torch.cat([x, e, w, h1], 1), c1, params["l1"], params["b1"])
        p = (h1 if learn_window else h1.detach()) @ params["wp"] + params["bp"]
        a, b = p[:, :K], p[:, K : 2 * K]
        for_guide = h1.detach() + guide_share * (h1 - h1.detach())
        k = (for_guide @ params["wp"][:, 2 * K :] + params["bp"][2 * K :]).clamp(max=GREATEST_STEP)
        kappa = kappa + torch.exp(k.detach())
        target = batch.targets[t][:, None]
        error = (kappa - target).detach()
        errors.append(error)
        free = torch.ones_like(batch.reset[t]) if placed is None else torch.isnan(placed[t])
        if guide:
            guided = guided + guide * (error.clamp(-1.5, 1.5) * k * free[:, None]).sum()
        if placed is not None:
            kappa = torch.where(free[:, None], kappa, torch.nan_to_num(placed[t])[:, None])
            kappa = torch.where((error.mean(1).abs() > SNAP)[:, None], target, kappa)
        if leash is not None:
            kappa = torch.where(free[:, None], kappa + leash[t][:, None] * (target - kappa), kappa)
        alpha, beta = (part if learn_window else part.detach() for part in (torch.exp(a), torch.exp(b)))
        w, _ = window(kappa, alpha, beta, batch.codes, sizes.alphabet)
        h2, c2 = cell(torch.cat([x, e, w, h1, h2], 1), c2, params["l2"], params["b2"])
        logits.append(torch.cat([h1, h2], 1) @ params["wo"] + params["bo"])
    return torch.stack(logits), torch.stack(errors), guided, State(h1, c1, h2, c2, kappa, w).detach()


def step(params, state, x, e, codes):
    """One step of writing: x (B, 4), e (B, E), codes (B, U) -> logits (B, 1 + 6M), phi (B, U), and the new state."""
    sizes = Sizes.of(params)
    h1, c1 = cell(torch.cat([x, e, state.w, state.h1], 1), state.c1, params["l1"], params["b1"])
    a, b, k = (h1 @ params["wp"] + params["bp"]).chunk(3, 1)
    kappa = state.kappa + torch.exp(k)
    w, phi = window(kappa, torch.exp(a), torch.exp(b), codes, sizes.alphabet)
    h2, c2 = cell(torch.cat([x, e, w, h1, state.h2], 1), state.c2, params["l2"], params["b2"])
    return torch.cat([h1, h2], 1) @ params["wo"] + params["bo"], phi, State(h1, c1, h2, c2, kappa, w)

"""Muon for the hidden-to-hidden matrices, Adam for everything else.

Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks") replaces the momentum of a matrix by the
nearest orthogonal matrix, so that every direction is learned at the same pace. Each gate is a matrix of its own.
"""

from concurrent.futures import ThreadPoolExecutor

import torch

from .network import Sizes

MUON_RATE = 15.0  # times Adam's: Muon's steps have the size 1 as a map, about 1/√H per number
MOMENTUM = 0.95
BETAS = (0.9, 0.99)
EPSILON = 1e-8
ORTHOGONALIZE = (3.4445, -4.7750, 2.0315)  # Jordan's quintic: five rounds bring singular values near 1
ROUNDS = 5
CLIP = 1.0  # norm of the gradient; the window's is clipped apart, for the guide must not drown in the likelihood
WINDOW = ("wp", "bp")
WINDOW_CLIP = 0.5


class Optimizer:
    def __init__(self, params, threads=1):
        self.params, self.threads = params, threads
        rows = Sizes.of(params).rows()
        self.muon = [rows[name] for name in ("r1", "i2", "r2")]
        self.first = {name: torch.zeros_like(tensor) for name, tensor in params.items()}
        self.second = {name: torch.zeros_like(tensor) for name, tensor in params.items()}
        self.steps = 0

    @torch.no_grad()
    def step(self, gradients, rate, frozen=()):
        """One update by gradients {name: tensor}; returns the norm before clipping. frozen: names that stay as they are."""
        rest = [gradients[name] for name in gradients if name not in WINDOW]
        norm = torch.sqrt(sum((part.double() ** 2).sum() for part in rest))
        window = torch.sqrt(sum((gradients[name].double() ** 2).sum() for name in WINDOW if name in gradients))
        if not (torch.isfinite(norm) and torch.isfinite(window)):
            raise FloatingPointError("Expected a finite gradient, got NaN or infinity. Go on from the last checkpoint at a lower rate.")
        self.steps += 1
        correct1, correct2 = 1 - BETAS[0] ** self.steps, 1 - BETAS[1] ** self.steps
        orthogonal = self._orthogonal(gradients)
        for name, gradient in gradients.items():
            if name in frozen:
                continue
            scale = min(1.0, WINDOW_CLIP / (float(window) + 1e-12)) if name in WINDOW else min(1.0, CLIP / (float(norm) + 1e-12))
            parts = self._adam_parts(name)
            for part in parts:
                g = gradient[part] * scale
                first, second = self.first[name][part], self.second[name][part]
                first.lerp_(g, 1 - BETAS[0])
                second.mul_(BETAS[1]).addcmul_(g, g, value=1 - BETAS[1])
                self.params[name][part] -= rate / correct1 * first / ((second / correct2).sqrt_() + EPSILON)
        for (name, first, end), update in zip(self.muon, orthogonal):
            self.params[name][first:end] -= MUON_RATE * rate * update
        return float(norm)

    def _adam_parts(self, name):
        """The slices of a tensor that Adam updates: all but Muon's rows."""
        taken = [first for tensor, first, _ in self.muon if tensor == name]
        return [slice(0, min(taken))] if taken else [slice(None)]

    def _orthogonal(self, gradients):
        gates = []
        for name, first, end in self.muon:
            gradient, momentum = gradients[name][first:end], self.first[name][first:end]
            momentum.lerp_(gradient, 1 - MOMENTUM)
            gates += gradient.lerp(momentum, MOMENTUM).chunk(4, 1)  # with Nesterov's look ahead
        if self.threads > 1 and gates[0].device.type == "cpu":
            with ThreadPoolExecutor(self.threads) as pool:
                gates = list(pool.map(lambda gate: orthogonalize(gate[None])[0], gates))
        else:
            gates = orthogonalize(torch.stack(gates))
        return [torch.cat(list(gates[k : k + 4]), 1) for k in range(0, len(gates), 4)]

    def state(self):
        return {"first": self.first, "second": self.second, "steps": self.steps}

    def restore(self, state):
        self.steps = state["steps"]
        for part in ("first", "second"):
            for name, tensor in getattr(self, part).items():
                tensor.copy_(state[part][name])


def orthogonalize(matrices):
    """(N, H, H) -> about U·Vᵀ of each U·S·Vᵀ, by the Newton-Schulz iteration, which needs products only."""
    a, b, c = ORTHOGONALIZE
    x = matrices / (matrices.flatten(1).norm(dim=1) + 1e-12)[:, None, None]
    for _ in range(ROUNDS):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return x

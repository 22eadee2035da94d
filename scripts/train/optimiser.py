"""Muon for the recurrent weights, Adam for everything else.

Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks") takes the momentum of a matrix to the
nearest orthogonal one, so that every direction is learnt at the same pace. 150 seconds of handwriting
brought -1.12 nats a point with it, and -0.76 with Adam alone. Each of the four gates is a matrix of its own.
"""

import torch
import torch.distributed as dist

MUON_RATE = 15.0  # times Adam's: its steps have the size 1 as a map, about 1/√H by number
MOMENTUM = 0.95
ORTHOGONALISE = (3.4445, -4.7750, 2.0315)  # Jordan's quintic: five rounds bring singular values near 1, roughly


class Optimiser:
    def __init__(self, tensors, kind="muon", processes=1, rank=0):
        self.recurrent = tensors["recurrentWeights"] if kind == "muon" else None
        rest = [tensor for tensor in tensors.values() if tensor is not self.recurrent]
        self.adam = torch.optim.Adam(rest, lr=0.0, betas=(0.9, 0.99))
        self.momentum = torch.zeros_like(self.recurrent) if self.recurrent is not None else None
        self.processes, self.rank = processes, rank

    @torch.no_grad()
    def step(self, rate):
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        if self.recurrent is None:
            return
        gradient = self.recurrent.grad
        self.momentum.lerp_(gradient, 1 - MOMENTUM)
        gates = torch.stack(gradient.lerp(self.momentum, MOMENTUM).chunk(4, 1))  # (4, H, H), with Nesterov's look ahead
        self.recurrent.sub_(torch.cat(list(self._orthogonalise(gates)), 1), alpha=MUON_RATE * rate)

    def _orthogonalise(self, gates):
        """Every process does its share of the gates, where they can be shared evenly."""
        if self.processes not in (2, 4):
            return orthogonalise(gates)
        mine = orthogonalise(gates.chunk(self.processes)[self.rank]).contiguous()
        parts = [torch.empty_like(mine) for _ in range(self.processes)]
        dist.all_gather(parts, mine)
        return torch.cat(parts)

    def zero_grad(self):
        self.adam.zero_grad(set_to_none=True)
        if self.recurrent is not None:
            self.recurrent.grad = None

    def state_dict(self):
        return {"adam": self.adam.state_dict(), "momentum": self.momentum}

    def load_state_dict(self, saved):
        self.adam.load_state_dict(saved["adam"])
        if self.momentum is not None:
            self.momentum.copy_(saved["momentum"])


def orthogonalise(matrices):
    """(N, H, H) -> about U·Vᵀ of each U·S·Vᵀ, by the Newton-Schulz iteration, which needs products only."""
    a, b, c = ORTHOGONALISE
    x = matrices / (matrices.flatten(1).norm(dim=1) + 1e-12)[:, None, None]
    for _ in range(5):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return x

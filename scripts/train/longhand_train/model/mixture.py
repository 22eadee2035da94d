"""The mixture density output: Graves 2013, equations 18 to 26.

Logits are in the order eos, pi, mu1, mu2, sigma1, sigma2, rho: one, and M of each of the others.
"""

import math

import torch
import torch.nn.functional as F

LEAST_LOG_SIGMA = -4.0  # a density without a floor would learn the tablet's grid


def nll(logits, movements):
    """Nats per point (N,) of movements (N, 3) under logits (N, 1 + 6M), of position and of pen."""
    eos, (pi, mu1, mu2, sigma1, sigma2, rho) = logits[:, 0], logits[:, 1:].chunk(6, 1)
    log_s1, log_s2 = sigma1.clamp(min=LEAST_LOG_SIGMA), sigma2.clamp(min=LEAST_LOG_SIGMA)
    z1 = (movements[:, 0:1] - mu1) * torch.exp(-log_s1)
    z2 = (movements[:, 1:2] - mu2) * torch.exp(-log_s2)
    r = torch.tanh(rho)
    # log(1 - tanh²) without the cancellation near ±1
    log_rest = 2 * (math.log(2) - rho.abs() - F.softplus(-2 * rho.abs()))
    distance = (z1 * z1 + z2 * z2 - 2 * r * z1 * z2) * torch.exp(-log_rest)
    log_normal = -distance / 2 - log_s1 - log_s2 - log_rest / 2 - math.log(2 * math.pi)
    position = -torch.logsumexp(torch.log_softmax(pi, 1) + log_normal, 1)
    pen = F.binary_cross_entropy_with_logits(eos, movements[:, 2], reduction="none")
    return position, pen


def sample(logits, temperature, generator):
    """Movements (N, 3) from logits (N, 1 + 6M): pi to the power of 1 / T, sigma times T, eos untouched. T = 0: the likeliest mean."""
    eos, (pi, mu1, mu2, sigma1, sigma2, rho) = logits[:, 0], logits[:, 1:].chunk(6, 1)
    if temperature == 0:
        chosen = pi.argmax(1, keepdim=True)
    else:
        chosen = torch.multinomial(torch.softmax(pi / temperature, 1), 1, generator=generator)
    mu1, mu2, sigma1, sigma2, rho = (part.gather(1, chosen)[:, 0] for part in (mu1, mu2, sigma1, sigma2, rho))
    u, v = torch.randn(2, len(eos), generator=generator, dtype=logits.dtype)
    r = torch.tanh(rho)
    dx = mu1 + torch.exp(sigma1) * temperature * u
    dy = mu2 + torch.exp(sigma2) * temperature * (r * u + torch.sqrt(torch.clamp(1 - r * r, min=0)) * v)
    pen = (torch.rand(len(eos), generator=generator, dtype=logits.dtype) < torch.sigmoid(eos)).to(logits.dtype)
    return torch.stack([dx, dy, pen], 1)

"""The mixture density output: Graves 2013, "Generating Sequences With Recurrent Neural Networks", equations 18 to 26.

Logits stand in the order eos, pi, mu1, mu2, sigma1, sigma2, rho: one, and M of each of the others.
"""

import math

import torch
import torch.nn.functional as F

LEAST_LOG_SIGMA = -5.0  # where ink lies on a grid, a density without a floor would learn the grid


def split(logits):
    """(…, 1 + 6M) -> eos (…), and pi, mu1, mu2, sigma1, sigma2, rho (…, M), all still logits."""
    return logits[..., 0], *logits[..., 1:].chunk(6, -1)


def temper(logits, temperature, choice=None):
    """Logits (…, 1 + 6M) of the tempered mixture: pi to the power of 1 / T, sigma times T, eos untouched. T is a number or (…, 1).

    choice: another temperature for pi alone.
    """
    choice = temperature if choice is None else choice
    eos, pi, mu1, mu2, sigma1, sigma2, rho = logits.split([1] + [(logits.shape[-1] - 1) // 6] * 6, -1)
    wider = torch.log(torch.as_tensor(temperature, dtype=logits.dtype))
    return torch.cat([eos, pi / choice, mu1, mu2, sigma1 + wider, sigma2 + wider, rho], -1)


def nll(logits, movements):
    """Nats a point (N), of the position and of the pen apart, of movements (N, 3) under logits (N, 1 + 6M)."""
    eos, pi, mu1, mu2, sigma1, sigma2, rho = split(logits)
    log_s1, log_s2 = sigma1.clamp(min=LEAST_LOG_SIGMA), sigma2.clamp(min=LEAST_LOG_SIGMA)
    z1 = (movements[:, 0:1] - mu1) * torch.exp(-log_s1)
    z2 = (movements[:, 1:2] - mu2) * torch.exp(-log_s2)
    r = torch.tanh(rho)
    # log(1 - tanh²) without the cancellation near ±1
    log_rest = 2 * (math.log(2) - rho.abs() - F.softplus(-2 * rho.abs()))
    distance = (z1 * z1 + z2 * z2 - 2 * r * z1 * z2) * torch.exp(-log_rest)
    log_normal = -distance / 2 - log_s1 - log_s2 - log_rest / 2 - math.log(2 * math.pi)
    position = -torch.logsumexp(torch.log_softmax(pi, -1) + log_normal, -1)
    pen = F.binary_cross_entropy_with_logits(eos, movements[:, 2], reduction="none")
    return position, pen


def log_width(logits):
    """Logits (…, 1 + 6M) -> (…): how wide a way is that is taken, the mean over the ways of log(sigma1 · sigma2).

    A temperature narrows the ways. What a network has put into many narrow ways stays its choice at low temperatures.
    Correlations do not count: nothing holds them, and a network that was paid for narrow ways drove them to ±1.
    """
    _, pi, _, _, sigma1, sigma2, _ = split(logits)
    return (torch.softmax(pi, -1) * (sigma1.clamp(min=LEAST_LOG_SIGMA) + sigma2.clamp(min=LEAST_LOG_SIGMA))).sum(-1)


def sample(logits, temperature, generator):
    """Movements (N, 3) from logits (N, 1 + 6M): pi to the power of 1 / T, sigma times T, eos untouched.

    T = 0 is the limit: the mean of the likeliest.
    """
    eos, pi, mu1, mu2, sigma1, sigma2, rho = split(logits)
    if temperature == 0:
        chosen = pi.argmax(-1, keepdim=True)
    else:
        chosen = torch.multinomial(torch.softmax(pi / temperature, -1), 1, generator=generator)
    mu1, mu2, sigma1, sigma2, rho = (part.gather(1, chosen)[:, 0] for part in (mu1, mu2, sigma1, sigma2, rho))
    u, v = torch.randn(2, len(eos), generator=generator, dtype=logits.dtype)
    r = torch.tanh(rho)
    dx = mu1 + torch.exp(sigma1) * temperature * u
    dy = mu2 + torch.exp(sigma2) * temperature * (r * u + torch.sqrt(torch.clamp(1 - r * r, min=0)) * v)
    pen = (torch.rand(len(eos), generator=generator, dtype=logits.dtype) < torch.sigmoid(eos)).to(logits.dtype)
    return torch.stack([dx, dy, pen], 1)

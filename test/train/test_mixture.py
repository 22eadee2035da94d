import math

import mixture
import torch

M = 3


def logits(n, seed=1):
    return torch.randn(n, 1 + 6 * M, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def naive(z, movement):
    """One point, with the formulas of Graves 2013, equations 23 to 26, and nothing done for accuracy."""
    eos = 1 / (1 + math.exp(-z[0]))
    part = [z[1 + k * M : 1 + (k + 1) * M] for k in range(6)]
    total = sum(math.exp(v) for v in part[0])
    density = 0
    for k in range(M):
        pi, m1, m2 = math.exp(part[0][k]) / total, part[1][k], part[2][k]
        s1, s2, rho = math.exp(part[3][k]), math.exp(part[4][k]), math.tanh(part[5][k])
        a, b = (movement[0] - m1) / s1, (movement[1] - m2) / s2
        distance = a * a + b * b - 2 * rho * a * b
        rest = 1 - rho * rho
        density += pi * math.exp(-distance / (2 * rest)) / (2 * math.pi * s1 * s2 * math.sqrt(rest))
    return -math.log(density), -math.log(eos if movement[2] else 1 - eos)


def test_is_the_formula_of_the_paper():
    z = logits(50)
    movements = torch.randn(50, 3, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    movements[:, 2] = (movements[:, 2] > 0).double()
    position, pen = mixture.nll(z, movements)
    for k in range(50):
        expected = naive(z[k].tolist(), movements[k].tolist())
        assert abs(position[k] - expected[0]) < 1e-9
        assert abs(pen[k] - expected[1]) < 1e-9


def test_stays_finite_far_away_and_at_full_correlation():
    z = torch.full((4, 1 + 6 * M), 30.0)
    z[:, 1 + 5 * M :] = torch.tensor([[20.0], [-20.0], [300.0], [-300.0]])
    z.requires_grad_()
    position, pen = mixture.nll(z, torch.tensor([[1e3, -1e3, 1.0]] * 4))
    (position.sum() + pen.sum()).backward()
    assert torch.isfinite(position[:2]).all()
    assert torch.isfinite(pen).all()


def test_does_not_reward_a_normal_narrower_than_its_floor():
    z = torch.zeros(2, 1 + 6 * M)
    z[0, 1 + 3 * M : 1 + 5 * M] = mixture.LEAST_LOG_SIGMA
    z[1, 1 + 3 * M : 1 + 5 * M] = mixture.LEAST_LOG_SIGMA - 4
    position, _ = mixture.nll(z, torch.zeros(2, 3))
    assert position[0] == position[1]


def test_draws_what_the_density_says():
    z = logits(1, seed=3).repeat(200_000, 1)
    drawn = mixture.sample(z, 1.0, torch.Generator().manual_seed(4))
    pi = torch.softmax(z[0, 1 : 1 + M], 0)
    mean = torch.stack([(pi * z[0, 1 + k * M : 1 + (k + 1) * M]).sum() for k in (1, 2)])
    spread = drawn[:, :2].std(0) / math.sqrt(len(drawn))
    assert ((drawn[:, :2].mean(0) - mean).abs() < 4.5 * spread).all()
    assert abs(drawn[:, 2].mean() - torch.sigmoid(z[0, 0])) < 0.005


def test_draws_nearer_to_the_means_when_cool():
    z = logits(1, seed=5).repeat(5_000, 1)
    wide, narrow = (mixture.sample(z, t, torch.Generator().manual_seed(6))[:, :2].std() for t in (1.0, 0.1))
    assert narrow < wide


def test_tells_how_wide_the_ways_are():
    logits = torch.randn(5, 1 + 6 * 3, generator=torch.Generator().manual_seed(4), dtype=torch.float64)
    _, pi, _, _, sigma1, sigma2, _ = mixture.split(logits)
    assert torch.allclose(mixture.log_width(logits), (torch.softmax(pi, -1) * (sigma1 + sigma2)).sum(-1))
    cold = mixture.log_width(mixture.temper(logits, 0.5, 1.0))
    assert torch.allclose(cold, mixture.log_width(logits) + 2 * math.log(0.5))


def test_draws_the_mean_of_the_likeliest_at_zero():
    logits = torch.randn(5, 1 + 6 * 3, generator=torch.Generator().manual_seed(3))
    _, pi, mu1, mu2, *_ = mixture.split(logits)
    drawn = mixture.sample(logits, 0, torch.Generator().manual_seed(1))
    best = pi.argmax(-1, keepdim=True)
    assert torch.equal(drawn[:, :2], torch.cat([mu1.gather(1, best), mu2.gather(1, best)], 1))


def test_tempered_logits_are_the_mixture_that_is_sampled_at_that_temperature():
    logits = torch.randn(3, 1 + 6 * 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    same = mixture.temper(logits, 1)
    torch.testing.assert_close(same, logits)
    tempered = mixture.temper(logits, torch.tensor([[0.3], [0.5], [1.0]], dtype=torch.float64))
    eos, pi, mu1, _, sigma1, sigma2, rho = mixture.split(logits)
    t_eos, t_pi, t_mu1, _, t_sigma1, t_sigma2, t_rho = mixture.split(tempered)
    torch.testing.assert_close(torch.softmax(t_pi[0], -1), torch.softmax(pi[0], -1) ** (1 / 0.3) / (torch.softmax(pi[0], -1) ** (1 / 0.3)).sum())
    torch.testing.assert_close(t_sigma1.exp()[1], sigma1.exp()[1] * 0.5)
    torch.testing.assert_close(t_sigma2.exp()[1], sigma2.exp()[1] * 0.5)
    for one, other in ((eos, t_eos), (mu1, t_mu1), (rho, t_rho)):
        torch.testing.assert_close(one, other)
    cold = mixture.sample(logits[:1].expand(500, -1), 0.3, torch.Generator().manual_seed(2))
    like = mixture.sample(mixture.temper(logits[:1], 0.3).expand(500, -1), 1, torch.Generator().manual_seed(2))
    torch.testing.assert_close(cold, like)

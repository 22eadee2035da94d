import pytest
import torch
from lstm import lstm, lstm_of_torch


def parts(steps=6, lines=3, units=5, seed=1):
    torch.manual_seed(seed)
    shapes = [(steps, lines, 3), (3, 4 * units), (units, 4 * units), (4 * units,), (lines, units), (lines, units)]
    return [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in shapes]


def plain(x, input_weights, recurrent_weights, bias, h, c):
    """The equations as they stand in the module's header, for autograd to differentiate."""
    out = []
    for step in x:
        i, g, f, o = (step @ input_weights + h @ recurrent_weights + bias).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        out.append(h)
    return torch.stack(out), h, c


@pytest.mark.parametrize("step", [lstm, lstm_of_torch])
def test_answers_as_the_equations_do(step):
    given = parts()
    for found, expected in zip(step(*given), plain(*given)):
        torch.testing.assert_close(found, expected, rtol=0, atol=1e-12)


def test_passes_the_gradient_of_the_equations_back():
    given = parts()
    generator = torch.Generator().manual_seed(2)
    gradients = []
    for step in (lstm, plain):
        found = step(*given)
        generator.manual_seed(2)
        loss = sum((part * torch.randn(part.shape, generator=generator, dtype=part.dtype)).sum() for part in found)
        gradients.append(torch.autograd.grad(loss, given))
    for own, of_autograd in zip(*gradients):
        torch.testing.assert_close(own, of_autograd, rtol=0, atol=1e-11)


def test_passes_a_gradient_that_finite_differences_confirm():
    assert torch.autograd.gradcheck(lstm, parts(steps=3, lines=2, units=3))


def test_carries_the_state_over_the_cut_between_two_batches():
    x, *weights, h, c = parts(steps=8)
    whole, last_h, last_c = lstm(x, *weights, h, c)
    first, h, c = lstm(x[:5], *weights, h, c)
    second, h, c = lstm(x[5:], *weights, h, c)
    torch.testing.assert_close(torch.cat([first, second]), whole)
    torch.testing.assert_close(torch.stack([h, c]), torch.stack([last_h, last_c]))

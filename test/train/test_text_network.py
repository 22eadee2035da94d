"""The text network: agreement with a naive float64 computation, with a published trace, and of the kernel with the reference."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from longhand_train.data.alphabet import encode
from longhand_train.data.stream import Batch
from longhand_train.model import fast, mixture, network, weights_file
from longhand_train.model.network import Sizes, State

SMALL = Sizes(units=32, alphabet=96, window=3, mixtures=4, hand=5, writers=4)
NAN = float("nan")


def random_params(sizes, seed=3):
    params = network.create(sizes, seed)
    generator = torch.Generator().manual_seed(seed)
    params["wp"] = torch.randn(params["wp"].shape, generator=generator) * 0.05
    return params


def random_batch(T, B, U, sizes, seed=3):
    g = torch.Generator().manual_seed(seed)
    reset = torch.rand(T, B, generator=g) < 0.1
    reset[0] = True
    pen = (torch.rand(T, B, 1, generator=g) < 0.1).float()
    return Batch(
        inputs=torch.randn(T, B, 4, generator=g) / 2,
        movements=torch.cat([torch.randn(T, B, 2, generator=g), pen], 2),
        writers=torch.randint(-1, sizes.writers, (T, B), generator=g),
        reset=reset,
        start=torch.randint(0, 3, (T, B), generator=g).float() - 0.5,
        targets=torch.cumsum(torch.rand(T, B, generator=g) / 10, 0),
        on_target=torch.rand(T, B, generator=g) < 0.5,
        codes=torch.randint(-1, 96, (B, U), generator=g).int(),
        shift=torch.zeros(B),
    )


def double(batch):
    return Batch(**{name: part.double() if part.dtype == torch.float32 else part for name, part in vars(batch).items()})


def naive_step(tensors, state, x, e, text):
    """One step in plain loops over NumPy arrays, straight from the equations."""
    sigmoid = lambda a: 1 / (1 + np.exp(-a))

    def cell(sum_, c):
        i, g, f, o = np.split(sum_, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

    t = tensors
    h1, c1 = cell(x @ t["x1"] + state["w"] @ t["w1"] + state["h1"] @ t["r1"] + t["b1"] + e @ t["c1"], state["c1"])
    a, b, k = np.split(h1 @ t["wp"] + t["bp"], 3)
    kappa = state["kappa"] + np.exp(k)
    w = np.zeros(t["w1"].shape[0])
    for u, character in enumerate(text):
        w[character] += sum(np.exp(a[j]) * np.exp(-np.exp(b[j]) * (kappa[j] - u) ** 2) for j in range(len(a)))
    h2, c2 = cell(x @ t["x2"] + w @ t["w2"] + h1 @ t["i2"] + state["h2"] @ t["r2"] + t["b2"] + e @ t["c2"], state["c2"])
    return np.concatenate([h1, h2]) @ t["wo"] + t["bo"], {"h1": h1, "c1": c1, "h2": h2, "c2": c2, "kappa": kappa, "w": w}


def test_a_step_follows_the_equations():
    params = {name: tensor.double() for name, tensor in random_params(SMALL).items()}
    rows = SMALL.rows()
    tensors = {name: params[part][first:end].numpy() for name, (part, first, end) in rows.items()}
    tensors |= {name: params[name].numpy() for name in ("b1", "b2", "wp", "bp", "wo", "bo")}
    codes = np.append(encode("To be, or"), 0)
    e = params["hands"][:1]
    state = State.zero(SMALL, 1, torch.zeros((), dtype=torch.float64))
    plain = {name: part[0].numpy() for name, part in vars(state).items()}
    generator = np.random.default_rng(1)
    for _ in range(30):
        x = generator.normal(size=4)
        logits, phi, state = network.step(params, state, torch.tensor(x)[None], e, torch.tensor(codes)[None])
        expected, plain = naive_step(tensors, plain, x, e[0].numpy(), codes)
        assert np.abs(logits[0].numpy() - expected).max() < 1e-10
        assert np.abs(state.w[0].numpy() - plain["w"]).max() < 1e-10
    assert phi.shape == (1, len(codes))


def test_agrees_with_the_reference_trace():
    root = Path(__file__).parents[2]
    params, names, _ = weights_file.decode((root / "weights/scribe.json").read_text())
    params = {name: tensor.double() for name, tensor in params.items()}
    trace = json.loads((root / "test/fixtures/scribe-trace.json").read_text())
    codes = torch.tensor([[*encode(trace["text"]), 0]])
    e = params["hands"][[names.index(trace["hand"])]]
    state = State.zero(Sizes.of(params), 1, torch.zeros((), dtype=torch.float64))
    steps, x, y = {step["step"]: step for step in trace["steps"]}, [0.0, 0.0, 1.0, 0.0], 0.0
    M = Sizes.of(params).mixtures
    for number, movement in enumerate(trace["movements"]):
        logits, phi, state = network.step(params, state, torch.tensor([x], dtype=torch.float64), e, codes)
        if number in steps:
            step = steps[number]
            found = {"h1": state.h1, "c1": state.c1, "h2": state.h2, "c2": state.c2, "kappa": state.kappa, "phi": phi}
            found |= {"pi": torch.softmax(logits[:, 1 : 1 + M], 1), "mu1": logits[:, 1 + M : 1 + 2 * M], "eos": torch.sigmoid(logits[:, 0])}
            for name, value in found.items():
                assert np.abs(value.numpy().ravel() - np.ravel(step[name])).max() < 1e-4, (number, name)
        y += movement[1]
        x = [*movement, y / 4]


@pytest.mark.skipif(not fast.available(), reason="needs g++")
def test_the_kernel_agrees_with_the_reference_forward_and_backward():
    T, B = 9, 20
    params, batch = random_params(SMALL), random_batch(T, B, 14, SMALL)
    generator = torch.Generator().manual_seed(1)
    noisy = batch.targets + 0.1 * torch.randn(T, B, generator=generator)
    placed = torch.where(torch.rand(B, generator=generator) < 0.5, torch.tensor(NAN), noisy)
    leash = torch.full((T, B), 0.03)
    kernel = fast.Fast(SMALL, T, B, threads=2)
    state = State.zero(SMALL, B)
    out, errors = kernel.forward(params, batch, state, placed, leash)
    out = out.clone()
    exact = {name: tensor.double().requires_grad_() for name, tensor in params.items()}
    start = State.zero(SMALL, B, torch.zeros((), dtype=torch.float64))
    logits, exact_errors, _, exact_state = network.run(exact, double(batch), start, placed.double(), leash.double())
    mine = out.double().flatten(0, 1) @ exact["wo"] + exact["bo"]
    assert (mine - logits.flatten(0, 1)).abs().max() < 1e-5
    assert (errors - exact_errors).abs().max() < 1e-5
    for name, part in vars(state).items():
        assert (part - vars(exact_state)[name]).abs().max() < 1e-5, name
    weight = torch.randn(logits.shape, generator=generator, dtype=torch.float64)
    (logits * weight).sum().backward()
    gradients = kernel.backward((weight.flatten(0, 1) @ exact["wo"].detach().t()).view(T, B, -1).float())
    for name, gradient in gradients.items():
        assert (gradient - exact[name].grad).abs().max() < 1e-5 * exact[name].grad.abs().max(), name


def test_likelihood_gradients_agree_with_differences_window_and_second_layer_included():
    """Central differences in float64, with the window's heights and widths learned; its steps are never moved by the likelihood."""
    sizes = Sizes(units=16, alphabet=96, window=2, mixtures=2, hand=3, writers=2)
    params = {name: tensor.double().requires_grad_() for name, tensor in random_params(sizes).items()}
    batch = double(random_batch(5, 3, 6, sizes))

    def loss(values):
        start = State.zero(sizes, 3, torch.zeros((), dtype=torch.float64))
        placed = batch.targets  # so that no step of the window matters
        logits, *_ = network.run(values, batch, start, placed, learn_window=True)
        return sum(part.sum() for part in mixture.nll(logits.flatten(0, 1), batch.movements.flatten(0, 1)))

    loss(params).backward()
    generator = np.random.default_rng(2)
    for name, tensor in params.items():
        gradient = torch.zeros_like(tensor) if tensor.grad is None else tensor.grad
        for _ in range(6):
            at = tuple(int(generator.integers(size)) for size in tensor.shape)
            if name in ("wp", "bp") and at[-1] >= 2 * sizes.window:
                continue
            both = []
            for sign in (1, -1):
                moved = {key: value.detach().clone() for key, value in params.items()}
                moved[name][at] += sign * 1e-5
                both.append(loss(moved).item())
            assert gradient[at].item() == pytest.approx((both[0] - both[1]) / 2e-5, rel=1e-4, abs=1e-6), (name, at)


def test_the_guide_is_the_clamped_error_and_reaches_layer_1_by_its_share():
    params = {name: tensor.double().requires_grad_() for name, tensor in random_params(SMALL).items()}
    batch = double(random_batch(1, 4, 6, SMALL))
    batch.targets[0, 0] = 40.0
    start = State.zero(SMALL, 4, torch.zeros((), dtype=torch.float64))
    placed = torch.full((1, 4), NAN, dtype=torch.float64)
    placed[0, 3] = 1.0
    _, errors, guided, _ = network.run(params, batch, start, placed, guide=0.3, guide_share=0.0)
    bias, layer = torch.autograd.grad(guided, [params["bp"], params["l1"]], allow_unused=True, retain_graph=True)
    expected = 0.3 * errors[0, :3].clamp(-1.5, 1.5).sum(0)
    assert bias[2 * SMALL.window :].tolist() == pytest.approx(expected.tolist())
    assert layer is None or layer.abs().max() == 0
    _, _, guided, _ = network.run(params, batch, start, placed, guide=0.3, guide_share=0.5)
    (layer,) = torch.autograd.grad(guided, [params["l1"]])
    assert layer.abs().max() > 0


def test_weights_survive_the_file():
    params = random_params(SMALL)
    hands = [("ash", params["hands"][0].tolist()), ("oak", params["hands"][2].tolist())]
    about = {"name": "x", "description": "", "license": "CC0", "attribution": ""}
    text = weights_file.encode(params, hands, {"unit": 0.5657}, about)
    again, names, metrics = weights_file.decode(text)
    assert names == ["ash", "oak"] and metrics == {"unit": 0.5657}
    for name in ("l1", "l2", "wo"):
        step = params[name].abs().amax(0)  # l1 and l2 are quantized part by part, so no step is larger than the whole column's
        assert ((again[name] - params[name]).abs() <= step / 254 * 1.01 + 1e-7).all()
    assert torch.equal(again["wp"], params["wp"])
    assert (again["hands"] - params["hands"][[0, 2]]).abs().max() < 1e-5
    with pytest.raises(ValueError, match="Expected finite numbers in wp"):
        weights_file.encode({**params, "wp": params["wp"] * NAN}, hands, {}, about)
    with pytest.raises(ValueError, match="Expected a longhand-weights file of version 2, got None"):
        weights_file.decode("{}")

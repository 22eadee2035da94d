"""The LSTM of longhand, with its backward pass written out.

    z = x·Wx + h·Wh + b, cut into i, g, f, o; c' = σ(f)·c + σ(i)·tanh(g); h' = σ(o)·tanh(c')

Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000, whose bias is part of b. One matrix product a
time step forwards and one backwards; the gradient of the recurrent weights is a single product over all steps at the end.
On a processor this is about three times as fast as torch.nn.LSTM, and it is short enough to be read.
T steps, B lines at a time, H units.
"""

import torch


class Lstm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, input_weights, recurrent_weights, bias, h0, c0):
        """x (T, B, 3), (3, 4H), (H, 4H), (4H), (B, H), (B, H) -> h (T, B, H), the last h (B, H), the last c (B, H)."""
        steps, lines, inputs = x.shape
        units = h0.shape[1]
        gates = torch.addmm(_double_g(bias), x.reshape(-1, inputs), _double_g(input_weights)).view(steps, lines, 4 * units)
        recurrent = _double_g(recurrent_weights)
        h = x.new_empty(steps + 1, lines, units)  # one more than steps: the state before the first
        c = x.new_empty(steps + 1, lines, units)
        tanh_c = x.new_empty(steps, lines, units)
        h[0], c[0] = h0, c0
        for t in range(steps):
            z = gates[t]
            z.addmm_(h[t], recurrent).sigmoid_()  # from here on, activations
            i, g, f, o = z.split(units, 1)
            g.mul_(2).sub_(1)  # tanh(x) = 2 σ(2x) - 1: one call serves all gates
            torch.mul(f, c[t], out=c[t + 1]).addcmul_(i, g)
            torch.mul(c[t + 1], 2, out=tanh_c[t]).sigmoid_().mul_(2).sub_(1)
            torch.mul(o, tanh_c[t], out=h[t + 1])
        ctx.save_for_backward(x, input_weights, recurrent_weights, gates, h, c, tanh_c)
        return h[1:], h[-1].clone(), c[-1].clone()

    @staticmethod
    def backward(ctx, from_h, from_last_h, from_last_c):
        x, input_weights, recurrent_weights, gates, h, c, tanh_c = ctx.saved_tensors
        steps, lines, inputs = x.shape
        units = h.shape[2]
        dz = torch.empty_like(gates)  # the gradient at the sums of the gates
        dh, dc = from_last_h.clone(), from_last_c.clone()
        recurrent = recurrent_weights.t().contiguous()
        for t in reversed(range(steps)):
            i, g, f, o = gates[t].split(units, 1)
            di, dg, df, do = dz[t].split(units, 1)
            dh += from_h[t]
            torch.mul(dh, tanh_c[t], out=do)
            do.mul_(o).mul_(1 - o)
            dc.addcmul_(dh.mul_(o), 1 - tanh_c[t] * tanh_c[t])
            torch.mul(dc, g, out=di)
            di.mul_(i).mul_(1 - i)
            torch.mul(dc, i, out=dg)
            dg.mul_(1 - g * g)
            torch.mul(dc, c[t], out=df)
            df.mul_(f).mul_(1 - f)
            dc.mul_(f)
            torch.mm(dz[t], recurrent, out=dh)
        flat = dz.view(steps * lines, 4 * units)
        d_input = x.reshape(-1, inputs).t() @ flat
        d_recurrent = h[:-1].reshape(-1, units).t() @ flat
        d_x = (flat @ input_weights.t()).view_as(x) if ctx.needs_input_grad[0] else None
        return d_x, d_input, d_recurrent, flat.sum(0), dh, dc


def _double_g(tensor):
    """A copy, with the columns of the gate g times 2."""
    doubled = tensor.clone()
    units = tensor.shape[-1] // 4
    doubled[..., units : 2 * units] *= 2
    return doubled


def lstm(x, input_weights, recurrent_weights, bias, h0, c0):
    return Lstm.apply(x, input_weights, recurrent_weights, bias, h0, c0)


def lstm_of_torch(x, input_weights, recurrent_weights, bias, h0, c0):
    """The same by PyTorch's own, which is cuDNN on a GPU; its gates stand in the order i, f, g, o."""
    w_input, w_recurrent = _to_torch(input_weights).t().contiguous(), _to_torch(recurrent_weights).t().contiguous()
    b = _to_torch(bias)
    weights = [w_input, w_recurrent, b, torch.zeros_like(b)]
    h, last_h, last_c = torch.lstm(x, (h0[None], c0[None]), weights, True, 1, 0.0, True, False, False)
    return h, last_h[0], last_c[0]


def _to_torch(tensor):
    i, g, f, o = tensor.chunk(4, -1)
    return torch.cat([i, f, g, o], -1)

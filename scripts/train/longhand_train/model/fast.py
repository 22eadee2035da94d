"""The same computation as `network.run`, by a fused C++ kernel on CPUs.

Measured on two Zen 4 cores without matrix units: see README. The kernel is compiled on demand with g++ and kept in the
user's cache; without a compiler, `available()` is False and the trainer uses the reference.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch

from .network import GREATEST_STEP, SNAP, Sizes, hand_vectors

SOURCE = Path(__file__).with_name("kernel.cpp")
FLAGS = ["-O3", "-march=native", "-fno-math-errno", "-ffp-contract=fast", "-fPIC", "-shared", "-pthread", "-Wno-psabi", "-std=c++17"]
FLOATS = ctypes.POINTER(ctypes.c_float)
GROUP = 54  # rows that a thread takes at a time: a multiple of the tile's 6, and enough for each panel to pay for its way into the cache


class _Net(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("H", "A", "K", "E", "N1", "N2")] + [
        (name, FLOATS) for name in ("p1", "p2", "q1", "q2", "b1", "b2", "wp", "bp")
    ]


class _Run(ctypes.Structure):
    _fields_ = (
        [(name, ctypes.c_int) for name in ("T", "B", "U", "group")]
        + [(name, FLOATS) for name in ("a1", "a2", "g1", "g2", "cell1", "cell2", "out", "kappa", "w", "h1", "h2", "c1", "c2", "errors")]
        + [("codes", ctypes.POINTER(ctypes.c_int)), ("reset", ctypes.POINTER(ctypes.c_ubyte))]
        + [(name, FLOATS) for name in ("start", "targets", "placed", "leash")]
        + [("greatest", ctypes.c_float), ("snap", ctypes.c_float)]
    )


def available():
    return shutil.which("g++") is not None


def library():
    """The compiled kernel; compiles it when the source or the machine has changed."""
    cpu = subprocess.run(["g++", "-march=native", "-Q", "--help=target"], capture_output=True, text=True).stdout
    key = hashlib.sha256(SOURCE.read_bytes() + " ".join(FLAGS).encode() + cpu.encode()).hexdigest()[:16]
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "longhand"
    built = folder / f"kernel-{key}.so"
    if not built.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"kernel-{key}.{os.getpid()}.so"
        subprocess.run(["g++", *FLAGS, str(SOURCE), "-o", str(fresh)], check=True)
        fresh.rename(built)
    return ctypes.CDLL(str(built))


def _floats(tensor):
    if tensor.dtype != torch.float32 or not tensor.is_contiguous():
        raise ValueError(f"Expected a contiguous float32 tensor, got {tensor.dtype} with strides {tensor.stride()}.")
    return ctypes.cast(tensor.data_ptr(), FLOATS)


class Fast:
    """Buffers for chunks of T points in B slots. forward, then backward, with the parameters unchanged between them."""

    def __init__(self, sizes, steps, slots, threads=2):
        if sizes.units % 16 or 3 * sizes.window > 96:
            raise ValueError(f"Expected units in multiples of 16 and at most 32 windows, got {sizes.units} and {sizes.window}.")
        self.lib, self.sizes, self.T, self.B, self.threads = library(), sizes, steps, slots, threads
        H, E, A, K = sizes.units, sizes.hand, sizes.alphabet, sizes.window
        self.N1, self.N2 = 4 + E + A + H, 4 + E + A + 2 * H
        new = lambda *shape: torch.zeros(*shape)
        self.a1, self.a2 = new(steps, slots, self.N1), new(steps, slots, self.N2)
        self.g1, self.g2 = new(steps, slots, 4 * H), new(steps, slots, 4 * H)
        self.cell1, self.cell2 = new(steps + 1, slots, H), new(steps + 1, slots, H)
        self.out, self.errors = new(steps, slots, 2 * H), new(steps, slots, K)
        self.packed = {"p1": new(self.N1, 4 * H), "p2": new(self.N2, 4 * H), "q1": new(4 * H, H), "q2": new(4 * H, 2 * H)}

    def forward(self, params, batch, state, placed=None, leash=None, snap=SNAP):
        """Advances `state` in place. Returns out (T, B, 2H), h1 and h2 of every step, and window errors (T, B, K)."""
        s, H = self.sizes, self.sizes.units
        pack = lambda part, k, n, at: self.lib.pack(_floats(part), k, n, 4 * H, _floats(self.packed[at]))
        pack(params["l1"], self.N1, 4 * H, "p1")
        pack(params["l2"], self.N2, 4 * H, "p2")
        for name, columns in (("1", H), ("2", 2 * H)):
            part = params[f"l{name}"][-columns:]
            self.lib.pack_transposed(_floats(part), 4 * H, columns, 4 * H, _floats(self.packed[f"q{name}"]))
        e = hand_vectors(params, batch.writers)
        for a in (self.a1, self.a2):
            a[..., :4] = batch.inputs
            a[..., 4 : 4 + s.hand] = e
        state.kappa -= batch.shift[:, None]
        T, B = self.T, self.B
        self.placed = torch.full((T, B), float("nan")) if placed is None else placed.contiguous()
        self.leash = torch.zeros(T, B) if leash is None else leash.contiguous()
        self.batch, self.state, self.params, self.snap = batch, state, params, snap
        self.reset = batch.reset.to(torch.uint8).contiguous()
        self.lib.forward(ctypes.byref(self._net()), ctypes.byref(self._run()), self.threads)
        return self.out, self.errors

    def backward(self, gradient):
        """gradient (T, B, 2H) of `out` -> gradients of l1, b1, l2, b2 and hands. Overwrites the forward's buffers."""
        self.out.copy_(gradient)
        self.lib.backward(ctypes.byref(self._net()), ctypes.byref(self._run()), self.threads)
        H, E = self.sizes.units, self.sizes.hand
        a1, a2 = self.a1.flatten(0, 1), self.a2.flatten(0, 1)
        g1, g2 = self.g1.flatten(0, 1), self.g2.flatten(0, 1)
        out = {name: torch.empty_like(self.params[name]) for name in ("l1", "l2")}
        jobs = [lambda k=k, a=a, g=g, n=n: out[n][:, k : k + H].copy_(a.t() @ g[:, k : k + H])
                for n, a, g in (("l2", a2, g2), ("l1", a1, g1)) for k in range(0, 4 * H, H)]  # fmt: skip
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(lambda job: job(), jobs))
        out["b1"], out["b2"] = g1.sum(0), g2.sum(0)
        de = g1 @ self.params["l1"][4 : 4 + E].t() + g2 @ self.params["l2"][4 : 4 + E].t()
        writers = self.batch.writers.flatten()
        out["hands"] = torch.zeros_like(self.params["hands"]).index_add_(0, writers.clamp(min=0), de * (writers >= 0)[:, None])
        return out

    def _net(self):
        s = self.sizes
        net = _Net(s.units, s.alphabet, s.window, s.hand, self.N1, self.N2)
        for name in ("p1", "p2", "q1", "q2"):
            setattr(net, name, _floats(self.packed[name]))
        for name in ("b1", "b2", "wp", "bp"):
            setattr(net, name, _floats(self.params[name]))
        return net

    def _run(self):
        codes = self.batch.codes
        run = _Run(self.T, self.B, codes.shape[1], GROUP)
        for name in ("a1", "a2", "g1", "g2", "cell1", "cell2", "out", "errors", "placed", "leash"):
            setattr(run, name, _floats(getattr(self, name)))
        for name in ("kappa", "w", "h1", "h2", "c1", "c2"):
            setattr(run, name, _floats(getattr(self.state, name)))
        run.codes = ctypes.cast(codes.data_ptr(), ctypes.POINTER(ctypes.c_int))
        run.reset = ctypes.cast(self.reset.data_ptr(), ctypes.POINTER(ctypes.c_ubyte))
        run.start, run.targets = _floats(self.batch.start), _floats(self.batch.targets)
        run.greatest, run.snap = GREATEST_STEP, self.snap
        return run

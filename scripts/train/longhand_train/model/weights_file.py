"""longhand's weights files, version 2 for the text network: decode and encode."""

import base64
import json

import numpy as np
import torch

from .network import Sizes

TENSORS = ("x1", "w1", "r1", "b1", "c1", "x2", "w2", "i2", "r2", "b2", "c2", "wp", "bp", "wo", "bo")
INT8 = {"x1", "w1", "r1", "c1", "x2", "w2", "i2", "r2", "c2", "wo"}  # the window needs its precision; biases are few


def decode(text):
    """The text of a version-2 file -> (params float32, names of the hands, metrics). Hands become the writers' vectors."""
    parsed = json.loads(text)
    if parsed.get("format") != "longhand-weights" or parsed.get("version") != 2:
        raise ValueError(f"Expected a longhand-weights file of version 2, got {parsed.get('format')} {parsed.get('version')}.")
    size = parsed["architecture"]
    hands = parsed["hands"]
    sizes = Sizes(size["units"], size["alphabet"], size["window"], size["mixtures"], size["hand"], len(hands))
    values = {}
    for name in TENSORS:
        stored = parsed["tensors"][name]
        kind = {"int8": np.int8, "float32": "<f4"}[stored["dtype"]]
        tensor = np.frombuffer(base64.b64decode(stored["data"]), kind).reshape(stored["shape"]).astype(np.float32)
        values[name] = torch.from_numpy(tensor * np.asarray(stored["scale"], np.float32) if stored["dtype"] == "int8" else tensor.copy())
    params = {name: torch.zeros(shape) for name, shape in sizes.shapes().items()}
    for name, (tensor, first, end) in sizes.rows().items():
        params[tensor][first:end] = values[name]
    for name in ("b1", "b2", "wp", "bp", "wo", "bo"):
        params[name] = values[name]
    params["hands"] = torch.tensor([hand["vector"] for hand in hands])
    return params, [hand["name"] for hand in hands], parsed["metrics"]


def quantize(tensor):
    """(rows, columns) -> int8 values and one scale per column, so that the largest of a column is ±127."""
    values = tensor.detach().double().numpy()
    scale = np.abs(values).max(0) / 127
    scale[scale == 0] = 1.0
    scale = np.array([float(f"{number:.7g}") for number in scale])  # as the file has it, so that both agree
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8), scale


def encode(params, hands, metrics, about):
    """params, hands [(name, vector)], metrics, and name, description, license, attribution -> the text of a version-2 file."""
    sizes = Sizes.of(params)
    out = {"format": "longhand-weights", "version": 2, **about}
    out["architecture"] = {
        "type": "lstm-window-mdn",
        "input": 4,
        "units": sizes.units,
        "layers": 2,
        "alphabet": sizes.alphabet,
        "window": sizes.window,
        "mixtures": sizes.mixtures,
        "hand": sizes.hand,
    }
    out["metrics"] = metrics
    out["tensors"] = {}
    rows = sizes.rows()
    for name in TENSORS:
        tensor = params[rows[name][0]][rows[name][1] : rows[name][2]] if name in rows else params[name]
        tensor = tensor.detach().cpu()
        if not torch.isfinite(tensor).all():
            raise ValueError(f"Expected finite numbers in {name}, got NaN or infinity.")
        stored = {"shape": list(tensor.shape)}
        if name in INT8:
            values, scale = quantize(tensor)
            stored |= {"dtype": "int8", "scale": scale.tolist()}
        else:
            values = tensor.float().numpy().astype("<f4")
            stored |= {"dtype": "float32"}
        out["tensors"][name] = stored | {"data": base64.b64encode(values.tobytes()).decode()}
    out["hands"] = [{"name": name, "vector": [float(f"{number:.6g}") for number in vector]} for name, vector in hands]
    return json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n"

"""longhand's weights file: versions 1 and 2 are read, version 1 is written; and whatever else weights can be read from."""

import base64
import json
from pathlib import Path

import numpy as np
import torch

from network import NAMES, shapes


def load(path):
    """The tensors of a version-1 file, of the 2016 tutorial's file, or of a checkpoint of train.py (averaged)."""
    if str(path).endswith(".pt"):
        return load_checkpoint(path)["averages"]
    with open(path, encoding="utf-8") as file:
        parsed = json.load(file)
    return decode_tutorial(parsed) if isinstance(parsed, list) else decode(parsed, path)


def load_checkpoint(path):
    """A checkpoint of train.py, whole. It holds more than tensors and so is a pickle, which can run code: open your own only."""
    return torch.load(path, map_location="cpu", weights_only=False)


def save_checkpoint(folder, tensors):
    """Writes folder/checkpoint.pt of tensors by name, as a run that ended with these averages leaves it; none can be resumed from it."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    torch.save({"tensors": tensors, "averages": tensors}, Path(folder) / "checkpoint.pt")
    print(f"done: python3 scripts/train/export.py {folder} weights.json")


def decode(parsed, path):
    """A parsed file, version 1 or 2 -> the tensors by name, float32. Errors are ValueErrors that name both numbers."""
    if not isinstance(parsed, dict) or parsed.get("format") != "longhand-weights" or parsed.get("version") not in (1, 2):
        raise ValueError(f"{path}: Expected a longhand-weights file, version 1 or 2, got another file.")
    size = parsed["architecture"]
    tensors = {}
    for name, shape in shapes(size["units"], size["mixtures"]).items():
        stored = parsed["tensors"][name]
        if tuple(stored["shape"]) != shape:
            raise ValueError(f"{path}: Expected {name} of shape {list(shape)}, got {stored['shape']}.")
        kind = {"int8": np.int8, "float32": "<f4"}[stored["dtype"]]
        values = np.frombuffer(base64.b64decode(stored["data"]), kind)
        if len(values) != np.prod(shape):
            raise ValueError(f"{path}: Expected {int(np.prod(shape))} values of {name}, got {len(values)}.")
        values = values.reshape(shape).astype(np.float32)
        if stored["dtype"] == "int8":
            values = values * np.asarray(stored["scale"], np.float32)
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def decode_tutorial(parsed):
    """The parsed file of 2016: bytes of value + 127, a scale a tensor, and a forget bias of 1 that is not in the file."""
    head, head_bias, inputs, recurrent, bias = parsed

    def values(tensor, scale):
        rows = tensor if isinstance(tensor, list) else [tensor]
        numbers = np.stack([np.frombuffer(base64.b64decode(row), np.uint8) for row in rows]).astype(np.float32)
        numbers = (numbers - 127) * np.float32(scale / 127)
        return torch.from_numpy(numbers if isinstance(tensor, list) else numbers[0])

    tensors = {
        "inputWeights": values(inputs, 2.0),
        "recurrentWeights": values(recurrent, 0.8),
        "bias": values(bias, 1.5),
        "headWeights": values(head, 1.5),
        "headBias": values(head_bias, 2.5),
    }
    units = tensors["headWeights"].shape[0]
    tensors["bias"][2 * units : 3 * units] += 1.0
    return tensors


def quantise(tensor):
    """(rows, columns) -> int8 values and a scale a column, so that the largest of a column is ±127."""
    values = tensor.detach().double().numpy()
    scale = np.abs(values).max(0) / 127
    scale[scale == 0] = 1.0
    scale = np.array([float(f"{number:.7g}") for number in scale])  # as the file has it, so that both agree
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8), scale


def encode(tensors, about, dtype="int8"):
    """The file's text. Biases stay float32; they are few, and every sum begins with them."""
    units, columns = tensors["headWeights"].shape
    out = {"format": "longhand-weights", "version": 1, **about}
    out["architecture"] = {"type": "lstm-mdn", "input": 3, "units": units, "mixtures": (columns - 1) // 6}
    out["tensors"] = {}
    for name in NAMES:
        tensor = tensors[name].detach().cpu()
        if not torch.isfinite(tensor).all():
            raise ValueError(f"Expected finite numbers in {name}, got NaN or infinity.")
        stored = {"shape": list(tensor.shape)}
        if dtype == "int8" and tensor.dim() == 2:
            values, scale = quantise(tensor)
            stored |= {"dtype": "int8", "scale": [float(number) for number in scale]}
        else:
            values = tensor.float().numpy().astype("<f4")
            stored |= {"dtype": "float32"}
        out["tensors"][name] = stored | {"data": base64.b64encode(values.tobytes()).decode()}
    return json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n"

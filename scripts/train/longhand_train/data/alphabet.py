"""Characters as numbers: 0 ends a text, 1 … 95 are ASCII 32 … 126."""

import numpy as np

END = 0
SPACE = 1
ALPHABET = 96


def encode(text):
    """Text -> (U,) int64 without the end character."""
    codes = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64) - 31
    if len(codes) and not (codes.min() >= 1 and codes.max() < ALPHABET):
        raise ValueError(f"Expected printable ASCII, got {text!r}.")
    return codes


def decode(codes):
    """Numbers -> text; the end character and anything after it are left out."""
    codes = list(codes)
    return "".join(chr(int(code) + 31) for code in (codes[: codes.index(END)] if END in codes else codes))

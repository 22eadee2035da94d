"""A page of lines that weights write by themselves, at several temperatures, as PNG.

    python3 scripts/train/sheet.py weights.json sheet.png
"""

import argparse

import torch
from PIL import Image, ImageDraw

import weights_file
from writing import strokes_of, write

PAPER, INK, ACCENT = "#faf7f0", "#1f2a44", "#d1495b"
OVERSAMPLE = 3  # Pillow draws without smooth edges; so draw larger, and shrink


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", help="a version-1 file, the 2016 tutorial's, or a checkpoint")
    parser.add_argument("out", help="a .png")
    parser.add_argument("--temperatures", type=float, nargs="+", default=[0.2, 0.3, 0.5, 0.7])
    parser.add_argument("--lines", type=int, default=4, help="at each of them")
    parser.add_argument("--points", type=int, default=1600, help="a line")
    parser.add_argument("--unit", type=float, default=4.0, help="pixels a model unit; a small letter is 2.7 units high")
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def main(given=None):
    options = arguments(given)
    tensors = weights_file.load(options.weights)
    pitch = round(15 * options.unit)
    rows = len(options.temperatures) * (options.lines + 0.5)
    size = (options.width, round((rows + 0.5) * pitch))
    sheet = Image.new("RGB", [OVERSAMPLE * length for length in size], PAPER)
    draw = ImageDraw.Draw(sheet)
    y = pitch
    for temperature in options.temperatures:
        _label(sheet, f"{temperature:g}", OVERSAMPLE * 12, OVERSAMPLE * (y - pitch // 4))
        for movements in write(tensors, options.lines, options.points, temperature, options.seed):
            for stroke in strokes_of(movements):
                places = (stroke * options.unit + [64, y]) * OVERSAMPLE
                draw.line([tuple(place) for place in places], INK, round(OVERSAMPLE * options.unit * 0.3), joint="curve")
            y += pitch
        y += pitch // 2
    sheet.resize(size, Image.LANCZOS).save(options.out)


def _label(sheet, text, x, y):
    """Pillow's own small letters, enlarged: every machine has them."""
    small = Image.new("L", (8 * len(text), 12), 0)
    ImageDraw.Draw(small).text((0, 0), text, 255)
    large = small.resize([2 * OVERSAMPLE // 2 * length for length in small.size])
    sheet.paste(ACCENT, (x, y), large)


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()

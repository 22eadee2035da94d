"""Teaches a dense network a picture: place in, colour out. longhand then paints it at any size.

    python3 scripts/train/fit_picture.py picture.jpg picture.safetensors
    longhand import-dense picture.safetensors picture.json
    longhand pattern --dense picture.json --size 2048 --out large.png

The network is a stack of sines (Sitzmann et al. 2020, "Implicit neural representations with periodic activation
functions") that ends in the logistic function. x and y go from -0.5 to 0.5 along the shorter side of the picture, y
downwards, as in longhand. Needs PyTorch and Pillow; runs on a GPU where there is one, and in minutes without.
"""

import argparse
import json
import math
import struct
import sys
import time

import torch
from PIL import Image, ImageOps


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture")
    parser.add_argument("out", help="a safetensors file, for longhand import-dense")
    parser.add_argument("--units", type=int, default=64, help="a layer, up to 128")
    parser.add_argument("--depth", type=int, default=4, help="hidden layers, up to 32")
    parser.add_argument("--frequency", type=float, default=10, help="of the first layer: high for fine detail")
    parser.add_argument("--pixels", type=int, default=256, help="along the longer side, to learn from")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=8192, help="places a step")
    parser.add_argument("--rate", type=float, default=3e-3, help="of learning, at the beginning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="", help="of the picture")
    parser.add_argument("--license", default="", help="of the picture")
    parser.add_argument("--attribution", default="", help="whose picture it is")
    options = parser.parse_args()
    for name, most in (("units", 128), ("depth", 32), ("pixels", 4096), ("steps", 10**7), ("batch", 10**7)):
        value = getattr(options, name)
        if not 1 <= value <= most:
            parser.error(f"Expected --{name} from 1 to {most}, got {value}.")
    try:
        options.image = read_image(options.picture, options.pixels)
    except OSError as error:
        parser.error(f"{options.picture} is no picture that can be read: {error}")
    return options


def read_image(path, pixels):
    """In RGB, as it is meant to be seen: a telephone's picture says in its file which side is up."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    image.thumbnail((pixels, pixels))
    return image


def places_and_colours(image):
    """Places (n, 2) as in the module's description, and their colours (n, 3) in 0...1."""
    width, height = image.size
    colours = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).reshape(-1, 3).float() / 255
    shorter = min(width, height)
    x = (torch.arange(width) + 0.5 - width / 2) / shorter
    y = (torch.arange(height) + 0.5 - height / 2) / shorter
    places = torch.stack([x.repeat(height), y.repeat_interleave(width)], dim=1)
    return places, colours


class Sine(torch.nn.Module):
    def forward(self, sums):
        return torch.sin(sums)


def create_network(units, depth, frequency):
    """Every layer's sums begin with a spread of about 1; those of the first with that of the frequency."""
    layers = []
    inputs = 2
    for layer in range(depth):
        linear = torch.nn.Linear(inputs, units)
        bound = 2 * frequency / math.sqrt(inputs) if layer == 0 else math.sqrt(6 / inputs)
        torch.nn.init.uniform_(linear.weight, -bound, bound)
        torch.nn.init.uniform_(linear.bias, -math.pi if layer == 0 else -0.1, math.pi if layer == 0 else 0.1)
        layers += [linear, Sine()]
        inputs = units
    return torch.nn.Sequential(*layers, torch.nn.Linear(inputs, 3))


def write_safetensors(path, tensors, metadata):
    """The header's length (uint64), the header (JSON), the values (float32); all little-endian."""
    header = {"__metadata__": metadata}
    data = b""
    for name, tensor in tensors.items():
        values = tensor.detach().cpu().float().contiguous()
        bytes_of = struct.pack(f"<{values.numel()}f", *values.flatten().tolist())
        offsets = [len(data), len(data) + len(bytes_of)]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": offsets}
        data += bytes_of
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    places, colours = (tensor.to(device) for tensor in places_and_colours(options.image))
    network = create_network(options.units, options.depth, options.frequency).to(device)
    optimiser = torch.optim.Adam(network.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, options.steps, eta_min=options.rate / 100)

    begin = time.time()
    for step in range(1, options.steps + 1):
        chosen = torch.randint(len(places), (min(options.batch, len(places)),), device=device)
        loss = torch.nn.functional.mse_loss(torch.sigmoid(network(places[chosen])), colours[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0 or step == options.steps:
            decibels = -10 * math.log10(max(loss.item(), 1e-12))
            seconds = time.time() - begin
            print(f"step {step} of {options.steps}, {decibels:.1f} dB, {seconds:.0f} s", file=sys.stderr)

    metadata = {"activation": "sine", "output": "sigmoid"}
    for key in ("name", "license", "attribution"):
        if getattr(options, key):
            metadata[key] = getattr(options, key)
    write_safetensors(options.out, network.state_dict(), metadata)


if __name__ == "__main__":
    main()

"""fit_picture.py teaches a small picture; longhand reads the network, and paints what it learnt."""

import json
import math
import struct
import subprocess
import sys
from pathlib import Path

import fit_picture
import pytest
import torch
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = fit_picture.__file__
SIZE = (36, 24)
STEPS = 800
LEAST_DECIBELS = 26


def fit(*arguments):
    """As on the command line, in a process of its own."""
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)


def call(monkeypatch, *arguments):
    """The same in this process, which has PyTorch already."""
    monkeypatch.setattr(sys, "argv", ["fit_picture.py", *map(str, arguments)])
    fit_picture.main()


def longhand(*arguments):
    command = ["node", "--import", "tsx", "scripts/cli.ts", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)


def draw_picture(size):
    """A red sun over a blue hill: neither half of it is the other's mirror image."""
    width, height = size
    image = Image.new("RGB", size)
    for y in range(height):
        for x in range(width):
            in_sun = math.hypot(x - 0.7 * width, y - 0.3 * height) < 0.2 * height
            on_hill = y > height * (0.65 + 0.15 * math.sin(4 * x / width))
            image.putpixel((x, y), (210, 70, 60) if in_sun else (40, 60, 110) if on_hill else (240, 225, 200 - 3 * y))
    return image


def decibels(one, other):
    values = [torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).float() / 255 for image in (one, other)]
    return -10 * math.log10(max(torch.mean((values[0] - values[1]) ** 2).item(), 1e-12))


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[8 + length + begin : 8 + length + end]), dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """The folder of a picture, of the network that learnt it, and of what longhand painted from that."""
    folder = tmp_path_factory.mktemp("fit")
    draw_picture(SIZE).save(folder / "picture.png")
    shape = ["--units", 32, "--depth", 3, "--frequency", 8]
    run = fit(folder / "picture.png", folder / "network.safetensors", *shape, "--steps", STEPS, "--license", "CC0-1.0")
    assert run.returncode == 0, run.stderr
    assert f"step {STEPS} of {STEPS}" in run.stderr
    longhand("import-dense", folder / "network.safetensors", folder / "network.json")
    width, height = SIZE
    painted = ["--width", width, "--height", height, "--out", folder / "painted.png"]
    longhand("pattern", "--dense", folder / "network.json", *painted)
    return folder


def test_the_painting_is_close_to_the_picture(taught):
    picture = Image.open(taught / "picture.png").convert("RGB")
    painted = Image.open(taught / "painted.png").convert("RGB")
    assert painted.size == SIZE
    close = decibels(picture, painted)
    assert close > LEAST_DECIBELS
    # the right way up and the right way round
    assert close > decibels(picture, painted.transpose(Image.FLIP_TOP_BOTTOM)) + 10
    assert close > decibels(picture, painted.transpose(Image.FLIP_LEFT_RIGHT)) + 3


def test_the_painting_is_what_the_network_answers(taught):
    tensors, metadata = read_safetensors(taught / "network.safetensors")
    assert metadata == {"activation": "sine", "output": "sigmoid", "license": "CC0-1.0"}
    network = fit_picture.create_network(units=32, depth=3, frequency=8)
    network.load_state_dict(tensors)
    places, _ = fit_picture.places_and_colours(Image.new("RGB", SIZE))
    with torch.no_grad():
        answers = torch.sigmoid(network(places)) * 255
    painted = Image.open(taught / "painted.png").convert("RGB")
    values = torch.frombuffer(bytearray(painted.tobytes()), dtype=torch.uint8).reshape(-1, 3).float()
    assert torch.max(torch.abs(values - answers)).item() <= 1


def test_the_same_seed_teaches_the_same_network(taught, tmp_path, monkeypatch):
    shape = ["--units", 8, "--depth", 2, "--steps", 5]
    for name in ("one", "other"):
        call(monkeypatch, taught / "picture.png", tmp_path / name, *shape, "--seed", 3)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_telephones_picture_stands_upright(tmp_path):
    image = draw_picture(SIZE)
    exif = Image.Exif()
    exif[0x0112] = 6  # it was taken with the telephone turned: the file holds it lying on its side
    image.transpose(Image.ROTATE_90).save(tmp_path / "picture.png", exif=exif)
    assert decibels(fit_picture.read_image(tmp_path / "picture.png", 256), image) > 100


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--units", 129], "Expected --units from 1 to 128, got 129."),
        (["--depth", 0], "Expected --depth from 1 to 32, got 0."),
        (["--steps", 0], "Expected --steps from 1 to 10000000, got 0."),
        ([], "words.txt is no picture that can be read"),
    ],
)
def test_what_cannot_be_taught_is_told_in_a_line(tmp_path, monkeypatch, capsys, arguments, message):
    (tmp_path / "words.txt").write_text("no picture")
    with pytest.raises(SystemExit) as stopped:
        call(monkeypatch, tmp_path / "words.txt", tmp_path / "network.safetensors", *arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "network.safetensors").exists()

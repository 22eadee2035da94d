"""Lines of handwriting as pictures: for reader programs and for people."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

X_HEIGHT, UNITS = 28, 2.82  # pixels, and the model units that they are
LINE, MARGIN = 3, 20  # pixels
WIDEST, HIGHEST = 8000, 1200  # pixels: ink that needs more has run away
PAPER, INK = (250, 247, 240), (31, 42, 68)


def draw(strokes, x_height=X_HEIGHT, pen=LINE, paper=255, ink=0, mode="L"):
    """Strokes in model units -> a picture of just their size; None where they have run away."""
    strokes = [np.asarray(stroke, float) * x_height / UNITS for stroke in strokes]
    if not strokes:
        return None
    low = np.min([stroke.min(0) for stroke in strokes], 0) - MARGIN
    width, height = (np.max([stroke.max(0) for stroke in strokes], 0) - low + MARGIN).astype(int)
    if width > WIDEST or height > HIGHEST:
        return None
    image = Image.new(mode, (2 * width, 2 * height), paper)
    canvas = ImageDraw.Draw(image)
    for stroke in strokes:
        places = [tuple(place) for place in (stroke - low) * 2]
        for x, y in (places[0], places[-1]):  # round ends
            canvas.ellipse([x - pen, y - pen, x + pen, y + pen], ink)
        if len(places) > 1:
            canvas.line(places, ink, 2 * pen, joint="curve")
    return image.resize((width, height), Image.LANCZOS)


def sheet(lines, labels, width=1500, x_height=14):
    """Lines (lists of strokes), one below the other, each with a label at its left."""
    rows = []
    for strokes, label in zip(lines, labels):
        picture = draw(strokes, x_height, 1, PAPER, INK, "RGB")
        row = Image.new("RGB", (width, max(30, picture.height if picture else 0)), PAPER)
        if picture:
            row.paste(picture, (150, 0))
        ImageDraw.Draw(row).text((5, row.height // 2 - 6), label, (150, 120, 120), ImageFont.load_default())
        rows.append(row)
    image = Image.new("RGB", (width, sum(row.height for row in rows) + 10), PAPER)
    at = 5
    for row in rows:
        image.paste(row, (0, at))
        at += row.height
    return image

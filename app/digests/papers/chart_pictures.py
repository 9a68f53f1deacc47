"""A small chart as a picture for mail: PNG at twice its size, on a light ground of its own, filled
in ways that can be told apart without colour."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from app.digests.papers.chart_shapes import (
    HEIGHT,
    LETTER_SIZE,
    NO_VALUE,
    WIDTH,
    Box,
    Words,
    drawing_of,
)
from app.digests.told import Chart

_SCALE = 2
_EDGE = 5  # CSS pixels of ground around the drawing
_COLOURS = 12
GROUND, INK, RULE = "#fffdf8", "#1d2433", "#8a8474"
#: Of each tone: the colour of its lines, that of its ground, and how it is filled.
FILLS = {
    "": ("#1d5799", "#1d5799", "full"),
    "better": ("#12695a", "#12695a", "full"),
    "same": ("#8a8474", "#d9d2c3", "full"),
    "worse": ("#7b2c72", "#fffdf8", "stripes"),
    "unknown": ("#8a8474", "#fffdf8", "empty"),
}
PICTURE_WIDTH, PICTURE_HEIGHT = WIDTH + 2 * _EDGE, HEIGHT + 2 * _EDGE


@lru_cache(maxsize=256)
def picture_of(chart: Chart) -> bytes:
    """The chart as PNG, a few KB; PICTURE_WIDTH by PICTURE_HEIGHT are its CSS pixels. Drawn once
    for everybody who is sent the same."""
    drawing = drawing_of(chart)
    image = Image.new("RGB", (PICTURE_WIDTH * _SCALE, PICTURE_HEIGHT * _SCALE), GROUND)
    pen = ImageDraw.Draw(image)
    for box in drawing.boxes:
        _fill(image, pen, box)
    floor = (drawing.floor + _EDGE) * _SCALE
    pen.line((_EDGE * _SCALE, floor, image.width - _EDGE * _SCALE, floor), fill=RULE, width=2)
    font = ImageFont.load_default(LETTER_SIZE * _SCALE)  # Pillow's own: no machine lacks it
    for words in drawing.words:
        _write(pen, words, font)
    out = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fill(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box) -> None:
    line, ground, how = FILLS.get(box.tone, FILLS[""])
    left, top = round((box.x + _EDGE) * _SCALE), round((box.y + _EDGE) * _SCALE)
    right = round((box.x + box.width + _EDGE) * _SCALE)
    low = round((box.y + box.height + _EDGE) * _SCALE)
    if right <= left or low <= top:
        return
    if how == "stripes":
        image.paste(_striped(right - left, low - top, line, ground), (left, top))
    pen.rectangle(
        (left, top, right, low), fill=None if how == "stripes" else ground, outline=line, width=2
    )


def _striped(width: int, height: int, line: str, ground: str) -> Image.Image:
    piece = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(piece)
    for start in range(-height, width, 8):
        pen.line((start, height, start + height, 0), fill=line, width=3)
    return piece


def _write(pen: ImageDraw.ImageDraw, words: Words, font: Any) -> None:
    place = ((words.x + _EDGE) * _SCALE, (words.y + _EDGE) * _SCALE)
    pen.text(
        place,
        words.text.replace(NO_VALUE, "-"),
        fill=INK,
        font=font,
        anchor="ms" if words.middle else "ls",
    )

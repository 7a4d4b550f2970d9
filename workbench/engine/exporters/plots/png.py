"""A drawing as PNG, drawn by Pillow, which torchvision brings along."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import without_control
from workbench.engine.exporters.plots.drawing import Disc, Line, Text, strokes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from workbench.engine.exporters.plots.drawing import Drawing, Shape

PIXELS: Final = 2
"""Pixels of the image for each unit of the drawing, so that it is sharp on fine screens and in print."""
FINER: Final = 2
"""Lines are drawn finer by this factor and then made smaller, which smooths their edges."""
_SCALE: Final = PIXELS * FINER
_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def png_bytes(drawing: Drawing) -> bytes:
    """The drawing as a PNG file, `PIXELS` times as many pixels wide as the drawing."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    size = (round(drawing.width * PIXELS), round(drawing.height * PIXELS))
    image = Image.new("RGB", (size[0] * FINER, size[1] * FINER), drawing.background)
    draw = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(image, draw, shape)
    info = PngInfo()
    info.add_itxt("Title", without_control(drawing.title))
    content = io.BytesIO()
    image.resize(size, Image.Resampling.BOX).save(content, "PNG", pnginfo=info, dpi=(72 * PIXELS, 72 * PIXELS))
    return content.getvalue()


def _draw(image: Image, draw: ImageDraw, shape: Shape) -> None:
    match shape:
        case Line():
            width = max(1, round(shape.width * _SCALE))
            for points in strokes(shape):
                places = [(x * _SCALE, y * _SCALE) for x, y in points.tolist()]
                draw.line(places, fill=shape.colour, width=width, joint="curve")
        case Disc():
            x, y, radius = shape.x * _SCALE, shape.y * _SCALE, shape.radius * _SCALE
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.colour)
        case Text():
            _write(image, draw, shape)


def _write(image: Image, draw: ImageDraw, text: Text) -> None:
    from PIL import Image as Images
    from PIL import ImageDraw as Draws
    from PIL import ImageFont

    font = ImageFont.load_default(text.size * _SCALE)
    shown, anchor = without_control(text.text), _ANCHORS[text.anchor]
    if not text.turned:
        draw.text((text.x * _SCALE, text.y * _SCALE), shown, fill=text.colour, font=font, anchor=anchor)
        return
    length, height = round(draw.textlength(shown, font=font)), round(text.size * _SCALE * 2)
    mask = Images.new("L", (length, height))
    Draws.Draw(mask).text((0, height / 2), shown, fill=255, font=font, anchor="ls")
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * length
    corner = (round(text.x * _SCALE - height / 2), round(text.y * _SCALE + before - length))
    turned = mask.rotate(90, expand=True)
    image.paste(text.colour, (*corner, corner[0] + turned.width, corner[1] + turned.height), turned)

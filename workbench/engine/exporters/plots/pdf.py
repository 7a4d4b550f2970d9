"""A drawing as PDF: one page with lines and text that stay sharp at any size.

Source: ISO 32000-1. The text is in Helvetica, which every reader has; characters that it lacks become question marks.
"""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import without_control
from workbench.engine.exporters.plots.drawing import Disc, Line, Text, text_width

if TYPE_CHECKING:
    from workbench.engine.exporters.plots.drawing import Drawing, Shape

_ARC: Final = 4 / 3 * (math.sqrt(2) - 1)
"""How far the control points of a quarter of a circle stand out, as a share of its radius."""


def pdf_bytes(drawing: Drawing) -> bytes:
    """The drawing as a PDF file of one page; a unit of the drawing is a point, 1/72 of an inch."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    operators = [
        f"1 0 0 -1 0 {height} cm 1 j",
        f"{_colour(drawing.background)} rg 0 0 {width} {height} re f",
        *map(_operators, drawing.shapes),
    ]
    stream = zlib.compress("\n".join(operators).encode("cp1252", "replace"), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(drawing.title)}) /Producer (training-workbench) >>".encode("cp1252", "replace"),
    ]
    content = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    start = len(content)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    content += f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode()
    content += (
        f"trailer\n<< /Size {count} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(content)


def _operators(shape: Shape) -> str:
    match shape:
        case Line():
            first, *rest = (f"{x:.2f} {y:.2f}" for x, y in shape.points.tolist())
            path = f"{first} m " + " ".join(f"{each} l" for each in rest)
            dash = " ".join(f"{each:g}" for each in shape.dash)
            return f"{_colour(shape.colour)} RG {shape.width:g} w [{dash}] 0 d {path} S"
        case Disc():
            return f"{_colour(shape.colour)} rg {_circle(shape)} f"
        case Text():
            return _text(shape)


def _circle(disc: Disc) -> str:
    x, y, r, c = disc.x, disc.y, disc.radius, disc.radius * _ARC
    quarters = [
        (x + r, y + c, x + c, y + r, x, y + r),
        (x - c, y + r, x - r, y + c, x - r, y),
        (x - r, y - c, x - c, y - r, x, y - r),
        (x + c, y - r, x + r, y - c, x + r, y),
    ]
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{each:.2f}" for each in row) + " c" for row in quarters)


def _text(text: Text) -> str:
    shown = without_control(text.text)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * text_width(shown, text.size)
    # The page is upside down, so that y is measured from its top: the text is turned back.
    if text.turned:
        matrix = f"0 -1 -1 0 {text.x:.2f} {text.y + before:.2f}"
    else:
        matrix = f"1 0 0 -1 {text.x - before:.2f} {text.y:.2f}"
    return f"BT {_colour(text.colour)} rg /F1 {text.size:g} Tf {matrix} Tm ({_escaped(shown)}) Tj ET"


def _escaped(text: str) -> str:
    return without_control(text).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))

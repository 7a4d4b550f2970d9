"""A drawing as SVG: text in XML, without scripts and without references to other files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from workbench.engine.errors import without_control
from workbench.engine.exporters.plots.drawing import Disc, Line, Text

if TYPE_CHECKING:
    from workbench.engine.exporters.plots.drawing import Drawing, Shape

NAMESPACE = "http://www.w3.org/2000/svg"


def svg_text(drawing: Drawing) -> str:
    """The drawing as an `svg` element that can stand alone or in a page."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    lines = [
        f'<svg xmlns="{NAMESPACE}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label={_quoted(drawing.title)} font-family="Helvetica, Arial, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="{drawing.background}"/>',
        *map(_element, drawing.shapes),
        "</svg>",
    ]
    return "\n".join(lines)


def _element(shape: Shape) -> str:
    match shape:
        case Line():
            points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points.tolist())
            dash = f' stroke-dasharray="{" ".join(f"{each:g}" for each in shape.dash)}"' if shape.dash else ""
            return (
                f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}" '
                f'stroke-linejoin="round"{dash}/>'
            )
        case Disc():
            return f'<circle cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="{shape.radius:g}" fill="{shape.colour}"/>'
        case Text():
            turn = f' transform="rotate(-90 {shape.x:.2f} {shape.y:.2f})"' if shape.turned else ""
            return (
                f'<text x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}" fill="{shape.colour}" '
                f'text-anchor="{shape.anchor}"{turn}>{escape(without_control(shape.text))}</text>'
            )


def _quoted(text: str) -> str:
    return quoteattr(without_control(text))

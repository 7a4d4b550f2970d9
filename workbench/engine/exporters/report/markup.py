"""Pieces of HTML. Every text is escaped on its way into them: names come from files of strangers."""

from __future__ import annotations

import base64
import html
import io
import math
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.errors import without_control
from workbench.engine.exporters.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST: Final = 300
"""Characters of a text."""


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def escaped(value: object) -> Html:
    """`value` as HTML that shows it, in one line and without characters that turn the direction of texts."""
    if isinstance(value, Html):
        return value
    text = without_control(str(value))
    return Html(html.escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…"))


def element(tag: str, *content: object, **attributes: object) -> Html:
    """An element with its content; a trailing underscore of an attribute's name is dropped (`class_`)."""
    listed = "".join(f' {name.rstrip("_").replace("_", "-")}="{escaped(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{listed}>{''.join(map(escaped, content))}</{tag}>")


def table(head: Sequence[object], rows: Iterable[Sequence[object]], kind: str = "") -> Html:
    """A table; columns of numbers are set to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    is_number = [each.startswith('<td class="number"') for each in cells[0]] if cells else [False] * len(head)
    heads = [
        element("th", each, scope="col", **({"class_": "number"} if right else {}))
        for each, right in zip(head, is_number, strict=False)
    ]
    top = element("thead", element("tr", *heads)) if head else ""
    return element("table", top, element("tbody", *(element("tr", *row) for row in cells)), class_=kind)


def _cell(value: object) -> Html:
    if isinstance(value, Html) and value.startswith("<td"):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return element("td", number(value), class_="number")
    return element("td", value)


def section(title: str, *content: object, kind: str = "") -> Html:
    """A part of the page with its heading."""
    return element("section", element("h2", title), *content, class_=kind)


def number(value: float | None) -> str:
    """A number as people write it; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.6g}" if math.isfinite(value) else "NaN" if math.isnan(value) else phrase("infinite")


def image(pixels: np.ndarray, description: str) -> Html:
    """An image (C, H, W) uint8 of one or three channels, inside the page; of others, the first channel."""
    from PIL import Image

    content = io.BytesIO()
    array = np.moveaxis(pixels, 0, 2) if pixels.shape[0] == 3 else pixels[0]
    Image.fromarray(np.ascontiguousarray(array)).save(content, "PNG")
    data = base64.b64encode(content.getvalue()).decode()
    return Html(f'<img src="data:image/png;base64,{data}" alt="{escaped(description)}">')

"""Drawing: lines, discs and texts on a page, which each format writes in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points: TypeAlias = NDArray[np.float64]

Anchor = Literal["start", "middle", "end"]

_WIDTHS: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_ADVANCES: Final = tuple(int(width) / 1000 for width in _WIDTHS.split())
"""The widths of the characters from space to tilde in Helvetica, as shares of its size (Adobe's font metrics)."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line through points.

    Attributes:
        points: (n, 2), x from the left and y from the top.
        colour: as #rrggbb.
        width: of the line.
        dash: lengths of strokes and gaps in turn; none for a whole line.
    """

    points: Points
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled disc."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, whose baseline is at `y`; `turned` reads from the bottom to the top."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    turned: bool = False


Shape: TypeAlias = Line | Disc | Text


@dataclass(slots=True)
class Drawing:
    """Shapes on a page, the later ones over the earlier ones.

    Attributes:
        width: of the page; of an image, half of its pixels.
        height: as `width`.
        background: its colour, as #rrggbb.
        title: what it shows, in a sentence.
        shapes: what is drawn.
    """

    width: float
    height: float
    background: str
    title: str
    shapes: list[Shape] = field(default_factory=list)


def text_width(text: str, size: float) -> float:
    """About how wide a text is in Helvetica."""
    return size * sum(_ADVANCES[ord(each) - 32] if 32 <= ord(each) < 127 else 1.0 for each in text)


def strokes(line: Line) -> Iterator[Points]:
    """The strokes of a dashed line, each a line of its own; the whole line where it has no dashes."""
    if not line.dash or len(line.points) < 2:
        yield line.points
        return
    lengths = np.hypot(*np.diff(line.points, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(lengths)])
    start, place = 0.0, 0
    while start < at[-1]:
        stop = min(start + line.dash[place % len(line.dash)], at[-1])
        if place % 2 == 0:
            inner = line.points[(at > start) & (at < stop)]
            ends = [[np.interp(each, at, line.points[:, axis]) for axis in (0, 1)] for each in (start, stop)]
            yield np.concatenate([[ends[0]], inner, [ends[1]]])
        start, place = stop, place + 1

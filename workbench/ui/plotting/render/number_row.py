"""The numbers along a horizontal axis, side by side: none runs into another or out of the chart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GAP: Final = 4.0
"""Logical pixels between two numbers, at least."""


class PlacedNumber(NamedTuple):
    """A number with its place.

    Attributes:
        left: its left edge, in logical pixels.
        width: that it takes.
        text: what is written.
    """

    left: float
    width: float
    text: str


def number_row(
    numbers: Iterable[tuple[float, str]], advance: Callable[[str], float], room: tuple[float, float]
) -> list[PlacedNumber]:
    """Place each number below its tick, moved only as far as the edge asks; those without room are left out.

    Args:
        numbers: the places of the ticks, from left to right, and their texts.
        advance: how wide a text is.
        room: from where to where numbers may stand.
    """
    first, last = room
    placed: list[PlacedNumber] = []
    free_from = -math.inf
    for place, text in numbers:
        width = advance(text) + 2
        left = max(first, min(place - width / 2, last - width))
        if left >= free_from:
            placed.append(PlacedNumber(left, width, text))
            free_from = left + width + GAP
    return placed

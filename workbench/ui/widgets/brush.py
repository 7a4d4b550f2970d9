"""Strokes of a brush in an image of bytes, with soft edges as the digits of MNIST have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEAR: Final = 1e-12
"""Squared pixels: two points so close are one."""


class Stroke:
    """One stroke, from the press of a button to its release: where it crosses itself it grows no darker.

    Args:
        image: (C, H, W) uint8 before the stroke.
        colour: (C,) of the brush, in 0..255.
    """

    def __init__(self, image: NDArray[np.uint8], colour: Sequence[float]) -> None:
        self._before = image.astype(np.float32)
        self._colour = np.asarray(colour, np.float32)[:, None, None]
        self._coverage: NDArray[np.float32] = np.zeros(image.shape[1:], np.float32)

    def add(self, start: tuple[float, float], end: tuple[float, float], radius: float) -> None:
        """Draw from `start` to `end`, both (x, y) in pixels: the middle of the first pixel is (0, 0)."""
        height, width = self._coverage.shape
        reach = radius + 1.0
        left, right = (max(0, int(min(start[0], end[0]) - reach)), min(width, int(max(start[0], end[0]) + reach) + 2))
        top, bottom = (max(0, int(min(start[1], end[1]) - reach)), min(height, int(max(start[1], end[1]) + reach) + 2))
        if left >= right or top >= bottom:
            return
        x, y = np.arange(left, right, dtype=np.float32)[None, :], np.arange(top, bottom, dtype=np.float32)[:, None]
        distance = np.sqrt(_square_distance(x, y, start, end))
        part = self._coverage[top:bottom, left:right]
        # A pixel at the edge is covered in part, over the width of one pixel.
        np.maximum(part, np.clip(np.float32(radius + 0.5) - distance, 0, 1), out=part)

    @property
    def image(self) -> NDArray[np.uint8]:
        """(C, H, W): the image with the stroke; a new array each time."""
        mixed = self._before + self._coverage * (self._colour - self._before)
        result: NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
        return result


def _square_distance(
    x: NDArray[np.float32], y: NDArray[np.float32], start: tuple[float, float], end: tuple[float, float]
) -> NDArray[np.float32]:
    """The squared distance of each place from the line between two points."""
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    share: NDArray[np.float32] | float = 0.0
    if length > NEAR:
        share = np.clip(((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length, 0, 1)
    across, down = x - (start[0] + share * along[0]), y - (start[1] + share * along[1])
    found: NDArray[np.float32] = (across * across + down * down).astype(np.float32)
    return found

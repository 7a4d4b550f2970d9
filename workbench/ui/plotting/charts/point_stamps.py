"""Thousands of markers as one image: the pixels of all of them are set at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

RADIUS: Final = 2.4
SMALL_RADIUS: Final = 1.8
RING: Final = 1.1
"""Logical pixels: of a marker, of one where there are many, and of the line around it."""
MANY: Final = 3000
SHAPES: Final = 4


def stamped(
    columns: Floats,
    rows: Floats,
    shapes: NDArray[np.int64],
    fills: NDArray[np.uint32],
    rims: NDArray[np.uint32],
    size: QSize,
    ratio: float,
) -> QImage:
    """An image with a marker at each place, later ones over earlier ones.

    Args:
        columns: horizontal places (N,), in logical pixels; markers outside of the image are left out.
        rows: vertical places (N,).
        shapes: (N,) circle, square, triangle or diamond, 0 to 3.
        fills: (N,) colours as `argb` gives them.
        rims: (N,) colours of the lines around the markers.
        size: of the image, in logical pixels.
        ratio: device pixels in a logical one.
    """
    width, height = max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio))
    pixels = np.zeros(width * height, np.uint32)
    with np.errstate(invalid="ignore", over="ignore"):
        is_inside = (columns >= 0) & (columns < size.width()) & (rows >= 0) & (rows < size.height())
    x = np.floor(columns[is_inside] * ratio).astype(np.int64)
    y = np.floor(rows[is_inside] * ratio).astype(np.int64)
    offsets, is_rim, is_drawn = _stamps(SMALL_RADIUS if len(columns) > MANY else RADIUS, ratio)
    kinds = shapes[is_inside] % SHAPES
    across, down = x[:, None] + offsets[None, :, 0], y[:, None] + offsets[None, :, 1]
    kept = is_drawn[kinds] & (across >= 0) & (across < width) & (down >= 0) & (down < height)
    colours = np.where(is_rim[kinds], rims[is_inside][:, None], fills[is_inside][:, None])
    # Of a place that is set more than once, NumPy keeps what comes last.
    pixels[(down * width + across)[kept]] = colours[kept]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


def argb(colour: QColor) -> int:
    """An opaque colour as a pixel of the image."""
    return 0xFF << 24 | colour.red() << 16 | colour.green() << 8 | colour.blue()


def argb_of(rgb: NDArray[np.floating]) -> NDArray[np.uint32]:
    """Colours (N, 3) in 0..255 as pixels."""
    parts = np.nan_to_num(rgb).clip(0, 255).astype(np.uint32)
    packed: NDArray[np.uint32] = np.uint32(0xFF << 24) | parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2]
    return packed


def _stamps(radius: float, ratio: float) -> tuple[NDArray[np.int64], Mask, Mask]:
    """The pixels (K, 2) around a place, and for each shape (SHAPES, K) which of them are rim, and which are drawn."""
    reach = int(np.ceil((1.4 * radius + RING) * ratio))
    steps = np.arange(-reach, reach + 1)
    x, y = (grid.ravel() for grid in np.meshgrid(steps, steps))
    within = np.stack([_distances(shape, x / ratio, y / ratio) for shape in range(SHAPES)])
    is_drawn = within <= radius + RING
    used = is_drawn.any(axis=0)
    return np.stack([x, y], axis=1)[used], (within > radius)[:, used], is_drawn[:, used]


def _distances(shape: int, x: Floats, y: Floats) -> Floats:
    """How large a marker of this shape must be to reach a place."""
    match shape:
        case 0:
            return np.hypot(x, y)
        case 1:
            return np.maximum(np.abs(x), np.abs(y)) * 1.1
        case 2:
            # The triangle stands on its side: each side is this far from the centre.
            return np.maximum(y * 1.3, np.abs(x) * 1.55 - y * 0.75)
    return (np.abs(x) + np.abs(y)) / 1.3

"""Outputs on a grid as a picture of any size: colours of classes with the boundary between them, or of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

from workbench.ui.plotting.scatter_view import class_colour

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

    from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, Points
    from workbench.ui.plotting.render.colours import PlotColours

    Floats = NDArray[np.float32]

STRENGTH: Final = 0.5
"""Of the colour of a class that the network is sure of: the points stay visible on it."""
LARGEST: Final = 1e15
"""Of an output that is drawn: its square is still a float32."""
LINE_STRENGTH: Final = 0.8
MOST_NUMBERS: Final = 1 << 19
"""Of all outputs of a picture together: about 10 ms; a larger picture is scaled up."""
FEW_NUMBERS: Final = 1 << 17
"""Of a picture that is soon followed by another one: about 3 ms."""


def magnified(outputs: NDArray[np.floating], width: int, height: int) -> Floats:
    """The outputs (rows, columns, K) on a finer grid (K, height, width), with the same ends; linear in between.

    The outputs, not the colours: so the boundary between classes stays sharp at any size.
    """
    # Each output by itself: NumPy is several times as fast along a long last axis.
    apart = np.ascontiguousarray(np.moveaxis(_finite(outputs), -1, 0))
    rows, columns = apart.shape[1:]
    across, share_x = _between(columns, width)
    # Not by an index: that would give another order in memory.
    wide = apart.take(across, axis=2)
    wide += share_x * (apart.take(across + 1, axis=2) - wide)
    down, share_y = _between(rows, height)
    found: Floats = wide.take(down, axis=1)
    found += share_y[:, None] * (wide.take(down + 1, axis=1) - found)
    return found


def interpolated(plane: PlaneOutputs, points: NDArray[np.floating]) -> Floats:
    """The outputs (n, K) at points (n, F), from those on the grid: linear in between.

    Points beyond the grid have the outputs at its edge.
    """
    outputs = _finite(plane.outputs)
    across, right = _neighbours(plane.x, points[:, 0])
    if not len(plane.y):
        along: Floats = outputs[across] + right * (outputs[across + 1] - outputs[across])
        return along
    down, up = _neighbours(plane.y, points[:, 1])
    below = outputs[down, across] + right * (outputs[down, across + 1] - outputs[down, across])
    above = outputs[down + 1, across] + right * (outputs[down + 1, across + 1] - outputs[down + 1, across])
    between: Floats = below + up * (above - below)
    return between


def outputs_at(plane: PlaneOutputs, points: Points) -> Floats:
    """The outputs for points of the data: the network's own where they were asked for, else from those on the grid."""
    return interpolated(plane, points.inputs) if points.outputs is None else points.outputs


def picture_size(width: int, height: int, outputs: int, *, is_passing: bool = False) -> tuple[int, int]:
    """The size (width, height) of the picture for a place of this size in pixels, and this number of outputs.

    One that is passing, soon followed by another, may be coarser.
    """
    most = FEW_NUMBERS if is_passing else MOST_NUMBERS
    scale = min(1.0, (most / max(1, width * height * max(2, outputs))) ** 0.5)
    return max(2, round(scale * width)), max(2, round(scale * height))


def classes_image(outputs: Floats, colours: PlotColours) -> QImage:
    """The picture of scores (K, height, width), first row below: each place in the colours of its likely classes.

    A line is where two classes are equally likely; beside it the colours are as weak as the network is unsure.
    """
    classes = len(outputs)
    powers = np.exp(outputs - outputs.max(axis=0))
    powers /= powers.sum(axis=0)
    # Above chance, as a share of what can be above it.
    powers -= np.float32(1 / classes)
    np.maximum(powers, 0, out=powers)
    ground, text = _rgb(colours.background), _rgb(colours.text)
    own = np.stack([_rgb(class_colour(colours, label)) for label in range(classes)])
    parts = (own - ground) * np.float32(STRENGTH * classes / max(1, classes - 1))
    pixels = np.repeat(ground, powers[0].size).reshape(3, *outputs.shape[1:])
    # No product of matrices: that takes threads, and waits for them beside a training.
    for part, power in zip(parts, powers, strict=True):
        pixels += part[:, None, None] * power
    pixels += np.float32(LINE_STRENGTH) * _line(outputs) * (text[:, None, None] - pixels)
    return _image(pixels)


def numbers_image(outputs: Floats, low: float, high: float, colours: PlotColours) -> QImage:
    """The picture of numbers (height, width), first row below, coloured as `number_rgb` does, but weaker."""
    ground = _rgb(colours.background)
    pixels = ground + np.float32(STRENGTH) * (number_rgb(outputs, low, high, colours) - ground)
    return _image(np.moveaxis(pixels, -1, 0))


def number_rgb(values: NDArray[np.floating], low: float, high: float, colours: PlotColours) -> Floats:
    """Red, green and blue (..., 3) in 0..255 of `values`: from one colour at `low` over the ground to another."""
    # The same distance on both sides of the middle, so that equal strengths are equal distances.
    share = np.clip((values.astype(np.float32) - np.float32((low + high) / 2)) / np.float32((high - low) / 2), -1, 1)
    ground, below, above = _rgb(colours.background), _rgb(colours.test), _rgb(colours.training)
    side = np.where(share[..., None] < 0, below, above)
    found: Floats = ground + np.abs(share)[..., None] * (side - ground)
    return found


def _line(outputs: Floats) -> Floats:
    """How much of each pixel (height, width) lies on the boundary between the two most likely classes, 0..1."""
    if len(outputs) < 2:
        return np.zeros(outputs.shape[1:], np.float32)
    if len(outputs) > 2:
        return _edges(outputs.argmax(axis=0), _lead(outputs))
    margin = outputs[0] - outputs[1]
    down, across = np.gradient(margin)
    steep = np.sqrt(down * down + across * across) + np.float32(1e-12)
    found: Floats = np.clip(np.float32(1.2) - np.abs(margin) / steep, 0, 1)
    return found


def _lead(outputs: Floats) -> Floats:
    """How far the largest of (K, height, width) is above the second largest."""
    first, second = np.maximum(outputs[0], outputs[1]), np.minimum(outputs[0], outputs[1])
    for each in outputs[2:]:
        second = np.maximum(second, np.minimum(first, each))
        first = np.maximum(first, each)
    found: Floats = first - second
    return found


def _edges(first: NDArray[np.int64], margin: Floats) -> Floats:
    """As `_line`, of the most likely class and its lead over the second."""
    line = np.zeros(first.shape, np.float32)
    every, here, there = slice(None), slice(None, -1), slice(1, None)
    for low, high in (((here, every), (there, every)), ((every, here), (every, there))):
        is_edge = first[low] != first[high]
        # The line crosses between the two pixels, nearer to the one with the smaller lead.
        share = margin[low] / (margin[low] + margin[high] + np.float32(1e-12))
        line[low] = np.maximum(line[low], np.clip(np.float32(1.2) - share, 0, 1) * is_edge)
        line[high] = np.maximum(line[high], np.clip(np.float32(0.2) + share, 0, 1) * is_edge)
    return line


def _between(count: int, fine: int) -> tuple[NDArray[np.int64], Floats]:
    """The lower neighbours of `fine` places among `count`, and how far each place is towards the next."""
    places = np.linspace(0, count - 1, fine, dtype=np.float32)
    lower = np.minimum(places.astype(np.int64), max(0, count - 2))
    return lower, places - lower.astype(np.float32)


def _finite(outputs: NDArray[np.floating]) -> Floats:
    """The outputs of a network that may have diverged, as numbers that can be drawn."""
    found: Floats = np.nan_to_num(outputs).clip(-LARGEST, LARGEST).astype(np.float32)
    return found


def _neighbours(values: Floats, wanted: NDArray[np.floating]) -> tuple[NDArray[np.int64], Floats]:
    """The lower neighbours (n,) of numbers among evenly spaced `values`, and how far (n, 1) they are to the next."""
    step = (float(values[-1]) - float(values[0])) / (len(values) - 1)
    places = np.nan_to_num((wanted - values[0]) / np.float32(step)).clip(0, len(values) - 1)
    lower = np.minimum(places.astype(np.int64), len(values) - 2)
    return lower, (places - lower).astype(np.float32)[:, None]


def _rgb(colour: QColor) -> Floats:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)


def _image(pixels: Floats) -> QImage:
    """The picture of (3, height, width) in 0..255; its first row stands below."""
    _, height, width = pixels.shape
    whole = np.empty((height, width, 3), np.uint8)
    whole[:] = np.moveaxis(pixels[:, ::-1].clip(0, 255), 0, -1)
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

"""Pictures of samples: an image as it is, a point of a plane among the others; and vectors as a line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from workbench.engine.config.tasks import Task
from workbench.ui.plotting.render.colours import blend
from workbench.ui.plotting.scatter_view import ScatterView, class_colour
from workbench.ui.style.array_images import image_of
from workbench.ui.text.metric_texts import signed_three_digits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.plotting.render.colours import PlotColours

SIDE: Final = 128
"""Pixels of the picture of a plane."""
EDGE: Final = 0.1
OUTER: Final = 0.001
"""The share of the points on each side that may lie outside."""
MOST_POINTS: Final = 4000
RING: Final = 9.0
FAINT: Final = 0.5
MOST_NUMBERS: Final = 12


class SamplePictures:
    """Draws samples of one data set.

    Args:
        spec: task and shapes.
        inputs: (N, ...), images uint8 or float32 in 0..1, or vectors.
        targets: labels (N,), or numbers (N, T).
    """

    def __init__(self, spec: DataSpec, inputs: np.ndarray, targets: np.ndarray) -> None:
        self.spec = spec
        self.inputs = inputs
        self.targets = targets
        self._plane: QImage | None = None
        self._ranges = ((0.0, 1.0), (0.0, 1.0))
        self._colours: PlotColours | None = None

    @property
    def has_pictures(self) -> bool:
        """Whether there is something to see; else only numbers can be shown."""
        return self.spec.is_image or ScatterView.can_show(self.spec)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours."""
        self._colours, self._plane = colours, None

    def image(
        self,
        place: int,
        inputs: np.ndarray | None = None,
        targets: np.ndarray | None = None,
        value: float | None = None,
    ) -> QImage | None:
        """The picture of a sample; None where only numbers can be shown.

        Args:
            place: its index.
            inputs: where it is looked up; None for those of the data set.
            targets: with `inputs`.
            value: the predicted number, for regression.
        """
        inputs = self.inputs if inputs is None else inputs
        targets = self.targets if targets is None else targets
        if self.spec.is_image:
            return image_of(as_bytes(inputs[place]))
        if self._colours is None or not self.has_pictures:
            return None
        x = float(inputs[place, 0])
        is_class = self.spec.task is Task.CLASSIFICATION
        y = float(inputs[place, 1]) if is_class else float(targets[place, 0])
        return self._point(self._colours, x, y, int(targets[place]) if is_class else 0, value)

    def numbers(self, place: int, inputs: np.ndarray | None = None) -> str:
        """The first numbers of a vector in a line."""
        inputs = self.inputs if inputs is None else inputs
        values = inputs[place, :MOST_NUMBERS].tolist()
        text = "  ".join(signed_three_digits(value) for value in values)
        return f"{text} …" if inputs.shape[1] > MOST_NUMBERS else text

    def _point(self, colours: PlotColours, x: float, y: float, label: int, value: float | None) -> QImage:
        if self._plane is None:
            self._plane = self._drawn_plane(colours)
        image = self._plane.copy()
        place = QPointF(_along(x, self._ranges[0]), SIDE - _along(y, self._ranges[1]))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if value is not None and np.isfinite(value):
                guess = QPointF(place.x(), SIDE - _along(value, self._ranges[1]))
                painter.setPen(QPen(colours.test, 2))
                painter.drawLine(place, guess)
                painter.fillRect(QRectF(guess.x() - 5, guess.y() - 1.5, 10, 3), colours.test)
            painter.setPen(QPen(colours.text, 3))
            painter.setBrush(class_colour(colours, label))
            painter.drawEllipse(place, RING, RING)
        return image

    def _drawn_plane(self, colours: PlotColours) -> QImage:
        """All points, small and faint."""
        stride = max(1, len(self.inputs) // MOST_POINTS)
        points = self.inputs[::stride].astype(np.float64)
        targets = self.targets[::stride]
        is_class = self.spec.task is Task.CLASSIFICATION
        x, y = points[:, 0], points[:, 1] if is_class else targets[:, 0].astype(np.float64)
        self._ranges = _range(x), _range(y)
        pixels = np.empty((SIDE, SIDE, 4), np.uint8)
        pixels[:] = _bgra(colours, None)
        (left, right), (low, high) = self._ranges
        columns, rows = (x - left) / (right - left) * SIDE, (high - y) / (high - low) * SIDE
        inside = np.isfinite(columns) & np.isfinite(rows)
        columns = np.clip(columns[inside].astype(np.int64), 0, SIDE - 2)
        rows = np.clip(rows[inside].astype(np.int64), 0, SIDE - 2)
        labels = targets[inside] if is_class else np.zeros(int(inside.sum()), np.int64)
        table = np.array([_bgra(colours, label) for label in range(max(1, len(self.spec.class_names)))], np.uint8)
        for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
            pixels[rows + down, columns + across] = table[labels]
        return QImage(pixels.data, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()


def as_bytes(tile: np.ndarray) -> NDArray[np.uint8]:
    """A tile (C, H, W) as bytes, from bytes or from float32 in 0..1."""
    if tile.dtype == np.uint8:
        return tile
    levels: NDArray[np.uint8] = (np.clip(np.nan_to_num(tile), 0.0, 1.0) * 255.0).round().astype(np.uint8)
    return levels


def _along(value: float, limits: tuple[float, float]) -> float:
    low, high = limits
    return (value - low) / (high - low) * SIDE


def _range(values: np.ndarray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = (float(edge) for edge in np.quantile(finite, (OUTER, 1 - OUTER)))
    room = EDGE * (high - low) or 1.0
    return low - room, high + room


def _bgra(colours: PlotColours, label: int | None) -> tuple[int, int, int, int]:
    """The bytes of a pixel of `Format_RGB32` on a little-endian machine: of the ground, or of points of a class."""
    ground = colours.background
    colour = ground if label is None else blend(class_colour(colours, label), ground, FAINT)
    return colour.blue(), colour.green(), colour.red(), 255

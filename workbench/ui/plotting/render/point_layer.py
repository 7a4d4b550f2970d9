"""Points joined by a thin line: one per evaluation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from workbench.ui.plotting.render.layers import Layer, thin_pen
from workbench.ui.plotting.render.line_layer import stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

RADIUS = 3.5
HALO = 1.5
"""Logical pixels; a ring in the colour of the background sets a point off from the traces."""
RIM = 1.25
"""Logical pixels: how thick the ring of a hollow point is."""
LEAST_DISTANCE = 24.0
LEAST_LINK = 1.0
"""Logical pixels between two corners of the line that joins the points."""


@dataclass(frozen=True, slots=True)
class PointLook:
    """How points look.

    Attributes:
        dot: chooses their colour.
        link: chooses the colour of the line that joins them; None draws no such line.
        radius: in logical pixels.
        hollow: rings rather than dots.
        diamond: squares on a corner rather than circles.
        distance: least logical pixels between two points; closer points are thinned out to every 2nd, 4th, 8th ….
    """

    dot: Callable[[PlotColours], QColor]
    link: Callable[[PlotColours], QColor] | None
    radius: float = RADIUS
    hollow: bool = False
    diamond: bool = False
    distance: float = LEAST_DISTANCE


TEST_LOOK = PointLook(lambda colours: colours.test, lambda colours: colours.test_faint)
VALIDATION_LOOK = PointLook(
    lambda colours: colours.validation, lambda colours: colours.validation_faint, radius=6.5, diamond=True
)


class PointLayer(Layer):
    """Values at certain steps, ascending.

    Attributes:
        factor: multiplies the values.
        begin: points at this step and before are not drawn, nor is the line before it.
    """

    def __init__(self, factor: float = 1.0, look: PointLook = TEST_LOOK) -> None:
        """Start without points.

        Args:
            factor: multiplies the values.
            look: shape and colours of the points.
        """
        self.begin = -1.0
        self._look = look
        self.factor = factor
        self._steps = np.empty(0)
        self._values = np.empty(0)
        self._stride = 1
        self._link_stride = 1
        self._dot: QImage | None = None
        self._dot_of: tuple[int, PlotColours] | None = None

    def __len__(self) -> int:
        return len(self._steps)

    def extend(self, steps: Sequence[int], values: Sequence[float | None]) -> None:
        """Add points after the last one; None is no point."""
        points = [(step, value) for step, value in zip(steps, values, strict=True) if value is not None]
        self._steps = np.append(self._steps, [step for step, _ in points])
        self._values = np.append(self._values, [value for _, value in points])

    def clear(self) -> None:
        """Drop all points."""
        self._steps, self._values = np.empty(0), np.empty(0)

    def arrange(self, view: View) -> None:
        """Thin the points out where they would overlap."""
        self._stride = self._stride_for(view, self._look.distance)
        self._link_stride = self._stride_for(view, LEAST_LINK)
        side = math.ceil(2 * (self._look.radius + HALO) * view.ratio) | 1  # odd: the centre is a pixel's centre
        if self._dot_of != (side, view.colours):
            self._dot_of = (side, view.colours)
            self._dot = self._draw_dot(side, view)

    def needs_arranging(self, view: View) -> bool:
        """Whether the points added since `arrange` must be thinned out more than those that are painted."""
        return self._stride_for(view, self._look.distance) != self._stride

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint the points in the columns, and the line to their neighbours."""
        if self._dot is None or not len(self._steps):
            return
        reach = self._dot.width()
        edges = np.searchsorted(self._steps, (view.step(first - reach), view.step(last + reach)))
        known = int(np.searchsorted(self._steps, self.begin, side="right"))
        start, stop = int(edges[0]), int(edges[1])
        if max(start, known) == len(self._steps):  # nothing so far to the right, as in almost every frame
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_links(painter, view, (start, stop), (first, last))
        start = max(start, known)
        drawn = slice(-(-start // self._stride) * self._stride, stop, self._stride)
        columns = view.columns(self._steps[drawn])
        rows = view.rows(self._values[drawn], self.factor)
        half = reach // 2
        for column, row in zip(columns.tolist(), rows.tolist(), strict=True):
            if math.isfinite(row):
                painter.drawImage(QPointF(math.floor(column) - half, math.floor(row) - half), self._dot)

    def _paint_links(self, painter: QPainter, view: View, among: tuple[int, int], columns: tuple[int, int]) -> None:
        """Join the points `among[0]` … `among[1] - 1` to one another and to those beside them, within the columns."""
        left = max(columns[0], math.ceil(view.column(self.begin)))
        if self._look.link is None or left >= columns[1]:
            return
        stride = self._link_stride
        before = max(0, (among[0] - 1) // stride * stride)
        joined = slice(before, among[1] + stride, stride)
        if len(self._steps[joined]) > 1:
            painter.setClipRect(left, 0, columns[1] - left, view.height)
            painter.setPen(thin_pen(self._look.link(view.colours)))
            stroke(painter, view.columns(self._steps[joined]), view.rows(self._values[joined], self.factor))
            painter.setClipRect(columns[0], 0, columns[1] - columns[0], view.height)

    def _stride_for(self, view: View, distance: float) -> int:
        """A power of two, so that points stay or vanish in the same places as the view moves."""
        if len(self._steps) < 2:
            return 1
        spacing = (self._steps[-1] - self._steps[0]) / (len(self._steps) - 1) / view.steps_per_column / view.ratio
        return 1 << max(0, math.ceil(math.log2(distance / spacing))) if spacing > 0.0 else 1

    def _draw_dot(self, side: int, view: View) -> QImage:
        """The point as a picture: copying it takes 1 µs, drawing a circle 9."""
        dot = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        dot.fill(Qt.GlobalColor.transparent)
        painter = QPainter(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        centre = QPointF(side / 2, side / 2)
        ground, colour, radius = view.colours.background, self._look.dot(view.colours), self._look.radius
        circles = [(radius + HALO, ground), (radius, colour)]
        if self._look.hollow:
            circles.append((radius - RIM, ground))
        for each, fill in circles:
            painter.setBrush(fill)
            reach = each * view.ratio
            if self._look.diamond:
                corners = ((-reach, 0.0), (0.0, -reach), (reach, 0.0), (0.0, reach))
                painter.drawPolygon(QPolygonF([centre + QPointF(*corner) for corner in corners]))
            else:
                painter.drawEllipse(centre, reach, reach)
        painter.end()
        return dot

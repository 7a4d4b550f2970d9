"""The line under the pointer, with a ring where it meets the traces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyqtgraph import ViewBox
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from workbench.ui.plotting.render.colours import PlotColours

RADIUS = 3.5
HALF_WIDTH = 6.0
ABOVE_THE_CANVAS = 10.0


class Crosshair(QGraphicsItem):
    """Moves over the canvas without repainting it: the screen copies two narrow strips of the cached picture."""

    def __init__(self, view_box: ViewBox, colours: PlotColours) -> None:
        super().__init__(view_box)
        self._view_box = view_box
        self._colours = colours
        self._rows: tuple[float, ...] = ()
        self.setZValue(ABOVE_THE_CANVAS)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.hide()
        view_box.sigResized.connect(self._on_resized)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """A narrow strip around the line, as high as the view box."""
        return QRectF(-HALF_WIDTH, 0.0, 2 * HALF_WIDTH, self._view_box.rect().height())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and the rings."""
        height = self._view_box.rect().height()
        painter.fillRect(QRectF(0.0, 0.0, 1.0, height), self._colours.crosshair)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.training, 1.5))
        painter.setBrush(self._colours.background)
        for row in self._rows:
            painter.drawEllipse(QPointF(0.5, row), RADIUS, RADIUS)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.update()

    def show_at(self, column: float, rows: Sequence[float]) -> None:
        """Stand at `column` with a ring at each of `rows` (logical pixels; those outside the plot are left out)."""
        height = self._view_box.rect().height()
        shown = tuple(row for row in rows if math.isfinite(row) and 0.0 <= row <= height)
        if shown != self._rows:
            self._rows = shown
            self.update()
        self.setPos(math.floor(column), 0.0)
        self.show()

    def _on_resized(self) -> None:
        self.prepareGeometryChange()

"""Axes that are quick to draw: numbers beside the plot, no ticks, no line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from workbench.ui.plotting.render.ticks import step_ticks, vertical_ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPainter
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

GAP = 6.0
"""Logical pixels between the plot and its numbers."""
CLEARANCE = 3.0
WIDEST_NUMBER = "0.0005"
COLUMNS_PER_NUMBER = 2.2
"""Space per number along the horizontal axis, in widths of the widest number."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph carries no types
    """An axis that draws its numbers straight from the range.

    pyqtgraph's own lays out its ticks into a QPicture, 1 ms for each axis and change of range (reduced to one level of
    ticks, 3.5 ms for a plot where this takes 1.6). The width is fixed, so that plots below one another line up.
    """

    def __init__(self, orientation: str, font: QFont, colour: QColor, title: str) -> None:
        """Lay the axis out.

        Args:
            orientation: "left" or "bottom".
            font: of the numbers.
            colour: of the numbers.
            title: of the axis; the panel draws it, pyqtgraph's API returns it.
        """
        super().__init__(orientation, maxTickLength=0)
        self._font = font
        self._colour = colour
        self._log = False
        self.labelText = title
        # The label is never shown, but would be laid out as HTML at every change of range.
        self.enableAutoSIPrefix(False)
        metrics = QFontMetricsF(font)
        if orientation == "left":
            self.setWidth(round(metrics.horizontalAdvance(WIDEST_NUMBER) + 2 * GAP))
        else:
            self.setHeight(round(metrics.height() + GAP))

    def boundingRect(self) -> QRectF:  # noqa: N802
        """A little less than pyqtgraph's: Qt repaints all items within two pixels of a strip of the plot."""
        rect = QRectF(super().boundingRect())
        if self.orientation == "left":
            return rect.adjusted(0.0, 0.0, -CLEARANCE, 0.0)
        return rect.adjusted(0.0, CLEARANCE, 0.0, 0.0)

    def set_colour(self, colour: QColor) -> None:
        """Draw the numbers in this colour from now on."""
        self._colour = colour
        self.update()

    def set_log(self, log: bool) -> None:
        """Take the range as base-10 logarithms, or as it is."""
        self._log = log
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the numbers."""
        painter.setFont(self._font)
        painter.setPen(self._colour)
        if self.orientation == "left":
            self._paint_left(painter)
        else:
            self._paint_bottom(painter)

    def _paint_left(self, painter: QPainter) -> None:
        low, high = self.range
        height = self.size().height()
        line = QFontMetricsF(self._font).height()
        for position, label in vertical_ticks(low, high, height, log=self._log):
            y = (high - position) / (high - low) * height
            box = QRectF(0.0, y - line / 2, self.size().width() - GAP, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_bottom(self, painter: QPainter) -> None:
        low, high = self.range
        width = self.size().width()
        metrics = QFontMetricsF(self._font)
        widest = metrics.horizontalAdvance(f"{round(high):,}")
        for position, label in step_ticks(low, high, max(2.0, width / (widest * COLUMNS_PER_NUMBER))):
            advance = metrics.horizontalAdvance(label)
            x = (position - low) / (high - low) * width - advance / 2
            # A number is drawn whole or not at all.
            if x >= -GAP and x + advance <= width:
                box = QRectF(x, GAP / 2, advance + 1.0, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

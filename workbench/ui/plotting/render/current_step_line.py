"""The line that says where in a recorded run the present is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from pyqtgraph import ViewBox
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from workbench.ui.plotting.render.colours import PlotColours

WIDTH = 2.0
"""Logical pixels."""
PADDING = 6.0
CORNER = 3.0
ABOVE_THE_CANVAS = 5.0


class CurrentStepLine(QGraphicsItem):
    """A vertical line with a flag at its foot. It moves with every frame, so it lies over the canvas, not in it."""

    def __init__(self, view_box: ViewBox, colours: PlotColours, font: QFont, text: str) -> None:
        """Start hidden.

        Args:
            view_box: whose height the line has.
            colours: see `set_colours`.
            font: of the flag.
            text: plain, in the flag; "" for a line without one.
        """
        super().__init__(view_box)
        self._view_box = view_box
        self._colours = colours
        self._font = font
        self._text = text
        metrics = QFontMetricsF(font)
        self._flag_width = metrics.horizontalAdvance(text) + 2 * PADDING if text else 0.0
        self._flag_height = metrics.height() + 2.0 if text else 0.0
        self._is_left = False
        self.setZValue(ABOVE_THE_CANVAS)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.hide()
        view_box.sigResized.connect(self._on_resized)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Line and flag, on either side of the line."""
        reach = max(self._flag_width, WIDTH)
        return QRectF(-reach, 0.0, 2 * reach + WIDTH, self._view_box.rect().height())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and the flag."""
        height = self._view_box.rect().height()
        painter.fillRect(QRectF(-WIDTH / 2, 0.0, WIDTH, height), self._colours.accent)
        if not self._text:
            return
        left = -self._flag_width if self._is_left else 0.0
        flag = QRectF(left, height - self._flag_height, self._flag_width, self._flag_height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.accent)
        painter.drawRoundedRect(flag, CORNER, CORNER)
        painter.setFont(self._font)
        painter.setPen(self._colours.on_accent)
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, self._text)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.update()

    def show_at(self, column: float) -> None:
        """Stand at `column`, in logical pixels; hidden where that is outside the plot."""
        width = self._view_box.rect().width()
        is_left = column + self._flag_width > width
        if is_left != self._is_left:
            self._is_left = is_left
            self.update()
        self.setPos(math.floor(column), 0.0)
        self.setVisible(0.0 <= column <= width)

    def _on_resized(self) -> None:
        self.prepareGeometryChange()

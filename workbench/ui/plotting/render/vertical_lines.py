"""Vertical lines over the canvas. They move without repainting it: Qt copies two strips of the cached picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyqtgraph import ViewBox
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from workbench.ui.plotting.render.colours import PlotColours

RADIUS = 3.5
DOT_RADIUS = 4.5
HALF_WIDTH = 6.0
WIDTH = 2.0
"""Of the line at the current step, in logical pixels."""
PADDING = 6.0
CORNER = 3.0
END_ROOM = 6.0
"""Logical pixels between the flag and the end of a curve."""
LEAST_ROWS = 3
"""Of text in a plot with a flag: the epochs, a mark, the flag."""
LINE_LEVEL, CROSSHAIR_LEVEL = 5.0, 10.0


class VerticalLine(QGraphicsItem):
    """A hidden item as high as its view box."""

    def __init__(self, view_box: ViewBox, colours: PlotColours, reach: float, level: float) -> None:
        """Start hidden.

        Args:
            view_box: gives the height.
            colours: see `set_colours`.
            reach: how far the item is painted to either side, in logical pixels.
            level: the z value.
        """
        super().__init__(view_box)
        self._view_box = view_box
        self._colours = colours
        self._reach = reach
        self.setZValue(level)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.hide()
        view_box.sigResized.connect(self.prepareGeometryChange)

    @property
    def height(self) -> float:
        """Of the plot, in logical pixels."""
        return float(self._view_box.rect().height())

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The strip that the item paints."""
        return QRectF(-self._reach, 0.0, 2 * self._reach, self.height)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.update()

    def move_to(self, column: float) -> None:
        """Stand at this column, in logical pixels.

        Qt erases an item that has moved by an event of its own. If the plot is painted before that, for its newest
        steps, Qt takes the new place for the old one, and what was painted at the old one stays.
        """
        place = QPointF(math.floor(column), 0.0)
        if place != self.pos() and self.isVisible() and (scene := self.scene()) is not None:
            scene.update(self.sceneBoundingRect())
        self.setPos(place)


class Crosshair(VerticalLine):
    """The line under the pointer, with a ring where it meets the traces."""

    def __init__(self, view_box: ViewBox, colours: PlotColours) -> None:
        super().__init__(view_box, colours, HALF_WIDTH, CROSSHAIR_LEVEL)
        self._rows: tuple[float, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and the rings."""
        painter.fillRect(QRectF(0.0, 0.0, 1.0, self.height), self._colours.crosshair)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.training, 1.5))
        painter.setBrush(self._colours.background)
        for row in self._rows:
            painter.drawEllipse(QPointF(0.5, row), RADIUS, RADIUS)

    def show_at(self, column: float, rows: Sequence[float]) -> None:
        """Show the line at `column`, with a ring at each of `rows` inside the plot (logical pixels)."""
        shown = tuple(row for row in rows if math.isfinite(row) and 0.0 <= row <= self.height)
        if shown != self._rows:
            self._rows = shown
            self.update()
        self.move_to(column)
        self.show()


class StepMark(Crosshair):
    """The line of a step that the user has chosen, with a dot at its loss. It stays while the pointer moves on."""

    def __init__(self, view_box: ViewBox, colours: PlotColours) -> None:
        super().__init__(view_box, colours)
        self.setZValue(LINE_LEVEL)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and the dot."""
        painter.fillRect(QRectF(0.0, 0.0, 1.0, self.height), self._colours.mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.background, 1.0))
        painter.setBrush(self._colours.mark)
        for row in self._rows:
            painter.drawEllipse(QPointF(0.5, row), DOT_RADIUS, DOT_RADIUS)


class CurrentStepLine(VerticalLine):
    """The line at the current step of a recorded run, with a flag at its foot. It moves with every frame."""

    def __init__(
        self,
        view_box: ViewBox,
        colours: PlotColours,
        font: QFont,
        text: str,
        taken: Callable[[], Sequence[QRectF]] = tuple,
    ) -> None:
        """Start hidden.

        Args:
            view_box: gives the height.
            colours: see `set_colours`.
            font: of the flag.
            text: plain, in the flag; "" for a line without one.
            taken: what the flag must not cover, in logical pixels of the plot: there the line has no flag.
        """
        metrics = QFontMetricsF(font)
        self._flag_width = metrics.horizontalAdvance(text) + 2 * PADDING if text else 0.0
        self._flag_height = metrics.height() + 2.0
        self._font = font
        self._text = text
        self._taken = taken
        self._is_left = False
        self._end_row: float | None = None
        super().__init__(view_box, colours, max(self._flag_width, WIDTH), LINE_LEVEL)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and the flag."""
        painter.fillRect(QRectF(-WIDTH / 2, 0.0, WIDTH, self.height), self._colours.accent)
        if not self.has_flag:
            return
        flag = self.flag
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.accent)
        painter.drawRoundedRect(flag, CORNER, CORNER)
        painter.setFont(self._font)
        painter.setPen(self._colours.on_accent)
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, self._text)

    @property
    def has_flag(self) -> bool:
        """Whether the flag is drawn where the line is."""
        # In a plot lower than this, the texts of marks stand where the flag would.
        if not self._text or self.height < LEAST_ROWS * self._flag_height:
            return False
        place = self.flag.translated(self.pos())
        return not any(place.intersects(box) for box in self._taken())

    @property
    def flag(self) -> QRectF:
        """The flag, in logical pixels from the line's upper end: at its foot, or above the end of a curve there."""
        left = -self._flag_width if self._is_left else 0.0
        bottom = self.height
        if self._end_row is not None and self._end_row > bottom - self._flag_height - END_ROOM:
            bottom = self._end_row - END_ROOM
        return QRectF(left, bottom - self._flag_height, self._flag_width, self._flag_height)

    def set_text(self, text: str) -> None:
        """Write another text on the flag."""
        if text == self._text:
            return
        self.prepareGeometryChange()
        self._text = text
        self._flag_width = QFontMetricsF(self._font).horizontalAdvance(text) + 2 * PADDING if text else 0.0
        self._reach = max(self._flag_width, WIDTH)
        self.update()

    def show_at(self, column: float | None, end_row: float | None = None) -> None:
        """Show the line at `column`, in logical pixels; hidden if None or outside the plot.

        Args:
            column: where the line stands.
            end_row: where the curve that ends at the line does so: the flag does not cover that.
        """
        if end_row != self._end_row:
            self._end_row = end_row
            self.update()
        width = self._view_box.rect().width()
        if column is None or not 0.0 <= column <= width:
            self.hide()
            return
        is_left = column + self._flag_width > width
        if is_left != self._is_left:
            self._is_left = is_left
            self.update()
        self.move_to(column)
        self.show()

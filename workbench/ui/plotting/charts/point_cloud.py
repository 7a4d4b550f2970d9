"""PointCloud: thousands of points over two axes, with a line to compare them with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.charts.axes import Axes
from workbench.ui.plotting.render.colours import PlotColours

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from workbench.ui.style.palette import Palette

    Floats = NDArray[np.float64]

DOT: Final = 2.3
"""Radius of a point, in logical pixels."""
RING: Final = 5.0
REACH: Final = 12.0
"""Pixels from the pointer to the point that is meant."""
FAINTEST, STRONGEST = 0.15, 0.85
"""Opacity of a point, where there are many and where there are few."""
MANY: Final = 300
LEAST_MOVE: Final = 0.5
"""Pixels; points nearer in a direction are at the same place."""
_DIRECTIONS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ROOM: Final = 0.05
"""Of the range, beyond the outermost points on each side."""


class PointCloud(QWidget):
    """Draws points as one image; a click chooses the nearest, arrows go from point to point and Enter chooses."""

    point_chosen = Signal(object)
    """The user chose a point: its index; None for none."""
    point_hovered = Signal(object)
    """The pointer is at a point: its index; None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._colours: PlotColours | None = None
        self._x = self._y = np.zeros(0)
        self._titles = ("", "")
        self._is_diagonal = False
        self._axes: Axes | None = None
        self._picture: QPixmap | None = None
        self._chosen: int | None = None
        self._hovered: int | None = None

    def show_points(self, x: Floats, y: Floats, titles: tuple[str, str], *, is_diagonal: bool) -> None:
        """Draw the points (N,), (N,); those that are no finite numbers are left out.

        Args:
            x: their places on the horizontal axis.
            y: their places on the vertical axis.
            titles: of the two axes.
            is_diagonal: compare with the line y = x, over axes of the same range; else with y = 0.
        """
        self._x, self._y, self._titles, self._is_diagonal = x, y, titles, is_diagonal
        self._hovered = None
        self._forget_picture()

    def set_chosen(self, index: int | None) -> None:
        """Mark this point; no signal is emitted."""
        self._chosen = index
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self._forget_picture()

    @property
    def axes(self) -> Axes:
        """Where the points are drawn."""
        if self._axes is None:
            if self._is_diagonal:
                across = up = spread(np.concatenate([self._x, self._y]))
            else:
                # The line at 0 is in sight, whatever the points are.
                across, up = spread(self._x), spread(np.append(self._y, 0.0))
            self._axes = Axes.within(self.size(), across, up, QFontMetricsF(self.font()), self._titles[1])
        return self._axes

    def place_of(self, index: int) -> QPointF:
        """Where a point is drawn."""
        return self.axes.point(float(self._x[index]), float(self._y[index]))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(110, 90)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes and points, and rings around those that are chosen or pointed at."""
        del event
        if self._colours is None or not len(self._x):
            return
        if self._picture is None or self._picture.devicePixelRatioF() != self.devicePixelRatioF():
            self._picture = self._painted(self._colours)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self.axes.plot)
            for index, width in ((self._hovered, 1.0), (self._chosen, 2.0)):
                if index is not None and index < len(self._x):
                    painter.setPen(QPen(self._colours.text, width))
                    painter.drawEllipse(self.place_of(index), RING, RING)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw everything anew."""
        super().resizeEvent(event)
        self._forget_picture()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Mark the point under the pointer."""
        self._hover(self._point_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Mark none."""
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the point, or none if it is chosen already."""
        index = self._point_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if index is not None:
            self.point_chosen.emit(None if index == self._chosen else index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the nearest point in a direction, choose it with Enter, choose none with Escape."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            if (index := self._neighbour(*_DIRECTIONS[key])) is not None:
                self._hover(index)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hovered is not None:
            self.point_chosen.emit(self._hovered)
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            self.point_chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Mark none: the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._hover(None)

    def _neighbour(self, across: int, up: int) -> int | None:
        """The nearest point within 45 degrees of a direction; at first the chosen one, else that next to the middle."""
        if not len(self._x):
            return None
        start = self._hovered
        if start is None and self._chosen is not None and self._chosen < len(self._x):
            return self._chosen
        here = self.axes.plot.center() if start is None else self.place_of(start)
        with np.errstate(invalid="ignore", over="ignore"):
            x, y = self.axes.columns(self._x) - here.x(), self.axes.rows(self._y) - here.y()
            along, squares = across * x - up * y, x**2 + y**2
            is_there = np.isfinite(squares)
            if start is not None:
                is_there &= (along > LEAST_MOVE) & (2 * along**2 >= squares)
        squares = np.where(is_there, squares, np.inf)
        nearest = int(np.argmin(squares))
        return nearest if np.isfinite(squares[nearest]) else None

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.point_hovered.emit(index)
            self.update()

    def _point_at(self, place: QPointF) -> int | None:
        """The nearest point within reach."""
        if not len(self._x):
            return None
        with np.errstate(invalid="ignore", over="ignore"):
            squares = (self.axes.columns(self._x) - place.x()) ** 2 + (self.axes.rows(self._y) - place.y()) ** 2
        squares = np.where(np.isfinite(squares), squares, np.inf)
        nearest = int(np.argmin(squares))
        return nearest if squares[nearest] <= REACH**2 else None

    def _forget_picture(self) -> None:
        self._axes = self._picture = None
        self.update()

    def _painted(self, colours: PlotColours) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        axes = self.axes
        (left, right), (low, high) = axes.across, axes.up
        with QPainter(picture) as painter:
            painter.setFont(self.font())
            axes.paint(painter, colours, self._titles)
            painter.setClipRect(axes.plot)
            dots = dots_image(axes.columns(self._x), axes.rows(self._y), self.size(), ratio, colours.training)
            painter.drawImage(0, 0, dots)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.test, 1.5, Qt.PenStyle.DashLine))
            if self._is_diagonal:
                painter.drawLine(axes.point(left, low), axes.point(right, high))
            else:
                painter.drawLine(axes.point(left, 0.0), axes.point(right, 0.0))
        return picture


def spread(values: Floats) -> tuple[float, float]:
    """The range of the finite ones of `values`, with room at both ends."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        half = 0.5 * abs(low) or 0.5
        low, high = low - half, high + half
    room = ROOM * (high - low)
    return low - room, high + room


def dots_image(columns: Floats, rows: Floats, size: QSize, ratio: float, colour: QColor) -> QImage:
    """An image with a dot at each place, stronger where dots lie over one another.

    Args:
        columns: horizontal places (N,), in logical pixels.
        rows: vertical places (N,).
        size: of the image, in logical pixels.
        ratio: device pixels in a logical one.
        colour: of the dots.
    """
    width, height = max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio))
    with np.errstate(invalid="ignore", over="ignore"):
        is_inside = (columns >= 0) & (columns < size.width()) & (rows >= 0) & (rows < size.height())
    centres_x = np.rint(columns[is_inside] * ratio).astype(np.int64)
    centres_y = np.rint(rows[is_inside] * ratio).astype(np.int64)
    reach = int(np.ceil(DOT * ratio))
    hits = np.zeros(width * height, np.int64)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            if down**2 + right**2 > (DOT * ratio) ** 2:
                continue
            x, y = centres_x + right, centres_y + down
            kept = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            hits += np.bincount(y[kept] * width + x[kept], minlength=width * height)
    opacity = min(STRONGEST, max(FAINTEST, STRONGEST * MANY / max(1, len(columns))))
    alpha = np.rint(255 * (1 - (1 - opacity) ** hits)).astype(np.uint32)
    red, green, blue = (np.rint(part * alpha / 255).astype(np.uint32) for part in _channels(colour))
    pixels = (alpha << 24 | red << 16 | green << 8 | blue).reshape(height, width)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()

"""PointMap: the test samples in a plane, in the colours of their classes; it can be zoomed and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.charts.axes import Axes
from workbench.ui.plotting.charts.plane_image import number_rgb
from workbench.ui.plotting.charts.point_stamps import argb, argb_of, stamped
from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.plotting.scatter_view import class_colour

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from workbench.ui.style.palette import Palette

REACH: Final = 10.0
"""Pixels from the pointer to the point that is meant."""
RING: Final = 6.0
STEP: Final = 1.25
"""Of the zoom, for a step of the wheel."""
MOST_ZOOM: Final = 1000.0
PAN_SHARE: Final = 0.1
FAINT_SHARE: Final = 0.22
DRAGGED: Final = 4.0
"""Pixels that the pointer moves in a drag, which is no click then."""


class MapPoints(NamedTuple):
    """What is drawn.

    Attributes:
        places: (n, 2) on the map.
        labels: (n,) the classes; None where numbers are predicted.
        is_wrong: (n,) whether the prediction is another class; None where numbers are predicted.
        values: (n,) the numbers that colour the points; None for classes.
        is_shown: (n,) whether a point is drawn.
        is_strong: (n,) which points are emphasised; None for all alike.
    """

    places: NDArray[np.float64]
    labels: NDArray[np.int64] | None
    is_wrong: NDArray[np.bool_] | None
    values: NDArray[np.float64] | None
    is_shown: NDArray[np.bool_]
    is_strong: NDArray[np.bool_] | None


class PointMap(QWidget):
    """Draws all points as one image. A click chooses a point; wheel and drag zoom and move; a double click resets."""

    point_chosen = Signal(object)
    """The user chose a point: its index; None for none."""
    point_hovered = Signal(object)
    """The pointer is at a point: its index; None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._colours: PlotColours | None = None
        self._points: MapPoints | None = None
        self._home = ((0.0, 1.0), (0.0, 1.0))
        self._view: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._titles = ("", "")
        self._picture: QPixmap | None = None
        self._chosen: int | None = None
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._dragged_from: Axes | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(120, 100)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self._redraw()

    def set_axes(
        self, across: tuple[float, float], up: tuple[float, float], titles: tuple[str, str], *, is_new: bool
    ) -> None:
        """Draw over these axes; `is_new` where an earlier zoom has no meaning on them."""
        self._home, self._titles = (across, up), titles
        if is_new:
            self._view = None
        self._redraw()

    def show_points(self, points: MapPoints) -> None:
        """Draw these points."""
        self._points = points
        if self._hovered is not None and self._hovered >= len(points.places):
            self._hovered = None
        self._redraw()

    def set_chosen(self, index: int | None) -> None:
        """Mark this point; no signal is emitted."""
        if index != self._chosen:
            self._chosen = index
            self.update()

    @property
    def axes(self) -> Axes:
        """Where the points are drawn."""
        across, up = self._view or self._home
        return Axes.within(self.size(), across, up, QFontMetricsF(self.font()), self._titles[1])

    @property
    def is_zoomed(self) -> bool:
        """Whether another part than all of the map is shown."""
        return self._view is not None

    def place_of(self, index: int) -> QPointF:
        """Where a point is drawn."""
        assert self._points is not None
        return self.axes.point(*self._points.places[index].tolist())

    def zoom(self, factor: float, place: QPointF | None = None) -> None:
        """Show a part of the map that is smaller by `factor`, around a place of the widget."""
        axes = self.axes
        place = axes.plot.center() if place is None else place
        ranges = []
        shares = (
            (place.x() - axes.plot.left()) / axes.plot.width(),
            (axes.plot.bottom() - place.y()) / axes.plot.height(),
        )
        for (low, high), (first, last), share in zip((axes.across, axes.up), self._home, shares, strict=True):
            width = min(max((high - low) / factor, (last - first) / MOST_ZOOM), 4 * (last - first))
            fixed = low + share * (high - low)
            ranges.append((fixed - share * width, fixed + (1 - share) * width))
        self._view = ranges[0], ranges[1]
        self._redraw()

    def move_by(self, across: float, up: float) -> None:
        """Show another part: moved by these shares of the width and the height."""
        axes = self.axes
        moved = []
        for (low, high), share in zip((axes.across, axes.up), (across, up), strict=True):
            moved.append((low + share * (high - low), high + share * (high - low)))
        self._view = moved[0], moved[1]
        self._redraw()

    def reset(self) -> None:
        """Show all of the map."""
        self._view = None
        self._redraw()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes and points, and rings around those that are chosen or pointed at."""
        del event
        if self._colours is None or self._points is None:
            return
        if self._picture is None or self._picture.devicePixelRatioF() != self.devicePixelRatioF():
            self._picture = self._painted(self._points, self._colours)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(self._colours.accent)
                painter.drawRect(self.axes.plot)
            painter.setClipRect(self.axes.plot)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for index, width in ((self._hovered, 1.5), (self._chosen, 2.5)):
                if index is not None and index < len(self._points.places):
                    place = self.place_of(index)
                    painter.setPen(QPen(self._colours.background, width + 2))
                    painter.drawEllipse(place, RING, RING)
                    painter.setPen(QPen(self._colours.text, width))
                    painter.drawEllipse(place, RING, RING)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw everything anew."""
        super().resizeEvent(event)
        self._redraw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the map, or mark the point under the pointer."""
        if self._pressed is None:
            self._hover(self._point_at(event.position()))
            return
        way = event.position() - self._pressed
        if self._dragged_from is None:
            if way.manhattanLength() < DRAGGED:
                return
            self._dragged_from = self.axes
            self._hover(None)
        axes = self._dragged_from
        shares = -way.x() / axes.plot.width(), way.y() / axes.plot.height()
        moved = []
        for (low, high), share in zip((axes.across, axes.up), shares, strict=True):
            moved.append((low + share * (high - low), high + share * (high - low)))
        self._view = moved[0], moved[1]
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the point, if it was a click; none if it is chosen already."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        was_drag = self._dragged_from is not None
        self._pressed = self._dragged_from = None
        if not was_drag and (index := self._point_at(event.position())) is not None:
            self.point_chosen.emit(None if index == self._chosen else index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show all of the map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom at the pointer."""
        self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Mark no point."""
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from point to point, with Ctrl they move the map; plus and minus zoom; 0 shows all of it."""
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if key in arrows:
            across, up = arrows[key]
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.move_by(PAN_SHARE * across, PAN_SHARE * up)
            elif (index := self._neighbour(across, up)) is not None:
                self.point_chosen.emit(index)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.reset()
        else:
            super().keyPressEvent(event)

    # Internals

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.point_hovered.emit(index)
            self.update()

    def _squares(self, place: QPointF) -> NDArray[np.float64]:
        """The squared distances of all points, in pixels; infinite for those that are not drawn."""
        assert self._points is not None
        axes, points = self.axes, self._points
        with np.errstate(invalid="ignore", over="ignore"):
            squares = (axes.columns(points.places[:, 0]) - place.x()) ** 2
            squares += (axes.rows(points.places[:, 1]) - place.y()) ** 2
        found: NDArray[np.float64] = np.where(points.is_shown & np.isfinite(squares), squares, np.inf)
        return found

    def _point_at(self, place: QPointF) -> int | None:
        """The nearest point within reach."""
        if self._points is None or not len(self._points.places) or not self.axes.plot.contains(place):
            return None
        squares = self._squares(place)
        nearest = int(np.argmin(squares))
        return nearest if squares[nearest] <= REACH**2 else None

    def _neighbour(self, across: int, up: int) -> int | None:
        """The nearest point in a direction from the chosen one; without one, that next to the middle."""
        if self._points is None or not self._points.is_shown.any():
            return None
        axes = self.axes
        if self._chosen is None or self._chosen >= len(self._points.places):
            return int(np.argmin(self._squares(axes.plot.center())))
        here = self.place_of(self._chosen)
        along = across * (axes.columns(self._points.places[:, 0]) - here.x())
        along -= up * (axes.rows(self._points.places[:, 1]) - here.y())
        squares = self._squares(here)
        # Within 45 degrees of the direction, and not at the very place.
        squares = np.where((along > 0.5) & (2 * along**2 >= squares), squares, np.inf)
        nearest = int(np.argmin(squares))
        return nearest if np.isfinite(squares[nearest]) else None

    def _painted(self, points: MapPoints, colours: PlotColours) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        axes = self.axes
        with QPainter(picture) as painter:
            painter.setFont(self.font())
            axes.paint(painter, colours, self._titles)
            painter.setClipRect(axes.plot)
            drawn = np.flatnonzero(points.is_shown)
            # Wrong ones lie over right ones, and those that are emphasised over all others.
            for is_above in (points.is_wrong, points.is_strong):
                if is_above is not None:
                    drawn = drawn[np.argsort(is_above[drawn], kind="stable")]
            fills, rims = _colours_of(points, colours)
            shapes = np.zeros(len(points.places), np.int64) if points.labels is None else points.labels
            image = stamped(
                axes.columns(points.places[drawn, 0]),
                axes.rows(points.places[drawn, 1]),
                shapes[drawn],
                fills[drawn],
                rims[drawn],
                self.size(),
                ratio,
            )
            painter.drawImage(0, 0, image)
        return picture


def _colours_of(points: MapPoints, colours: PlotColours) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The colours (n,) of the points and of the lines around them: a wrong one has a line in the colour of text."""
    count = len(points.places)
    rims = np.full(count, argb(colours.background), np.uint32)
    if points.labels is None:
        assert points.values is not None
        finite = points.values[np.isfinite(points.values)]
        low, high = np.quantile(finite, (0.01, 0.99)).tolist() if finite.size else (0.0, 1.0)
        fills = argb_of(number_rgb(points.values, low, high if high > low else low + 1.0, colours))
        rims[:] = argb(blend(colours.text_muted, colours.background, 0.5))
        return fills, rims
    most = int(points.labels.max(initial=0)) + 1
    strong = [class_colour(colours, label) for label in range(most)]
    own = np.array([argb(each) for each in strong], np.uint32)
    fills = own[points.labels]
    if points.is_wrong is not None:
        rims[points.is_wrong] = argb(colours.text)
    if points.is_strong is not None:
        faint = np.array([argb(blend(each, colours.background, FAINT_SHARE)) for each in strong], np.uint32)
        fills = np.where(points.is_strong, fills, faint[points.labels])
        rims = np.where(points.is_strong, rims, np.uint32(argb(colours.background)))
    return fills, rims

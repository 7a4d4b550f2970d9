"""One plot: pyqtgraph's widget, stripped of everything that costs time while training."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from workbench.ui.plotting.render import cpu_clock
from workbench.ui.plotting.render.axes import NumberAxis
from workbench.ui.plotting.render.canvas import Canvas
from workbench.ui.plotting.render.vertical_lines import Crosshair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QEvent, QPoint, QRect
    from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneWheelEvent, QWidget

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.layers import Layer
    from workbench.ui.system.accessible import SpokenNumber

PAN_SHARE: Final = 0.1
"""Of the visible width, per arrow key."""
ZOOM_FACTOR: Final = 0.8
PANS: Final = {Qt.Key.Key_Left: -PAN_SHARE, Qt.Key.Key_Right: PAN_SHARE}
ZOOMS: Final = {Qt.Key.Key_Plus: ZOOM_FACTOR, Qt.Key.Key_Equal: ZOOM_FACTOR, Qt.Key.Key_Minus: 1.0 / ZOOM_FACTOR}
STEPS: Final = 0
"""pyqtgraph's number of the horizontal axis."""
TOP_MARGIN: Final = 8
"""Half the highest number of the vertical axis stands in it."""
RIGHT_MARGIN: Final = 10
MODIFIERS: Final = (
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
)
"""Keys that make a click something else."""


class StepsBox(pg.ViewBox):  # type: ignore[misc]  # pyqtgraph carries no types
    """Zooms along the steps alone: where the wheel zoomed the values too, the curve left the plot."""

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:  # noqa: N802
        """Zoom along the steps; over an axis, along that one."""
        super().wheelEvent(event, axis=STEPS if axis is None else axis)


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph carries no types
    """A canvas between two axes, with the mouse and the keys to move about in it.

    Dragging pans, the wheel zooms along the steps (over an axis: along that axis). With Ctrl the arrow keys
    pan, plus and minus zoom.

    Attributes:
        covers: items that may lie over the canvas.
        key_handler: is asked first what a key does; True where it did something.
        speak_summary: what a screen reader is told of the whole plot.
        speak_value: the latest values, in words.
        pointer_moved: the pointer is over the plot, at this horizontal logical pixel of it.
        pointer_left: it no longer is.
        x_range_changed: other steps are shown, from and to.
        range_changed: other steps or other values are shown.
        moved_by_hand: the user panned or zoomed.
        reset_requested: the user pressed Home.
        clicked: the user clicked, at this place along the steps; a double click begins with one.
        double_clicked: the user clicked twice, at this place along the steps.
        shift_clicked: the user clicked with Shift, at this place along the steps.
    """

    pointer_moved = Signal(float)
    pointer_left = Signal()
    x_range_changed = Signal(float, float)
    range_changed = Signal()
    moved_by_hand = Signal()
    reset_requested = Signal()
    clicked = Signal(float)
    double_clicked = Signal(float)
    shift_clicked = Signal(float)
    menu_requested = Signal(float, object)
    """A context menu is wanted at this place along the steps, and here on the screen; NaN and None by the keyboard."""

    def __init__(
        self,
        layers: Sequence[Layer],
        colours: PlotColours,
        font: QFont,
        titles: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the plot.

        Args:
            layers: of the canvas, from bottom to top.
            colours: see `set_colours`.
            font: of the numbers at the axes.
            titles: of the vertical and the horizontal axis.
            parent: Qt's parent.
        """
        self._axes = {
            "left": NumberAxis("left", font, colours.text_muted, titles[0]),
            "bottom": NumberAxis("bottom", font, colours.text_muted, titles[1]),
        }
        self._font = font
        self._paint_seconds = 0.0
        self._strips = QRegion()
        self._colours = colours
        self._pressed: QPoint | None = None
        self._is_log = False
        self._right_pressed: QPoint | None = None
        self.key_handler: Callable[[Plot, QKeyEvent], bool] | None = None
        self.speak_summary: Callable[[], str] = lambda: ""
        self.speak_value: Callable[[], SpokenNumber | None] = lambda: None
        super().__init__(
            parent, background=colours.panel, viewBox=StepsBox(enableMenu=False), axisItems=self._axes, enableMenu=False
        )
        self._quieten()
        self._view_box = self.getViewBox()
        self.canvas = Canvas(self._view_box, layers, colours)
        self.crosshair = Crosshair(self._view_box, colours)
        self.covers: list[QGraphicsItem] = [self.crosshair]
        self._frame(colours.border)
        self._view_box.sigXRangeChanged.connect(self._on_x_range_changed)
        self._view_box.sigRangeChanged.connect(self.range_changed)
        self._view_box.sigRangeChangedManually.connect(self.moved_by_hand)

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The visible range: from and to along the horizontal, and along the vertical axis."""
        x, y = self._view_box.viewRange()
        return (x[0], x[1]), (y[0], y[1])

    @property
    def is_log(self) -> bool:
        """Whether the vertical axis is logarithmic: `ranges` holds the logarithms of the values then."""
        return self._is_log

    def spoken_summary(self) -> str:
        """What the plot shows, for a screen reader."""
        return self.speak_summary()

    def spoken_value(self) -> SpokenNumber | None:
        """The latest values, for a screen reader."""
        return self.speak_value()

    @property
    def axis_width(self) -> int:
        """Logical pixels from the left edge to the plot itself; the same for all plots of one font."""
        width: float = self._axes["left"].width()
        return round(width)

    def set_title(self, title: str) -> None:
        """Name the vertical axis, and the plot by it."""
        self._axes["left"].labelText = title
        self.setAccessibleName(title)

    def set_x_range(self, low: float, high: float) -> None:
        """Show the steps between `low` and `high`."""
        self._view_box.setXRange(low, high, padding=0.0)

    def set_y_range(self, low: float, high: float) -> None:
        """Show the values (or their logarithms) between `low` and `high`."""
        self._view_box.setYRange(low, high, padding=0.0)

    def limit_x(self, low: float, high: float, least_steps: float) -> None:
        """Keep panning and zooming within these steps, at least `least_steps` of them in view."""
        self._view_box.setLimits(xMin=low, xMax=high, minXRange=least_steps)

    def limit_y(self, low: float, high: float, fitted: float) -> None:
        """Keep panning and zooming within these values, at least a millionth of `fitted` in view."""
        self._view_box.setLimits(yMin=low, yMax=high, minYRange=fitted * 1e-6)

    def show_crosshair(self, column: float, values: Sequence[float]) -> None:
        """Stand at the logical pixel `column`, with a ring at each of `values`."""
        view = self.canvas.view
        if view is not None:
            rows = view.rows(np.array(values)) / view.ratio
            self.crosshair.show_at(column, rows.tolist())

    @property
    def text_height(self) -> float:
        """Pixels that a row of text takes in the plot, such as the numbers of the epochs."""
        return QFontMetricsF(self._font).height() + 2.0

    @property
    def steps_height(self) -> int:
        """Pixels that the horizontal axis takes where it is shown."""
        return int(self._axes["bottom"].fixedHeight)

    def show_steps(self, shown: bool) -> None:
        """Show the horizontal axis, or leave it to the plot below."""
        axis = self._axes["bottom"]
        (axis.show if shown else axis.hide)()  # which give back its height, other than setVisible
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, RIGHT_MARGIN, 0 if shown else TOP_MARGIN)

    def set_inviting(self, inviting: bool) -> None:
        """Show the pointing hand where a click has an effect, or the arrow."""
        shape = Qt.CursorShape.PointingHandCursor if inviting else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def column_of(self, step: float) -> float | None:
        """Where `step` lies, in logical pixels of the plot; None while there is no room for one."""
        view = self.canvas.view
        return view.column(step) / view.ratio if view is not None else None

    def set_log(self, log: bool) -> None:
        """Make the vertical axis logarithmic, or not."""
        self._is_log = log
        self._axes["left"].set_log(log)
        self.canvas.set_log(log)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.setBackground(colours.panel)
        for axis in self._axes.values():
            axis.set_colour(colours.text_muted)
        self.crosshair.set_colours(colours)
        self._frame(colours.border)
        self.canvas.set_colours(colours)

    def drain_paint_seconds(self) -> float:
        """Time spent painting since the last call."""
        spent, self._paint_seconds = self._paint_seconds, 0.0
        return spent

    def paint_steps(self, first: float, last: float) -> None:
        """Paint the columns between two steps, in the picture and from there to the screen."""
        painted = self.canvas.paint_steps(first, last)
        if painted is not None:
            strip = painted.translated(self._corner).toAlignedRect()
            self._strips += strip
            self.viewport().update(strip)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint and measure the time: a paint event comes long after its frame, and still counts for the frame rate."""
        started = cpu_clock.now()
        strips, self._strips = self._strips, QRegion()
        view = None if self.canvas.is_stale else self.canvas.view
        if view is not None and event.region().subtracted(strips).isEmpty() and not self._is_covered(event.rect()):
            self._copy_strips(view.ratio)
        else:
            super().paintEvent(event)
        self._paint_seconds += cpu_clock.now() - started

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click may begin here."""
        super().mousePressEvent(event)
        keys = event.modifiers() & MODIFIERS
        is_click = event.button() == Qt.MouseButton.LeftButton
        is_click = is_click and keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        self._pressed = event.position().toPoint() if is_click else None
        self._right_pressed = event.position().toPoint() if event.button() == Qt.MouseButton.RightButton else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu by the keyboard; the mouse asks when its button is released: it may drag before."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(math.nan, None)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit a click if the pointer has not moved."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.RightButton:
            self._ask_for_menu(event)
            return
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (step := self._step_under(event)) is not None:
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.shift_clicked if is_shifted else self.clicked).emit(step)

    def _step_under(self, event: QMouseEvent) -> float | None:
        """The place along the steps where the pointer is; None outside the plot."""
        place: QPointF = self._view_box.mapFromScene(self.mapToScene(event.position().toPoint()))
        view = self.canvas.view
        return view.step(place.x() * view.ratio) if view is not None and self._view_box.rect().contains(place) else None

    def _ask_for_menu(self, event: QMouseEvent) -> None:
        pressed, self._right_pressed = self._right_pressed, None
        view, far = self.canvas.view, QApplication.startDragDistance()
        if pressed is None or (event.position().toPoint() - pressed).manhattanLength() >= far:
            return
        place: QPointF = self._view_box.mapFromScene(self.mapToScene(event.position().toPoint()))
        step = math.nan if view is None else view.step(place.x() * view.ratio)
        self.menu_requested.emit(step, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit where the pointer is; pyqtgraph gets the event only during a drag.

        It would search its scene for items to hover over with every move, and there are none.
        """
        if event.buttons() != Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
            far = QApplication.startDragDistance()
            if self._pressed is not None and (event.position().toPoint() - self._pressed).manhattanLength() >= far:
                self._pressed = None
        place: QPointF = self._view_box.mapFromScene(self.mapToScene(event.position().toPoint()))
        if self._view_box.rect().contains(place):
            self.pointer_moved.emit(place.x())
        else:
            self.pointer_left.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit a double click; the press that it stands for begins no click."""
        event.accept()
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and (step := self._step_under(event)) is not None:
            self.double_clicked.emit(step)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Emit that the pointer has left."""
        super().leaveEvent(event)
        self.pointer_left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl and the arrows pan, plus and minus zoom, Home shows the whole run; `key_handler` comes first."""
        if self.key_handler is not None and self.key_handler(self, event):
            return
        key = Qt.Key(event.key())
        (low, high), _ = self.ranges
        if key in PANS:
            self._view_box.translateBy(x=PANS[key] * (high - low))
            self.moved_by_hand.emit()
        elif key in ZOOMS:
            self._view_box.scaleBy(x=ZOOMS[key])
            self.moved_by_hand.emit()
        elif key == Qt.Key.Key_Home:
            self.reset_requested.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the focus in the frame when it came by the keyboard."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._frame(self._colours.accent)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Give the frame its usual colour back."""
        super().focusOutEvent(event)
        self._frame(self._colours.border)

    def _on_x_range_changed(self, _: object, limits: tuple[float, float]) -> None:
        self.x_range_changed.emit(*limits)

    @property
    def _corner(self) -> QPointF:
        """The picture's corner in the widget."""
        return QPointF(self.mapFromScene(self.canvas.scenePos()))

    def _is_covered(self, rect: QRect) -> bool:
        """Whether something lies over the picture there."""
        shown = (item for item in self.covers if item.isVisible())
        return any(self.mapFromScene(item.sceneBoundingRect()).boundingRect().intersects(rect) for item in shown)

    def _copy_strips(self, ratio: float) -> None:
        """Copy the picture and draw the frame over it, within Qt's clip: an ordinary frame needs no more.

        Qt's own way asks every item of the scene for its outline first, most of them in Python: four times the work.
        """
        painter = QPainter(self.viewport())
        painter.translate(self._corner)
        painter.save()
        self.canvas.copy_to(painter, ratio)
        painter.restore()
        painter.setPen(self._view_box.border)
        painter.drawRect(self._view_box.rect())
        painter.end()

    def _quieten(self) -> None:
        """Turn off pyqtgraph's automatic ranges, buttons, menus and the search for hovered items."""
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        # It has no parent, and would stay when the plot is deleted.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.disableAutoRange()
        item.layout.setContentsMargins(0, TOP_MARGIN, RIGHT_MARGIN, 0)
        # Every pixel is painted here: without this, Qt paints all the parents' backgrounds under each strip first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _frame(self, colour: QColor) -> None:
        self._view_box.setBorder(colour)

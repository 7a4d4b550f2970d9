"""The picture of a plot: painted once, then only where there is something new."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem

from workbench.ui.plotting.render.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyqtgraph import ViewBox
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.layers import Layer

MARGIN = 8.0
"""Logical pixels repainted on either side of new columns: half a point with its ring, and the joint of a line."""


class Canvas(QGraphicsItem):
    """Fills a view box with a cached picture of its layers.

    An ordinary frame repaints the few columns that gained steps, in the picture and on the screen. Only another range,
    size, theme or choice of traces repaints the whole picture; that costs a stroke or two per pixel column, at any
    number of steps. The item is a child of the view box, not of its transformed group: it works in pixels.

    Attributes:
        is_stale: whether the next paint event paints the whole picture first.
    """

    def __init__(self, view_box: ViewBox, layers: Sequence[Layer], colours: PlotColours) -> None:
        self._bounds = QRectF(view_box.rect())
        super().__init__(view_box)
        self._view_box = view_box
        self._layers = layers
        self._colours = colours
        self._log = False
        self._image = QImage()
        self._view: View | None = None
        self.is_stale = True
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        view_box.sigRangeChanged.connect(self.invalidate)
        view_box.sigResized.connect(self._on_resized)

    @property
    def view(self) -> View | None:
        """Where data lies in the picture; None while the plot has no size."""
        if self._view is None:
            self._view = self._current_view()
        return self._view

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The whole view box."""
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Copy the picture (Qt clips to the exposed region); a stale one is painted first."""
        if self._view is not None and self._view.ratio != self._ratio():  # moved to another screen
            self.invalidate()
        view = self.view
        if view is None:
            return
        if self.is_stale:
            self._paint_whole(view)
        self.copy_to(painter, view.ratio)

    def copy_to(self, painter: QPainter, ratio: float) -> None:
        """Copy the picture as it is to the painter's origin; the painter's clip limits what is copied."""
        # The picture is in device pixels: scaled down by exactly Qt's own factor, it is copied and not resampled.
        painter.scale(1.0 / ratio, 1.0 / ratio)
        painter.drawImage(QPointF(0.0, 0.0), self._image)

    def set_log(self, log: bool) -> None:
        """Draw values by their logarithm, or not."""
        self._log = log
        self.invalidate()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.invalidate()

    def invalidate(self) -> None:
        """Paint the whole picture anew with the next paint event."""
        self._view = None
        self.is_stale = True
        self.update()

    def paint_steps(self, first: float, last: float) -> QRectF | None:
        """Paint the columns between two steps anew, at once, in the picture alone.

        Returns:
            The painted rectangle, in logical pixels from the picture's corner; None if nothing was painted.
        """
        view = self.view
        if self.is_stale or view is None:
            return None
        margin = MARGIN * view.ratio
        left = max(0, math.floor(view.column(first) - margin))
        right = min(view.width, math.ceil(view.column(last) + margin))
        if left >= right:
            return None
        self._paint_columns(view, left, right)
        return QRectF(left / view.ratio, 0.0, (right - left) / view.ratio, view.height / view.ratio)

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self._bounds = QRectF(self._view_box.rect())
        self.invalidate()

    def _current_view(self) -> View | None:
        size = self._view_box.rect().size()
        ratio = self._ratio()
        width, height = math.ceil(size.width() * ratio), math.ceil(size.height() * ratio)
        (left, right), (bottom, top) = self._view_box.viewRange()
        if width < 2 or height < 2 or right <= left or top <= bottom:
            return None
        return View(left, right, bottom, top, width, height, ratio, self._log, self._colours)

    def _ratio(self) -> float:
        scene = self.scene()
        views = scene.views() if scene is not None else []
        return float(views[0].devicePixelRatioF()) if views else 1.0

    def _paint_whole(self, view: View) -> None:
        if (self._image.width(), self._image.height()) != (view.width, view.height):
            # Without an alpha channel copying is a plain copy; the background layer covers every pixel.
            self._image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
        for layer in self._layers:
            layer.arrange(view)
        self._paint_columns(view, 0, view.width)
        self.is_stale = False

    def _paint_columns(self, view: View, first: int, last: int) -> None:
        painter = QPainter(self._image)
        painter.setClipRect(first, 0, last - first, view.height)
        for layer in self._layers:
            if layer.visible:
                layer.paint(painter, view, first, last)
        painter.end()

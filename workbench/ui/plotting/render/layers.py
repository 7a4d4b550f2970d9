"""The layers of a plot. Each layer can paint any range of pixel columns on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPen

from workbench.ui.plotting.render.ticks import vertical_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter

    from workbench.ui.plotting.render.view import View


class Layer:
    """One kind of content in a plot.

    All coordinates are device pixels and all pens one device pixel wide: Qt's raster engine strokes those 10 to 20
    times faster than wider ones.
    """

    visible = True

    def arrange(self, view: View) -> None:
        """Prepare what depends on the whole view (which labels fit), before the picture is painted anew."""

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint what touches the columns `first` … `last - 1`; the painter is clipped to them.

        Painting a range of columns must give the same pixels there as painting all columns.
        """
        raise NotImplementedError


class LayerGroup(Layer):
    """Layers that are added and removed together, between two that stay."""

    def __init__(self) -> None:
        self.layers: Sequence[Layer] = ()

    def arrange(self, view: View) -> None:
        """Arrange each layer."""
        for layer in self.layers:
            layer.arrange(view)

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint each layer, from bottom to top."""
        for layer in self.layers:
            layer.paint(painter, view, first, last)


class BackgroundLayer(Layer):
    """The background, with a quiet horizontal line at every number of the vertical axis."""

    def __init__(self) -> None:
        self._rows: list[int] = []

    def arrange(self, view: View) -> None:
        """Place the lines where the axis places its numbers."""
        ticks = vertical_ticks(view.bottom, view.top, view.height / view.ratio, log=view.log)
        self._rows = [round(view.row(tick.position)) for tick in ticks]

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Fill the columns and draw the lines."""
        painter.fillRect(first, 0, last - first, view.height, view.colours.background)
        for row in self._rows:
            painter.fillRect(first, row, last - first, view.hairline, view.colours.grid)


def thin_pen(colour: QColor, dash: Sequence[float] = ()) -> QPen:
    """A pen of one device pixel; `dash` gives the lengths drawn and left out in turn, in device pixels."""
    pen = QPen(colour, 1.0)
    if dash:
        pen.setDashPattern(list(dash))
    return pen

"""What lies on top of one another in a plot. Every layer can paint any stretch of columns on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QPen

from workbench.ui.plotting.render.ticks import vertical_ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View


class Layer(Protocol):
    """One kind of thing in a plot.

    All coordinates are device pixels and all pens one device pixel wide: Qt's raster engine strokes those 10 to 20
    times faster than wider ones.
    """

    visible: bool

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        ...

    def arrange(self, view: View) -> None:
        """Decide what depends on the whole view (which labels fit), before the picture is painted anew."""
        ...

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint what touches the columns `first` … `last - 1`; the painter is clipped to them.

        Painting a stretch must give the pixels that painting everything would give there.
        """
        ...


class LayerGroup:
    """Layers that come and go together between two that stay."""

    def __init__(self) -> None:
        self.visible = True
        self.layers: list[Layer] = []

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        for layer in self.layers:
            layer.set_colours(colours)

    def arrange(self, view: View) -> None:
        """Arrange each."""
        for layer in self.layers:
            layer.arrange(view)

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint each, from bottom to top."""
        for layer in self.layers:
            if layer.visible:
                layer.paint(painter, view, first, last)


class BackgroundLayer:
    """The ground, and a quiet horizontal line at every number of the vertical axis."""

    visible = True

    def __init__(self, colours: PlotColours) -> None:
        self._colours = colours
        self._rows: list[int] = []

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours

    def arrange(self, view: View) -> None:
        """Place the lines where the axis places its numbers."""
        ticks = vertical_ticks(view.bottom, view.top, view.height / view.ratio, log=view.log)
        self._rows = [round(view.row(tick.position)) for tick in ticks]

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Fill and rule the columns."""
        painter.fillRect(first, 0, last - first, view.height, self._colours.background)
        thickness = max(1, round(view.ratio))
        for row in self._rows:
            painter.fillRect(first, row, last - first, thickness, self._colours.grid)


def thin_pen(colour: QColor) -> QPen:
    """A pen of one device pixel."""
    return QPen(colour, 1.0)

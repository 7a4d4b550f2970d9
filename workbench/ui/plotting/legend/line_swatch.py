"""A piece of a line as the plots draw it: a widget in the legends, a picture in the cells of a table."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from workbench.ui.plotting.curves.overlay_slots import DASHES, LINE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor, QPaintEvent

    from workbench.ui.plotting.render.colours import PlotColours

SWATCH: Final = QSize(34, 14)
"""Wide enough to show every dash once."""
RADIUS: Final = 2.75
CURRENT_WIDTH: Final = 2.0
GHOST_DASH: Final = (4.0, 3.0)


@dataclass(frozen=True, slots=True)
class LineLook:
    """How a line is drawn.

    Attributes:
        pick: chooses its colour.
        dash: lengths drawn and left out in turn, in logical pixels; none for a solid line.
        width: in logical pixels.
        point: whether a point lies on the line, as in the traces that have evaluations in its colour.
    """

    pick: Callable[[PlotColours], QColor]
    dash: Sequence[float]
    width: float
    point: bool = True


CURRENT: Final = LineLook(attrgetter("training"), (), CURRENT_WIDTH, point=False)
"""Of the current run, whose tests have a colour of their own."""
GHOST: Final = LineLook(attrgetter("ghost"), GHOST_DASH, 1.0)
"""Of the steps that are recorded beyond the current one."""


def overlay_line(slot: int) -> LineLook:
    """Of the run in this slot."""
    return LineLook(lambda colours: colours.overlays[slot], DASHES[slot], LINE_WIDTH)


class LineSwatch(QWidget):
    """A piece of a line; it paints nothing before `set_colours`.

    Args:
        look: of the line.
    """

    def __init__(self, look: LineLook) -> None:
        super().__init__()
        self._look = look
        self._colours: PlotColours | None = None
        self.setFixedSize(SWATCH)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line."""
        del event
        if self._colours is not None:
            with QPainter(self) as painter:
                _paint(painter, QRectF(self.rect()), self._look, self._colours)


def line_picture(look: LineLook, colours: PlotColours, ratio: float) -> QPixmap:
    """The same piece as a picture, for a screen with `ratio` device pixels in a logical one.

    It has the ground of a panel: on that of a selected row some colours would be lost.
    """
    picture = QPixmap(SWATCH * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(colours.panel)
    with QPainter(picture) as painter:
        _paint(painter, QRectF(QPointF(), SWATCH.toSizeF()), look, colours)
    return picture


def _paint(painter: QPainter, box: QRectF, look: LineLook, colours: PlotColours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look.pick(colours)
    pen = QPen(colour, look.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if look.dash:
        pen.setDashPattern([length / look.width for length in look.dash])
    painter.setPen(pen)
    painter.drawLine(QPointF(0.0, box.center().y()), QPointF(box.right(), box.center().y()))
    if look.point:
        painter.setPen(QPen(colours.panel, 1.0))
        painter.setBrush(colour)
        painter.drawEllipse(box.center(), RADIUS + 0.5, RADIUS + 0.5)

"""The page shown instead of the plots before the first run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from workbench.ui.plotting.render.colours import PlotColours

DRAWING: Final = QSize(220, 84)
STROKE: Final = 3.0
SEGMENTS: Final = 48
BEND: Final = 3.2
SPACING: Final = 16


class EmptyState(QWidget):
    """A sentence in the middle, under the hint of a falling and a rising curve."""

    def __init__(self, text: str, colours: PlotColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots_empty")
        self._drawing = _Drawing(colours, self)
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING)
        layout.addStretch()
        layout.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(label)
        layout.addStretch()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._drawing.set_colours(colours)


class _Drawing(QWidget):
    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours
        self.setFixedSize(DRAWING)

    def set_colours(self, colours: PlotColours) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw loss falling and accuracy rising, in the colour of their traces, quietly."""
        box = QRectF(self.rect()).adjusted(STROKE, STROKE, -STROKE, -STROKE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for curve, colour in (
            (lambda x: 1.0 - math.exp(-BEND * x), self._colours.training_faint),
            (lambda x: 0.1 + 0.8 * math.exp(-BEND * x), self._colours.test_faint),
        ):
            pen = QPen(colour, STROKE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPath(_path(box, curve))
        painter.end()


def _path(box: QRectF, curve: Callable[[float], float]) -> QPainterPath:
    """The curve over 0 … 1, 0 at the top of `box` and 1 at its bottom."""
    places = [index / SEGMENTS for index in range(SEGMENTS + 1)]
    points = [QPointF(box.left() + x * box.width(), box.top() + curve(x) * box.height()) for x in places]
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path

"""The page shown instead of the plots before the first run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from workbench.ui.widgets.empty_message import EmptyMessage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.render.colours import PlotColours

DRAWING: Final = QSize(220, 84)
STROKE: Final = 3.0
SEGMENTS: Final = 48
BEND: Final = 3.2


class EmptyState(EmptyMessage):
    """A sentence in the middle, under the hint of a falling and a rising curve."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("plots_empty", "", text, parent, picture_size=DRAWING)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw the loss falling and the accuracy rising, in the faint colours of their traces."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(DRAWING * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        width, height = DRAWING.width() - 2 * STROKE, DRAWING.height() - 2 * STROKE
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(STROKE, STROKE)
        shares = np.linspace(0.0, 1.0, SEGMENTS + 1).tolist()
        for end, start, colour in ((1.0, 0.0, colours.training_faint), (0.1, 0.9, colours.test_faint)):
            painter.setPen(QPen(colour, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            rows = [end + (start - end) * math.exp(-BEND * share) for share in shares]
            points = [QPointF(x * width, y * height) for x, y in zip(shares, rows, strict=True)]
            painter.drawPolyline(QPolygonF(points))
        painter.end()
        self._icon.setPixmap(picture)

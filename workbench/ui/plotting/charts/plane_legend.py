"""The legend of a decision map: markers and names of the classes, or the scale of the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt

from workbench.ui.plotting.charts.plane_image import numbers_image
from workbench.ui.plotting.scatter_view import paint_marker
from workbench.ui.text.metric_texts import signed_three_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics, QPainter

    from workbench.ui.plotting.render.colours import PlotColours

SWATCH: Final = 12
GAP: Final = 6
RADIUS: Final = 4.3
SCALE: Final = QSize(72, 8)
LEAST_LETTERS: Final = 5


def width_of_classes(metrics: QFontMetrics, names: Sequence[str]) -> int:
    """Pixels that `paint_classes` needs to show all names whole."""
    return sum(_widths(metrics, names))


def paint_classes(painter: QPainter, line: QRect, names: Sequence[str], colours: PlotColours) -> None:
    """Paint the names at the right end of `line`; what does not fit is cut: long names first, then the last classes."""
    metrics, shown = painter.fontMetrics(), list(names)
    widths = _widths(metrics, shown)
    least = SWATCH + LEAST_LETTERS * metrics.averageCharWidth() + 2 * GAP
    while shown and sum(widths) > line.width():
        longest = max(range(len(widths)), key=widths.__getitem__)
        if widths[longest] > least:
            widths[longest] -= metrics.averageCharWidth()
        else:
            shown.pop()
            widths.pop()
    x = float(line.right() - sum(widths))
    for label, (name, width) in enumerate(zip(shown, widths, strict=True)):
        paint_marker(painter, colours, QPointF(x + SWATCH / 2, line.center().y() + 1), label, RADIUS)
        painter.setPen(colours.text)
        room = width - SWATCH - 2 * GAP
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room + 1)
        box = QRectF(x + SWATCH + 2, line.top(), room + 2, line.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), elided)
        x += width


def paint_scale(painter: QPainter, line: QRect, ends: tuple[float, float], colours: PlotColours) -> None:
    """Paint the colours of numbers at the right end of `line`, with the numbers at the `ends`."""
    texts = [signed_three_digits(end) for end in ends]
    widths = [painter.fontMetrics().horizontalAdvance(text) for text in texts]
    flags = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setPen(colours.text_muted)
    x = line.right() - widths[1]
    painter.drawText(QRect(x, line.top(), widths[1] + GAP, line.height()), flags, texts[1])
    x -= SCALE.width() + GAP
    values = np.linspace(*ends, SCALE.width(), dtype=np.float32)[None, :]
    bar = QRect(x, line.center().y() - SCALE.height() // 2, SCALE.width(), SCALE.height())
    painter.drawImage(bar, numbers_image(values, *ends, colours))
    x -= widths[0] + GAP
    painter.drawText(QRect(x, line.top(), widths[0] + GAP, line.height()), flags, texts[0])


def _widths(metrics: QFontMetrics, names: Sequence[str]) -> list[int]:
    return [SWATCH + metrics.horizontalAdvance(name) + 2 * GAP for name in names]

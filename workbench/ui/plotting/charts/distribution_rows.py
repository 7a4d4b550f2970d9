"""A row for each layer with the distributions of its weights, their gradients and its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from workbench.engine.protocol.queries.layers import Distribution, LayerMeasures, MeasuredLayers
    from workbench.ui.style.palette import Palette

GAP: Final = 6
BARS: Final = 36
"""Logical pixels of the height of a distribution."""
TEXT_SHARE: Final = 0.3
LEAST_TEXT: Final = 96
LINES: Final = 4
"""Of text beside the distributions: name, kind, gradient, update."""
FILL_SHARE: Final = 0.6


class DistributionRows(QWidget):
    """Draws itself; it is as high as its rows, and stands in a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._colours: PlotColours | None = None
        self._measured: MeasuredLayers | None = None

    def sizeHint(self) -> QSize:  # noqa: N802
        """The height of all rows."""
        measured = self._measured
        count = 0 if measured is None else len(measured.layers)
        last = self._line() if measured is not None and measured.left_out else 0
        return QSize(300, self._line() + GAP + count * self._row_height() + last)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Rows are never cut; they are scrolled."""
        return QSize(240, self.sizeHint().height())

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_layers(self, measured: MeasuredLayers) -> None:
        """Show these layers."""
        is_higher = self._measured is None or len(measured.layers) != len(self._measured.layers)
        self._measured = measured
        if is_higher:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows that are exposed."""
        if self._colours is None or self._measured is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            exposed = event.rect()
            cells = self._cells()
            painter.setPen(self._colours.text_muted)
            for cell, title in zip(cells, self._titles(), strict=True):
                text = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, cell.width())
                painter.drawText(QRect(cell.left(), 0, cell.width(), self._line()), Qt.AlignmentFlag.AlignCenter, text)
            for index, layer in enumerate(self._measured.layers):
                row = self._row(index)
                if row.intersects(exposed):
                    self._paint_row(painter, row, layer, cells, self._colours)
            if left_out := self._measured.left_out:
                below = self._row(len(self._measured.layers))
                below.setHeight(self._line())
                painter.setPen(self._colours.text_muted)
                text = self.tr("and {count} more layers").format(count=f"{left_out:,}")
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, text)

    def event(self, event: QEvent) -> bool:
        """Say all numbers of the layer under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            layers = () if self._measured is None else self._measured.layers
            found = [layer for index, layer in enumerate(layers) if self._row(index).contains(event.pos())]
            QToolTip.showText(event.globalPos(), plain_tool_tip(self.text_of(found[0]) if found else ""), self)
            return True
        return super().event(event)

    def text_of(self, layer: LayerMeasures) -> str:
        """The numbers of a layer as a sentence."""
        text = self.tr(
            "{name}: {kind} {shape}. Norm of its weights {weight}, of its gradient {gradient}; the next update changes "
            "the weights by {ratio} of their norm. Outputs that are 0: {zero}."
        )
        return text.format(
            name=layer.name,
            kind=layer.kind,
            shape=" × ".join(map(str, layer.shape)),
            weight=f"{layer.weight_norm:.3g}",
            gradient=f"{layer.gradient_norm:.3g}",
            ratio=f"{layer.update_ratio:.2g}",
            zero="–" if layer.outputs is None else f"{layer.outputs.zero_share:.0%}",
        )

    def _titles(self) -> tuple[str, str, str]:
        return self.tr("Weights"), self.tr("Gradients"), self.tr("Outputs")

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _row_height(self) -> int:
        return max(BARS + self._line(), LINES * self._line()) + 2 * GAP

    def _row(self, index: int) -> QRect:
        return QRect(0, self._line() + GAP + index * self._row_height(), self.width(), self._row_height())

    def _cells(self) -> list[QRect]:
        """The three columns of distributions, without heights."""
        text = max(scaled(LEAST_TEXT), round(self.width() * TEXT_SHARE))
        width = (self.width() - text - 3 * GAP) // 3
        return [QRect(text + GAP + place * (width + GAP), 0, width, 0) for place in range(3)]

    def _paint_row(
        self, painter: QPainter, row: QRect, layer: LayerMeasures, cells: list[QRect], colours: PlotColours
    ) -> None:
        line = self._line()
        width = cells[0].left() - GAP
        size = " × ".join(map(str, layer.shape))
        kind = self.tr("{kind} {size}, {function}") if layer.function else self.tr("{kind} {size}")
        texts = (
            (layer.name or self.tr("(network)"), colours.text, Qt.TextElideMode.ElideLeft),
            (kind.format(kind=layer.kind, size=size, function=layer.function), colours.text_muted, None),
            (self.tr("gradient {norm}").format(norm=short_text(layer.gradient_norm)), colours.text_muted, None),
            (self.tr("update {ratio}").format(ratio=short_text(layer.update_ratio)), colours.text_muted, None),
        )
        for place, (text, colour, mode) in enumerate(texts):
            painter.setPen(colour)
            elided = self.fontMetrics().elidedText(text, mode or Qt.TextElideMode.ElideRight, width)
            box = QRect(0, row.top() + place * line, width, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        shown = (layer.weights, colours.training), (layer.gradients, colours.mark), (layer.outputs, colours.test)
        for cell, (distribution, colour) in zip(cells, shown, strict=True):
            area = QRect(cell.left(), row.top(), cell.width(), row.height() - 2 * GAP - line)
            self._paint_distribution(painter, area, distribution, colour, colours)

    def _paint_distribution(
        self, painter: QPainter, area: QRect, shown: Distribution | None, colour: QColor, colours: PlotColours
    ) -> None:
        line = self._line()
        painter.fillRect(area, colours.background)
        below = QRect(area.left(), area.bottom() + 1, area.width(), line)
        painter.setPen(colours.text_muted)
        if shown is None or not shown.counts.any():
            text = self.tr("none") if shown is None else self.tr("all 0")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
            return
        heights = area.bottom() - shown.counts / shown.counts.max() * (area.height() - 2)
        edges = np.linspace(area.left(), area.right() + 1, len(heights) + 1)
        across = np.repeat(edges, 2)[1:-1].tolist()
        corners = [QPointF(x, y) for x, y in zip(across, np.repeat(heights, 2).tolist(), strict=True)]
        bottom = float(area.bottom() + 1)
        outline = QPolygonF([QPointF(edges[0], bottom), *corners, QPointF(edges[-1], bottom)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(colour, colours.background, FILL_SHARE))
        painter.drawPolygon(outline)
        if shown.low < 0 < shown.high:
            x = area.left() - shown.low / (shown.high - shown.low) * area.width()
            painter.setPen(colours.crosshair)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        self._paint_ends(painter, area, below, shown, colours)

    def _paint_ends(
        self, painter: QPainter, area: QRect, below: QRect, shown: Distribution, colours: PlotColours
    ) -> None:
        low, high = short_text(shown.low), short_text(shown.high)
        advance = self.fontMetrics().horizontalAdvance
        painter.setPen(colours.text_muted)
        if advance(low) + advance(high) + GAP <= below.width():
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, high)
        note = ""
        if shown.broken_share > 0:
            note = self.tr("{share} not finite").format(share=f"{shown.broken_share:.0%}")
        elif shown.zero_share > 0:
            note = self.tr("{share} are 0").format(share=f"{shown.zero_share:.0%}")
        if note:
            width = advance(note) + GAP
            place = QRectF(area.right() - width, area.top() + 1, width, self._line())
            painter.fillRect(place, colours.label)
            painter.setPen(colours.text)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, note)


def short_text(number: float) -> str:
    """A number in a few letters; "–" where there is none."""
    if number != number:
        return "–"
    if number == 0:
        return "0"
    text = f"{number:.2g}"
    return with_minus_sign(text.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e"))

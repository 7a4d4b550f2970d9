"""The probability of each class as a bar, in a list that scrolls; or predicted numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import signed_three_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

MOST_DESCRIBED: Final = 5
GAP: Final = 8
BETWEEN: Final = 6
BAR: Final = 8
LEAST_BAR: Final = 24
"""Pixels: where less is left for the bars, the names get it."""
NAME_SHARE: Final = 0.42
LEAST_SHOWN: Final = 0.0005
"""A smaller probability is written as below 0.1 %."""


class ProbabilityBars(QScrollArea):
    """Shows one row for each class: its name, a bar, its share; the likeliest first, or in the order of the labels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probability_bars")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = _Rows(self)
        self.setWidget(self._rows)
        for part in (self.viewport(), self._rows):
            part.setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Probability of each class"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for two rows."""
        return QSize(140, 2 * self._rows.row_height)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for two rows; the layout gives more where there is more."""
        return self.minimumSizeHint()

    def show_names(self, names: Sequence[str]) -> None:
        """Show rows for these classes or numbers, without values yet."""
        self._rows.names = tuple(names)
        self._rows.values = None
        self._rows.order = np.arange(len(names))
        self._rows.setFixedHeight(len(names) * self._rows.row_height)
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()
        self._rows.update()

    def show_values(self, values: NDArray[np.floating], *, is_sorted: bool, are_shares: bool) -> None:
        """Show a value (n,) for each name.

        Args:
            values: shares in 0..1, or any numbers.
            is_sorted: whether the largest come first.
            are_shares: whether they are shares, which have bars.
        """
        rows = self._rows
        rows.values, rows.are_shares = values, are_shares
        rows.order = np.argsort(-values, kind="stable") if is_sorted else np.arange(len(values))
        rows.update()
        best = rows.order[:MOST_DESCRIBED].tolist()
        self.setAccessibleDescription(", ".join(f"{rows.names[index]} {rows.text_of(index)}" for index in best))

    def clear_values(self) -> None:
        """Show the names alone."""
        self._rows.values = None
        self._rows.update()
        self.setAccessibleDescription("")

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The names and texts of the rows, from above."""
        rows = self._rows
        return [(rows.names[index], rows.text_of(index)) for index in rows.order.tolist()]

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._rows.palette_shown = palette
        self._rows.update()


class _Rows(QWidget):
    """Draws the rows that can be seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.names: tuple[str, ...] = ()
        self.values: NDArray[np.floating] | None = None
        self.order: NDArray[np.int64] = np.arange(0)
        self.are_shares = True
        self.palette_shown: Palette | None = None

    @property
    def row_height(self) -> int:
        return self.fontMetrics().height() + BETWEEN

    def text_of(self, index: int) -> str:
        """The value of a row, as a text."""
        if self.values is None:
            return ""
        value = float(self.values[index])
        if not self.are_shares or not np.isfinite(value):
            return signed_three_digits(value)
        return "<0.1%" if value < LEAST_SHOWN else f"{value:.1%}"

    def event(self, event: QEvent) -> bool:
        """Say the whole name of the row under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // self.row_height
            index = int(self.order[row]) if 0 <= row < len(self.order) else None
            text = "" if index is None else f"{self.names[index]} {self.text_of(index)}"
            QToolTip.showText(event.globalPos(), plain_tool_tip(text), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        colours = self.palette_shown
        if colours is None:
            return
        metrics, high = self.fontMetrics(), self.row_height
        number = metrics.horizontalAdvance("100.0%" if self.are_shares else "-1.23e+05")
        widest = max((metrics.horizontalAdvance(self.names[index]) for index in self.order[:100].tolist()), default=0)
        name = min(widest + 2, round(NAME_SHARE * self.width())) if self.are_shares else self.width() - number - GAP
        bar = self.width() - name - number - 2 * GAP
        if bar < LEAST_BAR:
            name, bar = self.width() - number - GAP, 0
        first, last = event.rect().top() // high, event.rect().bottom() // high + 1
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row, index in enumerate(self.order[first:last].tolist(), start=first):
                is_best = self.values is not None and self.are_shares and self.values[index] == self.values.max()
                painter.setPen(colours.text if is_best else colours.text_muted)
                elided = metrics.elidedText(self.names[index], Qt.TextElideMode.ElideRight, name)
                painter.drawText(QRect(0, row * high, name, high), flags, elided)
                place = QRect(self.width() - number, row * high, number, high)
                painter.drawText(place, flags | int(Qt.AlignmentFlag.AlignRight), self.text_of(index))
                if not self.are_shares or not bar:
                    continue
                groove = QRectF(name + GAP, row * high + (high - BAR) / 2, bar, BAR)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.groove)
                painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
                share = 0.0 if self.values is None else float(np.nan_to_num(self.values[index]))
                if share * bar >= 1.0:
                    groove.setWidth(max(share * bar, BAR / 2))
                    painter.setBrush(colours.accent)
                    painter.drawRoundedRect(groove, min(BAR, groove.width()) / 2, min(BAR, groove.width()) / 2)

"""Bars of probabilities: what the network makes of one sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.icons import pixmap
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

GAP: Final = 6
NAME_SHARE: Final = 0.46
TICK: Final = 16
BAR: Final = 8
MOST: Final = 10
ROW_MARGIN: Final = 4


class ProbabilityBars(QWidget):
    """The most probable classes, the highest first, as many as there is room for; the true one is always among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Probabilities of the classes"))
        self.setToolTip(plain_tool_tip(self.tr("The tick marks the label.")))
        self._colours: PlotColours | None = None
        self._names: tuple[str, ...] = ()
        self._values = np.zeros(0, np.float32)
        self._label: int | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Four rows."""
        return QSize(120, 4 * self._row_height)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A row for each class, ten at most."""
        return QSize(220, min(max(len(self._names), 2), MOST) * self._row_height)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_values(self, names: tuple[str, ...], values: np.ndarray, label: int | None) -> None:
        """Show the probabilities (K,) of the classes with these names; `label` is the true one."""
        self._names, self._values, self._label = names, values, label
        rows = [
            (self.tr("{name} (label) {share}") if place == label else "{name} {share}").format(
                name=names[place], share=f"{values[place]:.1%}"
            )
            for place in self._shown(MOST)
        ]
        self.setAccessibleDescription(", ".join(rows))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw a row for each class that has room."""
        del event
        if self._colours is None:
            return
        with QPainter(self) as painter:
            for row, place in enumerate(self._shown(max(1, self.height() // self._row_height))):
                room = QRect(0, row * self._row_height, self.width(), self._row_height)
                self._paint_row(painter, room, place, self._colours)

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + ROW_MARGIN

    def _shown(self, most: int) -> list[int]:
        order: list[int] = np.argsort(-self._values, kind="stable")[:most].tolist()
        if self._label is not None and order and self._label not in order:
            order[-1] = self._label
        return order

    def _paint_row(self, painter: QPainter, room: QRect, place: int, colours: PlotColours) -> None:
        metrics = self.fontMetrics()
        is_true = place == self._label
        value = float(self._values[place])
        number = metrics.horizontalAdvance("100.0%")
        name_width = round(NAME_SHARE * (room.width() - number))
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        painter.setPen(colours.text if is_true else colours.text_muted)
        name = metrics.elidedText(self._names[place], Qt.TextElideMode.ElideMiddle, name_width - TICK)
        painter.drawText(QRect(TICK, room.top(), name_width - TICK, room.height()), left | middle, name)
        if is_true:
            tick = pixmap("check", colours.text, TICK - 2, self.devicePixelRatioF())
            painter.drawPixmap(0, room.top() + (room.height() - TICK + 2) // 2, tick)
        groove = QRectF(name_width + GAP, room.center().y() - BAR / 2, 0, BAR)
        groove.setRight(room.right() - number - GAP)
        painter.fillRect(groove, colours.grid)
        if np.isfinite(value) and groove.width() > 0:
            bar = QRectF(groove)
            bar.setWidth(max(1.0, value * groove.width()))
            painter.fillRect(bar, colours.training if is_true else colours.test)
        painter.setPen(colours.text)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, f"{value:.1%}")

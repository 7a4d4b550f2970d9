"""Bars of shares, one a row, each with its name and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours, blend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

GAP: Final = 6
NAME_SHARE: Final = 0.36
FILL_SHARE: Final = 0.75


class ShareBar(NamedTuple):
    """One row.

    Attributes:
        name: at the left.
        share: 0 to 1; None for a row without a bar.
        text: at the right.
    """

    name: str
    share: float | None
    text: str


class ShareBars(QWidget):
    """Draws itself; it is as high as its rows, and stands in a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._colours: PlotColours | None = None
        self._bars: list[ShareBar] = []

    def sizeHint(self) -> QSize:  # noqa: N802
        """The height of all rows."""
        return QSize(300, max(1, len(self._bars)) * self._row_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Rows are never cut; they are scrolled."""
        return QSize(200, self.sizeHint().height())

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_bars(self, bars: Sequence[ShareBar]) -> None:
        """Show these rows."""
        has_other_size = len(bars) != len(self._bars)
        self._bars = list(bars)
        if has_other_size:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows that are exposed."""
        if self._colours is None:
            return
        colours, metrics = self._colours, self.fontMetrics()
        with QPainter(self) as painter:
            height = self._row_height()
            numbers = max((metrics.horizontalAdvance(bar.text) for bar in self._bars), default=0)
            names = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0)
            names = min(names + 2, round(self.width() * NAME_SHARE))
            width = self.width() - names - numbers - 3 * GAP
            for index, bar in enumerate(self._bars):
                row = QRect(0, index * height, self.width(), height)
                if not row.intersects(event.rect()):
                    continue
                name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideLeft, names)
                painter.setPen(colours.text)
                painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
                painter.setPen(colours.text_muted)
                painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, bar.text)
                if bar.share is not None and width > 0:
                    groove = QRect(names + GAP, row.top() + 4, width, height - 8)
                    painter.fillRect(groove, colours.background)
                    filled = QRect(groove.left(), groove.top(), round(width * bar.share), groove.height())
                    painter.fillRect(filled, blend(colours.test, colours.background, FILL_SHARE))

    def _row_height(self) -> int:
        return self.fontMetrics().height() + GAP

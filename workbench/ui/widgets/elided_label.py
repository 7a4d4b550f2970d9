"""A line of text that can be narrower than its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_LEAST_LETTERS = 3


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where the room is too small.

    A plain QLabel requires its whole width: one long translation would make the panel wider than its window.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), _LEAST_LETTERS * self.fontMetrics().averageCharWidth()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much of the text as fits."""
        del event
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter = QStylePainter(self)
        painter.drawItemText(
            rect, self.alignment().value, self.palette(), self.isEnabled(), text, self.foregroundRole()
        )

"""A line of text that can be narrower than its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QStylePainter, QToolTip

from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_LEAST_LETTERS = 3


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where the room is too small.

    A plain QLabel requires its whole width: one long translation would make the panel wider than its window. Where the
    text is cut and the label has no other tooltip, the tooltip is the whole text.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, least_letters: int = _LEAST_LETTERS) -> None:
        super().__init__(text, parent)
        self._least_letters = least_letters
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), self._least_letters * self.fontMetrics().averageCharWidth()), hint.height())

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tooltip where it is cut."""
        if event.type() is QEvent.Type.ToolTip and not self.toolTip() and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(self.text()) if self.is_cut else "", self)
            return True
        return super().event(event)

    @property
    def is_cut(self) -> bool:
        """Whether the text is wider than its room."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much of the text as fits."""
        del event
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter = QStylePainter(self)
        painter.drawItemText(
            rect, self.alignment().value, self.palette(), self.isEnabled(), text, self.foregroundRole()
        )

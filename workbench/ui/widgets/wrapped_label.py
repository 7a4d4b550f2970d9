"""Text in several lines that can be lower than its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QHelpEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QStylePainter, QToolTip

from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_LEAST_LETTERS = 12


class WrappedLabel(QLabel):
    """Plain text, wrapped into as many lines as there is room for; the last ends in an ellipsis where that is too few.

    A QLabel that wraps requires the height of all its lines. Where the text is cut, the tooltip is the whole text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        copy = QAction(self.tr("Copy text"), self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters in one line."""
        metrics = self.fontMetrics()
        return QSize(_LEAST_LETTERS * metrics.averageCharWidth(), metrics.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the text in one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()), metrics.height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right(), len(self.text()) + 1)
        return len(lines) * self.fontMetrics().lineSpacing() + margins.top() + margins.bottom()

    @property
    def shown_lines(self) -> list[str]:
        """The lines as they are drawn."""
        rect = self.contentsRect()
        return self._lines(rect.width(), max(1, rect.height() // self.fontMetrics().lineSpacing()))

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tooltip where it is cut."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            is_cut = self.shown_lines[-1:] != self._lines(self.contentsRect().width(), len(self.text()) + 1)[-1:]
            QToolTip.showText(event.globalPos(), plain_tool_tip(self.text()) if is_cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw as many lines as fit, in the middle of the height."""
        del event
        rect, spacing, lines = self.contentsRect(), self.fontMetrics().lineSpacing(), self.shown_lines
        top = rect.top() + max(0, (rect.height() - spacing * len(lines)) // 2)
        painter = QStylePainter(self)
        for index, line in enumerate(lines):
            place = rect.adjusted(0, 0, 0, 0)
            place.setTop(top + index * spacing)
            place.setHeight(spacing)
            painter.drawItemText(
                place,
                (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value,
                self.palette(),
                self.isEnabled(),
                line,
                self.foregroundRole(),
            )

    def _lines(self, width: int, most: int) -> list[str]:
        """The text in at most `most` lines of this width; what does not fit is elided at the end of the last."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0.0, 0.0))
            start = line.textStart()
            if len(lines) == most - 1:
                lines.append(self.fontMetrics().elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
                break
            lines.append(text[start : start + line.textLength()].rstrip())
        layout.endLayout()
        return lines

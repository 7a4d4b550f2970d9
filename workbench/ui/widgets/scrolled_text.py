"""Sentences that scroll where there is little room: nothing of them is cut off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

LEAST_LETTERS: Final = 12


class ScrolledText(QScrollArea):
    """Plain text in as many lines as it needs, of which a given number is seen at a time.

    Args:
        name: the object name of the text.
        lines: that are seen at most.
        parent: Qt's parent.
    """

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._label = QLabel()
        self._label.setObjectName(name)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setProperty("role", "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setObjectName(f"{name}_area")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def setText(self, text: str) -> None:  # noqa: N802
        """Say something else, from its beginning."""
        if text == self._label.text():
            return
        self._label.setText(text)
        self.setAccessibleName(text)
        self.verticalScrollBar().setValue(0)
        self.setVisible(bool(text))
        self.updateGeometry()

    def set_lines(self, lines: int) -> None:
        """See another number of lines at a time."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines, or of those that are seen at a time."""
        return min(self._lines * self._line, self._label.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Have a scroll bar only where the text needs one: it would take the room that makes it needed."""
        super().resizeEvent(event)
        is_whole = self._label.heightForWidth(self.width()) <= self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if is_whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters in one line."""
        return QSize(LEAST_LETTERS * self._label.fontMetrics().averageCharWidth(), self._line)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the lines that are seen at a time."""
        return QSize(2 * LEAST_LETTERS * self._label.fontMetrics().averageCharWidth(), self._lines * self._line)

    @property
    def _line(self) -> int:
        """The height of a line, which the layout of a text rounds up."""
        return math.ceil(QFontMetricsF(self._label.font()).lineSpacing())

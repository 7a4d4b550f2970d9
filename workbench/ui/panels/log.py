"""The log: the lines that the tutorial prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.style.theme import fixed_font
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.end_follower import EndFollower

if TYPE_CHECKING:
    from workbench.ui.style.palette import Palette

LONGEST_LINE: Final = 2_000
"""QPlainTextEdit lays a line out as a whole and froze for 55 s on one of a megabyte; longer ones are cut."""

MOST_LINES: Final = 20_000
"""Those of 1,300 epochs of the tutorial. Qt needs 2.1 KB of memory for each, 210 MiB for 100,000."""
LEAST_HEIGHT: Final = 52
"""Pixels, of two lines; Qt's own least height would take the plots' room in a low window."""


class LogPanel(QWidget):
    """A monospaced, read-only text that follows its end unless the user has scrolled up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("log")
        self._text.setAccessibleName(self.tr("Log"))
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setMaximumBlockCount(MOST_LINES)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(fixed_font())
        self._text.setMinimumHeight(scaled(LEAST_HEIGHT))
        self._text.setPlaceholderText(self.tr("The lines that the tutorial prints appear here."))

        EndFollower(self._text)

        self._copy = self._button("log_copy", self.tr("Copy"), self.tr("Copy the selected lines, or all of them."))
        self._clear = self._button("log_clear", self.tr("Clear"), self.tr("Empty the log; the curves stay."))
        self._copy.clicked.connect(self.copy)
        self._clear.clicked.connect(self._text.clear)

        # Beside the text, not above it: a row of buttons would take the place of two lines.
        buttons = QVBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._clear)
        buttons.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._text)
        layout.addLayout(buttons)

    def append(self, text: str) -> None:
        """Add `text` at the end, line ends included; one call per block of lines."""
        cursor = QTextCursor(self._text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n".join(_cut(line) for line in text.split("\n")))

    @property
    def text(self) -> str:
        """All lines."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Put the selection, or everything, on the clipboard."""
        selected = self._text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(selected or self._text.toPlainText())

    def set_palette(self, palette: Palette) -> None:
        """Tint the icons."""
        self._copy.setIcon(icon("copy", palette.text_muted))
        self._clear.setIcon(icon("clear", palette.text_muted))

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        return button


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…"

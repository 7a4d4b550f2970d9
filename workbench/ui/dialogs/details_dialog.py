"""The dialog that shows the details of a notice: sentences, or a traceback for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from workbench.ui.style.theme import fixed_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIZE: Final = QSize(720, 460)
PROSE_SIZE: Final = QSize(560, 300)


def show_details(parent: QWidget, sentence: str, details: str, *, is_prose: bool = False) -> QDialog:
    """Show the details of what `sentence` says; the window below can be used meanwhile.

    Args:
        parent: the window, or a widget of it.
        sentence: what the notice says.
        details: shown below it.
        is_prose: whether the details are sentences, which wrap, and not a traceback.
    """
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("details_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Details"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize((PROSE_SIZE if is_prose else SIZE).boundedTo(parent.window().size()))
    said = QLabel(sentence, dialog)
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setWordWrap(True)
    text = QPlainTextEdit(details, dialog)
    text.setObjectName("details_text")
    text.setAccessibleName(translate("Dialogs", "Details"))
    text.setReadOnly(True)
    if not is_prose:
        text.setFont(fixed_font())
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    copy = QPushButton(translate("Dialogs", "Copy"), dialog)
    copy.setObjectName("details_copy")
    copy.setToolTip(translate("Dialogs", "Copy the details."))
    copy.setAccessibleName(translate("Dialogs", "Copy"))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    close = QPushButton(translate("Dialogs", "Close"), dialog)
    close.setObjectName("details_close")
    close.setToolTip(translate("Dialogs", "Close the details; the notice stays."))
    close.setAccessibleName(translate("Dialogs", "Close"))
    close.clicked.connect(dialog.close)
    buttons = QHBoxLayout()
    buttons.addStretch()
    buttons.addWidget(copy)
    buttons.addWidget(close)
    column = QVBoxLayout(dialog)
    column.addWidget(said)
    column.addWidget(text, 1)
    column.addLayout(buttons)
    dialog.show()
    return dialog

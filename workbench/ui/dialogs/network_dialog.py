"""Shows the source of a network of the user's own, and asks whether its code may run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

_SIZE: Final = (720, 560)


def ask_about_code(
    parent: QWidget, file: str, source: str, names: Sequence[str], *, is_trusted: bool, accepted: Callable[[str], None]
) -> QDialog:
    """Ask whether the code of a file may run, and which of its networks is meant. The function returns at once.

    Args:
        parent: the window.
        file: where the code comes from.
        source: the code.
        names: of the networks in it; the last one is chosen at first.
        is_trusted: whether it may run already, and only the name is asked for.
        accepted: called with the name if the user agrees.
    """
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("network_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Open network"))
    dialog.resize(*_SIZE)
    if is_trusted:
        text = translate("Dialogs", "Which network of {file} do you want to train?")
    else:
        text = translate(
            "Dialogs",
            "To train the network of {file}, its code must run, with all your rights on this machine. Allow it only if "
            "you trust its author. When the file changes, you are asked again.",
        )
    label = QLabel(text.format(file=file), dialog)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    chosen = QComboBox(dialog)
    chosen.setObjectName("network_name")
    chosen.setAccessibleName(translate("Dialogs", "Network"))
    chosen.addItems(list(names))
    chosen.setCurrentIndex(len(names) - 1)
    code = QPlainTextEdit(source, dialog)
    code.setObjectName("network_source")
    code.setAccessibleName(translate("Dialogs", "Source"))
    code.setReadOnly(True)
    code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    code.setTabChangesFocus(True)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
    allow_text = translate("Dialogs", "Use it") if is_trusted else translate("Dialogs", "Allow this code to run")
    allow = buttons.addButton(allow_text, QDialogButtonBox.ButtonRole.AcceptRole)
    allow.setObjectName("network_allow")
    cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
    cancel.setObjectName("network_cancel")
    (allow if is_trusted else cancel).setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.accepted.connect(lambda: accepted(chosen.currentText()))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(12)
    layout.addWidget(label)
    layout.addWidget(chosen)
    layout.addWidget(code, 1)
    layout.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog

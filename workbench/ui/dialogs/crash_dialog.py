"""The dialog that shows the report of a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from workbench.ui.style.theme import fixed_font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.ui.system.crash_report import CrashReport

SIZE: Final = QSize(760, 520)


def show_crash_report(parent: QWidget, report: CrashReport, discard: Callable[[], None]) -> QDialog:
    """Show a report, to be copied, looked up in its folder, or discarded.

    Args:
        parent: the dialog lies over it, and does not stop it from being used.
        report: to show.
        discard: deletes it.
    """
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("crash_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Crash report"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(False)
    dialog.resize(SIZE.boundedTo(parent.size()))
    said = QLabel(dialog)
    said.setWordWrap(True)
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setText(
        translate(
            "Dialogs",
            "This is all that the report holds; it was sent nowhere. Your home folder, your name and that of this "
            "machine are left out. Copy it into a report to the makers of the program.",
        )
    )
    text = QPlainTextEdit(report.text, dialog)
    text.setObjectName("crash_text")
    text.setAccessibleName(translate("Dialogs", "Crash report"))
    text.setReadOnly(True)
    text.setFont(fixed_font())
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def throw_away() -> None:
        discard()
        dialog.close()

    folder = QUrl.fromLocalFile(str(report.path.parent))
    buttons = QHBoxLayout()
    for name, label, tip, slot in (
        (
            "crash_discard",
            translate("Dialogs", "Discard"),
            translate("Dialogs", "Delete the report."),
            throw_away,
        ),
        (
            "crash_folder",
            translate("Dialogs", "Open folder"),
            translate("Dialogs", "Show the file of the report in its folder."),
            lambda: QDesktopServices.openUrl(folder),
        ),
        (
            "crash_copy",
            translate("Dialogs", "Copy"),
            translate("Dialogs", "Copy the whole report."),
            lambda: QGuiApplication.clipboard().setText(report.text),
        ),
        ("crash_close", translate("Dialogs", "Close"), translate("Dialogs", "Keep the report."), dialog.close),
    ):
        button = QPushButton(label, dialog)
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setToolTip(tip)
        button.clicked.connect(slot)
        buttons.addWidget(button)
        if name == "crash_discard":
            buttons.addStretch()
    column = QVBoxLayout(dialog)
    column.addWidget(said)
    column.addWidget(text, 1)
    column.addLayout(buttons)
    dialog.show()
    return dialog

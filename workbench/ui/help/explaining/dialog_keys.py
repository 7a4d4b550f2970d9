"""DialogKeys: the keys of Explain this in dialogs, which the keys of the window's actions do not reach."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence, QWindow

    from workbench.ui.help.explaining.explain_mode import ExplainMode

NAME: Final = "explain_key"


class DialogKeys(QObject):
    """Gives each dialog of the window both keys when it first has the keyboard.

    Args:
        mode: explains.
        this: the key that turns the mode on and off.
        focus: the key that explains what has the keyboard.
    """

    def __init__(self, mode: ExplainMode, this: QKeySequence, focus: QKeySequence) -> None:
        super().__init__(mode)
        self._mode = mode
        self._this, self._focus = this, focus
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_focus_window_changed)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        dialog = None if window is None else QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or not self._mode.is_ours(dialog):
            return
        if dialog.findChild(QShortcut, NAME, Qt.FindChildOption.FindDirectChildrenOnly) is not None:
            return
        for key, act in ((self._this, self._mode.toggle), (self._focus, partial(self._mode.explain_focus_in, dialog))):
            shortcut = QShortcut(key, dialog)
            shortcut.setObjectName(NAME)
            shortcut.activated.connect(act)

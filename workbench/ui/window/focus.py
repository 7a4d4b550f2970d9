"""Where the keyboard focus may be: never in a panel that the user does not see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


def release_focus_when_hidden(window: QMainWindow) -> None:
    """Take the focus from a dock that another tab now covers: a key such as Delete would still act in it."""
    for dock in window.findChildren(QDockWidget):
        dock.visibilityChanged.connect(partial(_on_visibility_changed, window, dock))


def _on_visibility_changed(window: QMainWindow, dock: QDockWidget, visible: bool) -> None:
    focus = window.focusWidget()
    if not visible and focus is not None and dock.isAncestorOf(focus):
        window.setFocus()

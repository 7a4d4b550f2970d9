"""Where the keyboard focus may be: never in a panel that the user does not see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QDockWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QWidget

MOST_HIDDEN: Final = 1_000
"""Widgets in a row that are passed over; the limit ends the search where all others are hidden."""


def focus_next(move: Callable[[], bool]) -> bool:
    """Call `move`, which moves the focus by one widget, until the focus is not in a dock behind another tab."""
    for _ in range(MOST_HIDDEN):
        if not move():
            return False
        if not is_behind_a_tab(QApplication.focusWidget()):
            return True
    return False


def is_behind_a_tab(widget: QWidget | None) -> bool:
    """Whether `widget` is in a dock of which nothing is seen."""
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget is not None and widget.visibleRegion().isEmpty()


def release_focus_when_hidden(window: QMainWindow) -> None:
    """Take the focus from a dock that another tab now covers: a key such as Delete would still act in it."""
    for dock in window.findChildren(QDockWidget):
        dock.visibilityChanged.connect(partial(_on_visibility_changed, window, dock))


def _on_visibility_changed(window: QMainWindow, dock: QDockWidget, visible: bool) -> None:
    focus = window.focusWidget()
    if not visible and focus is not None and dock.isAncestorOf(focus):
        window.setFocus()

"""PanelPolish: gives the panels of other workspaces their looks before they are shown for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY_MS: Final = 20
"""Between two panels: the event loop has other things to do meanwhile."""


class PanelPolish(QObject):
    """Applies the stylesheet to panels, one in each turn of the event loop.

    Qt does it when a widget is first shown. Opening a workspace shows a dozen panels at once, and the event loop would
    be late by the time that all of them take.

    Args:
        panels: with all that is in them.
        parent: Qt's parent.
    """

    def __init__(self, panels: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = list(panels)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._polish_next)

    @property
    def is_done(self) -> bool:
        """Whether all panels have had their turn."""
        return not self._waiting

    def start(self) -> None:
        """Begin, or go on."""
        if self._waiting:
            self._timer.start()

    def _polish_next(self) -> None:
        panel = self._waiting.pop(0)
        for widget in (panel, *panel.findChildren(QWidget)):
            widget.ensurePolished()
        if self.is_done:
            self._timer.stop()

"""Work of the window that is spread over turns of the event loop, so that no single one keeps the window waiting."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class LaterTurns(QObject):
    """Calls functions in the order in which they were added, each in a turn of the event loop of its own.

    A timer and no posted call: Qt delivers calls that are posted meanwhile in the same turn, before it paints.

    Args:
        window: whose work it is; with it goes what has not been done.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._jobs: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._do_next)

    @classmethod
    def of(cls, widget: QWidget) -> LaterTurns:
        """Those of the window in which `widget` is."""
        window = widget.window()
        found = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return cls(window) if found is None else found

    def add(self, job: Callable[[], None]) -> None:
        """Call `job` in a turn after those of the jobs that wait already."""
        self._jobs.append(job)
        if not self._timer.isActive():
            self._timer.start()

    def draw_later(self) -> None:
        """Draw nothing of the window before a later turn: by then all that is shown now is laid out, and drawn once."""
        self._window.setUpdatesEnabled(False)
        self.add(partial(self._window.setUpdatesEnabled, True))

    def _do_next(self) -> None:
        job = self._jobs.popleft()
        if self._jobs:
            self._timer.start()
        job()

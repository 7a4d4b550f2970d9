"""Turns Ctrl+C, SIGTERM and a closed terminal into a Qt signal."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from workbench.engine.runtime.stop_signals import stop_signals

if TYPE_CHECKING:
    from types import FrameType


class QuitSignals(QObject):
    """Emits `quit_requested` at each of the signals that ask the program to end, until it is closed.

    Qt's loop waits in C, where Python's handlers do not run. So Python writes a byte to a socket that Qt watches; the
    byte wakes both.
    """

    quit_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._previous_fd = signal.set_wakeup_fd(self._writer.fileno())
        self._previous = {number: signal.signal(number, _ignore) for number in stop_signals()}

    def close(self) -> None:
        """Restore the previous handlers."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous_fd)
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _on_activated(self) -> None:
        if self._reader.recv(64):
            self.quit_requested.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Python writes the byte only for a signal that has a Python handler; `_on_activated` does the rest."""

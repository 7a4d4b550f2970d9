"""Drives the real window: opens it, presses Train once it is enabled, receives its events, counts frames."""

from __future__ import annotations

import os
import sys
import time
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QThread, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from workbench.app import create_window
from workbench.engine.runtime.malloc_arenas import use_one_malloc_arena

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from workbench.engine.protocol.events import Event
    from workbench.ui.window.main_window import MainWindow

POLL_MS = 5


class Driver(QObject):
    """A real window on a new QApplication, with methods to drive it.

    Args:
        root: the data root; the data set is Fashion-MNIST.
        words: further words of the command line.
        how: visible, hidden or minimised.

    Attributes:
        event_received: emitted with every event, at once, in the window's thread; the window itself receives frequent
            events a little later.
    """

    event_received = Signal(object)

    def __init__(self, root: str, *words: str, how: str = "visible") -> None:
        sys.excepthook = _exit_on_error
        use_one_malloc_arena()  # as the program does before there is a QApplication
        self.application = QApplication(["workbench"])
        super().__init__()
        self.window: MainWindow = create_window(["--data-root", root, "--dataset", "fashion-mnist", *words])
        self.window.resize(1280, 800)  # also on the small screen of the offscreen platform
        self.thread: QThread = self.window.findChild(QThread, "training_thread")
        self.listeners: list[Callable[[Event], None]] = []
        """Called with every event, in the training thread, which waits for them."""
        self._forward_events()
        self.window.closed.connect(self.application.quit)
        if how != "hidden":
            self.window.show()
        if how == "minimised":
            self.window.showMinimized()

    def run(self) -> None:
        """Run the event loop until the window is closed; figures are printed afterwards."""
        self.application.exec()

    def leave(self) -> None:
        """Close the window without a question."""
        self.window.leave()

    def press(self, action: str) -> None:
        """Trigger an action, as its key or menu does; it has to be enabled."""
        found = self.window.findChild(QAction, action)
        if not found.isEnabled():
            raise SystemExit(f"{action} cannot be pressed in the state {self.window.state}")
        found.trigger()

    def press_when_enabled(self, action: str) -> None:
        """Trigger an action as soon as it is enabled."""
        found = self.window.findChild(QAction, action)
        timer = QTimer(self, interval=POLL_MS)

        def poll() -> None:
            if found.isEnabled():
                timer.stop()
                timer.deleteLater()
                found.trigger()

        timer.timeout.connect(poll)
        timer.start()

    def widget(self, name: str) -> QWidget:
        """The widget with this object name."""
        return self.window.findChild(QWidget, name)

    def after(self, milliseconds: int, do: Callable[[], None]) -> None:
        """Call `do` once, after this time."""
        QTimer.singleShot(milliseconds, self, do)

    def _forward_events(self) -> None:
        emit = self.thread._on_event

        def forward(event: Event) -> None:
            for listener in self.listeners:
                listener(event)
            emit(event)
            self.event_received.emit(event)

        self.thread._on_event = forward


class Frames(QObject):
    """Records the times at which the loss plot was painted."""

    def __init__(self, driver: Driver) -> None:
        super().__init__(driver)
        self.times: list[float] = []
        driver.widget("loss_plot").viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False

    def between(self, began: float, ended: float) -> list[float]:
        """The times of the frames painted between two times, in seconds."""
        return [at for at in list(self.times) if began <= at <= ended]


def exit_now() -> None:
    """Exit without cleaning up: the figures are printed, and a thread may be inside an import."""
    sys.stdout.flush()
    os._exit(0)


def _exit_on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End the process: Qt goes on after an error in a slot, and the parent would wait for the figures for ever."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)

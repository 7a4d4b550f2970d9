"""Driving the real window: opening it, pressing Train when it can be pressed, hearing what happens, counting frames."""

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

LOOK_MS = 5


class Driver(QObject):
    """A real window and what is needed to drive it; made on a new QApplication.

    Args:
        root: the data root; the data set is Fashion-MNIST.
        words: further words of the command line.
        how: visible, hidden or minimised.

    Attributes:
        heard: every event, in the window's thread, at once; the window is told of what comes often a little later.
    """

    heard = Signal(object)

    def __init__(self, root: str, *words: str, how: str = "visible") -> None:
        sys.excepthook = _give_up
        use_one_malloc_arena()  # as the program does before there is a QApplication
        self.application = QApplication(["workbench"])
        super().__init__()
        self.window: MainWindow = create_window(["--data-root", root, "--dataset", "fashion-mnist", *words])
        self.thread: QThread = self.window.findChild(QThread, "training_thread")
        self.listeners: list[Callable[[Event], None]] = []
        """Called with every event in the training thread, which they hold up."""
        self._overhear()
        self.window.closed.connect(self.application.quit)
        if how != "hidden":
            self.window.show()
        if how == "minimised":
            self.window.showMinimized()

    def run(self) -> None:
        """Until the window is closed; what a test wants to say it prints afterwards."""
        self.application.exec()

    def leave(self) -> None:
        """Close the window without a question."""
        self.window.leave()

    def press(self, action: str) -> None:
        """Choose an action as its key or menu would; it has to be enabled."""
        found = self.window.findChild(QAction, action)
        if not found.isEnabled():
            raise SystemExit(f"{action} cannot be pressed in the state {self.window.state}")
        found.trigger()

    def press_when_enabled(self, action: str) -> None:
        """Choose an action as soon as it can be chosen."""
        found = self.window.findChild(QAction, action)
        timer = QTimer(self, interval=LOOK_MS)

        def look() -> None:
            if found.isEnabled():
                timer.stop()
                timer.deleteLater()
                found.trigger()

        timer.timeout.connect(look)
        timer.start()

    def widget(self, name: str) -> QWidget:
        """A widget by its object name."""
        return self.window.findChild(QWidget, name)

    def after(self, milliseconds: int, do: Callable[[], None]) -> None:
        """Once, later."""
        QTimer.singleShot(milliseconds, self, do)

    def _overhear(self) -> None:
        tell = self.thread._tell

        def overhearing(event: Event) -> None:
            for listen in self.listeners:
                listen(event)
            tell(event)
            self.heard.emit(event)

        self.thread._tell = overhearing


class Frames(QObject):
    """Notes when the loss plot was painted."""

    def __init__(self, driver: Driver) -> None:
        super().__init__(driver)
        self.times: list[float] = []
        driver.widget("loss_plot").viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False

    def between(self, began: float, ended: float) -> list[float]:
        """The times of the frames painted then, in seconds."""
        return [at for at in list(self.times) if began <= at <= ended]


def exit_now() -> None:
    """Leave without tidying up: what was measured is printed, and a thread may be inside an import."""
    sys.stdout.flush()
    os._exit(0)


def _give_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Qt goes on after an error in a slot; whoever waits for the figures would wait for ever."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)

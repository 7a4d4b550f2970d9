"""The real window, driven like a user would, and pictures of it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from tests.screenshots.pictures import save_png
from workbench.app import create_window
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.ui.window.main_window import MainWindow

PATIENCE_S: Final = 900
SETTLE_S: Final = 0.6
"""After a change, until the curves are drawn, notices stand and answers to the panels have come."""


class Stage:
    """The window in a size, ready to train.

    Args:
        folder: where the pictures go.
        words: of the command line.
        size: of the window, in pixels.
    """

    def __init__(self, folder: Path, *words: str, size: tuple[int, int] = (1280, 800)) -> None:
        self.folder = folder
        self.application = QApplication(["workbench"])
        self.window: MainWindow = create_window(list(words))
        self.window.resize(*size)
        self.window.show()
        self.window.start()
        loading = self.window._parts.dataset_loading
        self.until(lambda: self.window.state is SessionState.READY and not loading.is_waiting)
        self.wait(SETTLE_S)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds; `SystemExit` where it does not in a quarter of an hour."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                raise SystemExit(f"the window is still in the state {self.window.state}")
            self._turn()

    def wait(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._turn()

    def find(self, name: str) -> QWidget:
        """The widget with this object name."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, f"nothing is called {name}"
        return found

    def press(self, action: str) -> None:
        """Trigger an action as soon as it is enabled."""
        found = self.window.findChild(QAction, action)
        assert found is not None, f"no action is called {action}"
        self.until(found.isEnabled)
        found.trigger()

    def set(self, **values: object) -> None:
        """Set hyperparameters and choices, as the controls do."""
        for name, value in values.items():
            self.window._parts.run_settings.edit(name, value)
        self.wait(0.1)

    def train_to_the_end(self) -> None:
        """Press Train, and wait until the run has finished."""
        self.press("train")
        self.until(lambda: self.window.state is not SessionState.READY)
        self.until(lambda: self.window.state is SessionState.READY)
        self.wait(SETTLE_S)

    def train_to(self, step: int) -> None:
        """Wait until the run that trains has done so many steps."""
        self.until(lambda: self.window.history is not None and len(self.window.history) >= step)

    def go_to(self, step: int) -> None:
        """Click twice on the curve of the loss at a step, and wait until the run has gone there."""
        plot = self.find("loss_plot")
        place = QPoint(round(plot.axis_width + plot.column_of(step)), plot.viewport().height() // 2)
        self.click(plot.viewport(), place)
        self.mouse(plot.viewport(), QEvent.Type.MouseButtonDblClick, place)
        self.mouse(plot.viewport(), QEvent.Type.MouseButtonRelease, place)
        self.until(lambda: self.window.state is SessionState.PAUSED)

    def show_panel(self, key: str) -> None:
        """Bring a panel before the others with which it shares tabs."""
        dock = self.find(f"{key}_dock")
        dock.show()
        dock.raise_()
        self.wait(SETTLE_S)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Press and release the left button, in the middle of a widget or at a place of it."""
        place = widget.rect().center() if place is None else place
        self.mouse(widget, QEvent.Type.MouseButtonPress, place)
        self.mouse(widget, QEvent.Type.MouseButtonRelease, place)

    def mouse(self, widget: QWidget, kind: QEvent.Type, place: QPoint) -> None:
        """Send an event of the mouse, with the left button held as its kind says."""
        moves, releases = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        at = QPointF(place)
        event = QMouseEvent(
            kind,
            at,
            widget.mapToGlobal(at),
            none if moves else left,
            none if releases else left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)

    def grab(self) -> QPixmap:
        """The window as it is now."""
        return self.window.grab()

    def shoot(self, name: str) -> None:
        """Save a picture of the window."""
        self.wait(SETTLE_S)
        save_png(self.grab().toImage(), self.folder / f"{name}.png")

    def leave(self) -> None:
        """End the process without a question, and without waiting for threads: the pictures are there."""
        os._exit(0)

    def _turn(self) -> None:
        self.application.processEvents()
        time.sleep(0.004)

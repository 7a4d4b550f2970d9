"""How long the event loop stands still when things are opened for the first time while a run trains.

`WORKBENCH_DATA=… python -m tests.benchmarks.first_openings [ACTION …]` trains the real data, and presses each action in
turn: an action's key, `+PANEL` to open a panel as the menu View does, or `-PANEL` to hide it. For each it prints how
late the loop was at most in the second after it, and how long it computed at most in one turn, which says more on a
busy machine. Without actions: the workspaces twice, then what is opened over them.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget

from tests.benchmarks.loop_watch import Late, LoopWatch
from tests.benchmarks.turns import at_home, home
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import EpochTested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

SPACES: Final = ("workspace_understand", "workspace_compare", "workspace_train")
USUAL: Final = (*SPACES, *SPACES, "command_palette", "export", "guide", "glossary", "tutorial", "lessons", "theme_dark")
LEAST_MS: Final = 5
"""A turn that makes the loop less late is not looked at."""
WATCHED_MS: Final = 1000
BETWEEN_MS: Final = 500


class Openings(QObject):
    """Presses one action after another once an epoch has been tested, and prints what each cost."""

    def __init__(self, driver: Driver, actions: Sequence[str]) -> None:
        super().__init__(driver)
        self._driver, self._actions = driver, list(actions)
        self._lates: list[Late] = []
        self._has_begun = False
        self._watch = LoopWatch(driver, self._lates.append, LEAST_MS)
        driver.event_received.connect(self._on_event)

    def _on_event(self, event: object) -> None:
        if isinstance(event, EpochTested) and not self._has_begun:
            self._has_begun = True
            self._watch.start()
            sys.stdout.write("| opened | late at most, ms | computed at most, ms |\n|---|---|---|\n")
            self._driver.after(BETWEEN_MS, self._press)

    def _press(self) -> None:
        if not self._actions:
            self._watch.stop()
            exit_now()
        action = self._actions.pop(0)
        self._lates.clear()
        self._driver.after(WATCHED_MS, lambda: self._finish(action))
        if action.startswith("-"):
            self._driver.window.findChild(QDockWidget, f"{action[1:]}_dock").hide()
        else:
            key = f"show_{action[1:]}_dock" if action.startswith("+") else action
            self._driver.window.findChild(QAction, key).trigger()

    def _finish(self, action: str) -> None:
        late = max((each.ms for each in self._lates), default=0.0)
        computed = max((each.computed_ms for each in self._lates), default=0.0)
        sys.stdout.write(f"| {action} | {late:.0f} | {computed:.0f} |\n")
        sys.stdout.flush()
        if (opened := _on_top()) is not None:
            opened.close()
        self._driver.after(BETWEEN_MS, self._press)


def _on_top() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activePopupWidget()


def main() -> None:
    """Train, press and print."""
    with home() as folder:
        os.environ.update(at_home(folder))
        words = ("--store", str(folder / "store"), "--epochs", "1000", "--threads", "1", "--theme", "light")
        driver = Driver(os.environ.get("WORKBENCH_DATA", ""), *words)
        Openings(driver, sys.argv[1:] or USUAL)
        driver.press_when_enabled("train")
        driver.run()


if __name__ == "__main__":
    main()

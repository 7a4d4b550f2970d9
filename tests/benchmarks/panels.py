"""The window with one panel of Understand in sight, as a contender: `python -m tests.benchmarks.panels PANEL ROOT`.

PANEL is the key of a panel, or `none` for the workspace Train. It probes the event loop, as `window probed` does.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QDockWidget

from tests.benchmarks.turns import turns
from tests.benchmarks.window import MANY, EpochTimer
from tests.benchmarks.window_driver import Driver
from workbench.ui.window.workspaces import UNDERSTAND

NONE = "none"


def panels() -> tuple[str, ...]:
    """The keys of the panels of Understand."""
    return tuple(key for group in UNDERSTAND.groups for key in group)


def show_only(driver: Driver, panel: str) -> None:
    """Switch to the panel's workspace, and close the docks of all others."""
    if panel == NONE:
        return
    driver.press("workspace_understand")
    for dock in driver.window.findChildren(QDockWidget):
        dock.setVisible(dock.objectName() == f"{panel}_dock")


if __name__ == "__main__":
    one = Driver(sys.argv[2], "--epochs", str(MANY), *sys.argv[3:])
    timer = EpochTimer(one, turns(), probed=True)
    show_only(one, sys.argv[1])
    one.press_when_enabled("train")
    one.run()

"""OwnCodeWatch: says when code of the user's own does not return, as in an endless loop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.models.network_source import OWN
from workbench.engine.models.running_code import RUNNING_CODE

if TYPE_CHECKING:
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

LOOK_EVERY_MS: Final = 2000
"""Rarely: training waits each time the window wakes."""
LONG_S: Final = 8.0


class OwnCodeWatch(QObject):
    """Looks now and then whether the code is still in one call, while a network of the user's own is in use.

    Args:
        run: the current run.
        settings: of the next run, whose network is described before it is trained.
        parent: the window.
    """

    stuck = Signal()
    """One call has taken longer than `LONG_S`. Emitted again where the user has requested something else meanwhile."""
    returned = Signal()
    """The call that was said to be stuck has ended after all."""

    def __init__(self, run: RunModel, settings: SettingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._settings = settings
        self._is_stuck = False
        self._said_in = run.state
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        run.changed.connect(self._start_or_stop)
        settings.changed.connect(self._start_or_stop)

    def look(self) -> None:
        """Look how long the code has been in its present call."""
        since = RUNNING_CODE.since
        is_stuck = since is not None and time.monotonic() - since > LONG_S
        if is_stuck and (not self._is_stuck or self._said_in is not self._run.state):
            self._said_in = self._run.state
            self.stuck.emit()
        elif self._is_stuck and not is_stuck:
            self.returned.emit()
        self._is_stuck = is_stuck
        self._start_or_stop()

    def _start_or_stop(self) -> None:
        recipe = self._run.recipe
        is_own = self._settings.choices()["model"] == OWN or (recipe is not None and recipe.network is not None)
        if not is_own and RUNNING_CODE.since is None and not self._is_stuck:
            self._timer.stop()
        elif is_own and not self._timer.isActive():
            self._timer.start()

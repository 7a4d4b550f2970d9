"""RunController: turns requests of the user into commands to the current run."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.engine.config.hyperparameters import TABLE, hyperparameter
from workbench.engine.history.records import Origin
from workbench.engine.protocol import commands
from workbench.ui.models.session_state import CAN_TRAVEL, SessionState, Transition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

SLOWER: Final = 0.1
"""The share of the learning rate that is left when the user chooses the guard's first answer."""


class RunController(QObject):
    """Sends commands. A request that is not possible in the current state does nothing."""

    def __init__(
        self, connection: Connection, run: RunModel, settings: SettingsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._run = run
        self._settings = settings
        self._origin = Origin.WINDOW
        self._opened: tuple[commands.OpenRun | commands.OpenCheckpoint | commands.VerifyRun, str] | None = None

    @contextmanager
    def asked_by(self, origin: Origin) -> Iterator[None]:
        """Inside the block, values are set because of `origin`, as the journal will say; else the user set them."""
        before, self._origin = self._origin, origin
        try:
            yield
        finally:
            self._origin = before

    @property
    def place(self) -> tuple[str, int] | None:
        """The current run and its step, for `return_to`; None without a run."""
        return None if self._run.run_id is None else (self._run.run_id, self._run.step)

    def train(self, recipe: Recipe, *, dataset_chosen: bool) -> None:
        """Start a new run."""
        if self._run.state is SessionState.READY:
            self._connection.send(commands.StartRun(recipe, dataset_chosen))
            self._run.request(Transition.TRAIN_ASKED, self.tr("Loading the data…"), can_cancel=True)

    def pause_or_resume(self) -> None:
        """Pause, or train on."""
        if self._run.state is SessionState.TRAINING:
            self._connection.send(commands.Pause())
            self._run.request(Transition.PAUSE_ASKED, self.tr("Pausing after the current batch…"))
        else:
            self.train_on(commands.Resume())

    def train_on(self, command: commands.ContinueCommand) -> None:
        """Train on as far as `command` says; a run that has ended goes on with the values set by now."""
        if self._run.run is None:
            return
        if self._run.state is SessionState.READY:
            self._adopt_settings()
        self._connection.send(command)
        self._run.request(Transition.CONTINUE_ASKED)

    @property
    def slower_rate(self) -> float:
        """A tenth of the learning rate in force."""
        row = hyperparameter("learning_rate")
        # Through text: 0.3 * 0.1 is 0.03 only so.
        return max(float(row.minimum), float(f"{float(self._run.values[row.name]) * SLOWER:.12g}"))

    def resume_slower(self) -> None:
        """Train on at `slower_rate`."""
        with self.asked_by(Origin.GUARD):
            self._settings.edit("learning_rate", self.slower_rate)
        self.train_on(commands.Resume())

    def stop(self) -> None:
        """End the run; it is kept."""
        was_paused = self._run.state is SessionState.PAUSED
        self._connection.send(commands.Stop())
        self._run.request(Transition.STOP_ASKED, "" if was_paused else self.tr("Stopping after the current batch…"))

    def discard(self) -> None:
        """Stop the run and delete it."""
        if self._run.run is not None:
            self._connection.send(commands.DiscardRun())
            self._run.request(Transition.STOP_ASKED, self.tr("Discarding the run…"))

    def go_to(self, step: int, *, leave_recording: bool = False, is_undo: bool = False) -> None:
        """Travel to another step of the run."""
        if self._run.run is not None and self._run.state in CAN_TRAVEL:
            self._connection.send(commands.Travel(step, leave_recording))
            self._run.request_travel(step, is_undo=is_undo)

    def return_to(self, run: str, step: int, *, leave_recording: bool = False) -> None:
        """Travel to a step of a run, opening it if it is not the current one; this travel cannot be undone itself."""
        if self._run.run_id != run:
            self.open_run(run, step)
        else:
            self.go_to(step, leave_recording=leave_recording, is_undo=True)

    def open_run(self, run: str, step: int | None = None) -> None:
        """Make a run of the store the current run; one that trains is stopped and kept."""
        self._open(commands.OpenRun(run, step), self.tr("Opening the run…"))

    def open_checkpoint(self, path: Path) -> None:
        """Make the run in a checkpoint file the current run; one that trains is stopped and kept."""
        self._open(commands.OpenCheckpoint(path), self.tr("Opening {name}…").format(name=path.name))

    def verify(self, command: commands.VerifyRun) -> None:
        """Train a recorded run again as the current run; one that trains is stopped and kept."""
        self._open(command, self.tr("Opening {name}…").format(name=command.name))

    def reopen(self) -> None:
        """Open the run that was opened last again: its network may run now."""
        if self._opened is not None:
            self._open(*self._opened)

    def set_value(self, name: str, value: object) -> None:
        """Use a value from the next batch on, if there is a run and the value can change during it."""
        row = hyperparameter(name)
        if self._run.state.takes_values and row.is_live:
            checked = row.checked(value)
            self._run.request_value(name, checked)
            self._connection.send(commands.SetValue(name, checked, self._origin))

    def _open(self, command: commands.OpenRun | commands.OpenCheckpoint | commands.VerifyRun, text: str) -> None:
        if self._run.state is SessionState.TRAINING:
            self._connection.send(commands.Stop())
        elif not self._run.state.is_at_rest:
            return
        self._opened = command, text
        self._connection.send(command)
        self._run.request(Transition.OPEN_ASKED, text, can_cancel=True)

    def _adopt_settings(self) -> None:
        """Have the run that has ended use the values set by now, where they can change during a run."""
        self._settings.commit_drafts()
        wanted = self._settings.values()
        for name, value in self._run.values.items():
            if TABLE[name].is_live and name in wanted and wanted[name] != value:
                self._run.request_value_after_end(name, wanted[name])
                self._connection.send(commands.SetValue(name, wanted[name]))
        self._run.show_settings()

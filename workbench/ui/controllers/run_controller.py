"""Steering: what a person wishes of the run in hand, turned into commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE, hyperparameter
from workbench.engine.protocol.commands import (
    AddEpochs,
    DiscardRun,
    OpenCheckpoint,
    OpenRun,
    Pause,
    Resume,
    RunEpoch,
    RunSteps,
    SetValue,
    StartRun,
    Stop,
    Travel,
)
from workbench.ui.models.run_model import RunModel
from workbench.ui.models.session_state import CAN_TRAVEL, SessionState, Transition

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.protocol.commands import ContinueCommand
    from workbench.engine.recipe import Recipe

SLOWER: Final = 0.1
"""How much of the learning rate is left when the guard's first answer is chosen."""


class RunController(RunModel):
    """The run in hand, and what can be wished of it. A wish that is not to be granted now does nothing."""

    def train(self, recipe: Recipe, *, dataset_chosen: bool) -> None:
        """Begin a new run."""
        if self._state is SessionState.READY:
            self._wished.clear()
            self._thread.send(StartRun(recipe, dataset_chosen))
            self._turn(Transition.TRAIN_ASKED)
            self._status.show_busy(self.tr("Loading the data…"), can_cancel=True)

    def pause_or_resume(self) -> None:
        """Rest, or train on."""
        if self._state is SessionState.TRAINING:
            self._thread.send(Pause())
            self._display.note_stopping()
            self._turn(Transition.PAUSE_ASKED)
            self._status.show_busy(self.tr("Pausing after the current batch…"))
        else:
            self.resume()

    def resume(self, *, unguarded: bool = False) -> None:
        """Train on to the last planned epoch."""
        self._fly(Resume(unguarded))

    def step_once(self) -> None:
        """Train one batch, then rest."""
        self._fly(RunSteps(1))

    def run_steps(self, count: int) -> None:
        """Train so many batches, then rest."""
        self._fly(RunSteps(count))

    def step_epoch(self) -> None:
        """Train to the end of the present epoch, test it, then rest."""
        self._fly(RunEpoch())

    def add_epochs(self, count: int) -> None:
        """Plan more epochs and train on."""
        self._fly(AddEpochs(count))

    def resume_slower(self) -> None:
        """Train on at a tenth of the learning rate."""
        row = hyperparameter("learning_rate")
        slower = max(float(row.minimum), float(self._values[row.name]) * SLOWER)
        self._settings.edit(row.name, slower)
        self.resume()

    def stop(self) -> None:
        """End the run; it is kept."""
        was_resting = self._state is SessionState.PAUSED
        self._thread.send(Stop())
        self._display.note_stopping()
        self._turn(Transition.STOP_ASKED)
        if not was_resting:
            self._status.show_busy(self.tr("Stopping after the current batch…"))

    def discard(self) -> None:
        """Stop the run and delete it."""
        if self._run is not None:
            self._thread.send(DiscardRun())
            self._display.note_stopping()
            self._turn(Transition.STOP_ASKED)
            self._status.show_busy(self.tr("Discarding the run…"))

    def go_to(self, step: int, *, leave_future: bool = False) -> None:
        """Go to another step of the run."""
        if self._run is None or self._state not in CAN_TRAVEL:
            return
        self._target = step
        self._display.note_stopping()
        self._thread.send(Travel(step, leave_future))
        self._turn(Transition.TRAVEL_ASKED)

    def return_to(self, run: str, step: int, *, leave_future: bool = False) -> None:
        """Be in that run at that step; it does not count as a journey that can be undone."""
        if self.run_id != run:
            self.open_run(run, step)
        else:
            self._is_undoing = True
            self.go_to(step, leave_future=leave_future)

    def open_run(self, run: str, step: int | None = None) -> None:
        """Take a run of the store in hand; one that trains is stopped and kept."""
        self._open(OpenRun(run, step), self.tr("Opening the run…"))

    def open_checkpoint(self, path: Path) -> None:
        """Take the run in a checkpoint file in hand; one that trains is stopped and kept."""
        self._open(OpenCheckpoint(path), self.tr("Opening {name}…").format(name=path.name))

    def set_value(self, name: str, value: object) -> None:
        """Use a value from the next batch on, if it can change during a run and there is one."""
        row = hyperparameter(name)
        if self._state.takes_values and row.is_live:
            checked = row.checked(value)
            self._wished[name] = checked
            self._thread.send(SetValue(name, checked))

    def _fly(self, command: ContinueCommand) -> None:
        if self._run is None:
            return
        if self._state is SessionState.READY:
            self._take_up_again()
        self._thread.send(command)
        self._turn(Transition.FLIGHT_ASKED)

    def _open(self, command: OpenRun | OpenCheckpoint, text: str) -> None:
        if self._state is SessionState.TRAINING:
            self._thread.send(Stop())
            self._display.note_stopping()
        elif not self._state.is_at_rest:
            return
        self._is_opening = True
        self._thread.send(command)
        self._turn(Transition.OPEN_ASKED)
        self._status.show_busy(text, can_cancel=True)

    def _take_up_again(self) -> None:
        """Go on with a run that has ended, with what the controls say by now, as far as it can change during a run."""
        assert self._recipe is not None
        self._settings.commit_drafts()
        shown = self._settings.values()
        for name, value in self._values.items():
            if TABLE[name].is_live and name in shown and shown[name] != value:
                self._wished[name] = shown[name]
                self._values[name] = shown[name]
                self._thread.send(SetValue(name, shown[name]))
        self._settings.show_recipe(self._recipe, self._values)

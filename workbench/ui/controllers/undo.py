"""UndoHistory: undoes and redoes settings, travels through a run, deletions of runs."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QSignalBlocker, Signal
from PySide6.QtGui import QUndoStack

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.history.records import Origin
from workbench.engine.models.initial_weights import INITIAL_WEIGHTS
from workbench.engine.models.network_source import NETWORK
from workbench.engine.recipe import REGISTRIES
from workbench.ui.controllers.undo_steps import (
    Edit,
    FutureTaken,
    Handler,
    ObsoleteError,
    StepCommand,
    Together,
    TravelMade,
)
from workbench.ui.text.engine_texts import label_of
from workbench.ui.widgets.device_rows import DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engine.history.records import Change
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

Done = TypeVar("Done")

ONE_MOVE_S: Final = 1.0
"""Moves of one control within this time, with no other control moved between them, are one edit."""
MOST: Final = 500


class UndoHistory(QObject):
    """The stack of what can be undone.

    Its steps are plain values of the kinds that `handle` has named, so that another window can take them over.

    Undoing a setting that the run has used already is ambiguous: `undo` emits `choice_needed` and does nothing, and the
    user's answer calls `set_back` or `return_before`. Settings that a run locks cannot be undone before it ends.
    """

    changed = Signal()
    """Something else can be undone or redone now."""
    choice_needed = Signal(Edit)

    def __init__(
        self, settings: SettingsModel, run: RunModel, controller: RunController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._run = run
        self._controller = controller
        self._last: Edit | None = None
        # The steps so far of those that are undone as one; None where each is undone by itself.
        self._together: list[object] | None = None
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(MOST)
        self._stack.indexChanged.connect(self.changed)
        self._handlers: dict[type, Handler[Any]] = {
            Edit: Handler(_edit_text, self._redo_edit, self._undo_edit),
            TravelMade: Handler(_travel_text, self._redo_travel, self._undo_travel),
            FutureTaken: Handler(_future_text, self._redo_future, self._undo_future),
            Together: Handler(lambda step: step.text(), self._redo_together, self._undo_together),
        }

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo; a setting that a run locks cannot be undone before the run ends."""
        return self._stack.canUndo() and not self._is_locked(self._step(self._stack.index() - 1))

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to redo."""
        return self._stack.canRedo() and not self._is_locked(self._step(self._stack.index()))

    @property
    def undo_text(self) -> str:
        """What `undo` would undo, in a few words; empty if nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What `redo` would redo, in a few words; empty if nothing."""
        return self._stack.redoText()

    @property
    def next_to_undo(self) -> object | None:
        """The step that `undo` would undo; None if there is none."""
        return self._step(self._stack.index() - 1) if self._stack.canUndo() else None

    def handle(
        self,
        kind: type[Done],
        text: Callable[[Done], str],
        redo: Callable[[Done], None],
        undo: Callable[[Done], None],
        *,
        sets_controls: bool = False,
    ) -> None:
        """Say how steps of another kind are undone and redone, before the first of them.

        Args:
            kind: their class. They are plain values, which hold no part of the window.
            text: says in the present language, in a few words, what was done.
            redo: does it again.
            undo: takes it back.
            sets_controls: whether it touches what a run locks.
        """
        self._handlers[kind] = Handler(text, redo, undo, sets_controls)

    def end_move(self) -> None:
        """Make the next edit a step by itself, also where it follows one of the same control at once."""
        self._last = None

    def on_edited(self, name: str, old: object, new: object) -> None:
        """The user changed a setting."""
        now = time.monotonic()
        last = self._last
        if last is not None and last.name == name and last.new == old and now - last.when < ONE_MOVE_S:
            last.values.append(new)
            last.when = now
            return
        edit = Edit(name, old, [new], now)
        self._push(edit)
        self._last = edit

    def on_value_changed(self, change: Change) -> None:
        """The run uses a new value from a step on; it may be the value of the last edit."""
        for index in range(self._stack.index() - 1, -1, -1):
            edit = self._step(index)
            if isinstance(edit, Edit) and edit.name == change.name:
                # Of several values in one move, the first step is the one to return to.
                if edit.step is None and change.new in edit.values:
                    edit.step = change.step
                return

    def on_travel_made(self, run: str, origin: int, step: int) -> None:
        """The user, or the guard, took the run from one step to another."""
        self._push(TravelMade(run, origin, step))

    def on_future_taken(self, run: str, step: int, future: str, end: int) -> None:
        """The user let the run, at `step`, become a future, which ends at `end` and may be a branch."""
        self._push(FutureTaken(run, step, future, end))

    def do(self, step: object, *, is_done: bool = False) -> None:
        """Do something that can be undone.

        Args:
            step: of a kind that `handle` was told of.
            is_done: whether it has been done already.
        """
        if not is_done:
            self._handlers[type(step)].redo(step)
        self._push(step)

    def clear(self) -> None:
        """Forget everything: the program did it, not the user."""
        self._last = None
        self._stack.clear()

    def take_over(self, other: UndoHistory) -> None:
        """Have here what can be undone and redone in `other`, whose window this one replaces."""
        steps = [other._step(index) for index in range(other._stack.count())]
        undone = len(steps) - other._stack.index()
        with QSignalBlocker(self._stack):
            self.clear()
            for step in steps:
                self._push(step)
            for _ in range(undone):
                self._command(self._stack.index() - 1).is_passed_over = True
                self._stack.undo()
        self.changed.emit()

    @contextmanager
    def as_one(self, text: Callable[[], str]) -> Iterator[None]:
        """Everything the user does within is undone together; `text` says in the present language what that is."""
        self._last = None
        parts: list[object] = []
        self._together = parts
        try:
            yield
        finally:
            self._last = self._together = None
            if parts:
                self._push(Together(text, tuple(parts)))

    def undo(self) -> None:
        """Undo the last action, or emit `choice_needed` where there are two ways."""
        if not self.can_undo:
            return
        step = self.next_to_undo
        if isinstance(step, Edit) and self._was_used(step):
            self.choice_needed.emit(step)
        else:
            self._undo()

    def redo(self) -> None:
        """Redo the action that was undone last."""
        if self.can_redo:
            self._last = None
            self._stack.redo()

    def set_back(self, edit: Edit) -> None:
        """Have the run use the old value again from the current step on."""
        if self.next_to_undo is edit:  # else something was done or undone since the question
            self._undo()

    def return_before(self, edit: Edit) -> None:
        """Return to the step before the change, and do not make the change again from there."""
        run = self._run.run_id
        if self.next_to_undo is edit and run is not None:
            edit.origin = run, self._run.step
            self._undo()

    # Internals

    def _is_locked(self, step: object) -> bool:
        return self._run.takes_values and self._sets_controls(step)

    def _sets_controls(self, step: object) -> bool:
        if isinstance(step, Edit):
            return step.name not in TABLE or not TABLE[step.name].is_live
        if isinstance(step, Together):
            return any(map(self._sets_controls, step.parts))
        return self._handlers[type(step)].sets_controls

    def _was_used(self, edit: Edit) -> bool:
        run = self._run
        return (
            edit.step is not None and run.takes_values and edit.step < run.step and run.has_change(edit.name, edit.step)
        )

    def _undo(self) -> None:
        self._last = None
        self._stack.undo()

    def _push(self, step: object) -> None:
        self._last = None
        if self._together is not None:
            self._together.append(step)
        else:
            self._stack.push(StepCommand(step, self._handlers[type(step)]))

    def _command(self, index: int) -> StepCommand:
        command = self._stack.command(index)
        assert isinstance(command, StepCommand)
        return command

    def _step(self, index: int) -> object:
        return self._command(index).step

    # How the steps that it knows itself are undone and redone

    def _undo_edit(self, edit: Edit) -> None:
        if edit.origin is not None and edit.step is not None:
            self._controller.return_to(edit.origin[0], edit.step, leave_recording=True)
        else:
            self._set(edit.name, edit.old, Origin.UNDO)

    def _redo_edit(self, edit: Edit) -> None:
        if edit.origin is not None:
            origin, edit.origin = edit.origin, None
            self._controller.return_to(*origin)
        else:
            edit.step = None
            self._set(edit.name, edit.new, Origin.REDO)

    def _set(self, name: str, value: object, origin: Origin) -> None:
        try:
            with self._controller.asked_by(origin):
                self._settings.edit(name, value, can_undo=False)
        except UsageError as problem:
            raise ObsoleteError from problem  # a choice that this program no longer offers

    def _undo_travel(self, travel: TravelMade) -> None:
        self._controller.return_to(travel.run, travel.origin)

    def _redo_travel(self, travel: TravelMade) -> None:
        self._controller.return_to(travel.run, travel.step)

    def _undo_future(self, future: FutureTaken) -> None:
        self._controller.return_to(future.run, future.step)

    def _redo_future(self, future: FutureTaken) -> None:
        self._controller.return_to(future.future, future.end)

    def _undo_together(self, together: Together) -> None:
        for step in reversed(together.parts):
            with suppress(ObsoleteError):
                self._handlers[type(step)].undo(step)

    def _redo_together(self, together: Together) -> None:
        for step in together.parts:
            with suppress(ObsoleteError):
                self._handlers[type(step)].redo(step)


def _edit_text(edit: Edit) -> str:
    name = edit.name
    if name == DEVICE:
        return QCoreApplication.translate("Undo", "Device")
    if name == INITIAL_WEIGHTS:
        return QCoreApplication.translate("Undo", "Initial weights")
    if name == NETWORK:
        return QCoreApplication.translate("Undo", "Settings of the network")
    return label_of(TABLE[name] if name in TABLE else REGISTRIES[name])


def _travel_text(travel: TravelMade) -> str:
    return QCoreApplication.translate("Undo", "Going to step {step}").format(step=f"{travel.step:,}")


def _future_text(future: FutureTaken) -> str:
    return QCoreApplication.translate("Undo", "Going on as a future to step {step}").format(step=f"{future.end:,}")

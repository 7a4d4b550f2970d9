"""UndoHistory: undoes and redoes settings, travels through a run, deletions of runs."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.history.records import Origin
from workbench.engine.models.network_source import NETWORK
from workbench.engine.recipe import REGISTRIES
from workbench.ui.text.engine_texts import label_of
from workbench.ui.widgets.device_rows import DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engine.history.records import Change
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

ONE_MOVE_S: Final = 1.0
"""Moves of one control within this time, with no other control moved between them, are one edit."""
MOST: Final = 500


@dataclass(slots=True)
class Edit:
    """What the user did to a control.

    Attributes:
        name: of the hyperparameter or choice.
        old: before.
        values: all values since, in order; the last is the current one.
        when: when it was last moved, in seconds of the monotonic clock.
        step: the first step that used a value of it; None while no run has.
        origin: run and step where the run was when undoing returned it to `step`; None if undoing did not.
    """

    name: str
    old: object
    values: list[object]
    when: float
    step: int | None = None
    origin: tuple[str, int] | None = None

    @property
    def new(self) -> object:
        """The value after the edit."""
        return self.values[-1]


class UndoHistory(QObject):
    """The stack of what can be undone.

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
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(MOST)
        self._stack.indexChanged.connect(self.changed)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo; a setting that a run locks cannot be undone before the run ends."""
        return self._stack.canUndo() and not self._is_locked(self._stack.index() - 1)

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to redo."""
        return self._stack.canRedo() and not self._is_locked(self._stack.index())

    @property
    def undo_text(self) -> str:
        """What `undo` would undo, in a few words; empty if nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What `redo` would redo, in a few words; empty if nothing."""
        return self._stack.redoText()

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
        self._push(_EditCommand(edit, self._settings, self._controller))
        self._last = edit

    def on_value_changed(self, change: Change) -> None:
        """The run uses a new value from a step on; it may be the value of the last edit."""
        for index in range(self._stack.index() - 1, -1, -1):
            command = self._stack.command(index)
            if isinstance(command, _EditCommand) and command.edit.name == change.name:
                # Of several values in one move, the first step is the one to return to.
                if command.edit.step is None and change.new in command.edit.values:
                    command.edit.step = change.step
                return

    def on_travel_made(self, run: str, origin: int, step: int) -> None:
        """The user, or the guard, took the run from one step to another."""
        text = QCoreApplication.translate("Undo", "Going to step {step}").format(step=f"{step:,}")
        return_to = self._controller.return_to
        self.do(text, partial(return_to, run, step), partial(return_to, run, origin), is_done=True)

    def on_future_taken(self, run: str, step: int, future: str, end: int) -> None:
        """The user let the run, at `step`, become a future, which ends at `end` and may be a branch."""
        text = QCoreApplication.translate("Undo", "Going on as a future to step {step}").format(step=f"{end:,}")
        return_to = self._controller.return_to
        self.do(text, partial(return_to, future, end), partial(return_to, run, step), is_done=True)

    def do(
        self,
        text: str,
        redo: Callable[[], None],
        undo: Callable[[], None],
        *,
        is_done: bool = False,
        sets_controls: bool = False,
    ) -> None:
        """Do something that can be undone.

        Args:
            text: what it is, translated, in a few words.
            redo: does it.
            undo: takes it back.
            is_done: whether it has been done already.
            sets_controls: whether it touches what a run locks.
        """
        self._push(_CallbackCommand(text, redo, undo, is_done=is_done, sets_controls=sets_controls))

    def clear(self) -> None:
        """Forget everything: the program did it, not the user."""
        self._last = None
        self._stack.clear()

    @contextmanager
    def as_one(self, text: str) -> Iterator[None]:
        """Everything the user does within is undone together, under the name `text`."""
        self._stack.beginMacro(text)
        try:
            yield
        finally:
            self._stack.endMacro()
            self._last = None
            if self._stack.canUndo() and self._stack.command(self._stack.index() - 1).childCount() == 0:
                self._stack.undo()  # nothing was changed

    def undo(self) -> None:
        """Undo the last action, or emit `choice_needed` where there are two ways."""
        if not self.can_undo:
            return
        command = self._stack.command(self._stack.index() - 1)
        if isinstance(command, _EditCommand) and self._was_used(command.edit):
            self.choice_needed.emit(command.edit)
        else:
            self._undo()

    def redo(self) -> None:
        """Redo the action that was undone last."""
        if self.can_redo:
            self._last = None
            self._stack.redo()

    def set_back(self, edit: Edit) -> None:
        """Have the run use the old value again from the current step on."""
        if self._is_last(edit):
            self._undo()

    def return_before(self, edit: Edit) -> None:
        """Return to the step before the change, and do not make the change again from there."""
        run = self._run.run_id
        if self._is_last(edit) and run is not None:
            edit.origin = run, self._run.step
            self._undo()

    def _is_locked(self, index: int) -> bool:
        if not self._run.takes_values:
            return False
        command = self._stack.command(index)
        return isinstance(command, _CallbackCommand) and command.sets_controls

    def _was_used(self, edit: Edit) -> bool:
        run = self._run
        return (
            edit.step is not None and run.takes_values and edit.step < run.step and run.has_change(edit.name, edit.step)
        )

    def _is_last(self, edit: Edit) -> bool:
        """Whether nothing was done or undone since `choice_needed` was emitted for `edit`."""
        command = self._stack.command(self._stack.index() - 1) if self._stack.canUndo() else None
        return isinstance(command, _EditCommand) and command.edit is edit

    def _undo(self) -> None:
        self._last = None
        self._stack.undo()

    def _push(self, command: QUndoCommand) -> None:
        self._last = None
        self._stack.push(command)


class _CallbackCommand(QUndoCommand):
    def __init__(
        self,
        text: str,
        redo: Callable[[], None],
        undo: Callable[[], None],
        *,
        is_done: bool,
        sets_controls: bool = False,
    ) -> None:
        super().__init__(text)
        self.sets_controls = sets_controls
        self._redo = redo
        self._undo = undo
        self._is_done = is_done

    def undo(self) -> None:
        self._undo()

    def redo(self) -> None:
        if self._is_done:
            self._is_done = False  # QUndoStack redoes what is pushed; the user has done it already
        else:
            self._redo()


class _EditCommand(_CallbackCommand):
    def __init__(self, edit: Edit, settings: SettingsModel, controller: RunController) -> None:
        name = edit.name
        is_locked = name not in TABLE or not TABLE[name].is_live
        super().__init__(_label(name), self._redo_edit, self._undo_edit, is_done=True, sets_controls=is_locked)
        self.edit = edit
        self._settings = settings
        self._controller = controller

    def _undo_edit(self) -> None:
        edit = self.edit
        if edit.origin is not None and edit.step is not None:
            self._controller.return_to(edit.origin[0], edit.step, leave_recording=True)
        else:
            self._set(edit.old, Origin.UNDO)

    def _redo_edit(self) -> None:
        edit = self.edit
        if edit.origin is not None:
            origin, edit.origin = edit.origin, None
            self._controller.return_to(*origin)
        else:
            edit.step = None
            self._set(edit.new, Origin.REDO)

    def _set(self, value: object, origin: Origin) -> None:
        try:
            with self._controller.asked_by(origin):
                self._settings.edit(self.edit.name, value, can_undo=False)
        except UsageError:
            self.setObsolete(True)  # a choice that this program no longer offers


def _label(name: str) -> str:
    if name == DEVICE:
        return QCoreApplication.translate("Undo", "Device")
    if name == NETWORK:
        return QCoreApplication.translate("Undo", "Settings of the network")
    return label_of(TABLE[name] if name in TABLE else REGISTRIES[name])

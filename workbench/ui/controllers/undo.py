"""Undo and Redo: settings, journeys through a run, deleted runs."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.recipe import REGISTRIES
from workbench.ui.text.engine_texts import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engine.history.records import Change
    from workbench.ui.models.settings_model import SettingsModel

ONE_MOVE_S: Final = 1.0
"""What a person does to one control within this time, without touching another, is one edit."""
MOST: Final = 500


class RunControl(Protocol):
    """What undoing needs to know of the run in hand, and can have done with it."""

    @property
    def run_id(self) -> str | None:
        """Which run is in hand."""

    @property
    def step(self) -> int:
        """Where it is."""

    @property
    def takes_values(self) -> bool:
        """Whether a live control that is moved means this run."""

    def has_change(self, name: str, step: int) -> bool:
        """Whether the run's journal holds a change of `name` at `step`."""

    def return_to(self, run: str, step: int, *, leave_future: bool = False) -> None:
        """Be in that run at that step; it does not count as a journey that can be undone."""


@dataclass(slots=True)
class Edit:
    """What a person did to a control.

    Attributes:
        name: of the hyperparameter or choice.
        old: before.
        values: since, in the order they were passed through; the last is the one arrived at.
        when: it was last moved, in seconds of the monotonic clock.
        step: the first step that used a value of it; None while no run has.
        origin: run and step from which undoing it returned to `step`; None if it has not.
    """

    name: str
    old: object
    values: list[object]
    when: float
    step: int | None = None
    origin: tuple[str, int] | None = None

    @property
    def new(self) -> object:
        """What the control was left at."""
        return self.values[-1]


class UndoHistory(QObject):
    """The stack of what can be undone.

    A setting that a run has used is a question: `way_back_asked` is emitted instead of anything being done, and
    `set_back` or `return_before` answers.

    Args:
        settings: where edits are undone.
        pilot: the run in hand.
        parent: the window.
    """

    changed = Signal()
    """What can be undone or redone is another."""
    way_back_asked = Signal(Edit)

    def __init__(self, settings: SettingsModel, pilot: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pilot = pilot
        self._last: Edit | None = None
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(MOST)
        self._stack.indexChanged.connect(self.changed)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back; a setting that is locked by a run has to wait for its end."""
        return self._stack.canUndo() and not self._is_locked(self._stack.index() - 1)

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to do again."""
        return self._stack.canRedo() and not self._is_locked(self._stack.index())

    @property
    def undo_text(self) -> str:
        """What would be taken back, in a few words; empty if nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What would be done again, in a few words; empty if nothing."""
        return self._stack.redoText()

    def note_edit(self, name: str, old: object, new: object) -> None:
        """A person moved a control."""
        now = time.monotonic()
        last = self._last
        if last is not None and last.name == name and last.new == old and now - last.when < ONE_MOVE_S:
            last.values.append(new)
            last.when = now
            return
        edit = Edit(name, old, [new], now)
        self._push(_EditCommand(edit, self._settings, self._pilot))
        self._last = edit

    def note_change(self, change: Change) -> None:
        """A run uses a new value from a step on; it may be that of the last edit."""
        for index in range(self._stack.index() - 1, -1, -1):
            command = self._stack.command(index)
            if isinstance(command, _EditCommand) and command.edit.name == change.name:
                # Of several values in one move, the first step is the one to return to.
                if command.edit.step is None and change.new in command.edit.values:
                    command.edit.step = change.step
                return

    def note_journey(self, run: str, origin: int, step: int) -> None:
        """A person, or the guard, took the run from one step to another."""
        self._push(_JourneyCommand(run, origin, step, self._pilot))

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
        """Forget what was done: it was nobody's doing."""
        self._last = None
        self._stack.clear()

    @contextmanager
    def as_one(self, text: str) -> Iterator[None]:
        """Whatever is noted within is taken back together, under the name `text`."""
        self._stack.beginMacro(text)
        try:
            yield
        finally:
            self._stack.endMacro()
            self._last = None
            if self._stack.canUndo() and self._stack.command(self._stack.index() - 1).childCount() == 0:
                self._stack.undo()  # nothing was changed

    def undo(self) -> None:
        """Take back the last thing, or ask which way where there are two."""
        if not self.can_undo:
            return
        command = self._stack.command(self._stack.index() - 1)
        if isinstance(command, _EditCommand) and self._is_flown(command.edit):
            self.way_back_asked.emit(command.edit)
        else:
            self._undo()

    def redo(self) -> None:
        """Do the last thing taken back again."""
        if self.can_redo:
            self._last = None
            self._stack.redo()

    def set_back(self, edit: Edit) -> None:
        """Answer: from here on the run is to use the old value again."""
        if self._is_last(edit):
            self._undo()

    def return_before(self, edit: Edit) -> None:
        """Answer: go back to the step before the change, which is not to be made again."""
        run = self._pilot.run_id
        if self._is_last(edit) and run is not None:
            edit.origin = run, self._pilot.step
            self._undo()

    def _is_locked(self, index: int) -> bool:
        if not self._pilot.takes_values:
            return False
        command = self._stack.command(index)
        if isinstance(command, _EditCommand):
            name = command.edit.name
            return name not in TABLE or not TABLE[name].is_live
        return isinstance(command, _CallbackCommand) and command.sets_controls

    def _is_flown(self, edit: Edit) -> bool:
        pilot = self._pilot
        return (
            edit.step is not None
            and pilot.takes_values
            and edit.step < pilot.step
            and pilot.has_change(edit.name, edit.step)
        )

    def _is_last(self, edit: Edit) -> bool:
        """Whether nothing was done or undone since it was asked about."""
        command = self._stack.command(self._stack.index() - 1) if self._stack.canUndo() else None
        return isinstance(command, _EditCommand) and command.edit is edit

    def _undo(self) -> None:
        self._last = None
        self._stack.undo()

    def _push(self, command: QUndoCommand) -> None:
        self._last = None
        self._stack.push(command)


class _EditCommand(QUndoCommand):
    def __init__(self, edit: Edit, settings: SettingsModel, pilot: RunControl) -> None:
        super().__init__(_label(edit.name))
        self.edit = edit
        self._settings = settings
        self._pilot = pilot
        self._is_done = True

    def undo(self) -> None:
        edit = self.edit
        if edit.origin is not None and edit.step is not None:
            self._pilot.return_to(edit.origin[0], edit.step, leave_future=True)
        else:
            self._set(edit.old)

    def redo(self) -> None:
        edit = self.edit
        if self._is_done:
            self._is_done = False  # QUndoStack redoes what is pushed; the person has done it already
        elif edit.origin is not None:
            origin, edit.origin = edit.origin, None
            self._pilot.return_to(*origin)
        else:
            edit.step = None
            self._set(edit.new)

    def _set(self, value: object) -> None:
        try:
            self._settings.edit(self.edit.name, value, can_undo=False)
        except UsageError:
            self.setObsolete(True)  # a choice that this program no longer offers


class _JourneyCommand(QUndoCommand):
    def __init__(self, run: str, origin: int, step: int, pilot: RunControl) -> None:
        text = QCoreApplication.translate("Undo", "Going to step {step}")
        super().__init__(text.format(step=f"{step:,}"))
        self._run = run
        self._origin = origin
        self._step = step
        self._pilot = pilot
        self._is_done = True

    def undo(self) -> None:
        self._pilot.return_to(self._run, self._origin)

    def redo(self) -> None:
        if self._is_done:
            self._is_done = False
        else:
            self._pilot.return_to(self._run, self._step)


class _CallbackCommand(QUndoCommand):
    def __init__(
        self,
        text: str,
        redo: Callable[[], None],
        undo: Callable[[], None],
        *,
        is_done: bool,
        sets_controls: bool,
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
            self._is_done = False
        else:
            self._redo()


def _label(name: str) -> str:
    return label_of(TABLE[name] if name in TABLE else REGISTRIES[name])

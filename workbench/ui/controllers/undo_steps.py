"""Steps of Undo: what the user did, as plain values that outlive the window, and the commands made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from collections.abc import Callable

Done = TypeVar("Done")


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


@dataclass(frozen=True, slots=True)
class TravelMade:
    """A run went from the step `origin` to another one."""

    run: str
    origin: int
    step: int


@dataclass(frozen=True, slots=True)
class FutureTaken:
    """A run, at `step`, became a future, which ends at `end` and may be a branch."""

    run: str
    step: int
    future: str
    end: int


@dataclass(frozen=True, slots=True)
class Together:
    """Several steps that are undone as one; `text` says in the present language what they are."""

    text: Callable[[], str]
    parts: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Handler(Generic[Done]):
    """How steps of one kind are undone and redone in a window.

    Attributes:
        text: says in the present language, in a few words, what was done.
        redo: does it again.
        undo: takes it back.
        sets_controls: whether it touches what a run locks.
    """

    text: Callable[[Done], str]
    redo: Callable[[Done], None]
    undo: Callable[[Done], None]
    sets_controls: bool = False


class ObsoleteError(Exception):
    """A step can be neither undone nor redone any more."""


class StepCommand(QUndoCommand):
    """A step on Qt's stack. What is pushed there has been done already.

    Attributes:
        step: what was done.
        is_passed_over: whether the next undo or redo only moves along the stack.
    """

    def __init__(self, step: object, handler: Handler[Any]) -> None:
        super().__init__(handler.text(step))
        self.step = step
        self.is_passed_over = True  # QUndoStack redoes what is pushed
        self._handler = handler

    def undo(self) -> None:
        """Take it back."""
        self._carry_out(self._handler.undo)

    def redo(self) -> None:
        """Do it again."""
        self._carry_out(self._handler.redo)

    def _carry_out(self, way: Callable[[Any], None]) -> None:
        is_passed_over, self.is_passed_over = self.is_passed_over, False
        if is_passed_over:
            return
        try:
            way(self.step)
        except ObsoleteError:
            self.setObsolete(True)

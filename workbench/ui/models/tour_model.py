"""TourModel: at which step of the tour the user is; no widget."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping


class TourStep(Enum):
    """What the user does next, in order; END says that it is done."""

    TRAIN = "train"
    WATCH = "watch"
    RATE = "rate"
    MARK = "mark"
    BACK = "back"
    SAVE = "save"
    END = "end"


STEPS: Final = tuple(TourStep)
COUNT: Final = len(STEPS) - 1
"""Steps in which the user does something."""


class TourModel(QObject):
    """The tour: not under way at first."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._step: TourStep | None = None
        self._was_offered = False

    @property
    def step(self) -> TourStep | None:
        """The present step; None while the tour is not under way."""
        return self._step

    @property
    def number(self) -> int:
        """The place of the present step, from 1."""
        return 0 if self._step is None else STEPS.index(self._step) + 1

    @property
    def was_offered(self) -> bool:
        """Whether the user has seen the offer of the tour at an earlier start, or has taken it."""
        return self._was_offered

    def start(self) -> None:
        """Begin, or begin again."""
        self._was_offered = True
        self.go_to(TourStep.TRAIN)

    def go_to(self, step: TourStep) -> None:
        """Go to a step."""
        if step is not self._step:
            self._step = step
            self.changed.emit()

    def advance(self, done: TourStep) -> None:
        """What a step asks for was done; nothing changes unless it is the present step."""
        if done is self._step:
            self.go_to(STEPS[STEPS.index(done) + 1])

    def end(self) -> None:
        """Leave the tour."""
        if self._step is not None:
            self._step = None
            self.changed.emit()

    def take_over(self, other: TourModel) -> None:
        """Go on where the model of a window that is replaced has come to."""
        self._step, self._was_offered = other._step, other._was_offered
        self.changed.emit()

    # Remembering

    def state(self) -> dict[str, Any]:
        """What to remember: the tour is offered at the first start only."""
        return {"was_offered": True}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` returned."""
        self._was_offered = state.get("was_offered") is True
        self.changed.emit()

"""What a run leaves behind besides its metrics: who it is, evaluations, epoch starts, and the entries of its journal.

Only standard types. `validation` reads the annotations when it checks a record from a file.
"""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Final

LARGEST: Final = 2**53
"""No run has more steps, epochs or changes; a float holds every whole number up to it."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a field may hold, both ends included; NaN only where `nan` says so."""

    minimum: float
    maximum: float
    nan: bool = False


Count = Annotated[int, Range(0, LARGEST)]
Positive = Annotated[float, Range(0, math.inf)]
MetricOrNan = Annotated[float, Range(0, math.inf, nan=True)]
R2 = Annotated[float, Range(-math.inf, 1, nan=True)]
Second = Annotated[int, Range(0, 253402214400)]
"""Seconds since 1970, UTC, up to the last day but one of the year 9999: time zones differ."""


class Origin(Enum):
    """Who asked for what an entry of the journal says. The values are stored, and are labels for people."""

    NOT_RECORDED = "not recorded"
    WINDOW = "window"
    COMMAND_LINE = "command line"
    UNDO = "undo"
    REDO = "redo"
    GUARD = "guard"
    EARLY_STOPPING = "early stopping"
    WHAT_IF = "what-if"
    FINDER = "learning rate finder"
    HINT = "hint"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """Which run something belongs to.

    Attributes:
        id: 16 hexadecimal digits, drawn by `new`.
        parent: the id of the run it branched off; None for one that began from its recipe.
        parent_step: the step at which it left its parent: the updates before it are the parent's own.
    """

    id: str
    parent: str | None = None
    parent_step: Count | None = None

    @classmethod
    def new(cls, parent: str | None = None, parent_step: int | None = None) -> RunIdentity:
        """A run that has not been before."""
        return cls(secrets.token_hex(8), parent, parent_step)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One pass of `test_loop`.

    Attributes:
        step: optimizer updates done when it was taken; drawn at this place on the step axis.
        epoch: the epoch it closes, counted from 1.
        average_loss: mean of the batch losses, as the tutorial defines it.
        metric: of the task (see `tasks`): the share of samples classified correctly, 0 to 1, or the mean
            absolute error.
        r2: the coefficient of determination, at most 1, for regression; None for classification.
        validation_loss: as `average_loss`, of the training samples that are held out; None where none are.
        validation_metric: as `metric`, of the same samples.
    """

    step: Count
    epoch: Count
    average_loss: float
    metric: MetricOrNan
    r2: R2 | None = None
    validation_loss: float | None = None
    validation_metric: MetricOrNan | None = None

    @property
    def watched_loss(self) -> float:
        """The loss that early stopping and schedules watch: that of validation, or of the test without one."""
        return self.average_loss if self.validation_loss is None else self.validation_loss


@dataclass(frozen=True, slots=True)
class EpochStart:
    """Where an epoch begins.

    Attributes:
        epoch: counted from 1.
        step: the first step of the epoch, counted from 0 over the whole run.
    """

    epoch: Count
    step: Count


@dataclass(frozen=True, slots=True)
class Change:
    """One hyperparameter change during a run.

    Who asked for it, when, and the note decide nothing of what is trained: changes that differ only there are equal.

    Attributes:
        step: the first optimizer update that used the new value, counted from 0.
        name: the hyperparameter's key in the table.
        old: the value before.
        new: the value from `step` on.
        origin: who asked for it.
        time: when, in seconds since 1970, UTC; None where it is not recorded.
        note: of the user, as `journal_entries.cleaned_note` returns it.
    """

    step: Count
    name: str
    old: bool | int | float | str
    new: bool | int | float | str
    origin: Origin = field(default=Origin.NOT_RECORDED, compare=False)
    time: Second | None = field(default=None, compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ScheduledChange:
    """A change known beforehand, made before the optimizer update of step `step` as a slider moved then would."""

    step: Count
    name: str
    value: bool | int | float | str


@dataclass(frozen=True, slots=True)
class Incident:
    """The run went back by itself: for a loss that the guard would not let pass, or to its best epoch.

    Attributes:
        step: the step whose loss it was; of early stopping, the steps that were done.
        loss: that loss, NaN and infinity included; of early stopping, the last one that it watches.
        returned_to: the step the run went back to.
        origin: the guard, or early stopping.
        time: as in `Change`.
        note: as in `Change`.
    """

    step: Count
    loss: float
    returned_to: Count
    origin: Origin = field(default=Origin.GUARD, compare=False)
    time: Second | None = field(default=None, compare=False)
    note: str = field(default="", compare=False)

    @property
    def is_of_guard(self) -> bool:
        """Whether the guard sent the run back, and not early stopping."""
        return self.origin is not Origin.EARLY_STOPPING


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that was asked for and not made. It takes no part in the training, nor in anything that repeats it.

    Attributes:
        step: the updates that were done when it was asked for.
        name: the hyperparameter's key in the table.
        value: that was asked for, as a text.
        reason: the sentence that refused it.
        origin: who asked for it.
        time: as in `Change`.
        note: as in `Change`.
    """

    step: Count
    name: str
    value: str
    reason: str
    origin: Origin = field(default=Origin.NOT_RECORDED, compare=False)
    time: Second | None = field(default=None, compare=False)
    note: str = field(default="", compare=False)


JournalEntry = Change | Incident | Refusal
"""What the journal of a run consists of."""

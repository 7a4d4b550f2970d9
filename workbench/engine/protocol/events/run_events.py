"""Events of a run: it starts, trains, pauses and ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.errors import UserError
    from workbench.engine.history.records import Change, Evaluation, Incident, JournalEntry, RunIdentity
    from workbench.engine.recipe import Recipe


class Outcome(Enum):
    """How a run ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunStarted:
    """There is a current run: it will train its first batch now, or it was opened at some step (`RunPaused` follows).

    Attributes:
        recipe: what it trains, with the data set really used.
        history: the number of its History, which the training side goes on appending to.
        progress: the number of its RunProgress.
        train_count: training samples.
        threads: threads used by each operation.
        run: which run it is.
        values: the hyperparameters in force.
        recording: the number of the History of the whole recording, from step 0 to beyond the current step; None if
            nothing is recorded beyond that.
        missing: why it cannot be trained on here, where its images are not there or its network may not run.
        approximate: why going back to a step gives the recorded state only nearly; None where it does bit for bit.
        validation_count: samples evaluated beside the test: held out, or the data's own.
        predictions: the number of its PredictionLog, to which the training side goes on adding.
    """

    recipe: Recipe
    history: int
    progress: int
    train_count: int
    threads: int
    run: RunIdentity
    values: Mapping[str, Value]
    recording: int | None = None
    missing: UserError | None = None
    approximate: UserError | None = None
    validation_count: int = 0
    predictions: int | None = None


@dataclass(frozen=True, slots=True)
class RunResumed:
    """The run trains, from this step on."""

    step: int


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run is paused between two steps."""

    step: int


@dataclass(frozen=True, slots=True)
class EpochStarted:
    """Epoch `epoch` (from 1) begins with step `step`."""

    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class LossReported:
    """The loss of every hundredth batch of an epoch, as the tutorial prints it.

    Attributes:
        loss: of the batch, before its update.
        current: samples trained, as the tutorial counts them.
        size: samples in the training set.
    """

    loss: float
    current: int
    size: int


@dataclass(frozen=True, slots=True)
class EpochTested:
    """An epoch has been trained and evaluated on the test set."""

    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class ValueChanged:
    """A hyperparameter has a new value, used from step `change.step` on."""

    change: Change


@dataclass(frozen=True, slots=True)
class ChangeRefused:
    """The user wanted to change a hyperparameter, and this run cannot. The journal has an entry of it."""

    name: str
    problem: UserError


@dataclass(frozen=True, slots=True)
class EntryAnnotated:
    """An entry of the journal has another note: `entry` holds it."""

    entry: JournalEntry


@dataclass(frozen=True, slots=True)
class DivergenceStopped:
    """The loss was NaN or far beyond its recent range: the run went back to its last good snapshot and is paused.

    Follows `Travelled`.
    """

    incident: Incident
    problem: UserError


@dataclass(frozen=True, slots=True)
class StoppedEarly:
    """The loss did not fall for as many epochs as early stopping waits: the run went back to its best epoch.

    Follows `Travelled`; the run is paused there, or ends where there is no user to ask.

    Attributes:
        epoch: the last one trained.
        best: the evaluation of the epoch that the run is at.
        notice: the sentence that says so.
    """

    epoch: int
    best: Evaluation
    notice: UserError


@dataclass(frozen=True, slots=True)
class LossSpikeNoticed:
    """The loss of `step` is far beyond its recent range. There is no user to ask, so training goes on."""

    step: int
    loss: float


@dataclass(frozen=True, slots=True)
class GraphGivenUp:
    """The run trains without the CUDA graph that its recipe asks for; `problem` says why."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class RunDiscarded:
    """The current run was deleted; there is none now."""

    run: RunIdentity


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run is over; its weights are kept.

    Attributes:
        outcome: how it ended.
        step: updates made.
        has_weights: whether there are weights to save.
        incident: the loss that ended it, where no guard could take it back; `returned_to` are the weights kept.
    """

    outcome: Outcome
    step: int
    problem: UserError | None = None
    details: str = ""
    has_weights: bool = True
    incident: Incident | None = None

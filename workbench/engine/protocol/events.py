"""What comes out of the training side: facts, in the past tense, which nothing changes afterwards.

The window and the command line both `match` these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from torch import Tensor

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.errors import UserError
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, Evaluation, Incident, RunIdentity
    from workbench.engine.recipe import Recipe


@dataclass(slots=True)
class RunProgress:
    """Where a run is, written by the training side every few batches and read at leisure by whoever shows it.

    Attributes:
        epoch: the present epoch, from 1.
        batch: batches of it trained.
        sample: samples of it trained.
        testing: whether the present epoch is being evaluated.
        trained: samples trained in the whole run.
        planned_epochs: how many epochs the run is to have.
        planned_steps: how many steps the run will have if nothing is changed.
        seconds: spent training and testing, rests and travels left out.
    """

    epoch: int = 1
    batch: int = 0
    sample: int = 0
    testing: bool = False
    trained: int = 0
    planned_epochs: int = 0
    planned_steps: int = 0
    seconds: float = 0.0


class Outcome(Enum):
    """How a run ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TorchLoaded:
    """Torch is there and runs can start.

    Attributes:
        version: of torch.
        threads: how many threads an operation may use.
        parameter_counts: for each model's name.
    """

    version: str
    threads: int
    parameter_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DataProgressed:
    """A download or drawing has come this far; `total` is 0 where it is not known."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DataLoaded:
    """A data set is in memory.

    Attributes:
        name: the data set's.
        class_names: by label.
        train_count: training images.
        test_count: test images.
        samples: some training images of each class, (classes, n, 28, 28) uint8; fewer are padded with black.
        instead_of: why the default data set is not the one loaded, where that is so.
    """

    name: str
    class_names: tuple[str, ...]
    train_count: int
    test_count: int
    samples: np.ndarray
    instead_of: UserError | None


@dataclass(frozen=True, slots=True)
class DataFailed:
    """A data set could not be loaded; None where somebody cancelled."""

    problem: UserError | None


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run is in hand: about to train its first batch, or opened where it had come to (then `RunPaused` follows).

    Attributes:
        recipe: what it trains, with the data set really used.
        history: its series, which the training side goes on appending to.
        gauge: where it is.
        train_count: training images.
        threads: threads used by each operation.
        run: which run it is.
        values: the hyperparameters in force.
        future: what is recorded beyond the present step, as one whole history from step 0; None if nothing is.
    """

    recipe: Recipe
    history: History
    gauge: RunProgress
    train_count: int
    threads: int
    run: RunIdentity
    values: Mapping[str, Value]
    future: History | None = None


@dataclass(frozen=True, slots=True)
class RunResumed:
    """The run trains, from this step on."""

    step: int


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run rests between two steps, with the model in hand."""

    step: int


@dataclass(frozen=True, slots=True)
class TravelProgressed:
    """On the way to another step, so many of so many steps are trained again; told where it takes over 0.2 s."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Travelled:
    """The run is at another step, as it was when it was there; the history ends there, and the run rests.

    Attributes:
        step: updates done.
        origin: where it came from.
        values: the hyperparameters in force.
        future: what is recorded beyond, as one whole history from step 0; None if nothing is.
        differed_at: the first step whose loss came out other than recorded (another machine, another torch); None if
            all came out the same, bit for bit.
    """

    step: int
    origin: int
    values: Mapping[str, Value]
    future: History | None
    differed_at: int | None = None


@dataclass(frozen=True, slots=True)
class TravelFailed:
    """The run could not be brought to another step; it is where it was.

    Attributes:
        problem: why.
        details: the traceback of a defect, for a report; empty otherwise.
    """

    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RunBranched:
    """The run has left what was recorded: from here on it is another one, with the same history object.

    Attributes:
        run: the new one; its `parent` and `parent_step` say where it comes from.
        future: the parent's whole history, which it no longer follows.
    """

    run: RunIdentity
    future: History


@dataclass(frozen=True, slots=True)
class FutureReached:
    """The run has retraced all that was recorded, and goes on beyond."""

    step: int


@dataclass(frozen=True, slots=True)
class DivergenceStopped:
    """The loss was no number, or leapt far beyond its range: the run went back to its last good snapshot and rests.

    `Travelled` has been told before.
    """

    incident: Incident
    problem: UserError


@dataclass(frozen=True, slots=True)
class LossSpikeNoticed:
    """The loss of `step` leapt far beyond its recent range, and nobody is there to be asked: training goes on."""

    step: int
    loss: float


@dataclass(frozen=True, slots=True)
class RunDiscarded:
    """The run in hand was dropped; there is none now."""

    run: RunIdentity


@dataclass(frozen=True, slots=True)
class OpenFailed:
    """A run or checkpoint could not be taken in hand; the one in hand still is."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """The store of runs cannot be written, or was set aside; training goes on."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A command raised an exception that has no event of its own; the session goes on.

    Attributes:
        problem: what went wrong.
        details: the traceback of a defect, for a report; empty otherwise.
    """

    problem: UserError
    details: str


@dataclass(frozen=True, slots=True)
class CheckpointCaptured:
    """A copy of the whole state for the file `target`, between two steps."""

    target: Path
    checkpoint: Checkpoint


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
    """A wish to change a hyperparameter that this run cannot grant."""

    name: str
    problem: UserError


@dataclass(frozen=True, slots=True)
class WeightsCaptured:
    """A copy of the weights for the file `target`, between two steps."""

    target: Path
    weights: Mapping[str, Tensor]
    step: int


@dataclass(frozen=True, slots=True)
class WeightsEvaluated:
    """The weights of a file have been evaluated on the test set.

    Attributes:
        path: the file.
        average_loss: the mean of the batch losses.
        accuracy: 0 to 1.
        kept: whether these are now the weights that Save writes (not while a run has its own).
    """

    path: Path
    average_loss: float
    accuracy: float
    kept: bool


@dataclass(frozen=True, slots=True)
class WeightsRefused:
    """A file of weights could not be loaded or evaluated; the current weights are as they were.

    Attributes:
        path: the file.
        problem: why.
        details: the traceback of a defect, for a report; empty otherwise.
    """

    path: Path
    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run is over; its weights are kept.

    Attributes:
        outcome: how.
        step: updates made.
        problem: what went wrong, where something did.
        details: the traceback of a defect, for a report; empty otherwise.
        has_weights: whether there are weights to save.
    """

    outcome: Outcome
    step: int
    problem: UserError | None = None
    details: str = ""
    has_weights: bool = True


TrainerEvent = (
    RunStarted
    | RunResumed
    | RunPaused
    | TravelProgressed
    | Travelled
    | TravelFailed
    | RunBranched
    | FutureReached
    | DivergenceStopped
    | LossSpikeNoticed
    | CheckpointCaptured
    | EpochStarted
    | LossReported
    | EpochTested
    | ValueChanged
    | ChangeRefused
    | WeightsCaptured
    | WeightsEvaluated
    | WeightsRefused
    | RequestFailed
    | RunEnded
)
Event = TrainerEvent | TorchLoaded | DataProgressed | DataLoaded | DataFailed | RunDiscarded | OpenFailed | RecordFailed

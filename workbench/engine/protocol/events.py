"""What the training side reports: facts, in the past tense. Window and command line both `match` these classes.

An event holds plain values that nothing changes afterwards: numbers, texts, paths, records, copies of weights. The
history and the progress of a run go on changing: an event names them by number (see `live_objects`). So it can be sent
to another process.

The `problem` of an event says what went wrong; its `details` are the traceback of a defect, for a report, else empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from workbench.engine.runtime.devices import CPU, Device

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from torch import Tensor

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_source import DataRequest
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.errors import UserError
    from workbench.engine.history.records import Change, Evaluation, Incident, RunIdentity
    from workbench.engine.models.layer_facts import LayerFacts
    from workbench.engine.protocol.commands import DescribeNetwork
    from workbench.engine.recipe import Recipe


class Outcome(Enum):
    """How a run ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TorchLoaded:
    """Torch is loaded, and runs can start.

    Attributes:
        version: of torch.
        threads: how many threads an operation may use.
        devices: on which runs can train here, the CPU first.
    """

    version: str
    threads: int
    devices: tuple[Device, ...] = (Device(CPU),)


@dataclass(frozen=True, slots=True)
class NetworkDescribed:
    """What a network is like, for the data that it was asked for.

    Attributes:
        asked: the command that this answers.
        count: the numbers that training adjusts; None where it cannot be built.
        layers: in the order in which a sample passes them.
        problem: why it cannot be built, or does not take such samples.
    """

    asked: DescribeNetwork
    count: int | None
    layers: tuple[LayerFacts, ...] = ()
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class DataProgressed:
    """How far the loading of a data set has come; `total` is 0 where it is not known."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DataLoaded:
    """A data set is in memory.

    Attributes:
        name: the data set's.
        spec: its task and shapes.
        train_count: training samples.
        test_count: test samples.
        samples: some training images of each class, (classes, n, C, H, W) uint8; fewer are padded with black. Those
            of a regression are in one row, as if of one class; vectors have none.
        instead_of: why the default data set is not the one loaded, where that is so.
        is_users_own: whether it is not what was published under that name, but files of the user's own.
        request: which data it is.
        points: some training vectors (n, F) float32; without rows for images.
        targets: of the points, or of the samples of a regression: labels (n,) int64, or numbers (n, T) float32.
    """

    name: str
    spec: DataSpec
    train_count: int
    test_count: int
    samples: np.ndarray
    instead_of: UserError | None
    is_users_own: bool = False
    request: DataRequest | None = None
    points: np.ndarray | None = None
    targets: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class DataFailed:
    """A data set could not be loaded; `problem` is None where the user cancelled."""

    problem: UserError | None


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


@dataclass(frozen=True, slots=True)
class RunResumed:
    """The run trains, from this step on."""

    step: int


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run is paused between two steps."""

    step: int


@dataclass(frozen=True, slots=True)
class TravelProgressed:
    """How many of how many steps have been trained again on the way to another step; emitted if it takes over 0.2 s."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Travelled:
    """The run is at another step, in the state it had there; its history ends there, and the run is paused.

    Attributes:
        step: updates done.
        origin: the step it came from.
        values: the hyperparameters in force.
        recording: as in `RunStarted`.
        differed_at: the first step whose loss differs from the recorded one (another machine, another torch); None if
            every loss is the recorded one, bit for bit.
    """

    step: int
    origin: int
    values: Mapping[str, Value]
    recording: int | None
    differed_at: int | None = None


@dataclass(frozen=True, slots=True)
class TravelFailed:
    """The run could not be brought to another step; it is where it was."""

    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RunBranched:
    """The run has left what was recorded: from here on it is another run, which goes on in the same History.

    Attributes:
        run: the new run; its `parent` and `parent_step` say where it comes from.
        recording: the number of the parent's whole History, which the run no longer follows.
    """

    run: RunIdentity
    recording: int


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The run has trained all recorded steps again, and goes on beyond them."""

    step: int


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
class OpenFailed:
    """A run or checkpoint could not be opened; the current run stays."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """What is trained is not kept in the store, for good or at the moment; training goes on."""

    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RecordRecovered:
    """The store can be written again, and nothing is missing there: what was trained meanwhile is being written."""


@dataclass(frozen=True, slots=True)
class StoreNoticed:
    """News of the store, which keeps runs: a file was moved aside, or its file system lacks something."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A command raised an exception that has no event of its own; the session goes on."""

    problem: UserError
    details: str


@dataclass(frozen=True, slots=True)
class CheckpointCaptured:
    """A copy of the whole state between two steps, for the file `target`."""

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
    """The user wanted to change a hyperparameter, and this run cannot."""

    name: str
    problem: UserError


@dataclass(frozen=True, slots=True)
class WeightsCaptured:
    """A copy of the weights between two steps, for the file `target`."""

    target: Path
    weights: Mapping[str, Tensor]
    step: int


@dataclass(frozen=True, slots=True)
class WeightsEvaluated:
    """The weights of a file have been evaluated on the test set.

    Attributes:
        path: the file.
        kept: whether Save writes these weights now; it does not while there is a run with its own.
        average_loss: the mean of the batch losses.
        metric: of the task; the other two are those of an `Evaluation`.
        r2: None for classification.
        converted: the kinds of number in the file and of the model, such as `("float16", "float32")`; None where they
            are the same.
    """

    path: Path
    kept: bool
    average_loss: float
    metric: float
    r2: float | None = None
    converted: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WeightsRefused:
    """The file of weights `path` could not be loaded or evaluated; the current weights are as they were."""

    path: Path
    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run is over; its weights are kept.

    Attributes:
        outcome: how it ended.
        step: updates made.
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
    | RecordingEnded
    | DivergenceStopped
    | StoppedEarly
    | LossSpikeNoticed
    | GraphGivenUp
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
RecorderEvent = RecordFailed | RecordRecovered | StoreNoticed
Event = (
    TrainerEvent
    | RecorderEvent
    | TorchLoaded
    | NetworkDescribed
    | DataProgressed
    | DataLoaded
    | DataFailed
    | RunDiscarded
    | OpenFailed
)

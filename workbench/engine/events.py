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

    from workbench.engine.history import History
    from workbench.engine.problems import Problem
    from workbench.engine.recipe import Recipe
    from workbench.engine.records import Change, Evaluation


@dataclass(slots=True)
class Gauge:
    """Where a run is, written by the training side after every batch and read at leisure by whoever shows it.

    Attributes:
        epoch: the present epoch, from 1.
        batch: batches of it trained.
        sample: samples of it trained.
        testing: whether the present epoch is being evaluated.
        trained: samples trained in the whole run.
        planned_epochs: how many epochs the run is to have.
        planned_steps: how many steps the run will have if nothing is changed.
    """

    epoch: int = 1
    batch: int = 0
    sample: int = 0
    testing: bool = False
    trained: int = 0
    planned_epochs: int = 0
    planned_steps: int = 0


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
    instead_of: Problem | None


@dataclass(frozen=True, slots=True)
class DataFailed:
    """A data set could not be loaded; None where somebody cancelled."""

    problem: Problem | None


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run is about to train its first batch.

    Attributes:
        recipe: what it trains, with the data set really used.
        history: its series, which the training side goes on appending to.
        gauge: where it is.
        train_count: training images.
        threads: threads used by each operation.
    """

    recipe: Recipe
    history: History
    gauge: Gauge
    train_count: int
    threads: int


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
    problem: Problem


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
    """A file of weights could not be loaded or evaluated; the weights in hand are as they were."""

    path: Path
    problem: Problem


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
    problem: Problem | None = None
    details: str = ""
    has_weights: bool = True


TrainerEvent = (
    RunStarted
    | EpochStarted
    | LossReported
    | EpochTested
    | ValueChanged
    | ChangeRefused
    | WeightsCaptured
    | WeightsEvaluated
    | WeightsRefused
    | RunEnded
)
Event = TrainerEvent | TorchLoaded | DataProgressed | DataLoaded | DataFailed

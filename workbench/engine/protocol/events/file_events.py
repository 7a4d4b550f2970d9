"""Events of files that are saved and opened: weights, checkpoints, kept runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.commands import CheckInitialWeights


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
class InitialWeightsChecked:
    """Whether a network can start from the weights of a file.

    Attributes:
        asked: the command that this answers.
        sha256: of the weights, in the form of the network; None where they do not fit or are not there.
        converted: as of `WeightsEvaluated`.
        problem: why the network cannot start from them; None where it can.
    """

    asked: CheckInitialWeights
    sha256: str | None
    converted: tuple[str, str] | None = None
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class CheckpointCaptured:
    """A copy of the whole state between two steps, for the file `target`."""

    target: Path
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class RecordCaptured:
    """A copy of the whole state between two steps, for the exports that `request` stands for."""

    request: int
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class OpenFailed:
    """A run or checkpoint could not be opened; the current run stays."""

    problem: UserError

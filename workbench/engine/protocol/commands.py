"""What goes into the training side: wishes, taken between two batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class SetValue:
    """Use `value` for the hyperparameter `name` from the next batch (or epoch) on."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run after the current batch; what was reached is kept, and the run stays in hand."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Rest after the current batch."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Train on to the last planned epoch.

    Attributes:
        unguarded: let the loss pass that the guard went back from last.
    """

    unguarded: bool = False


@dataclass(frozen=True, slots=True)
class RunSteps:
    """Train so many more steps, at least 1, then rest. An epoch that is completed on the way is tested."""

    count: int


@dataclass(frozen=True, slots=True)
class RunEpoch:
    """Train to the end of the present epoch, test it, then rest."""


@dataclass(frozen=True, slots=True)
class AddEpochs:
    """Plan so many more epochs, at least 1, and train on; also after a run has ended."""

    count: int


@dataclass(frozen=True, slots=True)
class Travel:
    """Go to the moment when `step` updates were done, back or forward along what is recorded, and rest there.

    Attributes:
        step: from 0 to the last recorded step.
        leave_future: going on from there is to make no recorded change again: it becomes a branch.
    """

    step: int
    leave_future: bool = False


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Take a run of the store in hand, at the last step it reached or at `step`."""

    run: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class DiscardRun:
    """Drop the run in hand and delete it from the store."""


@dataclass(frozen=True, slots=True)
class CaptureCheckpoint:
    """Copy the whole state between two steps; the `CheckpointCaptured` that answers carries the same `target`."""

    target: Path


@dataclass(frozen=True, slots=True)
class OpenCheckpoint:
    """Take the run in a checkpoint file in hand, where the file left it."""

    path: Path


@dataclass(frozen=True, slots=True)
class SetSnapshotBudget:
    """Let the snapshots in memory take so many bytes."""

    nbytes: int


@dataclass(frozen=True, slots=True)
class CaptureWeights:
    """Copy the weights between two steps; the `WeightsCaptured` that answers carries the same `target`."""

    target: Path


@dataclass(frozen=True, slots=True)
class EvaluateWeights:
    """Run `test_loop` with the weights in the file `path`.

    During a run the weights in training stay as they are; otherwise these become the weights in hand.

    Attributes:
        path: the file.
        recipe: which model, loss, batch size and data set.
    """

    path: Path
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class LoadData:
    """Have the data set ready: the default one (with a stand-in where it cannot be had), or the one named."""

    dataset: str | None


@dataclass(frozen=True, slots=True)
class StartRun:
    """Train `recipe`.

    Attributes:
        recipe: what to train.
        dataset_chosen: whether a person chose the data set; if not, the offline one may stand in for it.
    """

    recipe: Recipe
    dataset_chosen: bool


@dataclass(frozen=True, slots=True)
class Close:
    """End the session; nothing follows."""


TrainerCommand = SetValue | Pause | Stop | CaptureWeights | EvaluateWeights | CaptureCheckpoint
"""Served between two batches without leaving the run."""

ContinueCommand = Resume | RunSteps | RunEpoch | AddEpochs
"""Says how far to train."""

SessionCommand = (
    TrainerCommand
    | ContinueCommand
    | Travel
    | OpenRun
    | DiscardRun
    | OpenCheckpoint
    | SetSnapshotBudget
    | LoadData
    | StartRun
    | Close
)

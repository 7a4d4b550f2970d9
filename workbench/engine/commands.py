"""What goes into the training side: wishes, taken between two batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.hyperparameters import Value
    from workbench.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class SetValue:
    """Use `value` for the hyperparameter `name` from the next batch (or epoch) on."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run after the current batch; what was reached is kept."""


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


TrainerCommand = SetValue | Stop | CaptureWeights | EvaluateWeights
SessionCommand = TrainerCommand | LoadData | StartRun | Close

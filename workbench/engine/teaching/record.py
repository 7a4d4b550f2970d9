"""What the checks of a lesson look at: the numbers that a run has recorded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.optim.losses import LOSSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation, Incident
    from workbench.engine.protocol.experiments.checks import Overfitting
    from workbench.engine.recipe import Recipe

WITH_LOGARITHM: Final = frozenset({"cross-entropy", "nll"})
"""Losses for which equal scores for all classes cost ln(classes)."""


@dataclass(frozen=True, slots=True, eq=False)
class LessonRecord:
    """The record of a run of a lesson.

    Attributes:
        losses: (n,) float32, the training loss of each step.
        evaluations: of the test set, in order.
        incidents: losses that the divergence guard would not let pass.
        steps_per_epoch: batches in an epoch.
        planned_epochs: that the run was to have.
        class_count: of the data; 0 where the loss has no chance level.
        changed: hyperparameters that were changed while the run trained, by name.
    """

    losses: NDArray[np.float32]
    evaluations: Sequence[Evaluation]
    incidents: Sequence[Incident]
    steps_per_epoch: int
    planned_epochs: int
    class_count: int = 0
    changed: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """Steps that were recorded."""
        return len(self.losses)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: the guard may have returned to the very beginning, and says something then."""
        return self.steps == 0 and not self.incidents

    @property
    def planned_steps(self) -> int:
        """Steps that the run was to have."""
        return self.planned_epochs * self.steps_per_epoch

    @property
    def is_complete(self) -> bool:
        """Whether all that was planned was trained and tested."""
        return len(self.evaluations) >= self.planned_epochs and self.steps >= self.planned_steps

    def mean_of_first(self, count: int) -> float:
        """The mean of the first `count` losses."""
        return float(np.mean(self.losses[:count], dtype=np.float64)) if self.steps else math.nan

    def mean_of_last(self, count: int) -> float:
        """The mean of the last `count` losses."""
        return float(np.mean(self.losses[-count:], dtype=np.float64)) if self.steps else math.nan


def record_of(history: History, recipe: Recipe, train_count: int, planned_epochs: int) -> LessonRecord:
    """What `history`, which may grow meanwhile, holds now of a run of `recipe` on `train_count` samples."""
    spec = recipe.known_spec
    has_chance = recipe.loss in WITH_LOGARITHM and recipe.loss in LOSSES.names
    changed = {change.name for change in history.changes if change.name != "epochs"}
    return LessonRecord(
        history.loss.values(0, len(history)),
        tuple(history.evaluations),
        tuple(history.spikes),
        max(1, math.ceil(train_count / int(recipe["batch_size"]))),
        planned_epochs,
        len(spec.class_names) if spec is not None and has_chance else 0,
        tuple(sorted(changed)),
    )


def record_of_few(finding: Overfitting, class_count: int) -> LessonRecord:
    """What the experiment with a few samples has recorded; it has no tests, and each step is an epoch of its own."""
    losses = np.asarray(finding.losses, np.float32)
    return LessonRecord(losses, (), (), 1, len(losses), class_count)

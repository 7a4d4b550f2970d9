"""The learning rate over a run: RateCurve of one that is recorded, SchedulePlan of one to come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.optim.lr_schedules import SCHEDULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change
    from workbench.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The steps between two changes.

    Attributes:
        step: the first step.
        epoch: epochs trained before it.
        sample: samples of the current epoch trained before it.
        values: the hyperparameters in force.
    """

    step: int
    epoch: int
    sample: int
    values: Mapping[str, Value]


class RateCurve:
    """The learning rate over a run: the slider's value, and the rate after the schedule.

    It depends only on the recipe, the recorded changes and, where the schedule follows the loss, the recorded tests. So
    it also gives the rates of future steps, unless something changes. For the reading thread; the history may grow
    meanwhile.

    Args:
        recipe: the settings at the start of the run.
        history: holds its changes and tests.
        train_count: the number of training samples.
    """

    def __init__(self, recipe: Recipe, history: History, train_count: int) -> None:
        self._recipe = recipe
        self._history = history
        self._count = train_count
        self._stretches: list[_Stretch] = []
        self._version: int | None = None

    @property
    def version(self) -> int:
        """A number that changes whenever the curve does."""
        changes = self._history.changes
        # Going back drops changes, and a branch can make as many others; while a run is paused, a change replaces an
        # earlier one of the same name.
        tests = len(self._history.evaluations) if SCHEDULES[self._recipe.schedule].watches_loss else 0
        return hash((len(changes), tuple(changes[-len(TABLE) :]), tests, self._history.loss.truncations))

    def at(self, steps: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The slider's value and the rate used at `steps`, (n,) each; steps count from 0, in any order.

        Takes about a microsecond for each step unless the schedule is constant.
        """
        if (version := self.version) != self._version:
            self._stretches = list(self._read())
            self._version = version
        stretches = self._stretches
        index = np.searchsorted([stretch.step for stretch in stretches], steps, side="right") - 1
        index = np.maximum(index, 0)
        slider = np.array([float(stretch.values["learning_rate"]) for stretch in stretches])[index]
        if self._recipe.schedule == SCHEDULES.default:
            return slider, slider.copy()
        applied = slider * self._factors(steps, index)
        return slider, applied

    def _factors(self, steps: NDArray[np.int64], index: NDArray[np.int64]) -> NDArray[np.float64]:
        row = SCHEDULES[self._recipe.schedule]
        factors = np.ones(len(steps))
        losses = [evaluation.watched_loss for evaluation in self._history.evaluations]
        for number in np.unique(index):
            stretch = self._stretches[number]
            chosen = index == number
            epoch, sample = self._position(stretch, np.maximum(steps[chosen] - stretch.step, 0))
            planned = int(stretch.values["epochs"])
            # The same division as in the Stepper, so that the bits are equal.
            progress = epoch + sample / self._count
            # A factor that follows the losses takes longer, and is the same within an epoch.
            progress, places = np.unique(np.floor(progress) if row.watches_loss else progress, return_inverse=True)
            found = [row.factor(value, planned, stretch.values, losses) for value in progress.tolist()]
            factors[chosen] = np.array(found)[places]
        return factors

    def _read(self) -> Iterable[_Stretch]:
        stretch = _Stretch(0, 0, 0, self._recipe.values)
        yield stretch
        changes: list[Change] = list(self._history.changes)
        for step, together in groupby(changes, key=lambda change: change.step):
            epoch, sample = self._position(stretch, np.array([step - stretch.step]))
            values = {**stretch.values, **{change.name: change.new for change in together}}
            stretch = _Stretch(step, int(epoch[0]), int(sample[0]), values)
            yield stretch

    def _position(self, start: _Stretch, steps: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Epochs trained, and samples of the current one, after `steps` more steps at the batch size of `start`."""
        size = int(start.values["batch_size"])
        left = -(-(self._count - start.sample) // size)
        beyond = steps - left
        epochs, batches = np.divmod(beyond, -(-self._count // size))
        is_within = beyond < 0
        epoch = np.where(is_within, start.epoch, start.epoch + 1 + epochs)
        sample = np.where(is_within, start.sample + steps * size, batches * size)
        return epoch, sample


def known_count(recipe: Recipe) -> int | None:
    """The number of training samples that a `RateCurve` of a stored run needs, as far as its recipe says it.

    None where only the data say it: of the samples held out for validation, each class has its share.
    """
    if recipe.schedule == SCHEDULES.default:
        return 1  # the rate does not depend on it
    if recipe["validation_share"] or recipe.data is None:
        return None
    return recipe.data.train_count


@dataclass(frozen=True, slots=True, eq=False)
class SchedulePlan:
    """The learning rate over a run to come, without changes.

    Attributes:
        rates: at even distances from the first step to the last.
        epochs: of the run.
        watches_loss: whether the schedule follows the loss; `rates` are those of a loss that never stops falling.
    """

    rates: NDArray[np.float64]
    epochs: int
    watches_loss: bool

    @classmethod
    def of(cls, schedule: str, values: Mapping[str, Value], count: int) -> SchedulePlan:
        """Plan a run.

        Args:
            schedule: its name.
            values: the learning rate, the epochs, and what the schedule accepts.
            count: how many rates; at least 2.
        """
        row, epochs = SCHEDULES[schedule], int(values["epochs"])
        # Right before the end: at the end itself a schedule that falls in steps would fall once more.
        moments = np.linspace(0.0, math.nextafter(epochs, 0.0), count)
        factors = np.array([row.factor(moment, epochs, values, ()) for moment in moments.tolist()])
        return cls(float(values["learning_rate"]) * factors, epochs, row.watches_loss)

    @property
    def varies(self) -> bool:
        """Whether the rate changes as planned."""
        return bool(self.rates.min() < self.rates.max())

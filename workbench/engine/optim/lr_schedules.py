"""The registry of schedules: pure functions of the progress of a run. Their value multiplies the learning rate.

They multiply the value of the slider, so the slider always works; and they have no state, so a run that is rewound
needs no schedule restored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change
    from workbench.engine.recipe import Recipe

    Factor = Callable[[float, int, Mapping[str, Value]], float]

SMALLEST_FACTOR: Final = 1e-12
"""After many short periods the factor would become 0, which a logarithmic axis cannot show."""

FIRST_OF_CYCLE: Final = 1 / 25
"""The first factor of one cycle, as a share of its peak; the value of fast.ai and of torch's OneCycleLR."""

FIRST_OF_WARMUP: Final = 0.01
"""The first factor of the warm-up, as a share of the full rate: at 0 the first batches would teach nothing."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: the course of the rate, and when to choose it.
        accepts: its own hyperparameters, in the order of the controls.
        factor: a function of the progress in epochs (2.5 is in the middle of the third), the number of planned epochs
            and the current values. It returns the factor of the learning rate, above 0 and at most 1, in well under a
            microsecond.
        defaults: of its hyperparameters, where they differ from the table's.
    """

    name: str
    label: str
    help: str
    accepts: tuple[str, ...]
    factor: Factor
    defaults: Mapping[str, Value] = field(default_factory=dict)


def _constant(_progress: float, _planned: int, _values: Mapping[str, Value]) -> float:
    return 1.0


def _step(progress: float, _planned: int, values: Mapping[str, Value]) -> float:
    """The rate falls at once after every period, as is usual since AlexNet (Krizhevsky and others, 2012)."""
    periods = math.floor(progress / values["schedule_period"])
    return max(SMALLEST_FACTOR, math.pow(values["schedule_decay"], periods))


def _exponential(progress: float, _planned: int, values: Mapping[str, Value]) -> float:
    """As `_step`, but smooth."""
    periods = progress / values["schedule_period"]
    return max(SMALLEST_FACTOR, math.pow(values["schedule_decay"], periods))


def _cosine(progress: float, planned: int, values: Mapping[str, Value]) -> float:
    """One half wave, without restarts: Loshchilov and Hutter, "SGDR", 2017, equation 5."""
    return 1.0 - (1.0 - values["schedule_floor"]) * _half_wave(progress / planned)


def _one_cycle(progress: float, planned: int, values: Mapping[str, Value]) -> float:
    """Up and down once: Smith and Topin, "Super-Convergence", 2018; the slopes are half waves, as in fast.ai."""
    share, peak = progress / planned, values["schedule_peak"]
    if share <= peak:
        return 1.0 - (1.0 - FIRST_OF_CYCLE) * _half_wave(1.0 - share / peak)
    return 1.0 - (1.0 - values["schedule_floor"]) * _half_wave((share - peak) / (1.0 - peak))


def _warmup(progress: float, _planned: int, values: Mapping[str, Value]) -> float:
    """A straight rise to the full rate: Goyal and others, "Accurate, Large Minibatch SGD", 2017, section 2.2."""
    epochs = values["warmup_epochs"]
    if progress >= epochs:
        return 1.0
    return FIRST_OF_WARMUP + (1.0 - FIRST_OF_WARMUP) * (progress / epochs)


def _half_wave(share: float) -> float:
    """From 0 to 1 along half a cosine wave; 1 for a share above 1."""
    return (1.0 - math.cos(math.pi * min(share, 1.0))) / 2.0


SCHEDULES: Final[Registry[ScheduleRow]] = Registry(
    "schedule",
    ScheduleRow(
        name="constant",
        label="Constant",
        help="The learning rate is the value of the slider, from the first step to the last, as in the tutorial.",
        accepts=(),
        factor=_constant,
    ),
    ScheduleRow(
        name="step",
        label="Step",
        help="The learning rate falls at once at the end of each period of epochs. If the loss drops right after, "
        "the steps had become too long.",
        accepts=("schedule_period", "schedule_decay"),
        factor=_step,
    ),
    ScheduleRow(
        name="exponential",
        label="Exponential",
        help="The learning rate falls smoothly, by the same share in every period. The run settles for sure, but late "
        "in a long run the rate may be too small to learn.",
        accepts=("schedule_period", "schedule_decay"),
        factor=_exponential,
        defaults={"schedule_period": 1.0, "schedule_decay": 0.8},
    ),
    ScheduleRow(
        name="cosine",
        label="Cosine",
        help="The learning rate falls along half a cosine wave to the end of the planned epochs: long steps for most "
        "of the run, short ones at the end (Loshchilov and Hutter, 2017). Planning more epochs stretches it.",
        accepts=("schedule_floor",),
        factor=_cosine,
    ),
    ScheduleRow(
        name="one-cycle",
        label="One cycle",
        help="The learning rate rises from a small part of the slider's value to all of it and falls again to the end "
        "of the planned epochs. Allows higher rates than a constant one (Smith and Topin, 2018).",
        accepts=("schedule_peak", "schedule_floor"),
        factor=_one_cycle,
    ),
    ScheduleRow(
        name="warmup",
        label="Warm-up",
        help="The learning rate rises evenly to the slider's value over the first epochs and stays there. For high "
        "rates and large batches, with which fresh weights diverge (Goyal and others, 2017).",
        accepts=("warmup_epochs",),
        factor=_warmup,
    ),
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Steps between two changes.

    Attributes:
        step: the first.
        epoch: epochs trained before it.
        sample: samples of the present epoch trained before it.
        values: in force throughout.
    """

    step: int
    epoch: int
    sample: int
    values: Mapping[str, Value]


class RateCurve:
    """The learning rate over a run: what the slider said, and what the schedule made of it.

    Read off the recipe and the recorded changes alone, so it holds for steps that are yet to come as well, as far as
    nothing is changed. For the reading thread; the history may grow meanwhile.

    Args:
        recipe: what the run began with.
        history: its changes.
        train_count: training images.
    """

    def __init__(self, recipe: Recipe, history: History, train_count: int) -> None:
        self._recipe = recipe
        self._history = history
        self._count = train_count
        self._stretches: list[_Stretch] = []
        self._version: int | None = None

    @property
    def version(self) -> int:
        """Another number whenever the curve is another one."""
        changes = self._history.changes
        # Going back drops changes, and a branch may make as many others; while a run rests, a change takes the place
        # of an earlier one of its name.
        return hash((len(changes), tuple(changes[-len(TABLE) :]), self._history.loss.truncations))

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
        if SCHEDULES[self._recipe.schedule].factor is _constant:
            return slider, slider.copy()
        applied = slider * self._factors(steps, index)
        return slider, applied

    def _factors(self, steps: NDArray[np.int64], index: NDArray[np.int64]) -> NDArray[np.float64]:
        factor = SCHEDULES[self._recipe.schedule].factor
        factors = np.ones(len(steps))
        for number in np.unique(index):
            stretch = self._stretches[number]
            chosen = index == number
            epoch, sample = self._position(stretch, np.maximum(steps[chosen] - stretch.step, 0))
            planned = int(stretch.values["epochs"])
            # The very division by which the training side knows its progress: the same bits come out.
            progress = epoch + sample / self._count
            factors[chosen] = [factor(value, planned, stretch.values) for value in progress.tolist()]
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
        """Epochs trained, and samples of the present one, when `steps` more were made at `start`'s batch size."""
        size = int(start.values["batch_size"])
        left = -(-(self._count - start.sample) // size)
        beyond = steps - left
        epochs, batches = np.divmod(beyond, -(-self._count // size))
        is_within = beyond < 0
        epoch = np.where(is_within, start.epoch, start.epoch + 1 + epochs)
        sample = np.where(is_within, start.sample + steps * size, batches * size)
        return epoch, sample

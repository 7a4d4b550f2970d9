"""The registry of schedules: pure functions of the progress of a run. Their value multiplies the learning rate.

They multiply the value of the slider, so the slider always works; and they have no state, so a run that is rewound
needs no schedule restored. One that follows the loss gets the losses of the tested epochs, which a run has recorded.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbench.engine.config.hyperparameters import Value

    Factor = Callable[[float, int, Mapping[str, Value], Sequence[float]], float]

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
        factor: a function of the progress in epochs (2.5 is in the middle of the third), the number of planned epochs,
            the current values, and the watched loss of each tested epoch (those after the progress do not count). It
            returns the factor of the learning rate, above 0 and at most 1, in well under a
            microsecond.
        watches_loss: whether the factor depends on the losses.
        defaults: of its hyperparameters, where they differ from the table's.
    """

    name: str
    label: str
    help: str
    accepts: tuple[str, ...]
    factor: Factor
    watches_loss: bool = False
    defaults: Mapping[str, Value] = field(default_factory=dict)


def _constant(_progress: float, _planned: int, _values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    return 1.0


def _step(progress: float, _planned: int, values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    """The rate falls at once after every period, as is usual since AlexNet (Krizhevsky and others, 2012)."""
    periods = math.floor(progress / float(values["schedule_period"]))
    return max(SMALLEST_FACTOR, math.pow(float(values["schedule_decay"]), periods))


def _exponential(progress: float, _planned: int, values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    """The rate falls smoothly, by the same share in every period."""
    periods = progress / float(values["schedule_period"])
    return max(SMALLEST_FACTOR, math.pow(float(values["schedule_decay"]), periods))


def _cosine(progress: float, planned: int, values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    """One half wave, without restarts: Loshchilov and Hutter, "SGDR", 2017, equation 5."""
    return 1.0 - (1.0 - float(values["schedule_floor"])) * _half_wave(progress / planned)


def _one_cycle(progress: float, planned: int, values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    """Up and down once: Smith and Topin, "Super-Convergence", 2018; the slopes are half waves, as in fast.ai."""
    share, peak = progress / planned, float(values["schedule_peak"])
    if share <= peak:
        return 1.0 - (1.0 - FIRST_OF_CYCLE) * _half_wave(1.0 - share / peak)
    return 1.0 - (1.0 - float(values["schedule_floor"])) * _half_wave((share - peak) / (1.0 - peak))


def _warmup(progress: float, _planned: int, values: Mapping[str, Value], _losses: Sequence[float]) -> float:
    """A straight rise to the full rate: Goyal and others, "Accurate, Large Minibatch SGD", 2017, section 2.2."""
    epochs = float(values["warmup_epochs"])
    if progress >= epochs:
        return 1.0
    return FIRST_OF_WARMUP + (1.0 - FIRST_OF_WARMUP) * (progress / epochs)


def _plateau(progress: float, _planned: int, values: Mapping[str, Value], losses: Sequence[float]) -> float:
    """Torch's ReduceLROnPlateau, without a threshold and a cooldown."""
    reductions = plateau_reductions(losses, math.floor(progress), int(values["schedule_patience"]))
    return max(SMALLEST_FACTOR, math.pow(float(values["schedule_decay"]), reductions))


def plateau_reductions(losses: Sequence[float], count: int, patience: int) -> int:
    """How often the rate has been reduced after the first `count` epochs.

    It is reduced each time that more than `patience` epochs in a row had no lower loss than the best before them.

    Args:
        losses: of the tested epochs, in order.
        count: of the epochs that count.
        patience: epochs without a lower loss that are waited for.
    """
    best, bad, reductions = math.inf, 0, 0
    for loss in itertools.islice(losses, count):
        if loss < best:
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            bad = 0
            reductions += 1
    return reductions


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
    ScheduleRow(
        name="plateau",
        label="Plateau",
        help="The learning rate falls by the decay whenever the validation loss has not fallen for more epochs than "
        "the patience. Without a validation share it watches the test loss. For runs whose best rate is not known.",
        accepts=("schedule_patience", "schedule_decay"),
        factor=_plateau,
        watches_loss=True,
        defaults={"schedule_decay": 0.1},
    ),
)

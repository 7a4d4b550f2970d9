"""The learning-rate range test: makes the sweeps that `lr_finder` reads."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.lr_finder import StopRule, swept_rates
from workbench.engine.checkpoints.snapshot import Position
from workbench.engine.protocol.experiments.range_test import RangeFound, RangeTest, Sweep
from workbench.engine.training.loops import LossNotFiniteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from workbench.engine.analysis.starting_point import StartingPoint
    from workbench.engine.training.stepper import Stepper

FIRST_EPOCH: Final = 1_000_000
"""The epochs whose orders of the samples are used: no run comes there, so no run trains in these orders."""


def found(experiment: RangeTest, start: StartingPoint) -> Iterator[tuple[int, int, RangeFound]]:
    """Sweep; after each step the steps done, those that there are at most, and what is found.

    The learning rate is that of the update itself: a schedule is left out.
    """
    rates = swept_rates(start.recipe.optimizer, experiment.steps)
    total = experiment.steps * experiment.orders
    stepper = start.stepper()
    begin = stepper.snapshot()
    sweeps: list[Sweep] = []
    for order in range(experiment.orders):
        stepper.restore(begin)
        losses: list[float] = []
        rule, has_broken = StopRule(), False
        for loss in _losses(stepper, FIRST_EPOCH * (order + 1), rates):
            has_broken = rule.add(loss)
            if math.isfinite(loss):
                losses.append(loss)
            done = order * experiment.steps + len(losses)
            yield done, total, RangeFound(rates, (*sweeps, Sweep(np.array(losses), has_broken)))
            if has_broken:
                break
        sweeps.append(Sweep(np.array(losses), has_broken))
    yield total, total, RangeFound(rates, tuple(sweeps))


def _losses(stepper: Stepper, epoch: int, rates: NDArray[np.float64]) -> Iterator[float]:
    """Train with each of the rates in turn, on the samples in the order of `epoch`; yields the losses.

    The last of them may be NaN or infinite.
    """
    stepper.position = Position(epoch=epoch, tested=epoch)
    stepper.values["shuffle"] = True
    left = iter(rates.tolist())
    rate = next(left, None)
    try:
        while rate is not None:
            stepper.set_value("learning_rate", rate)
            for trained in stepper.steps():
                stepper.count(trained)
                yield float(trained.loss)
                if (rate := next(left, None)) is None:
                    break
                stepper.set_value("learning_rate", rate)
            stepper.close_epoch()
    except LossNotFiniteError as error:
        yield error.loss

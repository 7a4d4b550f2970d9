"""What if: short futures from one state, each with another value of one setting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.experiments.experiment import Experiment, Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.engine.config.hyperparameters import Value

STEPS: Final = 100
OPTIMIZER: Final = "optimizer"


@dataclass(frozen=True, slots=True)
class Variant:
    """What one future does in another way.

    Attributes:
        values: hyperparameters that it changes at its start, by name.
        optimizer: another one, which starts anew; None for the run's own. Such a future cannot be the run's.
    """

    values: tuple[tuple[str, Value], ...] = ()
    optimizer: str | None = None


@dataclass(frozen=True, slots=True)
class WhatIf(Experiment):
    """Train `steps` steps for each of the variants, all from the present state, on the same samples in one order."""

    variants: tuple[Variant, ...]
    steps: int = STEPS


class FutureEnd(Enum):
    """How a future ended."""

    UNDER_WAY = "under way"
    REACHED = "reached"
    """It has all its steps."""
    DIVERGED = "diverged"
    """Its loss became NaN or infinite."""
    STOPPED_EARLY = "stopped early"
    """Early stopping ended it."""


@dataclass(frozen=True, slots=True, eq=False)
class FuturePath:
    """One future.

    Attributes:
        losses: (m,) float32, of the batches trained so far, each before its update.
        end: how it ended.
        has_leapt: whether its loss leapt so far that the guard would have stopped a run.
    """

    losses: NDArray[np.float32]
    end: FutureEnd = FutureEnd.UNDER_WAY
    has_leapt: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Fan(Finding):
    """The futures by now.

    Attributes:
        start: the step of the run that they start from.
        past: (k,) float32, the last losses of the run before that step.
        paths: one for each variant, in order; those that have not begun have no losses.
    """

    start: int
    past: NDArray[np.float32]
    paths: tuple[FuturePath, ...]

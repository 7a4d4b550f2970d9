"""The learning-rate range test: train with a rate that grows at each step, and see where the loss falls and breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.experiments.experiment import Experiment, Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS: Final = 100
"""The steepest point halves where the number of steps doubles, so the number is fixed."""
ORDERS: Final = 3


@dataclass(frozen=True, slots=True)
class RangeTest(Experiment):
    """Train `steps` steps from the same state on each of `orders` orders of the samples."""

    steps: int = STEPS
    orders: int = ORDERS


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """One order of the samples.

    Attributes:
        losses: (m,) float64, of the batches trained with the first m rates, each before its update; all finite.
        has_broken: whether it ended because the loss rose far above its least, or became NaN or infinite.
    """

    losses: NDArray[np.float64]
    has_broken: bool


@dataclass(frozen=True, slots=True, eq=False)
class RangeFound(Finding):
    """The raw points.

    Attributes:
        rates: (n,) float64, ascending, evenly spaced on a logarithmic axis.
        sweeps: those made by now; the last one may be under way.
    """

    rates: NDArray[np.float64]
    sweeps: tuple[Sweep, ...]

"""Checks before a long run. Source: notes of Stanford's course CS231n, "Neural Networks Part 3", on sanity checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.experiments.experiment import Experiment, Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW: Final = 20
MOST_STEPS: Final = 500
RATE: Final = 1e-3
"""Adam's usual rate, with which the few samples are trained whatever the run trains with: the question is whether the
network can, not whether the rate is right."""
SMALL: Final = 0.01
"""As a share of the loss of equal scores."""


@dataclass(frozen=True, slots=True)
class CheckFirstLoss(Experiment):
    """Measure the loss of a new network, and compare it with that of equal scores for all classes (or of zeros)."""


@dataclass(frozen=True, slots=True)
class FirstLoss(Finding):
    """The loss before the first step.

    Attributes:
        found: the mean over `samples` training samples.
        expected: where all scores are equal: ln(classes) with cross-entropy; for regression, where all outputs are 0.
        samples: that were measured.
        class_count: 0 for regression.
    """

    found: float
    expected: float
    samples: int
    class_count: int


@dataclass(frozen=True, slots=True)
class CheckOverfitting(Experiment):
    """Train a new network on a few samples, without anything that keeps it from learning them by heart."""

    samples: int = FEW
    steps: int = MOST_STEPS


@dataclass(frozen=True, slots=True, eq=False)
class Overfitting(Finding):
    """How the few samples were learned.

    Attributes:
        losses: (m,) float64, one for each step.
        target: the loss at which they count as learned.
        samples: how many there are.
        is_learned: whether the loss fell below `target`.
        has_broken: whether it became NaN or infinite.
    """

    losses: NDArray[np.float64]
    target: float
    samples: int
    is_learned: bool = False
    has_broken: bool = False

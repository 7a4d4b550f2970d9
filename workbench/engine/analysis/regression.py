"""Figures of a regression, from the outputs for the test set and the targets.

NumPy only: the window computes them, before torch may be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

MOST_BINS: Final = 60
FLAT: Final = 1e-12
"""Of the squares of a target's numbers: where they differ from their mean by less, they are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class RegressionFigures:
    """Figures of each target, (targets,) each; NaN where there is no sample.

    Attributes:
        mean_absolute_error: the mean of |output - target|.
        root_mean_squared_error: the root of the mean of its square.
        r2: the coefficient of determination, as scikit-learn's `r2_score` has it: where all values of a target are
            equal it is 1 if they were predicted exactly, else 0.
    """

    mean_absolute_error: Floats
    root_mean_squared_error: Floats
    r2: Floats

    @classmethod
    def of(cls, outputs: NDArray[np.floating], targets: NDArray[np.floating]) -> RegressionFigures:
        """The figures of outputs (N, T) for targets (N, T)."""
        wanted = targets.astype(np.float64)
        errors = outputs.astype(np.float64) - wanted
        if not len(errors):
            nothing = np.full(wanted.shape[1], np.nan)
            return cls(nothing, nothing, nothing)
        squared = np.square(errors).sum(axis=0)
        distances = np.square(wanted - wanted.mean(axis=0)).sum(axis=0)
        is_flat = distances <= FLAT * np.square(wanted - wanted[0]).sum(axis=0)
        share = np.where(is_flat, (squared != 0).astype(np.float64), squared / np.where(is_flat, 1.0, distances))
        return cls(np.abs(errors).mean(axis=0), np.sqrt(squared / len(errors)), 1.0 - share)


def residuals(outputs: NDArray[np.floating], targets: NDArray[np.floating]) -> Floats:
    """What a prediction lacks: target - output, as statistics define a residual; above 0 where too little is predicted.

    Of the same shape as both.
    """
    left: Floats = targets.astype(np.float64) - outputs.astype(np.float64)
    return left


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many numbers lie in bins of equal width.

    Attributes:
        edges: (bins + 1,), ascending.
        count: (bins,).
    """

    edges: Floats
    count: Counts

    @classmethod
    def of(cls, values: Floats, most: int = MOST_BINS) -> Histogram:
        """The histogram of the finite ones of `values`, with as many bins as Freedman and Diaconis (1981) advise."""
        finite = values[np.isfinite(values)]
        if not finite.size:
            return cls(np.array([-0.5, 0.5]), np.zeros(1, np.int64))
        low, high = float(finite.min()), float(finite.max())
        quarter, three_quarters = np.quantile(finite, (0.25, 0.75))
        width = 2 * float(three_quarters - quarter) / finite.size ** (1 / 3)
        bins = int(np.ceil(min((high - low) / width, most))) if width > 0 else 10
        # Between two neighbouring floats there is no room for edges.
        if high - low <= 1e-9 * max(abs(low), abs(high), 1e-300):
            low, high, bins = low - 0.5 * max(1.0, abs(low)), high + 0.5 * max(1.0, abs(high)), 1
        count, edges = np.histogram(finite, max(1, bins), (low, high))
        return cls(edges, count)

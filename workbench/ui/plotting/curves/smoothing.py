"""A bias-corrected exponential moving average; each value is averaged once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.history.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_BETA = 0.999
BLOCK = 1 << 14
"""Values averaged at a time: the block stays in the processor's cache. 5 ms per 10^6 values."""
FEW = 64
"""Values up to which a plain loop is quicker."""
NEGLIGIBLE = 1e-18
"""Weights below this do not change a float64 sum of the others."""


class Smoother:
    """Average `m_t = beta * m_(t-1) + (1 - beta) * x_t` from `m_0 = 0`, divided by `1 - beta^t`.

    The division takes out the pull towards the start at zero, so that a constant stays that constant (Kingma and Ba
    2015, "Adam", section 3). A value that is not finite is left out: the average stays what it was.
    """

    def __init__(self, beta: float) -> None:
        """Start without values.

        Args:
            beta: weight of the past, 0 (no smoothing) to 0.999.

        Raises:
            ValueError: `beta` is outside that range.
        """
        if not 0.0 <= beta <= LARGEST_BETA:
            raise ValueError(f"beta is {beta}, not within 0 and {LARGEST_BETA}")
        self.beta = beta
        self._average = 0.0
        self._count = 0
        # beta, beta^2, … : how much of the average so far is left in each value of a block.
        self._decay = np.power(beta, np.arange(1, BLOCK + 1))
        self._decay = self._decay[self._decay > NEGLIGIBLE]

    def extend(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The averages at `values`, which follow those given before; shape (n,) -> (n,).

        Before the first finite value there is no average: NaN.
        """
        if len(values) <= FEW:
            return self._extend_one_by_one(values)
        finite = np.isfinite(values)
        if finite.all():
            return self._extend_finite(values)
        before = self._corrected_average()
        averages = np.concatenate((np.array([before], np.float32), self._extend_finite(values[finite])))
        repeated: NDArray[np.float32] = averages[np.cumsum(finite)]
        return repeated

    def _extend_one_by_one(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """By the definition: for the values of one frame that is quicker than setting up the passes below."""
        averages, current = [], self._corrected_average()
        for value in values.tolist():
            if math.isfinite(value):
                self._average = self.beta * self._average + (1.0 - self.beta) * value
                self._count += 1
                current = self._corrected_average()
            averages.append(current)
        return np.array(averages, np.float32)

    def _extend_finite(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        if self.beta == 0.0:
            self._average, self._count = float(values[-1]) if len(values) else self._average, self._count + len(values)
            return values.copy()
        blocks = [self._extend_block(values[start : start + BLOCK]) for start in range(0, len(values), BLOCK)]
        return np.concatenate(blocks) if blocks else np.empty(0, np.float32)

    def _extend_block(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = values.astype(np.float64)
        sums *= 1.0 - self.beta
        # Each pass doubles how far back every sum reaches (Hillis and Steele 1986): log2(n) passes over whole arrays
        # instead of n steps, and none once the weights are negligible.
        reach, weight = 1, self.beta
        while reach < len(sums) and weight > NEGLIGIBLE:
            sums[reach:] += weight * sums[:-reach]
            reach, weight = 2 * reach, weight * weight
        carried = self._decay[: len(sums)]
        sums[: len(carried)] += self._average * carried
        self._average = float(sums[-1])
        corrected = self._correct(sums)
        self._count += len(values)
        return corrected.astype(np.float32)

    def _correct(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        log_beta = float(np.log(self.beta))
        if self._count * log_beta < np.log(NEGLIGIBLE):
            return sums
        steps = np.arange(self._count + 1, self._count + len(sums) + 1)
        # expm1: 1 - beta^t keeps its digits where beta^t is close to 1.
        corrected: NDArray[np.float64] = sums / -np.expm1(steps * log_beta)
        return corrected

    def _corrected_average(self) -> float:
        if self._count == 0:
            return float("nan")
        return self._average / (1.0 - self.beta**self._count)


class SmoothedSeries:
    """The average of a series, kept up to date in slices, so that no single frame waits for a long history."""

    def __init__(self, source: Series, beta: float) -> None:
        self._source = source
        self._truncations = source.truncations
        self._smoother = Smoother(beta)
        self.series = Series()

    @property
    def beta(self) -> float:
        """Weight of the past."""
        return self._smoother.beta

    @property
    def behind(self) -> int:
        """Values of the source not averaged yet."""
        return len(self._source) - len(self.series)

    def advance(self, most: int) -> None:
        """Average at most `most` of the values that are not averaged yet."""
        if self._source.truncations != self._truncations:
            self.restart(self.beta)
        start = len(self.series)
        values = self._source.values(start, start + most)
        if len(values):
            self.series.extend(self._smoother.extend(values))

    def restart(self, beta: float) -> None:
        """Begin again at the first value, with the weight `beta`."""
        self._smoother = Smoother(beta)
        self._truncations = self._source.truncations
        self.series = Series()

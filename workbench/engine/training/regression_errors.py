"""RegressionErrors: mean absolute error and R² of predictions, summed batch by batch in float64."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor


class RegressionErrors:
    """Sums of what has been predicted so far; there is no need to keep the predictions.

    R² is 1 minus the squared errors over the squared distances of the targets from their mean, for each target, and
    the mean of these over the targets, as scikit-learn's `r2_score` has it.
    """

    def __init__(self) -> None:
        self._count = 0
        self._absolute: Tensor | None = None
        # (3, T): of the squared errors, of the distances from `_origin`, and of these squared.
        self._sums: Tensor | None = None
        self._origin: Tensor | None = None

    @property
    def mean_absolute_error(self) -> float:
        """The mean of |output - target| over all samples and targets; NaN before the first batch."""
        if self._sums is None or self._absolute is None:
            return math.nan
        return float(self._absolute) / (self._count * self._sums.shape[1])

    @property
    def r2(self) -> float:
        """The coefficient of determination, at most 1; NaN before the first batch.

        Where all values of a target are equal it is 1 if they were predicted exactly, else 0.
        """
        if self._sums is None:
            return math.nan
        errors, linear, squares = self._sums
        distances = squares - linear.square() / self._count
        is_flat = distances <= 1e-12 * squares
        shares = torch.where(is_flat, (errors != 0).double(), errors / distances.masked_fill(is_flat, 1.0))
        return float(1 - shares.mean())

    def add(self, outputs: Tensor, targets: Tensor) -> None:
        """Count a batch of outputs (N, T) for targets (N, T). The sums stay on their device: no number is read."""
        found, wanted = as_double(outputs), as_double(targets)
        if self._origin is None:
            # Distances from the first target, not from 0: the difference of two large sums would lose all digits.
            self._origin = wanted[0]
        errors, centred = found - wanted, wanted - self._origin
        added = torch.stack((errors.square().sum(0), centred.sum(0), centred.square().sum(0)))
        self._sums = added if self._sums is None else self._sums + added
        absolute = errors.abs().sum()
        self._absolute = absolute if self._absolute is None else self._absolute + absolute
        self._count += len(wanted)


def as_double(tensor: Tensor) -> Tensor:
    """`tensor` in float64; on the CPU where its device (MPS) has no such numbers."""
    return tensor.cpu().double() if tensor.device.type == "mps" else tensor.double()

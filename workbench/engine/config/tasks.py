"""What a network learns to predict, and the number beside the loss that measures it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final


@dataclass(frozen=True, slots=True)
class Metric:
    """The number beside the loss: for each step over its epoch so far, and for each evaluation.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        is_share: whether it is a share from 0 to 1, shown in percent; else it is a number from 0 up.
        lower_is_better: whether the smallest one of a run is its best.
    """

    name: str
    label: str
    is_share: bool
    lower_is_better: bool

    @property
    def maximum(self) -> float:
        """The largest possible value."""
        return 1.0 if self.is_share else math.inf


ACCURACY: Final = Metric("accuracy", "Accuracy", is_share=True, lower_is_better=False)
"""The share of samples whose largest output is that of their class."""
MEAN_ABSOLUTE_ERROR: Final = Metric("mean_absolute_error", "Mean absolute error", is_share=False, lower_is_better=True)
"""The mean of |output - target| over all samples and targets."""


class Task(Enum):
    """What a network learns to predict for each sample."""

    CLASSIFICATION = "classification"
    """One class of several."""
    REGRESSION = "regression"
    """One or more numbers."""

    @property
    def metric(self) -> Metric:
        """The number that measures it beside the loss."""
        return ACCURACY if self is Task.CLASSIFICATION else MEAN_ABSOLUTE_ERROR

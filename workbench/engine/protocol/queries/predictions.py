"""The network's outputs for the whole test set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class PredictTestSet(Query):
    """Run the network over the test set; `PredictedOutputs` answers."""


@dataclass(frozen=True, slots=True, eq=False)
class PredictedOutputs(Answer):
    """The outputs for the test set.

    Attributes:
        outputs: (N, K) float32: a score for each class before the softmax, or the predicted numbers.
    """

    outputs: np.ndarray

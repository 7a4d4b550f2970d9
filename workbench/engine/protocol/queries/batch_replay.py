"""The batch of one step, with the loss of each of its samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class ReplayBatch(Query):
    """Train a fork up to `step`, and take the batch that this step was trained on; `ReplayedBatch` answers.

    Attributes:
        step: from 0 to the number of recorded steps, whose batch is the one that would come next.
    """

    step: int


@dataclass(frozen=True, slots=True, eq=False)
class ReplayedBatch(Answer):
    """The batch of a step, as it was before the update. Its samples are in the order of their losses, highest first.

    Attributes:
        step: the updates made before it.
        epoch: counted from 1.
        batch: its number in the epoch, counted from 1.
        learning_rate: of the update that followed.
        loss: of the batch, computed again as the run computed it.
        recorded_loss: what the run recorded for this step; None for a step that was not recorded.
        places: of the samples in the training set, (N,) int64.
        losses: of each sample, (N,) float64; their mean is `loss`, but for rounding. Those that are not finite come
            first.
        targets: labels (N,) int64, or the numbers to predict (N, T) float32.
        outputs: (N, K) float32, in training mode.
        inputs: as the network saw them, of the first M of the samples: images (M, C, H, W) uint8, vectors (M, F)
            float32. M is below N only where the images would take too much memory.
    """

    step: int
    epoch: int
    batch: int
    learning_rate: float
    loss: float
    recorded_loss: float | None
    places: np.ndarray
    losses: np.ndarray
    targets: np.ndarray
    outputs: np.ndarray
    inputs: np.ndarray

    @property
    def is_exact(self) -> bool:
        """Whether the loss has the very bits of the recorded one."""
        return self.loss == self.recorded_loss

"""BatchMetrics: losses and correct predictions of the last batches, until they are written into the history.

Reading a number is cheap, but not between two batches: megabytes of weights and gradients have passed, the code that
counts is no longer in the processor's cache, and counting takes 70 µs instead of 7, in a step of 2000. Sixteen batches
counted together take little more than one. On a GPU each read waits for the device, so more batches are read together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from workbench.engine.training.loops import LossNotFiniteError

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.history.history import History
    from workbench.engine.training.loops import TrainedBatch


class BatchMetrics:
    """Collects the batches of `train_loop`; `read` writes their metrics into `history`."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._batches: list[TrainedBatch] = []

    def __len__(self) -> int:
        return len(self._batches)

    @property
    def sample_count(self) -> int:
        """Samples in the batches that are waiting."""
        return sum(len(batch.labels) for batch in self._batches)

    def add(self, trained: TrainedBatch) -> None:
        """Keep a batch until it is read."""
        self._batches.append(trained)

    def clear(self) -> None:
        """Drop the batches that have not been read."""
        self._batches.clear()

    def read(self, sample: int, correct: int) -> int:
        """Write the metrics of all waiting batches into the history.

        Args:
            sample: samples of the epoch trained up to the last of these batches.
            correct: how many of them were predicted correctly before the first of these batches.

        Returns:
            How many were predicted correctly after the last of these batches.

        Raises:
            LossNotFiniteError: a loss is NaN or infinite; the history ends before it.
        """
        sample -= self.sample_count
        batches, self._batches = self._batches, []
        if not batches:
            return correct
        losses = _numbers([batch.loss for batch in batches])
        for batch, loss, right in zip(batches, losses, _correct(batches), strict=True):
            if not math.isfinite(loss):
                raise LossNotFiniteError(loss)
            sample += len(batch.labels)
            correct += right
            self._history.add_step(loss, correct / sample)
        return correct


def _numbers(losses: list[float | Tensor]) -> list[float]:
    """The losses as numbers; those still on the device are fetched together."""
    tensors = [loss for loss in losses if not isinstance(loss, float)]
    if not tensors:
        return [float(loss) for loss in losses]
    fetched = iter(torch.stack(tensors).tolist())
    return [loss if isinstance(loss, float) else next(fetched) for loss in losses]


def _correct(batches: list[TrainedBatch]) -> list[int]:
    """For each batch, the number of samples whose largest logit is that of their label."""
    if len({len(batch.labels) for batch in batches}) == 1:
        predictions = torch.stack([batch.logits for batch in batches]).argmax(2)
        correct: list[int] = (predictions == torch.stack([batch.labels for batch in batches])).sum(1).tolist()
        return correct
    return [int((batch.logits.argmax(1) == batch.labels).sum()) for batch in batches]

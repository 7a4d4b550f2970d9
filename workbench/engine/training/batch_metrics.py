"""Losses and hits of the last batches, on their way from the device into the history.

Reading a number is cheap, but not between two batches: after megabytes of weights and gradients have passed, the code
that counts hits is no longer in the cache, and counting takes 70 µs instead of 7, of a step of 2000. Sixteen batches
counted together take little more than one. On a GPU reading means waiting, and more of them wait.
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
    """Collects what `train_loop` leaves behind and writes it into `history` when `read` is called."""

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
        """Forget what has not been read."""
        self._batches.clear()

    def read(self, sample: int, correct: int) -> int:
        """Write all that is waiting into the history.

        Args:
            sample: samples of the epoch trained up to the last of these batches.
            correct: how many of them were right before the first.

        Returns:
            How many were right after the last.

        Raises:
            LossNotFiniteError: a loss is no number; the history ends before it.
        """
        sample -= self.sample_count
        batches, self._batches = self._batches, []
        if not batches:
            return correct
        losses = _numbers([batch.loss for batch in batches])
        for batch, loss, hits in zip(batches, losses, _hits(batches), strict=True):
            if not math.isfinite(loss):
                raise LossNotFiniteError(loss)
            sample += len(batch.labels)
            correct += hits
            self._history.add_step(loss, correct / sample)
        return correct


def _numbers(losses: list[float | Tensor]) -> list[float]:
    """The losses as numbers; those still on the device are fetched together."""
    tensors = [loss for loss in losses if not isinstance(loss, float)]
    if not tensors:
        return [float(loss) for loss in losses]
    fetched = iter(torch.stack(tensors).tolist())
    return [loss if isinstance(loss, float) else next(fetched) for loss in losses]


def _hits(batches: list[TrainedBatch]) -> list[int]:
    """For each batch, how many labels its largest logit was right about."""
    if len({len(batch.labels) for batch in batches}) == 1:
        guesses = torch.stack([batch.logits for batch in batches]).argmax(2)
        hits: list[int] = (guesses == torch.stack([batch.labels for batch in batches])).sum(1).tolist()
        return hits
    return [int((batch.logits.argmax(1) == batch.labels).sum()) for batch in batches]

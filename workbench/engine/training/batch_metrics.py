"""BatchMetrics: losses and metrics of the last batches, until they are written into the history.

Reading a number is cheap, but not between two batches: megabytes of weights and gradients have passed, the code that
counts is no longer in the processor's cache, and counting takes 70 µs instead of 7, in a step of 2000. Sixteen batches
counted together take little more than one. On a GPU each read waits for the device, so more batches are read together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from workbench.engine.config.tasks import Task
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.regression_errors import as_double

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.history.history import History
    from workbench.engine.training.loops import TrainedBatch


class BatchMetrics:
    """Collects the batches of `train_loop`; `read` writes their losses and the metric of `task` into `history`."""

    def __init__(self, history: History, task: Task) -> None:
        self._history = history
        self._sums = _absolute_errors if task is Task.REGRESSION else _correct
        self._batches: list[TrainedBatch] = []

    def __len__(self) -> int:
        return len(self._batches)

    @property
    def sample_count(self) -> int:
        """Samples in the batches that are waiting."""
        return sum(len(batch.targets) for batch in self._batches)

    def add(self, trained: TrainedBatch) -> None:
        """Keep a batch until it is read."""
        self._batches.append(trained)

    def clear(self) -> None:
        """Drop the batches that have not been read."""
        self._batches.clear()

    def read(self, sample: int, metric_sum: float) -> float:
        """Write the metrics of all waiting batches into the history.

        Args:
            sample: samples of the epoch trained up to the last of these batches.
            metric_sum: over those before the first of these batches: the number predicted correctly, or the sum of the
                absolute errors (of one sample, their mean over its targets).

        Returns:
            The same sum over those up to the last of these batches.

        Raises:
            LossNotFiniteError: a loss is NaN or infinite; the history ends before it.
        """
        sample -= self.sample_count
        batches, self._batches = self._batches, []
        if not batches:
            return metric_sum
        losses = _numbers([batch.loss for batch in batches])
        for batch, loss, added in zip(batches, losses, self._sums(batches), strict=True):
            if not math.isfinite(loss):
                raise LossNotFiniteError(loss)
            sample += len(batch.targets)
            metric_sum += added
            self._history.add_step(loss, metric_sum / sample)
        return metric_sum


def _numbers(losses: list[float | Tensor]) -> list[float]:
    """The losses as numbers; those still on the device are fetched together."""
    tensors = [loss for loss in losses if not isinstance(loss, float)]
    if not tensors:
        return [float(loss) for loss in losses]
    fetched = iter(torch.stack(tensors).tolist())
    return [loss if isinstance(loss, float) else next(fetched) for loss in losses]


def _correct(batches: list[TrainedBatch]) -> list[int]:
    """For each batch, the number of samples whose largest output is that of their label."""
    if len({len(batch.targets) for batch in batches}) == 1:
        predictions = torch.stack([batch.outputs for batch in batches]).argmax(2)
        correct: list[int] = (predictions == torch.stack([batch.targets for batch in batches])).sum(1).tolist()
        return correct
    counts = torch.stack([(batch.outputs.argmax(1) == batch.targets).sum() for batch in batches])
    found: list[int] = counts.tolist()
    return found


def _absolute_errors(batches: list[TrainedBatch]) -> list[float]:
    """For each batch, the sum over its samples of the mean absolute error of their targets."""
    sums = [as_double((batch.outputs - batch.targets).abs()).sum() for batch in batches]
    errors: list[float] = (torch.stack(sums) / batches[0].targets.shape[1]).tolist()
    return errors

"""The tutorial's two loops, and the batches they go through.

Source: PyTorch's tutorial "Optimizing Model Parameters". The order of operations is the tutorial's, which makes every
number equal bit for bit; only the printing is elsewhere, in `protocol/tutorial_text.py`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch

from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.training.fast_path import fast_backward, fast_forward, fast_update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.optim.losses import LossFunction

    Batch = tuple[Tensor, Tensor]


class TrainedBatch(NamedTuple):
    """The result of one step of `train_loop`; all of it is from before the update.

    Attributes:
        loss: a number if it was read, else a scalar tensor on the device.
        logits: (N, 10).
        labels: (N,).
    """

    loss: float | Tensor
    logits: Tensor
    labels: Tensor


class LossNotFiniteError(ArithmeticError):
    """The loss of a batch was NaN or infinite; the weights have not been updated with it."""

    def __init__(self, loss: float) -> None:
        super().__init__(f"the loss is {loss}")
        self.loss = loss


def train_loop(
    batches: Iterable[Batch], model: nn.Module, loss_fn: LossFunction, optimizer: Optimizer, *, check: bool = True
) -> Iterator[TrainedBatch]:
    """Update `model` once per batch; the caller may change the optimizer between two batches.

    Args:
        batches: pairs of images (N, 1, 28, 28) and labels (N,).
        model: from images to logits (N, 10).
        loss_fn: from logits and labels to a scalar.
        optimizer: over the model's parameters.
        check: whether to read each loss before it is used; this makes the CPU wait for a GPU at every batch.

    Raises:
        LossNotFiniteError: before the update that would have used the loss, if `check`.
    """
    model.train()
    forward, backward, update = fast_forward(model), fast_backward(), fast_update(optimizer)
    for images, labels in batches:
        logits = forward(images)
        loss = loss_fn(logits, labels)
        value: float | Tensor = loss.item() if check else loss.detach()
        if isinstance(value, float) and not math.isfinite(value):
            raise LossNotFiniteError(value)

        backward(loss)
        update()
        yield TrainedBatch(value, logits.detach(), labels)


def test_loop(batches: Iterable[Batch], model: nn.Module, loss_fn: LossFunction) -> tuple[float, float]:
    """The mean of the batch losses and the accuracy (0 to 1) over `batches`; the model does not change.

    As in the tutorial the mean is over batches, not images: a smaller last batch counts as much as a full one.
    """
    model.eval()
    forward = fast_forward(model)
    batch_count, size = 0, 0
    test_loss, correct = 0.0, 0.0
    with torch.no_grad():
        for images, labels in batches:
            logits = forward(images)
            test_loss += loss_fn(logits, labels).item()
            correct += (logits.argmax(1) == labels).type(torch.float).sum().item()
            batch_count += 1
            size += len(images)
    return test_loss / batch_count, correct / size


def batches_of(images: Tensor, labels: Tensor, batch_size: int) -> Iterator[Batch]:
    """Consecutive batches, images as float32; the last can be smaller. Slices: a DataLoader takes a fifth longer."""
    floats = UnitFloats(images)
    for start in range(0, len(images), batch_size):
        yield floats.batch(start, start + batch_size), labels[start : start + batch_size]

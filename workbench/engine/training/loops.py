"""The tutorial's two loops, and the batches they go through.

Source: PyTorch's tutorial "Optimizing Model Parameters". The order of operations is the tutorial's, which makes every
number equal bit for bit; only printing has moved out to whoever listens.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch

from workbench.engine.training.fast_path import fast_backward, fast_forward, fast_update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.optim.losses import LossFunction

    Batch = tuple[Tensor, Tensor]


class TrainedBatch(NamedTuple):
    """What one step of `train_loop` leaves behind; all of it from before the update.

    Attributes:
        loss: a number where it was looked at, else a scalar that is still on the device.
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
    batches: Iterable[Batch], model: nn.Module, loss_fn: LossFunction, optimizer: Optimizer, *, look: bool = True
) -> Iterator[TrainedBatch]:
    """Update `model` once per batch; whoever iterates may change the optimizer between two batches.

    Args:
        batches: pairs of images (N, 1, 28, 28) and labels (N,).
        model: gives logits (N, 10).
        loss_fn: from logits and labels to a scalar.
        optimizer: over the model's parameters.
        look: whether to look at each loss before it is used; looking makes a GPU wait for every batch.

    Raises:
        LossNotFiniteError: before the update that the loss would have spoilt, if `look`.
    """
    model.train()
    forward, backward, update = fast_forward(model), fast_backward(), fast_update(optimizer)
    for images, labels in batches:
        logits = forward(images)
        loss = loss_fn(logits, labels)
        seen: float | Tensor = loss.item() if look else loss.detach()
        if isinstance(seen, float) and not math.isfinite(seen):
            raise LossNotFiniteError(seen)

        backward(loss)
        update()
        yield TrainedBatch(seen, logits.detach(), labels)


def test_loop(batches: Iterable[Batch], model: nn.Module, loss_fn: LossFunction) -> tuple[float, float]:
    """The mean of the batch losses and the accuracy (0 to 1) over `batches`; the model is left as it was.

    As in the tutorial the mean is over batches, not images: a smaller last batch weighs as much as a full one.
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
    """Consecutive batches; the last one holds what is left. Slices, not copies: a DataLoader costs a fifth more."""
    for start in range(0, len(images), batch_size):
        yield images[start : start + batch_size], labels[start : start + batch_size]

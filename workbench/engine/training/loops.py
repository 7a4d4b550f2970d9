"""The tutorial's two loops, and the batches they go through.

Source: PyTorch's tutorial "Optimizing Model Parameters". The order of operations is the tutorial's, which makes every
number equal bit for bit; only the printing is elsewhere, in `protocol/tutorial_text.py`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.training.fast_path import fast_backward, fast_forward, fast_update
from workbench.engine.training.regression_errors import RegressionErrors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.optim.losses import LossFunction
    from workbench.engine.training.gradient_clip import GradientClip

    Batch = tuple[Tensor, Tensor]


class TrainedBatch(NamedTuple):
    """The result of one step of `train_loop`; all of it is from before the update.

    Attributes:
        loss: a number if it was read, else a scalar tensor on the device.
        outputs: (N, outputs).
        targets: labels (N,), or numbers (N, T).
    """

    loss: float | Tensor
    outputs: Tensor
    targets: Tensor


class TestResult(NamedTuple):
    """The result of one pass of `test_loop`.

    Attributes:
        average_loss: the mean of the batch losses.
        metric: the accuracy, 0 to 1; for regression the mean absolute error.
        r2: the coefficient of determination, for regression; None for classification.
    """

    average_loss: float
    metric: float
    r2: float | None = None


class LossNotFiniteError(ArithmeticError):
    """The loss of a batch was NaN or infinite; the weights have not been updated with it."""

    def __init__(self, loss: float) -> None:
        super().__init__(f"the loss is {loss}")
        self.loss = loss


def train_loop(
    batches: Iterable[Batch],
    model: nn.Module,
    loss_fn: LossFunction,
    optimizer: Optimizer,
    *,
    check: bool = True,
    clip: GradientClip | None = None,
) -> Iterator[TrainedBatch]:
    """Update `model` once per batch; the caller may change the optimizer between two batches.

    Args:
        batches: pairs of inputs and targets, as a `Dataset` has them.
        model: from inputs to outputs (N, outputs).
        loss_fn: from outputs and targets to a scalar.
        optimizer: over the model's parameters.
        check: whether to read each loss before it is used; this makes the CPU wait for a GPU at every batch.
        clip: limits the gradients before each update, where its norm is above 0.

    Raises:
        LossNotFiniteError: before the update that would have used the loss, if `check`.
    """
    model.train()
    forward, backward, update = fast_forward(model), fast_backward(), fast_update(optimizer)
    for inputs, targets in batches:
        outputs = forward(inputs)
        loss = loss_fn(outputs, targets)
        value: float | Tensor = loss.item() if check else loss.detach()
        if isinstance(value, float) and not math.isfinite(value):
            raise LossNotFiniteError(value)

        backward(loss)
        if clip is not None and clip.norm:
            clip.apply()
        update()
        yield TrainedBatch(value, outputs.detach(), targets)


def test_loop(
    batches: Iterable[Batch],
    model: nn.Module,
    loss_fn: LossFunction,
    task: Task,
    *,
    kept_outputs: list[Tensor] | None = None,  # noqa: PT028  # this is no test
) -> TestResult:
    """The mean of the batch losses and the metric of `task` over `batches`; the model does not change.

    As in the tutorial the mean is over batches, not samples: a smaller last batch counts as much as a full one. Numbers
    are read after the last batch, so that a GPU is not waited for before, and are added up in the tutorial's order.
    The outputs of the batches are appended to `kept_outputs`, where it is given.
    """
    model.eval()
    forward = fast_forward(model)
    size = 0
    losses: list[Tensor] = []
    correct: list[Tensor] = []
    errors = RegressionErrors()
    with torch.no_grad():
        for inputs, targets in batches:
            outputs = forward(inputs)
            losses.append(loss_fn(outputs, targets))
            if kept_outputs is not None:
                kept_outputs.append(outputs)
            if task is Task.REGRESSION:
                errors.add(outputs, targets)
            else:
                correct.append((outputs.argmax(1) == targets).sum())
            size += len(inputs)
    test_loss = 0.0
    for loss in torch.stack(losses).tolist():
        test_loss += loss  # not sum(), which Python 3.12 rounds in another way
    if task is Task.REGRESSION:
        return TestResult(test_loss / len(losses), errors.mean_absolute_error, errors.r2)
    return TestResult(test_loss / len(losses), int(torch.stack(correct).sum()) / size)


def batches_of(inputs: Tensor, targets: Tensor, batch_size: int) -> Iterator[Batch]:
    """Consecutive batches, inputs as float32; the last can be smaller. Slices: a DataLoader takes a fifth longer."""
    floats = UnitFloats(inputs)
    for start in range(0, len(inputs), batch_size):
        yield floats.batch(start, start + batch_size), targets[start : start + batch_size]

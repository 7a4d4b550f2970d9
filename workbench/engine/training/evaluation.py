"""Evaluating a file of weights on the test set."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.models.weights import load_weights
from workbench.engine.protocol.events import WeightsEvaluated, WeightsRefused
from workbench.engine.training.loops import batches_of, test_loop

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from workbench.engine.data.datasets import ImageData
    from workbench.engine.optim.losses import LossFunction


def evaluate_file(
    path: Path, model: nn.Module, data: ImageData, loss_fn: LossFunction, *, batch_size: int, kept: bool
) -> WeightsEvaluated | WeightsRefused:
    """Load weights for a copy of `model` and test them; `model` itself and the random state are not touched."""
    # A copy, not a new model: making one would draw from the random state of the run that goes on.
    twin = copy.deepcopy(model)
    try:
        twin.load_state_dict(load_weights(path, twin))
    except UserError as problem:
        return WeightsRefused(path, problem)
    batches = batches_of(data.test_images, data.test_labels, batch_size)
    average_loss, accuracy = test_loop(batches, twin, loss_fn)
    return WeightsEvaluated(path, average_loss, accuracy, kept)

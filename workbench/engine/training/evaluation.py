"""Evaluating a file of weights on the test set."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from workbench.engine.errors import details_of, problem_of
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.models.own_failures import explained
from workbench.engine.models.weights_reading import load_and_convert
from workbench.engine.protocol.events import WeightsEvaluated, WeightsRefused
from workbench.engine.training.loops import batches_of, test_loop

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.models.weights import StateDict
    from workbench.engine.optim.losses import LossFunction


def evaluate_file(
    path: Path,
    model: nn.Module,
    data: Dataset,
    loss_fn: LossFunction,
    *,
    batch_size: int,
    kept: bool = False,
    is_own: bool = False,
) -> tuple[WeightsEvaluated | WeightsRefused, StateDict | None]:
    """Test the weights in `path` on a copy of `model`; `model` itself and the random state stay as they are.

    `is_own` says that the model is a network of the user's own.

    Returns:
        The event to emit, which says whether the session keeps the weights (`kept`), and the weights if they could be
        tested.
    """
    try:
        data.check_present()
        # A copy, not a new model: creating one would draw from the random state of the run that goes on.
        twin = copy.deepcopy(model)
        weights, conversion = load_and_convert(path, twin)
        twin.load_state_dict(weights)
        batches = batches_of(data.test_inputs, data.test_targets, batch_size)
        tested = test_loop(batches, OwnNetwork(twin) if is_own else twin, loss_fn, data.spec.task)
    except Exception as error:  # noqa: BLE001  # an object in the file can raise anything, and must not end the run
        problem = explained(error)
        return WeightsRefused(path, problem_of(problem), details_of(problem)), None
    converted = None if conversion is None else (conversion.found, conversion.made)
    return WeightsEvaluated(path, kept, *tested, converted=converted), weights

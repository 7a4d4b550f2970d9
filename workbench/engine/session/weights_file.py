"""The weights of a file, tested without a run that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from workbench.engine.models.building import build_model
from workbench.engine.optim.losses import LOSSES
from workbench.engine.training.evaluation import evaluate_file

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.events import WeightsEvaluated, WeightsRefused
    from workbench.engine.recipe import Recipe


def evaluated(path: Path, recipe: Recipe, data: Dataset) -> tuple[WeightsEvaluated | WeightsRefused, StateDict | None]:
    """What came of testing the weights in `path` on `data`, with the network and loss of `recipe`; and the weights."""
    # A new model draws from the random state, from which the current run may train on.
    with torch.random.fork_rng():
        model = build_model(recipe.model, data.spec, recipe.values, recipe.network)
    loss_fn, batch_size = LOSSES[recipe.loss].build(data.spec), int(recipe["batch_size"])
    is_own = recipe.network is not None
    return evaluate_file(path, model, data, loss_fn, batch_size=batch_size, kept=True, is_own=is_own)

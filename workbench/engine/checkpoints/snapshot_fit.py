"""Whether a snapshot out of a file fits its recipe: its values, weights and optimizer state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from workbench.engine.models.building import build_model
from workbench.engine.models.trusted_code import is_trusted
from workbench.engine.optim.optimizer_state import MisfitError, check_like, checked_state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.records import Change
    from workbench.engine.recipe import Recipe


def fitted_snapshot(snapshot: Snapshot, recipe: Recipe, changes: Iterable[Change]) -> Snapshot:
    """`snapshot`, checked against `recipe`; hyperparameters that it lacks, since it is older, get the recipe's values.

    Args:
        snapshot: the state of a run.
        recipe: what the run trains.
        changes: those of the run, which say whether momentum was on.

    Raises:
        MisfitError: a part does not fit.
        UsageError: a value is out of range.
    """
    unknown = snapshot.values.keys() - recipe.values.keys()
    if unknown:
        raise MisfitError(", ".join(sorted(unknown)[:3]))
    if recipe.task.metric.is_share and snapshot.position.metric_sum > snapshot.position.sample:
        raise MisfitError("more predictions are correct than were made")
    # The recipe's constructor raises where a value is out of range.
    values = dict(replace(recipe, values={**recipe.values, **snapshot.values}).values)
    if recipe.network is not None and not is_trusted(recipe.network):
        return replace(snapshot, values=values)  # nothing trains on from it before the network is trusted
    # On the meta device nothing is allocated and, above all, nothing is drawn from the caller's random state.
    with torch.random.fork_rng(devices=[]), torch.device("meta"):
        model = build_model(recipe.model, recipe.spec, recipe.values, recipe.network)
    expected = model.state_dict()
    if snapshot.weights.keys() != expected.keys():
        raise MisfitError(", ".join(sorted(snapshot.weights.keys() ^ expected.keys())[:3]))
    for key, tensor in expected.items():
        check_like(key, snapshot.weights[key], tensor)
    optimizer = checked_state(
        snapshot.optimizer,
        recipe.optimizer,
        values,
        list(model.named_parameters()),
        step=snapshot.step,
        had_momentum=_had_momentum(recipe, changes, snapshot.step),
        may_lack=recipe.network is not None,
    )
    return replace(snapshot, values=values, optimizer=optimizer)


def _had_momentum(recipe: Recipe, changes: Iterable[Change], step: int) -> bool:
    """Whether momentum was on in one of the first `step` updates."""
    values = {0: recipe.values.get("momentum", 0.0)}
    values |= {change.step: change.new for change in changes if change.name == "momentum"}
    return any(float(value) > 0 for first, value in values.items() if first < step)

"""Checks before a long run: the first loss, and learning a few samples by heart. Both on new networks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from workbench.engine.analysis.idle_dropout import copy_what_passes, dropouts
from workbench.engine.analysis.starting_point import StartingPoint, rewritten
from workbench.engine.config.tasks import Task
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.protocol.experiments.checks import (
    RATE,
    SMALL,
    CheckFirstLoss,
    CheckOverfitting,
    FirstLoss,
    Overfitting,
)
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.recipe import Recipe

MOST_MEASURED: Final = 2048
LEAST_TARGET: Final = 1e-6
PLAIN: Final[dict[str, Value]] = {
    "learning_rate": RATE,
    "shuffle": False,
    "validation_share": 0.0,
    "weight_decay": 0.0,
    "dropout": 0.0,
    "clip_norm": 0.0,
    "flip": False,
    "shift": 0,
    "rotation": 0.0,
    "cuda_graph": False,
}
"""Nothing that keeps a network from learning a few samples by heart."""


def first_loss(_experiment: CheckFirstLoss, start: StartingPoint) -> Iterator[tuple[int, int, FirstLoss]]:
    """Measure the loss of a new network as its first steps would, on at most `MOST_MEASURED` training samples."""
    fresh = StartingPoint(start.with_values(), start.data)
    stepper = fresh.stepper()
    spec = stepper.data.spec
    total = min(MOST_MEASURED, stepper.sample_count)
    # Steps at a rate of 0 measure what a step sees, also with dropout and batch normalization, and move no weight.
    stepper.set_value("learning_rate", 0.0)
    found = expected = 0.0
    done = 0
    for trained in stepper.steps():
        stepper.count(trained)
        size = len(trained.targets)
        found += float(trained.loss) * size
        expected += float(stepper.loss_fn(torch.zeros_like(trained.outputs), trained.targets)) * size
        done += size
        is_regression = spec.task is Task.REGRESSION
        yield done, total, FirstLoss(found / done, expected / done, done, 0 if is_regression else spec.output_count)
        if done >= total:
            return


def overfitting(experiment: CheckOverfitting, start: StartingPoint) -> Iterator[tuple[int, int, Overfitting]]:
    """Train a new network on a few samples until it has learned them."""
    few = _few(start, experiment.samples)
    stepper = Stepper(_plain(start, len(few.train_inputs)), few)
    copy_what_passes(stepper.model)
    for module in dropouts(stepper.model):
        module.p = 0.0
    target = max(LEAST_TARGET, SMALL * _loss_of_a_guess(stepper, few))
    losses: list[float] = []
    is_learned = has_broken = False
    while len(losses) < experiment.steps and not (is_learned or has_broken):
        try:
            for trained in stepper.steps():
                stepper.count(trained)
                losses.append(float(trained.loss))
        except LossNotFiniteError:
            has_broken = True
        has_broken = has_broken or not math.isfinite(losses[-1])
        is_learned = not has_broken and losses[-1] < target
        finite = np.array([loss for loss in losses if math.isfinite(loss)])
        stepper.close_epoch()
        yield (
            len(losses),
            experiment.steps,
            Overfitting(finite, target, len(few.train_inputs), is_learned, has_broken),
        )


def _few(start: StartingPoint, count: int) -> Dataset:
    """The data with `count` training samples, drawn by the seed, and nothing held out."""
    data = start.data
    data.check_present()
    order = torch.randperm(len(data.train_inputs), generator=torch.Generator().manual_seed(int(start.recipe["seed"])))
    chosen = order[:count].to(data.train_inputs.device)
    inputs, targets = data.train_inputs.index_select(0, chosen), data.train_targets.index_select(0, chosen)
    return replace(data, train_inputs=inputs, train_targets=targets, validation_inputs=None, validation_targets=None)


def _plain(start: StartingPoint, batch_size: int) -> Recipe:
    """The run's recipe, trained by Adam on all samples at once, without regularization and augmentation."""
    values = {**start.values, **PLAIN, "batch_size": batch_size}
    return rewritten(start.recipe, values, schedule=SCHEDULES.default, optimizer="adam")


def _loss_of_a_guess(stepper: Stepper, few: Dataset) -> float:
    """The loss of equal scores for all classes; for regression, of the mean of the targets."""
    targets = few.train_targets.to(next(stepper.model.parameters()).device)
    if few.spec.task is Task.REGRESSION:
        return float(stepper.loss_fn(targets.mean(0, keepdim=True).expand_as(targets), targets))
    zeros = torch.zeros(len(targets), few.spec.output_count, device=targets.device)
    return float(stepper.loss_fn(zeros, targets))

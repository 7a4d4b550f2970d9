"""Finds out before a run whether it would fail at a batch of one sample, as batch normalization does."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

import torch
from torch import nn

from workbench.engine.errors import UsageError, UserError
from workbench.engine.models.output_check import check_outputs
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.training.loops import batches_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.training.stepper import Stepper

TOO_FEW_VALUES: Final = "more than 1 value per channel when training"
"""In torch's sentence about batch normalization of a single value."""


def check_single_samples(stepper: Stepper, size: int | None = None) -> None:
    """Try a batch of one sample, where an epoch ends with one; the network and the random state stay as they are.

    Args:
        stepper: its present epoch and the later ones count.
        size: of a batch from now on; None for the one in force.

    Raises:
        UsageError: the network cannot be trained on it.
    """
    count, size = stepper.sample_count, int(stepper.values["batch_size"]) if size is None else size
    rest = count - stepper.position.sample
    counts = (count, rest) if rest > 1 else (count,)  # of a single one that is left, no size makes more
    if stepper.data.missing is not None or not _leaves_one(counts, size):
        return
    if (problem := _problem_of_one(stepper)) is None:
        return
    if count == 1:
        raise UsageError("The training set is a single sample, which is too few for this network: add samples.")
    fields = {"size": size, "count": count, "other": _other_size(counts, size)}
    if TOO_FEW_VALUES in str(problem):
        raise UsageError(
            "Batch normalization needs batches of two samples or more, but with batches of {size:,} the last one of an "
            "epoch has a single one of the {count:,} training samples: choose another batch size, such as {other:,}.",
            **fields,
        )
    raise UsageError(
        "With batches of {size:,} the last one of an epoch has a single one of the {count:,} training samples, which "
        "this network cannot take: choose another batch size, such as {other:,}. {problem}",
        **fields,
        problem=problem,
    )


def _leaves_one(counts: Sequence[int], size: int) -> bool:
    return size == 1 or any(count % size == 1 for count in counts)


def _other_size(counts: Sequence[int], size: int) -> int:
    """The batch size nearest to `size` that leaves no batch of one sample in epochs of any of these `counts`."""
    around = (each for step in range(max(counts) + size) for each in (size + step, size - step))
    return next(each for each in around if each > 1 and not _leaves_one(counts, each))


def _problem_of_one(stepper: Stepper) -> Exception | None:
    """Why the network fails with one sample; None if it does not."""
    is_own = stepper.recipe.network is not None
    # Of the networks of this program only those with batch normalization can fail; the others need not be tried.
    if not is_own and not any(isinstance(each, nn.modules.batchnorm._BatchNorm) for each in stepper.model.modules()):  # noqa: SLF001
        return None
    data, device = stepper.data, torch.device(stepper.recipe.device)
    devices = [] if device.type == "cpu" else [device]
    twin = copy.deepcopy(stepper.model).train()
    inputs, _ = next(batches_of(data.train_inputs, data.train_targets, 1))
    with torch.random.fork_rng(devices, device_type="cuda" if device.type == "cpu" else device.type):
        try:
            outputs = (OwnNetwork(twin) if is_own else twin)(inputs)
            check_outputs(outputs, 1, data.spec.output_count)
        except (UserError, ValueError) as error:
            return error
    return None

"""Finds out before a run whether its network computes the same twice, which going back to a step relies on."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch import Tensor

from workbench.engine.errors import UserError
from workbench.engine.models.output_check import check_outputs
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.models.own_failures import explaining
from workbench.engine.training.loops import batches_of

if TYPE_CHECKING:
    from torch import nn

    from workbench.engine.training.stepper import Stepper

PLAIN: Final = (bool, int, float, str, type(None))
MOST_SAMPLES: Final = 64


def why_approximate(stepper: Stepper) -> UserError | None:
    """Why two trainings of this run from one state may differ, as a sentence; None where nothing says so.

    Copies of the network get one batch twice, from the same random state; outputs, gradients and buffers are compared.
    The networks of this program are not tried on the CPU, where they are deterministic. The network itself and torch's
    random state stay as they are.

    Raises:
        UserError: a network of the user's own fails, or its outputs do not fit the data.
    """
    own = stepper.recipe.network
    if stepper.data.missing is not None or (own is None and not stepper.is_deferred):
        return None
    torch_state = torch.get_rng_state()
    with explaining(), torch.random.fork_rng(devices=_devices(stepper), device_type=_device_type(stepper)):
        first, uses_others, remembers = _tried(stepper, torch_state)
        second, _, _ = _tried(stepper, torch_state)
    if uses_others:
        what = UserError("it draws random numbers of Python or NumPy, not of torch")
    elif remembers:
        what = UserError("it remembers something outside of its weights and buffers")
    elif len(first) != len(second) or not all(_is_equal(*pair) for pair in zip(first, second, strict=True)):
        what = UserError("one batch gave two results")
    else:
        return None
    return UserError(
        "The network does not compute the same each time ({what}), so going back to a step, resuming and branching are "
        "only approximate in this run. Training itself is as usual.",
        what=what,
    )


def _tried(stepper: Stepper, torch_state: Tensor) -> tuple[list[Tensor], bool, bool]:
    """What one batch gives, whether other random numbers than torch's were drawn, and whether something is kept."""
    data, size = stepper.data, min(MOST_SAMPLES, int(stepper.values["batch_size"]))
    inputs, targets = next(batches_of(data.train_inputs, data.train_targets, size))
    twin = copy.deepcopy(stepper.model).train()
    before, others = _kept(twin), _other_random_states()
    torch.set_rng_state(torch_state)
    outputs = (twin if stepper.recipe.network is None else OwnNetwork(twin))(inputs)
    check_outputs(outputs, len(inputs), data.spec.output_count)
    torch.autograd.backward(stepper.loss_fn(outputs, targets))
    gradients = [each.grad for each in twin.parameters() if each.grad is not None]
    results = [outputs.detach(), *gradients, *twin.state_dict().values(), torch.get_rng_state()]
    return results, others != _other_random_states(), not _is_same(before, _kept(twin))


def _other_random_states() -> tuple[Any, ...]:
    """The states of Python's and NumPy's generators."""
    state: tuple[Any, ...] = np.random.get_state(legacy=True)  # type: ignore[assignment]
    return random.getstate(), state[1].tobytes(), *state[2:]


def _kept(model: nn.Module) -> dict[str, Any]:
    """The attributes of its modules that no snapshot holds: plain values, and tensors that are no state."""
    kept: dict[str, Any] = {}
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if isinstance(value, (Tensor, *PLAIN)):
                kept[f"{path}.{name}"] = value
        for name in module._non_persistent_buffers_set:  # noqa: SLF001
            kept[f"{path}.{name}"] = vars(module)["_buffers"][name]
    return {name: each.detach().clone() if isinstance(each, Tensor) else each for name, each in kept.items()}


def _is_same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    if before.keys() != after.keys():
        return False
    for name, value in before.items():
        new = after[name]
        if isinstance(value, Tensor) and isinstance(new, Tensor):
            if not _is_equal(value, new):
                return False
        elif type(value) is not type(new) or value != new:
            return False
    return True


def _is_equal(one: Tensor, other: Tensor) -> bool:
    one, other = (each.to_dense() if each.is_sparse else each for each in (one, other))
    return one.shape == other.shape and torch.equal(one.nan_to_num(), other.nan_to_num())


def _device_type(stepper: Stepper) -> str:
    return torch.device(stepper.recipe.device).type if stepper.is_deferred else "cuda"


def _devices(stepper: Stepper) -> list[torch.device]:
    return [torch.device(stepper.recipe.device)] if stepper.is_deferred else []

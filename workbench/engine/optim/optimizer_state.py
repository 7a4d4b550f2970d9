"""Checks the state of an optimizer from a file: it must be one that this optimizer, at this step, can have.

The measure is the state that torch gives a fresh optimizer in its first step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch
from torch import Tensor
from torch.nn import Parameter

from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.optim.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.engine.config.hyperparameters import Value

MOMENTUM: Final = "momentum_buffer"
"""The only entry that an optimizer may lack or have, depending on whether momentum was ever on."""
STEP: Final = "step"
ENTRIES: Final = {
    "sgd": (MOMENTUM,),
    "adam": ("exp_avg", "exp_avg_sq"),
    "adamw": ("exp_avg", "exp_avg_sq"),
    "rmsprop": ("square_avg", MOMENTUM),
}
"""What each optimizer keeps for each number of a parameter. A step would say it too, but loads torch's compiler."""
COUNTS_STEPS: Final = frozenset(("adam", "adamw", "rmsprop"))
SQUARES: Final = ("exp_avg_sq", "square_avg")
LARGEST_STEP: Final = 1 << 24
"""torch counts the steps in float32, which counts no further."""


class MisfitError(ValueError):
    """A state does not fit this network and optimizer; the text names the part."""


def checked_state(
    found: Any,
    optimizer: str,
    values: Mapping[str, Value],
    parameters: Sequence[tuple[str, Parameter]],
    *,
    step: int,
    had_momentum: bool,
    may_lack: bool = False,
) -> dict[str, Any]:
    """The state dict `found` of an optimizer, with the parameter groups of a fresh one but for their learning rate.

    Args:
        found: a state dict that a file holds.
        optimizer: a name in `OPTIMIZERS`.
        values: the hyperparameters in force.
        parameters: the network's, with their names, on the meta device.
        step: updates made.
        had_momentum: whether momentum was certainly on in one of them.
        may_lack: whether some parameters may have no state, or an older one: those that a network does not use in every
            batch.

    Raises:
        MisfitError: it lacks a part, has another, or has one of another shape, kind or range.
        Exception: any type, for a value that has not the structure of a state dict.
    """
    expected, groups = _after_one_step(optimizer, values, [parameter for _, parameter in parameters])
    checked = _checked_groups(found["param_groups"], groups)
    state = found["state"]
    if not state and (step == 0 or not (had_momentum or any(entries.keys() - {MOMENTUM} for entries in expected))):
        return {"state": {}, "param_groups": checked}
    known = set(range(len(parameters)))
    if step == 0 or not (state.keys() == known or (may_lack and state.keys() <= known)):
        raise MisfitError("the optimizer's state is not that of its parameters")
    if may_lack:
        for index in state:
            has_own = state[index].get(MOMENTUM) is not None
            _check_entries(state[index], expected[index], parameters[index][0], step, has_momentum=has_own, exact=False)
        return {"state": {index: dict(state[index]) for index in state}, "param_groups": checked}
    if optimizer == "rmsprop":  # `set_value` adds the buffers as soon as momentum is turned on
        had_momentum |= float(values["momentum"]) > 0
    has_momentum = [entries.get(MOMENTUM) is not None for entries in state.values()]
    if has_momentum != [had_momentum or has_momentum[0]] * len(parameters):
        raise MisfitError("the optimizer's momentum is missing")
    for index, entries in enumerate(expected):
        _check_entries(state[index], entries, parameters[index][0], step, has_momentum=has_momentum[0])
    return {"state": {index: dict(state[index]) for index in range(len(parameters))}, "param_groups": checked}


def check_like(name: str, found: Any, expected: Tensor) -> None:
    """Raise `MisfitError` unless `found` is a plain tensor on the CPU with the shape and the type of `expected`."""
    if type(found) not in (Tensor, Parameter) or found.layout is not torch.strided:
        raise MisfitError(name)
    if found.shape != expected.shape:
        raise MisfitError(f"{name} has the shape {tuple(found.shape)}, here it is {tuple(expected.shape)}")
    if found.dtype != expected.dtype:
        raise MisfitError(f"{name} is {found.dtype}, here it is {expected.dtype}")


def check_finite(name: str, tensor: Tensor) -> None:
    """Raise `MisfitError` if a number in `tensor` is NaN or infinite."""
    if not bool(tensor.isfinite().all()):
        raise MisfitError(f"{name} has numbers that are not finite")


def _after_one_step(
    name: str, values: Mapping[str, Value], parameters: Sequence[Parameter]
) -> tuple[list[dict[str, Tensor]], list[dict[str, Any]]]:
    """The entries that one step, with momentum where there is one, leaves for each parameter; and the groups before."""
    groups = OPTIMIZERS[name].create(parameters, values).state_dict()["param_groups"]
    count = {STEP: torch.tensor(0.0)} if name in COUNTS_STEPS else {}
    return [count | dict.fromkeys(ENTRIES[name], parameter) for parameter in parameters], groups


def _checked_groups(found: Any, expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups `expected` with the learning rates of `found`, whose other entries must be the same."""
    if [group["params"] for group in found] != [group["params"] for group in expected]:
        raise MisfitError("the optimizer's parameters")
    for mine, theirs in zip(expected, found, strict=True):
        for name, value in mine.items():
            # A version of torch may have added an entry since.
            if name != "lr" and theirs.get(name, value) != value:
                raise MisfitError(f"the optimizer's {name}")
        rate = theirs["lr"]
        # A schedule multiplies the rate by a factor of at most 1.
        if type(rate) not in (int, float) or not 0 <= rate <= hyperparameter("learning_rate").maximum:
            raise MisfitError("the optimizer's lr")
    return [mine | {"lr": theirs["lr"]} for mine, theirs in zip(expected, found, strict=True)]


def _check_entries(
    found: Any, expected: Mapping[str, Tensor], parameter: str, step: int, *, has_momentum: bool, exact: bool = True
) -> None:
    """Check the entries of one parameter; `exact` says that every step has updated it."""
    # Some versions of torch keep None where there is no momentum.
    present = {key for key, entry in found.items() if not (key == MOMENTUM and entry is None)}
    if present != expected.keys() - (set() if has_momentum else {MOMENTUM}):
        raise MisfitError(f"the optimizer's entries for {parameter}")
    for key in present:
        name, entry = f"{key} of {parameter}", found[key]
        if key == STEP:
            check_like(name, entry, expected[key])
            if not (0 <= entry.item() <= step if not exact else entry.item() == min(step, LARGEST_STEP)):
                raise MisfitError(f"{name} is {entry.item():g}, but {step} updates were made")
            continue
        check_like(name, entry, expected[key])
        # A square may have become infinite, and then the weight only stands still.
        if key in SQUARES and not bool((entry >= 0).all()):
            raise MisfitError(f"{name} is negative or NaN")
        if key not in SQUARES:
            check_finite(name, entry)

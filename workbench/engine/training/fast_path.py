"""The fast path of a step: forward, backward and update with torch's own bits, without torch's wrappers.

The wrappers are a few hundred lines of Python. Between two batches megabytes of weights and gradients pass, so their
code is no longer in the processor's cache, and running it takes 12 % of a step of the tutorial's network.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, Final

import torch
from torch import nn
from torch.nn import functional

from workbench.engine.models.mlp import NeuralNetwork

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor
    from torch.optim import Optimizer

BEYOND_PLAIN_SGD: Final = ("momentum", "weight_decay", "fused")
"""Settings of SGD that make its update more than a move against the gradient."""


def fast_forward(model: nn.Module) -> Callable[[Tensor], Tensor]:
    """A function with the bits of `model(images)`, without torch's wrappers around each layer.

    The wrappers look weights up by name and run hooks: 4 % of a step. Other networks, and networks with hooks, are
    returned as they are. The function is valid as long as the parameters are the same objects, whose values may change,
    and no hook is added: hooks are checked when an epoch is begun or resumed, not at every batch.
    """
    if type(model) is not NeuralNetwork or any(map(_has_hooks, model.modules())):
        return model
    linear, relu = functional.linear, torch.relu
    first, *others = ((layer.weight, layer.bias) for layer in model.linear_relu_stack if isinstance(layer, nn.Linear))

    def forward(images: Tensor) -> Tensor:
        outputs = linear(images.flatten(1), *first)
        for weight, bias in others:
            outputs = linear(relu(outputs), weight, bias)
        return outputs

    return forward


def fast_backward() -> Callable[[Tensor], None]:
    """A function with the bits of `loss.backward()` for a scalar, without the checks of its arguments: 4 % of a step.

    It calls torch's autograd engine by a name that torch does not document. Where that name is missing or gives another
    result, the function is `Tensor.backward`.
    """
    run = _engine()
    if run is None:
        return torch.Tensor.backward
    gradient: Tensor | None = None

    def backward(loss: Tensor) -> None:
        nonlocal gradient
        if gradient is None:
            gradient = torch.ones_like(loss)
        run((loss,), (gradient,), False, False, (), allow_unreachable=True, accumulate_grad=True)

    return backward


def _has_hooks(module: nn.Module) -> bool:
    """Whether a call of `module` runs hooks, as nn.Module's own fast path asks."""
    return bool(
        module._forward_hooks or module._forward_pre_hooks or module._backward_hooks or module._backward_pre_hooks  # noqa: SLF001
    )


@functools.cache
def _engine() -> Callable[..., Any] | None:
    """The call into the engine, if it computes the gradient of a simple sum; else None."""
    weight = torch.ones((), requires_grad=True)
    total = 2 * weight + weight
    try:
        run: Callable[..., Any] = torch.autograd.Variable._execution_engine.run_backward  # noqa: SLF001
        run((total,), (torch.ones(()),), False, False, (), allow_unreachable=True, accumulate_grad=True)
    except (AttributeError, TypeError, RuntimeError):
        return None
    return run if weight.grad is not None and float(weight.grad) == 3.0 else None


def fast_update(optimizer: Optimizer) -> Callable[[], None]:
    """A function with the bits of `optimizer.step()` and `optimizer.zero_grad()`, without torch's wrappers.

    The wrappers serve profilers, hooks and torch.compile of a whole step: 5 % of a step of the tutorial's network.
    """
    step = inspect.unwrap(type(optimizer).step)
    devices = {parameter.device.type for group in optimizer.param_groups for parameter in group["params"]}
    may_be_plain = type(optimizer) is torch.optim.SGD and devices == {"cpu"}  # elsewhere torch updates all at once

    def update() -> None:
        groups = optimizer.param_groups  # looked up each time: load_state_dict replaces them
        with torch.no_grad():
            if may_be_plain and not any(group[name] for group in groups for name in BEYOND_PLAIN_SGD):
                # The tutorial's own case; it saves a further 2.5 % of a step.
                for group in groups:
                    for parameter in group["params"]:
                        if parameter.grad is not None:
                            parameter.add_(parameter.grad, alpha=-group["lr"])
            else:
                step(optimizer)
        for group in groups:
            for parameter in group["params"]:
                parameter.grad = None

    return update

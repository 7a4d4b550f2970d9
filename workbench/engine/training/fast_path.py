"""The three parts of a step, bit for bit what torch's own do, without what torch wraps around them.

The wrappers are a few hundred lines of Python. Between two batches, after megabytes of weights and gradients have
passed, their code is out of the processor's cache, and running it takes 12 % of a step of the tutorial's network.
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
"""What makes a step more than moving against the gradient."""


def fast_forward(model: nn.Module) -> Callable[[Tensor], Tensor]:
    """What `model(images)` does, bit for bit, without what torch wraps around each layer.

    The wrappers look weights up by name and serve hooks, of which the tutorial's network has none: 4 % of a step. Other
    networks are returned as they are. Valid as long as the parameters are the same objects; their values may change.
    """
    if type(model) is not NeuralNetwork:
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
    """What `loss.backward()` does to a scalar, bit for bit, without the checks of what it is given: 4 % of a step.

    That is one call of torch's autograd engine, by a name that torch does not document. Where it is not there or does
    not do what it did, torch's own way is taken.
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


@functools.cache
def _engine() -> Callable[..., Any] | None:
    """The call, if it works out the gradient of a simple sum."""
    weight = torch.ones((), requires_grad=True)
    total = 2 * weight + weight
    try:
        run: Callable[..., Any] = torch.autograd.Variable._execution_engine.run_backward  # noqa: SLF001
        run((total,), (torch.ones(()),), False, False, (), allow_unreachable=True, accumulate_grad=True)
    except (AttributeError, TypeError, RuntimeError):
        return None
    return run if weight.grad is not None and float(weight.grad) == 3.0 else None


def fast_update(optimizer: Optimizer) -> Callable[[], None]:
    """What `optimizer.step()` and `optimizer.zero_grad()` do, bit for bit, without what torch wraps around them.

    The wrappers serve profilers, hooks and torch.compile of a whole step: 5 % of a step of the tutorial's network.
    """
    step = inspect.unwrap(type(optimizer).step)
    devices = {parameter.device.type for group in optimizer.param_groups for parameter in group["params"]}
    may_be_plain = type(optimizer) is torch.optim.SGD and devices == {"cpu"}  # elsewhere torch updates all at once

    def update() -> None:
        groups = optimizer.param_groups  # looked up each time: a state that is restored brings new ones
        with torch.no_grad():
            if may_be_plain and not any(group[name] for group in groups for name in BEYOND_PLAIN_SGD):
                # The tutorial's own case, of which this is all; a further 2.5 % of a step.
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

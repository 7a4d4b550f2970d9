"""The registry of optimizers: the hyperparameters of each, and how a value is set in it, also during a run."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.config.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from torch.nn import Parameter
    from torch.optim import Optimizer

    from workbench.engine.config.hyperparameters import Value


@dataclass(frozen=True, slots=True)
class OptimizerRow:
    """An optimizer.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: how it moves the weights and when to choose it.
        accepts: its own hyperparameters beside the learning rate, in the order of the controls.
        defaults: of its hyperparameters, where they differ from the table's.
        build: creates one with torch's defaults and the given learning rate.
    """

    name: str
    label: str
    help: str
    accepts: tuple[str, ...]
    build: Callable[[Iterable[Parameter], float], Optimizer]
    defaults: Mapping[str, Value] = field(default_factory=dict)

    def create(self, parameters: Iterable[Parameter], values: Mapping[str, Value]) -> Optimizer:
        """An optimizer with these `values`; it ignores values that it does not accept."""
        optimizer = self.build(parameters, float(values["learning_rate"]))
        for name in self.accepts:
            set_value(optimizer, name, values[name])
        return optimizer


def set_value(optimizer: Optimizer, name: str, value: Value) -> None:
    """Set the hyperparameter `name` of the table in `optimizer`; its next step uses the value.

    The value is written into the parameter groups, which every torch optimizer reads at each step. (The constructors
    refuse Nesterov without momentum; the steps ignore it, as they should for a slider at 0.)
    """
    for group in optimizer.param_groups:
        match name:
            case "learning_rate":
                group["lr"] = value
            case "beta1":
                group["betas"] = (value, group["betas"][1])
            case "beta2":
                group["betas"] = (group["betas"][0], value)
            case "fused":
                # None, not False: torch then chooses among its other implementations itself.
                group["fused"] = value or None
            case _:
                group[name] = value
    if name == "momentum":
        _add_momentum_buffers(optimizer)


def _add_momentum_buffers(optimizer: Optimizer) -> None:
    """Add what RMSprop creates at its first step only: it fails when momentum is turned on later."""
    import torch

    for state in optimizer.state.values():
        if "square_avg" in state and "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(state["square_avg"])


def _keep_dynamo_out(kind: type[Optimizer]) -> None:
    """Let methods of optimizers run without an import of torch's compiler: 150 MB, and 2 s at the first run.

    torch wraps them so that a compiled model would not trace them. Its wrapper, `torch._compile._disable_dynamo`, loads
    the compiler at the first call, and keeps what it made of a method in an attribute: here that is the method itself.
    A model that we compile never calls them. Where torch does this in another way, nothing changes.
    """
    for name in ("add_param_group", "load_state_dict", "state_dict", "zero_grad"):
        method = inspect.unwrap(getattr(kind, name))
        vars(method).setdefault("__dynamo_disable", method)


def _torch_optimizer(class_name: str) -> Callable[[Iterable[Parameter], float], Optimizer]:
    def build(parameters: Iterable[Parameter], learning_rate: float) -> Optimizer:
        import torch

        kind: Any = getattr(torch.optim, class_name)
        _keep_dynamo_out(kind)
        optimizer: Optimizer = kind(parameters, lr=learning_rate)
        return optimizer

    return build


OPTIMIZERS: Final[Registry[OptimizerRow]] = Registry(
    "optimizer",
    OptimizerRow(
        name="sgd",
        label="SGD",
        help="Stochastic gradient descent, the tutorial's choice: each weight moves against its gradient, times the "
        "learning rate. Plain and predictable; momentum makes it much faster.",
        accepts=("momentum", "nesterov", "weight_decay", "fused"),
        build=_torch_optimizer("SGD"),
    ),
    OptimizerRow(
        name="adam",
        label="Adam",
        help="Keeps a running mean of each weight's gradient and of its size, and gives every weight its own step. "
        "Learns fast at 0.001 with little tuning (Kingma and Ba, 2015).",
        accepts=("beta1", "beta2", "eps", "weight_decay", "fused"),
        build=_torch_optimizer("Adam"),
    ),
    OptimizerRow(
        name="rmsprop",
        label="RMSprop",
        help="Divides each weight's step by the recent size of its gradient, so that flat and steep directions move "
        "alike (Hinton's lecture, 2012). Unstable at large learning rates.",
        accepts=("alpha", "momentum", "eps", "weight_decay"),
        build=_torch_optimizer("RMSprop"),
    ),
    OptimizerRow(
        name="adamw",
        label="AdamW",
        help="Adam with the weight decay taken out of the gradient and applied to the weights themselves, which makes "
        "it act evenly (Loshchilov and Hutter, 2019).",
        accepts=("beta1", "beta2", "eps", "weight_decay", "fused"),
        defaults={"weight_decay": 1e-2},
        build=_torch_optimizer("AdamW"),
    ),
)

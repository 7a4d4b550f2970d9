"""Describes a network before it is trained: its layers, the shapes of their outputs, their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from workbench.engine.errors import UserError
from workbench.engine.models.building import build_model
from workbench.engine.models.layer_facts import LayerFacts
from workbench.engine.models.output_check import check_outputs
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.models.own_failures import NetworkFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import nn

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.models.network_source import NetworkSource


def described(
    name: str, spec: DataSpec, values: Mapping[str, Value], network: NetworkSource | None = None
) -> tuple[tuple[LayerFacts, ...], int]:
    """The layers of a network in the order in which a sample passes them, and the number of its parameters.

    A registered network is built on the CPU, and two samples pass it. One of the user's own may be of any size: it is
    built on the meta device first, which computes nothing, and on the CPU only where it reads numbers on its way. The
    meta device imports torch's compiler and sympy: 1.1 s and 155 MiB in torch 2.14. Torch's random state stays as it
    is. The arguments are those of `build_model`.

    Raises:
        Exception: any, where the network cannot be built, cannot take such samples, or its outputs do not fit the data.
    """
    if network is None:
        return _described(name, spec, values, network, "cpu")
    try:
        return _described(name, spec, values, network, "meta")
    except Exception as error:
        if isinstance(error, UserError) and not isinstance(error, NetworkFailedError):
            raise
        return _described(name, spec, values, network, "cpu")


def _described(
    name: str, spec: DataSpec, values: Mapping[str, Value], network: NetworkSource | None, device: str
) -> tuple[tuple[LayerFacts, ...], int]:
    with torch.random.fork_rng(devices=[]), torch.device(device), torch.no_grad():
        model = build_model(name, spec, values, network).eval()
        layers = _passed(
            model,
            model if network is None else OwnNetwork(model),
            torch.zeros(2, *spec.sample_shape),
            spec.output_count,
        )
    return layers, sum(each.numel() for each in model.parameters() if each.requires_grad)


def _passed(model: nn.Module, called: nn.Module, inputs: Tensor, output_count: int) -> tuple[LayerFacts, ...]:
    """The modules without submodules that `inputs` pass, in this order; one that is passed twice is there twice.

    `called` is what calls the model.
    """
    found: list[LayerFacts] = []
    counted: set[nn.Module] = set()

    def add(name: str, module: nn.Module, outputs: Any) -> None:
        own = 0 if module in counted else sum(each.numel() for each in module.parameters() if each.requires_grad)
        counted.add(module)
        shape = tuple(outputs.shape[1:]) if isinstance(outputs, Tensor) else ()
        found.append(LayerFacts(name, type(module).__name__, shape, own))

    for name, module in model.named_modules():
        if not any(True for _ in module.children()):
            module.register_forward_hook(lambda module, _inputs, outputs, name=name: add(name, module, outputs))
    check_outputs(called(inputs), len(inputs), output_count)
    return tuple(found)

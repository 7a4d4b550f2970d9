"""Builds a network of the user's own: runs its source, if that is allowed, and explains what goes wrong in it."""

from __future__ import annotations

import linecache
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from workbench.engine.errors import UserError
from workbench.engine.models.own_calls import own_code
from workbench.engine.models.own_failures import PREFIX, failed_in
from workbench.engine.models.trusted_code import check_trusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.models.network_signature import Fill
    from workbench.engine.models.network_source import NetworkSource


def build_own(network: NetworkSource, spec: DataSpec) -> nn.Module:
    """The network for some data. The source is run anew each time, so that nothing it keeps outlives a run.

    Raises:
        NotTrustedError: the source has not been allowed to run.
        UserError: it fails, with its line; or what it makes is no network that can be trained.
    """
    check_trusted(network)
    signature = network.signature
    if signature.missing:
        raise UserError(
            "The network {name} needs {parameters}: give each a default, or annotate it with int, float, bool or "
            "Literal, or call it as one that follows from the data, such as input_count and output_count.",
            name=network.name,
            parameters=", ".join(signature.missing),
        )
    with own_code():
        return _checked(_maker(network)(**arguments_of(network, spec)), network)


def arguments_of(network: NetworkSource, spec: DataSpec) -> dict[str, Any]:
    """What the class or function is called with: defaults, what the user chose, and what follows from the data."""
    signature = network.signature
    arguments: dict[str, Any] = {row.name: row.default for row in signature.rows}
    arguments |= network.arguments
    return arguments | {name: _from_data(fill, spec) for name, fill in signature.filled.items()}


def _from_data(fill: Fill, spec: DataSpec) -> Any:
    match fill:
        case "input_count":
            return spec.input_count
        case "input_shape":
            return spec.sample_shape
        case "channels":
            return spec.sample_shape[0]
        case "output_count":
            return spec.output_count


def _maker(network: NetworkSource) -> Callable[..., object]:
    """The class or function, of a module that is made now."""
    try:
        found = vars(_module_of(network)).get(network.name)
    except SyntaxError as error:  # what only the compiler sees; the rest is found when the file is opened
        raise failed_in(error.lineno or 1, network.path, error) from error
    if isinstance(found, nn.Module) or not callable(found):
        raise UserError(
            "{name} of {path} is {kind}, not a class or function that gives a network: use another name in the line "
            "that makes it.",
            name=network.name,
            path=network.path,
            kind="a network already" if isinstance(found, nn.Module) else f"a {type(found).__name__}",
        )
    maker: Callable[..., object] = found
    return maker


def _module_of(network: NetworkSource) -> ModuleType:
    """A module with the source, run now."""
    module = ModuleType(PREFIX + network.sha256[:16])
    module.__file__ = network.path
    # Dataclasses and type hints look their module up; tracebacks show lines of a file that may have changed or gone.
    sys.modules[module.__name__] = module
    lines = network.source.splitlines(keepends=True)
    linecache.cache[network.path] = (len(network.source), None, lines, network.path)
    # Without `dont_inherit`, the source would be read with the __future__ imports of this module.
    code = compile(network.source, network.path, "exec", dont_inherit=True)
    exec(code, vars(module))
    return module


def _checked(built: object, network: NetworkSource) -> nn.Module:
    """`built`, if it is a network that can be trained and whose state can be kept."""
    if not isinstance(built, nn.Module):
        raise UserError(
            "{name} gives a {kind}: it must be a class that inherits from nn.Module, or a function that returns such a "
            "network.",
            name=network.name,
            kind=type(built).__name__,
        )
    if any(isinstance(each, nn.parameter.UninitializedParameter) for each in built.parameters()):
        raise UserError(
            "The network {name} has lazy layers, whose sizes are not known yet: give the sizes (nn.Linear instead of "
            "nn.LazyLinear); the parameters input_count and input_shape follow from the data.",
            name=network.name,
        )
    # Where a network is only described, it is built on the meta device on purpose.
    if torch.get_default_device().type != "meta" and any(each.is_meta for each in built.parameters()):
        raise UserError(
            "The network {name} has layers on the meta device, which have no numbers: leave device out.",
            name=network.name,
        )
    if not any(each.requires_grad for each in built.parameters()):
        raise UserError(
            "The network {name} has no parameters to train: give it a layer with weights.", name=network.name
        )
    if not all(isinstance(each, torch.Tensor) for each in built.state_dict().values()):
        raise UserError(
            "The network {name} keeps something other than tensors in its state dict: leave get_extra_state out.",
            name=network.name,
        )
    return built

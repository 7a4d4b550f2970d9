"""The network of a script: its class, and the line that makes it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hidden_widths import widths_of
from workbench.engine.errors import without_control
from workbench.engine.exporters.script.own_source import inlined
from workbench.engine.exporters.script.parts import Part, quoted, source_of
from workbench.engine.models.network_source import OWN

if TYPE_CHECKING:
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.network_source import NetworkSource
    from workbench.engine.recipe import Recipe

_TORCH: Final = ("import torch", "from torch import Tensor, nn")
_FUNCTIONAL: Final = (*_TORCH, "from torch.nn import functional")


def network_part(record: RunRecord, around: str) -> tuple[Part, str]:
    """The classes of the run's network, and the expression that makes it.

    Args:
        record: of the run.
        around: the rest of the script, in which `own_network()` stands for the network.
    """
    recipe = record.recipe
    spec = recipe.spec
    inputs, outputs = spec.input_count, spec.output_count
    if recipe.model == OWN:
        assert recipe.network is not None
        return _own(recipe.network, recipe, around)
    match recipe.model:
        case "mlp":
            from workbench.engine.models.mlp import NeuralNetwork

            return Part(source_of(NeuralNetwork), _TORCH), f"NeuralNetwork({inputs}, {outputs})"
        case "mlp-dropout":
            from workbench.engine.models.mlp import DropoutNetwork, NeuralNetwork

            return Part(source_of(NeuralNetwork, DropoutNetwork), _FUNCTIONAL), f"DropoutNetwork({inputs}, {outputs})"
        case "mlp-custom":
            return _custom(recipe)
        case "cnn":
            from workbench.engine.models.convolutional import SmallConvNet

            arguments = ", ".join(map(str, (*spec.sample_shape, outputs)))
            return Part(source_of(SmallConvNet), _FUNCTIONAL), f"SmallConvNet({arguments})"
        case "resnet8" | "resnet20":
            from workbench.engine.models.residual import ResidualBlock, SmallResNet

            blocks = 1 if recipe.model == "resnet8" else 3
            made = f"SmallResNet({spec.sample_shape[0]}, {outputs}, blocks={blocks})"
            return Part(source_of(ResidualBlock, SmallResNet), _FUNCTIONAL), made
        case name:
            from workbench.engine.models import torchvision_models as models

            code = f"SMALLEST = {models.SMALLEST}\n\n\n" + source_of(
                models._replace_first_convolution,  # noqa: SLF001
                models.FittedNetwork,
            )
            # The import inside the class is for the start of the window.
            code = code.replace("        from torchvision import models\n\n", "")
            imports = (*_FUNCTIONAL, "from torchvision import models")
            return Part(code, imports), f"FittedNetwork({quoted(name)}, {spec.sample_shape[0]}, {outputs})"


def class_with_dropout(record: RunRecord) -> str:
    """The class of the run's network, which has a dropout."""
    return {"mlp-dropout": "DropoutNetwork", "mlp-custom": "CustomPerceptron"}.get(record.recipe.model, "SmallConvNet")


def _custom(recipe: Recipe) -> tuple[Part, str]:
    from workbench.engine.models.custom_mlp import CustomPerceptron

    values, spec = recipe.values, recipe.spec
    code = 'ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU}\n\n\n' + source_of(
        CustomPerceptron
    )
    widths = list(widths_of(str(values["hidden"])))
    arguments = f"{spec.input_count}, {spec.output_count}, {widths}, {quoted(str(values['activation']))}"
    if values["batch_norm"]:
        arguments += ", batch_norm=True"
    imports = (*_FUNCTIONAL, "from collections.abc import Sequence")
    return Part(code, imports), f"CustomPerceptron({arguments})"


def _own(network: NetworkSource, recipe: Recipe, around: str) -> tuple[Part, str]:
    """The source of the user's own network; as a module of its own, where its names may be those of the script."""
    from workbench.engine.models.own_network import arguments_of

    # The arguments may come from a file: they must be those of the class, and not become code.
    network = network.with_arguments(network.arguments)
    file_name = without_control(network.file_name).replace("\\", "/").replace('"', "'")
    arguments = ", ".join(f"{name}={_literal(value)}" for name, value in arguments_of(network, recipe.spec).items())
    part = inlined(network.source, file_name, around, recipe.values)
    if part is not None:
        return part, f"{network.name}({arguments})"
    source = _as_literal(network.source)
    code = f'''\
NETWORK = {source}
"""The text of {file_name}: it becomes a module of its own, as its names may be those of this script."""


def own_network() -> nn.Module:
    """The network of {file_name}."""
    module = ModuleType("own_network")
    sys.modules[module.__name__] = module
    exec(compile(NETWORK, {quoted(network.file_name)}, "exec", dont_inherit=True), vars(module))
    network: nn.Module = module.{network.name}({arguments})
    return network'''
    return Part(code, (*_TORCH, "import sys", "from types import ModuleType")), "own_network()"


def _literal(value: object) -> str:
    return quoted(value) if isinstance(value, str) else repr(value)


def _as_literal(source: str) -> str:
    """A Python literal of `source`: with its lines, where that gives the same text again."""
    for quotes in ('"""', "'''"):
        literal = f"r{quotes}\n{source}{quotes}"
        try:
            if ast.literal_eval(literal) == f"\n{source}":
                return literal
        except (SyntaxError, ValueError):
            pass
    return repr(source)

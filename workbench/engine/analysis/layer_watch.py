"""LayerWatch: sees what the layers of a network and the activation functions after them give, also in its own code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from torch import Tensor
from torch.overrides import TorchFunctionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from torch import nn
    from torch.utils.hooks import RemovableHandle

FUNCTIONS: Final[dict[str, str]] = {
    "relu": "ReLU",
    "relu_": "ReLU",
    "relu6": "ReLU6",
    "hardtanh": "Hardtanh",
    "hardtanh_": "Hardtanh",
    "tanh": "Tanh",
    "tanh_": "Tanh",
    "sigmoid": "Sigmoid",
    "sigmoid_": "Sigmoid",
    "gelu": "GELU",
    "silu": "SiLU",
    "hardswish": "Hardswish",
    "hardsigmoid": "Hardsigmoid",
    "leaky_relu": "LeakyReLU",
    "leaky_relu_": "LeakyReLU",
    "elu": "ELU",
    "elu_": "ELU",
    "selu": "SELU",
    "mish": "Mish",
    "softplus": "Softplus",
}
"""The names of activation functions in torch, torch.nn.functional and Tensor, and of their layers."""


class Seen(NamedTuple):
    """Where a tensor was seen.

    Attributes:
        layer: the name of the layer.
        call: of this layer while the samples pass, from 0.
        function: the activation function that gave the tensor; "" for the layer itself.
        number: of the function after this layer, over all its calls, from 0; 0 for the layer itself.
    """

    layer: str
    call: int
    function: str
    number: int


def weighted_layers(model: nn.Module) -> dict[str, nn.Module]:
    """The modules that have a parameter of two or more dimensions of their own, by their names.

    Those of a network without any such parameter are all that have one.
    """
    found = {name: module for name, module in model.named_modules() if any(True for _ in own_parameters(module))}
    matrices = {
        name: module for name, module in found.items() if any(each.dim() >= 2 for each in own_parameters(module))
    }
    return matrices or found


def own_parameters(module: nn.Module) -> Iterable[nn.Parameter]:
    """The parameters of a module without those of the modules in it."""
    return module.parameters(recurse=False)


class LayerWatch(TorchFunctionMode):
    """While it is active, `see` gets the output of each call of a layer, and of each activation function after it.

    A function that the network's code calls is seen as a module is: torch asks the watch at each of its calls. What
    compiled code calls cannot be seen, nor what a layer such as an LSTM does inside.

    Args:
        model: the network; each of its calls is watched.
        layers: of the network, by name.
        see: is called in the order of the calls; the tensor may be changed after the call.
    """

    def __init__(self, model: nn.Module, layers: Mapping[str, nn.Module], see: Callable[[Seen, Tensor], None]) -> None:
        super().__init__()
        self._model = model
        self._layers = layers
        self._see = see
        self._handles: list[RemovableHandle] = []
        self._layer: str | None = None
        self._calls: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Put the hooks on the layers."""
        self._handles.append(self._model.register_forward_pre_hook(self._begin))
        for name, module in self._layers.items():

            def hook(_module: nn.Module, _inputs: Any, outputs: Any, name: str = name) -> None:
                self._passed(name, outputs)

            self._handles.append(module.register_forward_hook(hook))
        self._handles.append(self._model.register_forward_hook(self._end))
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *args: object) -> None:
        """Take the hooks off."""
        super().__exit__(*args)  # type: ignore[no-untyped-call]
        for handle in self._handles:
            handle.remove()

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call `function`, and look at what it gives if it is an activation function."""
        del types
        outputs = function(*args, **(kwargs or {}))
        name = FUNCTIONS.get(getattr(function, "__name__", ""))
        if name is not None and self._layer is not None and isinstance(outputs, Tensor):
            if name == "Hardtanh" and _is_relu6(args, kwargs or {}):
                name = "ReLU6"
            layer = self._layer
            number = self._numbers.get(layer, 0)
            self._numbers[layer] = number + 1
            self._see(Seen(layer, self._calls[layer] - 1, name, number), outputs.detach())
        return outputs

    def _begin(self, module: nn.Module, inputs: Any) -> None:
        del module, inputs
        self._layer = None
        self._calls.clear()
        self._numbers.clear()

    def _end(self, module: nn.Module, inputs: Any, outputs: Any) -> None:
        del module, inputs, outputs
        self._layer = None

    def _passed(self, name: str, outputs: Any) -> None:
        if isinstance(outputs, tuple) and outputs:  # recurrent layers and attention give more than one tensor
            outputs = outputs[0]
        if isinstance(outputs, Tensor):
            call = self._calls.get(name, 0)
            self._calls[name] = call + 1
            self._layer = name
            self._see(Seen(name, call, "", 0), outputs.detach())


def unit_axis(outputs: Tensor, layer: nn.Module | None) -> int:
    """The dimension of `outputs` that counts the units: the channels of a convolution, else the last."""
    if outputs.dim() <= 2 or (outputs.dim() == 3 and "Conv" not in type(layer).__name__):
        return outputs.dim() - 1
    return 1


def _is_relu6(args: Any, kwargs: Any) -> bool:
    low = kwargs.get("min_val", args[1] if len(args) > 1 else -1.0)
    return float(low) == 0.0

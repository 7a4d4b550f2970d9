"""The weights of the first layer, as images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch
from torch import nn

from workbench.engine.analysis.layer_watch import own_parameters, weighted_layers
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.protocol.queries.layers import FirstLayer, WeightForm

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.analysis.scope import Scope
    from workbench.engine.protocol.queries.layers import ShowFirstLayer

MOST_UNITS: Final = 256
"""Units that are shown: more do not fit on a screen."""
MOST_COLUMNS: Final = 1024
MOST_SIDE: Final = 64
"""Pixels of a side of a tile: larger ones are thinned out."""
FEW_SAMPLES: Final = 2


def answer(scope: Scope, query: ShowFirstLayer) -> FirstLayer:
    """The weights of the layer that the inputs reach first."""
    name, module = first_layer(scope)
    weight = largest_parameter(module).detach().float()
    rows = weight.reshape(len(weight), -1) if weight.dim() >= 2 else weight.reshape(1, -1)
    norms = torch.linalg.vector_norm(rows, dim=1)
    if query.units and max(query.units) < len(rows):
        units = torch.tensor(query.units[:MOST_UNITS], device=rows.device)
    else:
        units = torch.argsort(norms.nan_to_num(), descending=True, stable=True)[:MOST_UNITS]
    form = _form(weight, module, scope)
    if form is WeightForm.ROWS:
        tiles = rows[units][None, None, :, :MOST_COLUMNS]
    else:
        shown = weight[units].reshape(len(units), *(scope.spec.sample_shape if weight.dim() == 2 else weight.shape[1:]))
        tiles = _thinned(shown.mean(dim=1, keepdim=True) if form is WeightForm.MEAN_FILTER else shown)
    return FirstLayer(
        name,
        type(module).__name__,
        form,
        tiles.cpu().numpy(),
        units.cpu().numpy(),
        norms[units].cpu().numpy(),
        len(rows),
    )


def first_layer(scope: Scope) -> tuple[str, nn.Module]:
    """The layer with weights that the inputs reach first, and its name."""
    return next(iter(called_layers(scope).items()))


def called_layers(scope: Scope) -> dict[str, nn.Module]:
    """The layers with weights in the order in which samples pass them; those that none passes are left out.

    If no sample passes any, the layers are in the network's own order.
    """
    layers = weighted_layers(scope.model)
    passed: dict[str, nn.Module] = {}
    handles = []
    for name, module in layers.items():

        def hook(_module: nn.Module, _inputs: Any, name: str = name) -> None:
            passed.setdefault(name, layers[name])

        handles.append(module.register_forward_pre_hook(hook))
    try:
        inputs = scope.data.test_inputs[:FEW_SAMPLES].to(scope.device)
        with torch.no_grad():
            scope.network(UnitFloats(inputs).batch(0, len(inputs)))
    finally:
        for handle in handles:
            handle.remove()
    return passed or layers


def largest_parameter(module: nn.Module) -> nn.Parameter:
    """The parameter of a layer with the most numbers: its weights."""
    return max(own_parameters(module), key=lambda each: (each.dim() >= 2, each.numel()))


def _form(weight: Tensor, module: nn.Module, scope: Scope) -> WeightForm:
    if weight.dim() == 4 and isinstance(module, nn.Conv2d):
        return WeightForm.FILTER if weight.shape[1] in (1, 3) else WeightForm.MEAN_FILTER
    if weight.dim() == 2 and scope.spec.is_image and weight.shape[1] == scope.spec.input_count:
        return WeightForm.IMAGE if scope.spec.sample_shape[0] in (1, 3) else WeightForm.MEAN_FILTER
    return WeightForm.ROWS


def _thinned(tiles: Tensor) -> Tensor:
    """Tiles of at most `MOST_SIDE` pixels a side: means over blocks, where they are larger."""
    block = -(-max(tiles.shape[2:]) // MOST_SIDE)
    return tiles if block <= 1 else nn.functional.avg_pool2d(tiles, block, ceil_mode=True)

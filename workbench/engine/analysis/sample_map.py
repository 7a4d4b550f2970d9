"""The test samples on the map that the two largest principal components of a layer's outputs span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from workbench.engine.analysis.first_layer import called_layers
from workbench.engine.analysis.layer_watch import LayerWatch, unit_axis
from workbench.engine.analysis.principal_components import principal_components
from workbench.engine.analysis.sample_passes import passes
from workbench.engine.config.tasks import Task
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.errors import UserError
from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MapAxes, MapLayer, MappedTestSet

if TYPE_CHECKING:
    from torch import Tensor, nn

    from workbench.engine.analysis.layer_watch import Seen
    from workbench.engine.analysis.scope import Scope
    from workbench.engine.protocol.queries.sample_map import MapTestSet

MOST_NUMBERS: Final = 24 << 20
"""Of all samples together: of wide layers fewer samples are looked at."""
MOST_FEATURES: Final = 16_384
"""Of one sample: of wider outputs, numbers at equal distances are taken."""
OUTER: Final = 0.001
"""The share of the samples on each side that may lie outside the axes."""
ROOM: Final = 0.05


def answer(scope: Scope, query: MapTestSet) -> MappedTestSet:
    """The samples on the given axes, or on those of the state that is looked at.

    Raises:
        UserError: the network has no such layer, or its outputs are NaN or infinite.
    """
    called = called_layers(scope)
    if query.layer not in (*called, LAST_HIDDEN, INPUTS):
        raise UserError("The network has no layer {layer} that can be mapped: choose another.", layer=query.layer)
    collected = _Collected(scope, called, query.layer, query.axes)
    collected.collect(query.seconds, query.most)
    if query.axes is None:
        values = torch.cat(collected.values)
        if not bool(values.mean(dim=0).isfinite().all()):
            raise _not_finite()
        axes, points = _fitted(values, query.layer, scope.step)
    else:
        axes, points = query.axes, np.concatenate(collected.points)
    # One number of a sample that is not finite makes its place not finite, and is found with less work there.
    if not np.isfinite(points).all():
        raise _not_finite()
    predicted, confidence = collected.predictions()
    kinds = {name: type(module).__name__ for name, module in called.items()}
    layers = [
        MapLayer(name, f"{kind}, {collected.functions[name]}" if name in collected.functions else kind)
        for name, kind in kinds.items()
    ]
    samples = np.concatenate(collected.samples)
    return MappedTestSet(axes, samples, points, predicted, confidence, tuple(layers), len(axes.mean))


class _Collected:
    """What the test samples give in one layer, or where that is on given axes, and what is predicted for them."""

    def __init__(self, scope: Scope, called: dict[str, nn.Module], layer: str, axes: MapAxes | None) -> None:
        self._axes = axes
        self._scope = scope
        self._called = called
        self._layer = layer
        self._here: Tensor | None = None
        self._outputs: list[Tensor] = []
        self.values: list[Tensor] = []
        self.points: list[np.ndarray] = []
        self.samples: list[np.ndarray] = []
        self.functions: dict[str, str] = {}

    def collect(self, seconds: float, most: int) -> None:
        """Pass the samples through the network: `most` of them, or as many as there is time for."""
        scope, count = self._scope, 0
        *_, last = self._called.values()

        def receive(_module: nn.Module, inputs: Any) -> None:
            if inputs and isinstance(inputs[0], torch.Tensor):
                self._here = inputs[0].detach()

        handles = [last.register_forward_pre_hook(receive)] if self._layer == LAST_HIDDEN else []
        try:
            with LayerWatch(scope.model, self._called, self._see):
                for places, outputs in passes(scope, seconds):
                    features = self._features(places)
                    most = min(most, MOST_NUMBERS // features.shape[1])
                    self._keep(features)
                    self.samples.append(places)
                    self._outputs.append(outputs.detach().float().cpu())
                    count += len(places)
                    if count >= most:
                        break
        finally:
            for handle in handles:
                handle.remove()

    def _keep(self, features: Tensor) -> None:
        """Keep the numbers of a batch; on given axes only where they are, which is less memory by far."""
        axes = self._axes
        if axes is None:
            self.values.append(features)
        elif features.shape[1] != len(axes.mean):
            raise UserError("The outputs of this layer have another size than those the axes are made of.")
        else:
            self.points.append(_on_axes(features, axes))

    def predictions(self) -> tuple[np.ndarray, np.ndarray]:
        """The predicted class and its probability, or the first predicted number and NaN, of each sample."""
        outputs = torch.cat(self._outputs)
        if self._scope.spec.task is Task.REGRESSION:
            return outputs[:, 0].numpy(), np.full(len(outputs), np.nan, np.float32)
        confidence, predicted = outputs.softmax(dim=1).max(dim=1)
        return predicted.numpy(), confidence.numpy()

    def _see(self, seen: Seen, outputs: Tensor) -> None:
        if seen.call or seen.number:
            return
        if seen.function:
            self.functions[seen.layer] = seen.function
        if seen.layer == self._layer:
            # The network may go on in the same memory.
            self._here = outputs.clone()

    def _features(self, places: np.ndarray) -> Tensor:
        """(n, features) float32 on the CPU: the mean over all dimensions but those of samples and units."""
        if self._layer == INPUTS:
            chosen = self._scope.data.test_inputs[torch.from_numpy(places).to(self._scope.data.test_inputs.device)]
            values = UnitFloats(chosen).batch(0, len(chosen)).flatten(1)
        elif self._here is None:
            raise UserError("No sample passes this layer: choose another.")
        else:
            values = self._here
        if values.dim() > 2:
            axis = unit_axis(values, self._called.get(self._layer))
            values = values.mean(dim=[dim for dim in range(1, values.dim()) if dim != axis])
        if values.dim() < 2 or len(values) != len(places):
            raise UserError("This layer does not give one row of numbers for each sample: choose another.")
        stride = -(-values.shape[1] // MOST_FEATURES)
        return values[:, ::stride].float().cpu()


def _not_finite() -> UserError:
    return UserError("The outputs of this layer are NaN or infinite at this step: look back at an earlier one.")


def _fitted(values: Tensor, layer: str, step: int) -> tuple[MapAxes, np.ndarray]:
    """The axes of these numbers (N, features), and where the samples are on them."""
    mean, components, shares = principal_components(values)
    axes = MapAxes(
        layer, mean.numpy(), components.numpy(), shares.numpy(), np.zeros(2, np.float32), np.zeros(2, np.float32), step
    )
    points = _on_axes(values, axes)
    if not np.isfinite(points).all():
        return axes, points
    low, high = np.quantile(points, (OUTER, 1.0 - OUTER), axis=0).astype(np.float32)
    room = np.where(high - low > 0, ROOM * (high - low), 1.0).astype(np.float32)
    return MapAxes(layer, axes.mean, axes.components, axes.shares, low - room, high + room, step), points


def _on_axes(values: Tensor, axes: MapAxes) -> np.ndarray:
    points: np.ndarray = ((values - torch.from_numpy(axes.mean)) @ torch.from_numpy(axes.components).T).numpy()
    return points

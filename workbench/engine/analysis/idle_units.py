"""Units of the activation functions that give nothing for any of some test samples, or are at an end of their range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.analysis.layer_watch import LayerWatch, Seen, unit_axis, weighted_layers
from workbench.engine.analysis.sample_passes import MOST_SAMPLES, passes
from workbench.engine.protocol.queries.layers import ActivationUse, IdleUnits

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.analysis.scope import Scope
    from workbench.engine.protocol.queries.layers import CountIdleUnits

DYING: Final = frozenset({"ReLU", "ReLU6"})
SATURATED_TANH: Final = 0.97
"""An output of tanh beyond this, or the same place of the sigmoid, which is tanh of half the input moved to 0..1: there
the slope is below 6 % of the steepest. The bound is Karpathy's, in "Building makemore, part 3"."""


def answer(scope: Scope, query: CountIdleUnits) -> IdleUnits:
    """The calls of activation functions, with the units that are idle."""
    counts: dict[tuple[str, int, str], _Count] = {}
    layers = weighted_layers(scope.model)

    def see(seen: Seen, outputs: Tensor) -> None:
        key = seen.layer, seen.number, seen.function
        if seen.function and outputs.dim() >= 2:
            counts.setdefault(key, _Count()).add(seen.function, outputs, unit_axis(outputs, layers.get(seen.layer)))

    stop = query.start
    with LayerWatch(scope.model, layers, see):
        for places, _ in passes(scope, query.seconds, query.start):
            stop += len(places)
    uses = tuple(each.use(*key) for key, each in counts.items())
    return IdleUnits(uses, stop, min(MOST_SAMPLES, len(scope.data.test_inputs)))


class _Count:
    """Of the outputs of one call of a function, batch after batch."""

    def __init__(self) -> None:
        self._is_active: Tensor | None = None
        self._units = 0
        self._saturated = self._outputs = 0

    def add(self, function: str, outputs: Tensor, axis: int) -> None:
        self._units = outputs.shape[axis]
        if function in DYING:
            others = [dim for dim in range(outputs.dim()) if dim != axis]
            # A broken unit is no idle one: NaN is not 0. No output of a ReLU is below 0.
            is_active = outputs.amax(others) != 0
            self._is_active = is_active if self._is_active is None else self._is_active | is_active
        elif function in ("Tanh", "Sigmoid"):
            central = outputs if function == "Tanh" else 2.0 * outputs - 1.0
            self._saturated += int((central.abs() > SATURATED_TANH).sum())
            self._outputs += outputs.numel()

    def use(self, layer: str, number: int, function: str) -> ActivationUse:
        is_active = None if self._is_active is None else self._is_active.cpu().numpy()
        return ActivationUse(layer, number, function, self._units, is_active, self._saturated, self._outputs)

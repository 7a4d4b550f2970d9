"""LayerHistograms: one histogram an epoch of the weights, gradients and outputs of each layer. No widget."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.protocol.queries.layers import Distribution, MeasuredLayers

MOST_EPOCHS: Final = 120
MOST_HISTOGRAMS: Final = 20_000
"""Of all layers and epochs together, half a kilobyte each; with more, every second epoch between the first and the last
is let go."""


class Numbers(StrEnum):
    """What the histograms are of."""

    WEIGHTS = "weights"
    GRADIENTS = "gradients"
    OUTPUTS = "outputs"


class _Epoch(NamedTuple):
    step: int
    is_evaluation: bool
    layers: Mapping[str, Mapping[Numbers, Distribution | None]]


class LayerHistograms:
    """Those of one run. Of an epoch whose evaluation was not measured yet, the last ones measured in it stand."""

    def __init__(self) -> None:
        self._epochs: dict[int, _Epoch] = {}

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that there are histograms of, ascending."""
        return tuple(sorted(each.step for each in self._epochs.values()))

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of the newest ones, in their order."""
        newest = max(self._epochs.values(), key=lambda each: each.step, default=None)
        return () if newest is None else tuple(newest.layers)

    def add(self, step: int, epoch: int, measured: MeasuredLayers, *, is_evaluation: bool) -> None:
        """Keep what was measured at a step.

        Args:
            step: of the state.
            epoch: that ended at this step, or that it lies in; 0 for the start.
            measured: there.
            is_evaluation: whether the epoch ended at this step.
        """
        before = self._epochs.get(epoch)
        if before is not None and before.is_evaluation and not is_evaluation:
            return
        layers = {
            each.name: {
                Numbers.WEIGHTS: each.weights,
                Numbers.GRADIENTS: each.gradients,
                Numbers.OUTPUTS: each.outputs,
            }
            for each in measured.layers
        }
        self._epochs[epoch] = _Epoch(step, is_evaluation, layers)
        most = min(MOST_EPOCHS, MOST_HISTOGRAMS // max(1, len(Numbers) * len(layers)))
        if len(self._epochs) > max(4, most):
            for old in sorted(self._epochs)[1:-1:2]:
                del self._epochs[old]

    def series(self, layer: str, numbers: Numbers) -> list[tuple[int, Distribution]]:
        """The histograms of a layer with their steps, ascending; steps without one are left out."""
        found = []
        for each in sorted(self._epochs.values(), key=lambda each: each.step):
            distribution = each.layers.get(layer, {}).get(numbers)
            if distribution is not None:
                found.append((each.step, distribution))
        return found

"""Distributions, gradient norms and the next update of each layer, measured while a fork makes the next step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import torch

from workbench.engine.analysis.distributions import distribution_of, thinned
from workbench.engine.analysis.first_layer import largest_parameter
from workbench.engine.analysis.layer_watch import LayerWatch, own_parameters, weighted_layers
from workbench.engine.protocol.queries.layers import LayerMeasures, MeasuredLayers
from workbench.engine.training.loops import LossNotFiniteError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn

    from workbench.engine.analysis.distributions import Thinned
    from workbench.engine.analysis.layer_watch import Seen
    from workbench.engine.analysis.scope import Scope
    from workbench.engine.protocol.queries.layers import MeasureLayers
    from workbench.engine.training.stepper import Stepper

MOST_LAYERS: Final = 150


def answer(scope: Scope, query: MeasureLayers) -> MeasuredLayers:
    """The layers of the state that is looked at, and what the next step does to them."""
    del query
    # Compiled code would be compiled anew for each fork, in seconds, and hides the activation functions.
    with scope.fork(is_compiled=False) as fork:
        fork.close_epoch()
        layers = weighted_layers(fork.model)
        shown = dict(list(layers.items())[:MOST_LAYERS])
        before = {name: largest_parameter(module).detach().clone() for name, module in shown.items()}
        step = _NextStep(fork, shown)
        step.make()
        measures = tuple(step.measures(name, module, before[name]) for name, module in shown.items())
        return MeasuredLayers(
            measures,
            step.gradient_norm,
            step.samples,
            step.loss,
            float(fork.optimizer.param_groups[0]["lr"]),
            len(layers) - len(shown),
        )


class _NextStep:
    """What is seen while a fork makes a step.

    Args:
        fork: of the run.
        layers: to look at.

    Attributes:
        samples: of the batch.
        loss: of the batch.
    """

    def __init__(self, fork: Stepper, layers: Mapping[str, nn.Module]) -> None:
        self._fork = fork
        self._layers = layers
        self._outputs: dict[str, Thinned] = {}
        self._functions: dict[str, str] = {}
        self._squares: dict[Tensor, float] = {}
        self._gradients: dict[Tensor, Thinned] = {}
        self.samples = 0
        self.loss = math.nan

    def make(self) -> None:
        """Make the step, and look at outputs and gradients on the way."""
        weights = {largest_parameter(module) for module in self._layers.values()}

        def keep(parameter: Tensor) -> None:
            gradient = parameter.grad
            assert gradient is not None
            self._squares[parameter] = float(torch.linalg.vector_norm(gradient.float())) ** 2
            if parameter in weights:
                self._gradients[parameter] = thinned(gradient)

        parameters = [each for each in self._fork.model.parameters() if each.requires_grad]
        handles = [each.register_post_accumulate_grad_hook(keep) for each in parameters]  # type: ignore[no-untyped-call]
        try:
            with LayerWatch(self._fork.model, self._layers, self._see):
                trained = next(self._fork.steps())
            self.samples, self.loss = len(trained.targets), float(trained.loss)
        except LossNotFiniteError as error:
            self.loss = error.loss
        finally:
            for handle in handles:
                handle.remove()

    @property
    def gradient_norm(self) -> float:
        """Of all parameters, before they are clipped."""
        return math.sqrt(sum(self._squares.values())) if self._squares else math.nan

    def measures(self, name: str, module: nn.Module, before: Tensor) -> LayerMeasures:
        """Of one layer, whose weights were `before` before the step."""
        weight = largest_parameter(module)
        squares = [self._squares[each] for each in own_parameters(module) if each in self._squares]
        norm = float(torch.linalg.vector_norm(before.float()))
        change = float(torch.linalg.vector_norm((weight.detach() - before).float()))
        weights = distribution_of(thinned(before))
        assert weights is not None
        return LayerMeasures(
            name,
            type(module).__name__,
            tuple(weight.shape),
            self._functions.get(name, ""),
            weights,
            distribution_of(self._gradients[weight]) if weight in self._gradients else None,
            distribution_of(self._outputs[name]) if name in self._outputs else None,
            norm,
            math.sqrt(sum(squares)) if squares else math.nan,
            change / norm if squares and norm > 0 else math.nan,
        )

    def _see(self, seen: Seen, outputs: Tensor) -> None:
        """Keep what a layer passes on at its first call: after the first function that follows."""
        if seen.call or seen.number:
            return
        if seen.function:
            self._functions[seen.layer] = seen.function
        self._outputs[seen.layer] = thinned(outputs)

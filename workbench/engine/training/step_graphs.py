"""StepGraphs: trains with CUDA graphs of whole steps. It decides when one is captured, used, proved and given up."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import torch

from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.errors import UserError
from workbench.engine.runtime.cuda_graph import captured
from workbench.engine.runtime.random_state import RandomState
from workbench.engine.training.fast_path import fast_backward, fast_forward
from workbench.engine.training.loops import TrainedBatch
from workbench.engine.training.rate_tensor_update import RateTensorUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.optim.losses import LossFunction
    from workbench.engine.runtime.cuda_graph import StepFunction
    from workbench.engine.training.gradient_clip import GradientClip
    from workbench.engine.training.loops import Batch

    Capture = Callable[[StepFunction, Tensor, Tensor], StepFunction]

SETTLED: Final = 3
"""Steps of one kind in a row, after which a graph is captured. A capture takes as long as hundreds of steps: the
smaller last batch of an epoch is not worth one, nor is each value that a slider passes."""
PROOF_STEPS: Final = 50
MOST_GRAPHS: Final = 4
"""A graph keeps the memory of its step; the one used longest ago is dropped."""


class StepGraphs:
    """Makes steps of `network` with `optimizer`: one by one at first, then by replaying a graph of a whole step.

    Both ways call the same functions, so both give the same numbers. That is proved for each new kind of step before it
    is used: `PROOF_STEPS` steps are made both ways from the same state, and undone. Where they differ, or there can be
    no graph, `problem` says so, and steps are made one by one from then on.

    Args:
        network: trained as a whole, without hooks.
        loss_fn: from outputs and targets to a scalar.
        optimizer: one of `rate_tensor_update.FUSED`.
        clip: limits the gradients before each update, where its norm is above 0.
        data: the proof trains on its first images.
        capture: makes a graph of a function; for tests.

    Attributes:
        problem: why there are no graphs any more.
    """

    def __init__(
        self,
        network: nn.Module,
        loss_fn: LossFunction,
        optimizer: Optimizer,
        clip: GradientClip,
        data: Dataset,
        capture: Capture = captured,
    ) -> None:
        self._network = network
        self._loss_fn = loss_fn
        self._optimizer = optimizer
        self._clip = clip
        self._data = data
        self._capture = capture
        self._update = RateTensorUpdate(optimizer)
        self._graphs: OrderedDict[Hashable, StepFunction] = OrderedDict()
        self._proved: set[Hashable] = set()
        self._kind: Hashable = None
        self._in_a_row = 0
        self.problem: UserError | None = None

    def clear(self) -> None:
        """Drop all graphs: the optimizer's state has been replaced, and they would go on with the old one."""
        self._graphs.clear()
        self._in_a_row = 0

    def loop(self, batches: Iterable[Batch], settings: Callable[[], Hashable]) -> Iterator[TrainedBatch]:
        """`train_loop` without reading a loss.

        Args:
            batches: pairs of inputs and targets.
            settings: returns what a step depends on beside its batch, the optimizer's settings and the tensors.
        """
        self._network.train()
        self._update.adopt()
        step = self._step()
        for inputs, targets in batches:
            self._update.prepare()
            kind = (inputs.shape, targets.shape, self._update.frozen(), settings())
            graph = self._graph_for(kind, step, inputs, targets)
            loss, outputs = (graph or step)(inputs, targets)
            yield TrainedBatch(loss, outputs, targets)

    def _step(self) -> StepFunction:
        forward, backward = fast_forward(self._network), fast_backward()
        loss_fn, clip, update = self._loss_fn, self._clip, self._update

        def step(inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
            outputs = forward(inputs)
            loss = loss_fn(outputs, targets)
            backward(loss)
            if clip.norm:
                clip.apply()
            update()
            return loss.detach(), outputs.detach()

        return step

    def _graph_for(self, kind: Hashable, step: StepFunction, inputs: Tensor, targets: Tensor) -> StepFunction | None:
        """The graph for this step; None if it is to be made without one."""
        self._in_a_row = self._in_a_row + 1 if kind == self._kind else 1
        self._kind = kind
        if kind in self._graphs:
            self._graphs.move_to_end(kind)
            return self._graphs[kind]
        if self.problem is not None or self._in_a_row <= SETTLED:
            return None
        try:
            graph = self._capture(step, inputs, targets)
        except RuntimeError as error:
            self._give_up(
                UserError(
                    "No CUDA graph could be made of a step ({reason}), so the run trains without one.",
                    reason=(str(error).splitlines() or [type(error).__name__])[0][:100],
                )
            )
            return None
        if kind not in self._proved and not self._is_proved(graph, step, len(inputs)):
            self._give_up(
                UserError("The CUDA graph gave other numbers than single steps, so the run trains without one.")
            )
            return None
        self._proved.add(kind)
        self._graphs[kind] = graph
        if len(self._graphs) > MOST_GRAPHS:
            self._graphs.popitem(last=False)
        return graph

    def _give_up(self, problem: UserError) -> None:
        self.problem = problem
        self._graphs.clear()
        for group in self._optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    def _is_proved(self, graph: StepFunction, step: StepFunction, batch_size: int) -> bool:
        """Whether the graph and single steps give the same losses and the same state; the state is put back."""
        tensors = self._state()
        before = [tensor.clone() for tensor in tensors]
        random = RandomState.of(tensors[0].device)
        found: list[list[Tensor]] = []
        for way in (step, graph):
            losses = self._proof_losses(way, batch_size)
            found.append([losses, *(tensor.clone() for tensor in tensors)])
            for tensor, value in zip(tensors, before, strict=True):
                tensor.copy_(value)
            random.restore(tensors[0].device)
        self._update.prepare()
        return all(map(_is_same, *found))

    def _state(self) -> list[Tensor]:
        """The live tensors that a step changes."""
        network = list(self._network.state_dict().values())
        optimizer = [entry for state in self._optimizer.state.values() for entry in state.values()]
        return [entry for entry in (*network, *optimizer) if isinstance(entry, torch.Tensor)]

    def _proof_losses(self, step: StepFunction, batch_size: int) -> Tensor:
        """The losses of `PROOF_STEPS` steps, at half the rate in the second half."""
        inputs, targets = UnitFloats(self._data.train_inputs), self._data.train_targets
        whole_batches = len(targets) // batch_size
        groups = self._optimizer.param_groups
        rates = [group["lr"] for group in groups]
        losses = []
        for index in range(PROOF_STEPS):
            if index == PROOF_STEPS // 2:
                for group in groups:
                    group["lr"] /= 2
            self._update.prepare()
            start = index % whole_batches * batch_size
            losses.append(step(inputs.batch(start, start + batch_size), targets[start : start + batch_size])[0])
        for group, rate in zip(groups, rates, strict=True):
            group["lr"] = rate
        return torch.stack(losses)


def _is_same(one: Tensor, other: Tensor) -> bool:
    """Whether all numbers are equal; NaN equals NaN."""
    return bool(((one == other) | ((one != one) & (other != other))).all())

"""A CUDA graph of a function: its kernels are recorded once, and replayed with one launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    StepFunction = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def captured(step: StepFunction, inputs: Tensor, targets: Tensor) -> StepFunction:
    """`step` as a graph: a function for arguments of the same shapes, whose results are copies.

    `step` is called once, and only recorded: nothing is computed. It must have run before without a graph, must not
    read a number from the device, and uses at each replay the tensors that it used now. torch's generator of the device
    is known to the graph: replays draw on from its present state.

    Raises:
        RuntimeError: it does something that a graph cannot hold.
    """
    with torch.cuda.device(inputs.device):
        # The graph reads from addresses, so the arguments are copied there.
        own_inputs, own_targets = inputs.clone(), targets.clone()
        graph = torch.cuda.CUDAGraph()
        # The stream is named because torch keeps one for all devices. Other threads, such as the one that writes
        # snapshots, may use the device meanwhile.
        stream = torch.cuda.Stream(inputs.device)  # type: ignore[no-untyped-call]
        with torch.cuda.graph(graph, stream=stream, capture_error_mode="thread_local"):
            loss, outputs = step(own_inputs, own_targets)

    return _Replay(graph, own_inputs, own_targets, loss, outputs, step)


class _Replay:
    """Replays a graph. It keeps `step`: the graph reads tensors that only `step` may hold."""

    def __init__(
        self,
        graph: torch.cuda.CUDAGraph,
        inputs: Tensor,
        targets: Tensor,
        loss: Tensor,
        outputs: Tensor,
        step: StepFunction,
    ) -> None:
        self._graph = graph
        self._inputs, self._targets = inputs, targets
        self._loss, self._outputs = loss, outputs
        self._step = step

    def __call__(self, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        self._inputs.copy_(inputs)
        self._targets.copy_(targets)
        self._graph.replay()
        return self._loss.clone(), self._outputs.clone()

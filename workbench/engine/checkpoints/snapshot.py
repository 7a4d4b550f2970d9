"""Snapshot: the full state of a training between two steps, in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

from workbench.engine.history.records import Count, Positive  # noqa: TC001 (`validation` reads the annotations)
from workbench.engine.runtime.devices import has_room
from workbench.engine.runtime.mapped_memory import mapped_copy
from workbench.engine.runtime.random_state import RandomState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.config.hyperparameters import Value


@dataclass(slots=True)
class Position:
    """The position of a training.

    Attributes:
        step: optimizer updates made.
        epoch: epochs trained to their end, tested or not.
        tested: epochs tested.
        batch: trained batches of the current epoch.
        sample: trained samples of the current epoch.
        metric_sum: over these samples, when they were trained on: the number that were predicted correctly, or the sum
            of their absolute errors.
        even: whether all batches of the current epoch had the same size.
        shuffled: whether the current epoch is shuffled; decided at its start.
    """

    step: Count = 0
    epoch: Count = 0
    tested: Count = 0
    batch: Count = 0
    sample: Count = 0
    metric_sum: Positive = 0.0
    even: bool = True
    shuffled: bool = False

    def copy(self) -> Position:
        """An independent copy."""
        return replace(self)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the next step depends on.

    Its tensors are copies, because those of a state dict are the live weights. They are on the CPU, or on the GPU that
    is trained on: a copy there is made without waiting for it, and one to the CPU stalls the training for as long as
    dozens of steps.

    Attributes:
        position: the position of the training.
        values: the hyperparameters in force.
        weights: the model's state dict.
        optimizer: the optimizer's state dict.
        random_state: of torch's generator on the CPU.
        device_random_state: of the generator of the GPU that is trained on (CUDA or MPS); None on the CPU.
    """

    position: Position
    values: Mapping[str, Value]
    weights: Mapping[str, Tensor]
    optimizer: Mapping[str, Any]
    random_state: Tensor
    device_random_state: Tensor | None = None

    @classmethod
    def of(cls, model: nn.Module, optimizer: Optimizer, position: Position, values: Mapping[str, Value]) -> Snapshot:
        """A copy of the current state. Call it between two steps, in the training thread."""
        device = next(model.parameters()).device
        weights, state = model.state_dict(), optimizer.state_dict()
        copy = mapped_copy
        if has_room(device, sum(tensor.nbytes for tensor in _tensors((weights, state)))):
            copy = _copy_beside
        random_state = RandomState.of(device)
        return cls(
            position=position.copy(),
            values=dict(values),
            weights={key: copy(tensor) for key, tensor in weights.items()},
            optimizer=_copied(state, copy),
            random_state=random_state.cpu,
            device_random_state=random_state.device,
        )

    @property
    def step(self) -> int:
        """The updates made before it."""
        return self.position.step

    @property
    def nbytes(self) -> int:
        """The memory of its tensors, in bytes."""
        return sum(
            tensor.nbytes
            for tensor in _tensors((self.weights, self.optimizer, self.random_state, self.device_random_state))
        )

    def restore(self, model: nn.Module, optimizer: Optimizer) -> None:
        """Put weights, optimizer and random state back; the caller restores position and values."""
        model.load_state_dict(self.weights)
        # load_state_dict keeps references to the tensors it is given, and training would write into them.
        optimizer.load_state_dict(_copied(self.optimizer, _copy_beside))
        RandomState(self.random_state, self.device_random_state).restore(next(model.parameters()).device)

    def on_cpu(self) -> Snapshot:
        """The same snapshot with its tensors on the CPU, for a file; a thread of its own may call it."""
        if all(tensor.device.type == "cpu" for tensor in _tensors((self.weights, self.optimizer))):
            return self
        weights = {key: tensor.cpu() for key, tensor in self.weights.items()}
        return replace(self, weights=weights, optimizer=_copied(self.optimizer, torch.Tensor.cpu))


def _copy_beside(tensor: Tensor) -> Tensor:
    """A copy on the same device."""
    return mapped_copy(tensor) if tensor.device.type == "cpu" else tensor.detach().clone()


def _copied(state: Any, copy: Callable[[Tensor], Tensor]) -> Any:
    """`state` with a copy, made by `copy`, in place of every tensor in it."""
    if isinstance(state, torch.Tensor):
        return copy(state)
    if isinstance(state, dict):
        return {key: _copied(value, copy) for key, value in state.items()}
    if isinstance(state, list | tuple):
        return type(state)(_copied(value, copy) for value in state)
    return state


def _tensors(state: Any) -> Iterator[Tensor]:
    if isinstance(state, torch.Tensor):
        yield state
    elif isinstance(state, dict):
        for value in state.values():
            yield from _tensors(value)
    elif isinstance(state, list | tuple):
        for value in state:
            yield from _tensors(value)

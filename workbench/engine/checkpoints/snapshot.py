"""Snapshot: the full state of a training between two steps, in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

from workbench.engine.history.records import Count, Positive  # noqa: TC001 (`validation` reads the annotations)
from workbench.engine.runtime.mapped_memory import mapped_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

    Its tensors are copies, on the CPU, because those of a state dict are the live weights.

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
        return cls(
            position=position.copy(),
            values=dict(values),
            weights={key: mapped_copy(tensor) for key, tensor in model.state_dict().items()},
            optimizer=_copied(optimizer.state_dict()),
            random_state=torch.get_rng_state(),
            device_random_state=_device_random_state(device),
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
        optimizer.load_state_dict(_copied(self.optimizer))
        torch.set_rng_state(self.random_state)
        if self.device_random_state is not None:
            _set_device_random_state(next(model.parameters()).device, self.device_random_state)


def _device_random_state(device: torch.device) -> Tensor | None:
    if device.type == "cuda":
        return torch.cuda.get_rng_state(device)
    return torch.mps.get_rng_state() if device.type == "mps" else None


def _set_device_random_state(device: torch.device, state: Tensor) -> None:
    # A run recorded on one kind of device can be opened on another, whose generator has another state.
    if device.type == "cuda":
        torch.cuda.set_rng_state(state, device)
    elif device.type == "mps":
        torch.mps.set_rng_state(state)


def _copied(state: Any) -> Any:
    """`state` with a copy of every tensor in it, on the CPU."""
    if isinstance(state, torch.Tensor):
        return mapped_copy(state)
    if isinstance(state, dict):
        return {key: _copied(value) for key, value in state.items()}
    if isinstance(state, list | tuple):
        return type(state)(_copied(value) for value in state)
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

"""Snapshot: the full state of a training between two steps, in memory."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from workbench.engine.hyperparameters import Value


@dataclass(slots=True)
class Position:
    """How far a training has come.

    Attributes:
        step: optimizer updates made.
        epoch: epochs trained to their end (whether or not tested).
        tested: epochs tested.
        batch: batches of the present epoch trained.
        sample: samples of the present epoch trained.
        correct: how many of those were right when they were trained on.
        even: whether the batch size has stayed the same throughout the present epoch.
    """

    step: int = 0
    epoch: int = 0
    tested: int = 0
    batch: int = 0
    sample: int = 0
    correct: int = 0
    even: bool = True

    def copy(self) -> Position:
        """A position that no longer changes with this one."""
        return replace(self)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the next step depends on. Its tensors are copies: a state dict's are the live weights."""

    position: Position
    values: Mapping[str, Value]
    weights: Mapping[str, Tensor]
    optimizer: Mapping[str, Any]
    random_state: Tensor

    @classmethod
    def of(cls, model: nn.Module, optimizer: Optimizer, position: Position, values: Mapping[str, Value]) -> Snapshot:
        """The present state; to be called between steps, in the thread that trains."""
        return cls(
            position=position.copy(),
            values=dict(values),
            weights={key: tensor.detach().clone() for key, tensor in model.state_dict().items()},
            optimizer=copy.deepcopy(optimizer.state_dict()),
            random_state=torch.get_rng_state(),
        )

    def restore(self, model: nn.Module, optimizer: Optimizer) -> None:
        """Put weights, optimizer and random state back; the caller puts back position and values."""
        model.load_state_dict(self.weights)
        # load_state_dict keeps references to the tensors it is given, and training would write into them.
        optimizer.load_state_dict(copy.deepcopy(dict(self.optimizer)))
        torch.set_rng_state(self.random_state)

"""Stand-ins for a network and its optimizer that must not be built: they hold the state of a snapshot, unread.

A run whose network is code that the user has not allowed to run is opened with them: its curves can be seen, its
weights saved, and it cannot train.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch.optim import Optimizer


class HeldWeights(nn.Module):
    """A network without layers whose state dict is the last one that was loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, Any] = {}
        # An optimizer needs a parameter.
        self.none = nn.Parameter(torch.zeros(1))

    def state_dict(self, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override]
        """The tensors that were loaded last; none before."""
        return dict(self.held)

    def load_state_dict(self, state_dict: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        """Hold these tensors."""
        self.held = dict(state_dict)


def hold_state(optimizer: Optimizer) -> None:
    """Let `optimizer` give back the state dict that it loaded last, whatever it holds."""
    held = optimizer.state_dict()

    def state_dict() -> dict[str, Any]:
        return held

    def load_state_dict(state: dict[str, Any]) -> None:
        nonlocal held
        held = state

    for method in (state_dict, load_state_dict):
        setattr(optimizer, method.__name__, method)

"""RandomState: the state of torch's generators that a training draws from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class RandomState:
    """A copy of the state of torch's generators.

    Attributes:
        cpu: of the generator on the CPU.
        device: of the generator of the GPU that is trained on (CUDA or MPS); None on the CPU.
    """

    cpu: Tensor
    device: Tensor | None = None

    @classmethod
    def of(cls, device: torch.device) -> RandomState:
        """The present state, for a training on `device`; of several GPUs, each has a generator of its own."""
        if device.type == "cuda":
            return cls(torch.get_rng_state(), torch.cuda.get_rng_state(device))
        return cls(torch.get_rng_state(), torch.mps.get_rng_state() if device.type == "mps" else None)

    def restore(self, device: torch.device) -> None:
        """Let the generators go on from this state.

        A run that was recorded on another kind of device has no state for this one, whose generator stays as it is.
        """
        torch.set_rng_state(self.cpu)
        if self.device is None:
            return
        if device.type == "cuda":
            torch.cuda.set_rng_state(self.device, device)
        elif device.type == "mps":
            torch.mps.set_rng_state(self.device)

"""RateTensorUpdate: an optimizer's fused update with the learning rate in a tensor, as a CUDA graph needs it."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import torch

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from torch import Tensor
    from torch.optim import Optimizer

FUSED: Final = (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW)
"""The optimizers whose fused update reads its rate from a tensor."""


class RateTensorUpdate:
    """Calls the fused update of `optimizer`, one of `FUSED`, and drops the gradients.

    A number in a captured graph stays what it was at the capture; a tensor is read at every replay. So the learning
    rate, which a schedule changes at every batch, is in a tensor of one float32 on the device. The other settings are
    numbers: `frozen` names them, and a graph is valid only for those it was captured with.

    The optimizer's own settings stay as they are, in memory and in files: they are replaced during a call only.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self._optimizer = optimizer
        self._device = optimizer.param_groups[0]["params"][0].device
        self._rate = torch.zeros((), device=self._device)
        self._written: float | None = None
        self._step = inspect.unwrap(type(optimizer).step)

    def adopt(self) -> None:
        """Take over the state that a file or a snapshot brought: the fused update counts its steps on the device."""
        for state in self._optimizer.state.values():
            if isinstance(step := state.get("step"), torch.Tensor) and step.device != self._device:
                state["step"] = step.to(self._device)

    def prepare(self) -> None:
        """Write the rate in force into the tensor. Call it before each update or replay."""
        rate = self._optimizer.param_groups[0]["lr"]
        if rate != self._written:
            self._rate.fill_(rate)
            self._written = rate

    def frozen(self) -> Hashable:
        """All settings but the rate."""
        return tuple(
            (name, value)
            for group in self._optimizer.param_groups
            for name, value in group.items()
            if name not in ("params", "lr")
        )

    def __call__(self) -> None:
        """Update the parameters from their gradients, and drop these."""
        with torch.no_grad(), self._replaced_settings():
            self._step(self._optimizer)
        for group in self._optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    @contextmanager
    def _replaced_settings(self) -> Iterator[None]:
        groups = self._optimizer.param_groups
        before: list[dict[str, Any]] = [dict(group) for group in groups]
        replaced: dict[str, Tensor | bool] = {"lr": self._rate, "fused": True}
        if self._device.type == "cuda" and torch.cuda.is_current_stream_capturing():
            replaced["capturable"] = True  # Adam asks for it during a capture; its fused update does not use it
        for group in groups:
            group.update(replaced)
        try:
            yield
        finally:
            for group, settings in zip(groups, before, strict=True):
                group.clear()
                group.update(settings)

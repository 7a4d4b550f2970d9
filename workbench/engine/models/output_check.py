"""Checks what a network gives against what the data need."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from workbench.engine.errors import UserError


def check_outputs(outputs: Any, count: int, output_count: int) -> None:
    """Raise where `outputs` are not a row of `output_count` numbers for each of `count` samples.

    Raises:
        UserError: they are not.
    """
    if isinstance(outputs, Tensor) and outputs.shape == (count, output_count) and outputs.is_floating_point():
        return
    if not isinstance(outputs, Tensor):
        raise UserError(
            "The network gives a {kind}, but it must give one tensor of the shape ({count}, {outputs}) for {count} "
            "samples: let forward return the outputs alone.",
            kind=type(outputs).__name__,
            count=count,
            outputs=output_count,
        )
    if not outputs.is_floating_point():
        raise UserError(
            "The network gives numbers of the type {dtype}, with which it cannot be trained: let it give float32 "
            "numbers, and leave out argmax and the like in forward.",
            dtype=str(outputs.dtype).removeprefix("torch."),
        )
    raise UserError(
        "The network gives {found} for {count} samples, but the data need ({count}, {outputs}): let it end with "
        "{outputs} outputs (a parameter called output_count follows from the data).",
        found=f"the shape {tuple(outputs.shape)}",
        count=count,
        outputs=output_count,
    )

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
    found = f"the shape {tuple(outputs.shape)}" if isinstance(outputs, Tensor) else f"a {type(outputs).__name__}"
    raise UserError(
        "The network gives {found} for {count} samples, but the data need ({count}, {outputs}): let it end with "
        "{outputs} outputs (a parameter called output_count follows from the data).",
        found=found,
        count=count,
        outputs=output_count,
    )

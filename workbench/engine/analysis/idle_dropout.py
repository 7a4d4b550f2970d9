"""Dropout that drops nothing: it gives its very input back, where the layers after it count on a tensor of its own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch.utils.hooks import RemovableHandle


def dropouts(model: nn.Module) -> list[nn.modules.dropout._DropoutNd]:
    """All dropouts of a network, by the base of all of torch's."""
    return [each for each in model.modules() if isinstance(each, nn.modules.dropout._DropoutNd)]  # noqa: SLF001


def copy_what_passes(model: nn.Module) -> list[RemovableHandle]:
    """Let every dropout give a copy where it drops nothing.

    Without it, a layer after it that works in place, such as `ReLU(inplace=True)`, overwrites what the layer before it
    needs for its gradient: a network that trains would fail in evaluation mode and with a dropout of 0.
    """
    return [each.register_forward_hook(_copied) for each in dropouts(model)]


@contextmanager
def passing_copies(model: nn.Module) -> Iterator[None]:
    """Let every dropout give a copy where it drops nothing, in this context."""
    handles = copy_what_passes(model)
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _copied(_: nn.Module, inputs: tuple[object, ...], output: object) -> object:
    is_same = bool(inputs) and output is inputs[0]
    return output.clone() if is_same and isinstance(output, Tensor) else output

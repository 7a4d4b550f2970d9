"""Copies of tensors in memory of their own, which the system has back as soon as they are dropped."""

from __future__ import annotations

import math
import mmap
import sys
from typing import TYPE_CHECKING, Final

import torch

if TYPE_CHECKING:
    from torch import Tensor

SMALLEST: Final = 1 << 16
"""Bytes: smaller tensors share memory with others, because the system gives whole pages."""


def mapped_copy(tensor: Tensor) -> Tensor:
    """A copy of `tensor` on the CPU, without its gradient.

    On Linux a large one gets pages of its own. malloc keeps what is freed between two blocks that are in use: with
    snapshots that were evicted here and there, the process took twice the memory of those that were left. (mallopt(3),
    M_MMAP_THRESHOLD: the size from which malloc itself uses pages grows with the first large block that is freed. A
    fixed threshold would serve here, but training would then fetch new pages for its gradients at every step.)
    """
    source = tensor.detach()
    if sys.platform != "linux" or source.nbytes < SMALLEST or not source.is_contiguous():
        return source.to("cpu", copy=True)
    # All pages at once: one by one, at the first access, they cost more.
    pages = mmap.mmap(-1, source.nbytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
    # The tensor keeps the pages; they go back to the system with the last tensor that uses them.
    flat = torch.frombuffer(pages, dtype=source.dtype, count=math.prod(source.shape))
    return flat.view(source.shape).copy_(source)

"""Images as the networks get them: float32 in 0..1. Bytes are converted when they are needed, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

if TYPE_CHECKING:
    from torch import Tensor

CHUNK: Final = 1024
"""Images converted at a time: converting 60,000 so takes 10 to 18 ms, half a percent of an epoch; 64 at a time took
twice as long."""

ALIGNMENT: Final = 64
"""Bytes: the address of each batch is a multiple of it, as that of a new tensor of torch's is.

The kernels that multiply matrices add in another order where the address is not a multiple of 16. Where a batch lies in
its chunk depends on where the reading began: without this, a run that was resumed or travelled in the middle of an
epoch computed other last bits than one that was not, with samples of an odd size in batches of an odd size.
"""


class UnitFloats:
    """Reads batches of images as float32 in 0..1, with the bits that torchvision's ToTensor gives.

    As bytes, a data set takes a quarter of the memory.

    Args:
        images: (N, 1, H, W), uint8 in 0..255 or float32.
        order: int64 indices, the images that are read, in their order; None for all in their own.
    """

    def __init__(self, images: Tensor, order: Tensor | None = None) -> None:
        self._images = images
        self._order = order
        self._count = len(images) if order is None else len(order)
        # A tensor, not the number 255: by a number, CUDA multiplies with its reciprocal, and the last bits differ.
        self._divisor = torch.full((), 255.0, device=images.device)
        # The images from `_start` to `_stop` of the order are in `_floats`.
        self._floats = torch.empty(0)
        self._start = self._stop = 0

    def batch(self, start: int, stop: int) -> Tensor:
        """The images from `start` to `stop` of the order: (M, 1, H, W) float32; fewer at the end.

        Where the images are bytes, the next call may overwrite the returned tensor.
        """
        if self._images.dtype is not torch.uint8:
            return _aligned(self._selected(start, stop))
        stop = min(stop, self._count)
        if not self._start <= start < stop <= self._stop:
            self._convert(start, min(max(stop, start + CHUNK), self._count))
        return _aligned(self._floats[start - self._start : stop - self._start])

    def _convert(self, start: int, stop: int) -> None:
        chunk = self._selected(start, stop)
        if len(self._floats) < len(chunk):
            self._floats = torch.empty(chunk.shape, dtype=torch.float32, device=chunk.device)
        # ToTensor's own operations. Into memory that is there: a new tensor for each chunk took 10 times as long.
        self._floats[: len(chunk)].copy_(chunk).div_(self._divisor)
        self._start, self._stop = start, stop

    def _selected(self, start: int, stop: int) -> Tensor:
        if self._order is None:
            return self._images[start:stop]
        return self._images.index_select(0, self._order[start:stop])


def _aligned(batch: Tensor) -> Tensor:
    return batch if batch.data_ptr() % ALIGNMENT == 0 else batch.clone()


def has_exact_bytes(device: torch.device) -> bool:
    """Whether each of the 256 bytes becomes the same float32 on `device` as on the CPU."""
    levels = torch.arange(256, dtype=torch.uint8).reshape(256, 1)
    there = UnitFloats(levels.to(device)).batch(0, 256).cpu()
    return torch.equal(there, UnitFloats(levels).batch(0, 256))

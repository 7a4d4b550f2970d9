"""Augmentation: flips, shifts and rotates the images of a batch at random, the same way each time.

How an image is changed depends on the seed, the epoch and its place in the data set alone, not on the batch it is in:
the random numbers are a hash of these (a counter-based generator: Salmon and others, "Parallel random numbers: as easy
as 1, 2, 3", 2011; here the output function of SplitMix64, Steele and others, 2014). So a run that is repeated, resumed
or gets another batch size sees the same images, on every device.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Final

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor

_STEP: Final = 0x9E3779B97F4A7C15
_FIRST_FACTOR: Final = 0xBF58476D1CE4E5B9
_SECOND_FACTOR: Final = 0x94D049BB133111EB
"""The constants of SplitMix64."""
BITS: Final = 24
"""Of a random number."""
ANGLES: Final = 1024
"""Different angles. Their sines come from a table: a vectorised sine has other bits at the end of a batch."""
_FLIP, _COLUMNS, _ROWS, _ANGLE = range(4)
"""What a random number is for."""
_PURPOSES: Final = 4


class Augmentation:
    """What is done to training images before the network sees them.

    Args:
        seed: of the run.

    Attributes:
        flip: whether half of the images are flipped horizontally.
        shift: the most pixels by which an image is moved, in each direction; what comes in is black.
        rotation: the most degrees by which it is turned about its centre, to either side; bilinear, corners black.
    """

    def __init__(self, seed: int, *, flip: bool = False, shift: int = 0, rotation: float = 0.0) -> None:
        self._seed = seed
        self._key: tuple[int, int] | None = None
        self._turns: tuple[tuple[float, torch.device], Tensor] | None = None
        self.flip = flip
        self.shift = shift
        self.rotation = rotation

    @property
    def is_on(self) -> bool:
        """Whether it changes anything."""
        return self.flip or self.shift > 0 or self.rotation > 0

    def apply(self, images: Tensor, epoch: int, places: Tensor) -> Tensor:
        """The changed images: flipped, then turned, then moved.

        Args:
            images: (N, C, H, W) float32.
            epoch: counted from 0.
            places: of the images in the data set, (N,) int64, on the same device.
        """
        flipped = (self._random(epoch, places, _FLIP) & 1).bool() if self.flip else None
        if self.rotation > 0:
            return self._turned(images, epoch, places, flipped)
        if self.shift > 0:
            return self._moved(images, epoch, places, flipped)
        return images if flipped is None else torch.where(flipped.view(-1, 1, 1, 1), images.flip(3), images)

    def _moved(self, images: Tensor, epoch: int, places: Tensor, flipped: Tensor | None) -> Tensor:
        """Whole pixels are moved, which keeps their values."""
        count, channels, height, width = images.shape
        rows, columns = self._sources(epoch, places, height, width)
        inside = ((rows >= 0) & (rows < height)).unsqueeze(2) & ((columns >= 0) & (columns < width)).unsqueeze(1)
        if flipped is not None:
            columns = torch.where(flipped.view(-1, 1), width - 1 - columns, columns)
        index = rows.clamp(0, height - 1).unsqueeze(2) * width + columns.clamp(0, width - 1).unsqueeze(1)
        index = index.view(count, 1, height * width).expand(count, channels, height * width)
        moved = images.flatten(2).gather(2, index).view_as(images)
        return moved * inside.unsqueeze(1)

    def _turned(self, images: Tensor, epoch: int, places: Tensor, flipped: Tensor | None) -> Tensor:
        """For each pixel, where it comes from in the image before; see `affine_grid` of torch."""
        count, _, height, width = images.shape
        rows, columns = self._sources(epoch, places, height, width)
        y = (rows - (height - 1) / 2).view(count, height, 1)
        x = (columns - (width - 1) / 2).view(count, 1, width)
        turns = self._table(images.device)[self._random(epoch, places, _ANGLE) >> (BITS - ANGLES.bit_length() + 1)]
        cosine, sine = turns[:, 0].view(-1, 1, 1), turns[:, 1].view(-1, 1, 1)
        # Single sums and products, whose bits do not depend on the batch, as those of a product of matrices may.
        from_x, from_y = cosine * x + sine * y, cosine * y - sine * x
        if flipped is not None:
            from_x = torch.where(flipped.view(-1, 1, 1), -from_x, from_x)
        grid = torch.stack((from_x * (2 / width), from_y * (2 / height)), dim=3)
        return functional.grid_sample(images, grid, mode="bilinear", padding_mode="zeros", align_corners=False)

    def _sources(self, epoch: int, places: Tensor, height: int, width: int) -> tuple[Tensor, Tensor]:
        """The rows (N, H) and columns (N, W) that a moved image is made of, int64; some lie outside."""
        rows = torch.arange(height, device=places.device) - self._distance(epoch, places, _ROWS).unsqueeze(1)
        columns = torch.arange(width, device=places.device) - self._distance(epoch, places, _COLUMNS).unsqueeze(1)
        return rows, columns

    def _distance(self, epoch: int, places: Tensor, purpose: int) -> Tensor:
        """From -shift to shift, all equally likely."""
        return (self._random(epoch, places, purpose) * (2 * self.shift + 1) >> BITS) - self.shift

    def _table(self, device: torch.device) -> Tensor:
        """Cosine and sine of the angles, evenly spaced from -rotation to rotation: (ANGLES, 2) float32."""
        key = self.rotation, device
        if self._turns is None or self._turns[0] != key:
            shares = (2 * number / (ANGLES - 1) - 1 for number in range(ANGLES))
            angles = [math.radians(self.rotation) * share for share in shares]
            self._turns = key, torch.tensor([(math.cos(each), math.sin(each)) for each in angles], device=device)
        return self._turns[1]

    def _random(self, epoch: int, places: Tensor, purpose: int) -> Tensor:
        """A random number of `BITS` bits for each place, int64."""
        if self._key is None or self._key[0] != epoch:
            digest = hashlib.sha256(f"augmentation of seed {self._seed}, epoch {epoch}".encode()).digest()
            self._key = epoch, int.from_bytes(digest[:8])
        # Whole numbers of 64 bits that wrap around; torch has only signed ones.
        mixed = (places * _PURPOSES + purpose + 1) * _signed(_STEP) + _signed(self._key[1])
        mixed = (mixed ^ _shifted(mixed, 30)) * _signed(_FIRST_FACTOR)
        mixed = (mixed ^ _shifted(mixed, 27)) * _signed(_SECOND_FACTOR)
        return _shifted(mixed ^ _shifted(mixed, 31), 64 - BITS)


def _signed(number: int) -> int:
    """The signed number with the 64 bits of `number`."""
    return number - (1 << 64) if number >> 63 else number


def _shifted(numbers: Tensor, count: int) -> Tensor:
    """`numbers` shifted to the right as unsigned ones."""
    return (numbers >> count) & ((1 << (64 - count)) - 1)

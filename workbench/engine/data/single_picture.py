"""One picture from anywhere, brought into the form of the images of a data set."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import read_whole

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE: Final = 1 << 26
MOST_PIXELS: Final = 1 << 25
"""Of a picture without compression: 128 MiB."""
MIDDLE: Final = 128
"""A ground of this value or above is light."""


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A picture without compression.

    Attributes:
        content: red, green, blue and opacity of each pixel, row by row; empty where there are more than `MOST_PIXELS`.
        height: in pixels.
        width: in pixels.
    """

    content: bytes
    height: int
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class FittedPicture:
    """A picture in the form of a data set.

    Attributes:
        pixels: (C, H, W) uint8.
        size: the (height, width) it had.
        is_cut: whether its sides were cut off, for the proportions.
        was_coloured: whether its colours were lost.
        is_inverted: whether light and dark were exchanged.
    """

    pixels: np.ndarray
    size: tuple[int, int]
    is_cut: bool
    was_coloured: bool
    is_inverted: bool


def fitted_picture(
    source: Path | bytes | RawPicture, shape: tuple[int, int, int], *, is_ground_light: bool
) -> FittedPicture:
    """The picture in `source` as an image of `shape`, as `own_files/pictures.py` makes it.

    Where the images are grey with a light ground, a picture on a dark ground is inverted; and the other way round.

    Args:
        source: a file, the content of one, or pixels.
        shape: (C, H, W) of the images.
        is_ground_light: whether the edges of the images are light.

    Raises:
        UserError: the file cannot be read, or is no picture.
    """
    from workbench.engine.data.own_files import pictures

    channels, height, width = shape
    colour = "rgb" if channels == 3 else "grey"
    if isinstance(source, RawPicture):
        content = _as_png(source)
    else:
        content = source if isinstance(source, bytes) else read_whole(source, LARGEST_FILE)
    try:
        size, is_grey = pictures.size_and_colour(io.BytesIO(content))
        found = pictures.pixels(io.BytesIO(content), (height, width), colour)
    except pictures.NoPictureError as error:
        raise UserError(
            "This is no picture that can be read ({reason}): use a PNG, JPEG, BMP, GIF, WebP or TIFF file.",
            reason=error,
        ) from error
    is_inverted = colour == "grey" and (ground_of(found[None]) >= MIDDLE) != is_ground_light
    if is_inverted:
        found = 255 - found
    if channels not in (1, 3):
        found = np.repeat(found, channels, axis=0)
    is_cut = size[0] * width != size[1] * height
    return FittedPicture(found, size, is_cut, colour == "grey" and not is_grey, is_inverted)


def ground_of(images: np.ndarray) -> float:
    """The median of the pixels at the edges of `images` (N, C, H, W), in 0..255: of float32, 1 is 255."""
    if not images.size:
        return 0.0
    rows = images[:, :, (0, -1), :].reshape(-1)
    columns = images[:, :, :, (0, -1)].reshape(-1)
    middle = float(np.median(np.concatenate([rows, columns])))
    return 255.0 * middle if images.dtype.kind == "f" else middle


def as_bytes(image: np.ndarray) -> np.ndarray:
    """An image as uint8: float32 in 0..1 is rounded to the next of 256 levels."""
    if image.dtype == np.uint8:
        return image.copy()
    rounded: np.ndarray = np.rint(np.nan_to_num(image) * 255.0).clip(0, 255).astype(np.uint8)
    return rounded


def centred(image: np.ndarray, ground: int) -> np.ndarray:
    """`image` (C, H, W) uint8 moved by whole pixels until its centre of mass is in the middle, as in MNIST.

    The mass of a pixel is its distance from `ground`, which also fills what becomes free. Source: LeCun, Cortes and
    Burges, "The MNIST database of handwritten digits".
    """
    mass = np.abs(image.astype(np.float64) - ground).sum(axis=0)
    if not mass.any():
        return image
    moved = np.full_like(image, ground)
    places = []
    for axis in (0, 1):
        count = mass.shape[axis]
        centre = float((mass.sum(axis=1 - axis) * np.arange(count)).sum() / mass.sum())
        shift = round((count - 1) / 2 - centre)
        places.append((slice(max(0, shift), count + min(0, shift)), slice(max(0, -shift), count - max(0, shift))))
    (down_to, down_from), (across_to, across_from) = places
    moved[:, down_to, across_to] = image[:, down_from, across_from]
    return moved


def _as_png(picture: RawPicture) -> bytes:
    """Without compression: so the reader of files reads it, with its bounds."""
    from PIL import Image

    if picture.height * picture.width > MOST_PIXELS:
        raise UserError(
            "The picture has {width:,} × {height:,} pixels, which is too large: make it smaller, then copy it again.",
            width=picture.width,
            height=picture.height,
        )
    if len(picture.content) != 4 * picture.height * picture.width:
        raise UserError("The picture is damaged: copy it again.")
    file = io.BytesIO()
    image = Image.frombytes("RGBA", (picture.width, picture.height), picture.content)
    image.save(file, "PNG", compress_level=0)
    return file.getvalue()

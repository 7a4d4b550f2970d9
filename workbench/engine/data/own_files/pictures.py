"""Pictures of any size and mode, as arrays of bytes of one size and colour."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageOps

from workbench.engine.data.large_arrays import allocated

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image as Picture

FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "PPM", "TIFF")
MOST_PIXELS: Final = 1 << 25
"""Of a picture: as RGB it takes 100 MB."""
WITH_EXIF: Final = frozenset(("JPEG", "MPO", "TIFF", "WEBP"))
"""Formats whose header may say that the picture is turned; for PNG Pillow would read all of it."""
GREY_MODES: Final = frozenset(("1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "I;16N", "F"))
DEEP_MODES: Final = frozenset(("I", "I;16", "I;16B", "I;16L", "I;16N"))

# Pillow warns of pictures that are too large; `MOST_PIXELS` refuses them.
Image.MAX_IMAGE_PIXELS = None


class NoPictureError(Exception):
    """The file holds no picture that can be read; the text says why, as part of a sentence."""


def size_and_colour(source: Path | IO[bytes]) -> tuple[tuple[int, int], bool]:
    """The (height, width) of the picture in `source` as it is looked at, and whether it is grey; from its header alone.

    Raises:
        NoPictureError: it is no picture.
    """
    with _opened(source) as picture:
        width, height = picture.size
        if picture.format in WITH_EXIF and picture.getexif().get(0x0112) in (
            5,
            6,
            7,
            8,
        ):  # turned by a quarter (Exif, tag Orientation)
            width, height = height, width
        return (height, width), _is_grey(picture)


def pixels(source: Path | IO[bytes], size: tuple[int, int], colour: str) -> np.ndarray:
    """The picture in `source` in `colour`, brought to (height, width) `size`: (C, H, W) uint8.

    The middle is cut out in the new proportions, and then resized. What is transparent becomes white.

    Raises:
        NoPictureError: it is no picture, or a damaged one.
    """
    with _opened(source) as picture:
        try:
            picture.load()
            return _array(_fitted(_in_mode(ImageOps.exif_transpose(picture), colour), size))
        except Exception as error:  # Pillow's readers raise many types for damaged files
            raise NoPictureError(str(error)[:80] or type(error).__name__) from error


def brought_to(images: np.ndarray, size: int, colour: str) -> np.ndarray:
    """Images (N, C, H, W) uint8 in `colour`, each brought to height and width `size` as `pixels` does."""
    channels = 1 if colour == "grey" else 3
    if images.shape[1:] == (channels, size, size):
        return images
    result = allocated((len(images), channels, size, size), np.uint8)
    for place, image in enumerate(images):
        picture = Image.fromarray(image[0] if len(image) == 1 else np.ascontiguousarray(np.moveaxis(image, 0, -1)))
        result[place] = _array(_fitted(_in_mode(picture, colour), (size, size)))
    return result


def _opened(source: Path | IO[bytes]) -> Picture:
    try:
        picture = Image.open(source, formats=FORMATS)
    except Exception as error:  # as above
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no picture"
        raise NoPictureError(reason) from error
    if picture.size[0] * picture.size[1] > MOST_PIXELS or 0 in picture.size:
        picture.close()
        raise NoPictureError(f"it has {picture.size[0]:,} × {picture.size[1]:,} pixels")
    return picture


def _is_grey(picture: Picture) -> bool:
    if picture.mode == "P" and picture.palette is not None:
        colours = np.frombuffer(bytes(picture.palette.palette), np.uint8)
        colours = colours[: len(colours) // 3 * 3].reshape(-1, 3) if picture.palette.mode == "RGB" else colours[:0]
        return len(colours) > 0 and bool(np.all(colours == colours[:, :1]))
    return picture.mode in GREY_MODES


def _in_mode(picture: Picture, colour: str) -> Picture:
    """The picture as L or RGB."""
    if picture.mode in DEEP_MODES or picture.mode == "F":
        picture = Image.fromarray(_to_bytes(np.asarray(picture)))
    if picture.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(white, layer).convert("RGB")
    if colour == "grey" and picture.mode not in ("1", "L"):
        return picture.convert("RGB").convert("L")
    return picture.convert("L" if colour == "grey" else "RGB")


def _to_bytes(values: np.ndarray) -> np.ndarray:
    """Pixels of 16 bits, or of float32 in 0..1 or 0..255, as bytes."""
    numbers = np.nan_to_num(values.astype(np.float64))
    if values.dtype.kind == "f":
        scale = 255.0 if numbers.max(initial=0.0) <= 1.0 else 1.0
    else:
        scale = 1.0 if numbers.max(initial=0.0) <= 255 and values.dtype.itemsize == 4 else 255.0 / 65535.0
    scaled: np.ndarray = np.rint(numbers * scale).clip(0, 255).astype(np.uint8)
    return scaled


def _fitted(picture: Picture, size: tuple[int, int]) -> Picture:
    height, width = size
    if picture.size == (width, height):
        return picture
    return ImageOps.fit(picture, (width, height), Image.Resampling.BILINEAR)


def _array(picture: Picture) -> np.ndarray:
    array = np.asarray(picture, dtype=np.uint8)
    return array[None] if array.ndim == 2 else np.moveaxis(array, -1, 0)

"""Arrays as inputs of a network: which are images and which are vectors, and in which range their numbers are."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.data.large_arrays import allocated
from workbench.engine.data.own_files.pictures import brought_to
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.engine.data.own_files.description import Findings

PIECE: Final = 1 << 22
"""Numbers looked at or converted at a time."""
CHANNELS: Final = (1, 3, 4)
SMALLEST_SIDE: Final = 16
"""Of a grey image that is a row of bytes; shorter rows are vectors."""


def inputs_of(arrays: Sequence[np.ndarray], names: Sequence[str], findings: Findings) -> list[np.ndarray]:
    """The arrays of one data set, the training samples first, as `Part` has inputs.

    Args:
        arrays: (N,), (N, F), (N, H, W), (N, H, W, C) or (N, C, H, W), numbers.
        names: of the arrays, for sentences.
        findings: gets what is understood, and the size and colour of images.

    Raises:
        UserError: they are neither images nor vectors, not alike, or hold what is no number.
    """
    for array, name in zip(arrays, names, strict=True):
        _check(array, name, arrays[0], names[0], findings.source.path)
    array = arrays[0]
    if array.ndim >= 3:
        return _images([_channels_first(each, findings.source.path) for each in arrays], findings)
    side = _side(array.shape[1]) if array.ndim == 2 and array.dtype == np.uint8 else None
    if side is not None:
        findings.notes.append(
            UserError("The rows of bytes are the pixels of grey images of {side} × {side}.", side=side)
        )
        return _images([each.reshape(-1, 1, side, side) for each in arrays], findings)
    is_copied = findings.source.standardise
    return [_as_floats(each if each.ndim == 2 else each[:, None], 1.0, copy=is_copied) for each in arrays]


def _check(array: np.ndarray, name: str, first: np.ndarray, first_name: str, path: str) -> None:
    if array.dtype.kind not in "biuf" or array.ndim not in (1, 2, 3, 4) or 0 in array.shape[1:]:
        raise UserError(
            "{name} in {path} has the shape {shape} and the type {dtype}: give numbers as (samples, features), "
            "(samples, height, width) or (samples, height, width, channels).",
            name=name,
            path=path,
            shape=str(array.shape)[:40],
            dtype=str(array.dtype)[:20],
        )
    if array.shape[1:] != first.shape[1:]:
        raise UserError(
            "{first} and {name} in {path} have samples of other shapes ({one} and {other}): bring them to one.",
            first=first_name,
            name=name,
            path=path,
            one=str(first.shape[1:])[:40],
            other=str(array.shape[1:])[:40],
        )
    if array.dtype.kind != "f":
        return
    for start, rows in _pieces(array):
        good = np.isfinite(rows.reshape(len(rows), -1)).all(axis=1)
        if not good.all():
            raise UserError(
                "Sample {number:,} of {name} in {path} holds a NaN or an infinite number: correct it, or leave it out.",
                number=start + int(np.argmin(good)),
                name=name,
                path=path,
            )


def _pieces(array: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    step = max(1, PIECE // max(1, math.prod(array.shape[1:])))
    return ((start, array[start : start + step]) for start in range(0, len(array), step))


def _side(count: int) -> int | None:
    side = math.isqrt(count)
    return side if side * side == count and side >= SMALLEST_SIDE else None


def _channels_first(array: np.ndarray, path: str) -> np.ndarray:
    """A view (N, C, H, W) with one or three channels; transparency is left out."""
    if array.ndim == 3:
        return array[:, None]
    if array.shape[3] in CHANNELS:
        array = np.moveaxis(array, 3, 1)
    elif array.shape[1] not in CHANNELS:
        raise UserError(
            "The images in {path} have the shape {shape}: give one channel or three, as (height, width, channels) or "
            "(channels, height, width).",
            path=path,
            shape=str(array.shape[1:]),
        )
    return array[:, :3] if array.shape[1] == 4 else array


def _images(arrays: list[np.ndarray], findings: Findings) -> list[np.ndarray]:
    source = findings.source
    divisor, is_bytes = _scale(arrays, findings)
    size, colour = source.image_size, source.colour
    channels, height, width = arrays[0].shape[1:]
    own_colour = "grey" if channels == 1 else "rgb"
    findings.source = replace(
        source, colour=colour or own_colour, image_size=size or (height if height == width else None)
    )
    is_resized = (size is not None and (height, width) != (size, size)) or colour not in (None, own_colour)
    if not is_bytes and not is_resized:
        return [_as_floats(array, divisor, copy=False) for array in arrays]
    images = [_as_bytes(array, divisor) for array in arrays]
    if is_resized:
        return [brought_to(each, size or min(height, width), colour or own_colour) for each in images]
    return images


def _scale(arrays: list[np.ndarray], findings: Findings) -> tuple[float, bool]:
    """What the numbers are divided by to be in 0..1, and whether bytes hold them without loss."""
    kind = arrays[0].dtype
    if all(array.dtype == np.uint8 for array in arrays):
        return 255.0, True
    if all(array.dtype == np.bool_ for array in arrays):
        return 1.0, True
    lowest = min(float(rows.min()) for array in arrays for _, rows in _pieces(array))
    highest = max(float(rows.max()) for array in arrays for _, rows in _pieces(array))
    if lowest >= 0 and highest <= 1 and kind.kind == "f":
        return 1.0, False
    if lowest >= 0 and highest <= 255:
        is_whole = kind.kind != "f" or all(
            bool((rows == np.floor(rows)).all()) for array in arrays for _, rows in _pieces(array)
        )
        return 255.0, is_whole
    if lowest >= 0 and highest <= 65535 and kind.kind != "f":
        return 65535.0, True
    raise UserError(
        "The images in {path} have numbers from {lowest:g} to {highest:g}: give numbers from 0 to 1, or from 0 to 255. "
        "What is no image needs the shape (samples, numbers).",
        path=findings.source.path,
        lowest=lowest,
        highest=highest,
    )


def _as_bytes(array: np.ndarray, divisor: float) -> np.ndarray:
    """The images as contiguous bytes; the same memory where they are already."""
    if array.dtype == np.uint8 and array.flags.c_contiguous:
        return array
    result = allocated(array.shape, np.uint8)
    for start, rows in _pieces(array):
        is_exact = divisor == 255.0
        result[start : start + len(rows)] = rows if is_exact else np.rint(rows * (255.0 / divisor)).clip(0, 255)
    return result


def _as_floats(array: np.ndarray, divisor: float, *, copy: bool) -> np.ndarray:
    """The numbers as contiguous float32, divided by `divisor`; the same memory where they are and need no copy."""
    if array.dtype == np.float32 and array.flags.c_contiguous and divisor == 1.0 and not copy:
        return array
    result = allocated(array.shape, np.float32)
    for start, rows in _pieces(array):
        result[start : start + len(rows)] = rows if divisor == 1.0 else rows / divisor
    return result

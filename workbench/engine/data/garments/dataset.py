"""The built-in offline data set: ten classes of garments, drawn by the program.

It stands in for Fashion-MNIST where that cannot be had: the same labels, the same 28 x 28 grey pixels, a light garment
on black. Each garment is drawn with Pillow in four times the size, then photographed: moved, reduced, given a cloth,
light and noise, all in numpy. Every number comes from one PCG64 stream, points are rounded to integers before Pillow
sees them, sums are of integers and the rest is plain float32 arithmetic, so that the same set should appear on every
machine.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, fields
from typing import IO, TYPE_CHECKING

import numpy as np

from workbench.engine.data.garments.canvas import FINE, MARGIN, SIDE
from workbench.engine.data.garments.drawings import DRAWERS, drawings
from workbench.engine.data.garments.random_stream import Chance
from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Progress = Callable[[int, int], None]
    Pixels = NDArray[np.uint8]
    Floats = NDArray[np.float32]

CLASS_NAMES: tuple[str, ...] = tuple(DRAWERS)
TRAIN_COUNT = 12_000
TEST_COUNT = 2_000
CACHE_NAME = "garments-v1.npz"  # a change to any drawing needs a new version, or old caches would live on

_SEED = 28
_CHUNK = 200  # images between two reports of progress; a chunk fits a processor's cache

# How often a class is plain, striped across, striped down, checked, knitted, flowered, in two blocks of colour.
_PATTERNS = {
    "T-shirt/top": (45, 20, 4, 3, 10, 10, 8),
    "Trouser": (60, 0, 8, 6, 20, 3, 3),
    "Pullover": (35, 20, 2, 3, 28, 4, 8),
    "Dress": (45, 10, 5, 7, 8, 20, 5),
    "Coat": (55, 2, 4, 10, 20, 4, 5),
    "Sandal": (80, 5, 5, 0, 10, 0, 0),
    "Shirt": (34, 5, 14, 27, 6, 12, 2),
    "Sneaker": (60, 2, 2, 4, 24, 4, 4),
    "Bag": (50, 6, 6, 8, 12, 10, 8),
    "Ankle boot": (72, 0, 2, 2, 18, 2, 4),
}
_SHOES = frozenset({"Sandal", "Sneaker", "Ankle boot"})


@dataclass(frozen=True)
class Garments:
    """The whole set: images (N, 28, 28), classes balanced and in mixed order."""

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.int64]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.int64]

    def fingerprint(self) -> bytes:
        """The SHA-256 of all four arrays, the labels as little-endian."""
        digest = hashlib.sha256()
        for images, labels in ((self.train_images, self.train_labels), (self.test_images, self.test_labels)):
            digest.update(images.tobytes())
            digest.update(labels.astype("<i8").tobytes())
        return digest.digest()


def load_garments(cache_folder: Path, progress: Progress | None = None) -> Garments:
    """The set from its cache in `cache_folder`; where that is missing or damaged, drawn and cached anew.

    A folder that cannot be written to costs the cache, not the set.

    Args:
        cache_folder: made if it is missing.
        progress: as in `draw_garments`; not called when the cache serves.
    """
    path = cache_folder / CACHE_NAME
    cached = _read(path)
    if cached is not None:
        return cached
    garments = draw_garments(progress)
    with contextlib.suppress(OSError):
        cache_folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: _write(file, garments))
    return garments


def draw_garments(progress: Progress | None = None) -> Garments:
    """Draw the whole set, the same on every call.

    Args:
        progress: called with how many images are done and how many there will be; what it raises ends the drawing.
    """
    chance, done, total = Chance(_SEED), 0, TRAIN_COUNT + TEST_COUNT
    halves: list[tuple[Pixels, NDArray[np.int64]]] = []
    for count in (TRAIN_COUNT, TEST_COUNT):
        share = count // len(CLASS_NAMES)
        images = np.empty((count, SIDE, SIDE), np.uint8)
        labels = np.repeat(np.arange(len(CLASS_NAMES), dtype=np.int64), share)
        for start in range(0, count, _CHUNK):
            if progress is not None:
                progress(done, total)
            name = CLASS_NAMES[labels[start]]
            images[start : start + _CHUNK] = _photographs(drawings(name, _CHUNK, chance), name, chance)
            done += _CHUNK
        order = chance.order(count)
        halves.append((images[order], labels[order]))
    if progress is not None:
        progress(total, total)
    return Garments(*halves[0], *halves[1])


def _photographs(drawn: Pixels, class_name: str, chance: Chance) -> Pixels:
    """Pictures (N, 28, 28) of drawings (N, CANVAS, CANVAS): moved, reduced, coloured and lit."""
    count = len(drawn)
    fine = _moved(drawn, class_name, chance)
    odd = fine & 1
    cloth, detail = _reduced(fine * odd), _reduced(fine * (1 - odd))
    cover = _reduced((fine > 0).view(np.uint8)) / np.float32(FINE * FINE)
    one, other = chance.many(2, count, 1, 1)
    tone = np.float32(0.4) + np.float32(0.5) * np.maximum(one, other)  # more light garments than dark ones
    picture = cloth * _pattern(count, class_name, chance) * tone
    # A detail takes on only part of the garment's tone, so that a dark print shows on a dark shirt as well.
    picture += detail * (np.float32(0.34) + np.float32(0.3) * tone)
    picture *= _light(cover, chance) * np.float32(0.096)  # from sums over 16 fine pixels to at most about 255
    picture += (chance.many(count, SIDE, SIDE) - np.float32(0.5)) * np.float32(16) * cover
    pixels: Pixels = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    return pixels


def _moved(drawn: Pixels, class_name: str, chance: Chance) -> Pixels:
    """The middle of each drawing, or what lies a few fine pixels beside it; of all but shoes half are mirrored."""
    size, count = SIDE * FINE, len(drawn)
    # The sum of two numbers: most garments stay near the middle.
    offsets = (chance.many(2, count, 2).sum(0) * np.float32(MARGIN * FINE + 0.5)).astype(np.int64).tolist()
    moved = np.empty((count, size, size), np.uint8)
    for index, (y, x) in enumerate(offsets):
        moved[index] = drawn[index, y : y + size, x : x + size]
    if class_name not in _SHOES:
        mirrored = chance.many(count) < 0.5
        moved[mirrored] = moved[mirrored, :, ::-1]
    return moved


def _reduced(fine: Pixels) -> Floats:
    """The sums (N, 28, 28) over squares of fine pixels: of integers, so that no order of adding matters."""
    # Slice by slice, which takes a sixth of the time of `.sum(axis)` over these short axes.
    parts = fine.reshape(len(fine), SIDE, FINE, SIDE * FINE)
    rows = parts[:, :, 0].astype(np.uint16)
    for index in range(1, FINE):
        rows += parts[:, :, index]
    strips = rows.reshape(len(fine), SIDE, SIDE, FINE)
    squares = strips[..., 0].copy()
    for index in range(1, FINE):
        squares += strips[..., index]
    return squares.astype(np.float32)


def _pattern(count: int, class_name: str, chance: Chance) -> Floats:
    """Factors (N, 28, 28) for the cloth: 1 where it has its full tone, less where a pattern darkens it."""
    shares = np.cumsum(_PATTERNS[class_name])
    kinds = np.searchsorted(shares, chance.many(count) * shares[-1], side="right")[:, None, None]
    width = 1 + (chance.many(count, 1, 1) * 3).astype(np.int64)
    phase = (chance.many(count, 1, 1) * 8).astype(np.int64)
    rows, columns = np.arange(SIDE)[None, :, None], np.arange(SIDE)[None, None, :]
    across, down = (rows + phase) // width % 2, (columns + phase) // width % 2
    noise = chance.many(count, SIDE, SIDE)
    soft = noise + np.roll(noise, 1, 1) + np.roll(noise, 1, 2) + np.roll(noise, (1, 1), (1, 2))
    patterns = [across, down, (across + down) / 2, noise * np.float32(0.6), soft > 2.1, rows < 9 + phase]
    dark = np.select([kinds == kind for kind in range(1, 7)], patterns, 0.0)
    contrast = np.float32(0.2) + np.float32(0.4) * chance.many(count, 1, 1)
    factors: Floats = (1 - dark * contrast).astype(np.float32)
    return factors


def _light(cover: Floats, chance: Chance) -> Floats:
    """Factors (N, 28, 28): edges turn away from the light, one side is nearer to it, folds run down the cloth."""
    count = len(cover)
    padded = np.pad(cover, ((0, 0), (1, 1), (1, 1)))
    wide = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    around = wide[:, :, :-2] + wide[:, :, 1:-1] + wide[:, :, 2:]
    slope_x, slope_y = (chance.many(2, count, 1, 1) - np.float32(0.5)) * np.float32(0.03)
    steps = np.arange(SIDE, dtype=np.float32) - np.float32(SIDE / 2 - 0.5)
    folds = (chance.many(count, 1, SIDE) - np.float32(0.5)) * np.float32(0.12)
    folds += np.roll(folds, 1, 2)
    slopes = slope_x * steps[None, None, :] + slope_y * steps[None, :, None]
    shaded: Floats = (np.float32(0.62) + around * np.float32(0.38 / 9)) * (1 + slopes + folds)
    return shaded


def _write(file: IO[bytes], garments: Garments) -> None:
    arrays = {field.name: getattr(garments, field.name) for field in fields(garments)}
    np.savez(file, sha256=np.frombuffer(garments.fingerprint(), np.uint8), **arrays)


def _read(path: Path) -> Garments | None:
    """The set in the cache file; None where there is none or it is not, byte for byte, what was written."""
    try:
        # Opened here: given a path, np.load leaves a file open that turns out to be no archive.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            garments = Garments(*(file[field.name] for field in fields(Garments)))
            fingerprint = file["sha256"].tobytes()
    except Exception:  # noqa: BLE001  # damaged files make the readers raise nearly anything; the answer is always the same
        return None
    return garments if _well_formed(garments) and garments.fingerprint() == fingerprint else None


def _well_formed(garments: Garments) -> bool:
    """Whether all shapes and types are right; asked before the fingerprint, which covers only the bytes."""
    return (
        garments.train_images.shape == (TRAIN_COUNT, SIDE, SIDE)
        and garments.test_images.shape == (TEST_COUNT, SIDE, SIDE)
        and garments.train_labels.shape == (TRAIN_COUNT,)
        and garments.test_labels.shape == (TEST_COUNT,)
        and garments.train_images.dtype == garments.test_images.dtype == np.uint8
        and garments.train_labels.dtype == garments.test_labels.dtype == np.int64
    )

"""Writes pictures in few bytes: a PNG of 256 colours, an animated WebP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLOURS: Final = 256
WEBP_QUALITY: Final = 75


def to_pillow(image: QImage) -> Image.Image:
    """Qt's image as Pillow's, in RGB."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    data = bytes(image.constBits())
    return Image.frombytes("RGB", (image.width(), image.height()), data, "raw", "RGB", image.bytesPerLine())


def save_png(image: QImage, path: Path) -> None:
    """Save a picture of a window: it has few colours, so that a palette of 256 shows no difference to the eye."""
    # The method that leaves the least largest error: the few pixels of a curve keep their colour.
    method, dither = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    picture = to_pillow(image).quantize(COLOURS, method=method, kmeans=2, dither=dither)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, optimize=True)


def save_animation(frames: Sequence[QImage], durations: Sequence[int], path: Path) -> None:
    """Save frames as an endless animation.

    Args:
        frames: all of one size.
        durations: of the frames, in milliseconds.
        path: of a `.webp` file.
    """
    first, *others = [to_pillow(frame) for frame in frames]
    path.parent.mkdir(parents=True, exist_ok=True)
    first.save(
        path, save_all=True, append_images=others, duration=list(durations), loop=0, quality=WEBP_QUALITY, method=4
    )

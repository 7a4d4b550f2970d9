"""Pictures of arrays of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def image_of(tile: NDArray[np.uint8]) -> QImage:
    """The image of `tile` (C, H, W) uint8: grey, red and green and blue, or of another number of channels the first."""
    channels, height, width = tile.shape
    if channels == 3:
        pixels = np.ascontiguousarray(np.moveaxis(tile, 0, -1))
        return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    grey = np.ascontiguousarray(tile[0])
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()

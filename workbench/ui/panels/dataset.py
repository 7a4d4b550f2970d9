"""Sample images of each class of the data set, with the names of the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

PIXELS: Final = 28
GAP: Final = 3
MARGIN: Final = 6
SMALL: Final = 0.9
"""The size of the names, relative to other text: the longest fits its column in a window of 1280 pixels."""


class DatasetPanel(QWidget):
    """A column of images for each class, with its name below; the size of the panel decides the number of rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("samples")
        self.setAccessibleName(self.tr("Sample images"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        font = self.font()
        font.setPointSizeF(SMALL * font.pointSizeF())
        self.setFont(font)
        self._names: tuple[str, ...] = ()
        self._samples = np.zeros((0, 0, PIXELS, PIXELS), np.uint8)
        self._palette: Palette | None = None
        self._message = self.tr("Sample images appear here when the data set is loaded.")

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The size of one row and the names."""
        return QSize(10 * (PIXELS + GAP), PIXELS + self._text_height() + MARGIN)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The size of two rows of doubled images and the names."""
        return QSize(10 * (2 * PIXELS + GAP), 4 * PIXELS + self._text_height() + MARGIN)

    def show_samples(self, names: tuple[str, ...], samples: np.ndarray) -> None:
        """Show `samples` (classes, n, 28, 28) uint8."""
        self._names = names
        self._samples = np.ascontiguousarray(samples, dtype=np.uint8)
        self.setAccessibleDescription(", ".join(names))
        self.update()

    def show_message(self, text: str) -> None:
        """Show a sentence in place of the images."""
        self._names = ()
        self._message = text
        self.setAccessibleDescription(text)
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the columns, or the message."""
        del event
        if self._palette is None:
            return
        # A painter that an exception leaves active ends the process.
        with QPainter(self) as painter:
            painter.setPen(self._palette.text_muted)
            if self._names:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                self._draw_columns(painter)
            else:
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(self.rect().adjusted(MARGIN, 0, -MARGIN, 0), flags, self._message)

    def _draw_columns(self, painter: QPainter) -> None:
        text_height = self._text_height()
        column = (self.width() - 2 * MARGIN + GAP) // len(self._names)
        side, rows = self._grid(column - GAP, self.height() - text_height - MARGIN)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        for label, name in enumerate(self._names):
            left = MARGIN + label * column
            for row in range(rows):
                tile = self._samples[label, row]
                image = QImage(tile.data, PIXELS, PIXELS, PIXELS, QImage.Format.Format_Grayscale8)
                painter.drawImage(QRect(left + (column - GAP - side) // 2, row * (side + GAP), side, side), image)
            place = QRect(left, rows * (side + GAP), column - GAP, text_height)
            painter.drawText(place, flags, self._fitted(name, column - GAP))

    def _grid(self, width: int, height: int) -> tuple[int, int]:
        """The side of a tile in pixels and the number of rows that fill the panel best; tiles are at most doubled."""
        widest = max(1, min(width, 2 * PIXELS))
        rows = max(1, min(self._samples.shape[1], round((height + GAP) / (widest + GAP))))
        return max(1, min(width, (height + GAP) // rows - GAP)), rows

    def _fitted(self, name: str, width: int) -> str:
        """`name`, which may break after a slash; elided if its longest word is too wide."""
        metrics = self.fontMetrics()
        words = name.replace("/", "/ ").split()
        if max(metrics.horizontalAdvance(word) for word in words) > width:
            return metrics.elidedText(name, Qt.TextElideMode.ElideRight, width)
        return name.replace("/", "/\u200b")

    def _text_height(self) -> int:
        """The height of two lines and their descenders."""
        return 2 * self.fontMetrics().lineSpacing() + GAP

"""A small card beside the pointer: a sample as an image, with what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from workbench.ui.style.array_images import image_of
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette

SIDE: Final = 84
AWAY: Final = 14


class SampleCard(QFrame):
    """Lies over its parent and lets the mouse through.

    Args:
        parent: within which it stays.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._image = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self._image, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        colours = self.palette()
        colours.setColor(self.backgroundRole(), palette.raised)
        self.setPalette(colours)

    def show_sample(self, sample: np.ndarray, text: str, place: QPoint) -> None:
        """Show a sample: an image (C, H, W), uint8 or float32 in 0..1, or numbers (F,), which have no image.

        Args:
            sample: the sample.
            text: what is said about it, plain.
            place: of the pointer, in the parent.
        """
        self._image.setVisible(sample.ndim == 3)
        if sample.ndim == 3:
            levels = sample if sample.dtype == np.uint8 else (255 * sample).clip(0, 255).astype(np.uint8)
            ratio, keep = self.devicePixelRatioF(), Qt.AspectRatioMode.KeepAspectRatio
            side = round(scaled(SIDE) * ratio)
            fast = Qt.TransformationMode.FastTransformation
            pixmap = QPixmap.fromImage(image_of(levels)).scaled(side, side, keep, fast)
            pixmap.setDevicePixelRatio(ratio)
            self._image.setPixmap(pixmap)
        self._text.setText(text)
        self.adjustSize()
        parent = self.parentWidget()
        assert parent is not None
        x, y = place.x() + AWAY, place.y() + AWAY
        if x + self.width() > parent.width():
            x = place.x() - AWAY - self.width()
        if y + self.height() > parent.height():
            y = place.y() - AWAY - self.height()
        self.move(max(0, x), max(0, y))
        self.show()
        self.raise_()

"""An input of the network, with what matters in it: an image under a coloured veil, or the numbers of a vector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.text.metric_texts import signed_three_digits
from workbench.ui.text.numbers import MINUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

HIGHEST: Final = 0.995
"""The quantile of the values that gets the full colour: one far above would hide all others."""
OPAQUE: Final = 0.92
SHARP: Final = 3
BAR: Final = 8
GAP: Final = 6
ROW_MARGIN: Final = 4


class SaliencyView(QWidget):
    """Draws one sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The sample"))
        self._colours: PlotColours | None = None
        self._image: QImage | None = None
        self._rows: list[tuple[str, float]] = []
        self._values: np.ndarray | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Large enough to see something."""
        return QSize(110, 110)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Five times the size of an image of the tutorial."""
        return QSize(150, 150)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Show an image."""
        self._image, self._rows = image, []
        self.update()

    def show_numbers(self, rows: list[tuple[str, float]]) -> None:
        """Show the names and numbers of a vector."""
        self._image, self._rows = None, rows
        self.update()

    def show_saliency(self, values: np.ndarray | None) -> None:
        """Lay these values over the image, (H, W), or beside the numbers, (F,); None removes them."""
        self._values = values
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the sample, then the values."""
        del event
        if self._colours is None:
            return
        with QPainter(self) as painter:
            if self._image is not None:
                self._paint_image(painter, self._image, self._colours)
            else:
                self._paint_rows(painter, self._colours)

    @property
    def _shares(self) -> np.ndarray | None:
        """The values as shares of the highest."""
        if self._values is None or not self._values.size:
            return None
        values = np.nan_to_num(self._values, posinf=0.0, neginf=0.0)
        highest = float(np.quantile(values, HIGHEST)) if values.ndim == 2 else float(values.max())
        shares: np.ndarray = np.clip(values / max(highest, np.finfo(np.float32).tiny), 0.0, 1.0)
        return shares

    def _paint_image(self, painter: QPainter, image: QImage, colours: PlotColours) -> None:
        fitted = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        place = QRect(0, 0, fitted.width(), fitted.height())
        place.moveCenter(self.rect().center())
        is_smooth = fitted.width() < SHARP * image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(place, image)
        shares = self._shares
        if shares is not None and shares.ndim == 2:
            painter.drawImage(place, _veil(shares, colours))
        painter.setPen(colours.border)
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_rows(self, painter: QPainter, colours: PlotColours) -> None:
        metrics = self.fontMetrics()
        height = metrics.height() + ROW_MARGIN
        room = max(1, self.height() // height)
        shares = self._shares
        order = list(range(len(self._rows)))
        if shares is not None and len(shares) == len(self._rows) > room:
            # Where not all have room: those that matter most, in their own order.
            order = sorted(np.argsort(-shares, kind="stable")[:room].tolist())
        number = metrics.horizontalAdvance(f"{MINUS}0.0000")
        name_width = round(0.4 * (self.width() - number))
        middle = Qt.AlignmentFlag.AlignVCenter
        for row, place in enumerate(order[:room]):
            name, value = self._rows[place]
            box = QRect(0, row * height, name_width, height)
            painter.setPen(colours.text_muted)
            elided = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, name_width)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, elided)
            painter.setPen(colours.text)
            text, place_of_number = signed_three_digits(value), QRect(name_width, box.top(), number, height)
            painter.drawText(place_of_number, Qt.AlignmentFlag.AlignRight | middle, text)
            if shares is not None and place < len(shares):
                left = name_width + number + GAP
                width = float(shares[place]) * max(0, self.width() - left)
                painter.fillRect(QRectF(left, box.center().y() - BAR / 2, width, BAR), colours.test)


def _veil(shares: np.ndarray, colours: PlotColours) -> QImage:
    """The colour of the test curve, the stronger the higher the share (H, W)."""
    height, width = shares.shape
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = colours.test.red(), colours.test.green(), colours.test.blue()
    pixels[..., 3] = (255 * OPAQUE * shares).astype(np.uint8)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()

"""Sample images of each class, with the names of the classes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui.style.array_images import image_of
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from workbench.ui.style.palette import Palette

PIXELS: Final = 28
GAP: Final = 3
MARGIN: Final = 6
SMALL: Final = 0.9
"""The size of the names, relative to other text: the longest fits its column in a window of 1280 pixels."""


LEAST_SIDE: Final = 16
"""Pixels: images smaller than this show nothing, so a name is cut instead; the tooltip has it whole."""
MOST_AT_ONCE: Final = 20
"""More classes are shown in cells of a fixed size."""
CELL: Final = 84
SMALL_SIDE: Final = 36
LARGEST_SIDE: Final = 112
SHARP: Final = 3


class _Grid(NamedTuple):
    """Where the classes stand: a cell for each; its images in `across` columns and `down` rows; lines of text below."""

    cells: list[QRect]
    side: int
    across: int
    down: int
    lines: int


class SampleImages(QWidget):
    """Images of each class with its name below; the size of the widget decides how many, and in how many bands.

    Many classes stand in as many bands as they need: the widget is then higher than the room there is, and scrolls.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        font = self.font()
        font.setPointSizeF(SMALL * font.pointSizeF())
        self.setFont(font)
        self._names: tuple[str, ...] = ()
        self._samples = np.zeros((0, 0, 1, PIXELS, PIXELS), np.uint8)
        self._palette: Palette | None = None
        self._message = ""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The size of one row and the names."""
        return QSize(10 * (PIXELS + GAP), PIXELS + self._text_height() + MARGIN)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The size of two rows of doubled images and the names."""
        return QSize(10 * (2 * PIXELS + GAP), 4 * PIXELS + self._text_height() + MARGIN)

    def show_samples(self, names: tuple[str, ...], samples: np.ndarray) -> None:
        """Show `samples` (classes, n, C, H, W) uint8, grey or red, green and blue."""
        self._names = names
        self._samples = np.ascontiguousarray(samples, dtype=np.uint8)
        self._fit_height()
        self.update()

    def show_message(self, text: str) -> None:
        """Show a sentence in place of the images."""
        self._names = ()
        self._message = text
        self._fit_height()
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Be as high as many classes need in the new width."""
        super().resizeEvent(event)
        self._fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the classes, or the message."""
        if self._palette is None:
            return
        # A painter that an exception leaves active ends the process.
        with QPainter(self) as painter:
            painter.setPen(self._palette.text_muted)
            if self._names:
                self._draw_classes(painter, event.rect())
            else:
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(self.rect().adjusted(MARGIN, 0, -MARGIN, 0), flags, self._message)

    def event(self, event: QEvent) -> bool:
        """Name the class under the pointer: its name may be cut."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cells = self._grid().cells if self._names else []
            name = next((name for name, cell in zip(self._names, cells, strict=True) if cell.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), plain_tool_tip(name), self)
            return True
        return super().event(event)

    def _draw_classes(self, painter: QPainter, exposed: QRect) -> None:
        grid = self._grid()
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        pitch = grid.side + GAP
        for label, (name, cell) in enumerate(zip(self._names, grid.cells, strict=True)):
            if not cell.intersects(exposed):
                continue
            left = cell.left() + (cell.width() - grid.across * pitch + GAP) // 2
            for index in range(min(grid.across * grid.down, self._samples.shape[1])):
                image = image_of(self._samples[label, index])
                x, y = index % grid.across * pitch, index // grid.across * pitch
                place = QRect(left + x, cell.top() + y, grid.side, grid.side)
                # A few pixels made large show their edges: smoothed, they would be a blur.
                is_smooth = grid.side < SHARP * max(image.width(), image.height())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
                painter.drawImage(_within(place, image.size()), image)
            height = grid.lines * self.fontMetrics().lineSpacing() + GAP
            place = QRect(cell.left(), cell.top() + grid.down * pitch, cell.width(), height)
            painter.drawText(place, flags, self._fitted(name, cell.width()))

    def _grid(self) -> _Grid:
        """One band of classes if their names fit below one another's images, else two, where there is room for them.

        Many classes stand in bands of a fixed height, as many as they need.
        """
        if len(self._names) > MOST_AT_ONCE:
            return self._many()
        one = self._bands(1)
        if self._width_of_words() <= one.cells[0].width():
            return one
        two = self._bands(2)
        return two if two.side >= LEAST_SIDE else one

    def _many(self) -> _Grid:
        columns = max(1, (self.width() - 2 * MARGIN) // scaled(CELL))
        width, height = max(1, (self.width() - 2 * MARGIN) // columns), self._cell_height()
        places = [divmod(label, columns) for label in range(len(self._names))]
        cells = [QRect(MARGIN + column * width, band * height, width, height) for band, column in places]
        across = max(1, min(self._samples.shape[1], width // (scaled(SMALL_SIDE) + GAP)))
        return _Grid(cells, scaled(SMALL_SIDE), across, 1, 1)

    def _cell_height(self) -> int:
        return scaled(SMALL_SIDE) + self.fontMetrics().lineSpacing() + 3 * GAP

    def _fit_height(self) -> None:
        """Be as high as many classes need; few fit into any height."""
        height = 0
        if len(self._names) > MOST_AT_ONCE:
            columns = max(1, (self.width() - 2 * MARGIN) // scaled(CELL))
            height = math.ceil(len(self._names) / columns) * self._cell_height() + MARGIN
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def _bands(self, count: int) -> _Grid:
        """The classes in `count` bands, with as many images as fill it best; they are at most doubled."""
        columns = math.ceil(len(self._names) / count)
        width = max(1, (self.width() - 2 * MARGIN) // columns)
        height = (self.height() - MARGIN) // count
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(name) for name in self._names)
        lines = 1 if widest <= width else 2
        room = height - lines * metrics.lineSpacing() - GAP
        largest = max(1, min(width - GAP, self._largest_side()))
        down = max(1, min(self._samples.shape[1], round((room + GAP) / (largest + GAP))))
        side = max(1, min(width - GAP, (room + GAP) // down - GAP))
        across = max(1, min(self._samples.shape[1] // down, width // (side + GAP)))
        places = [divmod(label, columns) for label in range(len(self._names))]
        cells = [QRect(MARGIN + column * width, band * height, width, height) for band, column in places]
        return _Grid(cells, side, across, down, lines)

    def _largest_side(self) -> int:
        """Images are at most doubled; larger ones than those of the tutorial may be shown in their own size."""
        return max(2 * PIXELS, min(max(self._samples.shape[3:]), scaled(LARGEST_SIDE)))

    def _fitted(self, name: str, width: int) -> str:
        """`name`, which may break after a slash; elided if its longest word is too wide."""
        is_one_line = len(self._names) > MOST_AT_ONCE
        words = [name] if is_one_line else _words(name)
        if max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0) > width:
            return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width)
        return name.replace("/", "/\u200b")

    def _width_of_words(self) -> int:
        """Of the longest word of all names, in pixels."""
        words = (word for name in self._names for word in _words(name))
        return max(map(self.fontMetrics().horizontalAdvance, words), default=0)

    def _text_height(self) -> int:
        """The height of two lines and their descenders."""
        return 2 * self.fontMetrics().lineSpacing() + GAP


def _words(name: str) -> list[str]:
    return name.replace("/", "/ ").split()


def _within(place: QRect, size: QSize) -> QRect:
    """The largest rectangle of the proportions of `size` in the middle of `place`."""
    fitted = size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    rect = QRect(place.topLeft(), fitted)
    rect.moveCenter(place.center())
    return rect

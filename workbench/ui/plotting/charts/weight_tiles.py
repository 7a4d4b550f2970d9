"""The weights of units as images, side by side, in one colour map around 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.engine.protocol.queries.layers import WeightForm
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import MINUS, with_minus_sign

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from workbench.engine.protocol.queries.layers import FirstLayer
    from workbench.ui.style.palette import Palette

SMALLEST: Final = 34
LARGEST: Final = 120
"""Logical pixels of a side of a tile."""
GAP: Final = 3
WIDE_GAP: Final = 8
WIDE: Final = 56
"""Logical pixels of a side from which on tiles stand further apart: few large pixels have no outline of their own."""
BAR_WIDTH: Final = 120
BAR_HEIGHT: Final = 8
LEVELS: Final = 255
OUTER: Final = 0.002
"""The share of the weights that may lie beyond the ends of the colours: one far off would grey out all others."""


class _Grid(NamedTuple):
    """Where the tiles stand: their width, height and distance in logical pixels, columns and rows of a page."""

    width: int
    height: int
    gap: int
    columns: int
    rows: int


class WeightTiles(QWidget):
    """Draws a page of tiles as one image; page keys and wheel turn the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._colours: PlotColours | None = None
        self._first: FirstLayer | None = None
        self._features: tuple[str, ...] = ()
        self._limit = 1.0
        self._page = 0
        self._image: QImage | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 100)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self._redraw()

    def show_layer(self, first: FirstLayer, features: tuple[str, ...] = ()) -> None:
        """Show the weights of a layer; `features` name the numbers of an input that is no image."""
        before, self._first, self._features = self._first, first, features
        # Of the same units, the colours keep their meaning while the weights change; and it takes 2 ms.
        if before is None or not np.array_equal(before.units, first.units) or before.form is not first.form:
            sizes = np.abs(first.tiles[np.isfinite(first.tiles)])
            self._limit = max(float(np.quantile(sizes, 1.0 - OUTER)) if sizes.size else 0.0, 1e-12)
        self._page = min(self._page, self.page_count - 1)
        self._redraw()

    def clear(self) -> None:
        """Show nothing; what comes next has colours of its own."""
        self._first = None
        self._redraw()

    @property
    def limit(self) -> float:
        """The size of a weight that has the strongest colour."""
        return self._limit

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        """The number of pages, in the present size."""
        if self._first is None or self._first.form is WeightForm.ROWS:
            return 1
        grid = self._grid()
        return max(1, -(-len(self._first.tiles) // (grid.columns * grid.rows)))

    def turn(self, pages: int) -> None:
        """Go on by some pages, or back."""
        page = min(max(self._page + pages, 0), self.page_count - 1)
        if page != self._page:
            self._page = page
            self._redraw()

    def unit_at(self, place: QPoint) -> int | None:
        """The index of the tile at a place of the widget; None where there is none."""
        if self._first is None or self._first.form is WeightForm.ROWS:
            return None
        grid = self._grid()
        column, row = place.x() // (grid.width + grid.gap), place.y() // (grid.height + grid.gap)
        if not (0 <= column < grid.columns and 0 <= row < grid.rows):
            return None
        index = int((self._page * grid.rows + row) * grid.columns + column)
        return index if index < len(self._first.tiles) else None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the tiles and the scale of the colours."""
        del event
        if self._colours is None or self._first is None:
            return
        if self._image is None:
            self._image = self._made_image(self._first, self._colours)
        with QPainter(self) as painter:
            painter.drawImage(0, 0, self._image)
            self._paint_scale(painter, self._first, self._colours)
            if self.hasFocus():
                painter.setPen(self._colours.accent)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the tiles into the new size."""
        super().resizeEvent(event)
        self._page = min(self._page, self.page_count - 1)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Turn pages."""
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.turn(1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.turn(-1)
            case Qt.Key.Key_Home:
                self.turn(-self._page)
            case Qt.Key.Key_End:
                self.turn(self.page_count)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Turn pages, where there are more than one."""
        if self.page_count > 1:
            self.turn(-1 if event.angleDelta().y() > 0 else 1)
            event.accept()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say which unit is under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(self._text_at(event.pos())), self)
            return True
        return super().event(event)

    def _text_at(self, place: QPoint) -> str:
        first = self._first
        if first is None:
            return ""
        if first.form is not WeightForm.ROWS:
            index = self.unit_at(place)
            if index is None:
                return ""
            text = self.tr("Unit {unit}: norm of its weights {norm}")
            return text.format(unit=int(first.units[index]), norm=f"{first.norms[index]:.3g}")
        area = self._area()
        _, _, units, inputs = first.tiles.shape
        row, column = place.y() * units // max(1, area.height()), place.x() * inputs // max(1, area.width())
        if not (0 <= row < units and 0 <= column < inputs):
            return ""
        name = self._features[column] if column < len(self._features) else str(column)
        weight = with_minus_sign(f"{first.tiles[0, 0, row, column]:.3g}")
        text = self.tr("Unit {unit}, input {input}: {weight}")
        return text.format(unit=int(first.units[row]), input=name, weight=weight)

    def _redraw(self) -> None:
        self._image = None
        self.update()

    def _area(self) -> QRect:
        """Of the tiles: all but the line of the scale."""
        return self.rect().adjusted(0, 0, 0, -(self.fontMetrics().height() + 2 * GAP))

    def _grid(self) -> _Grid:
        """The largest tiles of which all fit; small ones on pages where that is too small."""
        assert self._first is not None
        count, _, height, width = self._first.tiles.shape
        area = self._area()
        aspect = height / width
        for side in range(LARGEST, SMALLEST - 1, -1):
            grid = _grid_of(area, side, aspect)
            if grid.columns * grid.rows >= count:
                return grid
        return _grid_of(area, SMALLEST, aspect)

    def _made_image(self, first: FirstLayer, colours: PlotColours) -> QImage:
        """One image with all tiles of the page, in device pixels."""
        ratio = self.devicePixelRatioF()
        area = self._area()
        if first.form is WeightForm.ROWS:
            size = max(1, round(area.height() * ratio)), max(1, round(area.width() * ratio))
            pixels = self._coloured(first.tiles, colours, *size)[0]
        else:
            grid = self._grid()
            on_page = grid.columns * grid.rows
            tiles = first.tiles[self._page * on_page : (self._page + 1) * on_page]
            size = max(1, round(grid.height * ratio)), max(1, round(grid.width * ratio))
            gap = max(1, round(grid.gap * ratio))
            cells = np.zeros((on_page, size[0] + gap, size[1] + gap), np.uint32)
            cells[: len(tiles), : size[0], : size[1]] = self._coloured(tiles, colours, *size)
            rows = cells.reshape(grid.rows, grid.columns, *cells.shape[1:])
            pixels = rows.swapaxes(1, 2).reshape(grid.rows * cells.shape[1], grid.columns * cells.shape[2])
        pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _coloured(
        self, tiles: NDArray[np.float32], colours: PlotColours, height: int, width: int
    ) -> NDArray[np.uint32]:
        """Tiles (n, C, H, W) as opaque pixels (n, height, width): three channels as red, green and blue around grey.

        Few passes over the numbers, and bytes as soon as possible: this is done many times a second.
        """
        half = (LEVELS - 1) / 2
        levels = tiles * np.float32(half / self._limit)
        levels += np.float32(half + 0.5)
        np.nan_to_num(levels, copy=False, nan=half, posinf=LEVELS - 1, neginf=0)
        small = np.clip(levels, 0, LEVELS - 1, out=levels).astype(np.uint8)
        if tiles.shape[1] == 3:
            red, green, blue = (_enlarged(small[:, channel], height, width) for channel in range(3))
            return _packed(red, green, blue)
        shades = diverging(colours)
        return _packed(*shades.T)[_enlarged(small[:, 0], height, width)]

    def _paint_scale(self, painter: QPainter, first: FirstLayer, colours: PlotColours) -> None:
        """The colours with their weights at the left, the page at the right."""
        line = self.fontMetrics().height()
        top = self.height() - line - GAP
        painter.setPen(colours.text_muted)
        limit = f"{self._limit:.2g}"
        is_coloured = first.tiles.shape[1] == 3
        low, high = f"{MINUS}{limit}", f"+{limit}"
        room = self.fontMetrics().horizontalAdvance(low) + 2 * GAP
        painter.drawText(QRect(GAP, top, room, line), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
        bar = QRectF(room, top + (line - BAR_HEIGHT) / 2, BAR_WIDTH, BAR_HEIGHT)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        if is_coloured:
            gradient.setColorAt(0.0, "#000000")
            gradient.setColorAt(1.0, "#ffffff")
        else:
            gradient.setColorAt(0.0, colours.training)
            gradient.setColorAt(0.5, colours.background)
            gradient.setColorAt(1.0, colours.test)
        painter.fillRect(bar, gradient)
        painter.setPen(colours.border)
        painter.drawRect(bar)
        painter.setPen(colours.text_muted)
        after = QRect(round(bar.right()) + 2 * GAP, top, room, line)
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, high)
        if self.page_count > 1:
            text = self.tr("Page {page} of {pages}").format(page=self._page + 1, pages=self.page_count)
            place = QRect(after.right(), top, self.width() - after.right() - GAP, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def diverging(colours: PlotColours) -> NDArray[np.uint8]:
    """The colours (LEVELS, 3) from the lowest weight to the highest; 0 in the middle is the background."""
    ends = [
        np.array([each.red(), each.green(), each.blue()], np.float64)
        for each in (colours.training, colours.background, colours.test)
    ]
    half = LEVELS // 2
    shares = np.linspace(0.0, 1.0, half + 1)[:, None]
    below, above = ends[0] + shares * (ends[1] - ends[0]), ends[1] + shares * (ends[2] - ends[1])
    return np.concatenate([below, above[1:]]).round().astype(np.uint8)


def _grid_of(area: QRect, side: int, aspect: float) -> _Grid:
    width, height = (side, max(1, round(side * aspect))) if aspect <= 1 else (max(1, round(side / aspect)), side)
    gap = WIDE_GAP if side >= WIDE else GAP
    columns, rows = max(1, (area.width() + gap) // (width + gap)), max(1, (area.height() + gap) // (height + gap))
    return _Grid(width, height, gap, columns, rows)


def _packed(red: NDArray[np.uint8], green: NDArray[np.uint8], blue: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Opaque colours as pixels of an image."""
    packed = (0xFF << 24) | red.astype(np.uint32) << 16 | green.astype(np.uint32) << 8 | blue.astype(np.uint32)
    return packed.astype(np.uint32)


def _enlarged(tiles: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """Tiles (n, h, w) in another size, each pixel as a rectangle."""
    rows = np.arange(height) * tiles.shape[1] // height
    columns = np.arange(width) * tiles.shape[2] // width
    return tiles[:, rows][:, :, columns]

"""Paints a confusion matrix: cells, numbers, names, and the figures of the classes at the right and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPen

from workbench.ui.plotting.charts.matrix_layout import GAP, SLANT, MatrixLayout
from workbench.ui.text.figure_texts import figure_text, share_text

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFont, QPainter

    from workbench.ui.plotting.charts.matrix_content import Matrix
    from workbench.ui.plotting.render.colours import PlotColours

    Floats = NDArray[np.float64]

LEAST_GAP_CELL: Final = 8.0
"""Smaller cells touch each other."""
FAINTEST: Final = 0.08
"""Of the full colour, for a cell with a single sample: it differs from an empty one."""
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
BLACK, WHITE = QColor(0, 0, 0), QColor(255, 255, 255)
"""Of the numbers: one of the two has a contrast of 4.5 on any colour, the least that WCAG 2 asks for."""
translate = QCoreApplication.translate


def fills(matrix: Matrix, colours: PlotColours) -> Floats:
    """The colours (classes, classes, 3) of the cells, 0 to 255, where they stand.

    What is right is drawn in one colour, what is wrong in another; the larger the number, the stronger. For wrong ones
    the root of the number is taken: mistakes are few beside what is right.
    """
    counts = matrix.counts[np.ix_(matrix.order, matrix.order)]
    shown = np.nan_to_num(matrix.shown[np.ix_(matrix.order, matrix.order)])
    most = 1.0 if matrix.is_share else max(1.0, float(shown.max()))
    part = shown / most
    is_right = np.eye(len(shown), dtype=bool)
    strength = np.where(counts > 0, FAINTEST + (1 - FAINTEST) * np.where(is_right, part, np.sqrt(part)), 0.0)
    full = np.where(is_right[..., None], _rgb(colours.accent), _rgb(colours.test))
    blended: Floats = strength[..., None] * full + (1 - strength[..., None]) * _rgb(colours.background)
    return blended


def is_light(fill: Floats) -> NDArray[np.bool_]:
    """Whether text on a colour (..., 3), 0 to 255, is read better in black than in white.

    The luminance is that of WCAG 2; at 0.179 both have the same contrast.
    """
    share = fill / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    lit: NDArray[np.bool_] = linear @ np.array([0.2126, 0.7152, 0.0722]) > 0.179
    return lit


class MatrixPainter:
    """Paints one matrix into one layout.

    Args:
        painter: at work.
        matrix: what is shown.
        layout: where.
        colours: of the theme.
        fonts: of names and of numbers.
    """

    def __init__(
        self,
        painter: QPainter,
        matrix: Matrix,
        layout: MatrixLayout,
        colours: PlotColours,
        fonts: tuple[QFont, QFont],
    ) -> None:
        self._painter = painter
        self._matrix = matrix
        self._layout = layout
        self._colours = colours
        self._font, self._small = fonts
        self._text, self._numbers = (QFontMetricsF(font) for font in fonts)
        self._names = [matrix.names[label] for label in matrix.order.tolist()]

    def paint(self) -> None:
        """Paint everything but what is chosen."""
        fill = fills(self._matrix, self._colours)
        self._paint_image(fill, self._layout.cells)
        self._paint_gaps(self._layout.cells, self._layout.size, self._layout.size)
        self._paint_numbers(fill)
        self._painter.setFont(self._font)
        self._painter.setPen(self._colours.text_muted)
        self._paint_row_names()
        self._paint_column_names()
        self._paint_titles()
        self._painter.setFont(self._small)
        self._paint_summaries()

    def _paint_image(self, fill: Floats, place: QRectF) -> None:
        pixels = np.ascontiguousarray(np.rint(fill), np.uint8)
        rows, columns, _ = pixels.shape
        image = QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
        self._painter.drawImage(place, image)

    def _paint_gaps(self, area: QRectF, rows: int, columns: int) -> None:
        """Lines between the cells, in the colour of the panel."""
        width, height = area.width() / columns, area.height() / rows
        if min(self._layout.cell_width, self._layout.cell_height) < LEAST_GAP_CELL:
            return
        # On whole pixels, so that a line one pixel wide is one.
        xs = (area.left() + column * width - 0.5 for column in range(1, columns))
        ys = (area.top() + row * height - 0.5 for row in range(1, rows))
        lines = [QLineF(x, area.top(), x, area.bottom()) for x in xs]
        lines += [QLineF(area.left(), y, area.right(), y) for y in ys]
        self._painter.setPen(QPen(self._colours.panel, 1.0))
        self._painter.drawLines(lines)

    def _paint_numbers(self, fill: Floats) -> None:
        order = self._matrix.order.tolist()
        texts = {
            (row, column): text
            for row, true in enumerate(order)
            for column, predicted in enumerate(order)
            if (text := self._matrix.number_text(true, predicted))
        }
        widest = max((self._numbers.horizontalAdvance(text) for text in set(texts.values())), default=0.0)
        if widest + 3 > self._layout.cell_width or self._numbers.ascent() + 1 > self._layout.cell_height:
            return
        self._painter.setFont(self._small)
        light = is_light(fill)
        for (row, column), text in texts.items():
            self._painter.setPen(BLACK if light[row, column] else WHITE)
            self._painter.drawText(self._layout.cell(row, column), CENTRE, text)

    def _paint_row_names(self) -> None:
        layout = self._layout
        left = layout.cells.left() - GAP - layout.names
        for row in range(0, layout.size, layout.row_stride):
            middle = layout.cell(row, 0).center().y()
            place = QRectF(left, middle - layout.title / 2, layout.names, layout.title)
            self._painter.drawText(place, RIGHT, self._cut(self._names[row], layout.names))

    def _paint_column_names(self) -> None:
        layout, bottom = self._layout, self._layout.cells.top() - GAP / 2
        if not layout.is_slanted:
            for column in range(layout.size):
                cell = layout.cell(0, column)
                place = QRectF(cell.left(), bottom - layout.title, cell.width(), layout.title)
                self._painter.drawText(place, CENTRE, self._cut(self._names[column], cell.width()))
            return
        length = layout.header / SLANT - layout.title
        for column in range(0, layout.size, layout.column_stride):
            self._painter.save()
            self._painter.translate(layout.cell(0, column).center().x(), bottom)
            self._painter.rotate(-45)
            place = QRectF(0, -layout.title / 2, length + layout.title / 2, layout.title)
            self._painter.drawText(place, LEFT, self._cut(self._names[column], place.width()))
            self._painter.restore()

    def _paint_titles(self) -> None:
        cells, layout = self._layout.cells, self._layout
        across = translate("Matrix", "Predicted label")
        self._painter.drawText(QRectF(cells.left(), 0, cells.width(), layout.title), CENTRE, across)
        self._painter.save()
        self._painter.translate(cells.left() - 1.5 * GAP - layout.names - layout.title, cells.bottom())
        self._painter.rotate(-90)
        down = self._cut(translate("Matrix", "True label"), cells.height())
        self._painter.drawText(QRectF(0, 0, cells.height(), layout.title), CENTRE, down)
        self._painter.restore()

    def _paint_summaries(self) -> None:
        """The recall of each row, with F1 and samples where there is room; below the precision of each column."""
        layout, figures = self._layout, self._matrix.figures
        order = self._matrix.order
        left, width = layout.summary_columns[0]
        cells, below = layout.cells, layout.cells.bottom() + GAP / 2
        self._paint_shares(figures.recall[order][:, None], QRectF(left, cells.top(), width - GAP, cells.height()))
        row = QRectF(cells.left(), below, cells.width(), layout.summary_row - GAP / 2)
        self._paint_shares(figures.precision[order][None], row)
        for place, titles in enumerate((translate("Matrix", "Recall"), translate("Matrix", "F1"))):
            self._paint_title_below(place, titles)
        self._paint_title_below(2, translate("Matrix", "Samples"))
        self._painter.setPen(self._colours.text_muted)
        # It may use the width of the axis title, too, which ends above.
        wide = layout.names + layout.title + GAP / 2
        before = QRectF(cells.left() - GAP - wide, below, wide, layout.summary_row - GAP / 2)
        title = self._numbers.elidedText(
            translate("Matrix", "Precision"), Qt.TextElideMode.ElideRight, before.width() + 1
        )
        self._painter.drawText(before, RIGHT, title)
        for place, texts in (
            (1, [figure_text(f1) for f1 in figures.f1[order].tolist()]),
            (2, [f"{count:,}" for count in figures.support[order].tolist()]),
        ):
            if place >= len(layout.summary_columns) or layout.row_stride > 1:
                return
            left, width = layout.summary_columns[place]
            for index, text in enumerate(texts):
                cell = layout.cell(index, 0)
                self._painter.drawText(QRectF(left, cell.top(), width - GAP, cell.height()), RIGHT, text)

    def _paint_title_below(self, place: int, title: str) -> None:
        """The name of a column at the right, below it: the columns' names stand above."""
        layout = self._layout
        if place >= len(layout.summary_columns) or (place and layout.row_stride > 1):
            return
        left, width = layout.summary_columns[place]
        box = QRectF(left, layout.cells.bottom() + GAP / 2, width - GAP, layout.summary_row - GAP / 2)
        self._painter.setPen(self._colours.text_muted)
        self._painter.drawText(box, CENTRE if place == 0 else RIGHT, title)

    def _paint_shares(self, shares: Floats, area: QRectF) -> None:
        """Cells with a figure of each class in the colour of what is right, and its text where there is room."""
        known = np.nan_to_num(shares)[..., None]
        fill = known * _rgb(self._colours.accent) + (1 - known) * _rgb(self._colours.background)
        self._paint_image(fill, area)
        rows, columns = shares.shape
        self._paint_gaps(area, rows, columns)
        width, height = area.width() / columns, area.height() / rows
        texts = [share_text(share) for share in shares.ravel().tolist()]
        if max(map(self._numbers.horizontalAdvance, texts)) + 2 > width:
            texts = [
                text if text == share_text(np.nan) else f"{share:.0%}"
                for text, share in zip(texts, shares.ravel().tolist(), strict=True)
            ]
        if max(map(self._numbers.horizontalAdvance, texts)) + 2 > width or self._numbers.ascent() + 1 > height:
            return
        light = is_light(fill).ravel()
        for index, text in enumerate(texts):
            row, column = divmod(index, columns)
            place = QRectF(area.left() + column * width, area.top() + row * height, width, height)
            self._painter.setPen(BLACK if light[index] else WHITE)
            self._painter.drawText(place, CENTRE, text)

    def _cut(self, text: str, width: float) -> str:
        return self._text.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)


def outline(painter: QPainter, cell: QRectF, colours: PlotColours, *, is_dashed: bool) -> None:
    """A frame around a cell: of the chosen one, or dashed where the keyboard is."""
    for colour, width in ((colours.background, 4.0), (colours.text, 2.0)):
        pen = QPen(colour, width)
        if is_dashed and width == 2.0:
            pen.setDashPattern([2.0, 2.0])
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell)


def guide(painter: QPainter, cells: QRectF, cell: QRectF, colours: PlotColours) -> None:
    """Thin lines from the names to a small cell, which would be hard to follow by eye."""
    painter.setPen(QPen(colours.crosshair, 1.0))
    middle = cell.center()
    painter.drawLine(QPointF(cells.left(), middle.y()), QPointF(cell.left(), middle.y()))
    painter.drawLine(QPointF(middle.x(), cells.top()), QPointF(middle.x(), cell.top()))


def _rgb(colour: QColor) -> Floats:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float64)

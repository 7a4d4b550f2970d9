"""MatrixChart: a confusion matrix whose cells can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui.plotting.charts.matrix_layout import MatrixLayout
from workbench.ui.plotting.charts.matrix_painter import LEAST_GAP_CELL, MatrixPainter, guide, outline
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.system.announcing import announce
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from workbench.ui.plotting.charts.matrix_content import Matrix
    from workbench.ui.style.palette import Palette

NUMBER_SHARE: Final = 0.85
"""Size of the numbers, in relation to the names."""
MOVES: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Home: (0, -100_000),
    Qt.Key.Key_End: (0, 100_000),
    Qt.Key.Key_PageUp: (-100_000, 0),
    Qt.Key.Key_PageDown: (100_000, 0),
}
CHOOSING: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class MatrixChart(QWidget):
    """Draws a matrix; the arrow keys move within it, a click or Enter chooses a cell, and once more none."""

    pair_chosen = Signal(object)
    """The user chose a cell: its labels (true, predicted); None for no cell."""
    pointed = Signal(str)
    """The pointer or the keyboard is at a cell or a name: what it means; "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._colours: PlotColours | None = None
        self._matrix: Matrix | None = None
        self._layout: MatrixLayout | None = None
        self._picture: QPixmap | None = None
        self._chosen: tuple[int, int] | None = None
        self._cursor: tuple[int, int] = (0, 0)
        """Labels (true, predicted)."""
        self._hovered: tuple[int | None, int | None] = (None, None)
        """Row and column."""

    # What is shown

    def show_matrix(self, matrix: Matrix) -> None:
        """Draw this matrix."""
        if self._matrix is not None and len(self._matrix.names) != len(matrix.names):
            self._cursor = (0, 0)
        self._matrix = matrix
        self._forget_picture()
        self._say()

    def set_chosen(self, pair: tuple[int, int] | None) -> None:
        """Frame the cell of these labels (true, predicted); no signal is emitted."""
        self._chosen = pair
        if pair is not None:
            self._cursor = pair
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self._forget_picture()

    @property
    def layout_of_cells(self) -> MatrixLayout | None:
        """Where the cells are; None before the first matrix."""
        if self._layout is None and self._matrix is not None:
            names = [self._matrix.names[label] for label in self._matrix.order.tolist()]
            text, numbers = map(QFontMetricsF, self._fonts)
            self._layout = MatrixLayout.of(self.size(), names, text, numbers)
        return self._layout

    # Qt's events

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(180, 130)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the matrix, and the frames of the chosen cell and of that of the keyboard."""
        del event
        layout, matrix, colours = self.layout_of_cells, self._matrix, self._colours
        if layout is None or matrix is None or colours is None:
            return
        if self._picture is None or self._picture.devicePixelRatioF() != self.devicePixelRatioF():
            self._picture = self._painted(matrix, layout, colours)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            row, column = self._hovered
            if row is not None and column is not None and layout.cell_height < LEAST_GAP_CELL:
                guide(painter, layout.cells, layout.cell(row, column), colours)
            if self._chosen is not None and (place := self._place_of(self._chosen)):
                outline(painter, layout.cell(*place), colours, is_dashed=False)
            if self.hasFocus() and self._cursor != self._chosen and (place := self._place_of(self._cursor)):
                outline(painter, layout.cell(*place), colours, is_dashed=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay everything out anew."""
        super().resizeEvent(event)
        self._forget_picture()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """With another font, everything has another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._forget_picture()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the cell, or none if it is chosen already."""
        if event.button() != Qt.MouseButton.LeftButton or (pair := self._pair_at(event.position())) is None:
            return
        self._cursor = pair
        self._choose(pair)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is under the pointer."""
        layout = self.layout_of_cells
        self._hover((None, None) if layout is None else layout.place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Say nothing more."""
        super().leaveEvent(event)
        self._hover((None, None))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move with the arrows, choose with Enter, choose none with Escape."""
        key, place = Qt.Key(event.key()), self._place_of(self._cursor)
        if self._matrix is None or place is None:
            super().keyPressEvent(event)
        elif key in MOVES:
            last = len(self._matrix.names) - 1
            row, column = (min(max(at + by, 0), last) for at, by in zip(place, MOVES[key], strict=True))
            self._cursor = int(self._matrix.order[row]), int(self._matrix.order[column])
            self._hovered = (row, column)
            self._say()
            self.update()
        elif key in CHOOSING:
            self._choose(self._cursor)
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Frame the cell of the keyboard."""
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show what is under the pointer as a tool tip, too."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            layout = self.layout_of_cells
            place = (None, None) if layout is None else layout.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tool_tip(self._text_at(*place)), self)
            return True
        return super().event(event)

    # Internals

    @property
    def _fonts(self) -> tuple[QFont, QFont]:
        """Of the names and of the numbers."""
        numbers = QFont(self.font())
        numbers.setPointSizeF(NUMBER_SHARE * numbers.pointSizeF())
        return self.font(), numbers

    def _painted(self, matrix: Matrix, layout: MatrixLayout, colours: PlotColours) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            MatrixPainter(painter, matrix, layout, colours, self._fonts).paint()
        return picture

    def _forget_picture(self) -> None:
        self._layout = self._picture = None
        self.update()

    def _choose(self, pair: tuple[int, int]) -> None:
        self.pair_chosen.emit(None if pair == self._chosen else pair)

    def _place_of(self, pair: tuple[int, int]) -> tuple[int, int] | None:
        """Row and column of two labels; None where there are no such classes."""
        if self._matrix is None or max(pair) >= len(self._matrix.names):
            return None
        order = self._matrix.order.tolist()
        return order.index(pair[0]), order.index(pair[1])

    def _pair_at(self, point: QPointF) -> tuple[int, int] | None:
        layout, matrix = self.layout_of_cells, self._matrix
        row, column = (None, None) if layout is None else layout.place_at(point)
        if matrix is None or row is None or column is None:
            return None
        return int(matrix.order[row]), int(matrix.order[column])

    def _text_at(self, row: int | None, column: int | None) -> str:
        matrix = self._matrix
        if matrix is None or (row is None and column is None):
            return ""
        if row is not None and column is not None:
            return matrix.pair_text(int(matrix.order[row]), int(matrix.order[column]))
        return matrix.class_text(int(matrix.order[column if row is None else row]))

    def _hover(self, place: tuple[int | None, int | None]) -> None:
        if place != self._hovered:
            self._hovered = place
            self.pointed.emit(self._text_at(*place))
            self.update()

    def _say(self) -> None:
        """Describe the cell of the keyboard for screen readers, and what is pointed at for the line of text."""
        matrix = self._matrix
        if matrix is not None and max(self._cursor) < len(matrix.names):
            self.setAccessibleDescription(matrix.pair_text(*self._cursor))
            if self.hasFocus():
                announce(self, matrix.pair_text(*self._cursor))
        row, column = self._hovered
        if matrix is not None and max(row or 0, column or 0) >= len(matrix.names):
            self._hovered = (None, None)
        self.pointed.emit(self._text_at(*self._hovered))

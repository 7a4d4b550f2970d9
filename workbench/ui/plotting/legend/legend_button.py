"""Legends that are switches: a swatch and plain text; a click shows or hides the trace."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.render.colours import PlotColours

SWATCH = QSize(20, 12)
GAP = 6
PADDING = 6
CORNER = 5.0
ZIGZAG = (0.55, 0.15, 0.8, 0.3, 0.95, 0.1, 0.6)


class Swatch(Enum):
    """The look of a trace, recognised by its shape as well as its colour."""

    FAINT_LINE = auto()
    STRONG_LINE = auto()
    POINTS = auto()
    DIAMONDS = auto()


class LegendButton(QAbstractButton):
    """A checkable legend entry."""

    def __init__(self, name: str, text: str, swatch: Swatch, colours: PlotColours, parent: QWidget) -> None:
        """Build the entry, switched on.

        Args:
            name: the object name.
            text: plain text beside the swatch.
            swatch: the trace's shape.
            colours: see `set_colours`.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._swatch = swatch
        self._colours = colours
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.update()

    def picture(self) -> QPixmap:
        """The swatch alone, as it is drawn now."""
        picture = QPixmap(SWATCH * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_swatch(painter, QRectF(0, 0, SWATCH.width(), SWATCH.height()))
        painter.end()
        return picture

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for swatch and text."""
        width = SWATCH.width() + GAP + self.fontMetrics().horizontalAdvance(self.text()) + 2 * PADDING
        return QSize(width, max(SWATCH.height(), self.fontMetrics().height()) + PADDING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw ground, swatch and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        box = QRectF(PADDING, (self.height() - SWATCH.height()) / 2, SWATCH.width(), SWATCH.height())
        self._paint_swatch(painter, box)
        self._paint_text(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        painter.setPen(self._colours.text if self.isChecked() else self._colours.text_muted)
        font = self.font()
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        left = PADDING + SWATCH.width() + GAP
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip,
            self.text(),
        )

    def _paint_ground(self, painter: QPainter) -> None:
        has_focus = self.hasFocus()
        if not (self.underMouse() or has_focus):
            return
        painter.setPen(QPen(self._colours.accent, 1.5) if has_focus else Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.grid if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _paint_swatch(self, painter: QPainter, box: QRectF) -> None:
        middle = box.center().y()
        if self._swatch is Swatch.FAINT_LINE:
            painter.setPen(QPen(self._colour(self._colours.training_faint), 1.25))
            step = box.width() / (len(ZIGZAG) - 1)
            rows = enumerate(ZIGZAG)
            painter.drawPolyline(QPolygonF([QPointF(box.x() + i * step, box.y() + y * box.height()) for i, y in rows]))
        elif self._swatch is Swatch.STRONG_LINE:
            pen = QPen(self._colour(self._colours.training), 2.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left() + 1, middle), QPointF(box.right() - 1, middle))
        else:
            is_test, colours, centre = self._swatch is Swatch.POINTS, self._colours, box.center()
            painter.setPen(QPen(self._colour(colours.test_faint if is_test else colours.validation_faint), 1.25))
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(colours.test if is_test else colours.validation))
            if is_test:
                painter.drawEllipse(centre, 3.5, 3.5)
            else:
                corners = (QPointF(-4.5, 0.0), QPointF(0.0, -4.5), QPointF(4.5, 0.0), QPointF(0.0, 4.5))
                painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))

    def _colour(self, colour: QColor) -> QColor:
        return colour if self.isChecked() else self._colours.border


class HeaderButton(QToolButton):
    """A button with icon and text for a row above the plots; in a narrow row, the icon alone."""

    def __init__(self, name: str, text: str, tip: str, parent: QWidget, *, checkable: bool = True) -> None:
        """Build it; `tip` describes it for tooltip and screen reader."""
        super().__init__(parent)
        self._wide = 0
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(checkable)
        # The headers take their height from the plots.
        self.setProperty("small", True)
        self.set_narrow(False)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, or its text too."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.toolButtonStyle() is not style:
            self.setToolButtonStyle(style)

    def width_when(self, narrow: bool) -> int:
        """The width with the icon alone, or with its text, in pixels."""
        hint = self.sizeHint()
        if self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            self._wide = hint.width()
        # An icon alone has a square button.
        return hint.height() if narrow else self._wide

"""One large figure with its name, what changed, and a remark; a click copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip

from workbench.ui.style.tokens import tokens
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QColor, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette

ARROW: Final = QSize(8, 6)
RING: Final = 2.0
FRAME: Final = 3
"""Pixels around the texts: the focus ring lies there."""


class HeadlineFigure(QAbstractButton):
    """Painted as a whole: a figure changes a few times a second, and labels would lay their neighbours out each time.

    Args:
        name: the object name.
        caption: the name of the figure, in the user's language; see `set_caption`.
        widest: the widest value, which gives the width.
        widest_note: the widest text beside it.
        parent: the widget it belongs to.
    """

    def __init__(self, name: str, caption: str, widest: str, widest_note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._caption = self._short_caption = caption
        self._is_compact, self._has_note = False, True
        self._widest, self._widest_note = widest, widest_note
        self._value = self._note = self._spoken = ""
        # With the note, and without it.
        self._needed = {True: 0.0, False: 0.0}
        self._rises: bool | None = None
        self._is_better: bool | None = None
        self._palette: Palette | None = None
        self._small, self._large = QFont(), QFont()
        self._copied = self.tr("Copied: {text}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._copy)
        self._take_font()
        self._describe()

    @property
    def value(self) -> str:
        """The figure as it is shown."""
        return self._value

    @property
    def note(self) -> str:
        """The text beside the figure, without the arrow."""
        return self._note

    def set_compact(self, is_compact: bool) -> None:
        """Show the name before the figure, in a low line, or above it."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self._take_font()

    def set_note_shown(self, is_shown: bool) -> None:
        """Show what is said beside the figure, or leave it to the tool tip where there is no room."""
        if is_shown != self._has_note:
            self._has_note = is_shown
            self.updateGeometry()
            self.update()

    def width_with(self, *, note: bool) -> int:
        """The width that it needs with its note, or without it."""
        usual = self._width_of(self._widest, self._widest_note if note else "")
        caption, wanted = QFontMetricsF(self._small), max(usual, self._needed[note])
        if self._is_compact:
            wanted += caption.horizontalAdvance(self._short_caption) + tokens().close
        else:
            wanted = max(wanted, caption.horizontalAdvance(self._caption))
        return round(wanted) + 2 * FRAME

    def set_caption(self, caption: str, short: str) -> None:
        """Name the figure; `short` stands there where it is compact."""
        if (caption, short) != (self._caption, self._short_caption):
            self._caption, self._short_caption = caption, short
            self._describe()
            self.updateGeometry()
            self.update()

    def show_value(
        self, value: str, note: str = "", *, rises: bool | None = None, is_better: bool | None = None, spoken: str = ""
    ) -> None:
        """Show a figure.

        Args:
            value: the figure.
            note: stands beside it, in small letters.
            rises: whether an arrow before the note points up or down; None for none.
            is_better: whether the note tells of a gain; None where it tells of none.
            spoken: the note as a screen reader says it; the note itself where "".
        """
        shown = (value, note, rises, is_better)
        if shown == (self._value, self._note, self._rises, self._is_better):
            return
        self._value, self._note, self._rises, self._is_better = shown
        self._spoken = spoken or note
        for has_note in (True, False):
            if (needed := self._width_of(value, note if has_note else "")) > self._needed[has_note]:
                # It only grows, so that its neighbours do not move with every digit.
                self._needed[has_note] = needed
                self.updateGeometry()
        self._describe()
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the widest value and the widest note, where it is shown."""
        small, large = QFontMetricsF(self._small), QFontMetricsF(self._large)
        width = self.width_with(note=self._has_note)
        if self._is_compact:
            return QSize(width, round(large.height()))
        return QSize(width, round(small.height() + large.capHeight() + tokens().spacing) + 2 * FRAME)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the font of the window."""
        super().changeEvent(event)
        if event.type() in (event.Type.FontChange, event.Type.ApplicationFontChange):
            self._take_font()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the name, the figure on its base line, and the note on the same line."""
        del event
        if self._palette is None:
            return
        palette, painter = self._palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(palette.focus if self.hasFocus() else palette.border, RING))
            radius = tokens().radius
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        small = QFontMetricsF(self._small)
        painter.setFont(self._small)
        painter.setPen(palette.text_muted)
        large, left = QFontMetricsF(self._large), float(FRAME)
        if self._is_compact:
            base = (self.height() + large.capHeight()) / 2
            painter.drawText(QPointF(left, base), self._short_caption)
            left += small.horizontalAdvance(self._short_caption) + tokens().close
        else:
            base = self.height() - FRAME - 2.0
            painter.drawText(QPointF(left, FRAME + small.ascent()), self._caption)
        painter.setFont(self._large)
        painter.setPen(palette.text)
        painter.drawText(QPointF(left, base), self._value)
        if not self._has_note:
            painter.end()
            return
        left += large.horizontalAdvance(self._value) + tokens().close
        colour = self._note_colour(palette)
        if self._rises is not None and self._note:
            left = self._paint_arrow(painter, left, base, colour)
        painter.setFont(self._small)
        painter.setPen(colour)
        painter.drawText(QPointF(left, base), self._note)
        painter.end()

    def _paint_arrow(self, painter: QPainter, left: float, base: float, colour: QColor) -> float:
        """A triangle; returns where the note begins. Not a letter: few fonts have one."""
        wide, high = ARROW.width(), ARROW.height()
        top = base - high - 1.0
        tip, foot = (top, top + high) if self._rises else (top + high, top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(left, foot), QPointF(left + wide, foot), QPointF(left + wide / 2, tip)]))
        return left + wide + tokens().tight

    def _note_colour(self, palette: Palette) -> QColor:
        if self._is_better is None:
            return palette.text_muted
        return palette.success if self._is_better else palette.danger_text

    def _width_of(self, value: str, note: str) -> float:
        """Of a value, and of a note with an arrow where there is one."""
        width = QFontMetricsF(self._large).horizontalAdvance(value)
        if not note:
            return width
        arrow = tokens().close + ARROW.width() + tokens().tight
        return width + arrow + QFontMetricsF(self._small).horizontalAdvance(note)

    def _take_font(self) -> None:
        sizes, points = tokens(), self.font().pointSizeF()
        self._small, self._large = QFont(self.font()), QFont(self.font())
        if points > 0:
            self._small.setPointSizeF(points * sizes.text_small / 100)
            self._large.setPointSizeF(points * (sizes.text_large if self._is_compact else sizes.text_headline) / 100)
        self._large.setWeight(QFont.Weight.DemiBold)
        for font in (self._small, self._large):
            font.setFeature(QFont.Tag("tnum"), 1)
        self._needed = {True: 0.0, False: 0.0}
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        name = self.tr("{caption}: {value}").format(caption=self._caption, value=self._value or "–")
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._spoken)
        self.setToolTip(plain_tool_tip(name, self._spoken, self.tr("Click to copy it.")))

    def _copy(self) -> None:
        if self._value:
            QGuiApplication.clipboard().setText(self._value)
            text = plain_tool_tip(self._copied.format(text=self._value))
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), text, self)

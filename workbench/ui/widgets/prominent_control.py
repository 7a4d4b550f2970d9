"""The control of the number that steers a run most: a large value, its course so far, a wide slider with numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.style.tokens import tokens
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.text.numbers import SliderScale
from workbench.ui.widgets.number_control import NumberControl
from workbench.ui.widgets.rate_line import RateTrace
from workbench.ui.widgets.snapping_slider import SnappingSlider

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.ui.style.palette import Palette

LONGEST: Final = "0.00123e-"
"""What fits into the field; a longer number scrolls in it."""
ENTRY_FRAME: Final = 22
GAP: Final = 4
"""Pixels between two numbers of the scale, at least."""


class ProminentControl(NumberControl):
    """A card with the name, the value in large figures, what the run still uses, and a slider with labelled decades.

    Attributes:
        trace: the value in the run so far, as a small line beside the name.
    """

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        scale = SliderScale(row)
        self._slider = SnappingSlider(scale, self)
        self._slider.setObjectName(f"{row.name}_slider")
        self._slider.setAccessibleName(self.tr("{label}, slider").format(label=label_of(row)))
        self._slider.setAccessibleDescription(help_of(row))
        self._numbers = ScaleNumbers(self._slider, scale, self)
        self.trace = RateTrace(f"{row.name}_trace", self)
        self._entry.setProperty("prominent", True)
        self._entry.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._place()
        self._slider.value_picked.connect(self._pick)
        self._numbers.picked.connect(self._pick)
        self._entry.step_requested.connect(self._slider.step)
        self._show_value(self.value())

    def focus_chain(self) -> list[QWidget]:
        """The slider, then the entry."""
        return [self._slider, self._entry]

    def set_palette(self, palette: Palette) -> None:
        """Draw icons and line in these colours."""
        super().set_palette(palette)
        self.trace.set_palette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Give the field the width of its numbers in the large font, which the stylesheet sets."""
        super().changeEvent(event)
        if event.type() in (event.Type.StyleChange, event.Type.FontChange):
            self._fit_entry()

    def _place(self) -> None:
        sizes = tokens()
        # The value stands below the name, and what the run uses beside it.
        self._header.removeWidget(self._note)
        self._header.addSpacing(sizes.spacing)
        self._header.addWidget(self.trace, 1)
        value = QHBoxLayout()
        value.setSpacing(sizes.spacing)
        value.addWidget(self._entry)
        value.addWidget(self._note, 1)
        self._note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        card = QFrame(self)
        card.setProperty("role", "prominent")
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.row, sizes.spacing, sizes.row, sizes.close)
        column.setSpacing(sizes.close)
        column.addLayout(self._header)
        column.addLayout(value)
        scale = QVBoxLayout()
        scale.setSpacing(0)
        scale.addWidget(self._slider)
        scale.addWidget(self._numbers)
        column.addLayout(scale)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self._fit_entry()

    def _fit_entry(self) -> None:
        self._entry.ensurePolished()
        width = self._entry.fontMetrics().horizontalAdvance(LONGEST) + scaled(ENTRY_FRAME)
        if self._entry.minimumWidth() != width:
            self._entry.setFixedWidth(width)

    def _show_value(self, value: Value) -> None:
        super()._show_value(value)
        self._slider.show_value(float(value))


class ScaleNumbers(QWidget):
    """The numbers below the ticks of a slider; where they have no room, every second, third … of them.

    Attributes:
        picked: the user pressed a number: its value.
    """

    picked = Signal(object)

    def __init__(self, slider: SnappingSlider, scale: SliderScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self._ticks = scale.ticks()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shrink()

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line."""
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One line."""
        return self.sizeHint()

    def labels(self) -> list[tuple[str, QRectF]]:
        """The numbers that are drawn and where, from left to right."""
        boxes = [(text, self._box(position, text)) for position, text in self._ticks]
        for stride in range(1, len(boxes) + 1):
            # From the right: a slider's upper end is where its value does harm.
            shown = boxes[::-1][::stride][::-1]
            if all(right.left() - left.right() >= GAP for (_, left), (_, right) in pairwise(shown)):
                break
        return shown

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pick the number that is pressed."""
        for text, box in self.labels():
            if event.button() is Qt.MouseButton.LeftButton and box.adjusted(-GAP, 0, GAP, 0).contains(event.position()):
                self.picked.emit(float(text))
                return
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the font of the window."""
        super().changeEvent(event)
        if event.type() is event.Type.ApplicationFontChange:
            self._shrink()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the numbers."""
        del event
        painter = QPainter(self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.PlaceholderText))
        for text, box in self.labels():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _box(self, position: int, text: str) -> QRectF:
        width = self.fontMetrics().horizontalAdvance(text)
        left = self._slider.column_of(position) - width / 2
        return QRectF(min(max(0.0, left), self.width() - width), 0.0, width, self.height())

    def _shrink(self) -> None:
        parent = self.parentWidget()
        font = QFont(self.font() if parent is None else parent.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * tokens().text_small / 100)
            self.setFont(font)

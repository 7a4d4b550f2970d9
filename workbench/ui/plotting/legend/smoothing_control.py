"""The slider for the smoothing, with its value beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from workbench.ui.plotting.curves.smoothing import LARGEST_BETA
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.spoken_slider import SpokenPositions

TICKS_PER_DECADE = 100
DECADES = 3
LEAST_LETTERS = 12
SPACING = 8
NARROWEST_SLIDER = 48
WIDEST_SLIDER = 96
DEFAULT_BETA = 0.9
VALUE_FORMAT = "{:.3f}"


class SmoothingControl(QWidget):
    """Sets the weight of the past, 0 to 0.999.

    The slider is even in the logarithm of how many batches are averaged, 1 / (1 - weight): from one over ten (0.9) and
    a hundred (0.99) to a thousand (0.999), a third of the way each.

    Attributes:
        beta_changed: the new weight.
    """

    beta_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._tip = tip = self.tr(
            "Weight of the past in the smoothed training loss: 0 follows every batch, 0.9 averages about ten, "
            "0.99 about a hundred."
        )
        label = ElidedLabel(self.tr("Smoothing"), self, least_letters=LEAST_LETTERS)
        label.setToolTip(tip)
        self._slider = SpokenPositions(beta_at, lambda place: VALUE_FORMAT.format(beta_at(place)), self)
        self._slider.setObjectName("smoothing")
        self._slider.setAccessibleName(self.tr("Smoothing"))
        self._slider.setToolTip(tip)
        self._slider.setRange(0, TICKS_PER_DECADE * DECADES)
        self._slider.setPageStep(TICKS_PER_DECADE // 2)
        self._slider.setMinimumWidth(NARROWEST_SLIDER)
        self._slider.setMaximumWidth(WIDEST_SLIDER)
        self._value = QLabel(self)
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance(VALUE_FORMAT.format(0.0)) + 2)
        label.setBuddy(self._slider)

        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for widget in (label, self._slider, self._value):
            layout.addWidget(widget)
        self._slider.valueChanged.connect(self._on_slider_moved)
        self.set_beta(DEFAULT_BETA)

    @property
    def beta(self) -> float:
        """The weight of the past."""
        return beta_at(self._slider.value())

    def set_beta(self, beta: float) -> None:
        """Move the slider to `beta`, or as close as it gets."""
        averaged = 1.0 / (1.0 - min(LARGEST_BETA, max(0.0, beta)))  # in this order, NaN becomes 0
        self._slider.setValue(round(TICKS_PER_DECADE * math.log10(averaged)))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the value out, which the tooltip then tells, or show it beside the slider."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._value.setVisible(not narrow)
            self._show_tip()

    def width_when(self, narrow: bool) -> int:
        """The least width without the value, or with it, in pixels."""
        value = max(self._value.minimumWidth(), self._value.minimumSizeHint().width()) + SPACING
        return self.minimumSizeHint().width() + (int(self._is_narrow) - int(narrow)) * value

    def _show_tip(self) -> None:
        self._slider.setToolTip(plain_tool_tip(self._tip, self._value.text()) if self._is_narrow else self._tip)

    def _on_slider_moved(self) -> None:
        text = VALUE_FORMAT.format(self.beta)
        self._value.setText(text)
        self._show_tip()
        self.beta_changed.emit(self.beta)


def beta_at(place: int) -> float:
    """The weight of the past at a position of the slider."""
    return float(round(1.0 - 10.0 ** (-place / TICKS_PER_DECADE), 6))

"""A slider for each feature of a vector, to try values."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.text.metric_texts import signed_three_digits
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.spoken_slider import SpokenPositions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_FEATURES: Final = 12
STEPS: Final = 200
SPACING: Final = 6


class ValueSliders(QWidget):
    """One row for each feature: its name, a slider over the range of the data, the number."""

    changed = Signal()
    """`values` are others."""
    test_sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float32] = np.zeros(0, np.float32)
        self._lows = self._highs = self._values
        self._sliders: list[SpokenPositions] = []
        self._numbers: list[QLabel] = []
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._area.viewport().setAutoFillBackground(False)
        self._take = QPushButton(self.tr("Take a test sample"), self)
        self._take.setObjectName("take_test_sample")
        self._take.setToolTip(self.tr("Set the sliders to the values of a sample of the test set."))
        self._take.clicked.connect(self.test_sample_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._area)
        column.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def begin(self, names: Sequence[str], lows: NDArray[np.floating], highs: NDArray[np.floating]) -> None:
        """Make a slider for each of these features, from `lows` to `highs` (F,), and set each to its middle."""
        rows = QWidget(self._area)
        rows.setAutoFillBackground(False)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, SPACING, 0)
        grid.setColumnStretch(1, 1)
        self._sliders, self._numbers = [], []
        self._lows, self._highs = lows.astype(np.float32), highs.astype(np.float32)
        for index, name in enumerate(names):
            label = ElidedLabel(name, rows, least_letters=6)
            slider = SpokenPositions(partial(self._value_at, index), partial(self._text_at, index), rows)
            slider.setObjectName(f"value_{index}")
            slider.setAccessibleName(name)
            slider.setRange(0, STEPS)
            slider.valueChanged.connect(lambda place, index=index: self._on_moved(index, place))
            number = QLabel(rows)
            number.setTextFormat(Qt.TextFormat.PlainText)
            number.setMinimumWidth(self.fontMetrics().horizontalAdvance("-0.0000"))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, widget in enumerate((label, slider, number)):
                grid.addWidget(widget, index, column)
            self._sliders.append(slider)
            self._numbers.append(number)
        grid.setRowStretch(len(names), 1)
        self._area.setWidget(rows)
        # As high as its rows; lower, and it scrolls.
        self._area.setMaximumHeight(rows.sizeHint().height())
        self.show_values((self._lows + self._highs) / 2)

    @property
    def values(self) -> NDArray[np.float32]:
        """(F,): the input. It does not change: each change makes a new one."""
        return self._values

    def show_values(self, values: NDArray[np.floating]) -> None:
        """Set the sliders to these values (F,), which are kept exactly."""
        self._values = values.astype(np.float32)
        width = np.maximum(self._highs - self._lows, np.float32(1e-30))
        places = np.rint(np.nan_to_num((self._values - self._lows) / width).clip(0, 1) * STEPS).astype(int).tolist()
        for slider, place in zip(self._sliders, places, strict=True):
            slider.blockSignals(True)
            slider.setValue(place)
            slider.blockSignals(False)
        self._tell()

    def _value_at(self, index: int, place: int) -> float:
        low, high = float(self._lows[index]), float(self._highs[index])
        return low + (high - low) * place / STEPS

    def _text_at(self, index: int, _place: int) -> str:
        """The exact value, which may lie between two positions."""
        return self._numbers[index].text()

    def _on_moved(self, index: int, place: int) -> None:
        values = self._values.copy()
        values[index] = self._lows[index] + (self._highs[index] - self._lows[index]) * np.float32(place / STEPS)
        self._values = values
        self._tell()

    def _tell(self) -> None:
        for number, value in zip(self._numbers, self._values.tolist(), strict=True):
            number.setText(signed_three_digits(value))
        self.changed.emit()

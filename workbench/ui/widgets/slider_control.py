"""The control of a number: a slider, and a field for the exact value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.text.numbers import SliderScale
from workbench.ui.widgets.number_control import NumberControl
from workbench.ui.widgets.snapping_slider import SnappingSlider

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Hyperparameter, Value


class SliderControl(NumberControl):
    """A slider with a field for the exact value beside it."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._slider = SnappingSlider(SliderScale(row), self)
        self._slider.setObjectName(f"{row.name}_slider")
        self._slider.setAccessibleName(self.tr("{label}, slider").format(label=label_of(row)))
        self._slider.setAccessibleDescription(help_of(row))

        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._slider, 1)
        line.addWidget(self._entry)
        self._lay_out(line)

        self._slider.value_picked.connect(self._pick)
        self._entry.step_requested.connect(self._slider.step)
        self._show_value(self.value())

    def focus_chain(self) -> list[QWidget]:
        """The slider, then the entry."""
        return [self._slider, self._entry]

    def _show_value(self, value: Value) -> None:
        super()._show_value(value)
        self._slider.show_value(float(value))

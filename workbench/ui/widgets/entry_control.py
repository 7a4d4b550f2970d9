"""The control of a number without a slider: a parameter of a network of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.widgets.number_control import NumberControl

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Hyperparameter


class EntryControl(NumberControl):
    """The name of a number, and a field for it beside it."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self._header, 1)
        line.addWidget(self._entry)
        self._entry.step_requested.connect(self._on_step_requested)
        self._show_value(self.value())

    def focus_chain(self) -> list[QWidget]:
        """The field."""
        return [self._entry]

    def _on_step_requested(self, count: int) -> None:
        # Through text: 0.1 + 0.2 is 0.3 only so.
        step = count if self.row.kind is int else count / 10
        value = float(f"{float(self.value()) + step:.12g}")
        if self.row.allows(value):
            self._pick(value)

"""The base of the controls of numbers: a field for the exact value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from workbench.ui.style.tokens import tokens
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import help_of, label_of, range_text
from workbench.ui.widgets.hyperparameter_control import HyperparameterControl
from workbench.ui.widgets.number_entry import NumberEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Hyperparameter, Value

_WIDEST: Final = "0000000000"  # a rolled seed, and every number a slider gives
_ENTRY_FRAME: Final = 20  # pixels that padding and border take


class NumberControl(HyperparameterControl):
    """A control with a `NumberEntry`, which subclasses place; it has the same width in all of them."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._entry = NumberEntry(row, self)
        self._entry.setObjectName(f"{row.name}_entry")
        self._entry.setAccessibleName(label_of(row))
        self._entry.setAccessibleDescription(help_of(row))
        self._entry.setFixedWidth(self._entry.fontMetrics().horizontalAdvance(_WIDEST) + scaled(_ENTRY_FRAME))
        self._entry.value_entered.connect(self.setValue)
        self._entry.invalid_changed.connect(self._on_invalid_changed)
        self._entry.draft_changed.connect(self.draft_changed)

    def _lay_out(self, line: QHBoxLayout) -> None:
        """Place `line` below the header."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens().hair)
        layout.addLayout(self._header)
        layout.addLayout(line)

    def finish(self) -> None:
        """Apply the typed text, or restore the last valid value."""
        self._entry.finish()

    def _show_value(self, value: Value) -> None:
        self._entry.show_value(value)

    def _pick(self, value: Value) -> None:
        """Set a value that was not typed; text that is not applied yet is dropped."""
        self._entry.setModified(False)
        self.setValue(value)

    def _on_invalid_changed(self, invalid: bool) -> None:
        self._refuse(range_text(self._row) if invalid else "")

"""The control of a hyperparameter that is one of several texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Hyperparameter, Value


class OptionControl(HyperparameterControl):
    """The name of a row with `choices`, and a combo box beside it."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._combo = _QuietComboBox(self)
        self._combo.setObjectName(f"{row.name}_combo")
        self._combo.setAccessibleName(label_of(row))
        self._combo.setAccessibleDescription(help_of(row))
        for choice in row.choices:
            self._combo.addItem(QCoreApplication.translate("Hyperparameters", choice), choice)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self._header, 1)
        line.addWidget(self._combo)
        self._combo.currentIndexChanged.connect(lambda: self.setValue(str(self._combo.currentData())))
        self._show_value(self.value())

    def focus_chain(self) -> list[QWidget]:
        """The combo box."""
        return [self._combo]

    def _show_value(self, value: Value) -> None:
        with QSignalBlocker(self._combo):
            self._combo.setCurrentIndex(self._combo.findData(value))


class _QuietComboBox(QComboBox):
    """A combo box that leaves the wheel to the panel: a choice changes too much to be made by accident."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()

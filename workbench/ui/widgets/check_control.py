"""The control of a hyperparameter that is on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.engine.config.hyperparameters import Hyperparameter, Value


class CheckControl(HyperparameterControl):
    """A check box before the name of a row of kind `bool`; a click on the box or the name toggles it."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._check = _ElidedCheckBox(label_of(row), self)
        self._check.setObjectName(f"{row.name}_check")
        self._check.setAccessibleName(label_of(row))
        self._check.setAccessibleDescription(help_of(row))
        self._label.hide()
        self._header.insertWidget(0, self._check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._header)
        self._check.toggled.connect(self.setValue)
        self._show_value(self.value())

    def focus_chain(self) -> list[QWidget]:
        """The check box."""
        return [self._check]

    def _show_value(self, value: Value) -> None:
        self._check.setChecked(bool(value))

    def _reset_text(self) -> str:
        return self.tr("Default: {value}.")


class _ElidedCheckBox(QCheckBox):
    """A check box whose text ends in an ellipsis where the room is too small."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 3 * hint.height()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_CheckBox, option)

"""The parameters of a network of the user's own, as controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.engine.errors import UsageError
from workbench.ui.widgets.check_control import CheckControl
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.entry_control import EntryControl
from workbench.ui.widgets.option_control import OptionControl

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.engine.models.network_source import NetworkSource
    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

_ABOVE = 12
_BETWEEN = 9


class NetworkArguments(QWidget):
    """A heading, and a control for each parameter that can be set; hidden where there is none."""

    arguments_changed = Signal(object)
    """The user set a parameter: the arguments that differ from their defaults, by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_arguments")
        self._rows: tuple[Hyperparameter, ...] = ()
        self._controls: dict[str, HyperparameterControl] = {}
        self._palette: Palette | None = None
        self._is_locked = False
        self._heading = ElidedLabel("", self)
        self._heading.setProperty("role", "heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, _ABOVE, 0, 0)
        self._column.setSpacing(_BETWEEN)
        self._column.addWidget(self._heading)
        self.hide()

    @property
    def controls(self) -> list[HyperparameterControl]:
        """From top to bottom."""
        return list(self._controls.values())

    def show_network(self, network: NetworkSource | None) -> None:
        """Show the parameters of `network` with its arguments; None hides all."""
        try:
            rows = () if network is None else network.signature.rows
        except UsageError:  # a run of another version may hold what is no Python here
            rows = ()
        if rows != self._rows:
            self._rebuild(rows)
        if network is not None:
            self._heading.setText(self.tr("{network} settings").format(network=network.name))
            for name, control in self._controls.items():
                control.show_value(network.arguments.get(name, control.row.default))
        self.setVisible(bool(rows))

    def finish(self) -> None:
        """Apply typed texts, or restore the last valid values."""
        for control in self.controls:
            control.finish()

    def set_locked(self, locked: bool) -> None:
        """Disable the controls and say why, or enable them again."""
        self._is_locked = locked
        for control in self.controls:
            control.set_locked(locked)

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        self._palette = palette
        for control in self.controls:
            control.set_palette(palette)

    def _rebuild(self, rows: tuple[Hyperparameter, ...]) -> None:
        for control in self.controls:
            self._column.removeWidget(control)
            control.hide()
            control.deleteLater()
        self._rows = rows
        self._controls = {row.name: _control_for(row, self) for row in rows}
        for control in self.controls:
            self._column.addWidget(control)
            control.value_changed.connect(self._on_value_changed)
            control.set_locked(self._is_locked)
            if self._palette is not None:
                control.set_palette(self._palette)
            control.show()

    def _on_value_changed(self, _value: Value) -> None:
        values = {name: control.value() for name, control in self._controls.items()}
        self.arguments_changed.emit(
            {name: value for name, value in values.items() if value != self._controls[name].row.default}
        )


def _control_for(row: Hyperparameter, parent: QWidget) -> HyperparameterControl:
    if row.kind is bool:
        return CheckControl(row, parent)
    return OptionControl(row, parent) if row.choices else EntryControl(row, parent)

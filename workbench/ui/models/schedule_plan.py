"""SchedulePlanModel: what the schedule of the settings makes of the learning rate, for all that show it; no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.analysis.lr_curve import SchedulePlan

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.ui.models.settings_model import SettingsModel

PLANNED: Final = 129
"""Rates of a plan: more than enough for a curve of that size."""


class SchedulePlanModel(QObject):
    """Plans anew when the settings change, and only where the plan depends on what has changed.

    Args:
        settings: of the next run.
        parent: Qt's parent.

    Attributes:
        plan: the present one.
    """

    changed = Signal()

    def __init__(self, settings: SettingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._basis = self._read_basis()
        self.plan = SchedulePlan.of(*self._basis, PLANNED)
        settings.changed.connect(self._on_settings_changed)

    def _on_settings_changed(self) -> None:
        if (basis := self._read_basis()) != self._basis:
            self._basis = basis
            self.plan = SchedulePlan.of(*basis, PLANNED)
            self.changed.emit()

    def _read_basis(self) -> tuple[str, dict[str, Value]]:
        """The schedule, and the values that its plan depends on."""
        settings = self._settings
        names = ("learning_rate", "epochs", *settings.accepted("schedule"))
        return settings.choices()["schedule"], {name: settings.value(name) for name in names}

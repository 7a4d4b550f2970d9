"""CursorValues: has a panel show what each run in the plots had at the step that the user points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panels.curves import CurvesPanel
    from workbench.ui.panels.run_values import RunValuesPanel


class CursorValues(QObject):
    """Keeps the step that the crosshair of the plots was at last, so that its values stay to be read and copied.

    `window/wiring` connects what brings new values to `refresh`.

    Args:
        plots: the curves, in which the step is chosen.
        panel: shows the values.
        run: the current run; another one is followed at its newest step.
        parent: Qt's parent.
    """

    def __init__(self, plots: CurvesPanel, panel: RunValuesPanel, run: RunModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plots = plots
        self._panel = panel
        self._step: int | None = None
        plots.step_shown.connect(self._show_step)
        plots.runs_changed.connect(self.refresh)
        panel.newest_requested.connect(lambda: self._show_step(None))
        panel.caught_up.connect(self.refresh)
        for signal in (run.started, run.discarded):
            signal.connect(self._follow)

    def refresh(self) -> None:
        """Show the present values, if the panel can be seen."""
        if self._panel.is_seen:
            self._panel.show_values(self._step, self._plots.values_at(self._step))

    def _follow(self) -> None:
        self._step = None

    def _show_step(self, step: int | None) -> None:
        self._step = step
        self.refresh()

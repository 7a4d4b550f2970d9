"""MarksOnCurve: shows in the curves what panels look at: the step of a batch, and the futures of What if."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.ui.plotting.futures import DrawnFutures, smooth

if TYPE_CHECKING:
    from workbench.engine.protocol.experiments.what_if import Fan
    from workbench.ui.models.experiment_model import ExperimentModel
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.panels.curves import CurvesPanel


class MarksOnCurve(QObject):
    """Follows both models.

    Args:
        inspection: which batch is looked at.
        experiments: which futures are shown on the curve.
        plots: where they are drawn.
        parent: Qt's parent.
    """

    def __init__(
        self,
        inspection: InspectionModel,
        experiments: ExperimentModel,
        plots: CurvesPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._inspection = inspection
        self._experiments = experiments
        self._plots = plots
        self._drawn: tuple[Fan, int | None] | None = None
        inspection.batch_changed.connect(self._show_batch)
        inspection.subject_changed.connect(self._show_batch)
        experiments.changed.connect(self._show_fan)
        experiments.curve_changed.connect(self._show_fan)

    def _show_batch(self) -> None:
        self._plots.set_batch_step(self._inspection.batch_step)

    def _show_fan(self) -> None:
        shown = self._experiments.fan_on_curve
        if shown == self._drawn:
            return
        self._drawn = shown
        if shown is None:
            self._plots.set_fan(None)
        else:
            fan, chosen = shown
            self._plots.set_fan(DrawnFutures(fan.start, tuple(smooth(path.losses) for path in fan.paths), chosen))

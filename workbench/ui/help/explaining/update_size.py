"""UpdateSize: by how much an update changes the weights, as far as the layers have been measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from workbench.engine.protocol.queries.layers import MeasuredLayers, MeasureLayers
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Inspected
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.inspection import Inspection
    from workbench.ui.models.run_model import RunModel

ASKED_IN = frozenset({SessionState.PAUSED, SessionState.TRAINING})


class Measured(NamedTuple):
    """The size of an update.

    Attributes:
        step: of the update, counted from 0.
        ratio: the norm of the change of the weights over the norm of the weights, of all measured layers together.
    """

    step: int
    ratio: float


def ratio_of(answer: MeasuredLayers) -> float | None:
    """The norm of the next change of all measured weights over their norm; None where one of them is not known."""
    norms = [(layer.weight_norm, layer.update_ratio * layer.weight_norm) for layer in answer.layers]
    weights, changes = (math.sqrt(sum(pair[place] ** 2 for pair in norms)) for place in (0, 1))
    if not weights or not math.isfinite(changes):
        return None
    return changes / weights


class UpdateSize(QObject):
    """Keeps what the answers of the layers say about the current run, also of questions that others asked.

    Args:
        connection: brings the answers.
        run: the current run.
        inspection: asks once.
        parent: Qt's parent.
    """

    changed = Signal()

    def __init__(
        self, connection: Connection, run: RunModel, inspection: Inspection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._inspection = inspection
        self._run_id = ""
        self._measured: Measured | None = None
        connection.inspected.connect(self._on_inspected)

    @property
    def measured(self) -> Measured | None:
        """The update that was measured last, where it is one of the current run and not after its present step."""
        known = self._measured
        if known is None or self._run_id != self._run.run_id or known.step > self._run.step:
            return None
        return known

    def ask(self) -> None:
        """Have the next update measured, if a run is under way; `changed` follows."""
        if self._run.is_trainable and self._run.state in ASKED_IN:
            self._inspection.ask(MeasureLayers())

    def _on_inspected(self, event: Inspected) -> None:
        # An answer about an earlier step, which was looked back at, is no news about the present one.
        if not isinstance(event.answer, MeasuredLayers) or event.asked_step is not None:
            return
        ratio = ratio_of(event.answer)
        if ratio is not None:
            self._run_id, self._measured = event.run, Measured(event.step, ratio)
            self.changed.emit()

"""Follows the pointer: a crosshair in both plots, and the values under it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from workbench.ui.plotting.plot import Plot
    from workbench.ui.plotting.readout import Readout
    from workbench.ui.plotting.traces import Traces

INTERVAL_MS: Final = 16
NEARBY: Final = 6.0
"""Logical pixels from the pointer to a mark whose text is read out."""


class Inspector(QObject):
    """At most 60 times a second, however fast the pointer moves."""

    def __init__(self, loss: Plot, accuracy: Plot, traces: Traces, readout: Readout, parent: QObject) -> None:
        super().__init__(parent)
        self._loss = loss
        self._accuracy = accuracy
        self._traces = traces
        self._readout = readout
        self._column: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        for plot in (loss, accuracy):
            plot.range_changed.connect(self._look_soon)
            plot.pointer_moved.connect(self._on_pointer_moved)
            plot.pointer_left.connect(self.leave)

    def leave(self) -> None:
        """Take crosshair and readout away."""
        self._column = None
        self._timer.stop()
        self._hide()

    def _on_pointer_moved(self, column: float) -> None:
        self._column = column
        self._look_soon()

    def _look_soon(self) -> None:
        if self._column is not None and not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        view = self._loss.canvas.view
        if self._column is None or view is None:
            return
        step = round(view.step(self._column * view.ratio))
        if not 0 <= step < len(self._traces.history):
            self._hide()
            return
        column = view.column(step) / view.ratio
        self._loss.show_crosshair(column, self._traces.losses_at(step))
        self._accuracy.show_crosshair(column, self._traces.accuracies_at(step))
        near = NEARBY * view.ratio * view.steps_per_column
        notes = [mark.text for mark in self._traces.marks.between(step - near, step + near)]
        self._readout.show_step(self._traces.history, self._traces.smoothed, step, notes)

    def _hide(self) -> None:
        self._readout.clear()
        for plot in (self._loss, self._accuracy):
            plot.crosshair.hide()

"""Shows a run while it trains: frames of the plots, figures in the status bar, both at a pace of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from workbench.engine.events import Outcome
from workbench.engine.hyperparameters import hyperparameter
from workbench.ui.numbers import format_value
from workbench.ui.plotting.frame_clock import FrameClock
from workbench.ui.texts import label_of

if TYPE_CHECKING:
    from workbench.engine.events import RunEnded, RunStarted, ValueChanged
    from workbench.engine.history import History
    from workbench.ui.panels.plots import PlotsPanel
    from workbench.ui.panels.status import StatusPanel

STATUS_INTERVAL_MS: Final = 200


class RunDisplay(QObject):
    """Reads the history and the gauge of the present run and has the panels show them; nothing is sent per batch.

    Args:
        plots: shows the history.
        status: shows the gauge.
        parent: the window.
    """

    def __init__(self, plots: PlotsPanel, status: StatusPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plots = plots
        self._status = status
        self._run: RunStarted | None = None
        self._is_stopping = False
        self._clock = FrameClock(self)
        self._clock.frame_due.connect(self._draw_frame)
        # Until the window says that it is shown, nobody would see a frame.
        self._clock.set_visible(False)
        self._timer = QTimer(self, interval=STATUS_INTERVAL_MS)
        self._timer.timeout.connect(self._show_gauge)

    @property
    def history(self) -> History | None:
        """What the present or last run has recorded."""
        return None if self._run is None else self._run.history

    @property
    def clock(self) -> FrameClock:
        """Says when frames are due."""
        return self._clock

    def begin(self, event: RunStarted) -> None:
        """Show this run from now on."""
        self._run = event
        self._is_stopping = False
        self._status.begin_run()
        self._status.show_machine(event.recipe.device, event.threads)
        batch_size = int(event.recipe["batch_size"])
        self._plots.begin(event.history, -(-event.train_count // batch_size), event.gauge.planned_steps)
        self._clock.start()
        self._timer.start()

    def mark_change(self, event: ValueChanged) -> None:
        """Mark the step from which a new value is used."""
        change, row = event.change, hyperparameter(event.change.name)
        old, new = (format_value(row, value) for value in (change.old, change.new))
        self._plots.add_change_mark(change.step, change.name, label_of(row), old, new)
        if self._run is not None:
            self._plots.set_planned_steps(self._run.gauge.planned_steps)

    def note_stopping(self) -> None:
        """Leave the status bar to the word that Stop has been heard."""
        self._is_stopping = True

    def end(self, event: RunEnded) -> None:
        """Show the last of it, and how it ended."""
        self.rest()
        if event.outcome is Outcome.DIVERGED:
            self._plots.reload()
        self._plots.refresh()
        if self._run is not None and event.outcome is not Outcome.FINISHED:
            # What was planned beyond will not come.
            self._plots.set_planned_steps(max(1, len(self._run.history)))
        texts = {
            Outcome.FINISHED: self.tr("Finished after {steps} steps"),
            Outcome.STOPPED: self.tr("Stopped after {steps} steps"),
            Outcome.DIVERGED: self.tr("Diverged; the weights of step {steps} are kept"),
            Outcome.FAILED: self.tr("Failed after {steps} steps"),
        }
        self._status.show_state(texts[event.outcome].format(steps=f"{event.step:,}"))

    def rest(self) -> None:
        """Draw no more."""
        self._clock.stop()
        self._timer.stop()

    def _draw_frame(self) -> None:
        self._clock.report_cost(self._plots.refresh())

    def _show_gauge(self) -> None:
        if self._run is not None and not self._is_stopping:
            self._status.show_gauge(self._run.gauge, self._run.train_count)

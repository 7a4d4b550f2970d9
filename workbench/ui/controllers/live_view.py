"""Shows a run while it trains: frames of the plots, and with some of them the figures in the status bar."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.optim.lr_schedules import RateCurve
from workbench.engine.protocol.events import Outcome
from workbench.ui.plotting.render.frame_clock import FrameClock
from workbench.ui.text.engine_texts import label_of
from workbench.ui.text.numbers import format_value

if TYPE_CHECKING:
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change
    from workbench.engine.protocol.events import RunBranched, RunEnded, RunStarted, Travelled, ValueChanged
    from workbench.ui.panels.curves import CurvesPanel
    from workbench.ui.panels.status import StatusPanel

STATUS_INTERVAL_S: Final = 0.4
"""Between two looks at the gauge. With a frame, not by a timer: each time the window wakes, training waits for it."""


class LiveView(QObject):
    """Reads the history and the gauge of the present run and has the panels show them; nothing is sent per batch.

    Args:
        plots: shows the history.
        status: shows the gauge.
        parent: the window.
    """

    def __init__(self, plots: CurvesPanel, status: StatusPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plots = plots
        self._status = status
        self._run: RunStarted | None = None
        self._is_stopping = False
        self._clock = FrameClock(self)
        self._clock.frame_due.connect(self._draw_frame)
        # Until the window says that it is shown, nobody would see a frame.
        self._clock.set_visible(False)
        self._gauge_shown = 0.0

    def watch(self, window: QWidget) -> None:
        """Draw only while `window` is seen; a minimised one is not hidden, but nobody sees it either."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hear whether the window is shown, hidden or minimised."""
        match event.type():
            case QEvent.Type.Show | QEvent.Type.Hide | QEvent.Type.WindowStateChange if isinstance(watched, QWidget):
                self._clock.set_visible(watched.isVisible() and not watched.isMinimized())
        return super().eventFilter(watched, event)

    @property
    def history(self) -> History | None:
        """What the present or last run has recorded."""
        return None if self._run is None else self._run.history

    @property
    def steps_left(self) -> bool:
        """Whether the run is planned to go on from where it is."""
        return self._run is not None and len(self._run.history.evaluations) < self._run.gauge.planned_epochs

    @property
    def clock(self) -> FrameClock:
        """Says when frames are due."""
        return self._clock

    def begin(self, event: RunStarted) -> None:
        """Show this run from now on; it trains, unless `pause` follows."""
        self._run = event
        self._status.begin_run()
        self._status.show_machine(event.recipe.device, event.threads)
        batch_size = int(event.values["batch_size"])
        self._plots.begin(event.history, -(-event.train_count // batch_size), event.gauge.planned_steps)
        self._plots.set_rate_curve(RateCurve(event.recipe, event.history, event.train_count))
        self._plots.set_future(event.future)
        self._show_all_changes()
        self.resume()

    def resume(self) -> None:
        """The run trains: draw what it records as it comes."""
        self._is_stopping = False
        if self._run is not None:
            self._plots.set_planned_steps(self._run.gauge.planned_steps)
        self._status.begin_run()
        self._clock.start()

    def pause(self) -> None:
        """The run rests: show the last of it, and where it is."""
        self.rest()
        self._plots.refresh()
        self._show_where()

    def travel(self, event: Travelled) -> None:
        """The run is at another step, and rests."""
        self.rest()
        self._plots.reload()
        self._plots.set_future(event.future)
        self._show_all_changes()
        self._plots.refresh()
        self._show_where()

    def branch(self, event: RunBranched) -> None:
        """The run has left what was recorded, which stays to be seen beside it."""
        self._plots.set_future(event.future)
        self._show_all_changes()

    def reach(self) -> None:
        """The run has come to the end of what was recorded."""
        self._plots.set_future(None)

    def mark_change(self, event: ValueChanged) -> None:
        """Mark the step from which a new value is used."""
        if self._clock.is_started:
            self._plots.add_change_mark(*_texts(event.change))
        else:
            # At rest a value that is moved on takes the place of the one before.
            self._show_all_changes()
        if self._run is not None:
            self._plots.set_planned_steps(self._run.gauge.planned_steps)

    def note_stopping(self) -> None:
        """Leave the status bar to the word that Stop, or Pause, has been heard."""
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

    def clear(self) -> None:
        """There is no run any more."""
        self.rest()
        self._run = None
        self._plots.set_future(None)
        self._plots.clear()
        self._status.show_state(self.tr("Ready"))

    def rest(self) -> None:
        """Draw no more."""
        self._clock.stop()

    def _show_all_changes(self) -> None:
        if self._run is not None:
            self._plots.show_changes([_texts(change) for change in self._run.history.changes])

    def _show_where(self) -> None:
        if self._run is not None:
            run = self._run
            self._plots.set_planned_steps(run.gauge.planned_steps)
            text = self.tr("Paused at step {step} · epoch {epoch} of {epochs}")
            self._status.show_rest(
                text.format(
                    step=f"{len(run.history):,}",
                    epoch=min(run.gauge.epoch, run.gauge.planned_epochs),
                    epochs=run.gauge.planned_epochs,
                ),
                run.gauge,
                run.train_count,
            )

    def _draw_frame(self) -> None:
        self._clock.report_cost(self._plots.refresh())
        now = time.monotonic()
        if now - self._gauge_shown >= STATUS_INTERVAL_S and self._run is not None and not self._is_stopping:
            self._gauge_shown = now
            self._status.show_gauge(self._run.gauge, self._run.train_count)


def _texts(change: Change) -> tuple[int, str, str, str, str]:
    row = hyperparameter(change.name)
    old, new = (format_value(row, value) for value in (change.old, change.new))
    return change.step, change.name, label_of(row), old, new

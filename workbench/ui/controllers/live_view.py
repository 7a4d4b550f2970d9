"""LiveView: draws the current run while it trains, frames of the plots and the figures of the status bar."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.engine.analysis.lr_curve import RateCurve
from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.protocol.events import Outcome
from workbench.engine.runtime.thread_waits import processor_time, usable_cores
from workbench.ui.models.busy_watch import BusyWatch
from workbench.ui.models.headline_figures import headline_of
from workbench.ui.models.session_state import SessionState
from workbench.ui.plotting.render.frame_clock import FrameClock
from workbench.ui.text.engine_texts import label_of
from workbench.ui.text.numbers import format_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change
    from workbench.engine.protocol.events import RunEnded
    from workbench.engine.runtime.thread_waits import ProcessorTime
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panels.curves import CurvesPanel
    from workbench.ui.panels.figures import FiguresPanel
    from workbench.ui.panels.status import StatusPanel

STATUS_INTERVAL_S: Final = 0.4
"""Between two updates of the figures. A frame brings them, no timer: training waits each time the window wakes."""


class LiveView(QObject):
    """Polls the history and the progress of the current run and has the panels show them; no event comes per batch.

    `window/wiring/run_slots` connects the signals of `run` to the slots here.

    Args:
        run: the current run.
        plots: its curves.
        figures: its result.
        status: its speed.
        parent: Qt's parent.
        time_of_process: how long its threads have run and have waited for a processor.
    """

    result_shown = Signal()
    """The figures of the run are up to date: a few times a second while it trains, and wherever it stands still."""

    def __init__(
        self,
        run: RunModel,
        plots: CurvesPanel,
        figures: FiguresPanel,
        status: StatusPanel,
        parent: QObject | None = None,
        time_of_process: Callable[[], ProcessorTime | None] = processor_time,
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._plots = plots
        self._figures = figures
        self._status = status
        self._clock = FrameClock(self)
        self._clock.frame_due.connect(self._draw_frame)
        # No frame is drawn before the window is shown.
        self._clock.set_visible(False)
        self._figures_shown = 0.0
        self._busy = BusyWatch(usable_cores())
        self._time_of_process = time_of_process
        self._ended: RunEnded | None = None

    def watch(self, window: QWidget) -> None:
        """Draw only while `window` can be seen; a minimised window is not hidden, but it cannot be seen either."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """React to the window being shown, hidden or minimised."""
        match event.type():
            case QEvent.Type.Show | QEvent.Type.Hide | QEvent.Type.WindowStateChange if isinstance(watched, QWidget):
                self._clock.set_visible(watched.isVisible() and not watched.isMinimized())
        return super().eventFilter(watched, event)

    def stop(self) -> None:
        """Draw no more frames."""
        self._clock.stop()
        self._busy.begin()
        self._status.show_slowed(None)

    # The run's signals

    def on_started(self) -> None:
        """Show another run; it trains, unless `paused` follows."""
        run, self._ended = self._run, None
        assert run.history is not None
        assert run.recipe is not None
        assert run.progress is not None
        self._status.show_machine(run.recipe.device, run.threads)
        steps_per_epoch = -(-run.train_count // int(run.values["batch_size"]))
        self._plots.begin(run.history, steps_per_epoch, run.progress.planned_steps, run.recipe.task.metric)
        self._plots.set_has_validation(run.has_validation)
        self._plots.set_rate_curve(RateCurve(run.recipe, run.history, run.train_count))
        self._show_future(run.recording)
        self._show_all_changes()
        self._show_result()
        self._start()

    def on_resumed(self) -> None:
        """Draw what the run records, if it trains: it does not if the user has requested something else since."""
        if self._run.state is SessionState.TRAINING:
            self._start()

    def on_paused(self) -> None:
        """Show the last of the run, and where it is; not on its way to another step."""
        self.stop()
        if self._run.state is SessionState.PAUSED:
            self._plots.refresh()
            self._show_where()

    def on_travelled(self) -> None:
        """Show the run at another step, where it is paused."""
        self.stop()
        self._plots.reload()
        self._show_future(self._run.recording)
        self._show_all_changes()
        self._plots.refresh()
        self._show_where()

    def on_branched(self, recording: History) -> None:
        """Go on showing what is recorded of the parent, beside the run, from where they part."""
        assert self._run.run is not None
        self._show_future(recording, branch_step=self._run.run.parent_step)
        self._show_all_changes()

    def on_recording_ended(self) -> None:
        """Nothing is recorded beyond the current step any more."""
        self._plots.set_future(None)

    def on_value_changed(self, change: Change) -> None:
        """Mark the step from which the run uses a new value."""
        if self._clock.is_started:
            self._plots.add_change_mark(*_texts(change))
        else:
            # In a paused run a value that is moved on replaces the change made before at the same step.
            self._show_all_changes()
        self._show_planned_steps()

    def on_ended(self, event: RunEnded) -> None:
        """Show the last of the run, and how it ended; not if another run is being opened."""
        self.stop()
        if self._run.state is not SessionState.READY:
            return
        if event.outcome is Outcome.DIVERGED:
            self._plots.reload()
        self._plots.refresh()
        if self._run.history is not None and event.outcome is not Outcome.FINISHED:
            self._plots.set_planned_steps(max(1, len(self._run.history)))  # the other planned steps will not come
        self._ended = event
        self.show_ready()
        self._show_result()

    def show_ready(self) -> None:
        """Say how the current run ended, or that a run can start."""
        if self._ended is None:
            self._status.show_state(self.tr("Ready"))
            return
        texts = {
            Outcome.FINISHED: self.tr("Finished after {steps} steps"),
            Outcome.STOPPED: self.tr("Stopped after {steps} steps"),
            Outcome.DIVERGED: self.tr("Diverged; the weights of step {steps} are kept"),
            Outcome.FAILED: self.tr("Failed after {steps} steps"),
        }
        self._status.show_state(texts[self._ended.outcome].format(steps=f"{self._ended.step:,}"))

    def on_discarded(self) -> None:
        """There is no run any more."""
        self.stop()
        self._ended = None
        self._plots.set_future(None)
        self._plots.clear()
        self.show_ready()
        self._show_result()

    # Internals

    def _start(self) -> None:
        self._ended = None
        self._show_planned_steps()
        self._status.begin_run()
        self._clock.start()

    def _show_future(self, recording: History | None, *, branch_step: int | None = None) -> None:
        run = self._run
        rate = None
        if recording is not None and run.recipe is not None and run.train_count:
            rate = RateCurve(run.recipe, recording, run.train_count)
        self._plots.set_future(recording, branch_step=branch_step, rate=rate)

    def _show_planned_steps(self) -> None:
        if self._run.progress is not None:
            self._plots.set_planned_steps(self._run.progress.planned_steps)

    def _show_all_changes(self) -> None:
        if self._run.history is not None:
            self._plots.show_changes([_texts(change) for change in self._run.history.changes])

    def _show_where(self) -> None:
        progress = self._run.progress
        if progress is None:
            return
        self._show_planned_steps()
        text = self.tr("Paused at step {step} · epoch {epoch} of {epochs}").format(
            step=f"{self._run.step:,}",
            epoch=min(progress.epoch, progress.planned_epochs),
            epochs=progress.planned_epochs,
        )
        self._status.show_rest(text, progress, self._run.train_count)
        self._show_result()

    def _show_result(self) -> None:
        history, recipe = self._run.history, self._run.recipe
        evaluations = history.evaluations if history is not None else []
        self._status.show_result(evaluations[-1] if evaluations else None)
        if history is not None and recipe is not None:
            self._figures.show_headline(headline_of(history, self._plots.stack.traces.smoothed, recipe.task.metric))
        else:
            self._figures.show_headline(None)
        self.result_shown.emit()

    def _draw_frame(self) -> None:
        self._clock.report_cost(self._plots.refresh())
        now = time.monotonic()
        # In another state than TRAINING the status bar says what the user has requested.
        if now - self._figures_shown >= STATUS_INTERVAL_S and self._run.state is SessionState.TRAINING:
            progress = self._run.progress
            assert progress is not None
            self._figures_shown = now
            self._status.show_progress(progress, self._run.train_count)
            self._show_result()
            self._watch_machine(now)

    def _watch_machine(self, now: float) -> None:
        """Say it where other programs slow the run down."""
        run, progress = self._run, self._run.progress
        if progress is None or run.recipe is None:
            return
        if progress.testing:
            self._busy.interrupt()
            return
        recipe = run.recipe
        # Another run with the same steps has the same quiet median.
        kind = (recipe.dataset, recipe.model, recipe.network, recipe.optimizer, recipe.device, run.values["batch_size"])
        self._status.show_slowed(self._busy.add(now, run.step, self._time_of_process(), kind))


def _texts(change: Change) -> tuple[int, str, str, str, str]:
    row = hyperparameter(change.name)
    old, new = (format_value(row, value) for value in (change.old, change.new))
    return change.step, change.name, label_of(row), old, new

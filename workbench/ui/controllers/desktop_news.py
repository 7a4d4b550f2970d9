"""DesktopNews: tells the desktop how a run goes, for a user who is looking at something else meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.history.durations import duration_text
from workbench.engine.protocol.events import Outcome
from workbench.ui.models.session_state import SessionState
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.text.metric_texts import named_metric_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import DivergenceStopped, RunEnded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.system.desktop_notifier import Notifier

LONG_S: Final = 60.0
"""Seconds of training from which its end is worth a notification."""
PROGRESS_MS: Final = 2000


class DesktopNews(QObject):
    """A notification when a long run ends, or the guard stops it, while the window is not active; progress meanwhile.

    Args:
        run: the current run.
        library: knows the runs' names.
        connection: tells of the guard.
        notifier: shows it.
        window: is it active?
        clock: in seconds.

    Attributes:
        percent_changed: for the title of the window, where the desktop has no place for progress; None for none.
        notifies: whether notifications are shown.
        shows_progress: whether progress is.
    """

    percent_changed = Signal(object)

    def __init__(
        self,
        run: RunModel,
        library: RunLibrary,
        connection: Connection,
        notifier: Notifier,
        window: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._run = run
        self._library = library
        self._notifier = notifier
        self._window = window
        self._clock = clock
        self._began: float | None = None
        self._trained = 0.0
        self._shown: float | None = None
        self.notifies = self.shows_progress = True
        self._timer = QTimer(self, interval=PROGRESS_MS)
        self._timer.timeout.connect(self.update_progress)
        run.started.connect(self._on_started)
        run.changed.connect(self._on_changed)
        run.ended.connect(self._on_ended)
        connection.divergence_stopped.connect(self._on_guard)

    def set_notifies(self, notifies: bool) -> None:
        """Show notifications, or none."""
        self.notifies = notifies

    def set_shows_progress(self, shows_progress: bool) -> None:
        """Show progress in the task bar, or none."""
        self.shows_progress = shows_progress
        self.update_progress()

    def state(self) -> dict[str, Any]:
        """What is remembered."""
        return {"notifies": self.notifies, "shows_progress": self.shows_progress}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what was remembered; other values are passed over."""
        if isinstance(notifies := state.get("notifies"), bool):
            self.notifies = notifies
        if isinstance(shows_progress := state.get("shows_progress"), bool):
            self.shows_progress = shows_progress

    def update_progress(self) -> None:
        """Show how much of the planned steps is done, if a run is under way."""
        run, share = self._run, None
        is_under_way = run.state in (SessionState.TRAINING, SessionState.PAUSED, SessionState.PAUSING)
        if self.shows_progress and is_under_way and run.progress is not None and run.progress.planned_steps:
            share = min(1.0, run.step / run.progress.planned_steps)
        if share is None and self._shown is None:
            return
        if share is not None and self._shown is not None and round(100 * share) == round(100 * self._shown):
            return
        self._shown = share
        if not self._notifier.show_progress(share):
            self.percent_changed.emit(None if share is None else round(100 * share))

    def stop(self) -> None:
        """Show nothing any more: the window closes."""
        self._timer.stop()
        if self._shown is not None:
            self._shown = None
            self._notifier.show_progress(None)

    def _on_started(self) -> None:
        self._began, self._trained = None, 0.0

    def _on_changed(self) -> None:
        """Count the time of the training; pauses do not count."""
        is_training = self._run.state is SessionState.TRAINING
        if is_training and self._began is None:
            self._began = self._clock()
            self._timer.start()
        elif not is_training and self._began is not None:
            self._trained += self._clock() - self._began
            self._began = None
            self._timer.stop()
        self.update_progress()

    def _on_ended(self, event: RunEnded) -> None:
        seconds = self._trained + (0.0 if self._began is None else self._clock() - self._began)
        if seconds < LONG_S or event.outcome is Outcome.STOPPED:
            return
        titles = {
            Outcome.FINISHED: self.tr("{run} has finished"),
            Outcome.DIVERGED: self.tr("{run} has diverged"),
            Outcome.FAILED: self.tr("{run} has failed"),
        }
        history, text = self._run.history, ""
        if history is not None and history.evaluations and self._run.recipe is not None:
            result = named_metric_text(self._run.recipe.task.metric, history.evaluations[-1].metric)
            text = self.tr("Last test: {result}; trained for {time}.").format(
                result=result, time=duration_text(seconds)
            )
        self._tell(titles[event.outcome].format(run=self._name()), text)

    def _on_guard(self, event: DivergenceStopped) -> None:
        self._tell(self.tr("The guard has paused {run}").format(run=self._name()), sentence_of(event.problem))

    def _tell(self, title: str, text: str) -> None:
        if self.notifies and not self._window.isActiveWindow():
            self._notifier.notify(title, text)

    def _name(self) -> str:
        return self._library.title(self._run.run_id or "", self.tr("The run"))

"""WindowTitle: the window's title says which run is open, what it does, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.engine.protocol.events import Outcome
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import RunEnded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.models.run_model import RunModel


class WindowTitle(QObject):
    """Sets the title with every event that changes it, at most once an epoch while a run trains.

    Args:
        run: the current run.
        library: knows the runs' titles.
        connection: tells when an epoch begins.
        window: gets the title.
    """

    def __init__(self, run: RunModel, library: RunLibrary, connection: Connection, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._library = library
        self._window = window
        self._outcome: Outcome | None = None
        self._percent: int | None = None
        run.started.connect(self._on_started)
        run.ended.connect(self._on_ended)
        run.changed.connect(self.show)
        library.runs_changed.connect(self.show)
        connection.epoch_started.connect(lambda _: self.show())
        self.show()

    def show(self) -> None:
        """Say what there is now."""
        title = self._text()
        if self._percent is not None:
            title = self.tr("{percent} % · {title}").format(percent=self._percent, title=title)
        if title != self._window.windowTitle():
            self._window.setWindowTitle(title)

    def set_percent(self, percent: int | None) -> None:
        """Say how much of the run is done, where the desktop shows it nowhere else; None for nothing."""
        self._percent = percent
        self.show()

    def _on_started(self) -> None:
        self._outcome = None
        self.show()

    def _on_ended(self, event: RunEnded) -> None:
        self._outcome = event.outcome
        self.show()

    def _text(self) -> str:
        run = self._run
        if run.run is None or run.progress is None:
            if run.state is SessionState.PREPARING:
                return self.tr("New run · preparing — Training workbench")
            if run.state is SessionState.OPENING:
                return self.tr("Opening a run — Training workbench")
            return self.tr("Training workbench")
        return self._template().format(
            run=self._library.title(run.run.id, self.tr("New run")),
            epoch=f"{min(run.progress.epoch, run.progress.planned_epochs):,}",
            epochs=f"{run.progress.planned_epochs:,}",
        )

    def _template(self) -> str:
        match self._run.state:
            case SessionState.TRAINING:
                return self.tr("{run} · training · epoch {epoch} of {epochs} — Training workbench")
            case SessionState.PREPARING:
                return self.tr("New run · preparing — Training workbench")
            case SessionState.STOPPING:
                return self.tr("{run} · stopping — Training workbench")
            case SessionState.OPENING:
                return self.tr("Opening a run — Training workbench")
            case SessionState.TRAVELLING:
                return self.tr("{run} · going to another step — Training workbench")
            case SessionState.EXPERIMENTING:
                return self.tr("{run} · trying on copies — Training workbench")
            case SessionState.READY:
                return self._ended_template()
            case _:
                return self.tr("{run} · paused · epoch {epoch} of {epochs} — Training workbench")

    def _ended_template(self) -> str:
        match self._outcome:
            case Outcome.STOPPED:
                return self.tr("{run} · stopped · epoch {epoch} of {epochs} — Training workbench")
            case Outcome.DIVERGED:
                return self.tr("{run} · diverged · epoch {epoch} of {epochs} — Training workbench")
            case Outcome.FAILED:
                return self.tr("{run} · failed · epoch {epoch} of {epochs} — Training workbench")
            case _:
                return self.tr("{run} · finished · epoch {epoch} of {epochs} — Training workbench")

"""CrashReports: offers the reports of crashes in a notice, with the run that was under way."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from workbench.ui.dialogs.crash_dialog import show_crash_report
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.system.crash_report import CrashReport, CrashWatch, mark_shown, new_reports

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_actions import RunActions
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panels.notification_bar import NotificationBar

CRASH = "crash"
"""The topic of the notice: there is one, however much went wrong."""


class CrashReports(QObject):
    """Tells a watch what the run is doing, and shows what the watch and earlier processes have written.

    Args:
        watch: writes the reports of this process.
        connection: brings the text of the log.
        run: the current run.
        library: knows the stored runs.
        actions: open a run.
        bar: shows the notice.
        window: owner of the dialog.
    """

    _reported = Signal(object)

    def __init__(
        self,
        watch: CrashWatch,
        connection: Connection,
        run: RunModel,
        library: RunLibrary,
        actions: RunActions,
        bar: NotificationBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._watch = watch
        self._run = run
        self._library = library
        self._actions = actions
        self._bar = bar
        self._window = window
        self._earlier: list[CrashReport] = []
        # An error in another thread is shown in this one.
        self._reported.connect(self._show_own, Qt.ConnectionType.QueuedConnection)
        watch.on_report = self._reported.emit
        connection.text_printed.connect(self._on_text_printed)
        run.run_changed.connect(self._note_run)
        library.runs_changed.connect(self._offer_earlier)

    def look_for_earlier(self) -> None:
        """Offer the reports of earlier processes once the stored runs are known, and their names with them."""
        self._earlier = new_reports(self._watch.folder)
        if self._earlier and self._library.runs:
            self._offer_earlier()
        elif self._earlier:
            self._offer(self._earlier[-1], is_earlier=True)

    def _offer_earlier(self) -> None:
        if self._earlier:
            self._offer(self._earlier[-1], is_earlier=True)
            self._earlier = []

    def _show_own(self, report: CrashReport) -> None:
        self._offer(report, is_earlier=False)

    def _offer(self, report: CrashReport, *, is_earlier: bool) -> None:
        choices = [Choice("crash_see", self.tr("See the report"), partial(self._see, report))]
        run = report.run if is_earlier else None
        if run is not None and self._library.summary(run) is not None:
            title = self._library.title(run)
            open_text = self.tr("Open {run}").format(run=title)
            choices.append(Choice("crash_open_run", open_text, partial(self._open, report, run)))
        choices.append(Choice("crash_discard", self.tr("Discard it"), partial(self._discard, report)))
        if is_earlier:
            sentence = self.tr("The program ended with an error last time, and a report of it was written.")
        else:
            sentence = self.tr(
                "An unexpected error occurred, and a report of it was written; what was trained is kept."
            )
        details = "" if is_earlier else report.text
        self._bar.show_notice(sentence, Kind.WARNING, details, choices=choices, topic=CRASH)

    def _see(self, report: CrashReport) -> None:
        kept = mark_shown(report)
        show_crash_report(self._window, kept, partial(self._discard, kept))

    def _open(self, report: CrashReport, run: str) -> None:
        mark_shown(report)
        self._actions.open(run)

    def _discard(self, report: CrashReport) -> None:
        with contextlib.suppress(OSError):
            report.path.unlink()

    def _on_text_printed(self, text: str) -> None:
        self._watch.note_log(text)
        self._note_run()

    def _note_run(self) -> None:
        recipe = self._run.recipe
        self._watch.note_run(self._run.run_id, "" if recipe is None else recipe.to_json(), self._run.step)

"""RunActions: what the user does with stored runs: open one, use its settings again, overlay some, delete some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import DEFAULT_DEVICE
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.text.engine_texts import label_of, sentence_of

if TYPE_CHECKING:
    from workbench.engine.protocol.events import RunDiscarded
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.notification_bar import NotificationBar

UNDO_OFFERED_S: Final = 12.0


class RunActions(QObject):
    """Carries out the actions of the table of runs and of the tree of branches.

    Args:
        library: reads and writes the store.
        run: the current run.
        controller: controls it.
        settings: of the next run.
        notice: says why an action is not possible, and offers choices.
        undo: undoes deletions and settings.
        parent: the window.
    """

    def __init__(
        self,
        library: RunLibrary,
        run: RunModel,
        controller: RunController,
        settings: SettingsModel,
        notice: NotificationBar,
        undo: UndoHistory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._run = run
        self._controller = controller
        self._settings = settings
        self._notice = notice
        self._undo = undo

    def open(self, run: str) -> None:
        """Make a stored run the current one; while another run trains, ask first."""
        state = self._run.state
        if run == self._run.run_id and not state.is_at_rest:
            return
        if state.is_at_rest:
            self._controller.open_run(run)
        elif state is SessionState.TRAINING:
            sentence = self.tr("{running} is training. Opening {wanted} stops it; it is kept, and can be continued.")
            running = self._library.title(self._run.run_id or "")
            self._notice.show_notice(
                sentence.format(running=running, wanted=self._library.title(run)),
                Kind.WARNING,
                choices=[
                    Choice("stop_and_open", self.tr("Stop it and open"), lambda: self._controller.open_run(run)),
                    Choice("keep_training", self.tr("Keep training")),
                ],
            )

    def overlay(self, runs: list[str]) -> None:
        """Draw runs over the plots; without a current run, open the first of them and draw the others over it."""
        if self._run.run is None and self._run.state is SessionState.READY and runs:
            self._controller.open_run(runs[0])
            runs = runs[1:]
        if runs:
            self._library.overlay(runs)

    def reuse(self, run: str) -> None:
        """Set the controls as in a run; a paused run is stopped for it."""
        summary = self._library.summary(run)
        state = self._run.state
        if summary is None:
            return
        if state is SessionState.PAUSED:
            self._controller.stop()
        elif state is not SessionState.READY:
            self._notice.show_notice(
                self.tr("A run is active: stop it, then choose the settings of the next one."), Kind.WARNING
            )
            return
        try:
            before = self._settings.recipe()
        except UsageError as problem:
            self._notice.show_notice(sentence_of(problem), Kind.ERROR)
            return
        show, wanted = self._settings.show_recipe, summary.recipe
        if DATASETS.is_retired(wanted.dataset):
            label = label_of(DATASETS[DATASETS.default])
            wanted = wanted.with_dataset(DATASETS.default)
            self._notice.show_notice(
                self.tr("The data set of {run} is no longer part of the program, so {dataset} is set instead.").format(
                    run=self._library.title(run), dataset=label
                )
            )
        if not self._settings.has_device(wanted.device):
            sentence = self.tr(
                "{run} was trained on the device {device}, which this machine does not have: the next run trains on "
                "{instead}."
            )
            self._notice.show_notice(
                sentence.format(run=self._library.title(run), device=wanted.device, instead=DEFAULT_DEVICE)
            )
            wanted = replace(wanted, device=DEFAULT_DEVICE)
        text = self.tr("Settings of {run}").format(run=self._library.title(run))
        self._undo.do(text, lambda: show(wanted), lambda: show(before), sets_controls=True)

    def delete(self, runs: list[str]) -> None:
        """Delete runs, and offer to restore them. The current run is discarded; while it trains, it is not deleted."""
        current = self._run.run_id
        if current in runs:
            runs = [run for run in runs if run != current]
            if self._run.state.is_at_rest:
                self._controller.discard()
            else:
                sentence = self.tr("{run} is active: stop it before you delete it.")
                self._notice.show_notice(sentence.format(run=self._library.title(current or "")), Kind.WARNING)
        if runs:
            what = self._name(runs)
            self._library.delete(runs, lambda: self._offer_restore(runs, what))

    def on_run_discarded(self, event: RunDiscarded) -> None:
        """The current run was discarded: it is restored like any deleted run."""
        self._offer_restore([event.run.id], self._name([event.run.id]))

    def _name(self, runs: list[str]) -> str:
        if len(runs) == 1:
            return self._library.title(runs[0])
        return self.tr("{count} runs").format(count=f"{len(runs):,}")

    def _offer_restore(self, runs: list[str], what: str) -> None:
        library, text = self._library, self.tr("Deletion of {what}").format(what=what)
        topic = f"deletion of {runs}"

        def take_back() -> None:
            library.restore(runs)
            self._notice.withdraw(topic)

        def restore() -> None:
            if self._undo.undo_text == text:
                self._undo.undo()
            else:
                take_back()

        self._undo.do(text, lambda: library.delete(runs), take_back, is_done=True)

        sentence = self.tr("{what} was deleted.") if len(runs) == 1 else self.tr("{what} were deleted.")
        self._notice.show_notice(
            sentence.format(what=what),
            seconds=UNDO_OFFERED_S,
            choices=[Choice("undo", self.tr("Undo"), restore)],
            topic=topic,
        )

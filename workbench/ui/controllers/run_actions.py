"""RunActions: what the user does with stored runs: open one, use its settings again, overlay some, delete some."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import DEFAULT_DEVICE
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.text.engine_texts import label_of, sentence_of
from workbench.ui.text.run_texts import title_of

if TYPE_CHECKING:
    from workbench.engine.protocol.events import RunDiscarded
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.notification_bar import NotificationBar

UNDO_OFFERED_S: Final = 12.0


@dataclass(frozen=True, slots=True)
class SettingsReused:
    """The settings of a run were taken over.

    Attributes:
        run: whose settings.
        wanted: what was set.
        before: what was set before.
    """

    run: RunSummary
    wanted: Recipe
    before: Recipe


@dataclass(frozen=True, slots=True)
class RunsDeleted:
    """Runs were deleted.

    Attributes:
        runs: their ids.
        first: what the store knew of the first; None where it did not know it yet.
    """

    runs: tuple[str, ...]
    first: RunSummary | None

    @property
    def topic(self) -> str:
        """Of the notice that offers to restore them."""
        return f"deletion of {self.runs}"


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
        undo.handle(SettingsReused, self._reuse_text, self._set_again, self._set_back, sets_controls=True)
        undo.handle(RunsDeleted, self._deletion_text, self._delete_again, self._restore)

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
        wanted = summary.recipe
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
        self._undo.do(SettingsReused(summary, wanted, before))

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
            self._library.delete(runs, lambda: self._offer_restore(runs))

    def on_run_discarded(self, event: RunDiscarded) -> None:
        """The current run was discarded: it is restored like any deleted run."""
        self._offer_restore([event.run.id])

    def _offer_restore(self, runs: list[str]) -> None:
        deleted = RunsDeleted(tuple(runs), self._library.summary(runs[0]))

        def restore() -> None:
            if self._undo.next_to_undo is deleted:
                self._undo.undo()
            else:
                self._restore(deleted)

        self._undo.do(deleted, is_done=True)

        sentence = self.tr("{what} was deleted.") if len(runs) == 1 else self.tr("{what} were deleted.")
        self._notice.show_notice(
            sentence.format(what=self._name(deleted)),
            seconds=UNDO_OFFERED_S,
            choices=[Choice("undo", self.tr("Undo"), restore)],
            topic=deleted.topic,
        )

    # Undo

    def _reuse_text(self, reused: SettingsReused) -> str:
        return self.tr("Settings of {run}").format(run=title_of(reused.run))

    def _set_again(self, reused: SettingsReused) -> None:
        self._settings.show_recipe(reused.wanted)

    def _set_back(self, reused: SettingsReused) -> None:
        self._settings.show_recipe(reused.before)

    def _deletion_text(self, deleted: RunsDeleted) -> str:
        return self.tr("Deletion of {what}").format(what=self._name(deleted))

    def _delete_again(self, deleted: RunsDeleted) -> None:
        self._library.delete(deleted.runs)

    def _restore(self, deleted: RunsDeleted) -> None:
        self._library.restore(deleted.runs)
        self._notice.withdraw(deleted.topic)

    def _name(self, deleted: RunsDeleted) -> str:
        if len(deleted.runs) > 1:
            return self.tr("{count} runs").format(count=f"{len(deleted.runs):,}")
        return title_of(deleted.first) if deleted.first is not None else self._library.title(deleted.runs[0])

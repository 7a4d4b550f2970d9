"""What a person wants of the runs that are kept: open one, set the controls as in one, delete some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from workbench.engine.errors import UsageError
from workbench.ui.models.session_state import SessionState
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from workbench.engine.protocol.events import RunDiscarded
    from workbench.engine.recipe import Recipe
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.panels.notification_bar import NotificationBar
    from workbench.ui.panels.settings import SettingsPanel

UNDO_OFFERED_S: Final = 12.0


class RunActions(QObject):
    """Stands between the list of runs and the run in hand.

    Args:
        keeper: reads and writes the store.
        steering: has the run in hand.
        controls: hold the settings.
        notice: says why something cannot be, and offers a way.
        undo: takes deletions back.
        parent: the window.
    """

    def __init__(
        self,
        keeper: RunLibrary,
        steering: RunController,
        controls: SettingsPanel,
        notice: NotificationBar,
        undo: UndoHistory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._steering = steering
        self._controls = controls
        self._notice = notice
        self._undo = undo

    def open(self, run: str) -> None:
        """Take a run in hand; if one trains, ask first."""
        state = self._steering.state
        if run == self._steering.run_id and not state.is_at_rest:
            return
        if state.is_at_rest:
            self._steering.open_run(run)
        elif state is SessionState.TRAINING:
            sentence = self.tr("{running} is training. Opening {wanted} stops it; it is kept, and can be continued.")
            running = self._keeper.title(self._steering.run_id or "")
            self._notice.show_notice(
                sentence.format(running=running, wanted=self._keeper.title(run)),
                Kind.WARNING,
                choices=[
                    Choice("stop_and_open", self.tr("Stop it and open"), lambda: self._steering.open_run(run)),
                    Choice("keep_training", self.tr("Keep training")),
                ],
            )

    def overlay(self, runs: list[str]) -> None:
        """Lay runs over the plots; without a run in hand the first of them is opened to lay the others over."""
        if self._steering.run is None and self._steering.state is SessionState.READY and runs:
            self._steering.open_run(runs[0])
            runs = runs[1:]
        if runs:
            self._keeper.overlay(runs)

    def reuse(self, run: str) -> None:
        """Set the controls as in a run; the one in hand, if it rests, is ended for it."""
        summary = self._keeper.summary(run)
        state = self._steering.state
        if summary is None:
            return
        if state is SessionState.PAUSED:
            self._steering.stop()
        elif state is not SessionState.READY:
            self._notice.show_notice(
                self.tr("A run is under way: stop it, then choose the settings of the next one."), Kind.WARNING
            )
            return
        try:
            before = self._controls.recipe()
        except UsageError as problem:
            self._notice.show_notice(sentence_of(problem), Kind.ERROR)
            return
        wanted = summary.recipe
        text = self.tr("Settings of {run}").format(run=self._keeper.title(run))
        self._undo.do(text, lambda: self._set(wanted), lambda: self._set(before), sets_controls=True)

    def delete(self, runs: list[str]) -> None:
        """Delete runs, and offer to bring them back. The run in hand is discarded; one that trains stays."""
        current = self._steering.run_id
        if current in runs:
            runs = [run for run in runs if run != current]
            if self._steering.state.is_at_rest:
                self._steering.discard()
            else:
                self._notice.show_notice(
                    self.tr("{run} is under way: stop it before you delete it.").format(
                        run=self._keeper.title(current or "")
                    ),
                    Kind.WARNING,
                )
        if runs:
            self._do_delete(runs, is_done=False)

    def note_discarded(self, event: RunDiscarded) -> None:
        """The run in hand was dropped, which can be taken back like any deletion."""
        self._do_delete([event.run.id], is_done=True)

    def _do_delete(self, runs: list[str], *, is_done: bool) -> None:
        what = self._keeper.title(runs[0]) if len(runs) == 1 else self.tr("{count} runs").format(count=f"{len(runs):,}")
        text = self.tr("Deletion of {what}").format(what=what)
        self._undo.do(text, lambda: self._keeper.delete(runs), lambda: self._keeper.restore(runs), is_done=is_done)

        def take_back() -> None:
            if self._undo.undo_text == text:
                self._undo.undo()
            else:
                self._keeper.restore(runs)

        sentence = self.tr("{what} was deleted.") if len(runs) == 1 else self.tr("{what} were deleted.")
        self._notice.show_notice(
            sentence.format(what=what),
            seconds=UNDO_OFFERED_S,
            choices=[Choice("undo", self.tr("Undo"), take_back)],
        )

    def _set(self, recipe: Recipe) -> None:
        self._controls.show_recipe(recipe, recipe.values)

"""ActionUpdater: enables and names the actions after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.ui.actions import qactions
from workbench.ui.actions.reasons import why_not
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from workbench.engine.errors import UserError
    from workbench.ui.controllers.loss_sound import LossSound
    from workbench.ui.controllers.network_facts import NetworkFacts
    from workbench.ui.controllers.start_weights import StartWeights
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.controllers.weights_files import WeightsFiles
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.style.palette import Palette


class ActionUpdater:
    """Enables actions, and has Pause, Undo and Redo say what they do next.

    Args:
        actions: by key.
        palette: the present colours.
        run: the current run and its state.
        weights: knows whether there are any.
        undo: knows what can be undone.
        network: knows whether the chosen network and data fit.
        start: knows whether the network can start from the chosen weights.
        sound: knows whether it can be heard.
    """

    def __init__(
        self,
        actions: dict[str, QAction],
        palette: Callable[[], Palette],
        run: RunModel,
        weights: WeightsFiles,
        undo: UndoHistory,
        network: NetworkFacts,
        start: StartWeights,
        sound: LossSound,
    ) -> None:
        self._actions = actions
        self._palette = palette
        self._run = run
        self._weights = weights
        self._undo = undo
        self._network = network
        self._start = start
        self._sound = sound
        self._resumes = False

    def why_not(self, key: str) -> str:
        """Why the action `key` cannot be used now, in a sentence; "" where it can."""
        return why_not(key, self._run.state, self._context(), self._problems())

    def refresh(self) -> None:
        """Enable and name the actions by the present state; cheap enough for every change of a slider."""
        run, undo = self._run, self._undo
        context, problems = self._context(), self._problems()
        qactions.update_enabled(self._actions, run.state, context)
        qactions.show_problem(self._actions["train"], problems["fitting"])
        for key in ("loss_sound", "sound_volume"):
            qactions.show_problem(self._actions[key], problems["sound"])
        qactions.show_undo_texts(self._actions, undo.undo_text, undo.redo_text)
        resumes = context.run and run.state.is_at_rest
        if resumes != self._resumes:
            self._resumes = resumes
            qactions.show_pause_or_resume(self._actions["pause"], resume=resumes)
            self.tint()

    def _context(self) -> qactions.ActionContext:
        run, undo = self._run, self._undo
        return qactions.ActionContext(
            weights=self._weights.has_weights,
            run=run.run is not None,
            trainable=run.is_trainable,
            steps_left=run.steps_left,
            recording=run.recording is not None,
            undoable=undo.can_undo,
            redoable=undo.can_redo,
            fitting=self._misfit is None,
            sound=self._sound.can_be_switched,
        )

    @property
    def _misfit(self) -> UserError | None:
        """Why network, data and initial weights do not fit; None where they do."""
        return self._network.problem or self._start.problem

    def _problems(self) -> dict[str, str]:
        """Why something is lacking, by the needs of the actions; "" where nothing is."""
        return {"fitting": _sentence(self._misfit), "sound": _sentence(self._sound.problem)}

    def tint(self) -> None:
        """Draw the icons in the colours of the present palette."""
        qactions.tint_icons(self._actions, self._palette(), resume=self._resumes)


def _sentence(problem: UserError | None) -> str:
    return "" if problem is None else sentence_of(problem)

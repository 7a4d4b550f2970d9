"""Hints: reads the curves of the current run every few seconds, shows one hint, and does what it suggests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.analysis.curve_hints import hints_of
from workbench.engine.analysis.hint import (
    AddMoreEpochs,
    CheckTheNetwork,
    FindTheRate,
    GoBack,
    Hint,
    HintKind,
    PredictionFacts,
    RunFacts,
    SaveTheWeights,
    ShowClass,
    TryValue,
)
from workbench.engine.analysis.prediction_facts import prediction_facts
from workbench.engine.history.records import Origin
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.protocol.commands import AddEpochs
from workbench.engine.protocol.queries.first_bad import FirstBad
from workbench.ui.models.session_state import CAN_CONTINUE, CAN_TRAVEL, CAN_USE_WEIGHTS, SessionState
from workbench.ui.text.first_bad_texts import first_bad_text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from workbench.engine.history.records import Incident
    from workbench.engine.protocol.events import Inspected
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.hints import HintStrip

EVERY_MS: Final = 3000
"""Between two readings while a run trains: hints are to be read, and a run waits whenever the window works."""
SOON_MS: Final = 100
LEAST_SHOWN_S: Final = 5.0
"""While a run trains, a hint stays for this time, unless an urgent one comes."""
ACTIONS_OF: Final = {
    SaveTheWeights: "save_weights",
    FindTheRate: "find_learning_rate",
    CheckTheNetwork: "check_network",
}
URGENT: Final = frozenset({HintKind.DIVERGED, HintKind.DIVERGING})


class Hints(QObject):
    """Shows the most urgent hint that the user has not dismissed.

    Args:
        connection: says when an epoch is tested.
        run: the current run.
        settings: takes the values that hints suggest, as an edit of the user.
        controller: does the rest.
        strip: shows the hint.
        parent: Qt's parent.
    """

    shown_changed = Signal(bool)
    """Whether hints are shown at all."""
    editing = Signal()
    """A setting is about to be changed as a hint suggests: a step of Undo by itself."""
    class_requested = Signal(object)
    """The user wants to see the test samples of a pair of classes (true, predicted)."""
    action_requested = Signal(str)
    """The user wants to do what the action with this key does."""

    def __init__(
        self,
        connection: Connection,
        run: RunModel,
        settings: SettingsModel,
        controller: RunController,
        strip: HintStrip,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._settings = settings
        self._controller = controller
        self._strip = strip
        self._is_shown = True
        self._dismissed: set[tuple[str | None, HintKind, Hashable]] = set()
        self._shown_since = 0.0
        self._facts: tuple[object, int, PredictionFacts] | None = None
        self._failure: tuple[Incident, float] | None = None
        self._rate_to_use: float | None = None
        self._first_bad: tuple[str, FirstBad] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        run.changed.connect(self._on_changed)
        run.travelled.connect(self._use_rate)
        connection.epoch_tested.connect(lambda _: self._refresh_soon())
        connection.inspected.connect(self._on_inspected)
        strip.suggestion_requested.connect(self.carry_out)
        strip.dismissed.connect(self.dismiss)
        self._on_changed()

    @property
    def is_shown(self) -> bool:
        """Whether hints are shown at all."""
        return self._is_shown

    def set_shown(self, is_shown: bool) -> None:
        """Show hints, or none."""
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self.shown_changed.emit(is_shown)
            self._on_changed()

    def state(self) -> dict[str, Any]:
        """What to remember."""
        return {"shown": self._is_shown}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned."""
        if isinstance(shown := state.get("shown"), bool):
            self.set_shown(shown)

    def refresh(self) -> None:
        """Read the curves, and show what they say."""
        if not self._is_shown:
            return
        run = self._run
        if run.state is SessionState.TRAINING:
            self._timer.start(EVERY_MS)
        if run.history is None or run.recipe is None:
            self._strip.show_text(self.tr("Hints about the curves appear here when a run is under way."))
            return
        read = hints_of(run.history, self._run_facts())
        found = [hint for hint in read if self._key(hint) not in self._dismissed]
        self._show(found, is_read=bool(read))

    def dismiss(self, hint: Hint | None) -> None:
        """Do not show this hint again until it has a new cause."""
        if hint is not None:
            self._dismissed.add(self._key(hint))
            self._shown_since = 0.0
            self.refresh()

    def carry_out(self, hint: Hint | None) -> None:
        """Do what the hint suggests; it is dismissed then."""
        if hint is None or not self._can_act(hint):
            return
        match hint.suggestion:
            case AddMoreEpochs(count):
                self._controller.train_on(AddEpochs(count, Origin.HINT))
            case TryValue(name, value):
                self.editing.emit()
                self._try_value(name, value)
            case GoBack(step, _, rate):
                self._rate_to_use = rate
                self._controller.go_to(step)
            case ShowClass(label, taken_for):
                self.class_requested.emit((label, taken_for))
            case SaveTheWeights() | FindTheRate() | CheckTheNetwork():
                self.action_requested.emit(ACTIONS_OF[type(hint.suggestion)])
        self.dismiss(hint)

    # Internals

    def _show(self, found: list[Hint], *, is_read: bool) -> None:
        strip, training = self._strip, self._run.state is SessionState.TRAINING
        shown = strip.hint
        is_same = bool(found) and shown is not None and self._key(shown) == self._key(found[0])
        is_fresh = time.monotonic() - self._shown_since < LEAST_SHOWN_S
        if training and shown is not None and not is_same and is_fresh and not (found and found[0].kind in URGENT):
            return
        if not is_same:
            self._shown_since = time.monotonic()
        if found:
            self._show_hint(found[0])
        else:
            nothing, nothing_else = self.tr("Nothing stands out in the curves."), self.tr("Nothing else stands out.")
            strip.show_text(nothing_else if is_read else nothing)

    def _on_changed(self) -> None:
        """The run is in another state, or at another step."""
        if self._run.state in {SessionState.TRAVELLING, SessionState.OPENING}:
            return
        if (shown := self._strip.hint) is not None:
            self._show_hint(shown)
        self._refresh_soon()

    def _show_hint(self, hint: Hint) -> None:
        more, found = "", self._first_bad
        if hint.kind is HintKind.DIVERGED and found is not None:
            is_its = found[0] == self._run.run_id and found[1].step == hint.cause
            more = first_bad_text(found[1], self._class_names) if is_its else ""
        self._strip.show_hint(hint, self._class_names, can_act=self._can_act(hint), more=more)

    def _on_inspected(self, event: Inspected) -> None:
        """Keep what was found about the divergence that the guard has stopped."""
        if isinstance(event.answer, FirstBad):
            self._first_bad = event.run, event.answer
            self._refresh_soon()

    def _refresh_soon(self) -> None:
        if self._is_shown and not 0 <= self._timer.remainingTime() <= SOON_MS:
            self._timer.start(SOON_MS)

    def _use_rate(self) -> None:
        """The run has gone back: use the rate with which it is to begin again."""
        rate, self._rate_to_use = self._rate_to_use, None
        if rate is not None and self._run.takes_values:
            QTimer.singleShot(0, self, lambda: self._try_value("learning_rate", rate))

    def _try_value(self, name: str, value: object) -> None:
        with self._controller.asked_by(Origin.HINT):
            self._settings.edit(name, value)

    def _can_act(self, hint: Hint) -> bool:
        run, suggestion = self._run, hint.suggestion
        match suggestion:
            case AddMoreEpochs() | TryValue():
                return run.is_trainable and run.state in CAN_CONTINUE
            case GoBack():
                return run.is_trainable and run.state in CAN_TRAVEL
            case SaveTheWeights():
                return run.state in CAN_USE_WEIGHTS
        return run.missing is None

    def _key(self, hint: Hint) -> tuple[str | None, HintKind, Hashable]:
        return self._run.run_id, hint.kind, hint.cause

    @property
    def _class_names(self) -> tuple[str, ...]:
        recipe = self._run.recipe
        spec = None if recipe is None else recipe.known_spec
        return () if spec is None else spec.class_names

    def _run_facts(self) -> RunFacts:
        run = self._run
        assert run.recipe is not None
        return RunFacts(
            run.recipe.task,
            run.recipe.loss,
            len(self._class_names),
            run.train_count,
            dict(run.values),
            run.recipe.schedule != SCHEDULES.default,
            0 if run.progress is None else run.progress.planned_epochs,
            not run.steps_left,
            self._prediction_facts(),
            None if run.end is None else run.end.incident,
            self._failed_rate(),
            run.recipe.initial_weights is not None,
        )

    def _failed_rate(self) -> float | None:
        """The learning rate at the last loss that the guard did not let pass, or that ended the run."""
        run = self._run
        assert run.recipe is not None
        assert run.history is not None
        incident = None if run.end is None else run.end.incident
        if incident is None and run.history.spikes:
            incident = run.history.spikes[-1]
        if incident is None:
            return None
        # A change made after going back has the step that the run went back to, so it would be taken for the one that
        # failed once the steps that the run went back over, which are recorded with their changes, have been left.
        if self._failure is None or self._failure[0] is not incident:
            changes = (run.recording or run.history).changes
            rates = [each.new for each in changes if each.name == "learning_rate" and each.step <= incident.step]
            self._failure = incident, float(rates[-1] if rates else run.recipe["learning_rate"])
        return self._failure[1]

    def _prediction_facts(self) -> PredictionFacts | None:
        """Of the last evaluation; computed once for each."""
        run = self._run
        if run.predictions is None or run.history is None or not run.history.evaluations:
            return None
        step = run.history.evaluations[-1].step
        if self._facts is None or self._facts[0] is not run.predictions or self._facts[1] != step:
            outputs = run.predictions.outputs(step)
            if outputs is None:
                return None
            facts = prediction_facts(step, outputs, run.predictions.targets, len(self._class_names))
            self._facts = run.predictions, step, facts
        return self._facts[2]

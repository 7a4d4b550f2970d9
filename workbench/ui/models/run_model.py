"""The run in hand, as far as the window has been told: its state, where it is, what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UsageError, UserError
from workbench.engine.protocol.events import Outcome
from workbench.ui.models.session_state import SessionState, Transition, after

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.events import (
        ChangeRefused,
        FutureReached,
        OpenFailed,
        RunBranched,
        RunDiscarded,
        RunEnded,
        RunPaused,
        RunResumed,
        RunStarted,
        TravelFailed,
        Travelled,
        TravelProgressed,
        ValueChanged,
    )
    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.controllers.live_view import LiveView
    from workbench.ui.controllers.weights_files import WeightsFiles
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.settings import SettingsPanel
    from workbench.ui.panels.status import StatusPanel


class RunModel(QObject):
    """Hears the news of runs and has them shown; the window's state lives here.

    Args:
        thread: trains.
        settings: of the next run; they follow the values in force.
        controls: show which values are in force.
        display: shows the run.
        status: says what is waited for.
        weights: keeps track of the weights in hand.
        parent: the window.
    """

    changed = Signal()
    """The state, or what is in hand, may be another."""
    failed = Signal(UserError, str)
    """Something could not be done, and a traceback where it is a defect."""
    # Steps are not int to Qt: those of a run resumed for weeks pass 2^31, where its own would overflow.
    travelled = Signal(str, object, object)
    """The run (its id) went from one step to another, and nobody was undoing."""
    differed = Signal(object)
    """Trained again, the run came out other than recorded, from this step on."""
    run_changed = Signal()
    """Another run is in hand, or none, or what is recorded of it is another."""

    def __init__(
        self,
        thread: TrainingThread,
        settings: SettingsModel,
        controls: SettingsPanel,
        display: LiveView,
        status: StatusPanel,
        weights: WeightsFiles,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._settings = settings
        self._controls = controls
        self._display = display
        self._status = status
        self._weights = weights
        self._state = SessionState.LOADING
        self._run: RunIdentity | None = None
        self._recipe: Recipe | None = None
        self._future: History | None = None
        self._values: dict[str, Value] = {}
        self._wished: dict[str, Value] = {}
        self._has_ended = True
        self._is_opening = False
        self._is_undoing = False
        self._target = 0
        self._connect()

    @property
    def state(self) -> SessionState:
        """What the training side is doing, as far as it is known."""
        return self._state

    @property
    def run(self) -> RunIdentity | None:
        """The run in hand, under way or ended."""
        return self._run

    @property
    def run_id(self) -> str | None:
        """Its id."""
        return None if self._run is None else self._run.id

    @property
    def recipe(self) -> Recipe | None:
        """What it trains."""
        return self._recipe

    @property
    def history(self) -> History | None:
        """What it has recorded."""
        return self._display.history

    @property
    def future(self) -> History | None:
        """What is recorded beyond its present step, whole; None if nothing is."""
        return self._future

    @property
    def step(self) -> int:
        """Where it is."""
        return 0 if self.history is None else len(self.history)

    @property
    def last_step(self) -> int:
        """The last step that can be gone to."""
        return max(self.step, len(self._future) if self._future is not None else 0)

    @property
    def takes_values(self) -> bool:
        """Whether a live control that is moved means this run."""
        return self._state.takes_values and self._run is not None

    def value(self, name: str) -> Value:
        """The value of a hyperparameter in force."""
        return self._values[name]

    def has_change(self, name: str, step: int) -> bool:
        """Whether the run's journal holds a change of `name` at `step`."""
        changes = self.history.changes if self.history is not None else []
        return any(change.name == name and change.step == step for change in changes)

    # News

    def crash(self) -> None:
        """The training side is gone."""
        self._display.rest()
        self._turn(Transition.CRASHED)

    def be_ready(self) -> None:
        """Torch is there."""
        self._turn(Transition.TORCH_LOADED)

    def _connect(self) -> None:
        thread = self._thread
        thread.run_started.connect(self._on_run_started)
        thread.run_resumed.connect(self._on_run_resumed)
        thread.run_paused.connect(self._on_run_paused)
        thread.run_branched.connect(self._on_run_branched)
        thread.run_ended.connect(self._on_run_ended)
        thread.run_discarded.connect(self._on_run_discarded)
        thread.travel_progressed.connect(self._on_travel_progressed)
        thread.travelled.connect(self._on_travelled)
        thread.travel_failed.connect(self._on_travel_failed)
        thread.future_reached.connect(self._on_future_reached)
        thread.open_failed.connect(self._on_open_failed)
        thread.value_changed.connect(self._on_value_changed)
        thread.change_refused.connect(self._on_change_refused)

    def _on_run_started(self, event: RunStarted) -> None:
        is_opened, self._is_opening = self._is_opening, False
        self._run, self._recipe, self._future = event.run, event.recipe, event.future
        self._values = dict(event.values)
        self._has_ended = False
        if is_opened:
            self._weights.take_up_run()
        else:
            self._weights.begin_run()
        self._display.begin(event)
        if self._state is SessionState.STOPPING:
            self._display.note_stopping()
        self._turn(Transition.RUN_STARTED)
        if is_opened:
            self._show_settings()
        self.run_changed.emit()

    def _on_run_resumed(self, _event: RunResumed) -> None:
        self._has_ended = False
        self._weights.begin_run()
        if self._state.is_at_rest or self._state is SessionState.TRAINING:
            self._display.resume()
        self._turn(Transition.RUN_RESUMED)

    def _on_run_paused(self, _event: RunPaused) -> None:
        self._turn(Transition.RUN_PAUSED)
        if self._state is SessionState.PAUSED:
            self._display.pause()
        else:
            self._display.rest()
        self.changed.emit()

    def _on_run_branched(self, event: RunBranched) -> None:
        self._run, self._future = event.run, None  # the parent's is to be seen, but not to be gone to
        self._display.branch(event)
        self.run_changed.emit()
        self.changed.emit()

    def _on_future_reached(self, _event: FutureReached) -> None:
        self._future = None
        self._display.reach()
        self.run_changed.emit()
        self.changed.emit()

    def _on_travel_progressed(self, event: TravelProgressed) -> None:
        text = self.tr("Going to step {step}…").format(step=f"{self._target:,}")
        self._status.show_busy(text, event.done, event.total)

    def _on_travelled(self, event: Travelled) -> None:
        self._future = event.future
        self._values = dict(event.values)
        self._has_ended = self._is_opening = False
        self._turn(Transition.TRAVELLED)
        self._display.travel(event)
        self._show_settings()
        is_undoing, self._is_undoing = self._is_undoing, False
        if self._run is not None and not is_undoing and event.origin != event.step:
            self.travelled.emit(self._run.id, event.origin, event.step)
        if event.differed_at is not None:
            self.differed.emit(event.differed_at)
        self.run_changed.emit()
        self.changed.emit()

    def _on_travel_failed(self, event: TravelFailed) -> None:
        self._is_undoing = False
        was_given_up = self._state is SessionState.STOPPING
        self._turn(Transition.TRAVEL_FAILED)
        if self._state is SessionState.PAUSED:
            self._display.pause()
        if not was_given_up:
            self.failed.emit(event.problem, event.details)

    def _on_run_ended(self, event: RunEnded) -> None:
        self._has_ended = True
        self._weights.end_run(event)
        self._turn(Transition.RUN_ENDED)
        if self._state is SessionState.READY:
            self._display.end(event)
        else:
            self._display.rest()
        if event.outcome is Outcome.FAILED:
            self._run = None  # what is left of it is to be seen and saved, but it cannot go on
        if event.problem is not None:
            self.failed.emit(event.problem, event.details)
        self.run_changed.emit()
        self.changed.emit()

    def _on_run_discarded(self, _event: RunDiscarded) -> None:
        self._run = self._recipe = self._future = None
        self._has_ended = True
        self._weights.drop()
        self._display.clear()
        self._turn(Transition.RUN_DISCARDED)
        self.run_changed.emit()

    def _on_open_failed(self, event: OpenFailed) -> None:
        self._is_opening = False
        self._turn(Transition.OPEN_FAILED)
        if not self._has_ended:
            self._turn(Transition.RUN_PAUSED)  # the one in hand still is
            self._display.pause()
        else:
            self._status.show_state(self.tr("Ready"))
        self.failed.emit(event.problem, "")

    def _on_value_changed(self, event: ValueChanged) -> None:
        change = event.change
        self._values[change.name] = change.new
        if self._wished.get(change.name, change.new) == change.new:
            # Not for nothing where nobody wished it: a recorded change made again, epochs added.
            self._wished.pop(change.name, None)
            if self._state.takes_values:
                self._settings.set_value(change.name, change.new)
        self._controls.set_applied(change.name, change.new)
        self._display.mark_change(event)
        self.changed.emit()

    def _on_change_refused(self, event: ChangeRefused) -> None:
        self._wished.pop(event.name, None)
        self.failed.emit(event.problem, "")

    # Internals

    def _show_settings(self) -> None:
        assert self._recipe is not None
        self._wished.clear()
        try:
            self._settings.show_recipe(self._recipe, self._values)
        except UsageError as problem:
            self.failed.emit(problem, "")
        for name, value in self._values.items():
            self._controls.set_applied(name, value)

    def _turn(self, turn: Transition) -> None:
        self._state = after(self._state, turn)
        self.changed.emit()

"""RunModel: the current run, as far as the events have said. Its state, its step, its values; no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.records import Change
from workbench.engine.protocol import events
from workbench.ui.connection.connection import SIGNAL_NAMES
from workbench.ui.models.session_state import SessionState, Transition, next_state

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.prediction_log import PredictionLog
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.settings_model import SettingsModel


class RunModel(QObject):
    """Keeps the state of the current run; no other listener of the connection does. Views listen to the model.

    When an event arrives, the model takes it over completely, then emits the signal of what happened, then the general
    ones (`run_changed`, `changed`).

    While there is a current run, `settings` follow its values.

    Attributes (only the model sets them):
        state: what the training side is doing, as far as the events and the user's requests say.
        run: which run is the current one, under way or ended; None if there is none.
        recipe: what the run began with.
        history: what the current run, or the last one, has recorded; the training side goes on appending to it.
        progress: how far the current run, or the last one, has come; the training side goes on writing to it.
        recording: the whole recording, where it goes beyond the current step; None where it does not.
        predictions: its outputs for the test set, evaluation by evaluation.
        values: in force, by name.
        train_count: training images.
        threads: threads used by each operation.
        missing: why the current run cannot be trained on here, where its images are not there.
        end: how the run has ended, if it has in this session and has not gone on since.
        has_validation: whether samples for validation are evaluated beside the test.
    """

    started = Signal(bool)
    """There is another current run; whether it was opened, and not begun."""
    resumed = Signal()
    paused = Signal()
    """The run is paused, or still is: a travel or an opening failed."""
    branched = Signal(object)
    """The run left its recording and is another run now: the History of the whole recording."""
    recording_ended = Signal()
    """The run has trained all recorded steps again."""
    # Steps are `object`: those of a run trained for weeks pass 2^31, where Qt's int would overflow.
    travelled = Signal()
    """The run is at another step."""
    travel_made = Signal(str, object, object)
    """The run (its id) went from one step to another, and not because of an undo."""
    future_taken = Signal(str, object, str, object)
    """The run became a future that the user chose: which run (its id) stood at which step before, and since."""
    differed = Signal(object)
    """The run was trained again, and its losses differ from the recorded ones from this step on."""
    ended = Signal(events.RunEnded)
    discarded = Signal()
    value_changed = Signal(Change)
    """The run uses another value."""
    values_replaced = Signal(object)
    """The run is at another step, or was opened: all the values in force, by name."""
    busy = Signal(str, object, object, bool)
    """What is being waited for, how much of how much is done (0 of 0: not known), whether the user can cancel it."""
    idle = Signal()
    """Nothing is being waited for any more, and there is no run that goes on."""
    failed = Signal(UserError, str)
    """Something could not be done; and a traceback if the cause is a defect."""
    not_started = Signal(UserError, str)
    """No run could be started with these settings; and a traceback if the cause is a defect."""
    change_refused = Signal(UserError)
    """The run cannot use a value that the user set."""
    untrainable = Signal(UserError)
    """The current run can only be looked at."""
    run_changed = Signal()
    """There is another current run or none, or the run is at another step."""
    changed = Signal()
    """The state may be another. Follows every other signal."""

    def __init__(self, connection: Connection, settings: SettingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = SessionState.LOADING
        self.run: RunIdentity | None = None
        self.recipe: Recipe | None = None
        self.history: History | None = None
        self.progress: RunProgress | None = None
        self.recording: History | None = None
        self.predictions: PredictionLog | None = None
        self.values: dict[str, Value] = {}
        self.train_count = 0
        self.threads = 0
        self.missing: UserError | None = None
        self.end: events.RunEnded | None = None
        self.has_validation = False
        self._connection = connection
        self._settings = settings
        # Values that the user wants and the run has not confirmed yet.
        self._requested: dict[str, Value] = {}
        self._has_ended = True
        self._is_opening = False
        self._is_undoing = False
        self._target = 0
        # The run and the step before the user chose a future; None unless one is on its way.
        self._before_future: tuple[str, int] | None = None
        self._experiment_text = ""
        for name in (*SIGNAL_NAMES.values(), "crashed"):
            if (react := getattr(self, f"_on_{name}", None)) is not None:
                getattr(connection, name).connect(react)

    @property
    def run_id(self) -> str | None:
        """The current run's id."""
        return None if self.run is None else self.run.id

    @property
    def step(self) -> int:
        """The current step."""
        return 0 if self.history is None else len(self.history)

    @property
    def last_step(self) -> int:
        """The last step that the run can travel to."""
        return max(self.step, len(self.recording or ()))

    @property
    def is_trainable(self) -> bool:
        """Whether there is a run, and its images are there."""
        return self.run is not None and self.missing is None

    @property
    def steps_left(self) -> bool:
        """Whether the run is planned to go on from its current step."""
        if self.history is None or self.progress is None:
            return False
        return len(self.history.evaluations) < self.progress.planned_epochs

    @property
    def takes_values(self) -> bool:
        """Whether the user, moving a live control, changes this run."""
        return self.state.takes_values and self.run is not None

    def has_change(self, name: str, step: int) -> bool:
        """Whether the run's journal holds a change of `name` at `step`."""
        changes = [] if self.history is None else self.history.changes
        return any(change.name == name and change.step == step for change in changes)

    # What the user requests; the controller has sent the command

    def request(self, transition: Transition, text: str = "", *, can_cancel: bool = False) -> None:
        """Follow a request: the state becomes the one that waits for the answer.

        Args:
            transition: what was requested.
            text: what is being waited for; "" where it is not worth saying.
            can_cancel: whether the user can cancel it.
        """
        if transition is Transition.TRAIN_ASKED:
            self._requested.clear()
        elif transition is Transition.OPEN_ASKED:
            self._is_opening = True
        self._enter(transition)
        self.changed.emit()
        if text:
            self.busy.emit(text, 0, 0, can_cancel)

    def request_travel(self, step: int, *, is_undo: bool) -> None:
        """Follow a request to go to `step`; an undo is not to be undone itself."""
        self._target, self._is_undoing = step, is_undo
        self.request(Transition.TRAVEL_ASKED)

    def request_future(self, step: int) -> None:
        """Follow a request to become a future, which ends at `step`: one step of Undo, however many travels."""
        assert self.run is not None
        self._before_future = self.run.id, self.step
        self.request_travel(step, is_undo=False)

    def request_experiment(self, text: str) -> None:
        """Follow a request for an experiment; `text` says what is tried."""
        self._experiment_text = text
        self.request(Transition.EXPERIMENT_ASKED, text)

    def request_value(self, name: str, value: Value) -> None:
        """Keep a value that the user wants the run to use, until the run confirms it."""
        self._requested[name] = value

    def request_value_after_end(self, name: str, value: Value) -> None:
        """Keep a value with which a run that has ended will go on."""
        self._requested[name] = self.values[name] = value

    def expect_announcement(self) -> None:
        """Take the run that the training side announces next for one that is opened, not begun."""
        self._is_opening = True

    def show_settings(self) -> None:
        """Have the settings show the recipe of the run, with the values in force."""
        assert self.recipe is not None
        try:
            self._settings.show_recipe(self.recipe, self.values)
        except UsageError as problem:
            self.failed.emit(problem, "")

    # Events

    def _on_torch_loaded(self) -> None:
        self._enter(Transition.TORCH_LOADED)
        self.changed.emit()

    def _on_announced(self) -> None:
        self._is_opening = False

    def _on_crashed(self) -> None:
        self._enter(Transition.CRASHED)
        self.changed.emit()

    def _on_run_started(self, event: events.RunStarted) -> None:
        is_opened, self._is_opening = self._is_opening, False
        self._before_future = None
        self.run, self.recipe = event.run, event.recipe
        self.history = self._connection.history(event.history)
        self.progress = self._connection.progress(event.progress)
        self.recording = self._find(event.recording)
        self.predictions = self._predictions(event.predictions)
        self.train_count, self.threads, self.missing = event.train_count, event.threads, event.missing
        self.values = dict(event.values)
        # The samples of a run that can only be looked at are not there, but what they gave is recorded.
        recorded = (self.recording or self.history).evaluations
        self.has_validation = event.validation_count > 0 or any(each.validation_loss is not None for each in recorded)
        self._has_ended, self.end = False, None
        self._enter(Transition.RUN_STARTED)
        self.started.emit(is_opened)
        if is_opened:
            self._replace_values()
        if event.missing is not None:
            self.untrainable.emit(event.missing)
        self.run_changed.emit()
        self.changed.emit()

    def _on_run_resumed(self) -> None:
        self._has_ended, self.end = False, None
        self._enter(Transition.RUN_RESUMED)
        self.resumed.emit()
        self.changed.emit()

    def _on_run_paused(self) -> None:
        self._enter(Transition.RUN_PAUSED)
        self.paused.emit()
        self.changed.emit()

    def _on_run_branched(self, event: events.RunBranched) -> None:
        # The views go on showing the parent's recording, but the run cannot travel along it any more.
        self.run, self.recording = event.run, None
        self.predictions = self._predictions(event.predictions)
        self.branched.emit(self._connection.history(event.recording))
        self.run_changed.emit()
        self.changed.emit()

    def _on_recording_ended(self) -> None:
        self.recording = None
        self.recording_ended.emit()
        self.run_changed.emit()
        self.changed.emit()

    def _on_travel_progressed(self, event: events.TravelProgressed) -> None:
        text = self.tr("Going to step {step}…").format(step=f"{self._target:,}")
        self.busy.emit(text, event.done, event.total, False)

    def _on_travelled(self, event: events.Travelled) -> None:
        self.recording = self._find(event.recording)
        self.values = dict(event.values)
        self._has_ended = self._is_opening = False
        self.end = None
        is_undoing, self._is_undoing = self._is_undoing, False
        if self._before_future is None or event.step == self._target:
            self._enter(Transition.TRAVELLED)  # at the start of a future, its end is still to come
        self.travelled.emit()
        self._replace_values()
        if self.run is not None and not is_undoing:
            self._say_where_from(self.run.id, event)
        if event.differed_at is not None:
            self.differed.emit(event.differed_at)
        self.run_changed.emit()
        self.changed.emit()

    def _say_where_from(self, run: str, event: events.Travelled) -> None:
        """Say which travel can be undone; a future may begin at another step than the present, which comes first."""
        if self._before_future is None:
            if event.origin != event.step:
                self.travel_made.emit(run, event.origin, event.step)
        elif event.step == self._target:
            before, self._before_future = self._before_future, None
            self.future_taken.emit(*before, run, event.step)

    def _on_travel_failed(self, event: events.TravelFailed) -> None:
        self._is_undoing, self._before_future = False, None
        was_cancelled = self.state is SessionState.STOPPING
        self._enter(Transition.TRAVEL_FAILED)
        if self.state is SessionState.PAUSED:
            self.paused.emit()
        if not was_cancelled:
            self.failed.emit(event.problem, event.details)
        self.changed.emit()

    def _on_run_ended(self, event: events.RunEnded) -> None:
        was_preparing = self.state is SessionState.PREPARING
        self._has_ended, self.end = True, event
        self._enter(Transition.RUN_ENDED)
        self.ended.emit(event)
        if event.outcome is events.Outcome.FAILED:
            self.run = None  # its curves can be seen and its weights saved, but it cannot go on
        if event.problem is not None:
            (self.not_started if was_preparing else self.failed).emit(event.problem, event.details)
        self.run_changed.emit()
        self.changed.emit()

    def _on_run_discarded(self) -> None:
        self.run = self.recipe = self.history = self.progress = self.recording = self.predictions = None
        self._has_ended, self.end = True, None
        self._enter(Transition.RUN_DISCARDED)
        self.discarded.emit()
        self.run_changed.emit()
        self.changed.emit()

    def _on_open_failed(self, event: events.OpenFailed) -> None:
        self._is_opening = False
        self._enter(Transition.OPEN_FAILED)
        if not self._has_ended:
            self._enter(Transition.RUN_PAUSED)  # the current run stays, and it is paused
            self.paused.emit()
        else:
            self.idle.emit()
        self.failed.emit(event.problem, "")
        self.changed.emit()

    def _on_experiment_progressed(self, event: events.ExperimentProgressed) -> None:
        if self.state is SessionState.EXPERIMENTING:
            self.busy.emit(self._experiment_text, event.done, event.total, False)

    def _on_experiment_ended(self) -> None:
        self._enter(Transition.EXPERIMENT_ENDED)
        if not self._has_ended:
            self._enter(Transition.RUN_PAUSED)  # where it trained before, `run_resumed` follows
            self.paused.emit()
        else:
            self.idle.emit()
        self.changed.emit()

    def _on_value_changed(self, event: events.ValueChanged) -> None:
        change = event.change
        self.values[change.name] = change.new
        if self._requested.get(change.name, change.new) == change.new:
            # The settings follow also where the user requested nothing: a recorded change made again, epochs added.
            self._requested.pop(change.name, None)
            if self.state.takes_values:
                self._settings.set_value(change.name, change.new)
        self.value_changed.emit(change)
        self.changed.emit()

    def _on_change_refused(self, event: events.ChangeRefused) -> None:
        self._requested.pop(event.name, None)
        self.change_refused.emit(event.problem)

    # Internals

    def _find(self, history: int | None) -> History | None:
        return None if history is None else self._connection.history(history)

    def _predictions(self, number: int | None) -> PredictionLog | None:
        return None if number is None else self._connection.predictions(number)

    def _replace_values(self) -> None:
        self._requested.clear()
        self.show_settings()
        self.values_replaced.emit(self.values)

    def _enter(self, transition: Transition) -> None:
        self.state = next_state(self.state, transition)

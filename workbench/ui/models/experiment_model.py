"""ExperimentModel: the experiments of the session and what they have found; no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.protocol.experiments.what_if import Fan, WhatIf
from workbench.ui.models.session_state import CAN_EXPERIMENT, SessionState

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.events import ExperimentEnded, ExperimentProgressed
    from workbench.engine.protocol.experiments import Experiment, Finding
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment of one kind, under way or over.

    Attributes:
        experiment: what is tried.
        finding: by now; None before the first.
        run: the id of the run that it began from; "" for a new network.
        step: of that run.
        is_over: whether it has ended.
        was_cancelled: whether the user ended it before its end.
        problem: why it failed.
    """

    experiment: Experiment
    finding: Finding | None = None
    run: str = ""
    step: int = 0
    is_over: bool = False
    was_cancelled: bool = False
    problem: UserError | None = None


class ExperimentModel(QObject):
    """Keeps the last experiment of each kind.

    Args:
        connection: reports what is found.
        run: the current run.
        settings: of the run, or of the next one.
        parent: Qt's parent.
    """

    changed = Signal(object)
    """There is news of an experiment of this class; None: something else can be tried now, or other values are set."""
    curve_changed = Signal()
    """Other futures are to be drawn over the curve of the run, or none."""

    def __init__(
        self, connection: Connection, run: RunModel, settings: SettingsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._settings = settings
        self._trials: dict[type, Trial] = {}
        self._is_on_curve = False
        self._looked_at: int | None = None
        connection.experiment_progressed.connect(self._on_progressed)
        connection.experiment_ended.connect(self._on_ended)
        run.changed.connect(lambda: self.changed.emit(None))
        settings.changed.connect(lambda: self.changed.emit(None))

    def trial(self, kind: type) -> Trial | None:
        """The last experiment of this class; None where there was none."""
        return self._trials.get(kind)

    @property
    def running(self) -> Experiment | None:
        """The experiment that is under way."""
        return next((trial.experiment for trial in self._trials.values() if not trial.is_over), None)

    @property
    def can_begin(self) -> bool:
        """Whether an experiment can be begun now."""
        return self._run.state in CAN_EXPERIMENT and self.running is None

    @property
    def is_stopping(self) -> bool:
        """Whether the user has asked to end the experiment under way."""
        return self._run.state is SessionState.STOPPING

    @property
    def has_run(self) -> bool:
        """Whether there is a run to try things on."""
        return self._run.is_trainable

    @property
    def step(self) -> int:
        """The present step of the run."""
        return self._run.step

    @property
    def train_count(self) -> int:
        """The training samples of the run."""
        return self._run.train_count

    def value(self, name: str) -> Value:
        """The value of a hyperparameter in force: of the run, or of the next one where there is none."""
        values = self._run.values if self._run.run is not None else self._settings.values()
        return values.get(name, self._settings.default(name))

    def has_value(self, name: str) -> bool:
        """Whether the run has such a hyperparameter."""
        return name in (self._run.values if self._run.run is not None else self._settings.values())

    @property
    def optimizer(self) -> str:
        """The optimizer of the run, or of the next one."""
        recipe = self._run.recipe
        return self._settings.choices()["optimizer"] if recipe is None else recipe.optimizer

    def can_become(self, trial: Trial) -> bool:
        """Whether the run, as it is now, can become a future of this experiment."""
        return trial.is_over and self.can_begin and self._run.is_trainable and self.is_of_run(trial)

    def is_of_run(self, trial: Trial) -> bool:
        """Whether an experiment was made on the current run."""
        return trial.run == self._run.run_id

    @property
    def is_on_curve(self) -> bool:
        """Whether the user wants the futures of What if over the curve of the run as well."""
        return self._is_on_curve

    def set_on_curve(self, is_on: bool) -> None:
        """Draw the futures over the curve of the run, or not."""
        if is_on != self._is_on_curve:
            self._is_on_curve = is_on
            self.curve_changed.emit()

    def look_at_future(self, index: int | None) -> None:
        """Draw the future with this index more strongly than the others."""
        if index != self._looked_at:
            self._looked_at = index
            self.curve_changed.emit()

    @property
    def fan_on_curve(self) -> tuple[Fan, int | None] | None:
        """The futures to draw over the curve of the run, and the one that is looked at; None where there are none."""
        trial = self.trial(WhatIf)
        if not self._is_on_curve or trial is None or not self.is_of_run(trial) or not isinstance(trial.finding, Fan):
            return None
        return trial.finding, self._looked_at

    def begin(self, experiment: Experiment, *, is_new: bool) -> None:
        """An experiment was asked for, on the run or on a new network."""
        run = "" if is_new else self._run.run_id or ""
        self._trials[type(experiment)] = Trial(experiment, run=run, step=0 if is_new else self._run.step)
        self.changed.emit(type(experiment))

    def _on_progressed(self, event: ExperimentProgressed) -> None:
        kind = type(event.experiment)
        before = self._trials.get(kind)
        run, step = ("", 0) if before is None else (before.run, before.step)
        self._trials[kind] = Trial(event.experiment, event.finding, run, step)
        self.changed.emit(kind)

    def _on_ended(self, event: ExperimentEnded) -> None:
        self._trials[type(event.experiment)] = Trial(
            event.experiment,
            event.finding,
            event.run,
            event.step,
            is_over=True,
            was_cancelled=event.was_cancelled,
            problem=event.problem,
        )
        self.changed.emit(type(event.experiment))

"""InspectionModel: what the panels that explain a run look at: run, step, predictions, what is chosen.

No widget. The panels read from it; what they choose, they set here, so that other panels follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.engine.protocol.queries.predictions import PredictedOutputs, PredictTestSet
from workbench.ui.models.class_history import ClassHistory
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.errors import UserError
    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.prediction_log import PredictionLog
    from workbench.ui.models.run_model import RunModel

MOST_EARLIER: Final = 60
"""Earlier evaluations that are computed anew, of an opened run; of more, some at equal distances."""
MOST_ANSWERS: Final = 4
"""Outputs at steps without an evaluation that are kept: an answer for 10,000 samples takes 400 kB."""
STANDING: Final = frozenset({SessionState.READY, SessionState.PAUSED})


class InspectionModel(QObject):
    """What is looked at.

    Args:
        run: the current run.
        parent: Qt's parent.
    """

    subject_changed = Signal()
    """Another run or other data are looked at, or none; what was chosen is forgotten."""
    step_changed = Signal()
    """Another step is looked at, or the run has gone on."""
    predictions_changed = Signal()
    """There are predictions of another step, or none any more."""
    earlier_changed = Signal()
    """There are predictions of another earlier evaluation."""
    choice_changed = Signal()
    """Another pair of classes or another sample is chosen."""
    batch_changed = Signal()
    """The batch of another step is looked at."""

    def __init__(self, run: RunModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.class_history: Final = ClassHistory()
        """The confusion matrix of each evaluation, for a classification."""
        self._log: PredictionLog | None = None
        self._shown_step: int | None = None
        self._answers: dict[tuple[str, int], NDArray[np.float32]] = {}
        self._problems: dict[tuple[str, int], UserError] = {}
        self._asked_earlier: set[int] = set()
        self._seen: tuple[object, ...] = ()
        self._probabilities: NDArray[np.float32] | None = None
        self._pair: tuple[int, int] | None = None
        self._sample: int | None = None
        self._batch_step: int | None = None
        run.changed.connect(self.refresh)

    # What is looked at

    @property
    def log(self) -> PredictionLog | None:
        """The predictions of the run, and the test samples; None where there is no run, or its data are not there."""
        return self._log

    @property
    def spec(self) -> DataSpec | None:
        """The task and shapes of the run's data."""
        return None if self._log is None else self._log.spec

    @property
    def missing(self) -> UserError | None:
        """Why nothing can be computed from the run: its data are not there."""
        return self._run.missing

    @property
    def run_id(self) -> str | None:
        """The run that is looked at."""
        return None if self._log is None else self._run.run_id

    @property
    def dataset(self) -> str | None:
        """The name of the run's data set."""
        return None if self._log is None or self._run.recipe is None else self._run.recipe.dataset

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes, by label; empty for regression."""
        return () if self.spec is None else self.spec.class_names

    @property
    def is_classification(self) -> bool:
        """Whether classes are predicted."""
        return self.spec is not None and self.spec.task is Task.CLASSIFICATION

    @property
    def labels(self) -> NDArray[np.int64]:
        """The labels (N,) of the test samples, for a classification."""
        assert self._log is not None
        return self._log.targets

    @property
    def is_training(self) -> bool:
        """Whether the run goes on at this moment."""
        return self._run.state not in STANDING

    @property
    def current_step(self) -> int:
        """The step that the run has reached."""
        return self._run.step

    @property
    def shown_step(self) -> int | None:
        """The step that the user looks back at; None to follow the run."""
        return self._shown_step

    def show_step(self, step: int | None) -> None:
        """Look at `step`, which was trained before; None to follow the run."""
        if step != self._shown_step:
            self._shown_step = step
            self.refresh()

    @property
    def stops(self) -> tuple[int, ...]:
        """The steps that can be looked back at: those of the evaluations, ascending."""
        history = self._run.recording or self._run.history
        return () if history is None else tuple(evaluation.step for evaluation in history.evaluations)

    @property
    def some_stops(self) -> tuple[int, ...]:
        """`stops`, or of many of them `MOST_EARLIER` at equal distances, the last one among them."""
        stride = max(1, -(-len(self.stops) // MOST_EARLIER))
        return self.stops[::-1][::stride][::-1]

    def epoch_of(self, step: int) -> int:
        """The epochs that were tested by `step`."""
        history = self._run.recording or self._run.history
        evaluations = () if history is None else history.evaluations
        return max((evaluation.epoch for evaluation in evaluations if evaluation.step <= step), default=0)

    # Predictions

    @property
    def prediction_step(self) -> int | None:
        """The step whose predictions are wanted: while the run goes on, that of its last evaluation."""
        if self._log is None:
            return None
        if self._shown_step is not None:
            return self._shown_step
        if not self.is_training:
            return self.current_step
        tested = [step for step in self._log.steps if step <= self.current_step]
        return tested[-1] if tested else None

    @property
    def outputs(self) -> NDArray[np.float32] | None:
        """The outputs (N, K) at `prediction_step`; None where they are not known (yet)."""
        step, log = self.prediction_step, self._log
        if log is None or step is None:
            return None
        kept = log.outputs(step)
        return self._answers.get((self.run_id or "", step)) if kept is None else kept

    @property
    def probabilities(self) -> NDArray[np.float32] | None:
        """The probabilities (N, K) of the classes at `prediction_step`, for a classification."""
        if self._probabilities is None and self.is_classification and (outputs := self.outputs) is not None:
            self._probabilities = softmax(outputs)
        return self._probabilities

    @property
    def predicted(self) -> NDArray[np.int64] | None:
        """The class (N,) that each test sample is taken for at `prediction_step`."""
        outputs = self.outputs if self.is_classification else None
        return None if outputs is None else np.argmax(outputs, axis=1)

    @property
    def wanted(self) -> tuple[PredictTestSet, int | None] | None:
        """What must be asked, and at which step, for the predictions to be known; None where they are, or will be."""
        step = self.prediction_step
        if step is None or self.outputs is not None or self.problem is not None:
            return None
        return PredictTestSet(), step if self._shown_step is not None else None

    @property
    def earlier(self) -> int | None:
        """The newest earlier evaluation whose predictions are neither kept nor asked: of an opened run, none are.

        None where there is none, and while the run trains.
        """
        log = self._log
        if log is None or self.is_training or self.missing is not None:
            return None
        missing = (step for step in self.some_stops[::-1] if step not in self._asked_earlier)
        return next((step for step in missing if log.outputs(step) is None), None)

    @property
    def problem(self) -> UserError | None:
        """Why the outputs at `prediction_step` cannot be computed."""
        step = self.prediction_step
        return None if step is None else self._problems.get((self.run_id or "", step))

    def take(self, event: Inspected) -> None:
        """Keep the outputs that the training side computed, or why it could not."""
        if not isinstance(event.query, PredictTestSet):
            return
        place = event.run, event.step if event.asked_step is None else event.asked_step
        if event.run == self.run_id and event.asked_step is not None:
            # The training side keeps what it computed for an evaluation.
            self._asked_earlier.add(event.asked_step)
            self.earlier_changed.emit()
        if isinstance(event.answer, PredictedOutputs):
            self._answers[place] = event.answer.outputs
        elif event.problem is not None:
            self._problems[place] = event.problem
        for old in list(self._answers)[:-MOST_ANSWERS]:
            del self._answers[old]
        self.refresh()

    # What is chosen

    @property
    def pair(self) -> tuple[int, int] | None:
        """The classes (true, predicted) whose samples are looked at."""
        return self._pair

    @property
    def sample(self) -> int | None:
        """The test sample that is looked at, by its index."""
        return self._sample

    def choose_pair(self, pair: tuple[int, int] | None) -> None:
        """Look at the samples of one class that are taken for one class, instead of at one sample."""
        sample = self._sample if pair is None else None
        if (pair, sample) != (self._pair, self._sample):
            self._pair, self._sample = pair, sample
            self.choice_changed.emit()

    def choose_sample(self, sample: int | None) -> None:
        """Look at one test sample."""
        if sample != self._sample:
            self._sample = sample
            self.choice_changed.emit()

    @property
    def batch_step(self) -> int | None:
        """The step whose batch is looked at."""
        return self._batch_step

    def choose_batch(self, step: int | None) -> None:
        """Look at the batch that `step` was trained on."""
        if step != self._batch_step:
            self._batch_step = step
            self.batch_changed.emit()

    @property
    def recorded(self) -> History | None:
        """All that is recorded of the run, also beyond the current step; None where there is no run."""
        return None if self._log is None else self._run.recording or self._run.history

    # Following the run

    def refresh(self) -> None:
        """Take over what the run has become, and say what is new."""
        log = self._run.predictions if self._run.missing is None else None
        is_other = log is not self._log
        if is_other:
            is_other_data = self._log is None or log is None or not _is_same_data(log, self._log)
            self._log = log
            self._asked_earlier = set()
            if self._shown_step is not None and self._shown_step not in self.stops:
                self._shown_step = None
            if is_other_data:
                self._pair = self._sample = None
            if self._batch_step is not None and (is_other_data or self._batch_step > self._run.last_step):
                self._batch_step = None
            self.subject_changed.emit()
        seen = (self.run_id, self.prediction_step, self.outputs is not None, self.problem)
        if seen != self._seen or is_other:
            self._seen = seen
            self._probabilities = None
            self.predictions_changed.emit()
        self.step_changed.emit()


def _is_same_data(one: PredictionLog, other: PredictionLog) -> bool:
    """Whether two runs are tested on the same samples: on the same memory, as a data set that is not loaded anew."""
    return one.inputs.shape == other.inputs.shape and one.inputs.ctypes.data == other.inputs.ctypes.data

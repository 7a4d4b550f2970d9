"""Lessons: carries a lesson out: sets the controls, trains its runs one after another, has its checks made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError, UserError
from workbench.engine.protocol.experiments.checks import CheckOverfitting, Overfitting
from workbench.engine.teaching.lessons import lessons
from workbench.engine.teaching.record import record_of, record_of_few
from workbench.ui.models.lesson_model import Phase
from workbench.ui.models.session_state import SessionState
from workbench.ui.text.teaching_texts import in_language, title_of_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.recipe import Recipe
    from workbench.engine.teaching.lessons import Lesson
    from workbench.engine.teaching.record import LessonRecord
    from workbench.ui.controllers.experiments import Experiments
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.models.experiment_model import ExperimentModel
    from workbench.ui.models.lesson_model import LessonModel, Progress
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

FEW: Final = "checks"
"""The panel that draws the experiment with a few samples."""


@dataclass(frozen=True, slots=True)
class LessonSet:
    """The settings of a lesson were taken over: `wanted` are those of its first run, `before` those that were set."""

    lesson: Lesson
    wanted: Recipe
    before: Recipe


class Lessons(QObject):
    """Follows the lesson that the user has begun. A run that trains before it is stopped and kept.

    Args:
        model: which lesson, and what was seen.
        run: the current run.
        settings: of the next run.
        controller: of the run.
        experiments: try the few samples.
        trials: what they have found.
        library: overlays the earlier run of a lesson, and names its runs.
        undo: takes the settings of a lesson back.
        root: the folder of the data sets.
        parent: Qt's parent.
    """

    panel_needed = Signal(str)
    """The user is to see this panel."""
    curves_needed = Signal()
    """The user is to see the curves, not only a strip of them."""
    failed = Signal(UserError)
    """The settings could not be taken over."""

    def __init__(
        self,
        model: LessonModel,
        run: RunModel,
        settings: SettingsModel,
        controller: RunController,
        experiments: Experiments,
        trials: ExperimentModel,
        library: RunLibrary,
        undo: UndoHistory,
        root: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._run = run
        self._settings = settings
        self._controller = controller
        self._experiments = experiments
        self._trials = trials
        self._library = library
        self._undo = undo
        undo.handle(LessonSet, _text, self._set_again, self._set_back, sets_controls=True)
        self._root = root
        # The run of the last lesson that was drawn over another one.
        self._overlaid = ""
        run.changed.connect(self._on_changed)
        run.started.connect(self._on_started)
        run.branched.connect(self._leave)
        run.discarded.connect(self._leave)
        run.not_started.connect(self._leave)
        run.ended.connect(self._on_ended)
        run.travelled.connect(self._on_travelled)
        trials.changed.connect(self._on_trial)

    def begin(self, key: str) -> None:
        """Begin a lesson. A run that is under way is stopped for it: it stays in the store."""
        lesson = next((each for each in lessons() if each.key == key), None)
        if lesson is None or not self._can_begin():
            return
        if self._overlaid in self._library.overlaid:
            self._library.overlay([self._overlaid])  # what is overlaid already is removed
        if self._run.state is SessionState.READY:
            self._model.begin(lesson, Phase.STARTING)
            self._start()
        else:
            self._model.begin(lesson, Phase.STOPPING)
            self._controller.stop()

    # Internals

    @property
    def _progress(self) -> Progress | None:
        progress = self._model.progress
        return progress if progress is not None and progress.is_under_way else None

    def _can_begin(self) -> bool:
        is_possible = self._run.state in {SessionState.READY, SessionState.TRAINING, SessionState.PAUSED}
        is_waiting = self._progress is not None and self._progress.phase is not Phase.TRAINING
        return is_possible and not is_waiting and self._trials.running is None

    def _start(self) -> None:
        """Set the controls for the present run of the lesson, and train it."""
        progress = self._progress
        if progress is None or self._run.state is not SessionState.READY:
            return
        try:
            before = self._settings.recipe()
        except UsageError as problem:  # something was typed that is no value
            self._leave()
            self._model.changed.emit()
            self.failed.emit(problem)
            return
        lesson, wanted = progress.lesson, self._wanted(progress)
        if progress.current == 0:
            self._undo.do(LessonSet(lesson, wanted, before))
        else:
            self._settings.show_recipe(wanted)
        if lesson.is_few:
            self.panel_needed.emit(FEW)
            self._model.begin_run("")
            self._experiments.begin_on_new_network(CheckOverfitting())
            if self._trials.running is None:
                self._leave()
        else:
            self.curves_needed.emit()
            is_chosen = wanted.dataset != DATASETS.default or self._settings.dataset_was_chosen
            self._controller.train(wanted, dataset_chosen=is_chosen)

    def _set_again(self, step: LessonSet) -> None:
        self._settings.show_recipe(step.wanted)

    def _set_back(self, step: LessonSet) -> None:
        self._settings.show_recipe(step.before)

    def _wanted(self, progress: Progress) -> Recipe:
        settings = self._settings
        is_here = DATASETS[DATASETS.default].is_here(self._root)
        dataset = progress.lesson.dataset(settings.choices()["dataset"], default_is_here=is_here)
        device = settings.device if settings.has_device(settings.device) else "cpu"
        return progress.lesson.runs[progress.current].recipe(dataset, device, settings.values())

    def _on_changed(self) -> None:
        progress = self._progress
        if progress is not None and progress.phase is Phase.STOPPING and self._run.state is SessionState.READY:
            self._model.enter(Phase.STARTING)
            # The others are to see first that the run has ended.
            QTimer.singleShot(0, self, self._start)
        self._model.set_can_begin(self._can_begin())

    def _on_started(self, is_opened: bool) -> None:
        progress = self._progress
        if progress is None:
            return
        if is_opened and progress.runs[-1:] == [self._run.run_id]:
            return  # a window in another language has taken the place of the one before
        if is_opened or progress.phase is not Phase.STARTING or self._run.run_id is None:
            self._leave()
            return
        self._model.begin_run(self._run.run_id)
        if progress.current > 0:
            QTimer.singleShot(0, self, self._overlay_first)

    def _overlay_first(self) -> None:
        """Draw the first run of the lesson over the present one."""
        progress = self._progress
        if progress is not None and progress.runs[0] not in self._library.overlaid:
            self._overlaid = progress.runs[0]
            self._library.overlay([self._overlaid])

    def _on_ended(self) -> None:
        progress = self._progress
        if progress is None or progress.lesson.is_few:
            return
        if progress.phase is Phase.STARTING:  # it was cancelled, or its data could not be loaded
            self._leave()
        elif progress.phase is Phase.TRAINING:
            self._end_run(progress)

    def _on_travelled(self) -> None:
        """The guard has stopped the run; or the user has gone elsewhere, which is something else than the lesson."""
        progress = self._progress
        if progress is None or progress.phase is not Phase.TRAINING or progress.lesson.is_few:
            return
        if self._run.history is not None and self._run.history.spikes:
            self._end_run(progress)
        else:
            self._leave()

    def _end_run(self, progress: Progress) -> None:
        record = self._record()
        run = progress.runs[-1]
        self._library.rename(run, in_language(progress.lesson.runs[progress.current].name))
        # After a divergence the next run would have to stop this one, about which the guard asks.
        self._model.end_run(record, goes_on=record is None or not record.incidents)
        if self._progress is not None:
            QTimer.singleShot(0, self, self._start)
        self._model.set_can_begin(self._can_begin())

    def _record(self) -> LessonRecord | None:
        run = self._run
        if run.history is None or run.recipe is None or run.progress is None:
            return None
        # Where the guard has gone back, what it went back from is part of what was seen.
        return record_of(run.recording or run.history, run.recipe, run.train_count, run.progress.planned_epochs)

    def _on_trial(self, kind: type | None) -> None:
        progress = self._progress
        if kind is not CheckOverfitting or progress is None or not progress.lesson.is_few:
            return
        trial = self._trials.trial(CheckOverfitting)
        if trial is None or not trial.is_over or progress.phase is not Phase.TRAINING:
            return
        spec = self._settings.spec
        finding = trial.finding
        has_found = isinstance(finding, Overfitting) and trial.problem is None and not trial.was_cancelled
        count = len(spec.class_names) if spec is not None else 0
        self._model.end_run(record_of_few(finding, count) if has_found and isinstance(finding, Overfitting) else None)
        self._model.set_can_begin(self._can_begin())

    def _leave(self, *_: object) -> None:
        """The user does something else, or the run could not be trained: nothing more is followed."""
        if self._progress is not None:
            self._model.enter(Phase.LEFT)


def _text(step: LessonSet) -> str:
    return title_of_lesson({"title": in_language(step.lesson.title)})

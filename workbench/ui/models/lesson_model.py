"""LessonModel: which lesson is looked at or followed, and what was seen in it; no widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from workbench.engine.teaching.checks import Verdict
from workbench.engine.teaching.lessons import lessons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.teaching.checks import LessonFinding
    from workbench.engine.teaching.lessons import Lesson
    from workbench.engine.teaching.record import LessonRecord


class Phase(Enum):
    """How far the lesson is that is followed."""

    STOPPING = auto()
    """The run before it is being stopped."""
    STARTING = auto()
    """A run of it was asked for."""
    TRAINING = auto()
    OVER = auto()
    LEFT = auto()
    """The user has done something else: there is nothing more to follow."""


@dataclass(slots=True)
class Progress:
    """The lesson that is followed.

    Attributes:
        lesson: which one.
        phase: how far it is.
        current: the place of the present run among those of the lesson.
        runs: the ids of the runs that have begun; "" for the experiment with a few samples.
        records: what the runs have recorded that are over.
        findings: of the checks, once the lesson is over.
    """

    lesson: Lesson
    phase: Phase
    current: int = 0
    runs: list[str] = field(default_factory=list)
    records: list[LessonRecord | None] = field(default_factory=list)
    findings: list[LessonFinding] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        """Whether something of it is still to come."""
        return self.phase not in {Phase.OVER, Phase.LEFT}

    @property
    def changed(self) -> tuple[str, ...]:
        """The hyperparameters that were changed while its runs trained."""
        names = {name for record in self.records if record is not None for name in record.changed}
        return tuple(sorted(names))


class LessonModel(QObject):
    """Keeps the lesson that is looked at, the one that is followed, and those that were seen whole."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selected: Lesson | None = None
        self._seen: set[str] = set()
        self.progress: Progress | None = None
        self.can_begin = False

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All of them, in their order."""
        return lessons()

    @property
    def selected(self) -> Lesson | None:
        """The lesson that is looked at; None while the list is."""
        return self._selected

    @property
    def selected_progress(self) -> Progress | None:
        """How far the lesson is that is looked at, where it is the one that was followed last."""
        progress = self.progress
        return progress if progress is not None and progress.lesson is self._selected else None

    @property
    def next(self) -> Lesson | None:
        """The lesson after the one that is looked at."""
        if self._selected is None:
            return None
        index = self.lessons.index(self._selected) + 1
        return self.lessons[index] if index < len(self.lessons) else None

    def is_seen(self, lesson: Lesson) -> bool:
        """Whether all that a lesson shows was seen once."""
        return lesson.key in self._seen

    def select(self, key: str | None) -> None:
        """Look at a lesson, or at the list."""
        self._selected = next((lesson for lesson in self.lessons if lesson.key == key), None)
        self.changed.emit()

    def set_can_begin(self, can_begin: bool) -> None:
        """Say whether a lesson can begin now."""
        if can_begin != self.can_begin:
            self.can_begin = can_begin
            self.changed.emit()

    def begin(self, lesson: Lesson, phase: Phase) -> None:
        """Follow a lesson from its first run on."""
        self._selected = lesson
        self.progress = Progress(lesson, phase)
        self.changed.emit()

    def enter(self, phase: Phase) -> None:
        """The lesson is at another point."""
        assert self.progress is not None
        self.progress.phase = phase
        self.changed.emit()

    def begin_run(self, run: str) -> None:
        """The present run of the lesson has begun."""
        assert self.progress is not None
        self.progress.runs.append(run)
        self.enter(Phase.TRAINING)

    def end_run(self, record: LessonRecord | None, *, goes_on: bool = True) -> None:
        """The present run of the lesson is over; after the last one, its checks are made.

        Args:
            record: of the run; None where it was not trained.
            goes_on: whether the next run of the lesson follows, if it has one.
        """
        progress = self.progress
        assert progress is not None
        progress.records.append(record)
        if goes_on and progress.current + 1 < len(progress.lesson.runs):
            progress.current += 1
            self.enter(Phase.STARTING)
            return
        progress.findings = [check.find(progress.records) for check in progress.lesson.checks]
        if all(finding.verdict is Verdict.SEEN for finding in progress.findings) and not progress.changed:
            self._seen.add(progress.lesson.key)
        self.enter(Phase.OVER)

    def take_over(self, other: LessonModel) -> None:
        """Go on where the model of a window that is replaced has come to."""
        self._selected, self.progress = other._selected, other.progress
        if self.progress is not None and self.progress.phase in {Phase.STOPPING, Phase.STARTING}:
            self.progress.phase = Phase.LEFT  # the other window waited for something that it cannot hear any more
        self.changed.emit()

    # Remembering

    def state(self) -> dict[str, Any]:
        """The lessons that were seen, for JSON."""
        return {"seen": sorted(self._seen)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` returned; what is no key is passed over."""
        seen = state.get("seen")
        # Not compared with the lessons: reading their files takes time that the start of the program is spared.
        self._seen = {key for key in seen if isinstance(key, str)} if isinstance(seen, list) else set()
        self.changed.emit()

"""The checks of lessons: what a run has really shown, in its own recorded numbers.

Each check answers `SEEN`, `NOT_SEEN`, or `UNKNOWN` where too little was recorded to say, with the numbers it rests on.
Its bounds are rules of this program, and stand in the files of the lessons.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.teaching.texts import placeholders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbench.engine.teaching.record import LessonRecord
    from workbench.engine.teaching.texts import Text

FIRST_STEPS: Final = 20
"""Their mean is the loss at the beginning: one batch alone is noisy."""
SMALLEST_PART: Final = 20
"""The loss at the end is the mean of the last tenth of an epoch, and of at least this many losses."""
LEAPT: Final = 3.0
"""A loss this many times the first one has left the range of learning, also where the guard is off."""


class Verdict(Enum):
    """What a check found."""

    SEEN = "seen"
    NOT_SEEN = "not seen"
    UNKNOWN = "unknown"


class Unit(Enum):
    """How a number of a finding is written."""

    LOSS = "loss"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a finding rests on."""

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class LessonFinding:
    """The answer of a check.

    Attributes:
        verdict: whether it was seen.
        figures: the numbers it rests on, by the placeholders of the sentences; empty where nothing can be said.
    """

    verdict: Verdict
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LessonCheck:
    """A check of a lesson.

    Attributes:
        kind: a key of `KINDS`.
        runs: the places of the runs it looks at, among those of the lesson: one, or two that are compared.
        bound: the number it compares with; what it means depends on the kind.
        claim: what should be seen, in a sentence.
        seen: the sentence where it was; its placeholders are the figures.
        not_seen: the sentence where it was not.
    """

    kind: str
    runs: tuple[int, ...]
    bound: float
    claim: Text
    seen: Text
    not_seen: Text

    @property
    def bound_figure(self) -> Figure:
        """The bound, which the sentences call `bound`."""
        return Figure(self.bound, KINDS[self.kind].bound)

    def find(self, records: Sequence[LessonRecord | None]) -> LessonFinding:
        """What the records of the runs of a lesson say; None stands for a run that was not trained."""
        wanted = [records[index] if index < len(records) else None for index in self.runs]
        given = [record for record in wanted if record is not None]
        if len(given) < len(wanted) or any(record.is_empty for record in given):
            return LessonFinding(Verdict.UNKNOWN)
        return KINDS[self.kind].find(given, self.bound)


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A kind of check.

    Attributes:
        run_count: how many runs it looks at.
        figures: the names of its figures, which sentences may name.
        bound: how its bound is written.
        find: compares the records of `run_count` runs, each with at least one step, with a bound.
    """

    run_count: int
    figures: frozenset[str]
    bound: Unit
    find: Callable[[Sequence[LessonRecord], float], LessonFinding]


def why_not_valid(check: LessonCheck, run_count: int) -> str:
    """Why `check` cannot be made in a lesson that has `run_count` runs; "" where it can."""
    kind = KINDS.get(check.kind)
    if kind is None:
        return f"there is no check {check.kind!r}"
    if len(check.runs) != kind.run_count or not all(0 <= index < run_count for index in check.runs):
        return f"{check.kind} looks at {kind.run_count} of the {run_count} runs"
    for text in (check.claim.en, check.seen.en, check.not_seen.en):
        if unknown := placeholders_of(text) - kind.figures - {"bound"}:
            return f"{check.kind} has no figure {min(unknown)!r}"
    return ""


def _loss(value: float) -> Figure:
    return Figure(value, Unit.LOSS)


def _share(value: float) -> Figure:
    return Figure(value, Unit.SHARE)


def _count(value: float) -> Figure:
    return Figure(value, Unit.COUNT)


def _answer(is_seen: bool, **figures: Figure) -> LessonFinding:
    return LessonFinding(Verdict.SEEN if is_seen else Verdict.NOT_SEEN, figures)


_UNKNOWN: Final = LessonFinding(Verdict.UNKNOWN)


def _ends(record: LessonRecord) -> tuple[float, float]:
    """The loss at the beginning and at the end, each a mean over some batches."""
    part = max(SMALLEST_PART, record.steps_per_epoch // 10)
    return record.mean_of_first(min(FIRST_STEPS, record.steps)), record.mean_of_last(part)


def _fell(record: LessonRecord, bound: float, *, more: bool) -> LessonFinding:
    first, last = _ends(record)
    if record.incidents or not math.isfinite(last) or first <= 0:
        return _UNKNOWN  # it broke, which another check says
    fell = 1.0 - last / first
    if not record.is_complete and not (more and fell > bound):
        return _UNKNOWN
    return _answer(fell > bound if more else fell < bound, first=_loss(first), last=_loss(last), fell=_share(fell))


def _fell_less_than(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    return _fell(records[0], bound, more=False)


def _fell_more_than(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    return _fell(records[0], bound, more=True)


def _diverged(records: Sequence[LessonRecord], _bound: float) -> LessonFinding:
    record = records[0]
    first = record.mean_of_first(1)
    if record.incidents:
        incident = record.incidents[0]
        return _answer(True, step=_count(incident.step), loss=_loss(incident.loss), first=_loss(first))
    broken = np.flatnonzero(~np.isfinite(record.losses) | (record.losses > LEAPT * first))
    if len(broken):
        step = int(broken[0])
        return _answer(True, step=_count(step), loss=_loss(float(record.losses[step])), first=_loss(first))
    if not record.is_complete:
        return _UNKNOWN
    highest = int(np.argmax(record.losses))
    return _answer(False, step=_count(highest), loss=_loss(float(record.losses[highest])), first=_loss(first))


def _accuracy_above(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    record = records[0]
    if not record.is_complete:
        return _UNKNOWN
    accuracy = record.evaluations[-1].metric
    return _answer(accuracy > bound, accuracy=_share(accuracy))


def _first_loss_at_chance(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    record = records[0]
    if record.class_count < 2:
        return _UNKNOWN
    first, chance = record.mean_of_first(1), math.log(record.class_count)
    off = abs(first / chance - 1.0)
    return _answer(
        off < bound, first=_loss(first), chance=_loss(chance), off=_share(off), classes=_count(record.class_count)
    )


def _loss_below(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    record = records[0]
    last = float(record.losses[-1])
    figures = {"last": _loss(last), "first": _loss(record.mean_of_first(1)), "steps": _count(record.steps)}
    return _answer(math.isfinite(last) and last < bound, **figures)


def _gap(record: LessonRecord) -> tuple[float, float, float]:
    """The training loss of the last epoch, the last test loss, and what the second is above the first."""
    training, test = record.mean_of_last(record.steps_per_epoch), record.evaluations[-1].average_loss
    return training, test, test - training


def _gap_above(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    if not records[0].is_complete:
        return _UNKNOWN
    training, test, gap = _gap(records[0])
    share = gap / training if training > 0 else math.nan
    return _answer(share > bound, training=_loss(training), test=_loss(test), gap=_share(share))


def _test_loss_rose(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    if not records[0].is_complete:
        return _UNKNOWN
    tests = [each.average_loss for each in records[0].evaluations]
    best = int(np.argmin(tests))
    if tests[best] <= 0:
        return _UNKNOWN
    rose = tests[-1] / tests[best] - 1.0
    figures = {"best": _loss(tests[best]), "epoch": _count(records[0].evaluations[best].epoch)}
    return _answer(rose > bound, **figures, last=_loss(tests[-1]), rose=_share(rose))


def _compared(records: Sequence[LessonRecord], measure: Callable[[LessonRecord], float], bound: float) -> LessonFinding:
    """Whether the measure of the first run is below `bound` times that of the second."""
    if not all(record.is_complete for record in records):
        return _UNKNOWN
    one, other = (measure(record) for record in records)
    # A gap that is none cannot be narrowed.
    return _answer(other > 0 and one < bound * other, one=_loss(one), other=_loss(other))


def _test_loss_below_other(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    return _compared(records, lambda record: record.evaluations[-1].average_loss, bound)


def _gap_below_other(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    return _compared(records, lambda record: _gap(record)[2], bound)


def _rougher_than_other(records: Sequence[LessonRecord], bound: float) -> LessonFinding:
    """How far a batch's loss is from that before it, in the second half: a slow fall between them counts little."""
    if not all(record.is_complete for record in records):
        return _UNKNOWN
    one, other = (float(np.std(np.diff(record.losses[record.steps // 2 :]))) for record in records)
    return _answer(one > bound * other, one=_loss(one), other=_loss(other))


KINDS: Final[Mapping[str, CheckKind]] = {
    "fell_less_than": CheckKind(1, frozenset({"first", "last", "fell"}), Unit.SHARE, _fell_less_than),
    "fell_more_than": CheckKind(1, frozenset({"first", "last", "fell"}), Unit.SHARE, _fell_more_than),
    "diverged": CheckKind(1, frozenset({"first", "loss", "step"}), Unit.LOSS, _diverged),
    "accuracy_above": CheckKind(1, frozenset({"accuracy"}), Unit.SHARE, _accuracy_above),
    "first_loss_at_chance": CheckKind(
        1, frozenset({"first", "chance", "off", "classes"}), Unit.SHARE, _first_loss_at_chance
    ),
    "loss_below": CheckKind(1, frozenset({"first", "last", "steps"}), Unit.LOSS, _loss_below),
    "gap_above": CheckKind(1, frozenset({"training", "test", "gap"}), Unit.SHARE, _gap_above),
    "test_loss_rose": CheckKind(1, frozenset({"best", "epoch", "last", "rose"}), Unit.SHARE, _test_loss_rose),
    "test_loss_below_other": CheckKind(2, frozenset({"one", "other"}), Unit.SHARE, _test_loss_below_other),
    "gap_below_other": CheckKind(2, frozenset({"one", "other"}), Unit.SHARE, _gap_below_other),
    "rougher_than_other": CheckKind(2, frozenset({"one", "other"}), Unit.SHARE, _rougher_than_other),
}

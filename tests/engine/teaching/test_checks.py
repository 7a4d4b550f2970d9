from dataclasses import replace

import numpy as np
import pytest

from tests.engine.teaching.recordings import cut, recorded
from workbench.engine.history.records import Evaluation, Incident
from workbench.engine.teaching.checks import KINDS, LessonCheck, Verdict, why_not_valid
from workbench.engine.teaching.lessons import lessons
from workbench.engine.teaching.record import LessonRecord
from workbench.engine.teaching.texts import Text

SENTENCE = Text("So", "그렇습니다")
OF_RUNS = [lesson for lesson in lessons() if not lesson.is_few]


def made(losses, tests=(), **values):
    """A record of one epoch for each test."""
    steps = len(losses) // max(1, len(tests))
    evaluations = [Evaluation(steps * epoch, epoch, loss, 0.5) for epoch, loss in enumerate(tests, 1)]
    fields = {"class_count": 10, "planned_epochs": max(1, len(tests)), **values}
    return LessonRecord(np.array(losses, np.float32), tuple(evaluations), (), steps, **fields)


def find(kind, bound, *records):
    check = LessonCheck(kind, tuple(range(KINDS[kind].run_count)), bound, SENTENCE, SENTENCE, SENTENCE)
    return check.find(records)


def verdict(kind, bound, *records):
    return find(kind, bound, *records).verdict


@pytest.mark.parametrize("lesson", OF_RUNS, ids=lambda lesson: lesson.key)
def test_that_what_a_lesson_claims_is_seen_in_the_runs_it_trains(lesson):
    for check in lesson.checks:
        assert check.find(recorded(lesson.key)).verdict is Verdict.SEEN


OTHER_RUNS = {
    "too-small-a-rate": ("the-right-rate",),
    "too-large-a-rate": ("the-right-rate",),
    "the-right-rate": ("adam-against-sgd",),
    "adam-against-sgd": ("adam-against-sgd", True),
    "batch-size": ("batch-size", True),
    "over-fitting": ("the-right-rate",),
    "dropout": ("dropout", True),
}
"""For each lesson, runs of other settings, or its own two with their places exchanged."""


@pytest.mark.parametrize("key", OTHER_RUNS)
def test_that_what_a_lesson_claims_is_not_seen_in_runs_of_other_settings(key):
    other, *is_exchanged = OTHER_RUNS[key]
    records = recorded(other)[::-1] if is_exchanged else recorded(other)[:1]
    lesson = next(lesson for lesson in lessons() if lesson.key == key)
    for check in lesson.checks:
        assert check.find(records).verdict is Verdict.NOT_SEEN


@pytest.mark.parametrize("lesson", OF_RUNS, ids=lambda lesson: lesson.key)
def test_that_nothing_is_said_of_runs_that_were_not_trained(lesson):
    for check in lesson.checks:
        assert check.find([None] * len(lesson.runs)).verdict is Verdict.UNKNOWN
        assert check.find([]).verdict is Verdict.UNKNOWN
        assert check.find([made([])] * len(lesson.runs)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "key", ["too-small-a-rate", "the-right-rate", "adam-against-sgd", "batch-size", "over-fitting", "dropout"]
)
def test_that_nothing_is_said_of_runs_that_were_stopped_too_soon(key):
    lesson = next(lesson for lesson in lessons() if lesson.key == key)
    for check in lesson.checks:
        assert check.find([cut(record, 20) for record in recorded(key)]).verdict is Verdict.UNKNOWN


def test_that_a_loss_that_has_fallen_far_enough_is_seen_before_the_end():
    record = cut(recorded("the-right-rate")[0], 300)
    assert verdict("fell_more_than", 0.5, record) is Verdict.SEEN


def test_that_a_first_loss_at_chance_is_known_after_one_step():
    assert verdict("first_loss_at_chance", 0.02, made([2.31])) is Verdict.SEEN
    found = find("first_loss_at_chance", 0.02, made([4.6]))
    assert found.verdict is Verdict.NOT_SEEN
    assert found.figures["chance"].value == pytest.approx(2.302585)
    assert found.figures["off"].value == pytest.approx(0.9978, abs=1e-3)
    assert verdict("first_loss_at_chance", 0.02, made([2.31], class_count=0)) is Verdict.UNKNOWN


def test_that_the_guard_s_incident_is_a_divergence():
    record = replace(made([2.3, 2.4], planned_epochs=1), incidents=(Incident(7, float("nan"), 2),))
    found = find("diverged", 0.0, record)
    assert found.verdict is Verdict.SEEN
    assert found.figures["step"].value == 7
    assert verdict("fell_more_than", 0.5, record) is Verdict.UNKNOWN


@pytest.mark.parametrize("loss", [float("nan"), float("inf"), 40.0])
def test_that_without_the_guard_a_broken_loss_is_a_divergence(loss):
    found = find("diverged", 0.0, made([2.3, 2.2, loss]))
    assert found.verdict is Verdict.SEEN
    assert found.figures["step"].value == 2


def test_that_twenty_images_are_learned_below_the_bound_only():
    assert verdict("loss_below", 0.03, made([2.3, 0.5, 0.02])) is Verdict.SEEN
    assert verdict("loss_below", 0.03, made([2.3, 0.5, 0.04])) is Verdict.NOT_SEEN
    assert verdict("loss_below", 0.03, made([2.3, float("nan")])) is Verdict.NOT_SEEN


def test_that_a_gap_that_is_none_cannot_be_narrowed():
    without, with_dropout = made([0.5] * 10, [0.5]), made([0.5] * 10, [0.3])
    assert verdict("gap_below_other", 0.7, with_dropout, without) is Verdict.NOT_SEEN


def test_that_a_test_loss_rises_only_after_its_best_epoch():
    assert verdict("test_loss_rose", 0.02, made([1.0] * 6, [0.5, 0.4, 0.5])) is Verdict.SEEN
    assert verdict("test_loss_rose", 0.02, made([1.0] * 6, [0.6, 0.5, 0.4])) is Verdict.NOT_SEEN


@pytest.mark.parametrize(
    "check",
    [
        LessonCheck("no_such_check", (0,), 0.0, SENTENCE, SENTENCE, SENTENCE),
        LessonCheck("diverged", (0, 1), 0.0, SENTENCE, SENTENCE, SENTENCE),
        LessonCheck("diverged", (2,), 0.0, SENTENCE, SENTENCE, SENTENCE),
        LessonCheck("diverged", (0,), 0.0, SENTENCE, Text("{gap}", "{gap}"), SENTENCE),
    ],
)
def test_that_a_check_that_cannot_be_made_is_refused(check):
    assert why_not_valid(check, 2)


def test_that_every_finding_has_the_figures_that_its_kind_promises():
    records = [*recorded("dropout"), *recorded("dropout")]
    for name, kind in KINDS.items():
        check = LessonCheck(name, tuple(range(kind.run_count)), 0.5, SENTENCE, SENTENCE, SENTENCE)
        assert set(check.find(records).figures) == kind.figures, name

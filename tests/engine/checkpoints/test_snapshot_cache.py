"""Snapshots in memory: which are kept, which go first, and what they cost together."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.checkpoints.snapshot_cache import DEFAULT_BUDGET, SnapshotCache
from workbench.engine.errors import UserError


@dataclass(frozen=True, eq=False)
class Fake:
    """As much of a snapshot as a timeline looks at."""

    step: int
    nbytes: int = 1


def kept(memory, run, steps, landmarks=()):
    """The timeline of `run` after snapshots of these steps were kept, in this order."""
    timeline = memory.timeline(run)
    for step in steps:
        timeline.keep(Fake(step), landmark=step in landmarks)
    return timeline


# One run


def test_that_the_nearest_is_the_last_at_or_before_a_step():
    timeline = kept(SnapshotCache(), "run", [10, 0, 20])
    assert timeline.steps == [0, 10, 20]
    assert [timeline.nearest(step).step for step in (0, 9, 10, 19, 20, 1000)] == [0, 0, 10, 10, 20, 20]


def test_that_there_is_none_before_the_first():
    assert SnapshotCache().timeline("run").nearest(5) is None
    assert kept(SnapshotCache(), "run", [10]).nearest(9) is None


def test_that_a_step_is_kept_once_and_the_first_of_it_stays():
    memory = SnapshotCache()
    timeline, first = memory.timeline("run"), Fake(5)
    timeline.keep(first)
    timeline.keep(Fake(5))
    assert timeline.nearest(5) is first
    assert memory.nbytes == 1
    assert (timeline.has(5), timeline.has(4), timeline.has(6)) == (True, False, False)
    assert (timeline.holds(first), timeline.holds(Fake(5))) == (True, False)


def test_that_what_comes_after_a_step_can_be_forgotten():
    memory = SnapshotCache()
    timeline = kept(memory, "run", range(0, 50, 10))
    timeline.know_stored([5, 35], lambda step: Fake(step))
    timeline.forget_after(20)
    assert timeline.steps == [0, 10, 20]
    assert timeline.nearest(1000).step == 20
    assert memory.nbytes == 3


def test_that_the_first_and_the_last_stay_even_beyond_the_budget():
    memory = SnapshotCache(budget=1)
    timeline = kept(memory, "run", range(0, 100, 10))
    assert timeline.steps == [0, 90]
    assert memory.nbytes == 2


def test_that_a_snapshot_just_kept_stays_though_it_lies_between_others():
    """People rest there, and the next thing may be a change, before which the state is to be had again."""
    timeline = kept(SnapshotCache(budget=3), "run", [0, 100, 200, 150])
    assert timeline.steps == [0, 150, 200]
    timeline.keep(Fake(151))
    assert timeline.steps == [0, 151, 200]


def test_that_landmarks_stay_longer_than_what_lies_between_them():
    epochs = range(0, 20_000, 1000)
    timeline = kept(SnapshotCache(budget=30), "run", range(0, 20_000, 100), landmarks=epochs)
    assert sum(step in epochs for step in timeline.steps) >= 15


def test_that_a_snapshot_can_be_made_a_landmark_later():
    plain = kept(SnapshotCache(budget=10), "run", range(11))
    marked = kept(SnapshotCache(budget=10), "run", range(10))
    (gone,) = set(range(11)) - set(plain.steps)
    marked.mark(gone)
    marked.keep(Fake(10))
    assert gone in marked.steps


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(2, 3000),
    room=st.integers(2, 200),
    every=st.integers(1, 1000),
    epoch=st.sampled_from([None, 3, 10]),
)
def test_that_however_long_a_run_grows_no_step_is_far_from_a_snapshot(count, room, every, epoch):
    """Gaps grow with the square root of their age, and no gap is more than a few times what is fair.

    With n snapshots over N steps and gaps of c * sqrt(age), c is 2 * sqrt(N) / n.
    """
    memory = SnapshotCache(budget=room)
    steps = range(0, count * every, every)
    timeline = kept(memory, "run", steps, landmarks=steps[::epoch] if epoch else ())
    assert memory.nbytes == len(timeline.steps) == min(count, room)
    assert (timeline.steps[0], timeline.steps[-1]) == (steps[0], steps[-1])
    newest = steps[-1]
    for before, after in zip(timeline.steps, timeline.steps[1:], strict=False):
        fair = 2 * math.sqrt(newest * (newest - before)) / room + every
        assert after - before <= 3 * fair


# What is on disk


def test_that_one_on_disk_is_read_where_it_is_the_nearest_and_only_there():
    read = []

    def load(step):
        read.append(step)
        return Fake(step)

    timeline = kept(SnapshotCache(), "run", [0, 100])
    timeline.know_stored([150, 50], load)
    assert timeline.nearest(49).step == 0
    assert timeline.nearest(120).step == 100
    assert read == []
    assert timeline.nearest(70).step == 50
    assert timeline.nearest(60).step == 50
    assert timeline.nearest(1000).step == 150
    assert read == [50, 150]
    assert timeline.steps == [0, 50, 100, 150]


def test_that_a_damaged_one_on_disk_is_passed_over_and_not_tried_again():
    tried = []

    def load(step):
        tried.append(step)
        if step > 50:
            raise UserError("damaged")
        return Fake(step)

    timeline = kept(SnapshotCache(), "run", [0])
    timeline.know_stored([50, 60, 70], load)
    assert timeline.nearest(80).step == 50
    assert timeline.nearest(80).step == 50
    assert tried == [70, 60, 50]


def test_that_one_on_disk_is_read_also_where_memory_is_full_and_again_when_it_was_dropped():
    read = []

    def load(step):
        read.append(step)
        return Fake(step)

    timeline = kept(SnapshotCache(budget=2), "run", [0, 1000])
    timeline.know_stored([300, 700], load)
    assert timeline.nearest(750).step == 700
    assert timeline.nearest(350).step == 300
    assert timeline.nearest(750).step == 700
    assert read == [700, 300, 700]


# Several runs under one budget


def test_that_branches_count_what_they_share_once():
    memory = SnapshotCache()
    parent = kept(memory, "parent", range(0, 100, 10))
    child = memory.timeline("child")
    parent.fork(child, 45)
    assert child.steps == [0, 10, 20, 30, 40]
    assert memory.nbytes == 10
    child.keep(Fake(50))
    assert memory.nbytes == 11
    memory.forget("parent")
    assert memory.nbytes == 6
    assert child.nearest(45).step == 40
    memory.forget("child")
    assert memory.nbytes == 0


def test_that_a_branch_knows_what_its_parent_has_on_disk_before_it_left():
    memory = SnapshotCache()
    parent = kept(memory, "parent", [0])
    parent.know_stored([20, 40, 60], Fake)
    child = memory.timeline("child")
    parent.fork(child, 50)
    assert child.nearest(1000).step == 40


def test_that_landmarks_of_the_parent_are_those_of_the_branch():
    memory = SnapshotCache(budget=30)
    epochs = range(0, 20_000, 1000)
    parent = kept(memory, "parent", range(0, 20_000, 100), landmarks=epochs)
    parent.fork(memory.timeline("child"), 20_000)
    child = kept(memory, "child", range(20_100, 22_000, 100))
    assert sum(step in epochs for step in child.steps) >= 10


def test_that_other_runs_give_first_and_that_used_longest_ago_before_the_rest():
    memory = SnapshotCache(budget=30)
    oldest = kept(memory, "oldest", range(10))
    older = kept(memory, "older", range(10))
    newest = kept(memory, "newest", range(10))
    memory.timeline("oldest")
    newest = kept(memory, "newest", range(10, 15))
    assert (len(oldest.steps), len(older.steps), len(newest.steps)) == (10, 5, 15)
    kept(memory, "newest", range(15, 30))
    assert (len(oldest.steps), len(older.steps), len(newest.steps)) == (0, 0, 30)


def test_that_many_runs_one_after_another_stay_within_the_budget():
    memory = SnapshotCache(budget=20)
    for run in range(100):
        kept(memory, str(run), range(10))
        assert memory.nbytes <= 20


def test_that_what_a_parent_shares_is_not_taken_from_it_where_that_would_free_nothing():
    memory = SnapshotCache(budget=20)
    parent = kept(memory, "parent", range(20))
    parent.fork(memory.timeline("child"), 9)
    kept(memory, "child", range(10, 20))
    assert parent.steps == list(range(10))
    assert memory.nbytes == 20


def test_that_what_the_run_in_use_gives_up_of_the_shared_is_free_at_once():
    memory = SnapshotCache(budget=20)
    parent = kept(memory, "parent", range(20))
    child = memory.timeline("child")
    parent.fork(child, 15)
    kept(memory, "child", range(16, 200))
    assert memory.nbytes == len(child.steps) == 20
    assert set(parent.steps) <= set(child.steps)


def test_that_a_lower_budget_thins_at_once_and_the_run_in_use_last():
    memory = SnapshotCache(budget=100)
    older, newer = kept(memory, "older", range(20)), kept(memory, "newer", range(20))
    memory.budget = 25
    assert (len(older.steps), len(newer.steps)) == (5, 20)
    memory.budget = 10
    assert (len(older.steps), len(newer.steps)) == (0, 10)
    memory.budget = 1
    assert newer.steps == [0, 19]
    assert memory.budget == 1


def test_that_a_budget_without_any_run_is_taken():
    memory = SnapshotCache()
    assert memory.budget == DEFAULT_BUDGET
    memory.budget = 5
    assert kept(memory, "run", range(10)).steps[0] == 0
    assert memory.nbytes == 5


@settings(max_examples=60, deadline=None)
@given(
    budget=st.integers(2, 40),
    deeds=st.lists(
        st.one_of(
            st.tuples(st.just("keep"), st.integers(1, 30)),
            st.tuples(st.just("fork"), st.floats(0, 1)),
            st.tuples(st.just("use"), st.integers(0, 5)),
            st.tuples(st.just("forget"), st.integers(0, 5)),
        ),
        max_size=30,
    ),
)
def test_that_bytes_are_those_of_the_different_snapshots_and_within_the_budget(budget, deeds):
    memory = SnapshotCache(budget)
    lines = {"0": kept(memory, "0", [0])}
    used, names = "0", iter(range(1, 100))
    for deed, value in deeds:
        if deed == "keep":
            last = lines[used].steps[-1]
            kept(memory, used, range(last + 1, last + 1 + value))
        elif deed == "fork":
            parent, used = lines[used], str(next(names))
            lines[used] = memory.timeline(used)
            parent.fork(lines[used], int(value * parent.steps[-1]))
        elif deed == "use" and str(value) in lines:
            used = str(value)
            kept(memory, used, [0])
        elif deed == "forget" and str(value) in lines and str(value) != used:
            memory.forget(str(value))
            del lines[str(value)]
        unique = {id(line.nearest(step)) for line in lines.values() for step in line.steps}
        assert memory.nbytes == len(unique) <= budget
        assert lines[used].steps[0] == 0


@pytest.mark.parametrize("budget", [0, 1, 2])
def test_that_the_run_in_use_can_go_to_any_step_whatever_the_budget(budget):
    memory = SnapshotCache(budget)
    kept(memory, "older", range(5))
    timeline = kept(memory, "newer", range(5))
    assert timeline.steps == [0, 4]

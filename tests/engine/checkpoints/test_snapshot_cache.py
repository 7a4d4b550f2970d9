"""The snapshot cache: which snapshots are kept, which are evicted first, and how many bytes they take."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.checkpoints.snapshot_cache import DEFAULT_BUDGET, SnapshotCache
from workbench.engine.errors import UserError


@dataclass(frozen=True, eq=False)
class Fake:
    """A stand-in with the members of a snapshot that the cache reads."""

    step: int
    nbytes: int = 1


def kept(cache, run, steps, pinned=()):
    """The snapshots of `run` after snapshots of these steps were kept, in this order."""
    snapshots = cache.of_run(run)
    for step in steps:
        snapshots.add(Fake(step), pinned=step in pinned)
    return snapshots


# One run


def test_that_the_nearest_is_the_last_at_or_before_a_step():
    snapshots = kept(SnapshotCache(), "run", [10, 0, 20])
    assert snapshots.steps == [0, 10, 20]
    assert [snapshots.nearest(step).step for step in (0, 9, 10, 19, 20, 1000)] == [0, 0, 10, 10, 20, 20]


def test_that_there_is_none_before_the_first():
    assert SnapshotCache().of_run("run").nearest(5) is None
    assert kept(SnapshotCache(), "run", [10]).nearest(9) is None


def test_that_a_step_is_kept_once_and_the_first_of_it_stays():
    cache = SnapshotCache()
    snapshots, first = cache.of_run("run"), Fake(5)
    snapshots.add(first)
    snapshots.add(Fake(5))
    assert snapshots.nearest(5) is first
    assert cache.nbytes == 1
    assert (snapshots.has(5), snapshots.has(4), snapshots.has(6)) == (True, False, False)
    assert (snapshots.contains(first), snapshots.contains(Fake(5))) == (True, False)


def test_that_snapshots_after_a_step_can_be_dropped():
    cache = SnapshotCache()
    snapshots = kept(cache, "run", range(0, 50, 10))
    snapshots.add_stored([5, 35], lambda step: Fake(step))
    snapshots.drop_after(20)
    assert snapshots.steps == [0, 10, 20]
    assert snapshots.nearest(1000).step == 20
    assert cache.nbytes == 3


def test_that_the_first_and_the_last_stay_even_beyond_the_budget():
    cache = SnapshotCache(budget=1)
    snapshots = kept(cache, "run", range(0, 100, 10))
    assert snapshots.steps == [0, 90]
    assert cache.nbytes == 2


def test_that_the_newest_snapshot_stays_also_between_two_others():
    """The user pauses there and may change a value next; the state before that change must be reachable."""
    snapshots = kept(SnapshotCache(budget=3), "run", [0, 100, 200, 150])
    assert snapshots.steps == [0, 150, 200]
    snapshots.add(Fake(151))
    assert snapshots.steps == [0, 151, 200]


def test_that_pinned_snapshots_stay_longer_than_others():
    epochs = range(0, 20_000, 1000)
    snapshots = kept(SnapshotCache(budget=30), "run", range(0, 20_000, 100), pinned=epochs)
    assert sum(step in epochs for step in snapshots.steps) >= 15


def test_that_a_snapshot_can_be_pinned_later():
    plain = kept(SnapshotCache(budget=10), "run", range(11))
    marked = kept(SnapshotCache(budget=10), "run", range(10))
    (gone,) = set(range(11)) - set(plain.steps)
    marked.pin(gone)
    marked.add(Fake(10))
    assert gone in marked.steps


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(2, 3000),
    room=st.integers(2, 200),
    every=st.integers(1, 1000),
    epoch=st.sampled_from([None, 3, 10]),
)
def test_that_in_a_run_of_any_length_no_step_is_far_from_a_snapshot(count, room, every, epoch):
    """Gaps grow with the square root of their age, and no gap is more than a few times the even one.

    With n snapshots over N steps and gaps of c * sqrt(age), c is 2 * sqrt(N) / n.
    """
    cache = SnapshotCache(budget=room)
    steps = range(0, count * every, every)
    snapshots = kept(cache, "run", steps, pinned=steps[::epoch] if epoch else ())
    assert cache.nbytes == len(snapshots.steps) == min(count, room)
    assert (snapshots.steps[0], snapshots.steps[-1]) == (steps[0], steps[-1])
    newest = steps[-1]
    for before, after in zip(snapshots.steps, snapshots.steps[1:], strict=False):
        fair = 2 * math.sqrt(newest * (newest - before)) / room + every
        assert after - before <= 3 * fair


# Stored snapshots


def test_that_a_stored_snapshot_is_read_only_if_it_is_the_nearest():
    read = []

    def load(step):
        read.append(step)
        return Fake(step)

    snapshots = kept(SnapshotCache(), "run", [0, 100])
    snapshots.add_stored([150, 50], load)
    assert snapshots.nearest(49).step == 0
    assert snapshots.nearest(120).step == 100
    assert read == []
    assert snapshots.nearest(70).step == 50
    assert snapshots.nearest(60).step == 50
    assert snapshots.nearest(1000).step == 150
    assert read == [50, 150]
    assert snapshots.steps == [0, 50, 100, 150]


def test_that_a_damaged_stored_snapshot_is_skipped_and_not_tried_again():
    tried = []

    def load(step):
        tried.append(step)
        if step > 50:
            raise UserError("damaged")
        return Fake(step)

    snapshots = kept(SnapshotCache(), "run", [0])
    snapshots.add_stored([50, 60, 70], load)
    assert snapshots.nearest(80).step == 50
    assert snapshots.nearest(80).step == 50
    assert tried == [70, 60, 50]


def test_that_a_stored_snapshot_is_read_also_with_a_full_cache_and_again_after_it_was_evicted():
    read = []

    def load(step):
        read.append(step)
        return Fake(step)

    snapshots = kept(SnapshotCache(budget=2), "run", [0, 1000])
    snapshots.add_stored([300, 700], load)
    assert snapshots.nearest(750).step == 700
    assert snapshots.nearest(350).step == 300
    assert snapshots.nearest(750).step == 700
    assert read == [700, 300, 700]


# Several runs under one budget


def test_that_a_snapshot_shared_by_branches_counts_once():
    cache = SnapshotCache()
    parent = kept(cache, "parent", range(0, 100, 10))
    child = cache.of_run("child")
    parent.copy_to(child, 45)
    assert child.steps == [0, 10, 20, 30, 40]
    assert cache.nbytes == 10
    child.add(Fake(50))
    assert cache.nbytes == 11
    cache.drop_run("parent")
    assert cache.nbytes == 6
    assert child.nearest(45).step == 40
    cache.drop_run("child")
    assert cache.nbytes == 0


def test_that_a_branch_uses_the_stored_snapshots_of_its_parent_up_to_the_branch():
    cache = SnapshotCache()
    parent = kept(cache, "parent", [0])
    parent.add_stored([20, 40, 60], Fake)
    child = cache.of_run("child")
    parent.copy_to(child, 50)
    assert child.nearest(1000).step == 40


def test_that_pinned_snapshots_of_the_parent_are_pinned_in_the_branch():
    cache = SnapshotCache(budget=30)
    epochs = range(0, 20_000, 1000)
    parent = kept(cache, "parent", range(0, 20_000, 100), pinned=epochs)
    parent.copy_to(cache.of_run("child"), 20_000)
    child = kept(cache, "child", range(20_100, 22_000, 100))
    assert sum(step in epochs for step in child.steps) >= 10


def test_that_other_runs_are_evicted_first_from_the_one_used_longest_ago_on():
    cache = SnapshotCache(budget=30)
    oldest = kept(cache, "oldest", range(10))
    older = kept(cache, "older", range(10))
    newest = kept(cache, "newest", range(10))
    cache.of_run("oldest")
    newest = kept(cache, "newest", range(10, 15))
    assert (len(oldest.steps), len(older.steps), len(newest.steps)) == (10, 5, 15)
    kept(cache, "newest", range(15, 30))
    assert (len(oldest.steps), len(older.steps), len(newest.steps)) == (0, 0, 30)


def test_that_many_runs_one_after_another_stay_within_the_budget():
    cache = SnapshotCache(budget=20)
    for run in range(100):
        kept(cache, str(run), range(10))
        assert cache.nbytes <= 20


def test_that_a_shared_snapshot_is_not_evicted_from_the_parent_where_that_frees_nothing():
    cache = SnapshotCache(budget=20)
    parent = kept(cache, "parent", range(20))
    parent.copy_to(cache.of_run("child"), 9)
    kept(cache, "child", range(10, 20))
    assert parent.steps == list(range(10))
    assert cache.nbytes == 20


def test_that_a_shared_snapshot_evicted_from_the_current_run_is_free_at_once():
    cache = SnapshotCache(budget=20)
    parent = kept(cache, "parent", range(20))
    child = cache.of_run("child")
    parent.copy_to(child, 15)
    kept(cache, "child", range(16, 200))
    assert cache.nbytes == len(child.steps) == 20
    assert set(parent.steps) <= set(child.steps)


def test_that_a_lower_budget_evicts_at_once_and_from_the_current_run_last():
    cache = SnapshotCache(budget=100)
    older, newer = kept(cache, "older", range(20)), kept(cache, "newer", range(20))
    cache.budget = 25
    assert (len(older.steps), len(newer.steps)) == (5, 20)
    cache.budget = 10
    assert (len(older.steps), len(newer.steps)) == (0, 10)
    cache.budget = 1
    assert newer.steps == [0, 19]
    assert cache.budget == 1


def test_that_a_budget_can_be_set_without_a_run():
    cache = SnapshotCache()
    assert cache.budget == DEFAULT_BUDGET
    cache.budget = 5
    assert kept(cache, "run", range(10)).steps[0] == 0
    assert cache.nbytes == 5


@settings(max_examples=60, deadline=None)
@given(
    budget=st.integers(2, 40),
    operations=st.lists(
        st.one_of(
            st.tuples(st.just("keep"), st.integers(1, 30)),
            st.tuples(st.just("fork"), st.floats(0, 1)),
            st.tuples(st.just("use"), st.integers(0, 5)),
            st.tuples(st.just("forget"), st.integers(0, 5)),
        ),
        max_size=30,
    ),
)
def test_that_bytes_are_those_of_the_different_snapshots_and_within_the_budget(budget, operations):
    cache = SnapshotCache(budget)
    lines = {"0": kept(cache, "0", [0])}
    used, names = "0", iter(range(1, 100))
    for operation, value in operations:
        if operation == "keep":
            last = lines[used].steps[-1]
            kept(cache, used, range(last + 1, last + 1 + value))
        elif operation == "fork":
            parent, used = lines[used], str(next(names))
            lines[used] = cache.of_run(used)
            parent.copy_to(lines[used], int(value * parent.steps[-1]))
        elif operation == "use" and str(value) in lines:
            used = str(value)
            kept(cache, used, [0])
        elif operation == "forget" and str(value) in lines and str(value) != used:
            cache.drop_run(str(value))
            del lines[str(value)]
        unique = {id(line.nearest(step)) for line in lines.values() for step in line.steps}
        assert cache.nbytes == len(unique) <= budget
        assert lines[used].steps[0] == 0


@pytest.mark.parametrize("budget", [0, 1, 2])
def test_that_the_current_run_can_travel_to_any_step_with_any_budget(budget):
    cache = SnapshotCache(budget)
    kept(cache, "older", range(5))
    snapshots = kept(cache, "newer", range(5))
    assert snapshots.steps == [0, 4]

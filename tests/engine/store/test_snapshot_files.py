from __future__ import annotations

import errno
import os
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks, snapshot_files
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.store.snapshot_files import MOST_KEPT, steps_to_delete


@pytest.fixture
def store(tmp_path):
    store = RunStore(tmp_path)
    yield store
    store.close()
    process_locks.release_process_lock(tmp_path)


@pytest.fixture
def run(store):
    """A run of a thousand steps."""
    identity = RunIdentity.new()
    history = History()
    history.loss.extend([1.0] * 1000)
    history.metric.extend([0.5] * 1000)
    store.begin(identity, Recipe(), {})
    store.write(identity.id, HistoryDelta.of(history))
    return identity.id


def files_of(store, run):
    return sorted(int(path.stem) for path in (store.path.parent / "snapshots" / run).iterdir())


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=60), st.integers(1, 20))
def test_that_at_most_so_many_are_kept_and_always_the_newest(steps, most):
    dropped = steps_to_delete(steps, most)
    kept = steps - set(dropped)
    assert len(kept) == min(most, len(steps))
    assert max(steps) in kept
    assert len(set(dropped)) == len(dropped)


@given(st.integers(20, 400))
def test_that_those_kept_as_a_run_grows_stay_spread_over_it(count):
    """No gap is more than a few times what sharing out evenly would leave."""
    kept = set()
    for step in range(1, count + 1):
        kept.add(step)
        kept -= set(steps_to_delete(kept))
    edges = [0, *sorted(kept)]
    assert max(b - a for a, b in pairwise(edges)) <= 4 * count / MOST_KEPT


def test_that_a_kept_snapshot_comes_back(store, run):
    store.keep_snapshot(run, 12, b"the state")
    store.keep_snapshot(run, 7, b"another")
    assert store.snapshot_steps(run) == [7, 12]
    assert store.load_snapshot(run, 12) == b"the state"


def test_that_a_snapshot_kept_again_replaces_the_old_one(store, run):
    store.keep_snapshot(run, 12, b"old")
    store.keep_snapshot(run, 12, b"new")
    assert store.snapshot_steps(run) == [12]
    assert store.load_snapshot(run, 12) == b"new"


def test_that_files_and_rows_are_thinned_together(store, run):
    for step in range(0, 1000, 25):
        store.keep_snapshot(run, step, b"%d" % step)
    steps = store.snapshot_steps(run)
    assert steps == files_of(store, run)
    assert len(steps) == MOST_KEPT
    assert steps[-1] == 975
    assert all(store.load_snapshot(run, step) == b"%d" % step for step in steps)


def test_that_a_snapshot_beyond_what_is_recorded_or_without_its_file_is_not_offered(store, run):
    for step in (10, 20, 1001):
        store.keep_snapshot(run, step, b"")
    (store.path.parent / "snapshots" / run / "10.pt").unlink()
    assert store.snapshot_steps(run) == [20]
    with pytest.raises(UserError, match="cannot be read"):
        store.load_snapshot(run, 10)


def test_that_a_snapshot_that_cannot_be_written_is_a_sentence_and_no_row(store, run):
    (store.path.parent / "snapshots").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be used"):
        store.keep_snapshot(run, 10, b"")
    assert store.snapshot_steps(run) == []


def test_that_what_a_killed_process_left_half_done_is_swept_up_when_its_run_is_found_interrupted(store, run):
    store.keep_snapshot(run, 10, b"whole")
    folder = store.path.parent / "snapshots" / run
    (folder / "20.pt").write_bytes(b"its row was not written")
    (folder / ".20.pt.0123456789abcdef.part").write_bytes(b"hal")
    with closing(RunStore(store.path.parent)):
        assert files_of_any(folder) == [".20.pt.0123456789abcdef.part", "10.pt", "20.pt"]  # its process lives
    process_locks.release_process_lock(store.path.parent)
    with closing(RunStore(store.path.parent)) as later:
        assert later.summary(run).status is RunStatus.INTERRUPTED
        assert files_of_any(folder) == ["10.pt"]
        assert later.snapshot_steps(run) == [10]


def test_that_a_full_disk_is_answered_by_the_advice_to_free_space_and_the_run_goes_on(store, run, monkeypatch):
    def fill(path, _):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(snapshot_files, "write_atomically", fill)
    with pytest.raises(UserError, match=r"No space left on device\): free some space on its disk\.$"):
        store.keep_snapshot(run, 10, b"")
    assert store.snapshot_steps(run) == []
    store.rename(run, "goes on")


def test_that_what_killed_processes_left_half_written_is_swept_up_at_the_start(store, run):
    store.keep_snapshot(run, 10, b"whole")
    folder = store.path.parent
    old = [folder / ".runs.0123456789abcdef.part", folder / "snapshots" / run / ".20.pt.0123456789abcdef.part"]
    kept = [folder / "own.part", folder / ".own.part", folder / "snapshots" / run / ".9.pt.0123456789abcde0.part"]
    for path in (*old, *kept):
        path.write_bytes(b"hal")
    for path in (*old, *kept[:2]):
        os.utime(path, (1, 1))  # the last one is young: its process may not have locked it yet
    recorder = Recorder(folder, lambda _: None)
    recorder.close()
    assert [path for path in (*old, *kept) if path.exists()] == kept
    assert files_of_any(folder / "snapshots" / run) == [".9.pt.0123456789abcde0.part", "10.pt"]


def files_of_any(folder):
    return sorted(path.name for path in folder.iterdir())

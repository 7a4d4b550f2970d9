"""A recording process is killed at a random moment: everything it had recorded is in the store and whole.

WORKBENCH_KILLS sets the number of kills, 12 by default; 200 were made when this was written.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.end_to_end.recording import WAITING, Snapshot, history_of, snapshot_to_bytes
from workbench.engine.store.run_store import FILE_NAME, RunStatus, RunStore

KILLS = int(os.environ.get("WORKBENCH_KILLS", "12"))
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def record_until_killed(folder, seed):
    """Start a process and kill it: one time in four while it starts, else while it records."""
    chance = random.Random(seed)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.recording", str(folder), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        recorded = chance.random() < 0.75
        if recorded:
            assert child.stdout.readline() == WAITING, child.stderr.read()
        time.sleep(chance.random() * (0.5 if recorded else 0.4))
        assert child.poll() is None, child.stderr.read()
    finally:
        child.kill()
        _, errors = child.communicate()
    assert errors == ""


def check_whole(folder):
    """Compare the store with what it must hold; return the number of interrupted runs, of steps and of snapshots."""
    with closing(RunStore(folder)) as store:
        assert store.set_aside is None
        runs = store.summaries()
        snapshots = 0
        for run in runs:
            assert run.status in (RunStatus.INTERRUPTED, RunStatus.STOPPED, RunStatus.FINISHED)
            check_history(store.history(run.identity.id), run)
            snapshots += check_snapshots(store, run.identity.id, folder)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    interrupted = sum(run.status is RunStatus.INTERRUPTED for run in runs)
    return interrupted, sum(run.steps for run in runs), snapshots


def check_history(found, run):
    """Check the steps from 0 without a gap, and all their records: only the test of the last epoch may be missing."""
    expected = history_of(run.steps)
    assert len(found.loss) == len(found.metric) == run.steps
    assert np.array_equal(found.loss.values(), expected.loss.values())
    assert np.array_equal(found.metric.values(), expected.metric.values())
    for name in ("evaluations", "changes", "epoch_starts"):
        records, wanted = getattr(found, name), getattr(expected, name)
        settled = [record for record in wanted if record.step < run.steps]
        assert records[: len(settled)] == settled
        assert all(record.step == run.steps for record in records[len(settled) :])
    assert (run.epochs, run.changes) == (len(found.evaluations), len(found.changes))
    if found.evaluations:
        assert (run.loss, run.metric) == (found.evaluations[-1].average_loss, 0.5)


def check_snapshots(store, run, folder):
    """Check that every row has its whole file, and that every file has a row."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        rows = connection.execute(
            "SELECT step FROM snapshots JOIN runs ON run = number WHERE id = ? ORDER BY step", (run,)
        )
        steps = [step for (step,) in rows]
    for step in steps:
        assert store.load_snapshot(run, step) == snapshot_to_bytes(Snapshot(step))
    files = folder / "snapshots" / run
    names = [path.name for path in files.iterdir()] if files.exists() else []
    assert sorted(names) == sorted(f"{step}.pt" for step in steps)
    return len(steps)


def test_that_the_store_is_whole_and_usable_after_a_kill_at_any_moment(tmp_path):
    interrupted = steps = snapshots = 0
    for kill in range(KILLS):
        record_until_killed(tmp_path / "runs", seed=kill)
        interrupted, steps, snapshots = check_whole(tmp_path / "runs")
    assert interrupted >= KILLS // 8
    assert steps > 0
    assert snapshots > 0

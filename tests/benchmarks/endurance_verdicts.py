"""What a long run should have needed on disk and in memory, and whether it did."""

from __future__ import annotations

import os
import sqlite3
import statistics
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.store.database import FILE_NAME
from workbench.engine.store.history_tables import CHUNK
from workbench.engine.store.snapshot_files import MOST_KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGE = 4096
"""Bytes of a page of SQLite."""
EMPTY_PAGES = 15
"""Of a store without runs: the schema, and a page for each table and index."""
RUN_BYTES = PAGE
"""A run's own row: recipe, environment and note."""
STEP_BYTES = 8
"""Loss and accuracy, both float32."""
CHUNK_BYTES = 600
"""For each row of `CHUNK` steps: what SQLite keeps of a blob in the row's own page, digest, index entry."""
EPOCH_BYTES = 120
"""A row of evaluations (42 bytes) and one of epoch starts (25), their cells, and pages that are two thirds full."""
SNAPSHOT_BYTES = 4 * 669_706 + 16_384
"""Under plain SGD: the network's float32 parameters; the random states, the position and the archive around them."""

RECORD_STEP_BYTES = 40
"""Resident memory of a recorded step: two series with their pyramids, and room to grow."""
RECORD_EPOCH_BYTES = 8192 + 15 * 2200
"""Resident memory of an epoch: its records, its marks in the plots, and its lines in the log, which take most."""
TOLERATED_MIB = 8.0
TOLERATED_SHARE = 0.1
"""How far the store's size may be from the reckoned one."""
QUIET = 0.2
"""Cores that other programs use on a quiet machine, at most: more makes a thread wait for its core."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds: numbers of its rows."""

    runs: int
    steps: int
    epochs: int
    snapshots: int

    @classmethod
    def of(cls, folder: Path) -> Counts:
        """Read them from the store in `folder`."""
        with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
            runs, steps, epochs = connection.execute(
                "SELECT count(*), coalesce(sum(steps), 0), coalesce(sum(epochs), 0) FROM runs"
            ).fetchone()
            snapshots = connection.execute("SELECT count(*) FROM snapshots").fetchone()[0]
        return cls(runs, steps, epochs, snapshots)


def reckoned_bytes(counts: Counts) -> int:
    """The size of a store that holds this, once SQLite has moved its log into it; of SGD without momentum."""
    chunks = -(-counts.steps // CHUNK)
    database = EMPTY_PAGES * PAGE + counts.runs * RUN_BYTES + STEP_BYTES * counts.steps + CHUNK_BYTES * chunks
    return database + EPOCH_BYTES * counts.epochs + SNAPSHOT_BYTES * min(counts.snapshots, MOST_KEPT * counts.runs)


def store_bytes(folder: Path) -> int:
    """The size of all files of a store."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def store_verdict(counts: Counts, actual: int) -> str:
    """Whether the store is as large as it should be."""
    reckoned = reckoned_bytes(counts)
    ratio = actual / reckoned
    return _said(
        abs(ratio - 1.0) <= TOLERATED_SHARE,
        f"store: {counts.steps:,} steps, {counts.epochs:,} epochs and {counts.snapshots} snapshots are reckoned to "
        f"take {reckoned / 2**20:.2f} MiB and take {actual / 2**20:.2f} MiB, ratio {ratio:.3f}",
    )


def memory_verdict(samples: Sequence[tuple[float, int, int, float]]) -> str:
    """Whether memory stayed flat over the second half, apart from the record of what was trained.

    Args:
        samples: minutes, epochs, steps and MiB, one after the other.
    """
    later = [sample for sample in samples if sample[0] >= samples[-1][0] / 2] if samples else []
    if len(later) < 3:
        return "memory: the run was too short"
    minutes = [sample[0] for sample in later]
    slope = statistics.linear_regression(minutes, [sample[3] for sample in later]).slope
    grown = slope * (minutes[-1] - minutes[0])
    epochs, steps = (later[-1][column] - later[0][column] for column in (1, 2))
    record = (RECORD_STEP_BYTES * steps + RECORD_EPOCH_BYTES * epochs) / 2**20
    return _said(
        grown <= record + TOLERATED_MIB,
        f"memory: {slope:+.3f} MiB a minute over the second half, {grown:+.1f} MiB in all; the record of its "
        f"{steps:,} steps may take {record:.1f} MiB",
    )


def lateness_verdict(
    longest: float, p99: int, beyond: int, limit: float, *, for_want: int = 0, others: float | None = None
) -> str:
    """Whether the event loop was never later than `limit`, and how busy other programs kept the machine meanwhile.

    Args:
        longest: the longest lateness, in ms.
        p99: what 99 % of the ticks did not exceed, in ms.
        beyond: how many were later than `limit`.
        limit: the longest lateness allowed, in ms.
        for_want: how many of these would not have been, had the window's thread had a core.
        others: how many cores other programs used on average; None where that is not known.
    """
    cores = os.cpu_count() or 1
    busy = "" if others is None else f"; other programs used {others:.2f} of the {cores} cores"
    if longest > limit and others is not None and others > QUIET:
        busy += ": measure again while they rest"
    return _said(
        longest <= limit,
        f"event loop: late by {longest:.0f} ms at most, p99 {p99} ms; {beyond} times by more than {limit:.0f} ms, "
        f"{for_want} of them for want of a core{busy}",
    )


def _said(passed: bool, figures: str) -> str:
    return f"{'PASS' if passed else 'FAIL'} {figures}"

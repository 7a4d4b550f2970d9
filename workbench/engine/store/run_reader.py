"""RunReader: reads the run store, also one that may not be written.

Records that belong together are written in one transaction: a reader, also after a crash, finds no evaluation without
its steps and no summary that does not agree with its records.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.store import process_locks
from workbench.engine.store.database import FILE_NAME, may_be_written, open_database, transaction
from workbench.engine.store.digests import RUN_COLUMNS
from workbench.engine.store.history_reading import DamagedRunError, read_changes, read_history
from workbench.engine.store.history_tables import RunKey
from workbench.engine.store.run_summary import (
    DAMAGE,
    SUMMARY_COLUMNS,
    RunStatus,
    RunSummary,
    cannot_be_read,
    no_such_run,
    summary_from,
)
from workbench.engine.store.snapshot_files import SnapshotFiles
from workbench.engine.store.store_errors import SUSPECTS, as_user_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change

SHORTEST_PREFIX: Final = 4
"""Digits that name a run, if no other run's id begins with them."""
_DELETED: Final = RUN_COLUMNS.index("deleted")


class RunReader:
    """The store in `folder`, opened or made; each thread that uses it has an object of its own.

    Args:
        folder: of the store.
        lock_seconds: how long to wait for other processes; by default as long as they may need.

    Attributes:
        lacks: sentences that say what its file system lacks, and what that means.
        set_aside: the sentence that says where a newer, foreign or damaged store was moved; None otherwise.
        read_only: the sentence that says why nothing can be written; None where it can.

    Raises:
        UserError: the store cannot be opened. Every method raises it where the disk fails.
    """

    def __init__(self, folder: Path, lock_seconds: float | None = None) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME
        self._snapshots = SnapshotFiles(folder)
        self._known: dict[str, RunSummary] = {}
        self._known_at = (-1, -1)
        opened = open_database(folder, lock_seconds)
        self._connection, self.lacks = opened.connection, opened.lacks
        self.set_aside, self.read_only = opened.set_aside, opened.read_only
        self._read_at = self._file_times()
        try:
            with as_user_errors(self._path):
                self._inode = self._path.stat().st_ino
        except BaseException:
            self._connection.close()
            raise

    @property
    def path(self) -> Path:
        """The database."""
        return self._path

    @property
    def is_there(self) -> bool:
        """Whether to go on with this object; where not, the store is opened again.

        The file at `path` may not be the one that was opened: SQLite goes on writing to one that was deleted. A store
        in which damage was met is checked when it is opened. One that may only be read is perhaps read without locks,
        and then shows no change; and it may be writable by now.
        """
        try:
            if self._path.stat().st_ino != self._inode or self._path in SUSPECTS:
                return False
        except OSError:
            return False
        return self.read_only is None or (self._file_times() == self._read_at and not may_be_written(self._path))

    def close(self) -> None:
        """Close the connection; the runs still belong to this process."""
        self._connection.close()

    def version(self) -> int:
        """A number that grows with every change, by this process or another; reading it takes microseconds."""
        with as_user_errors(self._path):
            revision, purges = self._revision_and_purges()
        return revision + purges

    def summaries(self) -> list[RunSummary]:
        """All runs except deleted ones, newest first.

        Reads only what has changed since the last call. A run that this version cannot read has a `problem`.
        """
        with self._reading():
            revision, purges = self._revision_and_purges()
            known_revision, known_purges = self._known_at
            # Both only grow, unless they are damaged.
            if purges != known_purges or revision < known_revision:
                self._known.clear()
                known_revision = -1
            # The table itself is read at first: a damaged index would hide runs.
            among = "NOT INDEXED" if known_revision < 0 else "WHERE revision > ?"
            values = () if known_revision < 0 else (known_revision,)
            for row in self._connection.execute(f"SELECT {SUMMARY_COLUMNS} FROM runs {among}", values):
                self._known.pop(row[0], None)
                if row[_DELETED] is None:
                    self._known[row[0]] = summary_from(row)
            self._known_at = (revision, purges)
            runs = self._with_interrupted(self._known.values())
        return sorted(runs, key=lambda summary: -summary.number)

    def deleted(self) -> list[RunSummary]:
        """The deleted runs that are not purged yet, newest first."""
        with self._reading():
            rows = self._connection.execute(
                f"SELECT {SUMMARY_COLUMNS} FROM runs WHERE deleted IS NOT NULL ORDER BY number DESC"
            ).fetchall()
        return [summary_from(row) for row in rows]

    def summary(self, run: str) -> RunSummary:
        """One run that can be opened, deleted or not.

        Raises:
            UsageError: there is no run with this id, or this version cannot read it.
        """
        summary = self._summary(run)
        if summary.problem is not None:
            raise cannot_be_read(summary.number, summary.problem)
        return summary

    def _summary(self, run: str) -> RunSummary:
        with self._reading():
            return self._with_interrupted([summary_from(self._row(run, SUMMARY_COLUMNS))])[0]

    def _with_interrupted(self, runs: Iterable[RunSummary]) -> list[RunSummary]:
        """`runs`, with those as interrupted whose process has ended: where nothing may be written, no row says so."""
        runs = list(runs)
        if self.read_only is None or not any(run.status is RunStatus.RUNNING for run in runs):
            return runs
        rows = self._connection.execute("SELECT id, owner FROM runs WHERE status = ?", (RunStatus.RUNNING.value,))
        ended = {run for run, owner in rows if owner is None or not process_locks.is_alive(self._folder, owner)}
        return [replace(run, status=RunStatus.INTERRUPTED) if run.identity.id in ended else run for run in runs]

    def _file_times(self) -> list[tuple[int, int] | None]:
        """What changes where another process writes the store, or its log."""
        times: list[tuple[int, int] | None] = []
        for path in (self._path, self._path.with_name(f"{FILE_NAME}-wal")):
            try:
                status = path.stat()
                times.append((status.st_mtime_ns, status.st_size))
            except OSError:
                times.append(None)
        return times

    def find(self, text: str, deleted: bool = False) -> RunSummary:
        """The run that the user names by its id, by the first digits of its id (at least 4), or by its number.

        It has a `problem` where this version cannot read it.

        Args:
            text: as typed.
            deleted: look among the deleted ones instead.

        Raises:
            UsageError: no run has this name, or several have.
        """
        wanted = text.strip().lower()
        there = "deleted IS NOT NULL" if deleted else "deleted IS NULL"
        ids: list[str] = []
        with self._reading():
            if wanted.isdecimal() and len(wanted) <= 18:
                rows = self._connection.execute(f"SELECT id FROM runs WHERE {there} AND number = ?", (int(wanted),))
                ids = [run for (run,) in rows]
            if not ids and len(wanted) >= SHORTEST_PREFIX and wanted.isalnum():
                rows = self._connection.execute(f"SELECT id FROM runs WHERE {there} AND id LIKE ?", (f"{wanted}%",))
                ids = [run for (run,) in rows]
        if not ids:
            raise no_such_run(text)
        if len(ids) > 1:
            raise UsageError("Several runs begin with {run}: give more digits, or the number.", run=text)
        return self._summary(ids[0])

    def history(self, run: str, first: int = 0) -> History:
        """The recorded history of a run: steps and records from step `first` on, and all incidents.

        Raises:
            DamagedRunError: its history is damaged; the error holds what was recorded before the damage.
            UsageError: there is no such run, or its history cannot be read.
        """
        with self._reading_run(run) as key:
            return read_history(self._connection, key, first)

    def changes(self, run: str) -> list[Change]:
        """The journal of a run: microseconds, where `history` takes 0.2 s for three million steps.

        Raises:
            UsageError: there is no such run, or its history is damaged.
        """
        with self._reading_run(run) as key:
            return read_changes(self._connection, key)

    def snapshot_steps(self, run: str) -> list[int]:
        """The steps of a run whose snapshots are kept, in order; none that lies beyond what is recorded."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT step FROM snapshots JOIN runs ON run = number WHERE id = ? AND step <= steps ORDER BY step",
                (run,),
            ).fetchall()
        return [step for (step,) in rows if self._snapshots.path(run, step).is_file()]

    def load_snapshot(self, run: str, step: int) -> bytes:
        """The content that was passed to `keep_snapshot`.

        Raises:
            UserError: the file is missing, or cannot be read.
        """
        return self._snapshots.read(run, step)

    def _number(self, run: str) -> int:
        return int(self._row(run, "number")[0])

    def _row(self, run: str, columns: str) -> tuple[Any, ...]:
        rows: list[tuple[Any, ...]] = self._connection.execute(
            f"SELECT {columns} FROM runs WHERE id = ?", (run,)
        ).fetchall()
        if not rows:
            raise no_such_run(run)
        return rows[0]

    def _revision_and_purges(self) -> tuple[int, int]:
        revision, purges = self._connection.execute("SELECT revision, purges FROM clock").fetchone() or (-1, -1)
        # Without a readable clock, all runs are read each time.
        return (revision, purges) if isinstance(revision, int) and isinstance(purges, int) else (-1, -1)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A block whose queries all see the store at one moment."""
        with as_user_errors(self._path), transaction(self._connection, "BEGIN"):
            yield

    @contextmanager
    def _reading_run(self, run: str) -> Iterator[RunKey]:
        """As `_reading`, with the run's key; damage that is found inside becomes a sentence about this run."""
        with self._reading():
            number = self._number(run)
            try:
                yield RunKey.of(self._connection, number)
            except DamagedRunError:
                raise
            except (UserError, *DAMAGE) as error:
                raise cannot_be_read(number, error) from error

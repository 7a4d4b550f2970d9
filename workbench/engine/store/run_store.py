"""The run store: all runs with their histories, in one SQLite file that several processes may read and write.

Records that belong together are written in one transaction: a reader, also after a crash, finds no evaluation without
its steps and no summary that does not agree with its records. The writing process holds a lock until it ends
(`process_locks`); a run with the status `running` whose process holds no lock was interrupted.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.store import process_locks
from workbench.engine.store.database import FILE_NAME, as_user_errors, open_database, transaction
from workbench.engine.store.history_tables import HistoryDelta, read_changes, read_history, update_summary, write_delta
from workbench.engine.store.run_summary import (
    DAMAGE,
    SUMMARY_COLUMNS,
    RunStatus,
    RunSummary,
    cannot_be_read,
    no_such_run,
    run_is_locked,
    summary_from,
)
from workbench.engine.store.snapshot_files import SnapshotFiles, check_id, steps_to_delete

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, RunIdentity
    from workbench.engine.recipe import Recipe

__all__ = ["FILE_NAME", "HistoryDelta", "RunStatus", "RunStore", "RunSummary"]

SHORTEST_PREFIX: Final = 4
"""Digits that name a run, if no other run's id begins with them."""


class RunStore:
    """The store in `folder`, opened or made; each thread that uses it has an object of its own.

    Opening marks the runs whose process has ended as interrupted.

    Attributes:
        set_aside: the sentence that says where a newer, foreign or damaged store was moved; None otherwise.

    Raises:
        UserError: the store cannot be opened. Every method raises it where the disk fails.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME
        self._snapshots = SnapshotFiles(folder)
        self._known: dict[str, RunSummary] = {}
        self._known_at = (-1, -1)
        self._connection, self.set_aside = open_database(folder)
        try:
            with as_user_errors(self._path):
                self._inode = self._path.stat().st_ino
            self.mark_interrupted()
        except BaseException:
            self._connection.close()
            raise

    @property
    def path(self) -> Path:
        """The database."""
        return self._path

    @property
    def is_there(self) -> bool:
        """Whether the file at `path` is the one that was opened: SQLite goes on writing to one that was deleted."""
        try:
            return self._path.stat().st_ino == self._inode
        except OSError:
            return False

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
            if purges != known_purges:
                self._known.clear()
                known_revision = -1
            rows = self._connection.execute(
                f"SELECT {SUMMARY_COLUMNS}, deleted FROM runs WHERE revision > ?", (known_revision,)
            )
            for row in rows:
                self._known.pop(row[0], None)
                if row[-1] is None:
                    self._known[row[0]] = summary_from(row[:-1])
            self._known_at = (revision, purges)
        return sorted(self._known.values(), key=lambda summary: -summary.number)

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
            return summary_from(self._row(run, SUMMARY_COLUMNS))

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
            UsageError: there is no such run, or its history is damaged.
        """
        with self._reading_run(run) as number:
            return read_history(self._connection, number, first)

    def changes(self, run: str) -> list[Change]:
        """The journal of a run: microseconds, where `history` takes 0.2 s for three million steps.

        Raises:
            UsageError: there is no such run, or its history is damaged.
        """
        with self._reading_run(run) as number:
            return read_changes(self._connection, number)

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

    def rename(self, run: str, name: str) -> None:
        """Give a run a name; an empty one removes it."""
        self._update([run], name=name)

    def annotate(self, run: str, note: str) -> None:
        """Write a note on a run."""
        self._update([run], note=note)

    def star(self, run: str, starred: bool) -> None:
        """Add or remove the star of a run."""
        self._update([run], starred=starred)

    def delete(self, runs: Sequence[str]) -> None:
        """Mark runs as deleted; `restore` undoes it until they are purged."""
        self._update(runs, deleted=time.time())

    def restore(self, runs: Sequence[str]) -> None:
        """Undo `delete`."""
        self._update(runs, deleted=None)

    def purge(self, older_than: float = 0.0) -> None:
        """Remove runs for good that were deleted at least `older_than` seconds ago, with their snapshots.

        Runs that a process trains at the moment stay.
        """
        with as_user_errors(self._path):
            rows = self._connection.execute(
                "SELECT number, id FROM runs WHERE deleted <= ? AND status != ?",
                (time.time() - older_than, RunStatus.RUNNING.value),
            ).fetchall()
            # The snapshots' rows, then their files, then the run: after a crash in between, the next purge continues.
            with self._writing():
                self._connection.executemany("DELETE FROM snapshots WHERE run = ?", [(number,) for number, _ in rows])
            for _, run in rows:
                self._snapshots.remove_all(run)
            with self._writing():
                # Another process may have restored one meanwhile; it has lost only its snapshots.
                gone = [(number,) for number, _ in rows]
                self._connection.executemany("DELETE FROM runs WHERE number = ? AND deleted IS NOT NULL", gone)
                if gone:
                    self._connection.execute("UPDATE clock SET purges = purges + 1")
            process_locks.remove_stale_lock_files(self._folder)

    def mark_interrupted(self) -> None:
        """Mark the runs whose process has ended without saying so."""
        with as_user_errors(self._path):
            rows = self._connection.execute(
                "SELECT DISTINCT owner FROM runs WHERE status = ?", (RunStatus.RUNNING.value,)
            ).fetchall()
            for (owner,) in rows:
                if owner is None or not process_locks.is_alive(self._folder, owner):
                    self._mark_interrupted(owner)

    def begin(self, identity: RunIdentity, recipe: Recipe, environment: Mapping[str, str]) -> int:
        """Begin a run, which then belongs to this process; one that is in the store already is resumed.

        Returns:
            Its number.

        Raises:
            UsageError: another process trains it, or its id is not valid.
        """
        check_id(identity.id)
        token = self._token()
        texts = (recipe.to_json(), json.dumps(dict(environment)))
        with self._writing():
            revision = self._next_revision()
            self._connection.execute(
                "INSERT INTO runs (id, parent, parent_step, began, recipe, environment, status, revision) "
                "VALUES (?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT (id) DO NOTHING",
                (identity.id, identity.parent, identity.parent_step, time.time(), *texts, revision),
            )
            return self._acquire(identity.id, token, revision)

    def resume(self, run: str) -> None:
        """Resume a run, which then belongs to this process; one that was deleted is restored.

        Raises:
            UsageError: there is no such run, or another process trains it.
        """
        token = self._token()
        with self._writing():
            self._acquire(run, token, self._next_revision())

    def write(self, run: str, delta: HistoryDelta) -> int:
        """Write what is new in `delta`, all of it or nothing. What is written stays as it is.

        Nothing is written of a delta that begins after the last written step.

        Returns:
            The number of steps of the run that are written.

        Raises:
            UsageError: there is no such run, or it does not belong to this process.
        """
        token = self._token()
        with self._writing():
            number, stored, owner = self._row(run, "number, steps, owner")
            if owner != token:
                raise run_is_locked(number)
            if delta.first > stored:
                return int(stored)
            steps = max(int(stored), delta.length)
            if write_delta(self._connection, number, stored, delta):
                update_summary(self._connection, number, steps, delta.seconds, self._next_revision())
            return steps

    def end(self, run: str, status: RunStatus) -> None:
        """Set the status of a run of this process that has ended; another process's run stays as it is."""
        token = self._token()
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET status = ?, owner = NULL, revision = ? WHERE id = ? AND owner = ?",
                (status.value, self._next_revision(), run, token),
            )

    def keep_snapshot(self, run: str, step: int, content: bytes) -> None:
        """Keep the state at `step` in a file; beyond 16 files one is deleted, never the newest.

        Raises:
            UsageError: there is no such run.
            UserError: the disk is full, or the file may not be written.
        """
        with self._reading():
            number = self._number(run)
        with as_user_errors(self._path):
            self._snapshots.write(run, step, content)
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (number, step, len(content)))
            rows = self._connection.execute("SELECT step FROM snapshots WHERE run = ?", (number,))
            dropped = steps_to_delete(kept for (kept,) in rows)
            self._connection.executemany(
                "DELETE FROM snapshots WHERE run = ? AND step = ?", [(number, step) for step in dropped]
            )
            self._next_revision()
        self._snapshots.remove(run, dropped)

    def _mark_interrupted(self, owner: str | None) -> None:
        running = (RunStatus.RUNNING.value, owner)
        with self._writing():
            rows = self._connection.execute(
                "SELECT number, id FROM runs WHERE status = ? AND owner IS ?", running
            ).fetchall()
            for number, run in rows:
                kept = self._connection.execute("SELECT step FROM snapshots WHERE run = ?", (number,))
                self._snapshots.remove_strays(run, {step for (step,) in kept})
            self._connection.execute(
                "UPDATE runs SET status = ?, owner = NULL, revision = ? WHERE status = ? AND owner IS ?",
                (RunStatus.INTERRUPTED.value, self._next_revision(), *running),
            )
        if owner is not None:
            process_locks.remove_lock_file(self._folder, owner)

    def _acquire(self, run: str, token: str, revision: int) -> int:
        number, owner = self._row(run, "number, owner")
        if owner not in (None, token) and process_locks.is_alive(self._folder, owner):
            raise run_is_locked(number)
        self._connection.execute(
            "UPDATE runs SET status = ?, owner = ?, deleted = NULL, revision = ? WHERE number = ?",
            (RunStatus.RUNNING.value, token, revision, number),
        )
        return int(number)

    def _update(self, runs: Sequence[str], **columns: object) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._writing():
            revision = self._next_revision()
            self._connection.executemany(
                f"UPDATE runs SET {assignments}, revision = ? WHERE id = ?",
                [(*columns.values(), revision, run) for run in runs],
            )

    def _token(self) -> str:
        with as_user_errors(self._path):
            return process_locks.acquire_process_lock(self._folder)

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
        revision, purges = self._connection.execute("SELECT revision, purges FROM clock").fetchone()
        return revision, purges

    def _next_revision(self) -> int:
        """A new revision, for the rows that the current transaction changes."""
        self._connection.execute("UPDATE clock SET revision = revision + 1")
        return self._revision_and_purges()[0]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A block whose queries all see the store at one moment."""
        with as_user_errors(self._path), transaction(self._connection, "BEGIN"):
            yield

    @contextmanager
    def _reading_run(self, run: str) -> Iterator[int]:
        """As `_reading`, with the run's number; damage that is found inside becomes a sentence about this run."""
        with self._reading():
            number = self._number(run)
            try:
                yield number
            except (UserError, *DAMAGE) as error:
                raise cannot_be_read(number, error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A block that writes everything or nothing."""
        with as_user_errors(self._path), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield

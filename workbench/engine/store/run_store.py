"""The run store: every run, as it went, in one SQLite file that any number of processes read and write together.

Whatever belongs together is written in one transaction: a reader, also one after a crash, finds no evaluation without
its steps and no sum that does not agree with what it sums up. The writing process holds a lock as long as it lives
(`runs_owners`); a run that says `running` without one was interrupted.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UsageError
from workbench.engine.store import process_locks as runs_owners
from workbench.engine.store.database import FILE_NAME, as_user_errors, open_database, transaction
from workbench.engine.store.history_tables import HistoryDelta, read_changes, read_history, sum_up, write_news
from workbench.engine.store.run_summary import (
    SUMMARY_COLUMNS,
    RunStatus,
    RunSummary,
    cannot_be_read,
    no_such_run,
    run_is_locked,
    summary_from,
)
from workbench.engine.store.snapshot_files import SnapshotFiles, check_id, to_drop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, RunIdentity
    from workbench.engine.recipe import Recipe

__all__ = ["FILE_NAME", "HistoryDelta", "RunStatus", "RunStore", "RunSummary"]

SHORTEST_PREFIX: Final = 4
"""Digits of a run's id that name it, where no other run's begins with them."""


class RunStore:
    """The store in `folder`, opened or made; each thread that uses it has an object of its own.

    Runs whose process is gone are marked interrupted on opening.

    Attributes:
        set_aside: says that a newer, foreign or damaged store was moved aside and where to; None otherwise.

    Raises:
        UserError: the store cannot be opened. So does every method, where the disk fails it.
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
        """Close the connection; runs stay this process's."""
        self._connection.close()

    def version(self) -> int:
        """A number that grows whenever anybody, in this process or another, has changed anything. Microseconds."""
        with as_user_errors(self._path):
            revision, purges = self._clock()
        return revision + purges

    def summaries(self) -> list[RunSummary]:
        """All runs but deleted ones, newest first.

        Reads what has changed since the last call. A run that this version cannot read has a `problem`.
        """
        with self._reading():
            revision, purges = self._clock()
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
            UsageError: there is none with this id, or this version cannot read it.
        """
        summary = self._summary(run)
        if summary.problem is not None:
            raise cannot_be_read(summary)
        return summary

    def _summary(self, run: str) -> RunSummary:
        with self._reading():
            row = self._connection.execute(f"SELECT {SUMMARY_COLUMNS} FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            raise no_such_run(run)
        return summary_from(row)

    def find(self, text: str, deleted: bool = False) -> RunSummary:
        """The run that the user names by id, by the first digits of one (at least 4), or by number.

        It has a `problem` where this version cannot read it.

        Args:
            text: as typed.
            deleted: look among the deleted ones instead.

        Raises:
            UsageError: no run is named so, or several are.
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
        """All that is recorded of a run; from step `first` on, the records of the later steps, and all incidents.

        Raises:
            UsageError: there is no such run.
        """
        with self._reading():
            return read_history(self._connection, self._number(run), first)

    def changes(self, run: str) -> list[Change]:
        """The journal of a run: microseconds, where `history` takes 0.2 s for three million steps.

        Raises:
            UsageError: there is no such run.
        """
        with self._reading():
            return read_changes(self._connection, self._number(run))

    def snapshot_steps(self, run: str) -> list[int]:
        """The steps of a run whose snapshots are kept, in order; none that lies beyond what is recorded."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT step FROM snapshots JOIN runs ON run = number WHERE id = ? AND step <= steps ORDER BY step",
                (run,),
            ).fetchall()
        return [step for (step,) in rows if self._snapshots.path(run, step).is_file()]

    def load_snapshot(self, run: str, step: int) -> bytes:
        """What was given to `keep_snapshot`.

        Raises:
            UserError: it is not there, or cannot be read.
        """
        return self._snapshots.read(run, step)

    def rename(self, run: str, name: str) -> None:
        """Give a run a name; an empty one takes it away."""
        self._set([run], name=name)

    def annotate(self, run: str, note: str) -> None:
        """Write a note on a run."""
        self._set([run], note=note)

    def star(self, run: str, starred: bool) -> None:
        """Mark a run, or take the mark away."""
        self._set([run], starred=starred)

    def delete(self, runs: Sequence[str]) -> None:
        """Mark runs as deleted: `restore` brings them back until they are purged."""
        self._set(runs, deleted=time.time())

    def restore(self, runs: Sequence[str]) -> None:
        """Bring deleted runs back."""
        self._set(runs, deleted=None)

    def purge(self, older_than: float = 0.0) -> None:
        """Remove for good what has been deleted for `older_than` seconds, with its snapshots.

        Runs that a living process trains stay.
        """
        with as_user_errors(self._path):
            rows = self._connection.execute(
                "SELECT number, id FROM runs WHERE deleted <= ? AND status != ?",
                (time.time() - older_than, RunStatus.RUNNING.value),
            ).fetchall()
            # The snapshots' rows, then their files, then the run: killed between, the next purge ends it.
            with self._writing():
                self._connection.executemany("DELETE FROM snapshots WHERE run = ?", [(number,) for number, _ in rows])
            for _, run in rows:
                self._snapshots.remove_all(run)
            with self._writing():
                # Somebody may have brought one back meanwhile; it has lost its snapshots only.
                gone = [(number,) for number, _ in rows]
                self._connection.executemany("DELETE FROM runs WHERE number = ? AND deleted IS NOT NULL", gone)
                if gone:
                    self._connection.execute("UPDATE clock SET purges = purges + 1")
            runs_owners.clear_stale(self._folder)

    def mark_interrupted(self) -> None:
        """Mark the runs whose process has ended without saying so."""
        with as_user_errors(self._path):
            rows = self._connection.execute(
                "SELECT DISTINCT owner FROM runs WHERE status = ?", (RunStatus.RUNNING.value,)
            ).fetchall()
            for (owner,) in rows:
                if owner is None or not runs_owners.is_alive(self._folder, owner):
                    self._mark_interrupted(owner)

    def begin(self, identity: RunIdentity, recipe: Recipe, environment: Mapping[str, str]) -> int:
        """A run begins, and is this process's; the one that is there already goes on.

        Returns:
            Its number.

        Raises:
            UsageError: another process that is alive trains it, or its id is no id.
        """
        check_id(identity.id)
        token = self._token()
        told = (recipe.to_json(), json.dumps(dict(environment)))
        with self._writing():
            revision = self._tick()
            self._connection.execute(
                "INSERT INTO runs (id, parent, parent_step, began, recipe, environment, status, revision) "
                "VALUES (?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT (id) DO NOTHING",
                (identity.id, identity.parent, identity.parent_step, time.time(), *told, revision),
            )
            return self._take(identity.id, token, revision)

    def resume(self, run: str) -> None:
        """A run goes on, and is this process's; also one that was deleted, which comes back.

        Raises:
            UsageError: there is no such run, or another process that is alive trains it.
        """
        token = self._token()
        with self._writing():
            self._take(run, token, self._tick())

    def write(self, run: str, news: HistoryDelta) -> int:
        """Write what is new in `news`, all of it or nothing. What is written stays as it is.

        A delta that begins behind what is written is not written.

        Returns:
            How many steps of the run are written.

        Raises:
            UsageError: there is no such run, or it is not this process's.
        """
        token = self._token()
        with self._writing():
            row = self._connection.execute("SELECT number, steps, owner FROM runs WHERE id = ?", (run,)).fetchone()
            if row is None:
                raise no_such_run(run)
            number, stored, owner = row
            if owner != token:
                raise run_is_locked(number)
            if news.first > stored:
                return int(stored)
            if write_news(self._connection, number, stored, news):
                sum_up(self._connection, number, max(stored, news.length), news.seconds, self._tick())
            return max(int(stored), news.length)

    def end(self, run: str, status: RunStatus) -> None:
        """A run of this process has ended; with another's nothing happens."""
        token = self._token()
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET status = ?, owner = NULL, revision = ? WHERE id = ? AND owner = ?",
                (status.value, self._tick(), run, token),
            )

    def keep_snapshot(self, run: str, step: int, content: bytes) -> None:
        """Keep the state at `step` in a file; of more than 16 some are given up, the newest never.

        Raises:
            UsageError: there is no such run.
            UserError: the disk is full, or may not be written.
        """
        with self._reading():
            number = self._number(run)
        with as_user_errors(self._path):
            self._snapshots.write(run, step, content)
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (number, step, len(content)))
            rows = self._connection.execute("SELECT step FROM snapshots WHERE run = ?", (number,))
            dropped = to_drop(kept for (kept,) in rows)
            self._connection.executemany(
                "DELETE FROM snapshots WHERE run = ? AND step = ?", [(number, step) for step in dropped]
            )
            self._tick()
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
                (RunStatus.INTERRUPTED.value, self._tick(), *running),
            )
        if owner is not None:
            runs_owners.clear_away(self._folder, owner)

    def _take(self, run: str, token: str, revision: int) -> int:
        row = self._connection.execute("SELECT number, owner FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            raise no_such_run(run)
        number, owner = row
        if owner not in (None, token) and runs_owners.is_alive(self._folder, owner):
            raise run_is_locked(number)
        self._connection.execute(
            "UPDATE runs SET status = ?, owner = ?, deleted = NULL, revision = ? WHERE number = ?",
            (RunStatus.RUNNING.value, token, revision, number),
        )
        return int(number)

    def _set(self, runs: Sequence[str], **columns: object) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._writing():
            revision = self._tick()
            self._connection.executemany(
                f"UPDATE runs SET {assignments}, revision = ? WHERE id = ?",
                [(*columns.values(), revision, run) for run in runs],
            )

    def _token(self) -> str:
        with as_user_errors(self._path):
            return runs_owners.acquire_process_lock(self._folder)

    def _number(self, run: str) -> int:
        row = self._connection.execute("SELECT number FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            raise no_such_run(run)
        return int(row[0])

    def _clock(self) -> tuple[int, int]:
        revision, purges = self._connection.execute("SELECT revision, purges FROM clock").fetchone()
        return revision, purges

    def _tick(self) -> int:
        """Another revision, for rows that the present transaction changes."""
        self._connection.execute("UPDATE clock SET revision = revision + 1")
        return self._clock()[0]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Everything read inside is of one moment."""
        with as_user_errors(self._path), transaction(self._connection, "BEGIN"):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Everything written inside is written, or nothing is."""
        with as_user_errors(self._path), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield

"""The run store: all runs with their histories, in one SQLite file that several processes may read and write.

The writing process holds a lock until it ends (`process_locks`); a run with the status `running` whose process holds no
lock was interrupted.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.files.atomic_write import remove_left_behind
from workbench.engine.store import initial_weights_files, process_locks
from workbench.engine.store.database import FILE_NAME, transaction
from workbench.engine.store.digests import resealed
from workbench.engine.store.entry_notes import write_note
from workbench.engine.store.history_reading import DamagedRunError
from workbench.engine.store.history_tables import (
    DamagedRowsError,
    HistoryDelta,
    RunKey,
    count_later_records,
    update_summary,
    write_delta,
    write_refusals,
)
from workbench.engine.store.run_reader import RunReader
from workbench.engine.store.run_summary import RunStatus, RunSummary, is_damaged, run_is_locked
from workbench.engine.store.snapshot_files import check_id, steps_to_delete
from workbench.engine.store.store_errors import as_user_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from workbench.engine.history.records import JournalEntry, Refusal, RunIdentity
    from workbench.engine.models.weights import StateDict
    from workbench.engine.recipe import Recipe

SHA256: Final = re.compile("[0-9a-f]{64}")
"""A digest in a recipe, of whatever kind: also a recipe of a newer version names the weights that it needs."""

__all__ = ["FILE_NAME", "DamagedRunError", "HistoryDelta", "RunStatus", "RunStore", "RunSummary"]


class RunStore(RunReader):
    """The store in `folder`, opened or made, with the methods that write.

    Opening marks the runs whose process has ended as interrupted. Every method that writes raises a UserError where the
    store may only be read. The arguments, attributes and errors are those of
    `RunReader`.
    """

    def __init__(self, folder: Path, lock_seconds: float | None = None) -> None:
        super().__init__(folder, lock_seconds)
        try:
            self.mark_interrupted()
        except BaseException:
            self._connection.close()
            raise

    def rename(self, run: str, name: str) -> None:
        """Give a run a name; an empty one removes it."""
        self._update([run], name=name)

    def annotate(self, run: str, note: str) -> None:
        """Write a note on a run."""
        self._update([run], note=note)

    def annotate_entry(self, run: str, entry: JournalEntry) -> None:
        """Write the note of an entry of a run's journal in the place of the one there; other entries stay as they are.

        Raises:
            UsageError: there is no such run.
        """
        with self._writing():
            write_note(self._connection, RunKey.of(self._connection, self._number(run)), entry)

    def add_refusals(self, run: str, refusals: Sequence[Refusal]) -> None:
        """Write the refusals of a run that are not in the store yet, also those of a run that another process trains.

        Args:
            run: its id.
            refusals: all of it, in order.

        Raises:
            UsageError: there is no such run.
        """
        with self._writing():
            number = self._number(run)
            with resealed(self._connection, [number]):
                if write_refusals(self._connection, RunKey.of(self._connection, number), refusals):
                    count_later_records(self._connection, number)

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

        Runs that a process trains at the moment stay. What killed processes left half written is removed, too.
        """
        self._check_writable()
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
            self._remove_unneeded_weights()
            process_locks.remove_stale_lock_files(self._folder)
            remove_left_behind(self._folder)
            self._snapshots.remove_left_behind()

    def _remove_unneeded_weights(self) -> None:
        """Remove the weights that no run of the store starts from, also none that is deleted and can be restored."""
        if not initial_weights_files.kept(self._folder):
            return
        # In a transaction: a run that begins elsewhere meanwhile would find its weights there, and lose them.
        with self._writing():
            recipes = [str(recipe) for (recipe,) in self._connection.execute("SELECT recipe FROM runs")]
            needed = {sha256 for recipe in recipes for sha256 in SHA256.findall(recipe)}
            initial_weights_files.remove_others(self._folder, needed)

    def mark_interrupted(self) -> None:
        """Mark the runs whose process has ended without saying so."""
        if self.read_only is not None:
            return
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
            # Not ON CONFLICT DO NOTHING: AUTOINCREMENT counts rows that conflict, so the next run would skip a number.
            self._connection.execute(
                "INSERT INTO runs (id, parent, parent_step, began, recipe, environment, status, revision, "
                "epoch_starts, incidents) SELECT ?, ?, ?, ?, ?, ?, '', ?, 0, 0 "
                "WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = ?)",
                (identity.id, identity.parent, identity.parent_step, time.time(), *texts, revision, identity.id),
            )
            return self._acquire(identity.id, token, revision)

    def resume(self, run: str, environment: Mapping[str, str] | None = None) -> None:
        """Resume a run, which then belongs to this process; one that was deleted is restored.

        Args:
            run: its id.
            environment: on what it is trained from now on, with what was another before; None keeps what is known.

        Raises:
            UsageError: there is no such run, or another process trains it.
        """
        token = self._token()
        with self._writing():
            number = self._acquire(run, token, self._next_revision())
            if environment:
                with resealed(self._connection, [number]):
                    text = json.dumps(dict(environment))
                    self._connection.execute("UPDATE runs SET environment = ? WHERE number = ?", (text, number))

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
            number, owner = self._row(run, "number, owner")
            if owner != token:
                raise run_is_locked(number)
            try:
                return self._write(RunKey.of(self._connection, number), delta)
            except DamagedRowsError as error:
                raise is_damaged(number, error) from error

    def end(self, run: str, status: RunStatus) -> None:
        """Set the status of a run of this process that has ended; another process's run stays as it is."""
        token = self._token()
        with self._writing():
            where = "WHERE id = ? AND owner = ?"
            with resealed(self._connection, self._numbers(where, (run, token))):
                self._connection.execute(
                    f"UPDATE runs SET status = ?, owner = NULL, revision = ? {where}",
                    (status.value, self._next_revision(), run, token),
                )

    def keep_snapshot(self, run: str, step: int, content: bytes) -> None:
        """Keep the state at `step` in a file; beyond 16 files one is deleted, never the newest.

        Raises:
            UsageError: there is no such run.
            UserError: the disk is full, or the file may not be written.
        """
        self._check_writable()
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

    def keep_initial_weights(self, sha256: str, weights: StateDict) -> None:
        """Keep the weights that a run of the store starts from, unless they are there.

        Raises:
            UserError: the disk is full, or the file may not be written.
        """
        self._check_writable()
        with as_user_errors(self._path):
            initial_weights_files.keep(self._folder, sha256, weights)

    def _write(self, run: RunKey, delta: HistoryDelta) -> int:
        if run.steps is None:
            raise DamagedRowsError("its row is damaged")
        if delta.first > run.steps:
            return run.steps
        steps = max(run.steps, delta.length)
        with resealed(self._connection, [run.number]):
            if write_delta(self._connection, run, run.steps, delta):
                update_summary(self._connection, run.number, steps, delta.seconds, self._next_revision())
        return steps

    def _numbers(self, where: str, values: tuple[object, ...]) -> list[int]:
        return [number for (number,) in self._connection.execute(f"SELECT number FROM runs {where}", values)]

    def _mark_interrupted(self, owner: str | None) -> None:
        running = (RunStatus.RUNNING.value, owner)
        with self._writing():
            rows = self._connection.execute(
                "SELECT number, id FROM runs WHERE status = ? AND owner IS ?", running
            ).fetchall()
            for number, run in rows:
                kept = self._connection.execute("SELECT step FROM snapshots WHERE run = ?", (number,))
                self._snapshots.remove_strays(run, {step for (step,) in kept})
            with resealed(self._connection, [number for number, _ in rows]):
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
        with resealed(self._connection, [number]):
            self._connection.execute(
                "UPDATE runs SET status = ?, owner = ?, deleted = NULL, revision = ? WHERE number = ?",
                (RunStatus.RUNNING.value, token, revision, number),
            )
        return int(number)

    def _update(self, runs: Sequence[str], **columns: object) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._writing():
            revision = self._next_revision()
            for run in runs:
                with resealed(self._connection, self._numbers("WHERE id = ?", (run,))):
                    self._connection.execute(
                        f"UPDATE runs SET {assignments}, revision = ? WHERE id = ?", (*columns.values(), revision, run)
                    )

    def _check_writable(self) -> None:
        if self.read_only is not None:
            raise UserError(self.read_only.template, **self.read_only.fields)

    def _token(self) -> str:
        self._check_writable()
        with as_user_errors(self._path):
            return process_locks.acquire_process_lock(self._folder)

    def _next_revision(self) -> int:
        """A new revision, for the rows that the current transaction changes."""
        # Also where the clock is damaged, a revision is larger than all before.
        largest = "SELECT coalesce(max(0, max(revision)), 0) FROM runs"
        self._connection.execute(f"UPDATE clock SET revision = 1 + max(CAST(revision AS INTEGER), ({largest}))")
        return self._revision_and_purges()[0]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A block that writes everything or nothing."""
        self._check_writable()
        with as_user_errors(self._path), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield

"""Writes the user's note on an entry of a journal that is in the run store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.history.records import Change
from workbench.engine.store.history_reading import record_in
from workbench.engine.store.history_tables import RECORD_COLUMNS, record_digest
from workbench.engine.store.run_summary import DAMAGE

if TYPE_CHECKING:
    import sqlite3

    from workbench.engine.history.records import JournalEntry
    from workbench.engine.store.history_tables import RunKey


def write_note(connection: sqlite3.Connection, run: RunKey, entry: JournalEntry) -> None:
    """Write the note of `entry` into the rows that hold this entry, inside a transaction of the caller's.

    A row that is damaged stays as it is, so that it is still found to be damaged.
    """
    table = "changes" if isinstance(entry, Change) else "incidents"
    columns = RECORD_COLUMNS[table]
    query = f"SELECT {', '.join(columns)}, digest FROM {table} WHERE run = ? AND step = ?"
    for *values, digest in connection.execute(query, (run.number, entry.step)).fetchall():
        is_of_older = digest is None and run.is_older
        if not is_of_older and digest != record_digest(run.id, table, values):
            continue
        try:
            is_it = record_in(table, values) == entry
        except (UserError, *DAMAGE):
            continue
        if is_it:
            values[columns.index("note")] = entry.note or None
            connection.execute(
                f"UPDATE {table} SET note = ?, digest = ? WHERE run = ? AND position = ?",
                (
                    entry.note or None,
                    None if is_of_older else record_digest(run.id, table, values),
                    run.number,
                    values[0],
                ),
            )

"""JournalNotes: puts the user's notes on entries of the journal, each as one step of Undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from workbench.engine.history.journal_entries import cleaned_note, with_note
from workbench.engine.protocol.commands import Annotate

if TYPE_CHECKING:
    from workbench.engine.history.records import JournalEntry
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.models.run_model import RunModel


class JournalNotes(QObject):
    """Carries out what the user types into the journal.

    Args:
        connection: the training side keeps the journal of the current run.
        run: the current run.
        library: keeps the journals of the others.
        undo: undoes a note.
        parent: Qt's parent.
    """

    def __init__(
        self,
        connection: Connection,
        run: RunModel,
        library: RunLibrary,
        undo: UndoHistory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._run = run
        self._library = library
        self._undo = undo

    def set_note(self, entry: JournalEntry, note: str) -> None:
        """Put a note on an entry of the current run; an empty one takes it away."""
        run, note = self._run.run_id, cleaned_note(note)
        if run is None or note == entry.note:
            return
        text = QCoreApplication.translate("Undo", "Note at step {step}").format(step=f"{entry.step:,}")
        self._undo.do(text, partial(self._write, run, entry, note), partial(self._write, run, entry, entry.note))

    def _write(self, run: str, entry: JournalEntry, note: str) -> None:
        # A branch that the run has become has the entry, too.
        if self._run.run is not None:
            self._connection.send(Annotate(entry, note))
        if self._run.run_id != run:
            self._library.annotate_entry(run, with_note(entry, note))

"""JournalNotes: puts the user's notes on entries of the journal, each as one step of Undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """The user put `note` on an entry of the journal of a run; `entry` has the note that was there before."""

    run: str
    entry: JournalEntry
    note: str


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
        undo.handle(NoteWritten, _text, self._write, self._put_back)

    def set_note(self, entry: JournalEntry, note: str) -> None:
        """Put a note on an entry of the current run; an empty one takes it away."""
        run, note = self._run.run_id, cleaned_note(note)
        if run is not None and note != entry.note:
            self._undo.do(NoteWritten(run, entry, note))

    def _put_back(self, written: NoteWritten) -> None:
        self._write(replace(written, note=written.entry.note))

    def _write(self, written: NoteWritten) -> None:
        # A branch that the run has become has the entry, too.
        if self._run.run is not None:
            self._connection.send(Annotate(written.entry, written.note))
        if self._run.run_id != written.run:
            self._library.annotate_entry(written.run, with_note(written.entry, written.note))


def _text(written: NoteWritten) -> str:
    return QCoreApplication.translate("Undo", "Note at step {step}").format(step=f"{written.entry.step:,}")

"""JournalNotes: where a note is written, and how it is undone; tests/end_to_end have a real run."""

from dataclasses import replace

import pytest

from workbench.engine.history.records import Change, RunIdentity
from workbench.engine.protocol.commands import Annotate
from workbench.engine.protocol.events import Outcome, RunBranched, RunDiscarded, RunEnded
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.ui.controllers.journal_notes import JournalNotes
from workbench.ui.controllers.undo import UndoHistory

CHANGE = Change(12, "learning_rate", 0.001, 0.1, note="as it was")


class Library:
    def __init__(self):
        self.written = []

    def annotate_entry(self, run, entry):
        self.written.append((run, entry, entry.note))


@pytest.fixture
def notes(paused):
    undo = UndoHistory(paused.settings, paused.model, paused.controller)
    library = Library()
    notes = JournalNotes(paused.connection, paused.model, library, undo)
    return notes, undo, library


def test_that_a_note_is_sent_to_the_run_and_can_be_undone_and_redone(paused, notes):
    notes, undo, library = notes
    notes.set_note(CHANGE, " too  fast ")
    assert undo.undo_text == "Note at step 12"
    undo.undo()
    undo.redo()
    assert paused.connection.sent == [Annotate(CHANGE, note) for note in ("too fast", "as it was", "too fast")]
    assert library.written == []


def test_that_the_same_note_is_no_step_of_undo(paused, notes):
    notes, undo, _ = notes
    notes.set_note(CHANGE, "as it was\n")
    assert not undo.can_undo
    assert paused.connection.sent == []


def test_that_a_note_is_taken_after_the_end_of_a_run(paused, notes):
    notes, _, _ = notes
    paused.emit(RunEnded(Outcome.STOPPED, 12))
    notes.set_note(CHANGE, "")
    assert paused.connection.sent == [Annotate(CHANGE, "")]


def test_that_undoing_a_note_of_a_run_that_has_become_a_branch_changes_both(paused, notes):
    notes, undo, library = notes
    notes.set_note(CHANGE, "too fast")
    branch = RunIdentity("b" * 16, "a" * 16, 12)
    paused.emit(RunBranched(branch, HISTORIES.number_of(paused.recording), None))
    undo.undo()
    assert paused.connection.sent[-1] == Annotate(CHANGE, "as it was")
    assert library.written == [("a" * 16, replace(CHANGE), "as it was")]


def test_that_without_a_run_nothing_is_sent(paused, notes):
    notes, undo, library = notes
    paused.emit(RunDiscarded(paused.run))
    notes.set_note(CHANGE, "too fast")
    assert paused.connection.sent == library.written == []
    assert not undo.can_undo

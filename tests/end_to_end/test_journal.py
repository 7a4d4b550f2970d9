"""The journal of a run in the real window: who asked, when, what was refused, and notes on it."""

import time
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLineEdit, QTableView

from workbench import cli
from workbench.engine.history.records import Origin
from workbench.engine.paths import store_folder
from workbench.engine.protocol.commands import SetValue
from workbench.engine.store.run_store import RunStore


@pytest.fixture
def running(person):
    """A user whose run trains for a long time, with the journal in front."""
    person.begin(epochs=1000)
    person.window.findChild(QDockWidget, "journal_dock").raise_()
    return person


def table(person):
    return person.window.findChild(QTableView, "journal_table")


def history(person):
    return person.window._parts.run_model.history


def write_note(person, row, text):
    """Select a row, press F2, type, press Return, and wait until the journal shows the note."""
    shown = table(person)
    person.wait_for(lambda: shown.model().rowCount() > row)
    shown.selectRow(row)
    shown.setFocus()
    person.qtbot.keyClick(shown, Qt.Key.Key_F2)
    editor = shown.findChild(QLineEdit, "journal_note_editor")
    editor.selectAll()
    person.qtbot.keyClicks(editor, text)
    person.qtbot.keyClick(editor, Qt.Key.Key_Return)
    person.wait_for(lambda: note(person, row) == text)


def note(person, row):
    return shown_in(person, row, 6)


def shown_in(person, row, column):
    return table(person).model().index(row, column).data()


def stored():
    """The history of the only run that is kept."""
    with closing(RunStore(store_folder())) as store:
        (run,) = store.summaries()
        return store.history(run.identity.id)


def edit(person, name, value):
    settings, made = person.window._parts.run_settings, len(history(person).changes)
    settings.edit(name, value)
    person.wait_for(lambda: len(history(person).changes) > made)


def test_that_the_journal_says_who_asked_and_keeps_notes_typed_during_and_after_the_run(running, capsys):
    parts = running.window._parts
    began = int(time.time())
    edit(running, "learning_rate", 0.01)
    write_note(running, 0, "try ten times more")
    running.click("pause_button")
    running.wait_until_paused()
    parts.thread.send(SetValue("batch_size", -3))
    running.wait_for(lambda: len(history(running).refusals) == 1)
    running.wait_for(lambda: table(running).model().rowCount() == 2)
    assert [shown_in(running, row, 4) for row in range(2)] == ["Window", "Window"]
    assert shown_in(running, 1, 3) == "−3 refused"
    write_note(running, 1, "of course")
    running.click("stop_button")
    running.wait_until_ready()
    write_note(running, 0, "it was too much")
    running.press("undo")
    running.wait_for(lambda: note(running, 0) == "try ten times more")

    running.wait_for(lambda: [each.note for each in stored().changes] == ["try ten times more"])
    (change,), (refusal,) = stored().changes, stored().refusals
    assert (change.origin, refusal.origin, refusal.note) == (Origin.WINDOW, Origin.WINDOW, "of course")
    assert all(began <= each.time <= time.time() for each in (change, refusal))
    assert (refusal.name, refusal.value) == ("batch_size", "-3")
    assert refusal.reason == "batch_size is -3: give a value from 1 to 10000."
    capsys.readouterr()
    assert cli.main(["runs", "show", "1", "--store", str(store_folder())]) == 0
    said = capsys.readouterr().out
    assert "learning_rate 0.001 -> 0.01  (window, " in said
    assert "note: try ten times more)" in said
    assert "batch_size -3 refused  (window, " in said
    assert f"note: of course): {refusal.reason}" in said


def test_that_a_run_that_is_opened_again_shows_who_asked_and_takes_notes(running):
    edit(running, "learning_rate", 0.01)
    running.click("stop_button")
    running.wait_until_ready()
    run = running.window._parts.run_model.run_id
    running.window._parts.controller.open_run(run, 0)
    running.wait_until_paused()
    assert shown_in(running, 0, 3).startswith("again: ")
    assert shown_in(running, 0, 4) == "Window"
    write_note(running, 0, "ahead of us")
    running.wait_for(lambda: stored().changes[0].note == "ahead of us")
    running.click("pause_button")
    running.wait_for(lambda: not shown_in(running, 0, 3).startswith("again: "))
    assert (shown_in(running, 0, 4), note(running, 0)) == ("Window", "ahead of us")

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView, QToolButton

from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import annotate
from workbench.engine.history.records import Change, EpochStart, Incident, Origin, Refusal
from workbench.ui.models.journal_model import Column, JournalModel, entries_of
from workbench.ui.panels.journal import JournalPanel
from workbench.ui.style.palette import load_palette

RATE = Change(step=20, name="learning_rate", old=1e-3, new=1e-2)
BATCH = Change(step=70, name="batch_size", old=64, new=128)
NESTEROV = Change(step=90, name="nesterov", old=False, new=True)


def history_of(steps, *records, epoch_length=50):
    """A run of this many steps with these changes and incidents."""
    history = History()
    for step in range(steps):
        if step % epoch_length == 0:
            history.add_epoch_start(EpochStart(epoch=step // epoch_length + 1, step=step))
        history.add_step(1.0, 0.5)
    for record in records:
        kinds = {Change: history.add_change, Incident: history.add_incident, Refusal: history.add_refusal}
        kinds[type(record)](record)
    return history


@pytest.fixture
def panel(qtbot):
    panel = JournalPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(560, 220)
    panel.show()
    return panel


def table(panel):
    return panel.findChild(QTableView, "journal_table")


def rows(panel):
    model = table(panel).model()
    return [
        tuple(model.index(row, column).data() for column in range(Column.HOW + 1)) for row in range(model.rowCount())
    ]


def place_of(panel, row):
    return table(panel).visualRect(table(panel).model().index(row, 2)).center()


def click(qtbot, panel, row):
    qtbot.mouseClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, row))


def test_that_an_empty_journal_says_what_it_will_list(panel):
    assert panel.findChild(QLabel, "journal_empty").isVisible()
    panel.set_history(history_of(10))
    assert panel.findChild(QLabel, "journal_empty").isVisible()
    panel.set_history(history_of(30, RATE))
    assert table(panel).isVisible()
    panel.set_history(None)
    assert panel.findChild(QLabel, "journal_empty").isVisible()


def test_that_changes_are_shown_with_step_epoch_and_both_values(panel):
    panel.set_history(history_of(100, RATE, BATCH, NESTEROV))
    assert rows(panel) == [
        ("20", "1", "Learning rate", "0.001 → 0.01"),
        ("70", "2", "Batch size", "64 → 128"),
        ("90", "2", "Nesterov", "off → on"),
    ]


def test_that_an_incident_is_listed_at_the_step_returned_to_before_the_change_made_because_of_it(panel):
    incident = Incident(step=1731, loss=float("nan"), returned_to=70)
    panel.set_history(history_of(100, RATE, BATCH, incident))
    assert rows(panel)[1:] == [
        ("70", "2", "Divergence guard", "loss NaN at step 1,731"),
        ("70", "2", "Batch size", "64 → 128"),
    ]


def test_that_new_entries_appear_at_a_refresh(panel):
    history = history_of(30, RATE)
    panel.set_history(history)
    history.add_change(BATCH)
    assert len(rows(panel)) == 1
    panel.refresh()
    assert len(rows(panel)) == 2


def test_that_a_refresh_without_news_makes_no_rows(panel, monkeypatch):
    history = history_of(30, RATE)
    panel.set_history(history)
    monkeypatch.setattr("workbench.ui.panels.journal.entries_of", lambda *_: pytest.fail("rows were made"))
    history.add_step(1.0, 0.5)
    panel.refresh()


def test_that_entries_after_the_step_that_the_run_returned_to_disappear(panel):
    history = history_of(100, RATE, BATCH)
    panel.set_history(history)
    history.truncate(50)
    panel.refresh()
    assert [row[0] for row in rows(panel)] == ["20"]


def test_that_recorded_changes_are_marked_as_future_until_they_are_made_again(panel):
    whole = history_of(100, RATE, BATCH, NESTEROV)
    history = whole.copy()
    history.truncate(60)
    panel.set_history(history, whole)
    assert [row[3] for row in rows(panel)] == [
        "0.001 → 0.01",
        "again: 64 → 128",
        "again: off → on",
    ]
    ahead = table(panel).model().index(1, 2).data(Qt.ItemDataRole.ForegroundRole)
    assert ahead == load_palette("light").text_disabled
    history.add_change(BATCH)
    for _ in range(15):
        history.add_step(1.0, 0.5)
    panel.refresh()
    assert [row[3] for row in rows(panel)][1:] == ["64 → 128", "again: off → on"]
    panel.set_future(None)
    assert len(rows(panel)) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_the_enter_key_goes_to_the_step(qtbot, panel, key):
    panel.set_history(history_of(100, RATE, BATCH))
    click(qtbot, panel, 1)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.keyClick(table(panel), key)
    assert jumped.args == [70]


def test_that_a_double_click_goes_to_the_step(qtbot, panel):
    panel.set_history(history_of(100, RATE, BATCH))
    click(qtbot, panel, 0)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.mouseDClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 0))
    assert jumped.args == [20]


def test_that_the_button_goes_to_the_step_once_a_row_is_selected(qtbot, panel):
    panel.set_history(history_of(100, RATE, Incident(step=80, loss=1e9, returned_to=75)))
    button = panel.findChild(QToolButton, "journal_go_button")
    assert not button.isEnabled()
    click(qtbot, panel, 1)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert jumped.args == [75]


def test_that_the_journal_goes_to_no_step_while_the_run_cannot(qtbot, panel):
    panel.set_history(history_of(100, RATE))
    click(qtbot, panel, 0)
    panel.set_can_jump(False)
    assert not panel.findChild(QToolButton, "journal_go_button").isEnabled()
    with qtbot.assertNotEmitted(panel.jump_requested):
        qtbot.mouseDClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 0))
        qtbot.keyClick(table(panel), Qt.Key.Key_Return)
    panel.set_can_jump(True)
    assert panel.findChild(QToolButton, "journal_go_button").isEnabled()


def test_that_the_selection_stays_after_a_refresh(qtbot, panel):
    history = history_of(100, RATE, BATCH)
    panel.set_history(history)
    click(qtbot, panel, 0)
    history.add_change(NESTEROV)
    panel.refresh()
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.keyClick(table(panel), Qt.Key.Key_Return)
    assert jumped.args == [20]


def test_that_the_table_scrolls_to_its_end_unless_the_user_scrolled_up(panel):
    changes = [Change(step=step, name="learning_rate", old=1e-3, new=1e-2) for step in range(60)]
    history = history_of(100, *changes[:50])
    panel.set_history(history)
    bar = table(panel).verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(30)
    for change in changes[50:]:
        history.add_change(change)
    panel.refresh()
    assert bar.value() == 30


def long_journal(panel, count=60):
    """Changes of which the panel shows a part, in a run of 100 steps."""
    history = history_of(100, *(Change(step, "learning_rate", 1e-3, 1e-2) for step in range(count)))
    panel.set_history(history)
    return history


def top_row(panel):
    """What stands in the uppermost row that is seen whole, and where."""
    row = table(panel).rowAt(table(panel).rowHeight(0) - 1)
    return table(panel).model().index(row, Column.STEP).data(), table(panel).rowViewportPosition(row)


def is_seen(panel, row):
    return 0 <= place_of(panel, row).y() <= table(panel).viewport().height()


@pytest.mark.parametrize("change", ["lower", "behind a tab"])
def test_that_the_last_entry_stays_in_sight_where_the_panel_has_become_another_size(panel, qtbot, change):
    history = long_journal(panel)
    if change == "lower":
        panel.resize(560, 110)
    else:
        panel.hide()
        panel.resize(560, 110)
    qtbot.wait(10)
    history.add_change(BATCH)
    panel.refresh()
    panel.show()
    qtbot.wait(10)
    assert is_seen(panel, 60)


def test_that_the_change_that_was_made_last_stays_in_sight_while_the_later_ones_are_made_again(panel):
    whole = history_of(100, *(Change(step, "learning_rate", 1e-3, 1e-2) for step in range(0, 100, 2)))
    history = whole.copy()
    history.truncate(0)
    panel.set_history(history, whole)
    assert table(panel).verticalScrollBar().value() == 0
    for change in whole.changes:
        history.add_change(change)
        history.add_step(1.0, 0.5)
        history.add_step(1.0, 0.5)
        panel.refresh()
        assert is_seen(panel, len(history.changes) - 1)


def test_that_what_will_be_made_again_can_be_read_while_other_changes_are_made(panel):
    whole = history_of(100, *(Change(step, "learning_rate", 1e-3, 1e-2) for step in range(0, 100, 2)))
    history = whole.copy()
    history.truncate(0)
    panel.set_history(history, whole)
    bar = table(panel).verticalScrollBar()
    bar.setValue(bar.maximum())
    before = top_row(panel)
    history.add_change(whole.changes[0])
    history.add_step(1.0, 0.5)
    panel.refresh()
    assert top_row(panel) == before


def test_that_an_entry_that_is_read_stays_in_its_place_when_one_is_put_above_it(panel):
    history = long_journal(panel)
    table(panel).verticalScrollBar().setValue(400)
    before = top_row(panel)
    history.add_incident(Incident(step=99, loss=1e9, returned_to=2))
    panel.refresh()
    assert len(rows(panel)) == 61
    assert top_row(panel) == before


def test_that_an_entry_that_is_read_stays_in_its_place_when_the_run_goes_to_another_step(panel, qtbot):
    history = long_journal(panel)
    table(panel).verticalScrollBar().setValue(400)
    before = top_row(panel)
    click(qtbot, panel, int(before[0]))
    whole = history.copy()
    history.truncate(3)
    panel.set_history(history, whole)
    assert (top_row(panel), len(rows(panel))) == (before, 60)
    assert table(panel).selectionModel().selectedRows()[0].row() == int(before[0])
    history.truncate(0)
    panel.set_history(history, None)
    assert not table(panel).selectionModel().hasSelection()


def test_that_the_journal_of_another_run_is_shown_from_its_end(panel):
    long_journal(panel)
    table(panel).verticalScrollBar().setValue(30)
    long_journal(panel, 50)
    assert is_seen(panel, 49)


STEPS = st.integers(0, 99)
RECORDS = st.one_of(
    st.builds(Change, STEPS, st.sampled_from(["learning_rate", "momentum"]), st.just(0.1), st.just(0.2)),
    st.builds(Incident, STEPS, st.just(9.0), STEPS),
    st.builds(Refusal, STEPS, st.just("batch_size"), st.just("1"), st.just("No.")),
)
HISTORIES = st.lists(RECORDS, max_size=8).map(
    lambda records: history_of(100, *sorted(records, key=lambda record: record.step))
)


@given(HISTORIES, STEPS)
def test_that_past_and_future_together_list_every_change_once_and_in_order(whole, step):
    history = whole.copy()
    history.truncate(step)
    entries = entries_of(history, whole)
    changes = [entry.record for entry in entries if isinstance(entry.record, Change)]
    assert changes == whole.changes
    done = [entry for entry in entries if not entry.ahead]
    assert [entry.step for entry in done] == sorted(entry.step for entry in done)
    assert all(entry.epoch == entry.step // 50 + 1 for entry in entries if entry.step < step)
    assert [entry.record for entry in done if isinstance(entry.record, Refusal)] == whole.refusals


@given(st.lists(HISTORIES, max_size=5))
def test_that_rows_are_inserted_and_removed_as_qt_requires(qapp, histories):
    model = JournalModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for history in histories:
        entries = entries_of(history, None)
        model.set_entries(entries)
        assert list(model.entries) == entries
    del tester


# Who asked, when, and why

NOON = int(datetime(2024, 3, 3, 12, 5, 9).timestamp())
ASKED = replace(RATE, origin=Origin.HINT, time=NOON, note="as it said")
REFUSED = Refusal(70, "batch_size", "1", "Batches of one are too small: choose larger ones.", Origin.WINDOW, NOON)
STOPPED = Incident(90, 2.5, 50, Origin.EARLY_STOPPING, NOON)


def cell(panel, row, column, role=Qt.ItemDataRole.DisplayRole):
    return table(panel).model().index(row, column).data(role)


def test_that_an_entry_says_who_asked_for_it_when_and_why(panel):
    panel.set_history(history_of(100, ASKED, REFUSED, STOPPED))
    assert rows(panel)[1:] == [
        ("50", "2", "Early stopping", "loss 2.5000 at step 90"),
        ("70", "2", "Batch size", "1 refused"),
    ]
    assert [cell(panel, row, Column.WHO) for row in range(3)] == ["Hint", "Early stopping", "Window"]
    assert cell(panel, 0, Column.WHEN) == "3 Mar 2024"
    assert [cell(panel, row, Column.NOTE) for row in range(3)] == ["as it said", "", ""]
    tips = [cell(panel, row, Column.HOW, Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert "Hint" in tips[0]
    assert "as it said" in tips[0]
    assert "Batches of one are too small" in tips[2]
    assert "went back to step 50" in tips[1]


def test_that_a_narrow_journal_leaves_out_the_epoch_for_who_asked(panel):
    panel.set_history(history_of(100, ASKED))
    for width, is_hidden in ((1200, False), (400, True), (1200, False)):
        panel.resize(width, 220)
        assert table(panel).isColumnHidden(Column.EPOCH) == is_hidden


@pytest.mark.parametrize("width", [340, 700, 1200])
def test_that_there_is_room_to_type_a_note_in_a_panel_of_any_width(qtbot, panel, width):
    panel.resize(width, 220)
    panel.set_history(history_of(100, ASKED))
    by_key(qtbot, panel)
    editor = table(panel).findChild(QLineEdit, "journal_note_editor")
    assert editor.width() >= 250
    assert table(panel).viewport().rect().contains(editor.geometry().center())


def test_that_an_entry_of_an_older_version_says_that_it_is_not_recorded(panel):
    panel.set_history(history_of(100, RATE))
    assert (cell(panel, 0, Column.WHO), cell(panel, 0, Column.WHEN), cell(panel, 0, Column.NOTE)) == (
        "Not recorded",
        "–",
        "",
    )


@pytest.mark.parametrize("origin", Origin)
def test_that_whoever_asked_has_a_name(panel, origin):
    panel.set_history(history_of(100, replace(RATE, origin=origin)))
    assert cell(panel, 0, Column.WHO)


def type_note(qtbot, panel, text):
    editor = table(panel).findChild(QLineEdit, "journal_note_editor")
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def by_double_click(qtbot, panel):
    index = table(panel).model().index(0, Column.NOTE)
    table(panel).scrollTo(index)
    place = table(panel).visualRect(index).center()
    qtbot.mouseClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)


def by_key(qtbot, panel):
    click(qtbot, panel, 0)
    qtbot.keyClick(table(panel), Qt.Key.Key_F2)


def by_button(qtbot, panel):
    click(qtbot, panel, 0)
    qtbot.mouseClick(panel.findChild(QToolButton, "journal_note_button"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("begin", [by_double_click, by_key, by_button])
@pytest.mark.parametrize("record", [RATE, ASKED, REFUSED, STOPPED])
def test_that_a_note_is_typed_on_any_entry(qtbot, panel, begin, record):
    history = history_of(100, record)
    panel.set_history(history)
    with qtbot.assertNotEmitted(panel.jump_requested), qtbot.waitSignal(panel.note_edited) as edited:
        begin(qtbot, panel)
        type_note(qtbot, panel, "  why? ")
    assert edited.args == [record, "why?"]
    assert cell(panel, 0, Column.NOTE) == record.note  # until the entry has it
    annotate(history, record, "why?")
    panel.show_note()
    assert cell(panel, 0, Column.NOTE) == "why?"
    assert table(panel).selectionModel().hasSelection()


def test_that_a_note_that_is_left_as_it_was_is_not_asked_for(qtbot, panel):
    panel.set_history(history_of(100, ASKED))
    with qtbot.assertNotEmitted(panel.note_edited):
        by_key(qtbot, panel)
        type_note(qtbot, panel, "as it  said")
        by_key(qtbot, panel)
        qtbot.keyClick(table(panel).findChild(QLineEdit, "journal_note_editor"), Qt.Key.Key_Escape)


def test_that_what_is_typed_survives_new_entries(qtbot, panel):
    history = history_of(100, RATE)
    panel.set_history(history)
    by_key(qtbot, panel)
    editor = table(panel).findChild(QLineEdit, "journal_note_editor")
    qtbot.keyClicks(editor, "half a no")
    history.add_change(BATCH)
    panel.refresh()
    with qtbot.waitSignal(panel.note_edited) as edited:
        qtbot.keyClicks(editor, "te")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [RATE, "half a note"]


def test_that_without_a_run_no_note_is_typed(qtbot, panel):
    panel.set_history(history_of(100, RATE))
    panel.set_can_annotate(False)
    for begin in (by_double_click, by_key, by_button):
        begin(qtbot, panel)
        assert table(panel).findChild(QLineEdit, "journal_note_editor") is None
    assert not panel.findChild(QToolButton, "journal_note_button").isEnabled()


def test_that_the_context_menu_offers_both_actions(panel):
    assert table(panel).contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    assert [action.objectName() for action in table(panel).actions()] == [
        "journal_go",
        "journal_note",
        "copy_rows",
        "copy_table",
    ]

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QTableView, QToolButton

from tests.ui.models.runs_kit import run_id, summary
from workbench.engine.errors import UsageError
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.run_list_row import Column
from workbench.ui.panels.runs.panel import RunsPanel
from workbench.ui.style.palette import load_palette

ADAM = Recipe(optimizer="adam")


@pytest.fixture
def panel(qtbot):
    panel = RunsPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(1400, 400)
    panel.show()
    return panel


@pytest.fixture
def filled(panel):
    """Runs 1 to 40, the newest at the top; run 38 has a name, 37 a star, 36 is Adam's."""
    own = {38: {"name": "<i>warm</i>"}, 37: {"starred": True}, 36: {"recipe": ADAM, "note": "lucky"}}
    panel.set_runs([summary(number, **own.get(number, {})) for number in range(40, 0, -1)])
    return panel


def table(panel):
    return panel.findChild(QTableView, "runs_table")


def place_of(panel, number, column=Column.NAME):
    """The middle of a cell."""
    model = table(panel).model()
    return table(panel).visualRect(model.index(model.row_of(run_id(number)), column)).center()


def click(qtbot, panel, number, column=Column.NAME, *, keys=Qt.KeyboardModifier.NoModifier):
    place = place_of(panel, number, column)
    qtbot.mouseClick(table(panel).viewport(), Qt.MouseButton.LeftButton, keys, place)


def double_click(qtbot, panel, number, column=Column.NAME):
    # As from a mouse: without the first click Qt takes the second for one.
    click(qtbot, panel, number, column)
    qtbot.mouseDClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, number, column))


def press(qtbot, panel, key, keys=Qt.KeyboardModifier.NoModifier):
    table(panel).setFocus()
    qtbot.keyClick(table(panel), key, keys)


def button(panel, name):
    return panel.findChild(QToolButton, f"{name}_button")


def shown(panel):
    model = table(panel).model()
    return [model.run_at(row).number for row in range(model.rowCount())]


def text_of(panel, name):
    return panel.findChild(QLabel, name).text()


def test_that_an_empty_store_says_what_will_be_here(panel):
    assert text_of(panel, "runs_empty").startswith("Every run is kept here")
    assert panel.findChild(QLabel, "runs_empty").isVisible()
    assert not table(panel).isVisible()


def test_that_runs_are_counted(filled):
    assert text_of(filled, "runs_count") == "40 runs"
    filled.findChild(QLineEdit, "runs_filter").setText("adam")
    assert text_of(filled, "runs_count") == "1 of 40"


def test_that_a_double_click_opens(qtbot, filled):
    with qtbot.waitSignal(filled.open_requested) as opened:
        double_click(qtbot, filled, 39)
    assert opened.args == [run_id(39)]
    with qtbot.assertNotEmitted(filled.open_requested):
        double_click(qtbot, filled, 39, Column.STAR)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_the_enter_key_opens(qtbot, filled, key):
    click(qtbot, filled, 38)
    with qtbot.waitSignal(filled.open_requested) as opened:
        press(qtbot, filled, key)
    assert opened.args == [run_id(38)]


def test_that_a_click_on_the_star_stars_or_unstars(qtbot, filled):
    with qtbot.waitSignal(filled.star_requested) as starred:
        click(qtbot, filled, 40, Column.STAR)
    assert starred.args == [run_id(40), True]
    with qtbot.waitSignal(filled.star_requested) as starred:
        click(qtbot, filled, 37, Column.STAR)
    assert starred.args == [run_id(37), False]


def test_that_starring_several_leaves_those_that_have_one(qtbot, filled):
    filled.select([run_id(38), run_id(37)])
    requests = []
    filled.star_requested.connect(lambda *arguments: requests.append(arguments))
    action = next(action for action in table(filled).actions() if action.objectName() == "run_star")
    action.trigger()
    assert requests == [(run_id(38), True)]


def test_that_several_can_be_overlaid(qtbot, filled):
    click(qtbot, filled, 40)
    click(qtbot, filled, 38, keys=Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(filled.overlay_requested) as overlaid:
        qtbot.mouseClick(button(filled, "run_overlay"), Qt.MouseButton.LeftButton)
    assert overlaid.args == [[run_id(40), run_id(38)]]


def test_that_the_settings_of_a_run_can_be_used_again(qtbot, filled):
    click(qtbot, filled, 36)
    with qtbot.waitSignal(filled.reuse_requested) as reused:
        qtbot.mouseClick(button(filled, "run_reuse"), Qt.MouseButton.LeftButton)
    assert reused.args == [run_id(36)]


def test_that_the_delete_key_deletes_all_that_is_selected(qtbot, filled):
    click(qtbot, filled, 40)
    click(qtbot, filled, 38, keys=Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(filled.delete_requested) as deleted:
        press(qtbot, filled, Qt.Key.Key_Delete)
    assert deleted.args == [[run_id(40), run_id(39), run_id(38)]]


def test_that_a_name_is_written_in_its_place(qtbot, filled):
    click(qtbot, filled, 38, Column.STEPS)
    press(qtbot, filled, Qt.Key.Key_F2)
    line = filled.findChild(QLineEdit, "run_name_entry")
    assert line.text() == "<i>warm</i>"
    assert line.placeholderText() == "Run 38"
    line.setText("cold")
    with qtbot.waitSignal(filled.rename_requested) as renamed:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert renamed.args == [run_id(38), "cold"]


def test_that_a_note_is_written_in_its_place(qtbot, filled):
    click(qtbot, filled, 36)
    press(qtbot, filled, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    line = filled.findChild(QLineEdit, "run_note_entry")
    assert line.text() == "lucky"
    line.setText("lucky seed")
    with qtbot.waitSignal(filled.note_requested) as noted:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert noted.args == [run_id(36), "lucky seed"]


def test_that_escape_leaves_the_name_alone(qtbot, filled):
    click(qtbot, filled, 38)
    press(qtbot, filled, Qt.Key.Key_F2)
    line = filled.findChild(QLineEdit, "run_name_entry")
    line.setText("cold")
    with qtbot.assertNotEmitted(filled.rename_requested):
        qtbot.keyClick(line, Qt.Key.Key_Escape)


def test_that_the_delete_key_in_a_name_deletes_letters_only(qtbot, filled):
    click(qtbot, filled, 38)
    press(qtbot, filled, Qt.Key.Key_F2)
    line = filled.findChild(QLineEdit, "run_name_entry")
    with qtbot.assertNotEmitted(filled.delete_requested):
        qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert line.text() == ""


def test_that_a_refresh_does_not_disturb_a_user_who_types(qtbot, filled):
    runs = [summary(number) for number in range(40, 0, -1)]
    click(qtbot, filled, 38)
    press(qtbot, filled, Qt.Key.Key_F2)
    line = filled.findChild(QLineEdit, "run_name_entry")
    line.setText("half a na")
    filled.set_runs([summary(41), *(replace(run, steps=1000) for run in runs)])
    assert line.text() == "half a na"
    with qtbot.waitSignal(filled.rename_requested) as renamed:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert renamed.args == [run_id(38), "half a na"]


def test_that_a_refresh_keeps_what_is_selected(filled):
    filled.select([run_id(38), run_id(20)])
    filled.set_runs([summary(number) for number in range(45, 10, -1)])
    assert filled.selected() == [run_id(38), run_id(20)]
    filled.set_runs([summary(number) for number in range(45, 30, -1)])
    assert filled.selected() == [run_id(38)]


def test_that_filtering_keeps_what_is_selected_and_shown(filled):
    filled.select([run_id(36), run_id(20)])
    filled.findChild(QLineEdit, "runs_filter").setText("adam")
    assert filled.selected() == [run_id(36)]


def test_that_a_new_run_does_not_move_the_visible_rows(filled):
    bar = table(filled).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = place_of(filled, 20)
    filled.set_runs([summary(number) for number in range(43, 0, -1)])
    assert place_of(filled, 20) == before


def test_that_a_new_run_appears_for_a_user_at_the_top(filled):
    filled.set_runs([summary(number) for number in range(41, 0, -1)])
    assert table(filled).rowAt(0) == 0
    assert shown(filled)[0] == 41


def test_that_starred_runs_can_be_shown_alone(qtbot, filled):
    qtbot.mouseClick(filled.findChild(QToolButton, "runs_starred"), Qt.MouseButton.LeftButton)
    assert shown(filled) == [37]


def test_that_a_filter_that_fits_nothing_says_why(qtbot, filled):
    filled.set_runs([summary(1), summary(2)])
    filled.findChild(QLineEdit, "runs_filter").setText("no such thing")
    assert text_of(filled, "runs_empty") == "None of 2 runs has all these words: use fewer."
    qtbot.mouseClick(filled.findChild(QToolButton, "runs_starred"), Qt.MouseButton.LeftButton)
    assert "a star and all these words" in text_of(filled, "runs_empty")
    filled.findChild(QLineEdit, "runs_filter").clear()
    assert text_of(filled, "runs_empty").startswith("None of 2 runs has a star:")
    qtbot.mouseClick(filled.findChild(QToolButton, "runs_starred"), Qt.MouseButton.LeftButton)
    assert table(filled).isVisible()


def test_that_what_needs_a_run_waits_for_one(filled):
    one, several = ("run_open", "run_reuse", "run_rename", "run_note"), ("run_overlay", "run_delete")
    assert not any(button(filled, name).isEnabled() for name in (*one, *several))
    filled.select([run_id(40)])
    assert all(button(filled, name).isEnabled() for name in (*one, *several))
    filled.select([run_id(40), run_id(39)])
    assert not any(button(filled, name).isEnabled() for name in one)
    assert all(button(filled, name).isEnabled() for name in several)


def test_that_the_menu_offers_everything(qtbot, filled):
    click(qtbot, filled, 38)
    table(filled).customContextMenuRequested.emit(QPoint(5, 5))
    menu = filled.findChild(QMenu, "runs_menu")
    names = [action.objectName() for action in menu.actions() if action.objectName()]
    menu.close()
    first = ["run_open", "run_overlay", "run_reuse", "run_export"]
    assert names == [*first, "run_rename", "run_note", "run_star", "run_delete", "copy_rows", "copy_table"]


def test_that_a_click_on_a_heading_sorts(qtbot, filled):
    header = table(filled).horizontalHeader()
    middle = header.sectionViewportPosition(Column.NAME) + header.sectionSize(Column.NAME) // 2
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2))
    assert shown(filled)[:3] == [38, 1, 2]


def test_that_widths_and_order_come_back(qtbot, filled):
    table(filled).setColumnWidth(Column.NAME, 222)
    table(filled).sortByColumn(Column.STEPS, Qt.SortOrder.AscendingOrder)
    again = RunsPanel()
    qtbot.addWidget(again)
    again.restore(filled.state())
    assert again.state() == filled.state()
    assert table(again).columnWidth(Column.NAME) == 222


@pytest.mark.parametrize(
    "state",
    [{}, {"widths": 5}, {"widths": {"name": "wide", "steps": -4, "gone": 50}}, {"sort": "gone"}, {"sort": None}],
)
def test_that_settings_that_make_no_sense_are_passed_over(panel, state):
    before = panel.state()
    panel.restore(state)
    assert panel.state() == before


def test_that_both_themes_paint_every_kind_of_row(qtbot, filled):
    filled.set_current(run_id(39))
    filled.select([run_id(38)])
    pictures = []
    for name in ("light", "dark"):
        filled.set_palette(load_palette(name))
        pictures.append(table(filled).viewport().grab().toImage())
    assert pictures[0] != pictures[1]
    bar = pictures[1].pixelColor(1, place_of(filled, 39).y())
    assert bar == load_palette("dark").accent


def test_that_a_run_that_cannot_be_read_can_be_noted_and_deleted_but_not_opened(panel, qtbot):
    problem = UsageError("A newer version wrote it.")
    panel.set_runs([summary(2), summary(1, status=RunStatus.UNREADABLE, problem=problem)])
    panel.select([run_id(1)])
    enabled = {name: panel.findChild(QAction, name).isEnabled() for name in ("run_note", "run_delete", "run_rename")}
    assert all(enabled.values())
    for name in ("run_open", "run_overlay", "run_reuse"):
        assert not panel.findChild(QAction, name).isEnabled()
    opened = []
    panel.open_requested.connect(opened.append)
    table(panel).doubleClicked.emit(table(panel).model().index(1, Column.WHEN))
    assert opened == []
    panel.select([run_id(2)])
    assert panel.findChild(QAction, "run_open").isEnabled()

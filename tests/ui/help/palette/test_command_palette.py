import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QMainWindow, QPushButton

from workbench.ui.help.palette.command_palette import CommandPalette
from workbench.ui.help.palette.entry import Entry, Kind, names_for
from workbench.ui.help.palette.memory import MOST, PaletteMemory


@pytest.fixture
def done():
    return []


@pytest.fixture
def memory():
    return PaletteMemory()


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QPushButton("elsewhere", window))
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def palette(window, done, memory):
    def entry(title, **more):
        return Entry(
            key=title, kind=Kind.ACTION, title=title, act=lambda: done.append(title), names=names_for(title), **more
        )

    entries = [
        entry("Train"),
        entry("Save weights", why_not="There are no weights."),
        entry("Save run"),
        entry("Rate", completes="Rate "),
    ]

    def with_value(typed):
        return [entry(f"Rate is {typed[5:]}")] if typed.startswith("Rate ") and typed[5:] else []

    return CommandPalette(lambda: entries, with_value, lambda _: [], memory, window)


@pytest.fixture
def field(palette):
    palette.open()
    return palette.findChild(QLineEdit)


def titles(palette):
    return [entry.title for entry in palette.shown]


def test_that_it_opens_over_the_window_with_the_keyboard_in_its_field(palette, field, window):
    assert palette.isVisible()
    assert field.hasFocus()
    assert window.rect().contains(palette.geometry())
    assert titles(palette) == ["Train", "Save weights", "Save run", "Rate"]


def test_that_it_is_as_high_as_its_entries_from_the_first_time_on(palette, field, qtbot):
    rows, message = palette.findChild(QListView), palette.findChild(QLabel, "command_palette_message")
    assert not message.isVisible()
    qtbot.waitUntil(lambda: rows.viewport().height() == rows.model().rowCount() * rows.sizeHintForRow(0))
    assert palette.height() == palette.sizeHint().height()


def test_that_typing_narrows_the_list_and_enter_does_the_best(palette, field, done, qtbot, memory):
    qtbot.keyClicks(field, "tra")
    assert titles(palette) == ["Train"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert palette.isHidden()
    qtbot.waitUntil(lambda: done == ["Train"])
    assert memory.keys == ["Train"]


def test_that_arrows_move_and_stay_within_the_list(palette, field, done, qtbot):
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(field, key)
    qtbot.waitUntil(lambda: done == ["Save run"])


def test_that_what_was_used_last_comes_first_the_next_time(palette, field, qtbot):
    qtbot.keyClicks(field, "save run")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    palette.open()
    assert titles(palette)[0] == "Save run"
    assert field.text() == ""


def test_that_what_cannot_be_done_says_why_and_stays_open(palette, field, done, qtbot):
    qtbot.keyClicks(field, "weights")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    message = palette.findChild(type(palette._message), "command_palette_message")
    assert message.text() == "There are no weights."
    assert field.property("invalid") is True
    assert palette.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert message.isHidden()
    assert field.property("invalid") is False
    qtbot.wait(10)
    assert done == []


def test_that_a_setting_waits_for_its_value(palette, field, done, qtbot):
    qtbot.keyClicks(field, "rate")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Rate "
    qtbot.keyClicks(field, "3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == ["Rate is 3"])


def test_that_escape_closes_it_and_gives_the_keyboard_back(palette, window, qtbot):
    button = window.centralWidget()
    button.setFocus()
    palette.open()
    qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert button.hasFocus()


def test_that_opening_it_twice_closes_it(palette, field):
    palette.open()
    assert palette.isHidden()


def test_that_it_closes_when_the_keyboard_goes_elsewhere(palette, field, window):
    window.centralWidget().setFocus()
    assert palette.isHidden()
    assert window.centralWidget().hasFocus()


def test_that_tab_completes_and_does_not_leave(palette, field, qtbot):
    qtbot.keyClicks(field, "tr")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "Train"
    assert field.hasFocus()


def test_that_a_click_does_what_it_hits(palette, field, done, qtbot):
    rows = palette._list
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(2, 0)).center())
    qtbot.waitUntil(lambda: done == ["Save run"])


def test_that_it_stays_within_a_small_window(palette, field, window, qtbot):
    window.resize(400, 260)
    qtbot.waitUntil(lambda: window.rect().contains(palette.geometry()))


def test_that_the_memory_survives_and_forgets_the_oldest():
    memory = PaletteMemory()
    for number in range(MOST + 3):
        memory.add(str(number))
    memory.add("5")
    other = PaletteMemory()
    other.restore(memory.state())
    assert other.keys == memory.keys
    assert other.keys[0] == "5"
    assert len(other.keys) == MOST
    other.restore({"keys": 3})
    assert other.keys == []

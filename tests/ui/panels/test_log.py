import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QToolButton

from workbench.ui.panels.log import LONGEST_LINE, LogPanel


@pytest.fixture
def panel(qtbot):
    panel = LogPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 200)
    panel.show()
    return panel


def text_of(panel):
    return panel.findChild(QPlainTextEdit, "log")


def click(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_that_text_appears_character_for_character(panel):
    blocks = [
        "Epoch 1\n-----\n",
        "loss: 2.3  [   64/60000]\nTest Error: \n Accuracy: 1.0%, Avg loss: 2.0 \n\n",
        "Done!\n",
    ]
    for block in blocks:
        panel.append(block)
    assert text_of(panel).toPlainText() == "".join(blocks)


def test_that_text_that_looks_like_html_stays_text(panel):
    panel.append("<img src=x> T-shirt <new> &amp;\n")
    assert text_of(panel).toPlainText() == "<img src=x> T-shirt <new> &amp;\n"


def test_that_the_log_follows_its_end(panel):
    for number in range(200):
        panel.append(f"line {number}\n")
    bar = text_of(panel).verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_that_the_log_follows_its_end_where_the_panel_became_lower_meanwhile(panel, qtbot):
    for number in range(200):
        panel.append(f"line {number} {'and so on ' * 20}\n")
    for height in (200, 90, 160, 70):
        panel.resize(400, height)
        qtbot.wait(10)
        panel.append("another line\n")
        bar = text_of(panel).verticalScrollBar()
        assert bar.value() == bar.maximum() > 0


def test_that_the_log_stays_where_the_user_has_scrolled_to(panel):
    panel.append("line\n" * 200)
    bar = text_of(panel).verticalScrollBar()
    bar.setValue(20)
    panel.append("line\n" * 200)
    assert bar.value() == 20


def test_that_a_selection_survives_new_lines(panel):
    panel.append("one\ntwo\n")
    text_of(panel).selectAll()
    panel.append("three\n")
    assert text_of(panel).textCursor().selectedText().startswith("one")


def test_that_copy_copies_everything_or_the_selection(qtbot, panel):
    panel.append("one\ntwo\n")
    click(qtbot, panel, "log_copy")
    assert QGuiApplication.clipboard().text() == "one\ntwo\n"
    cursor = text_of(panel).textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, cursor.MoveMode.KeepAnchor)
    text_of(panel).setTextCursor(cursor)
    click(qtbot, panel, "log_copy")
    assert QGuiApplication.clipboard().text() == "one\nt"


def test_that_clear_empties_the_log(qtbot, panel):
    panel.append("one\n")
    click(qtbot, panel, "log_clear")
    assert text_of(panel).toPlainText() == ""


def test_that_a_line_of_a_megabyte_is_cut(panel):
    panel.append("x" * 1_000_000 + "\nnext\n")
    lines = text_of(panel).toPlainText().split("\n")
    assert len(lines[0]) == LONGEST_LINE + 1
    assert lines[1] == "next"

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from workbench.ui.panels.notice import Kind, NoticePanel
from workbench.ui.theme import load_palette


@pytest.fixture
def panel(qtbot):
    panel = NoticePanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    return panel


def click(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_that_it_is_hidden_until_there_is_something_to_say(panel):
    assert panel.isHidden()
    assert panel.text == ""


@pytest.mark.parametrize("kind", Kind)
def test_that_a_sentence_is_shown_as_it_is(panel, kind):
    panel.show_notice("The file <b>x</b> is missing: choose another.", kind)
    assert panel.text == "The file <b>x</b> is missing: choose another."
    assert panel.findChild(QLabel, "notice_text").textFormat() is Qt.TextFormat.PlainText


def test_that_good_news_goes_by_itself_and_what_replaces_it_stays(qtbot, panel):
    panel.show_notice("Saved.", seconds=0.05)
    qtbot.waitUntil(lambda: panel.text == "")
    panel.show_notice("Saved.", seconds=0.05)
    panel.show_notice("It broke.", Kind.ERROR)
    qtbot.wait(150)
    assert panel.text == "It broke."


def test_that_it_goes_when_dismissed(qtbot, panel):
    panel.show_notice("Saved.")
    click(qtbot, panel, "notice_dismiss")
    assert panel.text == ""


def test_that_details_can_be_copied_where_there_are_some(qtbot, panel):
    panel.show_notice("It broke.", Kind.ERROR, "Traceback: …")
    click(qtbot, panel, "notice_copy")
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    panel.show_notice("Saved.")
    assert panel.findChild(QToolButton, "notice_copy").isHidden()

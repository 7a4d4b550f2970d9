import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QToolButton

from workbench.ui.panels import notification_bar as module
from workbench.ui.panels.notification_bar import Choice, Kind, NotificationBar
from workbench.ui.style.palette import load_palette


@pytest.fixture
def panel(qtbot):
    panel = NotificationBar()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    return panel


def click(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_that_the_bar_is_hidden_until_the_first_notice(panel):
    assert panel.isHidden()
    assert panel.text == ""


@pytest.mark.parametrize("kind", Kind)
def test_that_a_sentence_with_markup_is_shown_as_plain_text(panel, kind):
    panel.show_notice("The file <b>x</b> is missing: choose another.", kind)
    assert panel.text == "The file <b>x</b> is missing: choose another."
    assert panel.findChild(QLabel, "notice_text").textFormat() is Qt.TextFormat.PlainText


def test_that_a_notice_with_a_time_hides_itself_and_the_notice_that_replaces_it_stays(qtbot, panel):
    panel.show_notice("Saved.", seconds=0.05)
    qtbot.waitUntil(lambda: panel.text == "")
    panel.show_notice("Saved.", seconds=0.05)
    panel.show_notice("It broke.", Kind.ERROR)
    qtbot.wait(150)
    assert panel.text == "It broke."


def test_that_a_dismissed_notice_disappears(qtbot, panel):
    panel.show_notice("Saved.")
    click(qtbot, panel, "notice_dismiss")
    assert panel.text == ""


def test_that_details_are_one_click_away_and_the_notice_stays(qtbot, panel):
    panel.show_notice("It broke.", Kind.ERROR, "Traceback: …")
    click(qtbot, panel, "notice_details")
    dialog = panel.findChild(QDialog, "details_dialog")
    assert dialog.findChild(QPlainTextEdit, "details_text").toPlainText() == "Traceback: …"
    assert not dialog.isModal()
    dialog.findChild(QPushButton, "details_copy").click()
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    dialog.close()
    assert panel.text == "It broke."
    panel.show_notice("Saved.")
    assert panel.findChild(QToolButton, "notice_details").isHidden()


def test_that_details_can_be_copied_where_there_are_some(qtbot, panel):
    panel.show_notice("It broke.", Kind.ERROR, "Traceback: …")
    click(qtbot, panel, "notice_copy")
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    panel.show_notice("Saved.")
    assert panel.findChild(QToolButton, "notice_copy").isHidden()


def press(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_that_the_action_of_a_choice_is_called_after_the_notice_is_hidden(qtbot, panel):
    seen = []
    choices = [
        Choice("slower", "Slower", lambda: seen.append(("slower", panel.text))),
        Choice("stay", "Stay", lambda: seen.append(("stay", panel.text))),
    ]
    panel.show_notice("The loss leapt.", Kind.WARNING, choices=choices)
    press(qtbot, panel, "notice_slower")
    assert seen == [("slower", "")]
    assert panel.isHidden()


def test_that_a_notice_that_replaces_a_question_removes_its_buttons(qtbot, panel):
    panel.show_notice("The loss leapt.", Kind.WARNING, choices=[Choice("stay", "Stay", lambda: None)])
    panel.show_notice("Saved.")
    assert panel.findChild(QPushButton, "notice_stay") is None


def test_that_an_answer_may_ask_the_next_question(qtbot, panel):
    def ask_again():
        panel.show_notice("Sure?", choices=[Choice("yes", "Yes", lambda: None)])

    panel.show_notice("Delete?", choices=[Choice("yes", "Yes", ask_again)])
    press(qtbot, panel, "notice_yes")
    assert panel.text == "Sure?"
    press(qtbot, panel, "notice_yes")
    assert panel.text == ""


def test_that_withdrawing_a_question_removes_no_other_notice(panel):
    panel.show_notice("The loss leapt.", topic="guard")
    panel.withdraw("guard")
    assert panel.text == ""
    panel.show_notice("It broke.")
    panel.withdraw("guard")
    assert panel.text == "It broke."


def test_that_a_choice_that_changes_nothing_replaces_dismiss(qtbot, panel):
    panel.show_notice("The loss leapt.", choices=[Choice("slower", "Slower", lambda: None), Choice("stay", "Stay")])
    assert panel.findChild(QToolButton, "notice_dismiss").isHidden()
    press(qtbot, panel, "notice_stay")
    assert panel.text == ""
    panel.show_notice("Saved.")
    assert not panel.findChild(QToolButton, "notice_dismiss").isHidden()


def test_that_an_unread_error_comes_back_and_is_counted_meanwhile(qtbot, panel):
    panel.show_notice("The disk is full.", Kind.ERROR, "Traceback: …")
    panel.show_notice("The store cannot be written.", Kind.ERROR)
    panel.show_notice("Saved.", seconds=0.05)
    assert panel.sentences == ["Saved.", "The store cannot be written.", "The disk is full."]
    assert panel.findChild(QLabel, "notice_more").text() == "2 more"
    qtbot.waitUntil(lambda: panel.text == "The store cannot be written.")
    click(qtbot, panel, "notice_dismiss")
    assert panel.text == "The disk is full."
    assert panel.findChild(QLabel, "notice_more").isHidden()
    click(qtbot, panel, "notice_copy")
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    click(qtbot, panel, "notice_dismiss")
    assert panel.sentences == []
    assert panel.isHidden()


def test_that_an_error_that_has_been_read_is_replaced(panel, monkeypatch):
    monkeypatch.setattr(module, "READING_S", 0.0)
    panel.show_notice("The folder does not exist.", Kind.ERROR)
    panel.show_notice("Saved.")
    assert panel.sentences == ["Saved."]


def test_that_a_sentence_that_is_shown_twice_is_listed_once(panel):
    for _ in range(3):
        panel.show_notice("The disk is full.", Kind.ERROR)
        panel.show_notice("The store cannot be written.", Kind.ERROR)
    assert panel.sentences == ["The store cannot be written.", "The disk is full."]


def test_that_a_question_comes_back_with_its_buttons_unless_it_was_withdrawn(qtbot, panel):
    panel.show_notice("The loss leapt.", choices=[Choice("slower", "Slower", lambda: None)], topic="guard")
    panel.show_notice("Saved.")
    click(qtbot, panel, "notice_dismiss")
    assert panel.findChild(QPushButton, "notice_slower") is not None
    panel.show_notice("Saved.")
    panel.withdraw("guard")
    assert panel.sentences == ["Saved."]
    assert panel.findChild(QLabel, "notice_more").isHidden()


def test_that_clear_removes_all_notices(panel):
    panel.show_notice("It broke.", Kind.ERROR)
    panel.show_notice("It broke again.", Kind.ERROR)
    panel.clear()
    assert panel.sentences == []
    assert panel.text == ""

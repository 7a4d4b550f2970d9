"""Explain this in dialogs: the keys work there, and the card is seen over the dialog."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QPushButton, QTextEdit

from workbench.ui.help.explaining.dialog_keys import DialogKeys
from workbench.ui.help.explaining.explain_mode import ExplainMode
from workbench.ui.help.explaining.finder import Finder
from workbench.ui.widgets.callout import Callout

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Shown:
    """A window with a modal dialog, which has a field and a button."""

    def __init__(self, qtbot):
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.mode = ExplainMode(self.window, Finder(None, None, None, {}))
        DialogKeys(self.mode, QKeySequence("F1"), QKeySequence("Shift+F1"))
        self.dialog = QDialog(self.window)
        self.dialog.setWindowTitle("Go to step")
        self.field, self.button = QLineEdit("12", self.dialog), QPushButton("Go", self.dialog)
        self.field.setAccessibleName("Step")
        self.button.setToolTip("Go to the step.")
        self.button.move(0, 60)
        self.pressed = []
        self.button.clicked.connect(lambda: self.pressed.append("Go"))
        self.dialog.resize(160, 100)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
        self.field.setFocus()

    @property
    def said(self):
        card = self.dialog.findChild(Callout)
        return "" if card is None else card.text


@pytest.fixture
def shown(qtbot):
    shown = Shown(qtbot)
    yield shown
    shown.mode.stop()


def click(widget, place=None):
    place = widget.rect().center() if place is None else place
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_that_a_key_explains_the_control_with_the_keyboard_and_escape_closes_only_the_card(shown):
    QTest.keyClick(shown.field, Qt.Key.Key_F1, SHIFT)
    assert shown.said == "Step: 12"
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert (shown.said, shown.dialog.isVisible()) == ("", True)
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert not shown.dialog.isVisible()


def test_that_a_click_explains_instead_of_pressing_until_escape(shown):
    QTest.keyClick(shown.field, Qt.Key.Key_F1)
    click(shown.button)
    assert shown.said.startswith("Go\nGo to the step.")
    click(shown.field)
    assert shown.said == "Step: 12"
    click(shown.dialog, QPoint(150, 50))
    assert shown.said == ""
    assert shown.pressed == []
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert (shown.mode.is_on, shown.dialog.isVisible()) == (False, True)
    click(shown.button)
    assert shown.pressed == ["Go"]


def test_that_an_empty_field_is_explained_by_what_it_asks_for(shown):
    shown.field.setPlaceholderText("From 0 to 12")
    shown.field.clear()
    QTest.keyClick(shown.field, Qt.Key.Key_F1, SHIFT)
    assert shown.said == "Step\nFrom 0 to 12"


def test_that_the_card_is_whole_though_the_dialog_is_small(shown):
    QTest.keyClick(shown.field, Qt.Key.Key_F1, SHIFT)
    card = shown.dialog.findChild(Callout)
    assert card.isWindow()
    assert card.width() > shown.dialog.width()
    assert not card.geometry().contains(shown.field.mapToGlobal(shown.field.rect().center()))


def test_that_the_mode_ends_with_the_dialog(shown, qtbot):
    QTest.keyClick(shown.field, Qt.Key.Key_F1)
    click(shown.button)
    shown.dialog.reject()
    assert not shown.mode.is_on
    assert QApplication.overrideCursor() is None
    shown.dialog.deleteLater()
    with qtbot.waitSignal(shown.dialog.destroyed):
        pass
    shown.mode.start()
    shown.mode.stop()


def test_that_a_control_without_a_value_is_explained_by_its_name_and_tool_tip(shown, qtbot):
    text = QTextEdit(shown.dialog)
    text.setAccessibleName("Source")
    text.setToolTip("The code of the network.")
    text.show()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_F1, SHIFT)
    assert shown.said == "Source\nThe code of the network."


def test_that_a_dialog_has_the_keys_once_however_often_it_has_the_keyboard(shown, qtbot):
    other = QDialog(shown.dialog)
    with qtbot.waitActive(other):
        other.open()
    other.reject()
    qtbot.waitUntil(shown.dialog.isActiveWindow)
    QTest.keyClick(shown.field, Qt.Key.Key_F1, SHIFT)
    assert shown.said == "Step: 12"

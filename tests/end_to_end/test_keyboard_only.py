"""A whole run by keyboard alone, from the first window to saved weights, with nothing but keys sent to the focus."""

import pytest
import torch
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu

from workbench.ui.models.session_state import SessionState

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


class Keys:
    """Sends keys to whatever has the focus."""

    def __init__(self, person):
        self.person = person
        self.qtbot = person.qtbot

    @property
    def focus(self):
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.person.window

    def press(self, *keys, modifiers=NONE):
        for key in keys:
            self.qtbot.keyClick(self.focus, key, modifiers)

    def type(self, text):
        self.qtbot.keyClicks(self.focus, text)

    def tab_to(self, name):
        for _ in range(200):
            if self.focus.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")


@pytest.fixture
def keys(person):
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow)
    return Keys(person)


def test_that_a_run_is_set_trained_steered_looked_at_and_saved_by_keys(person, keys, tmp_path):
    keys.press(Qt.Key.Key_S, modifiers=ALT | SHIFT)  # the settings
    keys.tab_to("learning_rate_entry")
    keys.press(Qt.Key.Key_A, modifiers=CONTROL)
    keys.type("0.05")
    keys.press(Qt.Key.Key_Return)
    assert person.control("learning_rate").value() == 0.05
    keys.tab_to("epochs_entry")
    keys.press(Qt.Key.Key_A, modifiers=CONTROL)
    keys.type("300")
    keys.press(Qt.Key.Key_Tab)
    assert person.control("epochs").value() == 300

    keys.press(Qt.Key.Key_R, modifiers=CONTROL)
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 5)
    keys.press(Qt.Key.Key_S, modifiers=ALT | SHIFT)
    keys.tab_to("learning_rate_slider")
    keys.press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    person.wait_for(lambda: any(change.name == "learning_rate" for change in person.window.history.changes))
    keys.press(Qt.Key.Key_Space)
    person.wait_until_paused()

    steps = len(person.window.history)
    keys.press(Qt.Key.Key_F6)  # the curves
    keys.press(*[Qt.Key.Key_Left] * 4)
    assert person.find("readout").text().startswith(f"Step {steps - 4:,} ·")
    keys.press(Qt.Key.Key_Return)
    person.wait_until_paused(steps - 4)
    keys.press(Qt.Key.Key_Period)
    person.wait_until_paused(steps - 3)

    keys.press(Qt.Key.Key_Period, modifiers=CONTROL)
    person.wait_for(lambda: person.window.state is SessionState.READY)
    target = tmp_path / "by hand.pt"

    def answer():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not dialog.isAncestorOf(keys.focus):
            QTimer.singleShot(10, answer)
            return
        keys.press(Qt.Key.Key_A, modifiers=CONTROL)
        keys.type(str(target))
        accept(dialog)

    def accept(dialog):
        # The first Return may choose what the field has completed.
        if dialog.isVisible():
            keys.press(Qt.Key.Key_Return)
            QTimer.singleShot(50, lambda: accept(dialog))

    QTimer.singleShot(0, answer)
    keys.press(Qt.Key.Key_S, modifiers=CONTROL)
    person.wait_for(target.exists)
    person.wait_for(lambda: str(target) in person.notice)
    assert torch.load(target, weights_only=True)


def test_that_a_row_is_chosen_and_a_box_ticked_by_keys(person, keys):
    keys.press(Qt.Key.Key_S, modifiers=ALT | SHIFT)
    keys.tab_to("optimizer")
    assert isinstance(keys.focus, QComboBox)
    keys.press(Qt.Key.Key_Down)
    assert person.control("optimizer").value() == "adam"
    keys.tab_to("shuffle_check")
    before = person.control("shuffle").value()
    keys.press(Qt.Key.Key_Space)
    assert person.control("shuffle").value() is not before
    assert person.window.state is SessionState.READY


def test_that_the_menus_open_and_act_by_their_letters(person, keys):
    menu = next(action.menu() for action in person.window.menuBar().actions() if action.text() == "&View")
    assert isinstance(menu, QMenu)
    keys.press(Qt.Key.Key_V, modifiers=ALT)
    person.wait_for(menu.isVisible)
    compare = person.action("workspace_compare")
    letter = compare.text()[compare.text().index("&") + 1].upper()
    keys.press(getattr(Qt.Key, f"Key_{letter}"))
    person.wait_for(compare.isChecked)
    assert menu.isHidden()

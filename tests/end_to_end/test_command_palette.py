"""The command palette of the real window: it does what the menus, controls, panels and tables do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit

from workbench.ui.models.session_state import SessionState


class Palette:
    def __init__(self, person):
        self.person = person
        self.frame = person.find("command_palette", QFrame)
        self.field = person.find("command_palette_field", QLineEdit)

    def type(self, text):
        if self.frame.isHidden():
            self.person.qtbot.keyClick(
                QApplication.focusWidget() or self.person.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
            )
            assert self.field.hasFocus()
        self.field.selectAll()
        self.person.qtbot.keyClicks(self.field, text)
        return self.frame.shown[0]

    def do(self, text):
        self.type(text)
        self.person.qtbot.keyClick(self.field, Qt.Key.Key_Return)
        assert self.frame.isHidden()
        self.person.qtbot.wait(1)


@pytest.fixture
def palette(person):
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow)
    return Palette(person)


def test_that_a_typed_value_moves_the_slider_and_is_one_step_of_undo(person, palette):
    palette.do("lr 0.01")
    palette.do("lr 0.02")
    assert person.control("learning_rate").value() == 0.02
    person.press("undo")
    assert person.control("learning_rate").value() == 0.01
    person.press("undo")
    assert person.control("learning_rate").value() == 0.001
    assert not person.action("undo").isEnabled()


def test_that_a_run_is_trained_steered_and_stopped_from_the_palette(person, palette):
    palette.do("epochs 100")
    palette.do("train")
    person.wait_until_training()
    assert "Locked while training" in palette.type("seed 3").why_not
    palette.do("lr 0.05")
    person.wait_for(lambda: any(change.new == 0.05 for change in person.window.history.changes))
    palette.do("pause")
    person.wait_until_paused()
    assert palette.type("resume").title == "Resume"
    palette.do("stop")
    person.wait_until_ready()
    assert palette.type("stop").why_not == "No run is active."


def test_that_a_choice_is_made_as_in_its_list(person, palette):
    palette.do("optimizer adam")
    assert person.control("optimizer").value() == "adam"
    assert person.control("learning_rate").isVisible()


def test_that_a_run_of_the_store_is_opened(person, palette):
    person.train(epochs=2)
    steps = len(person.window.history)
    person.train(epochs=1)

    def is_listed():
        palette.frame.close_palette()  # what it lists is made when it opens
        return palette.type("run 1").title == "Open Run 1"

    person.wait_for(is_listed)
    palette.do("run 1")
    person.wait_for(lambda: len(person.window.history) == steps)


def test_that_a_panel_comes_to_the_front_and_takes_the_keyboard(person, palette):
    runs = person.find("runs_dock")
    assert runs.visibleRegion().isEmpty()
    palette.do("panel runs")
    person.wait_for(lambda: not runs.visibleRegion().isEmpty())
    person.wait_for(lambda: runs.isAncestorOf(QApplication.focusWidget()))


def test_that_a_panel_of_another_workspace_is_shown_there(person, palette):
    palette.do("confusion")
    dock = person.find("confusion_matrix_dock")
    person.wait_for(lambda: not dock.visibleRegion().isEmpty())
    assert person.action("workspace_understand").isChecked()


def test_that_it_can_be_opened_while_pytorch_loads(open_window, tiny_root):
    user = open_window("--data-root", tiny_root)
    frame = user.find("command_palette", QFrame)
    user.press("command_palette")
    if user.window.state is SessionState.LOADING:
        assert next(each for each in frame.shown if each.key == "action:train").why_not
    assert frame.isVisible()
    user.wait_until_ready()

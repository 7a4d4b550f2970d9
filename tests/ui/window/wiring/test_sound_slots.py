from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from workbench.engine.errors import UserError
from workbench.ui.actions.qactions import create_actions
from workbench.ui.controllers.notifications import SOUND
from workbench.ui.window.wiring.sound_slots import connect_sound


class Sound(QObject):
    """Can be switched on where nothing is wrong."""

    changed = Signal()
    failed = Signal(UserError)
    recovered = Signal()

    def __init__(self, parent):
        super().__init__(parent)
        self.is_on = False
        self.problem = None
        self.asked = 0

    def set_on(self, is_on):
        self.is_on = is_on and self.problem is None
        if is_on and self.problem is not None:
            self.failed.emit(self.problem)
        self.changed.emit()

    def ask_volume(self):
        self.asked += 1


class Notices:
    def __init__(self):
        self.shown = {}

    def show_problem(self, problem, *, topic):
        self.shown[topic] = str(problem)

    def withdraw(self, topic):
        self.shown.pop(topic, None)


@pytest.fixture
def parts(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    refreshed = []
    parts = SimpleNamespace(
        window=window,
        actions=create_actions(window),
        loss_sound=Sound(window),
        notifications=Notices(),
        action_updater=SimpleNamespace(refresh=lambda: refreshed.append(True)),
        refreshed=refreshed,
    )
    connect_sound(parts)
    return parts


def test_that_the_action_switches_the_sound_and_shows_whether_it_is_on(parts):
    parts.actions["loss_sound"].trigger()
    assert parts.loss_sound.is_on
    parts.loss_sound.set_on(False)
    assert not parts.actions["loss_sound"].isChecked()
    parts.actions["sound_volume"].trigger()
    assert parts.loss_sound.asked == 1


def test_that_a_sound_that_cannot_be_heard_is_not_shown_as_on_and_the_notice_goes_with_its_cause(parts):
    parts.loss_sound.problem = UserError("No audio output was found.")
    parts.actions["loss_sound"].trigger()
    assert not parts.actions["loss_sound"].isChecked()
    assert parts.notifications.shown == {SOUND: "No audio output was found."}
    assert parts.refreshed
    parts.loss_sound.recovered.emit()
    assert parts.notifications.shown == {}

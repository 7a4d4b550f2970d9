import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation, RunIdentity
from workbench.engine.protocol.events import RunProgress, RunStarted, Travelled
from workbench.engine.recipe import Recipe
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.status import StatusPanel

RECIPE = Recipe(values={"epochs": 2})


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def plots(window):
    return CurvesPanel(window)


@pytest.fixture
def display(window, plots):
    display = LiveView(plots, StatusPanel(window), window)
    display.watch(window)
    return display


@pytest.fixture
def history():
    history = History()
    for _ in range(20):
        history.add_step(1.0, 0.5)
    history.add_change(Change(5, "learning_rate", 0.001, 0.1))
    return history


def started(history, **changes):
    gauge = RunProgress(epoch=2, planned_epochs=2, planned_steps=20)
    return RunStarted(RECIPE, history, gauge, 640, 1, RunIdentity.new(), {**RECIPE.values, **changes})


def test_that_frames_are_drawn_only_while_the_window_is_seen(qtbot, window, display, history):
    display.begin(started(history))
    assert not display.clock.findChild(QTimer).isActive()
    window.show()
    assert display.clock.findChild(QTimer).isActive()
    window.showMinimized()
    qtbot.waitUntil(lambda: not display.clock.findChild(QTimer).isActive())
    window.showNormal()
    qtbot.waitUntil(lambda: display.clock.findChild(QTimer).isActive())
    window.hide()
    assert not display.clock.findChild(QTimer).isActive()


def test_that_the_figures_are_shown_with_a_frame_and_only_now_and_then(window, display, history, monkeypatch):
    shown = []
    monkeypatch.setattr(StatusPanel, "show_gauge", lambda *_: shown.append(len(history)))
    window.show()
    display.begin(started(history))
    for _ in range(5):
        display.clock.frame_due.emit()
    assert shown == [20]
    monkeypatch.setattr("workbench.ui.controllers.live_view.STATUS_INTERVAL_S", 0.0)
    display.clock.frame_due.emit()
    assert shown == [20, 20]


def test_that_a_run_that_is_opened_brings_its_marks_along(display, plots, history):
    display.begin(started(history))
    assert plots.stack.marks.texts == ["Learning rate 0.001 → 0.1"]


def test_that_going_back_takes_the_marks_beyond_away(display, plots, history):
    display.begin(started(history))
    future = history.copy()
    history.truncate(3)
    display.travel(Travelled(3, 20, RECIPE.values, future))
    assert "Learning rate 0.001 → 0.1" not in plots.stack.marks.texts


def test_that_there_is_more_to_train_until_the_last_planned_epoch_is_tested(display, history):
    assert not display.steps_left
    display.begin(started(history))
    assert display.steps_left
    for epoch in (1, 2):
        history.add_evaluation(Evaluation(10 * epoch, epoch, 1.0, 0.5))
    assert not display.steps_left


def test_that_a_run_that_is_gone_is_no_longer_shown(display, history):
    display.begin(started(history))
    display.clear()
    assert display.history is None
    assert not display.steps_left

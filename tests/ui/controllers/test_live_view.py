from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from workbench.engine.history.history import History
from workbench.engine.history.records import Change
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.runtime.thread_waits import ProcessorTime
from workbench.ui.controllers import live_view
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.models.session_state import SessionState
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.figures import FiguresPanel
from workbench.ui.panels.status import StatusPanel
from workbench.ui.plotting.render.frame_clock import FrameClock

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
def run(history):
    """A run that trains, with the attributes of a RunModel."""
    return SimpleNamespace(
        state=SessionState.TRAINING,
        recipe=RECIPE,
        history=history,
        progress=RunProgress(epoch=2, planned_epochs=2, planned_steps=20),
        recording=None,
        train_count=640,
        threads=1,
        has_validation=False,
        step=len(history),
        values=dict(RECIPE.values),
    )


@pytest.fixture
def view(window, run, plots):
    view = LiveView(run, plots, FiguresPanel(window), StatusPanel(window), window)
    view.watch(window)
    return view


@pytest.fixture
def history():
    history = History()
    for _ in range(20):
        history.add_step(1.0, 0.5)
    history.add_change(Change(5, "learning_rate", 0.001, 0.1))
    return history


def test_that_frames_are_drawn_only_while_the_window_is_seen(qtbot, window, view, history):
    view.on_started()
    assert not view.findChild(FrameClock).findChild(QTimer).isActive()
    window.show()
    assert view.findChild(FrameClock).findChild(QTimer).isActive()
    window.showMinimized()
    qtbot.waitUntil(lambda: not view.findChild(FrameClock).findChild(QTimer).isActive())
    window.showNormal()
    qtbot.waitUntil(lambda: view.findChild(FrameClock).findChild(QTimer).isActive())
    window.hide()
    assert not view.findChild(FrameClock).findChild(QTimer).isActive()


def test_that_the_figures_are_shown_with_a_frame_and_only_now_and_then(window, view, history, monkeypatch):
    shown = []
    monkeypatch.setattr(StatusPanel, "show_progress", lambda *_: shown.append(len(history)))
    window.show()
    view.on_started()
    for _ in range(5):
        view.findChild(FrameClock).frame_due.emit()
    assert shown == [20]
    monkeypatch.setattr("workbench.ui.controllers.live_view.STATUS_INTERVAL_S", 0.0)
    view.findChild(FrameClock).frame_due.emit()
    assert shown == [20, 20]


def test_that_it_says_when_the_figures_of_the_run_are_up_to_date(qtbot, view):
    for brings_figures in (view.on_started, view.on_discarded):
        with qtbot.waitSignal(view.result_shown):
            brings_figures()


def test_that_a_run_that_is_opened_brings_its_marks_along(view, plots, history):
    view.on_started()
    assert plots.stack.marks.texts == ["Learning rate 0.001 → 0.1"]


def test_that_going_back_takes_the_marks_beyond_away(view, run, plots, history):
    view.on_started()
    run.recording = history.copy()
    history.truncate(3)
    view.on_travelled()
    assert "Learning rate 0.001 → 0.1" not in plots.stack.marks.texts


def test_that_the_status_bar_keeps_the_users_request_while_the_run_still_trains(window, view, run, monkeypatch):
    shown = []
    monkeypatch.setattr(StatusPanel, "show_progress", lambda *_: shown.append(1))
    window.show()
    view.on_started()
    run.state = SessionState.PAUSING
    view.findChild(FrameClock).frame_due.emit()
    assert shown == []


def test_that_the_status_bar_says_when_other_programs_slow_the_run_down(window, run, plots, monkeypatch):
    now, waited = [100.0], [0.0]
    monkeypatch.setattr(live_view.time, "monotonic", lambda: now[0])
    status = StatusPanel(window)
    view = LiveView(
        run, plots, FiguresPanel(window), status, window, time_of_process=lambda: ProcessorTime(now[0], waited[0])
    )
    view.on_started()
    label = status.findChild(QLabel, "status_slowed")

    def train(seconds, steps, share):
        for _ in range(2 * seconds):
            now[0] += 0.5
            run.step += steps
            waited[0] += 0.5 * share
            view._draw_frame()

    train(10, 50, 0.0)
    assert label.isHidden()
    run.progress.testing = True
    train(3, 0, 0.0)
    run.progress.testing = False
    assert label.isHidden()
    train(5, 10, 0.9)
    assert "5×" in label.text()
    assert not label.isHidden()
    train(4, 50, 0.0)
    assert label.isHidden()
    train(5, 10, 0.9)
    view.stop()
    assert label.isHidden()

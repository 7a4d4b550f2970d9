"""Inspection: which queries are sent, and when."""

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.events import Inspected, RunPaused
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.engine.protocol.queries import Answer, Query
from workbench.engine.protocol.queries.predictions import PredictTestSet
from workbench.ui.controllers.inspection import SHARE, Inspection
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panel_bases.inspection_panel import InspectionPanel

SPEC = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b"))


@dataclass(frozen=True)
class Ask(Query):
    what: str


@dataclass(frozen=True)
class Said(Answer):
    what: str


class LivePanel(InspectionPanel):
    def __init__(self, model, name):
        super().__init__(model, name, "chart")
        self.asks, self.shown = Ask(name), []

    @property
    def query(self):
        return self.asks

    def show_answer(self, event):
        self.shown.append(event.step)


class PredictionsPanel(InspectionPanel):
    uses_predictions = True


class Window:
    def __init__(self, training, qtbot):
        self.training = training
        training.model.predictions = PredictionLog(SPEC, np.zeros((4, 2), np.float32), np.zeros(4, np.int64))
        self.model = InspectionModel(training.model)
        self.panels = [LivePanel(self.model, name) for name in ("first", "second")]
        self.predictions = PredictionsPanel(self.model, "third", "chart")
        panels = (*self.panels, self.predictions)
        for panel in panels:
            qtbot.addWidget(panel)
        self.inspection = Inspection(training.connection, training.model, self.model, panels)
        self.sent = training.connection.sent
        self.model.refresh()

    def answer(self, seconds=0.0, problem=None):
        asked = self.sent[-1]
        answer = None if problem else Said("")
        here = self.training.model.step
        self.training.emit(Inspected(asked.query, asked.step, self.training.run.id, here, answer, seconds, problem))


@pytest.fixture
def window(training, qtbot):
    return Window(training, qtbot)


def test_that_a_panel_that_cannot_be_seen_asks_nothing(window, qtbot):
    window.training.emit(RunPaused(12))
    qtbot.wait(20)
    assert window.sent == []


def test_that_a_panel_behind_another_with_tabs_asks_nothing_until_it_is_in_front(window, qtbot):
    window.training.emit(RunPaused(12))
    shell = QMainWindow()
    docks = [QDockWidget(panel.objectName(), shell) for panel in window.panels]
    for dock, panel in zip(docks, window.panels, strict=True):
        dock.setWidget(panel)
        shell.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    shell.tabifyDockWidget(*docks)
    docks[0].raise_()
    shell.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.answer()
    qtbot.wait(100)
    assert window.sent == [Inspect(Ask("first"))]
    assert [panel.is_seen for panel in window.panels] == [True, False]
    docks[1].raise_()
    qtbot.waitUntil(lambda: len(window.sent) == 2)
    assert window.sent[1] == Inspect(Ask("second"))
    assert [panel.is_seen for panel in window.panels] == [False, True]
    for panel in window.panels:  # the fixture closes them
        panel.setParent(None)
    shell.close()


def test_that_visible_panels_ask_in_turn_and_one_at_a_time(window, qtbot):
    window.training.emit(RunPaused(12))
    for panel in window.panels:
        panel.show()
    qtbot.wait(20)
    assert window.sent == [Inspect(Ask("first"))]
    window.answer()
    qtbot.waitUntil(lambda: len(window.sent) == 2)
    assert window.sent[1] == Inspect(Ask("second"))
    window.answer()
    qtbot.wait(20)
    assert len(window.sent) == 2  # the run stands still: both know all
    assert [panel.shown for panel in window.panels] == [[12], [12]]


def test_that_a_panel_follows_a_run_that_trains_within_its_share_of_the_time(window, qtbot):
    panel = window.panels[0]
    panel.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.training.history.add_step(0.5, 0.5)
    window.answer(seconds=0.003)
    assert window.inspection.wait_ms >= 1000 * 0.003 / SHARE - 1
    qtbot.waitUntil(lambda: len(window.sent) == 1, timeout=50)
    window.training.history.add_step(0.5, 0.5)
    qtbot.waitUntil(lambda: len(window.sent) == 2)


def test_that_what_it_takes_to_show_an_answer_counts_as_well(window, qtbot, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("workbench.ui.controllers.inspection.time.thread_time", lambda: clock[0])
    panel = window.panels[0]
    panel.show_answer = lambda _: clock.__setitem__(0, clock[0] + 0.006)
    panel.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.training.history.add_step(0.5, 0.5)
    window.answer(seconds=0.0)
    window.training.history.add_step(0.5, 0.5)
    # First the shortest wait, then the rest of what drawing asks for.
    whole = round(1000 * 0.006 / SHARE)
    qtbot.waitUntil(lambda: 33 < window.inspection.wait_ms <= whole - 33)
    assert len(window.sent) == 1
    qtbot.waitUntil(lambda: len(window.sent) == 2)


def test_that_a_run_that_trains_no_further_is_not_asked_again(window, qtbot):
    panel = window.panels[0]
    panel.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.answer()
    qtbot.wait(100)
    assert len(window.sent) == 1


def test_that_what_is_asked_once_comes_before_what_the_panels_want(window, qtbot):
    window.training.emit(RunPaused(12))
    window.inspection.ask(Ask("once"))
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.panels[0].show()
    window.answer()
    qtbot.waitUntil(lambda: len(window.sent) == 2)
    assert window.sent == [Inspect(Ask("once")), Inspect(Ask("first"))]
    window.answer()
    qtbot.wait(30)
    assert len(window.sent) == 2


def test_that_looking_back_asks_at_that_step(window, qtbot):
    window.training.emit(RunPaused(12))
    window.model.show_step(10)
    window.panels[0].show()
    qtbot.waitUntil(lambda: window.sent == [Inspect(Ask("first"), 10)])


def test_that_an_answer_that_came_too_late_is_not_shown(window, qtbot):
    window.training.emit(RunPaused(12))
    panel = window.panels[0]
    panel.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    panel.asks = Ask("another")
    window.answer()
    assert panel.shown == []
    qtbot.waitUntil(lambda: window.sent[-1] == Inspect(Ask("another")))


def test_that_a_problem_is_shown_in_the_panel_and_not_asked_again(window, qtbot):
    window.training.emit(RunPaused(12))
    panel = window.panels[0]
    panel.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.answer(problem=UserError("The network failed."))
    qtbot.wait(20)
    assert panel.text == "The network failed."
    assert len(window.sent) == 1


def test_that_predictions_are_asked_once_for_all_panels_that_show_them(window, qtbot):
    window.training.emit(RunPaused(12))
    window.predictions.show()
    qtbot.waitUntil(lambda: window.sent == [Inspect(PredictTestSet())])


def test_that_a_panel_says_what_will_appear_where_there_is_no_run(training, qtbot):
    panel = LivePanel(InspectionModel(training.model), "panel")
    qtbot.addWidget(panel)
    panel.show()
    assert "press Train" in panel.text


def test_that_earlier_evaluations_are_asked_last_and_only_for_a_panel_that_shows_them(window, qtbot, monkeypatch):
    monkeypatch.setattr(PredictionsPanel, "uses_history", True)
    for step in (4, 8):
        window.training.history.add_evaluation(Evaluation(step, 1, 0.5, 0.75))
    window.training.emit(RunPaused(12))
    window.predictions.show()
    qtbot.waitUntil(lambda: len(window.sent) == 1)
    assert window.sent[-1] == Inspect(PredictTestSet())
    for number, step in enumerate((8, 4), 2):
        window.answer(problem=UserError("The network failed."))
        qtbot.waitUntil(lambda number=number: len(window.sent) == number)
        assert window.sent[-1] == Inspect(PredictTestSet(), step)
    window.answer(problem=UserError("The network failed."))
    qtbot.wait(60)
    assert len(window.sent) == 3

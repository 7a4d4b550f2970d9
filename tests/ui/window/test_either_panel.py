"""EitherPanel: a dock shows the panel that is for the data."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from tests.ui.prediction_parts import ClassifiedRun, RegressionRun
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.ui.panels.confusion import ConfusionPanel
from workbench.ui.panels.residuals import ResidualsPanel
from workbench.ui.window.either_panel import EitherPanel


def test_that_the_panel_and_the_title_follow_the_data(qtbot, training):
    numbers = np.zeros((4, 1), np.float32)
    regression = RegressionRun(training, ["y"], numbers, numbers)
    model = regression.model
    confusion, residuals = ConfusionPanel(model), ResidualsPanel(model)
    either = EitherPanel(model, ((confusion, "Confusion"), (residuals, "Residuals")))
    dock = QDockWidget("Confusion")
    qtbot.addWidget(dock)
    dock.setWidget(either)
    model.subject_changed.emit()
    assert either.currentWidget() is residuals
    assert dock.windowTitle() == "Residuals"
    classes = ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]])
    assert isinstance(classes.log, PredictionLog)
    model.refresh()
    assert either.currentWidget() is confusion
    assert dock.windowTitle() == "Confusion"
    training.model.predictions = None
    model.refresh()
    assert either.currentWidget() is confusion  # nothing to choose by


def test_that_a_panel_that_is_not_shown_asks_nothing(qtbot, training):
    model = ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]]).model
    either = EitherPanel(model, ((ConfusionPanel(model), "Confusion"), (ResidualsPanel(model), "Residuals")))
    qtbot.addWidget(either)
    model.subject_changed.emit()
    either.show()
    qtbot.waitExposed(either)
    assert [panel.wants_predictions for panel in either.panels] == [True, False]


def test_that_behind_another_dock_it_shows_nothing_new_until_it_is_in_front(qtbot, training):
    run = ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]])
    model = run.model
    confusion = ConfusionPanel(model)
    either = EitherPanel(model, ((confusion, "Confusion"), (ResidualsPanel(model), "Residuals")))
    window = QMainWindow()
    qtbot.addWidget(window)
    docks = [QDockWidget(name, window) for name in ("first", "second")]
    for dock, panel in zip(docks, (either, QWidget()), strict=True):
        dock.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    window.tabifyDockWidget(*docks)
    docks[1].raise_()
    window.show()
    qtbot.waitUntil(lambda: not confusion.is_seen)
    model.predictions_changed.emit()
    assert confusion.table() is None
    docks[0].raise_()
    qtbot.waitUntil(lambda: confusion.table() is not None)

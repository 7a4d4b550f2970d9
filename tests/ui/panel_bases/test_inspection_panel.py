"""InspectionPanel: what all panels have in common that explain a run."""

import numpy as np

from tests.ui.prediction_parts import ClassifiedRun, RegressionRun
from workbench.ui.panels.calibration import CalibrationPanel
from workbench.ui.panels.classes import ClassesPanel
from workbench.ui.panels.confusion import ConfusionPanel
from workbench.ui.panels.residuals import ResidualsPanel
from workbench.ui.style.palette import load_palette

FOR_CLASSES = (ConfusionPanel, ClassesPanel, CalibrationPanel)


def shown(kind, model, qtbot):
    panel = kind(model)
    panel.set_palette(load_palette("dark"))
    panel.resize(460, 420)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_that_a_panel_without_a_meaning_for_the_data_gives_no_rows_of_other_data(qtbot, training):
    model = ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]]).model
    panels = [shown(kind, model, qtbot) for kind in FOR_CLASSES]
    assert all(panel.table() is not None for panel in panels)
    numbers = np.zeros((4, 1), np.float32)
    RegressionRun(training, ["y"], numbers, numbers)
    model.refresh()
    assert [panel.table() for panel in panels] == [None] * len(panels)


def test_that_classes_have_no_residuals_of_the_numbers_before(qtbot, training):
    numbers = np.zeros((4, 1), np.float32)
    model = RegressionRun(training, ["y"], numbers, numbers).model
    panel = shown(ResidualsPanel, model, qtbot)
    assert panel.table() is not None
    ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]])
    model.refresh()
    assert panel.table() is None


def test_that_where_predictions_are_not_known_yet_there_are_no_rows(qtbot, training):
    run = ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]])
    panel = shown(ConfusionPanel, run.model, qtbot)
    run.model.show_step(5)
    assert panel.table() is None
    run.model.show_step(None)
    assert panel.table() is not None


class SlowPanel(ConfusionPanel):
    least_ms = 60

    def __init__(self, model):
        super().__init__(model)
        self.shown_steps = []

    def show_predictions(self):
        super().show_predictions()
        self.shown_steps.append(self.model.prediction_step)


def test_that_a_panel_that_takes_long_leaves_out_what_is_passed_and_shows_the_last(qtbot, training):
    labels = np.array([0, 1, 0, 1])
    model = ClassifiedRun(training, ("a", "b"), labels, dict.fromkeys(range(1, 13), labels)).model
    panel = shown(SlowPanel, model, qtbot)
    qtbot.wait(80)
    panel.shown_steps.clear()
    for step in range(11, 2, -1):
        model.show_step(step)
    qtbot.waitUntil(lambda: panel.shown_steps[-1:] == [3])
    assert panel.shown_steps == [11, 3]

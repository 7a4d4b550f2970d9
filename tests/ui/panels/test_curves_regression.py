"""The plot of the metric follows the task of the run."""

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.panels.curves_kit import EPOCH, begin, hover, place_of, plot, readout, settle, shown_panel
from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.ui.plotting.curves.overlay_slots import Overlay


def regression_run(steps, scale=1.0):
    """Errors that fall from about 4 to about 1, times `scale`, with a test after every epoch."""
    history = History()
    for step in range(steps):
        if step % EPOCH == 0:
            history.add_epoch_start(EpochStart(step // EPOCH + 1, step))
        error = scale * (1.0 + 3.0 * np.exp(-step / EPOCH))
        history.add_step(error**2, error)
        if step % EPOCH == EPOCH - 1:
            history.add_evaluation(Evaluation(step + 1, step // EPOCH + 1, error**2, error, r2=1 - 0.05 * error))
    return history


def begin_regression(panel, history):
    panel.begin(history, EPOCH, 500, MEAN_ABSOLUTE_ERROR)
    settle()


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]


def test_that_the_plot_of_a_regression_shows_the_error_from_zero(qtbot):
    panel = shown_panel(qtbot)
    begin_regression(panel, regression_run(300))
    _, (low, high) = plot(panel, "accuracy_plot").ranges
    assert low == 0.0
    assert 4.0 < high < 6.0
    assert plot(panel, "accuracy_plot").accessibleName() == "Mean absolute error"
    assert "Mean absolute error" in texts(panel)
    assert "error" in panel.findChild(QWidget, "show_training_accuracy").toolTip()


def test_that_r2_is_in_the_header_and_in_the_readout(qtbot):
    panel = shown_panel(qtbot)
    begin_regression(panel, regression_run(300))
    assert panel.findChild(QLabel, "metric_r2").text().startswith("R² 0.9")
    hover(qtbot, plot(panel), place_of(plot(panel), 250))
    assert "mean absolute error 1." in readout(panel)
    assert "R² 0.9" in readout(panel)
    assert "%" not in readout(panel)


def test_that_the_axis_of_the_error_grows_with_the_run(qtbot):
    panel = shown_panel(qtbot)
    history = regression_run(100)
    begin_regression(panel, history)
    history.add_step(1.0, 17.0)
    panel.refresh()
    assert plot(panel, "accuracy_plot").ranges[1][1] > 17.0


def test_that_a_few_errors_far_above_the_others_do_not_flatten_the_curve(qtbot):
    panel = shown_panel(qtbot)
    history = regression_run(200)
    history.metric.append(1e9)
    history.loss.append(1.0)
    begin_regression(panel, history)
    assert plot(panel, "accuracy_plot").ranges[1][1] < 10.0


def test_that_opening_a_classification_brings_percent_back(qtbot):
    panel = shown_panel(qtbot)
    begin_regression(panel, regression_run(300))
    begin(panel, 200)
    assert plot(panel, "accuracy_plot").ranges[1] == (0.0, 103.0)
    assert plot(panel, "accuracy_plot").accessibleName() == "Accuracy in %"
    assert not panel.findChild(QLabel, "metric_r2").isVisibleTo(panel)


def test_that_a_run_with_another_metric_is_not_drawn_into_its_plot(qtbot):
    panel = shown_panel(qtbot)
    begin_regression(panel, regression_run(300))
    ranges = plot(panel, "accuracy_plot").ranges
    overlays = [
        Overlay("a", "Classes", regression_run(300, 2.0), None, ACCURACY),
        Overlay("b", "Errors", regression_run(300, 2.0), None, MEAN_ABSOLUTE_ERROR),
    ]
    panel.set_overlays(overlays[:1])
    settle()
    assert plot(panel, "accuracy_plot").ranges == ranges
    tip = panel.findChild(QWidget, "legend_a").name.toolTip()
    assert "Only its loss is drawn: it is measured by its accuracy" in tip
    panel.set_overlays(overlays)
    settle()
    assert plot(panel, "accuracy_plot").ranges[1][1] > ranges[1][1]
    assert "Only its loss" not in panel.findChild(QWidget, "legend_b").name.toolTip()

"""The residuals panel: predicted against true numbers, residuals, their figures in words."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.prediction_parts import ClassifiedRun, RegressionRun
from workbench.ui.panels.residuals import ResidualsPanel
from workbench.ui.plotting.charts.point_cloud import PointCloud
from workbench.ui.style.palette import load_palette

TRUE = np.array([[1, 10], [2, 20], [3, 60], [4, 30]], np.float32)
PREDICTED = np.array([[1.5, 90], [2, 10], [3, 90], [4, 20]], np.float32)


@pytest.fixture
def show(qtbot):
    def shown(model):
        panel = ResidualsPanel(model)
        panel.set_palette(load_palette("light"))
        panel.resize(420, 560)
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return shown


def text(panel, name="residuals_text"):
    return panel.findChild(QLabel, name).text()


def test_that_mean_absolute_error_and_r2_are_said_in_words(training, show):
    panel = show(RegressionRun(training, ["height"], TRUE[:, :1], PREDICTED[:, :1]).model)
    assert text(panel) == (
        "height: a prediction is off by 0.125 on average (mean absolute error). R² 0.950: 95.0% of the variance is "
        "explained."
    )
    assert not panel.findChild(QComboBox, "residuals_target").isVisible()


def test_that_each_of_several_numbers_can_be_shown(training, show):
    panel = show(RegressionRun(training, ["a", "b"], TRUE, PREDICTED).model)
    box = panel.findChild(QComboBox, "residuals_target")
    assert box.isVisible()
    box.setCurrentIndex(1)
    assert text(panel).startswith("b: a prediction is off by 32.5 on average")
    assert "always predicting the mean would be better. All 2 numbers: mean absolute error 16.3" in text(panel)
    points = panel.findChild(PointCloud, "residuals_points")
    np.testing.assert_allclose(points._x, PREDICTED[:, 1])
    np.testing.assert_allclose(points._y, TRUE[:, 1] - PREDICTED[:, 1])


def test_that_a_click_on_a_point_chooses_its_sample_in_both_charts(qtbot, training, show):
    model = RegressionRun(training, ["height"], TRUE[:, :1], PREDICTED[:, :1]).model
    panel = show(model)
    cloud = panel.findChild(PointCloud, "residuals_predictions")
    qtbot.mouseClick(cloud, Qt.MouseButton.LeftButton, pos=cloud.place_of(0).toPoint())
    assert model.sample == 0
    assert panel.findChild(PointCloud, "residuals_points")._chosen == 0
    assert text(panel, "residuals_line") == "Sample 0: true 1.00, predicted 1.50, residual −0.500"


def test_that_predictions_that_are_no_numbers_are_counted(training, show):
    outputs = PREDICTED[:, :1].copy()
    outputs[1], outputs[2] = np.nan, np.inf
    panel = show(RegressionRun(training, ["height"], TRUE[:, :1], outputs).model)
    assert text(panel) == "height: 2 predictions are no finite numbers; they are left out of the charts."
    assert not panel.grab().isNull()


def test_that_the_table_has_each_sample_with_its_residuals(training, show):
    panel = show(RegressionRun(training, ["a", "b"], TRUE, PREDICTED).model)
    head, *rows = panel.table()
    assert head == ("sample", "true_a", "predicted_a", "residual_a", "true_b", "predicted_b", "residual_b")
    assert rows[0] == (0, 1.0, 1.5, -0.5, 10.0, 90.0, -80.0)
    assert len(rows) == 4


def test_that_classes_are_told_why_there_are_no_residuals(training, show):
    panel = show(ClassifiedRun.of_counts(training, ("a", "b"), [[2, 1], [0, 2]]).model)
    assert panel.text == "Residuals are differences of numbers; this network predicts classes. See Confusion instead."
    assert panel.table() is None

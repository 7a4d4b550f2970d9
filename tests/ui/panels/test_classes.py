"""The classes panel: curves over the evaluations, and the table at the step that is looked at."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.prediction_parts import ClassifiedRun, RegressionRun
from workbench.ui.panels.classes import ClassesPanel
from workbench.ui.plotting.charts.epoch_curves import EpochCurves
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.class_table import ClassTable, Column

NAMES = ("<b>a</b>", "b", "c")
LABELS = np.array([0, 0, 1, 1])  # there is no sample of the third class
FIRST, LAST = np.array([1, 1, 1, 1]), np.array([0, 0, 1, 2])


@pytest.fixture
def show(qtbot):
    def shown(model):
        panel = ClassesPanel(model)
        panel.set_palette(load_palette("dark"))
        panel.resize(460, 520)
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return shown


@pytest.fixture
def model(training):
    return ClassifiedRun(training, NAMES, LABELS, {6: FIRST, 12: LAST}).model


def rows(panel):
    items = panel.findChild(ClassTable).model()
    return [[items.index(row, column).data() for column in range(len(Column))] for row in range(items.rowCount())]


def curves(panel):
    return {curve.name: curve.values.tolist() for curve in panel.findChild(EpochCurves)._curves if curve.name}


def click_row(qtbot, panel, row):
    table = panel.findChild(ClassTable)
    place = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_table_has_the_figures_and_a_dash_where_one_is_not_defined(show, model):
    assert rows(show(model)) == [
        ["<b>a</b>", "100%", "100%", "1.000", "2"],
        ["b", "50.0%", "100%", "0.667", "2"],
        ["c", "–", "0%", "0.000", "0"],
    ]


def test_that_a_class_that_is_never_predicted_has_no_precision(show, model):
    panel = show(model)
    model.show_step(6)
    assert [row[Column.PRECISION] for row in rows(panel)] == ["–", "50.0%", "–"]


def test_that_each_class_has_a_curve_over_all_evaluations_and_the_step_is_marked(show, model):
    panel = show(model)
    chart = panel.findChild(EpochCurves)
    np.testing.assert_array_equal(curves(panel)["<b>a</b>"], [0, 1])
    np.testing.assert_array_equal(curves(panel)["b"], [1, 0.5])
    np.testing.assert_array_equal(curves(panel)["c"], [np.nan, np.nan])
    assert chart._steps == (6, 12)
    assert chart._shown_step == 12
    model.show_step(6)
    assert chart._steps == (6, 12)
    assert chart._shown_step == 6
    assert not panel.grab().isNull()


def test_that_the_curves_can_show_f1(show, model):
    panel = show(model)
    box = panel.findChild(QComboBox, "classes_figure")
    box.setCurrentIndex(box.findData("f1"))
    np.testing.assert_allclose(curves(panel)["b"], [2 / 3, 2 / 3])


def test_that_a_click_on_rows_leaves_only_the_curves_of_their_classes(qtbot, show, model):
    panel = show(model)
    click_row(qtbot, panel, 1)
    assert list(curves(panel)) == ["b"]
    model.show_step(6)
    assert list(curves(panel)) == ["b"]  # it stays chosen
    click_row(qtbot, panel, 1)
    assert list(curves(panel)) == list(NAMES)


def test_that_a_click_on_a_header_sorts_and_the_chosen_class_stays(qtbot, show, model):
    panel = show(model)
    table = panel.findChild(ClassTable)
    click_row(qtbot, panel, 0)
    header = table.horizontalHeader()
    place = header.sectionViewportPosition(Column.RECALL) + 8
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center() + _at(header, place))
    first = [row[0] for row in rows(panel)]
    assert sorted(first) == sorted(NAMES)
    assert first[:2] in (["b", "<b>a</b>"], ["c", "<b>a</b>"])  # ascending, or descending with the undefined one first
    assert table.chosen == [0]


def _at(header, across):
    center = header.rect().center()
    return type(center)(across, center.y()) - center


def test_that_of_many_classes_the_ten_worst_have_named_curves(training, show):
    classes = 30
    labels = np.repeat(np.arange(classes), 4)
    predicted = labels.copy()
    predicted[labels < 12] = 29  # the first twelve are never recognised
    run = ClassifiedRun(training, [f"class {label}" for label in range(classes)], labels, {12: predicted})
    panel = show(run.model)
    assert list(curves(panel)) == [f"class {label}" for label in range(10)]
    assert panel.findChild(QLabel, "classes_line").text() == "The 10 worst of 30 classes"
    assert len(panel.findChild(EpochCurves)._curves) == classes


def test_that_the_table_to_save_has_the_curve_of_each_class(show, model):
    head, *lines = show(model).table()
    assert head == ("class", "recall", "precision", "f1", "samples", "recall_at_step_6", "recall_at_step_12")
    assert lines[1] == ("b", 0.5, 1.0, 2 / 3, 2, 1.0, 0.5)


def test_that_a_regression_is_told_that_there_are_no_classes(training, show):
    numbers = np.zeros((4, 1), np.float32)
    panel = show(RegressionRun(training, ["y"], numbers, numbers).model)
    assert panel.text == "There are no classes: this network predicts numbers. See Residuals instead."

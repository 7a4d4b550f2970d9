"""The confusion panel: matrix, choices, the pairs confused most."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.prediction_parts import ClassifiedRun, RegressionRun
from workbench.ui.panels.confusion import ConfusionPanel
from workbench.ui.plotting.charts.matrix_chart import MatrixChart
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.counted_list import CountedList

NAMES = ("shirt", "<b>coat</b>", "boot & bag")
COUNTS = [[6, 3, 1], [5, 5, 0], [0, 0, 9]]


@pytest.fixture
def show(qtbot):
    def shown(model, width=420, height=560):
        panel = ConfusionPanel(model)
        panel.set_palette(load_palette("dark"))
        panel.resize(width, height)
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return shown


@pytest.fixture
def model(training):
    return ClassifiedRun.of_counts(training, NAMES, COUNTS).model


def click_cell(qtbot, panel, row, column):
    chart = panel.findChild(MatrixChart)
    place = chart.layout_of_cells.cell(row, column).center().toPoint()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)


def pairs(panel):
    items = panel.findChild(CountedList).model()
    return [tuple(items.index(row, column).data() for column in range(2)) for row in range(items.rowCount())]


def choose(panel, name, key):
    box = panel.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(key))


def test_that_it_counts_the_predictions_of_the_test_set(show, model):
    panel = show(model)
    head, *rows = panel.table()
    assert head == ("true_label", *NAMES, "recall", "precision", "f1", "samples")
    assert [list(row[1:4]) for row in rows] == COUNTS
    np.testing.assert_allclose(rows[0][4:7], (6 / 10, 6 / 11, 12 / 21))
    assert [row[7] for row in rows] == [10, 10, 9]
    assert panel.findChild(QLabel, "confusion_accuracy").text() == "Accuracy 69.0%"


def test_that_the_pairs_are_listed_with_the_most_confused_first(show, model):
    assert pairs(show(model)) == [
        ("<b>coat</b> predicted as shirt", "5"),
        ("shirt predicted as <b>coat</b>", "3"),
        ("shirt predicted as boot & bag", "1"),
    ]


def test_that_a_click_on_a_cell_chooses_its_pair_for_all_panels_and_another_none(qtbot, show, model):
    panel = show(model)
    click_cell(qtbot, panel, 0, 2)
    assert model.pair == (0, 2)
    line = panel.findChild(QLabel, "confusion_line")
    assert line.text().startswith("shirt predicted as boot & bag: 1 of 10")
    click_cell(qtbot, panel, 0, 2)
    assert model.pair is None


def test_that_a_click_on_a_row_of_the_list_chooses_its_pair_and_another_none(qtbot, show, model):
    panel = show(model)
    rows = panel.findChild(CountedList)
    place = rows.visualRect(rows.model().index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.pair == (0, 1)
    assert [index.row() for index in rows.selectionModel().selectedRows()] == [1]
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.pair is None
    assert not rows.selectionModel().hasSelection()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert model.pair is not None


def test_that_a_pair_chosen_elsewhere_is_marked_in_the_list(show, model):
    panel = show(model)
    rows = panel.findChild(CountedList)
    model.choose_pair((1, 0))
    assert [index.row() for index in rows.selectionModel().selectedRows()] == [0]
    model.choose_pair((2, 2))
    assert not rows.selectionModel().hasSelection()


def test_that_the_cells_can_show_shares_of_rows_and_of_columns(show, model):
    panel = show(model)
    choose(panel, "confusion_cells", "of_true")
    np.testing.assert_allclose(panel._shown.shown[0], [0.6, 0.3, 0.1])
    choose(panel, "confusion_cells", "of_predicted")
    np.testing.assert_allclose(panel._shown.shown[:, 0], [6 / 11, 5 / 11, 0])


def test_that_the_classes_can_be_sorted_and_the_order_stays_while_looking_back(training, show):
    labels = np.repeat(np.arange(3), 4)
    first = np.array([2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2])  # class 0 is never found
    last = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2, 0, 0, 0])  # class 2 has the lowest recall, then 1
    run = ClassifiedRun(training, NAMES, labels, {6: first, 12: last})
    panel = show(run.model)
    choose(panel, "confusion_order", "recall")
    assert panel._shown.order.tolist() == [2, 1, 0]
    run.model.show_step(6)
    assert panel._shown.counts[0, 2] == 4
    assert panel._shown.order.tolist() == [2, 1, 0]
    choose(panel, "confusion_order", "confusion")
    assert panel._shown.order.tolist() == [0, 2, 1]


def test_that_where_nothing_is_confused_it_says_so(training, show):
    run = ClassifiedRun.of_counts(training, NAMES, np.diag([4, 4, 4]))
    panel = show(run.model)
    assert panel.findChild(QLabel, "confusion_heading").text() == "No sample is predicted as another class."
    assert not panel.findChild(CountedList).isVisible()


def test_that_a_low_panel_leaves_its_room_to_the_matrix(show, model):
    high, low = show(model, height=560), show(model, height=280)
    assert high.findChild(CountedList).isVisible()
    assert not low.findChild(CountedList).isVisible()
    assert low.findChild(MatrixChart).height() > 150


def test_that_a_regression_is_told_why_there_is_no_matrix(training, show):
    numbers = np.zeros((4, 1), np.float32)
    panel = show(RegressionRun(training, ["y"], numbers, numbers).model)
    assert panel.text == "A confusion matrix counts classes; this network predicts numbers. See Residuals instead."
    assert panel.table() is None


def test_that_a_hidden_panel_counts_nothing(training, show, model):
    panel = show(model)
    panel.hide()
    panel._shown = None
    model.predictions_changed.emit()
    assert panel._shown is None
    panel.show()
    assert panel._shown is not None

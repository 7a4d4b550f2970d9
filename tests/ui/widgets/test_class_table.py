"""ClassTable: figures of classes in an order of their own."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from workbench.engine.analysis.classification import ClassFigures
from workbench.ui.widgets.class_table import ClassTable, Column

NAMES = ("a", "b", "c", "d")
FIGURES = ClassFigures.of(np.array([[5, 5, 0, 0], [1, 9, 0, 0], [0, 0, 0, 0], [4, 0, 0, 0]]))


@pytest.fixture
def table(qtbot):
    table = ClassTable()
    table.show_figures(NAMES, FIGURES)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    return table


def names(table):
    return [table.model().index(row, Column.NAME).data() for row in range(4)]


def test_that_the_classes_stand_by_label_until_they_are_sorted(table):
    assert names(table) == list(NAMES)
    table.sortByColumn(Column.RECALL, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["d", "a", "b", "c"]  # c has no samples
    table.sortByColumn(Column.SAMPLES, Qt.SortOrder.DescendingOrder)
    assert names(table)[2:] == ["d", "c"]
    table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
    assert names(table) == list(NAMES)


def test_that_new_figures_are_sorted_anew_and_the_chosen_classes_stay_chosen(table):
    table.sortByColumn(Column.RECALL, Qt.SortOrder.AscendingOrder)
    table.set_chosen([1, 3])
    better = ClassFigures.of(np.diag([5, 0, 0, 4]) + np.array([[0] * 4, [9, 0, 0, 0], [0] * 4, [0] * 4]))
    table.show_figures(NAMES, better)
    assert names(table)[0] == "b"
    assert table.chosen == [1, 3]


def test_that_space_chooses_a_row(table, qtbot):
    heard = []
    table.chosen_changed.connect(lambda: heard.append(table.chosen))
    table.setFocus()
    table.selectionModel().setCurrentIndex(table.model().index(2, 0), table.selectionModel().SelectionFlag.NoUpdate)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert heard == [[2]]


def test_that_other_classes_take_the_place_of_the_old_ones(table):
    table.set_chosen([0])
    table.show_figures(("x", "y"), ClassFigures.of(np.array([[1, 2], [3, 4]])))
    assert table.model().rowCount() == 2
    assert table.chosen == []

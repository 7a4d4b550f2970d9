import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView

from workbench.ui.widgets.copied_cells import let_copy


@pytest.fixture
def table(qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(3, 3, table)
    model.setHorizontalHeaderLabels(["Name", "Rate", "Hidden"])
    for row in range(3):
        for column, text in enumerate((f"Run {row}", f"0.{row}", "x")):
            model.setItem(row, column, QStandardItem(text))
    table.setModel(model)
    table.setColumnHidden(2, True)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    let_copy(table)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    return table


def copied():
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def test_that_ctrl_c_copies_the_selected_rows_with_their_titles(table, qtbot):
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == [["Name", "Rate"], ["Run 1", "0.1"]]


def test_that_without_a_selection_and_by_the_menu_the_whole_table_is_copied(table, qtbot):
    table.clearSelection()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(copied()) == 4
    QGuiApplication.clipboard().clear()
    table.findChild(QAction, "copy_table").trigger()
    assert len(copied()) == 4


def test_that_columns_are_copied_as_they_are_seen(table):
    table.horizontalHeader().moveSection(1, 0)
    table.findChild(QAction, "copy_table").trigger()
    assert copied()[0] == ["Rate", "Name"]


def test_that_a_cell_that_a_spreadsheet_would_run_is_copied_as_text(table):
    table.model().item(0, 0).setText("=1+1")
    table.findChild(QAction, "copy_table").trigger()
    assert copied()[1][0] == "'=1+1"


def test_that_a_negative_number_is_copied_as_spreadsheets_read_it(table):
    table.model().item(0, 0).setText("−0.25")
    table.findChild(QAction, "copy_table").trigger()
    assert copied()[1][0] == "-0.25"


def test_that_a_painted_cell_is_copied_as_it_is_read_aloud(table):
    item = table.model().item(0, 0)
    item.setText("")
    item.setData("starred", Qt.ItemDataRole.AccessibleTextRole)
    table.findChild(QAction, "copy_table").trigger()
    assert copied()[1][0] == "starred"

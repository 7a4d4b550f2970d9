from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QLabel, QTableView, QToolButton

from tests.ui.models.test_run_values import CURRENT, SHORTER
from workbench.ui.models.run_values import Column
from workbench.ui.panel_bases.panel_menu import PanelExport
from workbench.ui.panels.run_values import RunValuesPanel
from workbench.ui.style.palette import load_palette

PALETTE = load_palette("light")


@pytest.fixture
def panel(qtbot):
    panel = RunValuesPanel()
    qtbot.addWidget(panel)
    panel.set_palette(PALETTE)
    panel.resize(720, 240)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


def table(panel):
    return panel.findChild(QTableView)


def step_text(panel):
    return panel.findChild(QLabel, "run_values_step").text()


def newest(panel):
    return panel.findChild(QToolButton, "run_values_newest")


def shown(panel):
    return [column for column in Column if not table(panel).isColumnHidden(column)]


def test_that_without_a_run_it_says_what_will_be_here(panel):
    assert panel.text.startswith("Press Train or open a run")
    assert panel.table() is None
    assert not any(action.isEnabled() for action in panel.menu.menu(panel).actions())


def test_that_it_says_at_which_step_the_values_are(panel, qtbot):
    panel.show_values(None, [CURRENT, SHORTER])
    assert step_text(panel) == "Newest step: 250"
    assert not newest(panel).isVisible()
    panel.show_values(1120, [CURRENT, SHORTER])
    assert step_text(panel) == "Step 1,120"
    assert "Step 1,120" in table(panel).accessibleDescription()
    with qtbot.waitSignal(panel.newest_requested):
        qtbot.mouseClick(newest(panel), Qt.MouseButton.LeftButton)


def test_that_a_narrow_panel_leaves_out_the_tests_rather_than_loss_accuracy_and_rate(panel, qtbot):
    panel.show_values(5, [CURRENT, SHORTER])
    qtbot.waitUntil(lambda: shown(panel) == list(Column))
    panel.resize(400, 240)
    kept = [Column.RUN, Column.STEP, Column.LOSS, Column.METRIC, Column.RATE]
    qtbot.waitUntil(lambda: shown(panel) == kept)
    assert table(panel).horizontalHeader().length() <= table(panel).viewport().width()


@pytest.mark.parametrize("mode", [QIcon.Mode.Normal, QIcon.Mode.Selected])
def test_that_each_run_has_its_line_as_in_the_plots_also_in_a_selected_row(panel, mode):
    panel.show_values(5, [CURRENT, SHORTER])
    for row, colour in enumerate((PALETTE.trace_training, PALETTE.overlay_3)):
        icon = table(panel).model().index(row, Column.RUN).data(Qt.ItemDataRole.DecorationRole)
        picture = icon.pixmap(table(panel).iconSize(), mode).toImage()
        middle = [picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())]
        assert colour.name() in middle


def test_that_the_keyboard_reaches_and_copies_the_rows(panel, qtbot):
    panel.show_values(5, [CURRENT, SHORTER])
    panel.keyboard_start().setFocus()
    qtbot.keyClick(table(panel), Qt.Key.Key_Down)
    qtbot.keyClick(table(panel), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0][:3] == ["Run", "Step", "Loss"]
    assert [row[0] for row in rows[1:]] in (["Run 3"], ["Run 1"])


def test_that_the_menu_offers_the_table_and_all_of_it(panel):
    panel.show_values(5, [CURRENT, SHORTER])
    panel.resize(400, 240)
    actions = {action.objectName(): action for action in panel.menu.menu(panel).actions()}
    assert actions[PanelExport.SAVE_TABLE.value].isEnabled()
    assert [row[0] for row in panel.table()] == ["run", "Run 3", "Run 1"]


def test_that_a_button_that_hides_gives_the_keyboard_to_the_table(panel):
    panel.show_values(5, [CURRENT])
    newest(panel).setFocus()
    panel.show_values(None, [replace(CURRENT, step=251)])
    assert table(panel).hasFocus()

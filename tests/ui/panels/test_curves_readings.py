from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint

from tests.ui.panels.curves_kit import (
    begin,
    centre,
    count,
    hover,
    plot,
    readout,
    settle,
    shown_panel,
)
from workbench.ui.style.palette import load_palette


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


# Crosshair


def test_that_hovering_reads_out_the_values_at_the_step(panel, qtbot):
    history = begin(panel, 150)
    view = plot(panel).canvas.view
    place = QPoint(round(plot(panel).axis_width + view.column(120)), centre(plot(panel)).y())
    hover(qtbot, plot(panel), place)
    words = readout(panel).split(" · ")
    step = int(words[0].removeprefix("Step ").replace(",", ""))
    assert abs(step - 120) <= 1
    assert words[1] == "epoch 2"
    assert words[2] == f"loss {history.loss[step]:.6f}"
    assert words[3].startswith("smoothed ")
    assert words[4] == f"accuracy {100 * history.metric[step]:.1f} %"
    evaluation = history.evaluations[0]
    assert words[5] == f"test loss {evaluation.average_loss:.6f}, {100 * evaluation.metric:.1f} %"
    assert plot(panel).crosshair.isVisible()
    assert plot(panel, "accuracy_plot").crosshair.isVisible()


def test_that_the_readout_goes_when_the_pointer_leaves_the_data(panel, qtbot):
    begin(panel, 50)
    hover(qtbot, plot(panel), QPoint(plot(panel).axis_width + 100, 60))
    assert readout(panel)
    hover(qtbot, plot(panel), QPoint(plot(panel).viewport().width() - 30, 60))
    assert not readout(panel)
    assert not plot(panel).crosshair.isVisible()


def test_that_hovering_a_mark_reads_its_text(panel, qtbot):
    begin(panel, 150)
    panel.add_change_mark(120, "something happened", "something happened", "0", "1")
    settle()
    view = plot(panel).canvas.view
    hover(qtbot, plot(panel), QPoint(round(plot(panel).axis_width + view.column(120)), 100))
    assert readout(panel).endswith("something happened 0 → 1")


def test_that_the_readout_never_changes_the_layout(panel, qtbot):
    begin(panel, 150)
    before = panel.minimumSizeHint().width(), plot(panel).size()
    hover(qtbot, plot(panel), centre(plot(panel)))
    assert readout(panel)
    settle()
    assert (panel.minimumSizeHint().width(), plot(panel).size()) == before


# Marks


def test_that_changes_leave_marks_that_say_what_changed(panel):
    begin(panel, 150)
    before = count(plot(panel), load_palette("light").mark)
    panel.add_change_mark(50, "learning_rate", "learning rate", "0.001", "0.01")
    panel.add_change_mark(60, "learning_rate", "learning rate", "0.01", "0.1")
    panel.add_change_mark(60, "momentum", "momentum", "0", "0.9")
    assert panel.stack.marks.texts == ["learning rate 0.001 → 0.1", "momentum 0 → 0.9"]
    assert count(plot(panel), load_palette("light").mark) > before


def test_that_a_new_run_begins_without_marks(panel):
    begin(panel, 150)
    panel.add_change_mark(50, "old", "old", "0", "1")
    begin(panel, 50)
    assert panel.stack.marks.texts == []

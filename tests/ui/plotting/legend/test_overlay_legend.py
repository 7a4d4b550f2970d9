from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QVBoxLayout, QWidget

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.overlay_slots import Overlay, OverlaySlots
from workbench.ui.plotting.legend.overlay_legend import LegendChip, OverlayLegend
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

LIGHT, DARK = (PlotColours.of(load_palette(name)) for name in ("light", "dark"))


@pytest.fixture
def legend(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    legend = OverlayLegend(LIGHT, window)
    QVBoxLayout(window).addWidget(legend)
    window.resize(900, 120)
    window.show()
    qtbot.waitExposed(window)
    yield legend
    window.close()


def name_runs(legend, labels, branch_step=None):
    legend.set_overlays(
        OverlaySlots().assign(Overlay(f"key{i}", t, History(), branch_step) for i, t in enumerate(labels))
    )
    QApplication.processEvents()


def chips(legend):
    return [chip for chip in legend.findChildren(LegendChip) if chip.isVisible()]


def test_that_with_nothing_to_name_it_is_not_there(legend):
    assert not legend.isVisible()
    name_runs(legend, ["a"])
    assert legend.isVisible()
    name_runs(legend, [])
    assert not legend.isVisible()


def test_that_every_run_is_named_as_it_is(legend):
    name_runs(legend, ["SGD", "<img src=x> T-shirt <new>"])
    assert [chip.name.text() for chip in chips(legend)] == ["SGD", "<img src=x> T-shirt <new>"]
    labels = [chip.findChild(QLabel) for chip in chips(legend)]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert all("<img" not in label.toolTip() for label in labels)


def test_that_the_button_beside_a_name_asks_to_take_that_run_out(legend, qtbot):
    name_runs(legend, ["first", "second"])
    with qtbot.waitSignal(legend.overlay_removed) as removed:
        qtbot.mouseClick(legend.findChild(QToolButton, "remove_key1"), Qt.MouseButton.LeftButton)
    assert removed.args == ["key1"]
    assert legend.findChild(QToolButton, "remove_key1").accessibleName() == "Take second out of the plots"


def test_that_a_long_name_gives_way_before_a_short_one(legend):
    name_runs(legend, ["SGD", "a name that is far too long for a row of the legend and goes on " * 3])
    short, long = (chip.findChild(QLabel) for chip in chips(legend))
    assert short.width() >= short.sizeHint().width()
    assert 50 < long.width() < long.sizeHint().width()


def test_that_many_runs_fill_rows_in_which_their_names_can_be_read(legend):
    name_runs(legend, [f"Run number {index} of them" for index in range(8)])
    assert len({chip.y() for chip in chips(legend)}) == 2
    assert all(chip.findChild(QLabel).width() >= 80 for chip in chips(legend))
    assert max(chip.geometry().right() for chip in chips(legend)) <= legend.width()
    legend.window().resize(2400, 120)
    QApplication.processEvents()
    assert len({chip.y() for chip in chips(legend)}) == 1


def test_that_the_row_can_always_be_made_narrow(legend):
    name_runs(legend, ["a name that is rather long"] * 3)
    assert legend.minimumSizeHint().width() < 500


def test_that_the_recorded_future_is_named_while_it_is_there(legend):
    legend.set_ghost(True)
    assert [chip.name.text() for chip in chips(legend)] == ["Recorded before"]
    legend.set_ghost(True, is_parent=True)
    assert [chip.name.text() for chip in chips(legend)] == ["Parent run"]
    legend.set_ghost(False)
    assert not legend.isVisible()


def test_that_the_recorded_future_has_no_place_here_while_another_row_names_it(legend):
    legend.set_ghost(True)
    legend.set_ghost_elsewhere(True)
    assert not legend.isVisible()
    name_runs(legend, ["SGD"])
    assert [chip.name.text() for chip in chips(legend)] == ["SGD"]
    legend.set_ghost_elsewhere(False)
    assert [chip.name.text() for chip in chips(legend)] == ["Recorded before", "SGD"]


def test_that_the_difference_is_offered_where_runs_share_their_beginning(legend, qtbot):
    name_runs(legend, ["stranger"])
    button = legend.findChild(QToolButton, "show_difference")
    assert button.isVisible()
    assert not button.isEnabled()
    assert "begins as the current one" in button.toolTip()
    name_runs(legend, ["sibling"], branch_step=5)
    assert "begins as the current one" not in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert legend.difference.isChecked()


def test_that_the_swatch_has_the_colour_of_the_run(legend):
    name_runs(legend, ["a", "b"])
    legend.set_colours(DARK)
    for chip, colour in zip(chips(legend), DARK.overlays, strict=False):
        image = chip.grab().toImage()
        assert colour.rgb() in {image.pixel(x, image.height() // 2) for x in range(34)}


def test_that_the_current_run_is_named_beside_the_others_with_its_own_line(legend):
    legend.set_current("Run 3")
    assert not legend.isVisible()
    name_runs(legend, ["Run 1"])
    current, other = chips(legend)
    assert [current.name.text(), other.name.text()] == ["Run 3", "Run 1"]
    assert current.x() < other.x()
    assert current.close_button is None
    assert current.name.accessibleName() == "Run 3, the current run"
    image = current.grab().toImage()
    assert LIGHT.training.rgb() in {image.pixel(x, image.height() // 2) for x in range(34)}
    name_runs(legend, [])
    assert not legend.isVisible()


def test_that_the_recorded_future_alone_does_not_name_the_current_run(legend):
    legend.set_current("Run 3")
    legend.set_ghost(True)
    assert [chip.name.text() for chip in chips(legend)] == ["Recorded before"]


def test_that_the_height_of_a_row_is_known_before_a_run_is_named(legend):
    expected = legend.row_height
    name_runs(legend, ["SGD", "Adam"])
    assert len({chip.y() for chip in chips(legend)}) == 1
    assert legend.sizeHint().height() == legend.row_height == expected

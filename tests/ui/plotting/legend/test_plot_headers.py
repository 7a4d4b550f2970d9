"""The rows above the plots: what stands there at which width, and what a menu shows instead."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSlider, QWidget

from workbench.ui.plotting.legend.legend_button import LegendButton
from workbench.ui.plotting.legend.legend_menu import LegendMenu
from workbench.ui.plotting.legend.plot_headers import LossHeader, MetricHeader
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.elided_label import ElidedLabel

LABELS = {LossHeader: ["Training", "Smoothed", "Test"], MetricHeader: ["Training", "Test"]}
WIDE = 1000


@pytest.fixture
def show(qtbot):
    kept = []

    def show(kind):
        around = QWidget()
        kept.append(around)
        qtbot.addWidget(around)
        header = kind(PlotColours.of(load_palette("light")), around)
        around.resize(WIDE, 60)
        around.show()
        qtbot.waitExposed(around)
        be_wide(header, WIDE)
        return header

    yield show
    kept.clear()


def be_wide(header, width):
    header.resize(width, header.sizeHint().height())
    for _ in range(3):
        QApplication.processEvents()


def widths(header):
    return range(header.minimumSizeHint().width(), WIDE, 15)


def menu_of(header):
    return header.findChild(LegendMenu)


def entries(header):
    """What the menu offers when it is opened."""
    menu = header.findChild(QMenu)
    menu.aboutToShow.emit()
    return menu.actions()


def readable(header):
    """The labels of the legend that can be read: those with room for the whole of them, or those in the menu."""
    if menu_of(header).isVisible():
        return [action.text() for action in entries(header)]
    return [
        switch.text()
        for switch in header.findChildren(LegendButton)
        if switch.isVisible()
        and switch.width() >= switch.sizeHint().width()
        and header.rect().contains(switch.geometry())
    ]


@pytest.mark.parametrize("kind", [LossHeader, MetricHeader])
def test_that_every_label_of_the_legend_can_be_read_at_every_width(show, kind):
    header = show(kind)
    for more in ([], ["Validation"]):
        header.set_has_validation(bool(more))
        for width in widths(header):
            be_wide(header, width)
            assert readable(header) == LABELS[kind] + more, width
        assert not menu_of(header).isVisible()


def test_that_the_value_of_the_smoothing_gives_way_before_the_legend(show):
    header = show(LossHeader)
    value = next(label for label in header.smoothing.findChildren(QLabel) if label.text() == "0.900")
    seen = set()
    for width in widths(header):
        be_wide(header, width)
        seen.add((value.isVisible(), menu_of(header).isVisible()))
        assert value.isVisible() or "0.900" in header.findChild(QSlider, "smoothing").toolTip()
    assert seen == {(False, True), (False, False), (True, False)}


def test_that_an_entry_of_the_menu_hides_a_trace_and_shows_it_again(show, qtbot):
    header = show(LossHeader)
    be_wide(header, header.minimumSizeHint().width())
    switch = header.switches["show_test_loss"]
    for is_shown in (False, True):
        with qtbot.waitSignal(header.trace_toggled) as toggled:
            entries(header)[2].trigger()
        assert toggled.args == ["show_test_loss", is_shown]
        assert switch.isChecked() == entries(header)[2].isChecked() == is_shown


def test_that_the_title_and_why_there_is_no_plot_are_cut_only_where_the_legend_is_in_its_menu(show):
    header = show(MetricHeader)
    header.set_has_room(False)
    in_menu = set()
    for width in widths(header):
        be_wide(header, width)
        texts = [label for label in header.findChildren(ElidedLabel) if label.isVisible()]
        assert len(texts) == 2
        is_in_menu = menu_of(header).isVisible()
        assert is_in_menu or not any(label.is_cut for label in texts), width
        in_menu.add(is_in_menu)
    assert in_menu == {True, False}


def test_that_the_recorded_future_is_named_where_its_name_costs_no_other_text(show, qtbot):
    header = show(LossHeader)

    def places():
        parts = (*header.switches.values(), header.smoothing, header.log_y, header.reset)
        return [part.geometry() for part in parts if part.isVisible()]

    alone = {}
    for width in widths(header):
        be_wide(header, width)
        alone[width] = places()
    header.set_ghost("Recorded before")
    placed = set()
    for width, expected in alone.items():
        be_wide(header, width)
        assert places() == expected, width
        name = next(label for label in header.findChildren(ElidedLabel) if label.text() == "Recorded before")
        assert not (name.isVisible() and name.is_cut), width
        was_visible = name.isVisible()
        be_wide(header, width - 1)
        be_wide(header, width)
        assert name.isVisible() == was_visible, width
        placed.add(was_visible)
    assert placed == {True, False}
    with qtbot.waitSignal(header.ghost_placed) as said:
        be_wide(header, WIDE)
        header.set_ghost("")
    assert said.args == [False]

"""Evaluations on held-out samples are a third kind of point."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.panels.curves_kit import (
    EPOCH,
    add_steps,
    begin,
    count,
    hover,
    pixels,
    place_of,
    plot,
    readout,
    settle,
    shown_panel,
    shows,
)
from workbench.engine.config.tasks import ACCURACY
from workbench.engine.history.history import History
from workbench.ui.plotting.curves.overlay_slots import Overlay
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

SWITCHES = ("show_validation_loss", "show_validation_accuracy")
PLOTS = ("loss_plot", "accuracy_plot")


@pytest.fixture
def panel(qtbot):
    panel = shown_panel(qtbot)
    history = History()
    add_steps(history, 950)
    history.evaluations = [replace(each, validation_loss=1.25, validation_metric=0.375) for each in history.evaluations]
    panel.begin(history, EPOCH, 1000)
    panel.set_has_validation(True)
    settle()
    return panel


@pytest.mark.parametrize(("switch", "name"), list(zip(SWITCHES, PLOTS, strict=True)))
def test_that_a_click_in_the_legend_hides_its_points_and_shows_them_again(panel, qtbot, switch, name):
    colour = load_palette("light").trace_validation
    before = count(plot(panel, name), colour)
    assert before > 100
    button = panel.findChild(QWidget, switch)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert count(plot(panel, name), colour) < 0.1 * before
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert count(plot(panel, name), colour) == before


def test_that_the_readout_says_it(panel, qtbot):
    hover(qtbot, plot(panel), place_of(plot(panel), 250))
    assert "validation loss 1.250000, 37.5 %" in readout(panel)


def test_that_a_run_without_it_has_no_switches_for_it(panel):
    begin(panel, 250)
    panel.set_has_validation(False)
    assert [panel.findChild(QWidget, switch).isVisible() for switch in SWITCHES] == [False, False]
    assert count(plot(panel), load_palette("light").trace_validation) == 0


def test_that_a_point_out_of_range_widens_the_axis_of_the_loss(panel):
    assert plot(panel).ranges[1][1] < 3.0
    history = History()
    add_steps(history, 950)
    history.evaluations = [replace(each, validation_loss=4.0, validation_metric=0.5) for each in history.evaluations]
    panel.begin(history, EPOCH, 1000)
    settle()
    assert plot(panel).ranges[1][1] > 4.0


def with_validation(history, loss, metric):
    """The same run with evaluations on samples for validation."""
    copied = history.copy()
    copied.evaluations = [replace(each, validation_loss=loss, validation_metric=metric) for each in history.evaluations]
    return copied


@pytest.mark.parametrize("name", PLOTS)
def test_that_another_run_laid_over_shows_its_own_in_its_colour(panel, name):
    other = History()
    add_steps(other, 950)
    colour = PlotColours.of(load_palette("light")).overlays[0]

    def drawn(history):
        panel.set_overlays([Overlay("a", "a", history, None, ACCURACY)])
        settle()
        panel.refresh()
        return int(shows(pixels(plot(panel, name)), colour, 40).sum())

    without, with_points = drawn(other), drawn(with_validation(other, 1.9, 0.6))
    assert with_points >= without + 20


@pytest.mark.parametrize("name", PLOTS)
def test_that_the_steps_recorded_beyond_the_present_one_show_them_too(panel, name):
    recorded = History()
    add_steps(recorded, 950)
    colour = PlotColours.of(load_palette("light")).validation_faint
    present = History()
    add_steps(present, 250)
    panel.begin(present, EPOCH, 1000)

    def drawn(history):
        panel.set_future(history)
        settle()
        panel.refresh()
        return int(shows(pixels(plot(panel, name)), colour, 40).sum())

    without, with_points = drawn(recorded), drawn(with_validation(recorded, 1.9, 0.6))
    assert with_points >= without + 20

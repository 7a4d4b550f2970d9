from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from tests.ui.panels.curves_kit import (
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
    unlike,
    wheel,
)
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.ticks import vertical_ticks
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


class Constant:
    """A slider that stays where it is."""

    version = 0

    def __init__(self, rate=0.01):
        self.rate = rate

    def at(self, steps):
        return np.full(len(steps), self.rate), np.full(len(steps), self.rate)


class Falling(Constant):
    """A schedule that goes down to nothing over 1,000 steps."""

    def at(self, steps):
        slider, _ = super().at(steps)
        return slider, slider * np.clip(1.0 - steps / 1000, 0.0, 1.0)


def rate_plot(panel):
    return plot(panel, "learning_rate_plot")


def switch(panel):
    return panel.findChild(QToolButton, "show_learning_rate")


def test_that_a_rate_that_varies_is_shown_by_itself(panel):
    begin(panel, 300)
    panel.set_rate_curve(Falling())
    settle()
    assert rate_plot(panel).isVisible()
    assert switch(panel).isChecked()


def test_that_a_constant_rate_is_shown_only_on_request(panel, qtbot):
    begin(panel, 300)
    panel.set_rate_curve(Constant())
    assert not rate_plot(panel).isVisible()
    qtbot.mouseClick(switch(panel), Qt.MouseButton.LeftButton)
    assert rate_plot(panel).isVisible()
    assert panel.state()["show_learning_rate"] is True


def test_that_a_change_of_the_rate_brings_it_up(panel):
    begin(panel, 300)
    curve = Constant()
    panel.set_rate_curve(curve)
    curve.at = Falling().at
    panel.refresh()
    assert not rate_plot(panel).isVisible()
    curve.version = 1
    panel.refresh()
    assert rate_plot(panel).isVisible()


@pytest.mark.parametrize("curve", [Constant(), Falling()])
@pytest.mark.parametrize("chosen", [True, False])
def test_that_the_choice_of_the_user_is_kept(panel, curve, chosen):
    panel.restore({"show_learning_rate": chosen})
    begin(panel, 300)
    panel.set_rate_curve(curve)
    assert rate_plot(panel).isVisible() == chosen
    assert switch(panel).isChecked() == chosen


def test_that_without_a_curve_there_is_nothing_to_choose(panel):
    panel.restore({"show_learning_rate": True})
    begin(panel, 300)
    assert not rate_plot(panel).isVisible()
    assert not switch(panel).isEnabled()
    panel.set_rate_curve(Constant())
    assert rate_plot(panel).isVisible()
    panel.set_rate_curve(None)
    assert not rate_plot(panel).isVisible()


def test_that_what_lies_ahead_is_paler(panel):
    begin(panel, 310)
    panel.set_rate_curve(Falling())
    settle()
    image = pixels(rate_plot(panel))
    border = round(rate_plot(panel).axis_width + rate_plot(panel).column_of(310))
    done, ahead = shows(image, COLOURS.training), shows(image, COLOURS.planned)
    assert done[:, :border].any()
    assert not done[:, border + 1 :].any()
    # The soft edges of the strong line have that colour here and there, in a lower plot more often.
    assert ahead[:, border:].any(axis=0).mean() > 0.3
    assert ahead[:, border:].any(axis=0).mean() > 2 * ahead[:, :border].any(axis=0).mean()


def test_that_frame_by_frame_the_plan_becomes_the_past(panel):
    history = begin(panel, 310, planned=1000)
    panel.set_rate_curve(Falling())
    settle()
    for steps in (1, 20, 30, 25):
        add_steps(history, steps)
        panel.refresh()
        settle()
    grown = pixels(rate_plot(panel))
    panel.stack.redraw()
    assert unlike(grown, pixels(rate_plot(panel))) == 0.0


def test_that_the_axis_is_logarithmic_and_a_rate_of_nothing_leaves_it_readable(panel):
    begin(panel, 300)
    panel.set_rate_curve(Falling(0.1))
    low, high = rate_plot(panel).ranges[1]
    assert -1.0 <= high < 0.0
    assert high - 4.0 < low < high


@pytest.mark.parametrize("rate", [0.0, float("nan"), 1e-30, 1e30])
def test_that_odd_rates_are_survived(panel, rate):
    begin(panel, 300)
    panel.restore({"show_learning_rate": True})
    panel.set_rate_curve(Constant(rate))
    settle()
    low, high = rate_plot(panel).ranges[1]
    assert np.isfinite([low, high]).all()
    assert low < high


def test_that_it_moves_with_the_others_and_carries_the_numbers_of_the_steps(panel):
    begin(panel, 300)
    panel.set_rate_curve(Falling())
    settle()
    assert rate_plot(panel)._axes["bottom"].isVisible()
    assert not plot(panel, "accuracy_plot")._axes["bottom"].isVisible()
    wheel(plot(panel), 3)
    assert rate_plot(panel).ranges[0] == pytest.approx(plot(panel).ranges[0])
    zoomed = plot(panel).ranges[0]
    switch(panel).click()
    switch(panel).click()
    settle()
    assert plot(panel).ranges[0] == pytest.approx(zoomed)
    assert rate_plot(panel).ranges[0] == pytest.approx(zoomed)
    assert rate_plot(panel).axis_width == plot(panel).axis_width
    assert rate_plot(panel).canvas.view.width == plot(panel).canvas.view.width


def test_that_hiding_it_gives_the_numbers_of_the_steps_back(panel):
    begin(panel, 300)
    panel.set_rate_curve(Falling())
    switch(panel).click()
    settle()
    assert plot(panel, "accuracy_plot")._axes["bottom"].isVisible()
    assert plot(panel, "accuracy_plot")._axes["bottom"].height() > 10


def test_that_the_readout_names_the_rate_that_was_used(panel, qtbot):
    begin(panel, 300)
    panel.set_rate_curve(Falling(0.1))
    settle()
    hover(qtbot, plot(panel), place_of(plot(panel), 200))
    step = int(readout(panel).split(" · ")[0].removeprefix("Step "))
    assert f"learning rate {0.1 * (1 - step / 1000):.4g}" in readout(panel).split(" · ")


def test_that_it_is_recoloured_with_the_theme(panel):
    begin(panel, 300)
    panel.set_rate_curve(Falling())
    panel.set_palette(load_palette("dark"))
    settle()
    assert count(rate_plot(panel), load_palette("dark").trace_training) > 50
    assert count(rate_plot(panel), load_palette("light").plot_background) == 0


@pytest.mark.parametrize("rate", [0.01, 0.037, 2.0])
def test_that_its_numbers_are_powers_of_ten_around_the_rates(panel, rate):
    begin(panel, 300)
    panel.set_rate_curve(Falling(rate))
    settle()
    low, high = rate_plot(panel).ranges[1]
    ticks = vertical_ticks(low, high, rate_plot(panel).getViewBox().height(), log=True)
    assert len(ticks) >= 2
    assert all(tick.position == round(tick.position) for tick in ticks)
    assert ticks[-1].position >= np.log10(rate)

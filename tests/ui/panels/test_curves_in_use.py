from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QSlider

from tests.ui.panels.curves_kit import (
    EPOCH,
    add_steps,
    begin,
    centre,
    click,
    count,
    pixels,
    plot,
    send_drag,
    settle,
    shown_panel,
    wheel,
)
from workbench.ui.plotting.legend.legend_button import LegendButton
from workbench.ui.style.palette import load_palette


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


# Ranges


def test_that_the_steps_shown_grow_epoch_by_epoch_and_both_plots_agree(panel):
    history = begin(panel, 0)
    ends = []
    for _ in range(10):
        add_steps(history, 90)
        panel.refresh()
        assert plot(panel).ranges[0] == plot(panel, "accuracy_plot").ranges[0]
        ends.append(plot(panel).ranges[0][1])
    assert ends == pytest.approx([1.015 * EPOCH * epochs for epochs in (1, 2, 3, 4, 5, 6, 8, 8, 10, 10)])


def test_that_the_accuracy_goes_from_zero_to_a_hundred_percent(panel):
    begin(panel, 10)
    low, high = plot(panel, "accuracy_plot").ranges[1]
    assert low == 0.0
    assert 100.0 <= high <= 105.0


def test_that_a_threefold_spike_is_fitted(panel):
    history = begin(panel, 100)
    history.add_step(7.0, 0.5)
    panel.refresh()
    assert plot(panel).ranges[1][1] >= 7.0


@pytest.mark.parametrize("is_log", [False, True])
def test_that_a_divergence_leaves_the_range_as_it_was_and_an_arrow_says_how_far_it_goes(panel, qtbot, is_log):
    panel.restore({"log_y": is_log})
    history = begin(panel, 200)
    before = plot(panel).ranges[1]
    for loss in (5e4, 5e10, 5e16):
        history.add_step(loss, 0.1)
        panel.refresh()
    assert plot(panel).ranges[1] == before
    assert panel.stack.marks.texts == ["up to 5e16"]
    settle()
    grown = pixels(plot(panel))
    panel.stack.redraw()
    assert (grown == pixels(plot(panel))).all()
    click(qtbot, panel, "reset_view")
    assert plot(panel).ranges[1] == before


def test_that_after_going_back_from_a_divergence_the_recorded_one_does_not_flatten_the_branch(panel, qtbot):
    history = begin(panel, 200)
    for loss in (5e4, 5e10, 5e16):
        history.add_step(loss, 0.1)
    panel.refresh()
    future = history.copy()
    history.truncate(190)
    panel.reload()
    panel.set_future(future)
    add_steps(history, 5)
    panel.refresh()
    settle()
    assert plot(panel).ranges[1][1] < 3.0
    assert [text.partition("e")[0] for text in panel.stack.marks.texts] == ["up to 5"]
    click(qtbot, panel, "reset_view")
    assert plot(panel).ranges[1][1] < 3.0
    panel.set_future(None)
    assert panel.stack.marks.texts == []


def test_that_a_spike_at_the_start_leaves_the_range_as_the_run_goes_on_but_can_be_panned_to(panel):
    history = begin(panel, 0)
    history.add_step(3000.0, 0.1)
    panel.refresh()
    assert plot(panel).ranges[1][1] >= 3000.0
    add_steps(history, 300)
    panel.refresh()
    assert plot(panel).ranges[1][1] < 10.0
    assert plot(panel).getViewBox().state["limits"]["yLimits"][1] >= 3000.0


@pytest.mark.parametrize("loss", [float("nan"), float("inf"), 0.0, -1.0, 3e38])
@pytest.mark.parametrize("is_log", [False, True])
def test_that_odd_losses_are_survived(panel, loss, is_log):
    panel.restore({"log_y": is_log})
    history = begin(panel, 20)
    for _ in range(5):
        history.add_step(loss, 0.5)
        add_steps(history, 1)
        panel.refresh()
        settle()
    low, high = plot(panel).ranges[1]
    assert np.isfinite([low, high]).all()
    assert low < high


def test_that_a_history_of_nothing_finite_is_survived(panel):
    history = begin(panel)
    for _ in range(3):
        history.add_step(float("nan"), 0.0)
    panel.refresh()
    settle()
    assert plot(panel).ranges[1] == (0.0, 1.0)


def test_that_more_planned_steps_may_be_panned_to(panel):
    begin(panel, 50, planned=100)
    panel.set_planned_steps(5000)
    wheel(plot(panel), -40)
    assert plot(panel).ranges[0][1] == pytest.approx(5000 * 1.015)


# Mouse, keys and switches


def test_that_a_zoom_survives_new_steps_until_reset_view(panel, qtbot):
    history = begin(panel, 150)
    wheel(plot(panel), 3)
    zoomed = plot(panel).ranges
    assert not panel.stack.auto_range.is_automatic
    assert zoomed[0][1] - zoomed[0][0] < 150
    assert plot(panel, "accuracy_plot").ranges[0] == pytest.approx(zoomed[0])
    add_steps(history, 500)
    panel.refresh()
    settle()
    assert plot(panel).ranges == zoomed
    click(qtbot, panel, "reset_view")
    assert panel.stack.auto_range.is_automatic
    assert plot(panel).ranges[0] == pytest.approx((0.0, 1.015 * 800))


def test_that_zooming_the_accuracy_zooms_the_loss_along_the_steps(panel):
    begin(panel, 150)
    wheel(plot(panel, "accuracy_plot"), 3)
    assert plot(panel).ranges[0] == pytest.approx(plot(panel, "accuracy_plot").ranges[0])
    assert not panel.stack.auto_range.is_automatic


def test_that_dragging_pans(panel, qtbot):
    begin(panel, 150)
    wheel(plot(panel), 5)
    before = plot(panel).ranges[0]
    viewport, start = plot(panel).viewport(), centre(plot(panel))
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for offset in (10, 30, 60):
        move = QPointF(start + QPoint(offset, 0))
        send_drag(viewport, move)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert plot(panel).ranges[0][0] < before[0]


def test_that_the_keys_pan_zoom_and_reset(panel, qtbot):
    begin(panel, 150)
    loss = plot(panel)
    qtbot.keyClick(loss, Qt.Key.Key_Plus)
    zoomed = loss.ranges[0]
    assert zoomed[1] - zoomed[0] == pytest.approx(0.8 * 203)
    qtbot.keyClick(loss, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert loss.ranges[0][0] < zoomed[0]
    qtbot.keyClick(loss, Qt.Key.Key_Home)
    assert panel.stack.auto_range.is_automatic
    assert loss.ranges[0] == pytest.approx((0, 203))


def test_that_the_wheel_zooms_along_the_steps_and_the_values_stay_in_the_frame(panel):
    begin(panel, 950)
    steps, losses = plot(panel).ranges
    wheel(plot(panel), 3)
    zoomed, same = plot(panel).ranges
    assert zoomed[1] - zoomed[0] < steps[1] - steps[0]
    assert same == pytest.approx(losses)


def test_that_turning_the_wheel_against_the_limits_keeps_following(panel):
    begin(panel, 150, planned=200)
    wheel(plot(panel), -3)
    assert panel.stack.auto_range.is_automatic


def test_that_log_y_shows_logarithms_and_keeps_the_steps_in_view(panel, qtbot):
    begin(panel, 950)
    wheel(plot(panel), 2)
    steps = plot(panel).ranges[0]
    click(qtbot, panel, "log_y")
    low, high = plot(panel).ranges[1]
    assert low < 0.0 < high < 1.0
    assert plot(panel).ranges[0] == pytest.approx(steps)
    click(qtbot, panel, "log_y")
    assert plot(panel).ranges[1] == pytest.approx((0.0, 2.8))


@pytest.mark.parametrize(
    ("switch", "name", "colour"),
    [
        ("show_training_loss", "loss_plot", "trace_training_faint"),
        ("show_smoothed_loss", "loss_plot", "trace_training"),
        ("show_test_loss", "loss_plot", "trace_test"),
        ("show_training_accuracy", "accuracy_plot", "trace_training"),
        ("show_test_accuracy", "accuracy_plot", "trace_test"),
    ],
)
def test_that_a_click_in_the_legend_hides_a_trace_and_shows_it_again(panel, qtbot, switch, name, colour):
    begin(panel, 950)
    colour = getattr(load_palette("light"), colour)
    before = count(plot(panel, name), colour)
    assert before > 100
    button = panel.findChild(LegendButton, switch)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    # The soft edges of other lines may come close to the colour here and there.
    assert count(plot(panel, name), colour) < 0.1 * before
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert count(plot(panel, name), colour) == before


def test_that_the_smoothing_slider_smooths_anew_from_the_first_step(panel, qtbot):
    begin(panel, 950)
    slider = panel.findChild(QSlider, "smoothing")
    before = pixels(plot(panel))
    slider.setValue(0)
    assert panel.state()["smoothing"] == 0.0
    assert (pixels(plot(panel)) != before).any()
    slider.setValue(slider.maximum())
    assert panel.state()["smoothing"] == pytest.approx(0.999)

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QToolButton

from tests.ui.panels.curves_kit import (
    EPOCH,
    add_steps,
    begin,
    click,
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
from tests.ui.panels.test_curves_rate import Constant
from workbench.engine.history.history import History
from workbench.ui.plotting.curves.overlay_slots import Overlay
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


def other_run(steps, offset=0.5, beginning=None, branch_step=0):
    """A run whose loss lies `offset` above that of `add_steps`; up to `branch_step` it is `beginning`."""
    history = History()
    add_steps(history, steps)
    accuracy = history.metric.values() - np.float32(0.1 * offset)
    history.metric.truncate(0)
    history.metric.extend(accuracy)
    loss = history.loss.values() + np.float32(offset)
    if beginning is not None:
        loss[:branch_step] = beginning.loss.values(0, branch_step)
    history.loss.truncate(0)
    history.loss.extend(loss)
    return history


def overlay(key, history, branch_step=None):
    return Overlay(key, f"Run {key}", history, branch_step)


def drawn(panel, place, name="loss_plot"):
    return int(shows(pixels(plot(panel, name)), COLOURS.overlays[place], 40).sum())


def test_that_other_runs_lie_over_the_present_one_in_colours_of_their_own(panel):
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(300)), overlay("b", other_run(250, 1.0))])
    for name in ("loss_plot", "accuracy_plot"):
        assert drawn(panel, 0, name) > 100
        assert drawn(panel, 1, name) > 100
        assert drawn(panel, 2, name) < drawn(panel, 1, name) / 3  # soft edges of the others have its colour, too


def test_that_the_ranges_take_in_the_other_runs(panel):
    begin(panel, 150)
    panel.set_overlays([overlay("a", other_run(700, 5.0))])
    (_, last), (_, highest) = plot(panel).ranges
    assert last == pytest.approx(1.015 * 8 * EPOCH)
    assert highest > 7.0
    panel.set_overlays([])
    (_, last), (_, highest) = plot(panel).ranges
    assert last == pytest.approx(1.015 * 2 * EPOCH)
    assert highest < 4.0


def test_that_a_first_spike_of_another_run_does_not_press_the_rest_flat(panel):
    begin(panel, 300)
    spiky = other_run(300)
    spiky.loss.truncate(0)
    spiky.loss.extend([2000.0] + [1.0] * 299)
    panel.restore({"smoothing": 0.0})
    panel.set_overlays([overlay("a", spiky)])
    assert plot(panel).ranges[1][1] < 10.0


@pytest.mark.parametrize("is_log", [False, True])
def test_that_one_diverged_run_does_not_press_the_others_flat(panel, is_log):
    panel.restore({"log_y": is_log})
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(300, 1e9)), overlay("b", other_run(300, 4.0))])
    highest = plot(panel).ranges[1][1]
    assert (0.7 < highest < 1.5) if is_log else (6.0 < highest < 10.0)
    assert panel.stack.marks.texts == ["up to 1e9"]


def test_that_a_present_run_of_a_few_steps_is_seen_beside_one_of_smaller_losses(panel):
    history = begin(panel, 0)
    for _ in range(5):
        history.add_step(900.0, 0.1)
    panel.set_overlays([overlay("a", other_run(300))])
    panel.refresh()
    assert plot(panel).ranges[1][1] >= 900.0


def test_that_a_run_keeps_its_colour_while_others_go(panel):
    begin(panel, 300)
    first, second = overlay("a", other_run(300)), overlay("b", other_run(300, 1.0))
    panel.set_overlays([first, second])
    panel.set_overlays([second])
    assert drawn(panel, 0) < 20
    assert drawn(panel, 1) > 100


def test_that_a_run_taken_away_leaves_nothing_behind(panel):
    begin(panel, 300)
    before = pixels(plot(panel))
    panel.set_overlays([overlay("a", other_run(300))])
    panel.set_overlays([])
    assert (pixels(plot(panel)) == before).all()


def test_that_the_button_in_the_legend_asks_to_take_a_run_out(panel, qtbot):
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(300))])
    settle()
    with qtbot.waitSignal(panel.overlay_removed) as removed:
        qtbot.mouseClick(panel.findChild(QToolButton, "remove_a"), Qt.MouseButton.LeftButton)
    assert removed.args == ["a"]


def test_that_frame_by_frame_the_same_picture_grows_among_other_runs(panel):
    history = begin(panel, 3)
    panel.set_overlays([overlay(str(i), other_run(700, 0.2 * i), 50) for i in range(3)])
    click_difference(panel)
    settle()
    for steps in (1, 2, 30, 64, 90, 120, 7):
        add_steps(history, steps)
        panel.refresh()
        settle()
    for name in ("loss_plot", "difference_plot", "accuracy_plot"):
        grown = pixels(plot(panel, name))
        panel.stack.redraw()
        assert unlike(grown, pixels(plot(panel, name))) == 0.0, name


def test_that_another_smoothing_smooths_the_other_runs_as_well(panel):
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(300, 0.5))])
    settle()
    loss = plot(panel)
    before = shows(pixels(loss), COLOURS.overlays[0], 40)
    panel.findChild(QSlider, "smoothing").setValue(250)
    assert (shows(pixels(loss), COLOURS.overlays[0], 40) != before).any()


def test_that_a_long_run_is_smoothed_slice_by_slice(panel, qtbot):
    begin(panel, 300)
    long = History()
    long.loss.extend(np.linspace(2.0, 0.5, 600_000))
    long.metric.extend(np.linspace(0.1, 0.9, 600_000))
    panel.set_overlays([overlay("a", long)])
    assert panel.stack.is_catching_up
    qtbot.waitUntil(lambda: not panel.stack.is_catching_up)
    assert drawn(panel, 0) > 100


def test_that_the_readout_reads_the_other_runs_too(panel, qtbot):
    begin(panel, 300)
    panel.restore({"smoothing": 0.0})
    other = other_run(300)
    panel.set_overlays([overlay("<b>a", other)])
    hover(qtbot, plot(panel), place_of(plot(panel), 200))
    words = readout(panel).split(" · ")
    step = int(words[0].removeprefix("Step "))
    assert words[-1] == f"Run <b>a {other.loss[step]:.6f}"


def test_that_beyond_the_current_run_the_readout_reads_the_longer_one(panel, qtbot):
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(400))])
    with qtbot.waitSignal(panel.step_shown) as shown:
        hover(qtbot, plot(panel), place_of(plot(panel), 380))
    assert shown.args[0] == pytest.approx(380, abs=2)
    assert readout(panel).split(" · ")[-1].startswith("Run a ")
    assert "loss" not in readout(panel)


def test_that_the_values_of_each_run_are_those_of_one_step(panel):
    history = begin(panel, 300)
    panel.run_name = lambda: "Run 9"
    panel.restore({"smoothing": 0.0})
    panel.set_rate_curve(Constant(0.01))
    other = other_run(250)
    panel.set_overlays([replace(overlay("a", other), rate=Constant(0.5))])
    current, longer = panel.values_at(220)
    assert [each.name for each in (current, longer)] == ["Run 9", "Run a"]
    assert [(each.step, each.epoch, each.has_ended) for each in (current, longer)] == [(220, 3, False)] * 2
    assert (current.loss, longer.loss) == (history.loss[220], other.loss[220])
    assert (current.training, longer.training) == (history.metric[220], other.metric[220])
    assert (current.rate, longer.rate) == (0.01, 0.5)
    assert (current.test, longer.test) == (history.evaluations[1], other.evaluations[1])


def test_that_at_the_newest_step_a_shorter_run_has_its_last_values(panel):
    begin(panel, 300)
    panel.set_overlays([overlay("a", other_run(250)), overlay("b", other_run(400))])
    assert [(each.step, each.has_ended) for each in panel.values_at(None)] == [(299, False), (249, True), (299, False)]


def test_that_recorded_steps_beyond_the_current_one_have_values_of_their_own(panel):
    history = begin(panel, 300)
    recorded = history.copy()
    history.truncate(100)
    panel.reload()
    panel.set_future(recorded, rate=Constant(0.5))
    assert [(each.name, each.step) for each in panel.values_at(50)] == [("", 50)]
    present, later = panel.values_at(200)
    assert [(each.name, each.step) for each in (present, later)] == [("", 99), ("Recorded before", 200)]
    assert (later.loss, later.rate) == (recorded.loss[200], 0.5)


# The difference


def click_difference(panel):
    panel.findChild(QToolButton, "show_difference").click()
    settle()


def siblings(panel, offset=0.5):
    history = begin(panel, 300)
    other = other_run(400, offset, beginning=history, branch_step=100)
    panel.restore({"smoothing": 0.0})
    panel.set_overlays([overlay("a", other, 100)])
    settle()
    return history, other


def test_that_the_difference_is_shown_where_it_is_asked_for_and_makes_sense(panel):
    siblings(panel)
    assert not plot(panel, "difference_plot").isVisible()
    click_difference(panel)
    assert plot(panel, "difference_plot").isVisible()
    panel.set_overlays([overlay("b", other_run(300))])
    assert not plot(panel, "difference_plot").isVisible()


def test_that_the_difference_is_this_run_minus_the_other_from_where_they_part(panel):
    siblings(panel, offset=0.5)
    click_difference(panel)
    plot_ = plot(panel, "difference_plot")
    assert plot_.differences_at(99) == []
    assert plot_.differences_at(100) == pytest.approx([-0.5], abs=1e-5)
    assert plot_.differences_at(299) == pytest.approx([-0.5], abs=1e-5)
    assert plot_.differences_at(300) == []
    low, high = plot_.ranges[1]
    assert low < -0.5 < 0.0 < high
    border = round(plot_.axis_width + plot_.column_of(100))
    seen = shows(pixels(plot_), COLOURS.overlays[0], 40)
    assert not seen[:, : border - 1].any()
    assert seen[:, border:].any()


def test_that_the_difference_grows_as_the_run_does_and_shrinks_with_it(panel):
    history, other = siblings(panel)
    click_difference(panel)
    history.loss.extend(other.loss.values(300, 350))
    history.metric.extend(other.metric.values(300, 350))
    panel.refresh()
    assert plot(panel, "difference_plot").differences_at(349) == pytest.approx([0.0])
    history.truncate(200)
    panel.reload()
    assert plot(panel, "difference_plot").differences_at(250) == []
    assert plot(panel, "difference_plot").differences_at(150) == pytest.approx([-0.5], abs=1e-5)


def test_that_a_diverged_run_leaves_the_differences_before_to_be_seen(panel):
    history = begin(panel, 300)
    other = other_run(300, 0.1, beginning=history, branch_step=100)
    values = other.loss.values()
    other.loss.truncate(290)
    other.loss.extend(np.append(values[290:], [1e8]))
    add_steps(history, 5)
    panel.set_overlays([overlay("a", other, 100)])
    click_difference(panel)
    low, high = plot(panel, "difference_plot").ranges[1]
    assert -1.0 < low < 0.0 < high < 1.0


def test_that_the_difference_has_a_zero_line_and_moves_with_the_others(panel, qtbot):
    siblings(panel)
    click_difference(panel)
    assert count(plot(panel, "difference_plot"), COLOURS.text_muted) > 500
    wheel(plot(panel, "difference_plot"), 3)
    assert plot(panel, "difference_plot").ranges[0] == pytest.approx(plot(panel).ranges[0])
    assert plot(panel, "accuracy_plot").ranges[0] == pytest.approx(plot(panel).ranges[0])
    assert not panel.stack.auto_range.is_automatic
    click(qtbot, panel, "reset_view")
    assert plot(panel, "difference_plot").ranges[0] == pytest.approx(plot(panel).ranges[0])


def test_that_the_wish_for_the_difference_is_remembered(panel):
    panel.restore({"show_difference": True})
    siblings(panel)
    assert plot(panel, "difference_plot").isVisible()
    assert panel.state()["show_difference"] is True


def test_that_clearing_takes_the_other_runs_away(panel):
    siblings(panel)
    panel.clear()
    begin(panel, 300)
    assert drawn(panel, 0) < 20

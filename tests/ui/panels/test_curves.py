from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from tests.ui.panels.curves_kit import (
    EPOCH,
    SWITCHES,
    PaintWatch,
    add_steps,
    begin,
    count,
    pixels,
    plot,
    settle,
    shown_panel,
    shows,
    wheel,
)
from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


# Before and after a run


def test_that_before_the_first_run_a_sentence_stands_where_the_plots_will_be(panel):
    texts = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Press Train to see the curves of the run here." in texts
    assert plot(panel) is None or not plot(panel).isVisible()


def test_that_the_plots_are_built_soon_after_the_panel_is_shown(panel, qtbot):
    qtbot.waitUntil(lambda: plot(panel) is not None)
    assert not plot(panel).isVisible()


def test_that_importing_the_panel_does_not_import_pyqtgraph():
    code = "import sys, workbench.ui.panels.curves; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_the_plots_take_the_place_of_the_sentence_and_give_it_back(panel):
    begin(panel)
    assert plot(panel).isVisible()
    assert plot(panel, "accuracy_plot").isVisible()
    panel.clear()
    assert not plot(panel).isVisible()


def test_that_a_run_without_a_step_draws_without_complaint(panel):
    begin(panel)
    assert panel.refresh() >= 0.0
    settle()


def test_that_every_control_has_a_name_for_screen_readers(panel):
    begin(panel)
    names = ("loss_plot", "accuracy_plot", "log_y", "smoothing", "reset_view", *SWITCHES)
    for name in names:
        assert panel.findChild(object, name).accessibleName(), name


# Drawing


def test_that_the_first_step_is_seen(panel):
    history = begin(panel)
    colour = load_palette("light").trace_training
    assert count(plot(panel), colour) == 0
    add_steps(history, 1)
    panel.refresh()
    assert count(plot(panel), colour) > 0


def test_that_frame_by_frame_the_same_picture_grows_as_in_one_go(panel):
    history = begin(panel, 3)
    for steps in (1, 2, 30, 64, 1, 90, 120, 7):
        add_steps(history, steps)
        panel.refresh()
        settle()
    for name in ("loss_plot", "accuracy_plot"):
        grown = pixels(plot(panel, name))
        panel.stack.redraw()
        whole = pixels(plot(panel, name))
        assert (grown != whole).mean() < 1e-4, name


@pytest.mark.parametrize("zoomed", [False, True])
def test_that_frame_by_frame_the_same_picture_grows_where_many_steps_share_a_column(panel, zoomed):
    history = begin(panel, 9_000, planned=100_000)
    if zoomed:
        wheel(plot(panel), -2)
    for _ in range(12):
        add_steps(history, 77)
        panel.refresh()
        settle()
    for name in ("loss_plot", "accuracy_plot"):
        grown = pixels(plot(panel, name))
        panel.stack.redraw()
        assert (grown != pixels(plot(panel, name))).mean() < 1e-4, name


def test_that_an_ordinary_frame_repaints_a_narrow_strip_and_no_axis(panel):
    history = begin(panel, 150)
    add_steps(history, 1)  # Qt paints everything once more with the first change after the layout
    panel.refresh()
    settle()
    watch = PaintWatch(panel)
    axes_painted = []
    for name in ("loss_plot", "accuracy_plot"):
        for axis in plot(panel, name)._axes.values():
            axis.paint = lambda *_: axes_painted.append(True)
    add_steps(history, 5)
    panel.refresh()
    settle()
    assert len(watch.regions) == 2
    for region in watch.regions:
        assert 10 < region.width() < 60
        assert region.left() > plot(panel).axis_width
    assert not axes_painted


@pytest.mark.parametrize("pointed_at", [False, True])
def test_that_what_is_on_the_screen_after_many_strips_is_what_painting_everything_gives(panel, pointed_at):
    history = begin(panel, 150)
    for steps in (1, 5, 30, 64, 9, 3):
        if pointed_at:
            plot(panel).show_crosshair(plot(panel).column_of(len(history)), [0.9])
            settle()
        add_steps(history, steps)
        panel.refresh()
        settle()
    strip_by_strip = on_screen(panel)
    for name in ("loss_plot", "accuracy_plot"):
        plot(panel, name).viewport().update()
    settle()
    assert strip_by_strip == on_screen(panel)


def on_screen(panel):
    """What has been painted so far, without painting anything."""
    settle()
    return panel.screen().grabWindow(panel.winId()).toImage()


def test_that_a_frame_without_news_paints_nothing(panel):
    begin(panel, 150)
    watch = PaintWatch(panel)
    panel.refresh()
    settle()
    assert not watch.regions


def test_that_refresh_says_what_drawing_costs_painting_included(panel):
    history = begin(panel, 150)
    panel.refresh()
    add_steps(history, 5)
    panel.refresh()
    settle()
    assert panel.stack.drain_paint_seconds() > 0.0
    assert panel.refresh() > 0.0


def test_that_steps_taken_unseen_are_there_when_the_panel_is_shown_again(panel):
    history = begin(panel, 50)
    panel.hide()
    add_steps(history, 300)
    panel.refresh()
    panel.show()
    settle()
    grown = pixels(plot(panel))
    panel.stack.redraw()
    assert (grown == pixels(plot(panel))).all()
    assert plot(panel).ranges[0][1] > 350


def test_that_a_million_steps_are_drawn_and_smoothed_slice_by_slice(panel, qtbot):
    history = History()
    history.loss.extend(np.linspace(2.0, 0.5, 1_000_000))
    history.metric.extend(np.linspace(0.1, 0.9, 1_000_000))
    for epoch in range(0, 1_000_000, 938):
        history.add_epoch_start(EpochStart(epoch // 938 + 1, epoch))
        history.add_evaluation(Evaluation(epoch + 938, epoch // 938 + 1, 1.0, 0.5))
    panel.begin(history, 938, 1_000_000)
    qtbot.waitUntil(lambda: not panel.stack.is_catching_up)
    assert panel.stack.traces.nbytes <= 40 * len(history)
    assert count(plot(panel), load_palette("light").trace_training) > 300


def test_that_a_run_may_be_drawn_while_another_thread_writes_it(panel):
    history = begin(panel, planned=20_000)

    def write():
        for step in range(20_000):
            if step % EPOCH == 0:
                history.add_epoch_start(EpochStart(step // EPOCH + 1, step))
            history.add_step(2.0, 0.5)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        panel.refresh()
        settle()
    writer.join()
    panel.refresh()
    settle()
    assert plot(panel).ranges[0][1] >= 20_000


# Truncation, theme, memory


def test_that_after_truncation_what_is_gone_is_gone_from_the_picture(panel):
    history = begin(panel, 150)
    panel.add_change_mark(120, "gone", "gone", "0", "1")
    panel.add_change_mark(20, "still here", "still here", "0", "1")
    history.truncate(100)
    panel.reload()
    assert panel.stack.marks.texts == ["still here 0 → 1"]
    cut = pixels(plot(panel))
    fresh = History()
    add_steps(fresh, 150)
    fresh.truncate(100)
    panel.begin(fresh, EPOCH, 1000)
    panel.add_change_mark(20, "still here", "still here", "0", "1")
    assert plot(panel).ranges[0][1] == pytest.approx(1.015 * EPOCH)
    assert (cut == pixels(plot(panel))).all()


def test_that_refresh_notices_a_truncation_by_itself(panel):
    history = begin(panel, 450)
    history.truncate(150)
    add_steps(history, 10)
    panel.refresh()
    grown = pixels(plot(panel))
    panel.stack.redraw()
    assert (grown == pixels(plot(panel))).all()
    assert plot(panel).ranges[0][1] == pytest.approx(1.015 * 2 * EPOCH)


def test_that_another_theme_recolours_everything(panel):
    begin(panel, 250)
    light, dark = load_palette("light"), load_palette("dark")
    assert count(plot(panel), light.plot_background) > 10_000
    panel.set_palette(dark)
    assert count(plot(panel), light.plot_background) == 0
    assert count(plot(panel), dark.plot_background) > 10_000
    assert count(plot(panel), dark.trace_test) > 20
    assert count(plot(panel), dark.panel) > 1000


def test_that_resizing_draws_anew(panel):
    begin(panel, 250)
    panel.resize(panel.size() + QSize(200, 100))
    settle()
    view = plot(panel).canvas.view
    assert view.width > 900
    assert count(plot(panel), load_palette("light").trace_training) > 50


def test_that_the_choices_are_remembered(panel, qtbot):
    chosen = {
        "log_y": True,
        "smoothing": pytest.approx(0.99),
        "show_training_loss": False,
        "show_smoothed_loss": True,
        "show_test_loss": False,
        "show_validation_loss": False,
        "show_training_accuracy": True,
        "show_test_accuracy": False,
        "show_validation_accuracy": True,
        "show_difference": True,
        "show_learning_rate": False,
    }
    panel.restore({**chosen, "smoothing": 0.99})
    assert panel.state() == chosen
    other = CurvesPanel()
    qtbot.addWidget(other)
    other.restore(panel.state())
    assert other.state() == panel.state()


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"smoothing": "much"},
        {"smoothing": float("nan")},
        {"smoothing": 7.0},
        {"log_y": 3},
        {"show_test_loss": None},
    ],
)
def test_that_nonsense_among_remembered_choices_does_no_harm(panel, nonsense):
    panel.restore(nonsense)
    state = panel.state()
    assert state["log_y"] is False
    assert 0.0 <= state["smoothing"] <= 0.999
    assert all(state[name] is True for name in SWITCHES)


def test_that_the_plots_line_up(panel):
    begin(panel, 50)
    loss, accuracy = plot(panel), plot(panel, "accuracy_plot")
    assert loss.axis_width == accuracy.axis_width
    assert loss.canvas.view.width == accuracy.canvas.view.width
    assert loss.x() == accuracy.x()
    assert loss.height() >= accuracy.height()


def test_that_pyqtgraphs_own_menus_and_buttons_are_off(panel):
    begin(panel, 50)
    for name in ("loss_plot", "accuracy_plot"):
        item = plot(panel, name).getPlotItem()
        assert not item.menuEnabled()
        assert not item.getViewBox().menuEnabled()
        assert item.buttonsHidden
        assert item.getViewBox().autoRangeEnabled() == [False, False]


@pytest.mark.parametrize("epoch", [20, 400])
def test_that_the_running_accuracy_begins_anew_with_each_epoch(panel, epoch):
    history = History()
    for step in range(2 * epoch):
        if step % epoch == 0:
            history.add_epoch_start(EpochStart(step // epoch + 1, step))
        history.add_step(1.0, 0.9 if step < epoch else 0.1)
    panel.begin(history, epoch, 2 * epoch)
    accuracy = plot(panel, "accuracy_plot")
    drawn = shows(pixels(accuracy), PlotColours.of(load_palette("light")).training)
    rows = np.flatnonzero(drawn.any(axis=1))
    between = slice(rows.min() + 8, rows.max() - 8)
    assert rows.max() - rows.min() > 40
    assert not drawn[between].any()

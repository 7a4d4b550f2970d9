"""Find rate: what it asks for, what it says and draws, how a rate is chosen on it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QLabel

from tests.engine.analysis.test_lr_finder import RATES, descent
from tests.ui.panels.experiment_kit import Bench
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import ExperimentEnded, ExperimentProgressed, Outcome, RunDiscarded, RunEnded
from workbench.engine.protocol.experiments.range_test import RangeFound, RangeTest, Sweep
from workbench.ui.panels.lr_finder import LrFinderPanel
from workbench.ui.plotting.charts.rate_range import RateRangeChart

FALLING = RangeFound(RATES, tuple(Sweep(descent(RATES)[:80], True) for _ in range(3)))
FLAT = RangeFound(RATES, (Sweep(descent(RATES, from_=1.0, to=1.0)[:80], True),))


@pytest.fixture
def bench(paused, qtbot):
    bench = Bench(LrFinderPanel, paused, qtbot)
    bench.rates = []
    bench.panel.rate_chosen.connect(bench.rates.append)
    return bench


def ended(bench, finding, **more):
    bench.training.emit(ExperimentEnded(RangeTest(), bench.training.run.id, 12, finding, **more))


def drag(chart, place):
    """Move the pointer with the left button down, which `qtbot.mouseMove` does not."""
    left = Qt.MouseButton.LeftButton
    there = QPointF(place)
    no_keys = Qt.KeyboardModifier.NoModifier
    chart.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, there, there, left, left, no_keys))


def text(bench):
    return bench.find("result", QLabel).text()


def test_that_it_begins_on_the_run_or_on_a_new_network(bench):
    bench.find("find").click()
    bench.find("start", QComboBox).setCurrentIndex(1)
    bench.find("find").click()
    assert bench.asked == [("run", RangeTest()), ("new", RangeTest())]
    assert "step 12" in bench.find("start", QComboBox).itemText(0)


def test_that_without_a_run_it_begins_on_a_new_network(bench):
    bench.training.emit(RunEnded(Outcome.STOPPED, 12), RunDiscarded(bench.training.run))
    assert not bench.find("start", QComboBox).isVisible()
    bench.find("find").click()
    assert bench.asked == [("new", RangeTest())]


def test_that_it_grows_and_can_be_cancelled_while_it_goes_on(bench):
    bench.begin(RangeTest())
    assert not bench.find("find").isVisible()
    begun = RangeFound(RATES, (Sweep(descent(RATES)[:30], False),))
    bench.training.emit(ExperimentProgressed(RangeTest(), 30, 300, begun))
    assert bench.panel.table() is not None
    assert len(list(bench.panel.table())) == 31
    bench.find("cancel").click()
    assert bench.cancelled == [True]
    assert not bench.find("use").isVisible()


def test_that_the_suggestion_is_named_and_applied_by_its_button(bench):
    bench.begin(RangeTest())
    ended(bench, FALLING)
    assert "step 12" in text(bench)
    assert bench.find("use").isVisible()
    bench.find("use").click()
    (rate,) = bench.rates
    assert 0.005 < rate < 0.02
    assert f"{rate:g}" in bench.find("use").text()
    chart = bench.panel.findChild(RateRangeChart)
    assert {mark.label for mark in chart.marks} == {"steepest", "minimum", "break", "fastai"}
    assert [mark.label for mark in chart.marks if mark.is_main] == ["steepest"]


def test_that_without_a_slope_a_limit_is_named_and_nothing_to_use(bench):
    bench.begin(RangeTest())
    ended(bench, FLAT)
    assert "No clear suggestion" in text(bench)
    assert "Stay below" in text(bench)
    assert not bench.find("use").isVisible()


def test_that_a_failure_and_a_cancellation_are_said(bench):
    bench.begin(RangeTest())
    ended(bench, None, problem=UserError("It <b>failed</b>."))
    assert text(bench) == "It <b>failed</b>."
    bench.begin(RangeTest())
    ended(bench, FALLING, was_cancelled=True)
    assert "Cancelled" in text(bench)


def test_that_a_click_and_a_drag_on_the_chart_choose_rates(bench, qtbot):
    ended(bench, FALLING)
    chart = bench.panel.findChild(RateRangeChart)
    plot = chart.plot_rect()
    place = QPoint(round(chart.x_of(-2.0, plot)), round(plot.center().y()))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert bench.rates == [pytest.approx(0.01, rel=0.1)]
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=place)
    for move in (10, 20, 30):
        drag(chart, place + QPoint(move, 0))
    assert bench.rates == sorted(bench.rates)
    assert bench.rates[-1] > 0.015
    outside = QPoint(5000, round(plot.center().y()))
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=outside)
    assert bench.rates[-1] == 10.0


def test_that_the_arrow_keys_move_the_rate(bench, qtbot):
    ended(bench, FALLING)
    chart = bench.panel.findChild(RateRangeChart)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert bench.rates[-1] > bench.model.value("learning_rate")
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert bench.rates[-1] < bench.model.value("learning_rate")


def test_that_a_chart_without_points_chooses_nothing(bench, qtbot):
    chart = bench.panel.findChild(RateRangeChart)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert bench.rates == []


@pytest.mark.parametrize(
    "losses", [[1.0], [0.0] * 100, [1e-12] * 50, [1e30, 2e30, 3e30], np.linspace(1e5, 1, 100).tolist()], ids=len
)
def test_that_any_losses_are_drawn(bench, losses):
    ended(bench, RangeFound(RATES, (Sweep(np.array(losses), False),)))
    assert not bench.panel.grab().isNull()


def test_that_a_hidden_panel_catches_up_when_it_is_shown(bench):
    bench.panel.hide()
    ended(bench, FALLING)
    assert not bench.find("use").isVisible()
    bench.panel.show()
    assert bench.find("use").isVisible()

"""Checks: what they ask for, and their verdicts in words."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.panels.experiment_kit import Bench
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import ExperimentEnded, ExperimentProgressed
from workbench.engine.protocol.experiments.checks import CheckFirstLoss, CheckOverfitting, FirstLoss, Overfitting
from workbench.ui.panels.checks import ChecksPanel


@pytest.fixture
def bench(paused, qtbot):
    return Bench(ChecksPanel, paused, qtbot)


def first(bench, finding, **more):
    bench.training.emit(ExperimentEnded(CheckFirstLoss(), "", 0, finding, **more))
    return bench.find("first_loss_text", QLabel).text()


def few(bench, finding, **more):
    bench.training.emit(ExperimentEnded(CheckOverfitting(), "", 0, finding, **more))
    return bench.find("overfit_text", QLabel).text()


def test_that_each_check_is_one_click_on_a_new_network(bench):
    bench.find("first_loss").click()
    bench.find("overfit").click()
    assert bench.asked == [("new", CheckFirstLoss()), ("new", CheckOverfitting())]


def test_that_while_one_check_goes_on_no_other_begins(bench):
    bench.begin(CheckOverfitting(), is_new=True)
    bench.training.emit(ExperimentProgressed(CheckOverfitting(), 2, 500, Overfitting(np.array([2.3, 1.9]), 0.02, 20)))
    assert not bench.find("first_loss").isEnabled()
    assert not bench.find("overfit").isEnabled()
    assert "1.9" in bench.find("overfit_text", QLabel).text()
    bench.find("cancel").click()
    assert bench.cancelled


def test_that_a_first_loss_at_chance_is_fine_and_one_far_off_is_not(bench):
    assert "fine" in first(bench, FirstLoss(2.31, 2.302585, 640, 10))
    text = first(bench, FirstLoss(5.0, 2.302585, 640, 10))
    assert "2.303" in text
    assert "117" in text
    assert "fine" not in text
    assert "fine" not in first(bench, FirstLoss(float("inf"), 2.302585, 640, 10))


def test_that_for_numbers_no_chance_level_is_claimed(bench):
    text = first(bench, FirstLoss(1.1, 1.0, 640, 0))
    assert "no chance level" in text


def test_that_the_verdicts_on_the_few_samples_differ(bench):
    falling = np.linspace(2.3, 0.01, 50)
    assert "can learn" in few(bench, Overfitting(falling, 0.02, 20, is_learned=True))
    assert "too small" in few(bench, Overfitting(np.full(500, 2.3), 0.02, 20))
    assert "NaN" in few(bench, Overfitting(np.array([2.3]), 0.02, 20, has_broken=True))
    assert "NaN" in few(bench, Overfitting(np.array([]), 0.02, 20, has_broken=True))
    assert "Cancelled" in few(bench, Overfitting(falling[:9], 0.02, 20), was_cancelled=True)
    assert not bench.panel.grab().isNull()


def test_that_a_problem_is_said_and_the_curve_is_a_table(bench):
    assert bench.panel.table() is None
    assert few(bench, None, problem=UserError("No <i>data</i>.")) == "No <i>data</i>."
    few(bench, Overfitting(np.array([2.0, 1.0]), 0.02, 20))
    assert list(bench.panel.table()) == [("step", "loss"), (0, 2.0), (1, 1.0)]

import math

import pytest

from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.engine.history.history import History
from workbench.engine.history.records import Evaluation
from workbench.ui.models.headline_figures import headline_of

STEPS = 10


def history_of(metrics, *, further=0):
    """A run with a test of each metric after `STEPS` steps, and steps beyond; the loss falls by 0.01 a step."""
    history = History()
    for epoch, metric in enumerate(metrics, 1):
        for _ in range(STEPS):
            history.add_step(2.0 - 0.01 * len(history), 0.5 + 0.001 * len(history))
        history.add_evaluation(Evaluation(len(history), epoch, 1.0, metric))
    for _ in range(further):
        history.add_step(2.0 - 0.01 * len(history), 0.5 + 0.001 * len(history))
    return history


def headline(history, metric=ACCURACY):
    return headline_of(history, history.loss, metric)


def test_that_a_run_without_a_step_has_no_figures():
    assert headline(History()).loss is None
    assert headline(History()).best is None


def test_that_the_changes_are_those_since_the_epoch_before():
    figures = headline(history_of([0.6, 0.7], further=5))
    assert figures.loss == pytest.approx(2.0 - 0.01 * 24)
    assert figures.loss_change == pytest.approx(-0.01 * 5)
    assert figures.training_change == pytest.approx(0.001 * 5)
    assert figures.test_change == pytest.approx(0.1)


def test_that_right_after_a_test_the_epoch_before_it_is_meant():
    figures = headline(history_of([0.6, 0.7]))
    assert figures.loss_change == pytest.approx(-0.01 * STEPS)


def test_that_in_the_first_epoch_nothing_has_changed_yet():
    figures = headline(history_of([], further=3))
    assert (figures.loss_change, figures.training_change, figures.test_change) == (None, None, None)


@pytest.mark.parametrize(
    ("metric", "values", "best"),
    [
        (ACCURACY, [0.6, 0.8, 0.7], (0.8, 2)),
        (ACCURACY, [0.8, 0.8], (0.8, 1)),
        (MEAN_ABSOLUTE_ERROR, [0.5, math.nan, 0.2, 0.3], (0.2, 3)),
        (MEAN_ABSOLUTE_ERROR, [math.nan], (None, None)),
    ],
)
def test_that_the_best_is_that_of_the_task_with_its_epoch(metric, values, best):
    figures = headline(history_of(values), metric)
    assert (figures.best, figures.best_epoch) == best


def test_that_a_smoothing_that_lags_behind_is_no_trouble():
    history, behind = history_of([0.5], further=4), history_of([], further=3)
    figures = headline_of(history, behind.loss, ACCURACY)
    assert figures.loss == pytest.approx(1.98)
    assert figures.loss_change is None


def test_that_a_change_to_or_from_nan_is_none():
    history = history_of([0.5], further=1)
    history.add_step(math.nan, 0.5)
    assert headline(history).loss_change is None

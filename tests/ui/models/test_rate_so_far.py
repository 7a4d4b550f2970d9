from types import SimpleNamespace

import pytest

from workbench.engine.history.history import History
from workbench.engine.history.records import Change
from workbench.engine.recipe import Recipe
from workbench.ui.models.rate_so_far import MOST_RATES, RateSoFar


@pytest.fixture
def run():
    run = SimpleNamespace(history=History(), recipe=Recipe(), train_count=640)
    add_steps(run.history, 10)
    return run


def add_steps(history, count):
    for _ in range(count):
        history.add_step(1.0, 0.5)


def test_that_the_rates_are_those_of_the_first_step_to_the_present_one(run):
    run.history.add_change(Change(8, "learning_rate", 1e-3, 0.1))
    assert RateSoFar(run).rates().tolist() == [1e-3] * 8 + [0.1] * 2


def test_that_the_rates_follow_steps_changes_and_another_run(run):
    so_far = RateSoFar(run)
    assert so_far.rates().tolist() == [1e-3] * 10
    run.history.add_change(Change(10, "learning_rate", 1e-3, 0.1))
    add_steps(run.history, 1)
    assert so_far.rates().tolist() == [1e-3] * 10 + [0.1]
    run.history, run.recipe = History(), Recipe(values={"learning_rate": 0.5})
    add_steps(run.history, 2)
    assert so_far.rates().tolist() == [0.5, 0.5]


def test_that_a_long_run_gives_no_more_rates_than_a_line_can_show(run):
    add_steps(run.history, 100_000)
    rates = RateSoFar(run).rates()
    assert len(rates) == MOST_RATES


@pytest.mark.parametrize("missing", [{"history": None}, {"history": History()}, {"recipe": None}, {"train_count": 0}])
def test_that_without_a_run_that_is_known_there_are_no_rates(run, missing):
    assert RateSoFar(SimpleNamespace(**{**vars(run), **missing})).rates() is None

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.protocol.prediction_log import PredictionLog

SPEC = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b"))
OUTPUTS = np.zeros((5, 2), np.float32)


def log_of(steps, budget=1 << 20):
    log = PredictionLog(SPEC, np.zeros((5, 2), np.float32), np.zeros(5, np.int64), budget)
    for step in steps:
        log.add(step, OUTPUTS + step)
    return log


def test_that_the_outputs_of_an_evaluation_are_found_by_its_step():
    log = log_of([10, 20])
    assert np.array_equal(log.outputs(20), OUTPUTS + 20)
    assert log.outputs(15) is None


@given(st.lists(st.integers(0, 1000), unique=True, min_size=3), st.integers(2, 6))
def test_that_the_first_and_the_last_stay_within_the_budget(steps, most):
    log = log_of(steps, budget=most * OUTPUTS.nbytes)
    assert log.nbytes <= most * OUTPUTS.nbytes
    assert list(log.steps) == sorted(log.steps)
    assert {log.steps[0], log.steps[-1]} == {min(steps), max(steps)}


def test_that_outputs_too_large_for_two_of_them_have_no_room():
    log = log_of([], budget=100)
    assert log.has_room(12)
    assert not log.has_room(13)


def test_that_a_branch_shares_what_came_before_it_and_adds_on_its_own():
    log = log_of([10, 20, 30])
    branch = log.copy(20)
    branch.add(25, OUTPUTS)
    assert branch.steps == (10, 20, 25)
    assert log.steps == (10, 20, 30)
    assert branch.outputs(10) is log.outputs(10)

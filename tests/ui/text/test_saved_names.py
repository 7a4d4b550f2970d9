import pytest

from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.engine.history.history import History
from workbench.engine.history.records import Evaluation
from workbench.ui.text.saved_names import file_name, saved_name


@pytest.fixture
def history():
    history = History()
    for _ in range(1876):
        history.add_step(0.5, 0.9)
    return history


def test_that_a_name_says_run_step_and_result(history):
    history.add_evaluation(Evaluation(1876, 2, 0.4, 0.8731))
    assert saved_name("Run 12", history, ACCURACY) == "Run 12 step 1876 accuracy 87.3"
    assert saved_name("Run 12", history, MEAN_ABSOLUTE_ERROR) == "Run 12 step 1876 error 0.873"


def test_that_the_result_of_another_step_is_not_that_of_these_weights(history):
    history.add_evaluation(Evaluation(938, 1, 0.4, 0.8731))
    assert saved_name("Run 12", history, ACCURACY) == "Run 12 step 1876"


def test_that_what_no_file_can_be_called_is_left_out():
    assert file_name('my/run: "best"?') == "my-run- -best--"

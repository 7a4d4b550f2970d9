import math

from workbench.engine.config.tasks import Task


def test_that_accuracy_is_a_share_of_which_more_is_better():
    metric = Task.CLASSIFICATION.metric
    assert (metric.name, metric.maximum, metric.lower_is_better) == ("accuracy", 1.0, False)


def test_that_an_error_has_no_upper_end_and_less_of_it_is_better():
    metric = Task.REGRESSION.metric
    assert (metric.name, metric.maximum, metric.lower_is_better) == ("mean_absolute_error", math.inf, True)

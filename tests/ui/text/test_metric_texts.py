"""Accuracies and errors in words."""

import math

import pytest

from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.ui.text import metric_texts


def test_that_accuracy_is_written_as_the_tutorial_prints_it():
    assert metric_texts.metric_text(ACCURACY, 0.8516) == "85.2%"
    assert metric_texts.metric_text(ACCURACY, None) == "–"
    assert metric_texts.named_metric_text(ACCURACY, 0.8516) == "accuracy 85.2%"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (0.1234, "MAE 0.123"),
        (0.1, "MAE 0.100"),
        (45.23, "MAE 45.2"),
        (999.6, "MAE 1,000"),
        (123456.0, "MAE 123,456"),
        (1.5e-5, "MAE 1.50e-05"),
        (2e9, "MAE 2.00e+09"),
        (0.0, "MAE 0"),
        (math.nan, "MAE NaN"),
        (math.inf, "MAE ∞"),
        (None, "–"),
    ],
)
def test_that_an_error_is_named_and_has_three_digits(error, text):
    assert metric_texts.metric_text(MEAN_ABSOLUTE_ERROR, error) == text
    assert metric_texts.named_metric_text(MEAN_ABSOLUTE_ERROR, error) == text


@pytest.mark.parametrize(("r2", "text"), [(0.8734, "R² 0.873"), (-3.0, "R² −3.000"), (math.nan, "R² –")])
def test_that_the_coefficient_of_determination_is_short(r2, text):
    assert metric_texts.r2_text(r2) == text
    assert len(metric_texts.r2_text(-1e30)) < 14

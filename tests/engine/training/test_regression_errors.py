import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.training.regression_errors import RegressionErrors

NUMBERS = st.floats(-1e3, 1e3, width=32)


@st.composite
def predictions(draw):
    """Outputs and targets (N, T)."""
    shape = draw(st.integers(2, 20)), draw(st.integers(1, 3))
    count = shape[0] * shape[1]
    rows = [draw(st.lists(NUMBERS, min_size=count, max_size=count)) for _ in range(2)]
    return tuple(torch.tensor(row, dtype=torch.float32).reshape(shape) for row in rows)


def errors_of(outputs, targets, size=7):
    errors = RegressionErrors()
    for start in range(0, len(targets), size):
        errors.add(outputs[start : start + size], targets[start : start + size])
    return errors


@given(predictions())
def test_that_the_error_is_the_mean_over_all_samples_and_targets(pair):
    outputs, targets = pair
    expected = np.abs(outputs.numpy().astype(float) - targets.numpy()).mean()
    assert errors_of(*pair).mean_absolute_error == pytest.approx(expected)


@given(predictions())
def test_that_r2_compares_the_squared_errors_with_the_variance_of_each_target(pair):
    outputs, targets = (tensor.numpy().astype(float) for tensor in pair)
    residual, total = ((outputs - targets) ** 2).sum(0), ((targets - targets.mean(0)) ** 2).sum(0)
    if (total > 1e-6 * (targets**2).sum(0)).all():
        assert errors_of(*pair).r2 == pytest.approx(float((1 - residual / total).mean()), rel=1e-6, abs=1e-6)


@given(predictions(), st.integers(1, 25))
def test_that_the_size_of_the_batches_does_not_count(pair, size):
    one, other = errors_of(*pair), errors_of(*pair, size)
    assert one.mean_absolute_error == pytest.approx(other.mean_absolute_error)
    assert one.r2 == pytest.approx(other.r2, nan_ok=True)


def test_that_targets_far_from_zero_lose_no_digits():
    targets = 1e6 + torch.arange(8.0).unsqueeze(1)
    assert errors_of(targets + 1, targets).r2 == pytest.approx(1 - 8 / 42)


def test_that_equal_targets_give_1_where_they_were_predicted_exactly_and_else_0():
    flat = torch.full((4, 1), 3.0)
    assert errors_of(flat, flat).r2 == 1.0
    assert errors_of(flat + 1, flat).r2 == 0.0


def test_that_there_is_no_number_before_the_first_batch():
    assert math.isnan(RegressionErrors().r2)
    assert math.isnan(RegressionErrors().mean_absolute_error)

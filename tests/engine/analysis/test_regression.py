"""Figures of a regression: errors, R², residuals and their histogram."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from workbench.engine.analysis.regression import MOST_BINS, Histogram, RegressionFigures, residuals
from workbench.engine.training.regression_errors import RegressionErrors

NUMBERS = st.floats(-100, 100, width=32)


@st.composite
def predictions(draw):
    shape = draw(st.tuples(st.integers(2, 20), st.integers(1, 3)))
    return [draw(arrays.arrays(np.float32, shape, elements=NUMBERS)) for _ in range(2)]


@given(predictions())
def test_that_the_figures_are_those_of_the_textbook(drawn):
    outputs, targets = drawn
    figures = RegressionFigures.of(outputs, targets)
    for target in range(targets.shape[1]):
        found, wanted = outputs[:, target].astype(float), targets[:, target].astype(float)
        np.testing.assert_allclose(figures.mean_absolute_error[target], sum(abs(found - wanted)) / len(found))
        np.testing.assert_allclose(figures.root_mean_squared_error[target], np.mean((found - wanted) ** 2) ** 0.5)
        spread = np.sum((wanted - wanted.mean()) ** 2)
        if spread > 1e-3:
            np.testing.assert_allclose(figures.r2[target], 1 - np.sum((found - wanted) ** 2) / spread, rtol=1e-6)


@given(predictions())
def test_that_they_are_what_the_training_reports(drawn):
    outputs, targets = drawn
    errors = RegressionErrors()
    errors.add(torch.from_numpy(outputs), torch.from_numpy(targets))
    figures = RegressionFigures.of(outputs, targets)
    np.testing.assert_allclose(figures.mean_absolute_error.mean(), errors.mean_absolute_error, rtol=1e-9)
    if (np.ptp(targets, axis=0) > 1e-3).all():
        np.testing.assert_allclose(figures.r2.mean(), errors.r2, rtol=1e-6)


@given(predictions())
def test_that_they_equal_those_of_scikit_learn(drawn):
    metrics = pytest.importorskip("sklearn.metrics")
    outputs, targets = drawn
    figures = RegressionFigures.of(outputs, targets)
    error = metrics.mean_absolute_error(targets, outputs, multioutput="raw_values")
    np.testing.assert_allclose(figures.mean_absolute_error, error, rtol=1e-5, atol=1e-6)
    if (np.ptp(targets, axis=0) > 1e-2).all():
        r2 = metrics.r2_score(targets.astype(float), outputs.astype(float), multioutput="raw_values")
        np.testing.assert_allclose(figures.r2, r2, rtol=1e-6)


def test_that_r2_of_a_target_without_spread_is_1_where_it_is_met_and_else_0():
    targets = np.full((4, 2), 3.0, np.float32)
    outputs = targets.copy()
    outputs[0, 1] = 4
    assert RegressionFigures.of(outputs, targets).r2.tolist() == [1.0, 0.0]
    assert np.isnan(RegressionFigures.of(outputs[:0], targets[:0]).r2).all()


def test_that_a_residual_is_what_the_prediction_lacks():
    assert residuals(np.array([[1.0]], np.float32), np.array([[3.0]], np.float32)).tolist() == [[2.0]]


@given(arrays.arrays(np.float64, st.integers(0, 40), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_that_a_histogram_counts_every_finite_number_once(values):
    with np.errstate(over="ignore"):
        histogram = Histogram.of(values / 4)  # the range of the numbers must be a number
    assert histogram.count.sum() == np.isfinite(values).sum()
    assert len(histogram.edges) == len(histogram.count) + 1
    assert 1 <= len(histogram.count) <= MOST_BINS
    assert (np.diff(histogram.edges) > 0).all()


def test_that_a_histogram_of_many_numbers_is_that_of_freedman_and_diaconis():
    values = np.random.default_rng(1).normal(size=2000)
    histogram = Histogram.of(values)
    assert len(histogram.count) == len(np.histogram_bin_edges(values, "fd")) - 1

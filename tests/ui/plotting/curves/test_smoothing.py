from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from workbench.engine.history.series import Series
from workbench.ui.plotting.curves.smoothing import BLOCK, SmoothedSeries, Smoother

BETAS = st.floats(0.0, 0.999)
LOSSES = npst.arrays(np.float32, st.integers(1, 3000), elements=st.floats(0, 100, width=32))


def by_definition(values, beta):
    average, averages = 0.0, []
    for count, value in enumerate(values.tolist(), start=1):
        average = beta * average + (1.0 - beta) * value
        averages.append(average / (1.0 - beta**count))
    return averages


@given(LOSSES, BETAS)
def test_that_the_average_is_the_bias_corrected_one(values, beta):
    np.testing.assert_allclose(Smoother(beta).extend(values), by_definition(values, beta), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("beta", [0.3, 0.9, 0.999])
def test_that_long_series_are_averaged_across_blocks(beta):
    values = np.random.default_rng(0).random(3 * BLOCK + 17, np.float32)
    np.testing.assert_allclose(Smoother(beta).extend(values), by_definition(values, beta), rtol=1e-6)


@given(LOSSES, BETAS, st.lists(st.integers(0, 3000), max_size=8))
def test_that_averaging_piece_by_piece_equals_averaging_all_at_once(values, beta, cuts):
    smoother = Smoother(beta)
    edges = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    pieces = [smoother.extend(values[start:stop]) for start, stop in pairwise(edges)]
    np.testing.assert_allclose(np.concatenate(pieces), Smoother(beta).extend(values), rtol=1e-6, atol=1e-6)


@given(st.floats(-1e6, 1e6, width=32), BETAS, st.integers(1, 40_000))
@settings(max_examples=50)
def test_that_a_constant_stays_that_constant(value, beta, count):
    values = np.full(count, value, np.float32)
    assert np.array_equal(Smoother(beta).extend(values), values)


@given(LOSSES)
def test_that_without_weight_of_the_past_nothing_is_smoothed(values):
    assert np.array_equal(Smoother(0.0).extend(values), values)


@given(LOSSES, BETAS)
def test_that_the_average_stays_between_the_extremes(values, beta):
    averages = Smoother(beta).extend(values)
    assert averages.min() >= values.min() - 1e-4
    assert averages.max() <= values.max() + 1e-4


@pytest.mark.parametrize("beta", [0.0, 0.9])
def test_that_values_that_are_not_finite_leave_the_average_as_it_was(beta):
    smoother = Smoother(beta)
    averages = smoother.extend(np.array([np.nan, 1.0, np.inf, 1.0, np.nan], np.float32))
    assert np.isnan(averages[0])
    assert averages[1:].tolist() == [1.0] * 4
    assert smoother.extend(np.array([np.nan, 1.0], np.float32)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("beta", [-0.1, 1.0, 0.9999, float("nan")])
def test_that_a_weight_out_of_range_is_refused(beta):
    with pytest.raises(ValueError, match="beta"):
        Smoother(beta)


def test_that_a_smoothed_series_catches_up_in_slices():
    source = Series(np.linspace(2.0, 1.0, 1000))
    smoothed = SmoothedSeries(source, 0.9)
    lengths = []
    while smoothed.behind:
        smoothed.advance(300)
        lengths.append(len(smoothed.series))
    assert lengths == [300, 600, 900, 1000]
    np.testing.assert_allclose(smoothed.series.values(), Smoother(0.9).extend(source.values()), rtol=1e-6)


def test_that_a_smoothed_series_begins_again_when_its_source_was_truncated():
    source = Series(np.ones(100))
    smoothed = SmoothedSeries(source, 0.9)
    smoothed.advance(1000)
    source.truncate(10)
    source.extend(np.full(20, 5.0))
    smoothed.advance(1000)
    np.testing.assert_allclose(smoothed.series.values(), Smoother(0.9).extend(source.values()), rtol=1e-6)

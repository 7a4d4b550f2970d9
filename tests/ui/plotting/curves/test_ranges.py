from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.history.series import Series
from workbench.ui.plotting.curves.ranges import (
    LOG_OUTLIER,
    OUTLIER,
    Extent,
    decade_bounds,
    fitted_highest,
    linear_bounds,
    log_bounds,
    next_horizon,
    nice_ceiling,
    nice_floor,
    robust_highest,
)

POSITIVE = st.floats(1e-30, 1e30)


def test_that_the_horizon_grows_by_epochs_then_by_quarters_up_to_the_plan():
    horizons = {next_horizon(steps, 10, 400) for steps in range(1, 401)}
    epochs = sorted(horizon / 10 for horizon in horizons)
    assert epochs == [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 35, 40]


def test_that_a_run_without_a_plan_or_beyond_it_still_finds_room():
    assert next_horizon(25, 10, 0) == 30
    assert next_horizon(25, 10, 20) == 30


def test_that_a_run_shorter_than_an_epoch_is_shown_as_planned():
    assert next_horizon(0, 938, 5) == 5


@given(st.integers(0, 10**7), st.integers(1, 5000), st.integers(0, 10**7))
def test_that_the_horizon_always_has_room_and_at_most_a_quarter_and_an_epoch_to_spare(steps, epoch, planned):
    horizon = next_horizon(steps, epoch, planned)
    assert horizon >= max(steps, 0)
    assert horizon <= max(1.25 * steps + 2 * epoch, epoch)


@given(POSITIVE)
def test_that_nice_numbers_enclose_the_value_closely(value):
    assert value <= nice_ceiling(value) <= 2.0 * value * (1 + 1e-9)
    assert value / 2.5 <= nice_floor(value) * (1 + 1e-9)
    assert nice_floor(value) <= value


@pytest.mark.parametrize(
    ("lowest", "highest", "bounds"),
    [
        (0.2, 2.31, (0, 2.6)),
        (1.9, 2.0, (0, 2.4)),
        (0.0, 0.0, (0, 1)),
        (-0.9, 2.0, (-1.2, 2.4)),
        (-3.0, -1.0, (-3.5, 0)),
    ],
)
def test_that_linear_bounds_begin_at_zero_and_end_above_the_largest(lowest, highest, bounds):
    assert linear_bounds(lowest, highest) == pytest.approx(bounds)


def test_that_nothing_seen_yet_gives_bounds_all_the_same():
    assert Extent().bounds(log=False) == (0.0, 1.0)
    low, high = Extent().bounds(log=True)
    assert low < high


@given(POSITIVE, POSITIVE)
def test_that_logarithmic_bounds_enclose_what_is_positive(one, other):
    low, high = log_bounds(min(one, other), max(one, other))
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < math.log10(max(one, other)) < high
    assert high - low <= 15.5


def test_that_an_extent_ignores_what_is_not_finite():
    extent = Extent()
    extent.include(np.array([np.nan, 0.5, np.inf, 2.0, -np.inf], np.float32))
    assert extent.bounds(log=False) == (0.0, 2.4)


def test_that_an_extent_never_shrinks():
    extent = Extent()
    extent.include(np.array([50.0]))
    before = extent.bounds(log=False)
    extent.include(np.array([0.1]))
    assert extent.bounds(log=False) == before


def test_that_the_logarithmic_lower_edge_comes_from_the_smallest_positive_value():
    extent = Extent()
    extent.include(np.array([0.0, 1e-3, 2.0]))
    assert extent.bounds(log=True)[0] == pytest.approx(math.log10(5e-4))


def test_that_a_long_series_is_measured_as_a_short_one_is():
    values = np.random.default_rng(0).random(300_000) + 0.5
    values[123_456], values[200_001] = 7.7, 0.011
    long, short = Extent(), Extent()
    long.include_series(Series(values), 0)
    short.include(values)
    assert long.bounds(log=False) == short.bounds(log=False)
    assert long.bounds(log=True) == short.bounds(log=True)


# Outliers

NONE = np.empty(0)


def falling(count=400):
    return 0.4 + 1.9 * np.exp(-np.arange(count) / 100)


@pytest.mark.parametrize("place", [0, 150, 399])
def test_that_a_threefold_spike_is_fitted_and_a_divergence_is_not(place):
    values = falling()
    values[place] = 7.0
    assert robust_highest(values, OUTLIER, NONE) == 7.0
    values[place] = 5e16
    assert robust_highest(values, OUTLIER, NONE) <= 2.3


@pytest.mark.parametrize("grown", [np.linspace(1, 500, 400), np.logspace(0, 6, 400), np.linspace(1, 500, 400) ** 2])
def test_that_a_run_that_grows_over_its_whole_length_is_fitted(grown):
    assert robust_highest(grown, OUTLIER, NONE) == pytest.approx(grown.max())


def test_that_the_last_steps_of_a_divergence_are_left_out_and_its_evaluation_too():
    values = np.concatenate((falling(100), 10.0 ** np.arange(2, 17)))
    assert robust_highest(values, OUTLIER, np.array([1.5, 3e15])) == pytest.approx(2.3)
    assert robust_highest(values, LOG_OUTLIER, np.array([1.5, 3e15])) < 1e4


def test_that_a_run_of_a_few_steps_is_fitted_whole_and_without_steps_there_is_nothing_to_fit():
    assert robust_highest(np.array([2.0, 900.0, np.nan]), OUTLIER, NONE) == 900.0
    assert robust_highest(np.array([np.nan, np.inf]), OUTLIER, NONE) is None


@given(st.lists(st.floats(-1e30, 1e30), min_size=1, max_size=200), st.sampled_from([OUTLIER, LOG_OUTLIER]))
def test_that_the_fitted_value_is_one_of_the_run_and_most_of_the_run_lies_below(values, outlier):
    highest = robust_highest(np.array(values), outlier, NONE)
    assert highest in values
    assert (np.array(values) <= highest).mean() >= 0.5


def test_that_other_runs_are_fitted_unless_they_lie_far_above():
    assert fitted_highest(2.0, [5.0, 1e9], OUTLIER) == 5.0
    assert fitted_highest(900.0, [2.0], OUTLIER) == 900.0
    assert fitted_highest(None, [2.0, 1e9], OUTLIER) == 2.0
    assert fitted_highest(None, [], OUTLIER) is None


def test_that_a_value_above_the_fitted_one_raises_the_version():
    extent = Extent()
    extent.include(np.array([1.0, 1e9]))
    version, extent.fitted = extent.version, 1.0
    extent.include(np.array([1.0]))
    assert extent.version == version
    extent.include(np.array([2.0]))
    assert extent.version > version


@given(st.floats(1e-9, 1e3), st.floats(1.0, 1e3))
def test_that_whole_decades_lie_around_the_values_and_lines_at_the_edges_are_whole(lowest, factor):
    low, high = decade_bounds(lowest, lowest * factor)
    assert low < math.log10(lowest) <= math.log10(lowest * factor) < high
    decades = math.floor(high) - math.ceil(low)
    assert decades >= 1
    assert low == pytest.approx(math.ceil(low) - 0.06 * decades)
    assert high == pytest.approx(math.floor(high) + 0.06 * decades)

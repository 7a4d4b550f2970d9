from __future__ import annotations

import threading
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation
from workbench.engine.history.series import Series

FLOATS = st.floats(-1e6, 1e6, width=32)
ARRAYS = npst.arrays(np.float32, st.integers(0, 5000), elements=FLOATS)


def random_values(count, seed=0):
    return np.random.default_rng(seed).standard_normal(count).astype(np.float32)


# Series


@given(st.lists(st.one_of(FLOATS, npst.arrays(np.float32, st.integers(0, 700), elements=FLOATS)), max_size=30))
def test_that_a_series_holds_what_was_appended_and_extended_in_order(parts):
    series, expected = Series(), []
    for part in parts:
        if isinstance(part, float):
            series.append(part)
            expected.append(part)
        else:
            series.extend(part)
            expected.extend(part.tolist())
    assert len(series) == len(expected)
    assert series.values().tolist() == expected


def test_that_values_survive_the_moments_when_the_buffer_grows():
    series = Series()
    for index in range(5000):
        series.append(index)
        assert series[index] == index
    assert np.array_equal(series.values(), np.arange(5000))


def test_that_values_are_a_read_only_view():
    series = Series([1, 2, 3])
    with pytest.raises(ValueError, match="read-only"):
        series.values()[0] = 9


def test_that_a_part_of_the_values_can_be_read():
    series = Series(range(10))
    assert series.values(3, 6).tolist() == [3, 4, 5]
    assert series.values(8).tolist() == [8, 9]
    assert series.values(8, 99).tolist() == [8, 9]
    assert series.values(20).tolist() == []


@pytest.mark.parametrize("index", [-1, 3, 2000])
def test_that_an_index_outside_is_refused_although_the_buffer_has_room(index):
    with pytest.raises(IndexError):
        Series([1, 2, 3])[index]


def test_that_truncating_drops_the_rest_and_appending_goes_on_from_there():
    series = Series(range(100))
    series.truncate(40)
    series.append(-1)
    assert series.values().tolist() == [*range(40), -1]
    assert series.truncations == 1


def test_that_truncating_beyond_the_end_changes_nothing():
    series = Series(range(10))
    series.truncate(10)
    series.truncate(50)
    assert len(series) == 10
    assert series.truncations == 0


def test_that_values_handed_out_before_a_truncation_stay_what_they_were():
    series = Series(range(10))
    before = series.values()
    series.truncate(0)
    series.extend([7.0] * 10)
    assert before.tolist() == list(range(10))


def test_that_a_reader_never_sees_a_value_that_was_not_written_yet():
    series = Series()
    total = 200_000

    def write():
        for index in range(total):
            series.append(index)

    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while seen < total:
        values = series.values()
        assert len(values) >= seen
        seen = len(values)
        if seen:
            assert values[-1] == seen - 1
            assert values[seen // 2] == seen // 2
    writer.join()


# Summaries


def naive_bins(values, origin, spacing, first, count):
    edges = np.ceil(origin + spacing * np.arange(first, first + count + 1)).astype(int).clip(0, len(values))
    return {first + index: values[start:stop] for index, (start, stop) in enumerate(pairwise(edges)) if stop > start}


@given(ARRAYS, st.floats(-50, 50), st.floats(0.3, 31), st.integers(-5, 5), st.integers(1, 400))
def test_that_narrow_bins_are_summarised_exactly(values, origin, spacing, first, count):
    expected = naive_bins(values, origin, spacing, first, count)
    series = Series(values)
    extremes, means = series.extremes(origin, spacing, first, count), series.means(origin, spacing, first, count)
    assert extremes.bins.tolist() == means.bins.tolist() == list(expected)
    assert extremes.minimum.tolist() == [part.min() for part in expected.values()]
    assert extremes.maximum.tolist() == [part.max() for part in expected.values()]
    means_expected = [part.mean(dtype=np.float64) for part in expected.values()]
    np.testing.assert_allclose(means.mean, means_expected, rtol=1e-5, atol=1e-2)


@given(st.integers(1, 200_000), st.floats(0, 1000), st.floats(32, 20_000), st.integers(0, 1000))
@settings(max_examples=60)
def test_that_wide_bins_are_right_to_within_a_quarter_of_a_bin(length, origin, spacing, seed):
    values = random_values(length, seed)
    seen = Series(values).extremes(origin, spacing, 0, 40)
    quarter = spacing / 4
    for index, minimum, maximum in zip(seen.bins, seen.minimum, seen.maximum, strict=True):
        begin, end = origin + index * spacing, origin + (index + 1) * spacing
        wide = values[max(0, int(begin - 1)) : int(end + quarter + 1)]
        narrow = values[int(np.ceil(begin + quarter)) : int(end)]
        assert wide.min() <= minimum <= maximum <= wide.max()
        if narrow.size:
            assert minimum <= narrow.min()
            assert maximum >= narrow.max()


@given(st.integers(1, 300_000), st.integers(1, 3000), st.integers(0, 1000))
@settings(max_examples=60)
def test_that_no_value_falls_between_bins(length, count, seed):
    values = random_values(length, seed)
    seen = Series(values).extremes(0.0, length / count, 0, count + 1)
    assert seen.minimum.min() == values.min()
    assert seen.maximum.max() == values.max()


@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=12), st.floats(1, 5000))
@settings(max_examples=60)
def test_that_summaries_made_while_growing_equal_those_made_at_the_end(parts, spacing):
    values = random_values(sum(parts))
    growing, length = Series(), 0
    for part in parts:
        growing.extend(values[length : length + part])
        length += part
        growing.extremes(0.0, spacing, 0, 50)
    count = int(length / spacing) + 1
    one, other = growing.extremes(0.0, spacing, 0, count), Series(values).extremes(0.0, spacing, 0, count)
    assert np.array_equal(one.bins, other.bins)
    assert np.array_equal(one.minimum, other.minimum)
    assert np.array_equal(one.maximum, other.maximum)


@pytest.mark.parametrize("spacing", [1.0, 7.5, 100.0, 3000.0])
def test_that_a_strip_of_bins_equals_that_part_of_all_bins(spacing):
    series = Series(random_values(60_000))
    count = int(60_000 / spacing) + 1
    whole, strip = series.extremes(3.5, spacing, 0, count), series.extremes(3.5, spacing, count - 9, 9)
    assert np.array_equal(whole.minimum[-len(strip.bins) :], strip.minimum)
    assert np.array_equal(whole.maximum[-len(strip.bins) :], strip.maximum)


@pytest.mark.parametrize("spacing", [10.0, 20_000.0])
def test_that_values_that_are_not_finite_are_left_out_of_the_extremes(spacing):
    values = random_values(100_000)
    spoilt = values.copy()
    spoilt[::10] = [np.nan, np.inf, -np.inf, np.nan, np.inf] * 2000
    seen = Series(spoilt).extremes(0.0, spacing, 0, int(100_000 / spacing))
    assert np.isfinite(seen.minimum).all()
    assert seen.minimum.min() == spoilt[np.isfinite(spoilt)].min()
    assert seen.maximum.max() == spoilt[np.isfinite(spoilt)].max()


def test_that_a_bin_without_a_finite_value_is_nan():
    seen = Series([np.nan, np.inf, 1.0, 2.0]).extremes(0.0, 2.0, 0, 2)
    assert np.isnan(seen.minimum[0])
    assert seen.minimum[1] == 1.0


def test_that_losses_about_to_overflow_are_averaged_without_a_warning():
    series = Series(np.full(100_000, 3e38, np.float32))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(series.means(0.0, 1000.0, 0, 100).mean, 3e38, rtol=1e-6)


def test_that_summaries_forget_what_was_truncated():
    series = Series(np.full(50_000, 9.0))
    series.extremes(0.0, 500.0, 0, 100)
    series.truncate(10_000)
    series.extend(np.ones(40_000))
    seen = series.extremes(0.0, 500.0, 0, 100)
    assert seen.maximum[:20].tolist() == [9.0] * 20
    assert seen.maximum[20:].tolist() == [1.0] * 80


def test_that_an_empty_series_has_no_bins():
    assert not len(Series().extremes(0.0, 10.0, 0, 100).bins)
    assert not len(Series().means(0.0, 10.0, 0, 100).bins)


# History


def sample_history():
    history = History()
    for step in range(30):
        if step % 10 == 0:
            history.add_epoch_start(EpochStart(step // 10 + 1, step))
        history.add_step(2.0 - step / 30, step / 30)
        if step % 10 == 9:
            history.add_evaluation(Evaluation(step + 1, step // 10 + 1, 1.0, 0.5))
    history.add_change(Change(4, "learning_rate", 1e-3, 1e-2))
    history.add_change(Change(20, "momentum", 0.0, 0.9))
    return history


def test_that_a_history_counts_whole_steps():
    history = History()
    history.add_step(2.3, 0.1)
    history.loss.append(2.2)
    assert len(history) == 1


def test_that_truncating_a_history_goes_back_to_the_given_step():
    history = sample_history()
    history.truncate(20)
    assert len(history.loss) == len(history.metric) == len(history) == 20
    assert [evaluation.step for evaluation in history.evaluations] == [10, 20]
    assert [start.step for start in history.epoch_starts] == [0, 10]
    assert [change.step for change in history.changes] == [4]


@pytest.mark.parametrize("steps", [2**17, 2**17 + 1, 200_000])
def test_that_two_series_with_summaries_and_a_smoothed_one_take_at_most_40_bytes_a_step(steps):
    series = [Series(), Series(), Series()]
    for each in series:
        for value in range(0, steps, 1000):
            each.extend(np.full(min(1000, steps - value), 1.0))
        each.extremes(0.0, steps / 1000, 0, 1000)
    assert sum(each.nbytes for each in series) <= 40 * steps


@pytest.mark.parametrize("go_back", [lambda history: history.truncate(5), lambda history: history.go_to(History(), 0)])
def test_that_going_back_leaves_the_lists_that_a_reader_has_taken_as_they_were(go_back):
    history = History()
    for step in range(10):
        history.add_step(1.0, 0.5)
        history.add_evaluation(Evaluation(step + 1, step + 1, 1.0, 0.5))
        history.add_epoch_start(EpochStart(step + 1, step))
        history.add_change(Change(step, "learning_rate", 0.1, 0.2))
    taken = (history.evaluations, history.epoch_starts, history.changes)
    go_back(history)
    assert [len(records) for records in taken] == [10, 10, 10]
    assert len(history.evaluations) < 10

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from workbench.ui.plotting.render.ticks import linear_ticks, log_ticks, step_ticks, vertical_ticks
from workbench.ui.text.numbers import with_hyphens

DIGIT_HEIGHT = 9.0
"""Logical pixels: of a digit of the plots' font."""


def labels(ticks):
    return [tick.label for tick in ticks]


def number(label):
    return float(with_hyphens(label).replace(",", ""))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 2.5, ["0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
        (0, 103, ["0", "20", "40", "60", "80", "100"]),
        (0, 1, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (0.3, 0.305, ["0.300", "0.301", "0.302", "0.303", "0.304", "0.305"]),
        (0, 5e-5, ["0", "1e-5", "2e-5", "3e-5", "4e-5", "5e-5"]),
        (0, 6e6, ["0", "1e6", "2e6", "3e6", "4e6", "5e6", "6e6"]),
        (-1, 1, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
    ],
)
def test_that_numbers_are_round_and_read_as_people_write_them(low, high, expected):
    assert labels(linear_ticks(low, high, 6)) == expected


@given(st.floats(-1e7, 1e7), st.floats(1e-3, 1e7), st.integers(2, 12))
def test_that_ticks_lie_within_the_range_evenly_and_say_where_they_are(low, width, most):
    assume(width > 1e-6 * abs(low))
    ticks = linear_ticks(low, low + width, most)
    assert len(ticks) <= most + 1
    gaps = [right.position - left.position for left, right in pairwise(ticks)]
    for tick in ticks:
        assert low - 1e-6 * width <= tick.position <= low + width * (1 + 1e-6)
        assert number(tick.label) == pytest.approx(tick.position, abs=0.01 * width, rel=1e-6)
    assert all(gap == pytest.approx(gaps[0], rel=1e-3) for gap in gaps)
    assert len(set(labels(ticks))) == len(ticks)


def test_that_steps_are_whole_numbers_with_their_thousands_set_apart():
    assert labels(step_ticks(0, 40_000, 5)) == ["0", "10,000", "20,000", "30,000", "40,000"]
    assert labels(step_ticks(0, 3, 12)) == ["0", "1", "2", "3"]
    assert labels(step_ticks(0, 9.5, 4)) == ["0", "5"]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-3, 2, ["0.001", "0.01", "0.1", "1", "10", "100"]),
        (math.log10(0.5), math.log10(5.0), ["0.5", "1", "2", "5"]),
        (-7, -5, ["1e-7", "1e-6", "1e-5"]),
        (math.log10(0.4), math.log10(0.44), ["0.40", "0.41", "0.42", "0.43", "0.44"]),
    ],
)
def test_that_a_logarithmic_axis_carries_powers_of_ten_or_finer_round_numbers(low, high, expected):
    assert labels(log_ticks(low, high, 6)) == expected


@given(st.floats(-30, 30), st.floats(0.01, 30), st.integers(2, 12))
def test_that_logarithmic_ticks_say_where_they_are(low, width, most):
    for tick in log_ticks(low, low + width, most):
        assert low - 1e-6 <= tick.position <= low + width + 1e-6
        assert math.log10(number(tick.label)) == pytest.approx(tick.position, abs=0.01 * width + 1e-6)


@pytest.mark.parametrize("log", [False, True])
def test_that_even_a_low_plot_has_two_numbers(log):
    assert len(vertical_ticks(0.0, 2.0, 30.0, log=log)) >= 2


@given(st.floats(-15, 15), st.floats(1e-3, 30), st.floats(24, 900), st.booleans())
@example(0.0, 0.875, 24.0, True)
def test_that_the_numbers_beside_a_plot_of_any_height_stand_apart(low, width, height, log):
    ticks = vertical_ticks(low, low + width, height, log=log)
    for before, after in pairwise(ticks):
        assert (after.position - before.position) / width * height >= DIGIT_HEIGHT


@pytest.mark.parametrize(
    ("low", "high", "height", "expected"),
    [
        (-3.1, -0.9, 40, ["0.001", "0.01", "0.1"]),
        (-2.1, -0.9, 40, ["0.01", "0.1"]),
        (-6.2, 0.2, 60, ["1e-6", "1e-4", "0.01", "1"]),
        (-6.2, 0.2, 40, ["1e-6", "0.001", "1"]),
    ],
)
def test_that_a_low_logarithmic_plot_has_powers_of_ten_that_do_not_touch(low, high, height, expected):
    ticks = vertical_ticks(low, high, height, log=True)
    assert labels(ticks) == expected
    gaps = [(upper.position - lower.position) / (high - low) * height for lower, upper in pairwise(ticks)]
    assert min(gaps) >= 16.0

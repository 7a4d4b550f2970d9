"""Reading a range test: on curves that are known, and against independent computations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.analysis.lr_finder import StopRule, fastai_valley, read_range, smoothed, swept_rates
from workbench.engine.protocol.experiments.range_test import RangeFound, Sweep

STEPS = 100
RATES = swept_rates("sgd", STEPS)


def descent(rates, at=1e-2, from_=2.3, to=1.0, broken_at=1.0):
    """A loss that falls fastest at a rate, and breaks away upwards at another."""
    fall = 1 / (1 + (at / rates) ** 2)
    return from_ + (to - from_) * fall + np.where(rates > broken_at, 5 * np.log(rates / broken_at), 0)


def found(*losses, has_broken=True):
    return RangeFound(RATES, tuple(Sweep(np.asarray(each, float), has_broken) for each in losses))


def noisy(losses, seed, size):
    return losses + np.random.default_rng(seed).normal(0, size, len(losses))


def test_that_the_rates_grow_by_one_factor_in_the_range_of_the_optimizer():
    assert (RATES[0], RATES[-1]) == pytest.approx((1e-6, 10.0))
    assert np.ptp(RATES[1:] / RATES[:-1]) < 1e-9
    for name in ("adam", "adamw", "rmsprop"):
        assert (swept_rates(name, STEPS)[[0, -1]]) == pytest.approx([1e-7, 1.0])


def test_that_smoothing_is_the_mean_with_a_gaussians_weights():
    losses = np.random.default_rng(0).normal(2, 1, STEPS)
    places = np.arange(STEPS)
    weights = np.exp(-0.5 * ((places[:, None] - places) / 2.5) ** 2)
    weights[np.abs(places[:, None] - places) > 10] = 0
    assert smoothed(losses, STEPS) == pytest.approx((weights * losses).sum(1) / weights.sum(1))


@given(st.integers(1, 150), st.floats(-5, 5))
def test_that_smoothing_keeps_what_is_constant_and_has_no_lag(count, level):
    assert smoothed(np.full(count, level), STEPS) == pytest.approx(np.full(count, level))
    ramp = np.arange(STEPS, dtype=float)
    assert smoothed(ramp, STEPS)[20:-20] == pytest.approx(ramp[20:-20])


def test_that_the_steepest_point_the_minimum_and_the_break_are_found():
    reading = read_range(found(descent(RATES)))
    assert 0.005 < reading.steepest < 0.02
    assert reading.suggestion == reading.steepest
    assert 0.1 < reading.minimum < 1.0
    assert 0.8 < reading.broken < 1.5


@given(st.integers(0, 1000), st.floats(0.0, 0.1))
def test_that_noise_moves_the_suggestion_little(seed, size):
    reading = read_range(found(*(noisy(descent(RATES), (seed, order), size) for order in range(3))))
    assert reading.suggestion is not None
    assert abs(math.log(reading.suggestion / 1e-2)) < math.log(2.5)


def test_that_of_curves_without_a_fall_at_most_one_in_a_hundred_gives_a_suggestion():
    flat = descent(RATES, from_=1.0, to=1.0)
    readings = [
        read_range(found(*(noisy(flat, (seed, order), size) for order in range(3))))
        for seed in range(150)
        for size in (0.05, 0.3)
    ]
    assert sum(reading.suggestion is not None for reading in readings) <= 3
    assert all(reading.limit == pytest.approx(reading.broken / 10) for reading in readings)


def test_that_a_fall_of_less_than_five_per_cent_is_none():
    assert read_range(found(descent(RATES, from_=1.0, to=0.97))).suggestion is None
    assert read_range(found(descent(RATES, from_=1.0, to=0.9))).suggestion is not None


def test_that_a_curve_that_never_breaks_is_limited_by_the_largest_rate():
    reading = read_range(found(np.full(STEPS, 2.3), has_broken=False))
    assert (reading.broken, reading.limit) == (None, pytest.approx(10.0))


def test_that_a_sweep_that_became_nan_breaks_where_it_ended():
    losses = descent(RATES)[:70]
    assert read_range(found(losses)).broken == pytest.approx(RATES[69])


def test_that_one_huge_loss_does_not_move_the_break():
    losses = descent(RATES)[:80].copy()
    with_huge = losses.copy()
    with_huge[-1] = 1e9
    plain, huge = read_range(found(losses)), read_range(found(with_huge))
    assert abs(math.log(huge.broken / plain.broken)) < math.log(2)


def test_that_nothing_is_said_of_too_few_points():
    assert read_range(found([2.3] * 4)) is None
    assert read_range(RangeFound(RATES, ())) is None


def test_that_the_band_lies_around_the_curve():
    reading = read_range(found(*(noisy(descent(RATES), seed, 0.1) for seed in range(3))))
    assert (reading.low <= reading.curve).all()
    assert (reading.curve <= reading.high).all()


def test_that_a_sweep_under_way_does_not_cut_the_others_short():
    whole, begun = descent(RATES), descent(RATES)[:7]
    sweeps = (Sweep(whole, False), Sweep(begun, False))
    assert len(read_range(RangeFound(RATES, sweeps)).rates) == STEPS


@given(st.integers(0, 10_000))
def test_that_the_valley_is_that_of_fastais_own_lines(seed):
    losses = noisy(descent(RATES), seed, 0.05)
    assert fastai_valley(RATES, losses) == pytest.approx(published_valley(RATES, losses))


def published_valley(rates, losses):
    """`lr_find` and `valley` of fastai 2.8, with its Recorder's running mean, written out."""
    beta, mean, smooth = 0.98, 0.0, []
    for index, loss in enumerate(losses):
        mean = mean * beta + loss * (1 - beta)
        smooth.append(mean / (1 - beta ** (index + 1)))
    lrs, losses = rates[len(rates) // 10 : -5], smooth[len(rates) // 10 : -5]
    n = len(losses)
    max_start, max_end = 0, 0
    lds = [1] * n
    for i in range(1, n):
        for j in range(i):
            if (losses[i] < losses[j]) and (lds[i] < lds[j] + 1):
                lds[i] = lds[j] + 1
            if lds[max_end] < lds[i]:
                max_end = i
                max_start = max_end - lds[max_end]
    sections = (max_end - max_start) / 3
    return lrs[max_start + int(sections) + int(sections / 2)]


def test_that_a_sweep_ends_where_the_median_of_five_is_four_times_the_least():
    rule = StopRule()
    assert not any(rule.add(loss) for loss in [1.0] * 10)
    assert [rule.add(loss) for loss in [5.0, 5.0, 5.0]] == [False, False, True]


def test_that_one_easy_batch_does_not_end_a_sweep():
    rule = StopRule()
    assert not any(rule.add(loss) for loss in [1.0] * 5 + [0.01] + [1.0] * 5)


def test_that_batches_that_differ_by_orders_of_magnitude_do_not_end_a_sweep():
    losses = 10 ** np.random.default_rng(0).uniform(-4, -1, 60)
    losses[:10] = 10 ** np.linspace(-4, -1, 10)
    rule = StopRule()
    assert not any(rule.add(loss) for loss in losses.tolist())
    assert any(rule.add(loss) for loss in [3.0] * 5)


def test_that_a_network_that_has_learned_almost_everything_breaks_where_its_losses_leave_their_range():
    random = np.random.default_rng(0)
    calm = 10 ** random.uniform(-4, -1, (3, STEPS))
    losses = np.where(RATES > 0.01, 0.5 + calm, calm)
    reading = read_range(found(*losses))
    assert reading.suggestion is None
    assert 0.003 < reading.broken < 0.03


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_that_a_loss_that_is_no_number_ends_a_sweep(loss):
    assert StopRule().add(loss)

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.optim.lr_schedules import SCHEDULES, SMALLEST_FACTOR
from workbench.engine.recipe import defaults_for

every_schedule = pytest.mark.parametrize("name", SCHEDULES.names)


@st.composite
def settings_of(draw, name):
    rows = [TABLE[row] for row in SCHEDULES[name].accepts]
    kinds = {row.name: st.integers if row.kind is int else st.floats for row in rows}
    return {row.name: draw(kinds[row.name](row.minimum, row.maximum)) for row in rows}


def factor_at(name, values, progress, planned, losses=()):
    return SCHEDULES[name].factor(progress, planned, values, losses)


def of_default(name, progress, planned=10, **values):
    return factor_at(name, defaults_for({"schedule": name}) | values, progress, planned)


def test_that_the_default_leaves_the_sliders_value_as_it_is():
    assert SCHEDULES.default == "constant"
    assert {of_default("constant", progress) for progress in (0.0, 0.3, 5.0, 1e6)} == {1.0}


@every_schedule
@given(st.data(), st.floats(0, 1000), st.integers(1, 1000))
def test_that_every_factor_is_above_zero_and_at_most_one(name, data, progress, planned):
    values = data.draw(settings_of(name))
    factor = factor_at(name, values, progress, planned)
    assert type(factor) is float
    assert 0 < factor <= 1
    assert factor_at(name, dict(values), progress, planned) == factor


@pytest.mark.parametrize("name", [name for name in SCHEDULES.names if name not in ("step", "plateau")])
@given(st.data(), st.floats(0, 20), st.integers(1, 20))
def test_that_all_but_the_steps_have_no_jumps(name, data, progress, planned):
    values = data.draw(settings_of(name))
    here, there = (factor_at(name, values, place, planned) for place in (progress, progress + 1e-7))
    # The steepest allowed is the shortest warm-up, 0.01 of an epoch, and the shortest decay, to 0.01 in 0.1 epochs.
    assert abs(there - here) <= 1e-7 * 105


@pytest.mark.parametrize("name", ["step", "exponential", "cosine"])
@given(st.data(), st.lists(st.floats(0, 30), min_size=2, max_size=5).map(sorted))
def test_that_what_falls_never_rises(name, data, progresses):
    values = data.draw(settings_of(name))
    factors = [factor_at(name, values, progress, 10) for progress in progresses]
    assert factors == sorted(factors, reverse=True)


LOSSES = st.lists(st.floats(0, 3), max_size=40)


@given(LOSSES, st.integers(0, 5), st.floats(0.01, 1.0, exclude_max=True))
def test_that_the_plateau_is_torchs_own_rule(losses, patience, decay):
    optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0)
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=decay, patience=patience, threshold=0, eps=0)
    values = {"schedule_patience": patience, "schedule_decay": decay}
    for epoch, loss in enumerate(losses, 1):
        theirs.step(loss)
        ours = factor_at("plateau", values, epoch + 0.5, 10, losses)
        assert ours == pytest.approx(max(optimizer.param_groups[0]["lr"], SMALLEST_FACTOR), rel=1e-9)


@given(LOSSES, LOSSES, st.floats(0, 40), st.integers(0, 5))
def test_that_the_plateau_knows_no_epoch_that_is_not_over(losses, later, progress, patience):
    values = {"schedule_patience": patience, "schedule_decay": 0.5}
    known = losses[: math.floor(progress)]
    if len(known) < math.floor(progress):
        later = []
    assert factor_at("plateau", values, progress, 10, losses) == factor_at(
        "plateau", values, progress, 10, known + later
    )


def test_that_the_steps_come_where_periods_end():
    values = {"schedule_period": 3.0, "schedule_decay": 0.1}
    factors = [of_default("step", progress, **values) for progress in (0, 2.999, 3, 5.999, 6)]
    assert factors == pytest.approx([1, 1, 0.1, 0.1, 0.01])


def test_that_the_exponential_has_decayed_once_after_each_period():
    factors = [of_default("exponential", epoch, schedule_decay=0.5) for epoch in (0, 1, 2, 2.5)]
    assert factors == pytest.approx([1, 0.5, 0.25, 0.25 / math.sqrt(2)])


def test_that_the_cosine_ends_at_its_floor_and_stays_there():
    factors = [of_default("cosine", progress, schedule_floor=0.1) for progress in (0, 5, 10, 15)]
    assert factors == pytest.approx([1, 0.55, 0.1, 0.1])


@given(st.floats(0.05, 0.95), st.floats(1e-4, 1), st.integers(1, 100))
def test_that_one_cycle_has_its_only_peak_of_one_where_it_is_set(peak, floor, planned):
    values = {"schedule_peak": peak, "schedule_floor": floor}
    assert factor_at("one-cycle", values, peak * planned, planned) == pytest.approx(1)
    assert factor_at("one-cycle", values, 0, planned) == pytest.approx(1 / 25)
    assert factor_at("one-cycle", values, planned, planned) == pytest.approx(floor)


def test_that_the_warm_up_rises_to_the_full_rate_and_stays():
    factors = [of_default("warmup", progress, warmup_epochs=2.0) for progress in (0, 1, 2, 9)]
    assert factors == pytest.approx([0.01, 0.505, 1, 1])
    assert of_default("warmup", 0, warmup_epochs=0.0) == 1


def test_that_torch_agrees_with_the_cosine():
    import torch

    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    theirs = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10, eta_min=0.01)
    for epoch in range(10):
        assert of_default("cosine", epoch) == pytest.approx(optimizer.param_groups[0]["lr"])
        optimizer.step()
        theirs.step()

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.history import History
from workbench.engine.history.records import Change
from workbench.engine.optim.lr_schedules import SCHEDULES, RateCurve
from workbench.engine.recipe import Recipe, defaults_for
from workbench.engine.training.stepper import Stepper

every_schedule = pytest.mark.parametrize("name", SCHEDULES.names)


@st.composite
def settings_of(draw, name):
    rows = [TABLE[row] for row in SCHEDULES[name].accepts]
    return {row.name: draw(st.floats(row.minimum, row.maximum)) for row in rows}


def factor_at(name, values, progress, planned):
    return SCHEDULES[name].factor(progress, planned, values)


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


@pytest.mark.parametrize("name", [name for name in SCHEDULES.names if name != "step"])
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


# The curve over a run

COUNT = 100


def walked(recipe, changes, steps):
    """What a training that takes one step after the other would use: (slider's value, rate) of each."""
    values, epoch, sample, rates = dict(recipe.values), 0, 0, []
    for step in range(steps):
        for change in changes:
            if change.step == step:
                values[change.name] = change.new
        rate = values["learning_rate"]
        progress = epoch + sample / COUNT
        rates.append((rate, rate * factor_at(recipe.schedule, values, progress, values["epochs"])))
        sample += values["batch_size"]
        if sample >= COUNT:
            epoch, sample = epoch + 1, 0
    return np.array(rates).T


def history_with(changes):
    history = History()
    for change in changes:
        history.add_change(change)
    return history


@st.composite
def changes_of(draw, schedule):
    drawn = st.one_of(
        st.tuples(st.just("learning_rate"), st.floats(1e-6, 10)),
        st.tuples(st.just("batch_size"), st.integers(1, 150)),
        st.tuples(st.just("epochs"), st.integers(1, 20)),
        *(st.tuples(st.just(name), st.floats(0.1, 0.9)) for name in SCHEDULES[schedule].accepts),
    )
    places = sorted(draw(st.lists(st.integers(0, 60), max_size=8)))
    return [Change(step, name, 0, value) for step in places for name, value in [draw(drawn)]]


@every_schedule
@given(st.data(), st.integers(1, 150))
@settings(deadline=None)
def test_that_the_curve_is_what_a_walk_through_the_run_finds_bit_for_bit(name, data, batch_size):
    recipe = Recipe(schedule=name, values={"batch_size": batch_size, "epochs": 5})
    changes = data.draw(changes_of(name))
    curve = RateCurve(recipe, history_with(changes), COUNT)
    slider, applied = curve.at(np.arange(90))
    expected = walked(recipe, changes, 90)
    assert slider.dtype == applied.dtype == np.float64
    assert slider.tolist() == expected[0].tolist()
    assert applied.tolist() == expected[1].tolist()


def test_that_steps_may_be_asked_for_in_any_order():
    curve = RateCurve(Recipe(schedule="cosine"), history_with([Change(5, "learning_rate", 1e-3, 0.1)]), COUNT)
    steps = np.array([7, 0, 5, 4])
    assert curve.at(steps)[1].tolist() == curve.at(np.arange(8))[1][steps].tolist()
    assert [part.tolist() for part in curve.at(np.empty(0, np.int64))] == [[], []]


def test_that_a_change_in_the_place_of_another_makes_another_curve():
    history = history_with([Change(2, "learning_rate", 1e-3, 0.1), Change(2, "epochs", 10, 3)])
    curve = RateCurve(Recipe(schedule="cosine"), history, COUNT)
    before = curve.version
    history.changes[0] = Change(2, "learning_rate", 1e-3, 0.2)
    assert curve.version != before
    assert curve.at(np.array([2]))[0].tolist() == [0.2]


def test_that_the_curve_says_when_it_has_become_another():
    history = history_with([Change(2, "learning_rate", 1e-3, 0.1)])
    history.loss.extend(np.zeros(5))
    curve = RateCurve(Recipe(), history, COUNT)
    first = curve.version
    assert curve.at(np.array([1, 2]))[0].tolist() == [1e-3, 0.1]
    assert curve.version == first
    history.truncate(2)
    history.add_change(Change(2, "learning_rate", 1e-3, 0.5))
    assert curve.version != first
    assert curve.at(np.array([1, 2]))[0].tolist() == [1e-3, 0.5]


@every_schedule
def test_that_the_curve_shows_the_rates_a_training_really_used(name, tiny_data):
    values = {"batch_size": 50, "epochs": 3, "shuffle": True}
    stepper = Stepper(Recipe(schedule=name, values=values), tiny_data)
    changes = {4: ("batch_size", 70), 9: ("learning_rate", 0.02), 17: ("epochs", 4)}
    history, used = History(), []
    while stepper.position.epoch < 3:
        for trained in stepper.steps():
            used.append(stepper.optimizer.param_groups[0]["lr"])
            stepper.count(trained)
            step = stepper.position.step
            if step in changes:
                changed, value = changes[step]
                history.add_change(Change(step, changed, stepper.values[changed], value))
                stepper.set_value(changed, value)
        stepper.close_epoch()
    curve = RateCurve(stepper.recipe, history, len(tiny_data.train_images))
    assert len(used) > 28
    assert curve.at(np.arange(len(used)))[1].tolist() == used

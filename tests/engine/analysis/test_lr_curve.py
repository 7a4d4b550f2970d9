import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.analysis.lr_curve import RateCurve, SchedulePlan, known_count
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.data_digest import DataDigest
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.recipe import Recipe
from workbench.engine.training.stepper import Stepper

every_schedule = pytest.mark.parametrize("name", SCHEDULES.names)

COUNT = 100


def walked(recipe, changes, steps, losses=()):
    """What a training that takes one step after the other would use: (slider's value, rate) of each."""
    values, epoch, sample, rates = dict(recipe.values), 0, 0, []
    for step in range(steps):
        for change in changes:
            if change.step == step:
                values[change.name] = change.new
        rate = values["learning_rate"]
        progress = epoch + sample / COUNT
        rates.append((rate, rate * SCHEDULES[recipe.schedule].factor(progress, values["epochs"], values, losses)))
        sample += values["batch_size"]
        if sample >= COUNT:
            epoch, sample = epoch + 1, 0
    return np.array(rates).T


def history_with(changes, losses=()):
    history = History()
    for epoch, loss in enumerate(losses, 1):
        history.add_evaluation(Evaluation(epoch, epoch, loss, 0.5))
    for change in changes:
        history.add_change(change)
    return history


@st.composite
def changes_of(draw, schedule):
    drawn = st.one_of(
        st.tuples(st.just("learning_rate"), st.floats(1e-6, 10)),
        st.tuples(st.just("batch_size"), st.integers(1, 150)),
        st.tuples(st.just("epochs"), st.integers(1, 20)),
        *(
            st.tuples(st.just(name), st.integers(0, 3) if TABLE[name].kind is int else st.floats(0.1, 0.9))
            for name in SCHEDULES[schedule].accepts
        ),
    )
    places = sorted(draw(st.lists(st.integers(0, 60), max_size=8)))
    return [Change(step, name, 0, value) for step in places for name, value in [draw(drawn)]]


@every_schedule
@given(st.data(), st.integers(1, 150))
@settings(deadline=None)
def test_that_the_curve_is_what_a_walk_through_the_run_finds_bit_for_bit(name, data, batch_size):
    recipe = Recipe(schedule=name, values={"batch_size": batch_size, "epochs": 5})
    changes = data.draw(changes_of(name))
    losses = data.draw(st.lists(st.floats(0, 3), max_size=30))
    curve = RateCurve(recipe, history_with(changes, losses), COUNT)
    slider, applied = curve.at(np.arange(90))
    expected = walked(recipe, changes, 90, losses)
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
    curve = RateCurve(stepper.recipe, history, len(tiny_data.train_inputs))
    assert len(used) > 28
    assert curve.at(np.arange(len(used)))[1].tolist() == used


def test_that_a_test_makes_another_curve_only_where_the_schedule_follows_the_loss():
    for schedule, follows in (("plateau", True), ("cosine", False)):
        history = history_with([], [1.0])
        curve = RateCurve(Recipe(schedule=schedule, values={"batch_size": COUNT}), history, COUNT)
        before = curve.version
        for _ in range(3):
            history.add_evaluation(Evaluation(2, 2, 1.0, 0.5))
        assert (curve.version != before) is follows
        assert (curve.at(np.array([3, 4]))[1].tolist() == [1e-3, 1e-4]) is follows


@every_schedule
def test_that_a_plan_is_what_a_run_without_changes_will_use(name):
    recipe = Recipe(schedule=name, values={"batch_size": 1, "epochs": 3})
    used = RateCurve(recipe, History(), COUNT).at(np.arange(3 * COUNT))[1]
    planned = SchedulePlan.of(name, recipe.values, 3 * COUNT).rates
    assert planned.shape == used.shape
    assert planned[0] == used[0]
    assert planned == pytest.approx(used, abs=0.03 * used.max())


def test_that_a_plan_in_steps_does_not_fall_once_more_at_its_end():
    values = Recipe(schedule="step", values={"epochs": 4, "schedule_period": 2.0, "schedule_decay": 0.5}).values
    assert SchedulePlan.of("step", values, 9).rates[-1] == 0.5 * values["learning_rate"]


def test_that_the_samples_of_a_stored_run_are_known_where_its_recipe_says_how_many():
    digest = DataDigest("0" * 64, 700, 10)
    assert known_count(Recipe()) == 1  # a constant rate needs none
    assert known_count(Recipe(schedule="cosine")) is None
    assert known_count(Recipe(schedule="cosine", data=digest)) == 700
    assert known_count(Recipe(schedule="cosine", values={"validation_share": 0.1}, data=digest)) is None

"""The hints: each kind of curve is called what it is, and nothing else is."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.analysis.curves import facts_of, facts_of_run, history_of, trained
from workbench.engine.analysis.curve_hints import hints_of
from workbench.engine.analysis.hint import (
    AddMoreEpochs,
    CheckTheNetwork,
    FindTheRate,
    GoBack,
    HintKind,
    PredictionFacts,
    SaveTheWeights,
    ShowClass,
    TryValue,
)
from workbench.engine.config.hyperparameters import defaults
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import DATASETS, load_dataset
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Incident

PER_EPOCH = 60


def kinds(history, facts):
    return [hint.kind for hint in hints_of(history, facts)]


def first(history, facts):
    return hints_of(history, facts)[0]


def falling(epochs, per_epoch=PER_EPOCH, start=2.3, end=0.3, noise=0.05, seed=0):
    steps = np.arange(epochs * per_epoch)
    curve = end + (start - end) * np.exp(-3 * steps / len(steps))
    return curve + noise * np.random.default_rng(seed).standard_normal(len(steps))


def noisy(level, epochs, noise, seed, per_epoch=PER_EPOCH):
    return level * (1 + noise * np.random.default_rng(seed).standard_normal(epochs * per_epoch))


# Made curves


def test_that_a_run_without_steps_has_no_hints():
    assert hints_of(History(), facts_of(PER_EPOCH)) == []


@pytest.mark.parametrize("steps", [1, 2, 5, 20, PER_EPOCH - 1])
def test_that_a_healthy_first_epoch_has_no_hints(steps):
    assert kinds(history_of(falling(10)[:steps], PER_EPOCH), facts_of(PER_EPOCH)) == []


def test_that_a_falling_loss_is_said_with_what_it_falls_by():
    history, facts = history_of(falling(4), PER_EPOCH), facts_of(PER_EPOCH)
    hint = first(history, facts)
    assert hint.kind is HintKind.FALLING
    assert hint.suggestion is None
    before, now = history.loss.values(120, 180).mean(), history.loss.values(180, 240).mean()
    assert hint.figures["first"] == pytest.approx(before, rel=1e-6)
    assert hint.figures["last"] == pytest.approx(now, rel=1e-6)
    assert hint.figures["fall"] == pytest.approx((before - now) / before, rel=1e-6)
    assert hint.figures["steps"] == 2 * PER_EPOCH


def test_that_a_loss_falls_by_less_than_all_of_it():
    history = history_of(falling(2, start=5.0, end=0.01, noise=0.0), PER_EPOCH)
    hint = first(history, facts_of(PER_EPOCH, planned_epochs=2, is_over=True))
    assert hint.kind is HintKind.STILL_FALLING
    assert hint.figures["fall"] == pytest.approx(1 - hint.figures["last"] / hint.figures["first"], rel=1e-6)
    assert 0.5 < hint.figures["fall"] < 1


def test_that_more_epochs_are_suggested_where_the_planned_ones_end():
    history = history_of(falling(4), PER_EPOCH)
    hint = first(history, facts_of(PER_EPOCH, planned_epochs=4, is_over=True))
    assert hint.kind is HintKind.STILL_FALLING
    assert hint.suggestion == AddMoreEpochs(2)


def test_that_no_more_epochs_are_suggested_than_a_run_can_have():
    hint = first(history_of(falling(4), PER_EPOCH), facts_of(PER_EPOCH, planned_epochs=1000, is_over=True))
    assert hint.suggestion is None


def test_that_a_loss_that_stands_still_is_a_plateau_from_the_third_window_on():
    losses = np.concatenate([falling(1, end=0.5, noise=0.01), noisy(0.5, 6, 0.02, 1)])
    facts = facts_of(PER_EPOCH)
    assert HintKind.PLATEAU not in kinds(history_of(losses[: 2 * PER_EPOCH], PER_EPOCH), facts)
    hint = first(history_of(losses, PER_EPOCH), facts)
    assert hint.kind is HintKind.PLATEAU
    assert hint.suggestion == TryValue("learning_rate", 0.01)


def test_that_a_plateau_under_a_schedule_does_not_suggest_a_rate():
    losses = np.concatenate([falling(1, end=0.5, noise=0.01), noisy(0.5, 6, 0.02, 1)])
    assert first(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH, has_schedule=True)).suggestion is None


def test_that_a_change_of_the_rate_ends_a_plateau():
    losses = np.concatenate([falling(1, end=0.5, noise=0.01), noisy(0.5, 6, 0.02, 1)])
    history = history_of(losses, PER_EPOCH)
    history.add_change(Change(len(history), "learning_rate", 0.1, 0.01))
    assert kinds(history, facts_of(PER_EPOCH)) == []
    other = history_of(losses, PER_EPOCH)
    other.add_change(Change(len(other), "epochs", 7, 9))
    assert kinds(other, facts_of(PER_EPOCH)) == [HintKind.PLATEAU]


def test_that_a_high_plateau_of_both_losses_is_underfitting_and_names_what_can_be_switched_off():
    losses = np.concatenate([falling(1, end=1.6, noise=0.01), noisy(1.6, 6, 0.02, 1)])
    history = history_of(losses, PER_EPOCH)
    hint = first(history, facts_of(PER_EPOCH, values={"dropout": 0.5}))
    assert hint.kind is HintKind.UNDERFITTING
    assert hint.suggestion == TryValue("dropout", 0.0)
    assert first(history, facts_of(PER_EPOCH)).suggestion is None


def test_that_a_rising_test_loss_is_overfitting_and_leads_back_to_the_best_epoch():
    losses = falling(10, end=0.05, noise=0.02)
    tests = [2.0, 1.4, 1.0, 0.8, 0.82, 0.86, 0.9, 0.94, 0.98, 1.02]
    hint = first(history_of(losses, PER_EPOCH, tests), facts_of(PER_EPOCH))
    assert hint.kind is HintKind.OVERFITTING
    assert hint.suggestion == GoBack(4 * PER_EPOCH, 4)
    assert (hint.figures["best"], hint.figures["last"]) == (0.8, 1.02)
    assert hint.figures["now"] < hint.figures["before"]


def test_that_a_test_loss_that_rises_with_the_training_loss_is_not_overfitting():
    losses = np.concatenate([falling(4, end=0.3, noise=0.01), 0.4 + falling(6, start=0.2, end=0.8, noise=0.01)])
    tests = [2.0, 1.4, 1.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.1]
    assert HintKind.OVERFITTING not in kinds(history_of(losses, PER_EPOCH, tests), facts_of(PER_EPOCH))


def test_that_a_few_higher_tests_are_not_overfitting_yet():
    tests = [2.0, 1.4, 1.0, 0.8, 0.86, 0.9]
    assert HintKind.OVERFITTING not in kinds(history_of(falling(6), PER_EPOCH, tests), facts_of(PER_EPOCH))


def test_that_a_loss_that_hardly_moves_asks_for_a_higher_rate():
    steps = np.arange(2 * PER_EPOCH)
    losses = 2.303 - 1e-6 * steps + 0.01 * np.random.default_rng(0).standard_normal(len(steps))
    facts = facts_of(PER_EPOCH, values={"learning_rate": 1e-6})
    hint = first(history_of(losses, PER_EPOCH), facts)
    assert hint.kind is HintKind.RATE_TOO_LOW
    assert isinstance(hint.suggestion, TryValue)
    assert hint.suggestion.value in (1e-5, 1e-4)
    assert kinds(history_of(losses[: PER_EPOCH - 1], PER_EPOCH), facts) == []


def test_that_a_loss_that_moves_a_little_has_its_rate_measured():
    losses = 2.303 - 6e-5 * np.arange(2 * PER_EPOCH)
    hint = first(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH))
    assert hint.kind is HintKind.RATE_TOO_LOW
    assert hint.suggestion == FindTheRate()


def test_that_a_loss_that_rises_above_its_start_diverges():
    losses = np.concatenate([falling(1, end=1.0), np.geomspace(1.0, 30.0, PER_EPOCH)])
    hint = first(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH))
    assert hint.kind is HintKind.DIVERGING
    assert hint.suggestion == TryValue("learning_rate", 0.01)


def test_that_one_high_loss_is_no_divergence():
    losses = falling(3)
    losses[-1] = 40.0
    assert HintKind.DIVERGING not in kinds(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH))


@pytest.mark.parametrize("loss", [math.nan, math.inf, 900.0])
def test_that_the_guards_stop_is_said_until_the_run_has_gone_on(loss):
    history, facts = history_of(falling(2), PER_EPOCH), facts_of(PER_EPOCH)
    history.add_incident(Incident(len(history) + 3, loss, len(history)))
    hint = first(history, facts)
    assert hint.kind is HintKind.DIVERGED
    assert hint.suggestion == TryValue("learning_rate", 0.01)
    history.add_change(Change(len(history), "learning_rate", 0.1, 0.01))
    slower = facts_of(PER_EPOCH, values={"learning_rate": 0.01, "batch_size": 1}, failed_rate=0.1)
    hint = first(history, slower)
    assert (hint.kind, hint.figures["rate"], hint.figures["now"]) == (HintKind.DIVERGED, 0.1, 0.01)
    assert hint.suggestion is None  # the rate is lower already
    history.add_step(1.0, 0.5)
    assert HintKind.DIVERGED not in kinds(history, slower)


def test_that_a_loss_that_ended_the_run_is_said_with_its_step_and_the_rate():
    history = history_of(falling(2), PER_EPOCH)
    facts = facts_of(PER_EPOCH, ended_by=Incident(len(history) + 2, math.nan, len(history)), failed_rate=0.1)
    hint = first(history, facts)
    assert hint.kind is HintKind.DIVERGED
    assert (hint.figures["step"], hint.figures["returned_to"]) == (len(history) + 2, len(history))
    assert hint.suggestion == TryValue("learning_rate", 0.01)


def test_that_no_rate_is_blamed_for_a_first_loss_that_is_not_finite():
    facts = facts_of(PER_EPOCH, ended_by=Incident(0, math.inf, 0), failed_rate=0.1)
    assert first(history_of([], PER_EPOCH), facts).suggestion == CheckTheNetwork()


def test_that_a_loss_no_better_than_guessing_leads_back_to_the_start():
    losses = np.concatenate([np.full(PER_EPOCH, 9.0), noisy(2.32, 3, 0.02, 0)])
    losses[:5] = 2.31
    hint = first(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH))
    assert hint.kind is HintKind.GUESSING
    assert hint.suggestion == GoBack(0, 0, 0.01)
    assert hint.figures["chance"] == pytest.approx(math.log(10))


def test_that_the_first_loss_is_compared_with_the_logarithm_of_the_classes():
    history = history_of([9.0, 8.0, 7.5], PER_EPOCH)
    assert kinds(history, facts_of(PER_EPOCH)) == [HintKind.FIRST_LOSS]
    assert kinds(history, facts_of(PER_EPOCH, is_pretrained=True)) == []
    assert first(history, facts_of(PER_EPOCH)).suggestion == CheckTheNetwork()
    assert kinds(history_of([2.3, 2.3, 2.3], PER_EPOCH), facts_of(PER_EPOCH)) == []
    assert kinds(history, facts_of(PER_EPOCH, loss="mse")) == []


def test_that_a_loss_of_one_batch_an_epoch_that_turns_at_each_step_oscillates():
    steps = np.arange(80)
    losses = 1.0 + 0.3 * (-1.0) ** steps
    hint = first(history_of(losses, 1), facts_of(1))
    assert hint.kind is HintKind.OSCILLATING
    assert hint.suggestion == TryValue("learning_rate", 0.03)


def test_that_slow_swings_between_the_batches_noise_oscillate():
    steps = np.arange(10 * 64)
    losses = 1.0 + 0.4 * np.sin(steps / 3.7) + noisy(1.0, 10, 0.01, 3, 64) - 1.0
    assert kinds(history_of(losses, 64, [1.0] * 10), facts_of(64))[0] is HintKind.OSCILLATING


def test_that_a_test_loss_that_goes_up_and_down_oscillates():
    tests = [1.0, 0.7, 0.6, 0.7, 0.58, 0.69, 0.57, 0.68]
    losses = np.concatenate([falling(2, end=0.5), noisy(0.5, 6, 0.3, 5)])
    hint = first(history_of(losses, PER_EPOCH, tests), facts_of(PER_EPOCH))
    assert hint.kind is HintKind.OSCILLATING
    assert (hint.figures["low"], hint.figures["epochs"]) == (0.57, 8)


def test_that_batches_that_are_harder_than_others_are_no_oscillation():
    hard = 1.0 + 0.5 * np.sin(np.arange(PER_EPOCH) / 2.0)
    losses = np.tile(hard, 8) * (1 + 0.01 * np.random.default_rng(0).standard_normal(8 * PER_EPOCH))
    assert HintKind.OSCILLATING not in kinds(history_of(losses, PER_EPOCH), facts_of(PER_EPOCH))


@settings(max_examples=200)
@given(
    seed=st.integers(0, 2**32 - 1),
    noise=st.floats(0.001, 0.5),
    per_epoch=st.sampled_from([1, 2, 3, 7, 16, 60, 188]),
    heavy=st.booleans(),
    epochs=st.integers(3, 12),
)
def test_that_noise_alone_never_oscillates_or_diverges_or_overfits(seed, noise, per_epoch, heavy, epochs):
    epochs = max(epochs, 150 // per_epoch)
    random = np.random.default_rng(seed)
    draws = random.standard_t(4, epochs * per_epoch) if heavy else random.standard_normal(epochs * per_epoch)
    losses = np.maximum(1.0 + noise * draws, 0.01)
    tests = 1.0 + 0.015 * random.standard_normal(epochs)
    found = kinds(history_of(losses, per_epoch, tests), facts_of(per_epoch))
    assert not {HintKind.OSCILLATING, HintKind.DIVERGING, HintKind.OVERFITTING} & set(found)


@settings(max_examples=100)
@given(seed=st.integers(0, 2**32 - 1), noise=st.floats(0.0, 0.3), per_epoch=st.sampled_from([1, 5, 16, 60, 188]))
def test_that_a_healthy_curve_is_never_called_sick(seed, noise, per_epoch):
    losses = np.maximum(falling(6, per_epoch, noise=noise, seed=seed), 0.01)
    random = np.random.default_rng(seed)
    steps = random.integers(1, len(losses) + 1)
    # A test averages over many samples: one as noisy as a single batch would swing.
    clean = falling(6, per_epoch, noise=0.0).reshape(6, per_epoch).mean(1)
    tests = clean * (1 + 0.015 * random.standard_normal(6))
    found = set(kinds(history_of(losses[:steps], per_epoch, tests), facts_of(per_epoch)))
    assert found <= {HintKind.FALLING, HintKind.STILL_FALLING}


def test_that_a_class_that_is_never_predicted_is_named():
    predictions = PredictionFacts(120, 100, ((3, 10, 5), (6, 12, 5)))
    facts = facts_of(PER_EPOCH, predictions=predictions)
    hint = next(h for h in hints_of(history_of(falling(2), PER_EPOCH), facts) if h.kind is HintKind.MISSING_CLASS)
    assert hint.figures == {"label": 3, "samples": 10, "taken_for": 5, "count": 2}
    assert hint.suggestion == ShowClass(3, 5)
    assert hint.cause == (3, 6)


def test_that_one_output_for_all_samples_leads_back_to_the_start():
    facts = facts_of(PER_EPOCH, predictions=PredictionFacts(60, 100, is_constant=True))
    hint = first(history_of(falling(1), PER_EPOCH), facts)
    assert hint.kind is HintKind.SAME_OUTPUT
    assert hint.suggestion == GoBack(0, 0, 0.01)


def test_that_the_most_urgent_hint_comes_first():
    predictions = PredictionFacts(240, 100, ((3, 10, 5),))
    facts = facts_of(PER_EPOCH, predictions=predictions, planned_epochs=4, is_over=True)
    assert kinds(history_of(falling(4), PER_EPOCH), facts) == [HintKind.STILL_FALLING, HintKind.MISSING_CLASS]


# Tiny runs


def test_that_a_tiny_run_with_a_rate_far_too_low_is_said_to_hardly_move(tiny_data):
    run = trained(tiny_data, 6, values={"learning_rate": 1e-6})
    hint = first(run.history, facts_of_run(run))
    assert hint.kind is HintKind.RATE_TOO_LOW
    assert hint.suggestion == TryValue("learning_rate", 1e-4)


def test_that_a_tiny_run_with_a_rate_too_high_is_said_to_be_lost(tiny_data):
    run = trained(tiny_data, 12, optimizer="adam", values={"learning_rate": 2.0, "guard": False})
    assert first(run.history, facts_of_run(run)).kind in {HintKind.GUESSING, HintKind.SAME_OUTPUT, HintKind.DIVERGED}


def test_that_a_tiny_run_that_the_guard_stopped_is_said_to_have_left_its_range(tiny_data):
    run = trained(tiny_data, 3, values={"learning_rate": 10.0})
    hint = first(run.history, facts_of_run(run))
    assert hint.kind is HintKind.DIVERGED
    assert hint.suggestion == TryValue("learning_rate", 1.0)


def test_that_a_tiny_run_that_learns_its_samples_by_heart_is_said_to_overfit():
    values = {**defaults(DATASETS["moons"].accepts, {}), "data_size": 20, "data_noise": 0.6}
    data = load_data("moons", values)
    run = trained(data, 400, dataset="moons", optimizer="adam", values={**values, "learning_rate": 0.01})
    found = first(run.history, facts_of_run(run))
    assert found.kind is HintKind.OVERFITTING
    best = min(run.history.evaluations, key=lambda each: each.average_loss)
    assert found.suggestion == GoBack(best.step, best.epoch)


def test_that_a_healthy_tiny_run_hears_of_its_fall_and_of_nothing_else(tiny_data):
    run = trained(tiny_data, 8, values={"learning_rate": 0.05})
    history = run.history
    for steps in range(0, len(history) + 1, 5):
        shorter = history.copy()
        shorter.truncate(steps)
        found = set(kinds(shorter, facts_of_run(run, shorter)))
        assert found <= {HintKind.FALLING, HintKind.STILL_FALLING, HintKind.MISSING_CLASS}, steps


def test_that_a_regression_has_hints_too():
    name = next(row.name for row in DATASETS if row.spec is not None and row.spec.task is Task.REGRESSION)
    values = {**defaults(DATASETS[name].accepts, {}), "data_size": 200}
    data = load_data(name, values)
    run = trained(data, 30, dataset=name, loss="mse", values={**values, "learning_rate": 1e-6})
    assert HintKind.RATE_TOO_LOW in kinds(run.history, facts_of_run(run))


def load_data(name, values):
    return DATASETS[name].load(DataRequest(name, values), None, lambda *_: None)


@pytest.mark.real_data
def test_that_the_tutorials_own_run_hears_of_no_trouble_in_its_first_epochs(real_root):
    data = load_dataset("fashion-mnist", real_root, lambda *_: None)
    run = trained(data, 2)
    for steps in (1, 10, 50, 100, 300, 600, 900, 938, 1000, 1400, 1876):
        shorter = run.history.copy()
        shorter.truncate(steps)
        found = kinds(shorter, facts_of_run(run, shorter))
        assert set(found) <= {HintKind.STILL_FALLING, HintKind.FALLING, HintKind.MISSING_CLASS}, steps


def test_that_a_run_that_is_over_at_its_best_suggests_to_save_the_weights():
    losses = np.concatenate([falling(2, end=0.2, noise=0.001), noisy(0.2, 5, 0.001, 1)])
    history = history_of(losses, PER_EPOCH)
    hint = first(history, facts_of(PER_EPOCH, planned_epochs=7, is_over=True))
    assert hint.kind is HintKind.FINISHED
    assert hint.suggestion == SaveTheWeights()

"""Futures of a run: one that is chosen is what training on with its change would have given, bit for bit."""

from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.analysis import bits as all_bits
from tests.engine.analysis.bits import recorded
from workbench.engine.analysis.futures import Futures, become
from workbench.engine.analysis.starting_point import untouched
from workbench.engine.errors import UserError
from workbench.engine.history.records import ScheduledChange
from workbench.engine.protocol.commands import RunSteps, SetValue
from workbench.engine.protocol.events import EpochTested, LossReported, RunBranched, RunEnded, RunPaused, Travelled
from workbench.engine.protocol.experiments.what_if import FutureEnd, Variant, WhatIf
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

CPU = torch.device("cpu")
# Without the guard, which would stop the run where a future goes on; the futures say where.
PLAIN = {"epochs": 5, "guard": False}
RECIPES = {
    "sgd": Recipe(values={**PLAIN, "learning_rate": 0.05}),
    "adam": Recipe(optimizer="adam", values=PLAIN),
    "momentum and dropout": Recipe(model="mlp-dropout", values={**PLAIN, "momentum": 0.9, "shuffle": True}),
    "batch norm": Recipe(model="mlp-custom", values={**PLAIN, "hidden": "16", "batch_norm": True}),
    "plateau": Recipe(schedule="plateau", optimizer="rmsprop", values={**PLAIN, "validation_share": 0.1}),
}


def bits(trainer):
    """All but the mode of the network, which each pass through it sets first."""
    return {**all_bits.bits(trainer), "is training": None}


def rates(*values):
    return tuple(Variant((("learning_rate", value),)) for value in values)


def trained(recipe, data, steps):
    trainer = Trainer(recipe.with_data(data), data, is_attended=True)
    list(trainer.resume(RunSteps(steps)) if steps else ())
    return trainer


def futures_of(trainer, variants, steps):
    futures = Futures(trainer, WhatIf(tuple(variants), steps))
    with untouched(CPU):
        *_, (_, _, fan) = futures.found()
    return futures, fan


def chosen(trainer, futures, index):
    return list(become(trainer, futures.find(index)))


def without_time(events, kind):
    return [event for event in events if isinstance(event, kind)]


@pytest.mark.parametrize("name", RECIPES)
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(
    start=st.integers(0, 24),
    steps=st.integers(1, 25),
    change=st.sampled_from(
        [("learning_rate", 0.02), ("learning_rate", 0.3), ("batch_size", 32), ("batch_size", 100), None]
    ),
)
def test_that_a_chosen_future_is_what_training_on_gives_bit_for_bit(tiny_data, name, start, steps, change):
    whole, trainer = trained(RECIPES[name], tiny_data, start), trained(RECIPES[name], tiny_data, start)
    # The random state is that of the run that trains.
    at_start = trainer.stepper.snapshot()
    whole.stepper.restore(at_start)
    said = list(whole.serve(SetValue(*change))) if change is not None else []
    if (missing := steps - (whole.progress.planned_steps - start)) > 0:
        per_epoch = -(-whole.stepper.sample_count // int(whole.values["batch_size"]))
        said += whole.serve(SetValue("epochs", int(whole.values["epochs"]) - (-missing // per_epoch)))
    said += whole.resume(RunSteps(steps))
    expected = bits(whole)
    trainer.stepper.restore(at_start)
    others = rates(0.001, 1.0)
    futures, fan = futures_of(trainer, [others[0], Variant(() if change is None else (change,)), others[1]], steps)
    events = chosen(trainer, futures, 1)
    assert bits(trainer) == expected
    assert np.array_equal(fan.paths[1].losses, whole.history.loss.values(start))
    for kind in (LossReported, EpochTested):
        assert without_time(events, kind) == without_time(said, kind)
    assert trainer.identity.parent is None


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 25), st.integers(1, 20))
def test_that_training_goes_on_from_a_chosen_future_as_from_the_same_training(tiny_data, start, steps):
    whole, trainer = trained(RECIPES["adam"], tiny_data, start), trained(RECIPES["adam"], tiny_data, start)
    list(whole.serve(SetValue("learning_rate", 0.01)))
    list(whole.resume(RunSteps(steps)))
    list(whole.resume(RunSteps(3)))
    futures, _ = futures_of(trainer, rates(0.01), steps)
    chosen(trainer, futures, 0)
    list(trainer.resume(RunSteps(3)))
    assert {**bits(trainer), "random state": None} == {**bits(whole), "random state": None}


def test_that_a_chosen_future_can_be_left_and_reached_again(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 7)
    before = bits(trainer)
    futures, _ = futures_of(trainer, rates(0.2), 10)
    chosen(trainer, futures, 0)
    after = bits(trainer)
    (*_, travelled) = trainer.travel(7)
    assert travelled == Travelled(7, 17, dict(trainer.values), travelled.recording)
    back = bits(trainer)
    assert {**back, "changes": None} == {**before, "changes": None}
    (*_, travelled) = trainer.travel(17)
    assert travelled.differed_at is None
    assert bits(trainer) == after


def test_that_the_replay_of_a_chosen_future_finds_its_recorded_losses(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 7)
    futures, _ = futures_of(trainer, rates(0.2), 13)
    chosen(trainer, futures, 0)
    trainer.snapshots.drop_after(7)
    (*_, travelled) = trainer.travel(15)
    assert travelled.differed_at is None


def test_that_the_run_becomes_a_branch_where_steps_are_recorded_beyond(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 20)
    run = trainer.identity
    list(trainer.travel(12))
    futures, _ = futures_of(trainer, rates(0.2), 5)
    events = chosen(trainer, futures, 0)
    (branched,) = without_time(events, RunBranched)
    assert (branched.run.parent, branched.run.parent_step) == (run.id, 12)
    assert trainer.identity == branched.run
    assert len(trainer.history) == 17
    assert trainer.history.changes[-1].step == 12


def test_that_a_run_that_has_trained_on_goes_back_to_the_start_of_the_future(tiny_data):
    whole, trainer = trained(RECIPES["sgd"], tiny_data, 5), trained(RECIPES["sgd"], tiny_data, 5)
    list(whole.serve(SetValue("learning_rate", 0.2)))
    list(whole.resume(RunSteps(5)))
    futures, _ = futures_of(trainer, rates(0.2), 5)
    list(trainer.resume(RunSteps(9)))
    events = chosen(trainer, futures, 0)
    assert recorded(trainer.history) == recorded(whole.history)
    assert without_time(events, RunBranched)


def test_that_another_future_can_be_chosen_after_one(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 5)
    futures, fan = futures_of(trainer, rates(0.2, 0.4), 5)
    chosen(trainer, futures, 0)
    chosen(trainer, futures, 1)
    assert np.array_equal(trainer.history.loss.values(5), fan.paths[1].losses)
    assert trainer.values["learning_rate"] == 0.4


def test_that_a_setting_moved_since_is_as_it_was_in_the_chosen_future(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 5)
    futures, _ = futures_of(trainer, rates(0.2), 5)
    list(trainer.serve(SetValue("momentum", 0.9)))
    list(trainer.serve(SetValue("learning_rate", 0.7)))
    chosen(trainer, futures, 0)
    assert (trainer.values["momentum"], trainer.values["learning_rate"]) == (0.0, 0.2)
    assert [change.name for change in trainer.history.changes] == ["learning_rate"]


def test_that_a_future_that_diverges_ends_and_the_others_go_on(tiny_data):
    trainer = trained(Recipe(loss="mse", values={"epochs": 5, "learning_rate": 0.05}), tiny_data, 5)
    futures, fan = futures_of(trainer, rates(10.0, 0.1), 30)
    assert [path.end for path in fan.paths] == [FutureEnd.DIVERGED, FutureEnd.REACHED]
    assert fan.paths[0].has_leapt
    assert 0 < len(fan.paths[0].losses) < 30
    assert len(fan.paths[1].losses) == 30
    assert all(np.isfinite(path.losses).all() for path in fan.paths)
    with pytest.raises(UserError, match="not trained to its end"):
        futures.find(0)


def test_that_a_future_that_early_stopping_ends_says_so(tiny_data):
    values = {"epochs": 20, "learning_rate": 0.05, "early_stopping": 1, "least_gain": 1.0}
    trainer = trained(Recipe(values=values), tiny_data, 5)
    futures, fan = futures_of(trainer, rates(0.1), 60)
    assert fan.paths[0].end is FutureEnd.STOPPED_EARLY
    with pytest.raises(UserError):
        futures.find(0)


def test_that_a_future_in_another_optimizer_is_trained_and_cannot_be_the_runs(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 5)
    variants = [Variant((("learning_rate", 0.001),), "adam"), *rates(0.05)]
    futures, fan = futures_of(trainer, variants, 8)
    assert len(fan.paths[0].losses) == 8
    assert fan.paths[0].losses[0] == fan.paths[1].losses[0]
    assert not np.array_equal(fan.paths[0].losses, fan.paths[1].losses)
    with pytest.raises(UserError):
        futures.find(0)


def test_that_all_futures_begin_with_the_same_batch(tiny_data):
    trainer = trained(RECIPES["momentum and dropout"], tiny_data, 5)
    _, fan = futures_of(trainer, rates(0.001, 0.01, 0.1), 4)
    assert len({float(path.losses[0]) for path in fan.paths}) == 1
    assert fan.past.tolist() == trainer.history.loss.values().tolist()


def test_that_a_finished_run_has_futures_for_which_epochs_are_added(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 1}).with_data(tiny_data), tiny_data, is_attended=True)
    list(trainer.run())
    futures, fan = futures_of(trainer, rates(0.1), 25)
    assert len(fan.paths[0].losses) == 25
    events = chosen(trainer, futures, 0)
    assert trainer.values["epochs"] == 4
    assert isinstance(events[-1], Travelled)
    assert [event.evaluation.step for event in without_time(events, EpochTested)] == [20, 30]


def test_that_a_future_that_ends_the_last_epoch_ends_the_run(tiny_data):
    trainer = trained(Recipe(values={"epochs": 1}), tiny_data, 4)
    futures, _ = futures_of(trainer, rates(0.1), 6)
    events = chosen(trainer, futures, 0)
    assert isinstance(events[-1], RunEnded)
    assert trainer.position.tested == 1
    assert not without_time(events[:-1], RunEnded)
    assert without_time(events, RunPaused)


def test_that_a_future_makes_the_changes_that_are_scheduled(tiny_data):
    scheduled = [ScheduledChange(8, "learning_rate", 0.3), ScheduledChange(100, "learning_rate", 0.4)]
    trainer = Trainer(RECIPES["sgd"].with_data(tiny_data), tiny_data, scheduled=scheduled, is_attended=True)
    list(trainer.resume(RunSteps(5)))
    futures, _ = futures_of(trainer, rates(0.1), 5)
    chosen(trainer, futures, 0)
    assert [(change.step, change.new) for change in trainer.history.changes] == [(5, 0.1), (8, 0.3)]
    assert trainer.journal.scheduled == (scheduled[1],)


def test_that_a_future_that_was_cancelled_cannot_be_chosen(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 5)
    futures = Futures(trainer, WhatIf(rates(0.1, 0.2), 50))
    with untouched(CPU):
        for _ in islice(futures.found(), 3):
            pass
    with pytest.raises(UserError):
        futures.find(0)


def test_that_a_value_out_of_range_is_refused_in_a_sentence(tiny_data):
    trainer = trained(RECIPES["sgd"], tiny_data, 5)
    with pytest.raises(UserError), untouched(CPU):
        list(Futures(trainer, WhatIf(rates(1000.0), 5)).found())

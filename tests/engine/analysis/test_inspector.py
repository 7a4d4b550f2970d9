"""Queries about a run: right answers, and no trace in it."""

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.analysis.fork import forked, forked_at
from workbench.engine.analysis.inspector import ANSWERING, Inspector
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Inspect, Pause, Resume, RunSteps
from workbench.engine.protocol.queries import Query
from workbench.engine.protocol.queries.layers import CountIdleUnits, MeasureLayers, ShowFirstLayer
from workbench.engine.protocol.queries.predictions import PredictTestSet
from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MapTestSet
from workbench.engine.recipe import Recipe
from workbench.engine.training.loops import batches_of
from workbench.engine.training.trainer import Trainer

QUERIES = (
    PredictTestSet(),
    ShowFirstLayer(),
    MeasureLayers(),
    CountIdleUnits(0, 1.0),
    MapTestSet(LAST_HIDDEN, None, 1.0),
    MapTestSet(INPUTS, None, 1.0),
)
EPOCHS = 3
STEPS_PER_EPOCH = 10


def trainer_of(data, stop_after=None, **choices):
    values = {"epochs": EPOCHS, "learning_rate": 0.1, **choices.pop("values", {})}
    trainer = Trainer(Recipe(values=values, **choices), data, stop_after=stop_after, is_attended=True)
    trainer.inspector = Inspector()
    return trainer


def answered(trainer, query, step=None):
    (event,) = trainer.serve(Inspect(query, step))
    assert event.problem is None, event.details
    return event


def test_that_the_outputs_of_every_evaluation_are_kept_and_are_the_networks(tiny_data):
    trainer = trainer_of(tiny_data)
    list(trainer.run())
    assert trainer.predictions.steps == (10, 20, 30)
    with torch.no_grad():
        batches = batches_of(tiny_data.test_inputs, tiny_data.test_targets, 64)
        expected = torch.cat([trainer.stepper.model.eval()(inputs) for inputs, _ in batches])
    assert np.array_equal(trainer.predictions.outputs(30), expected.numpy())
    hits = (trainer.predictions.outputs(30).argmax(1) == tiny_data.test_targets.numpy()).mean()
    assert hits == trainer.history.evaluations[-1].metric


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_that_a_query_during_an_evaluation_is_answered_as_between_two_steps(tiny_data, query):
    trainer = trainer_of(tiny_data, stop_after=7)
    list(trainer.run())
    with torch.no_grad():
        answered(trainer, query)
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()


def test_that_a_run_that_no_user_attends_keeps_no_outputs(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 1}), tiny_data)
    list(trainer.run())
    assert trainer.predictions.steps == ()


def test_that_the_outputs_at_an_earlier_evaluation_are_computed_from_its_snapshot(tiny_data):
    trainer = trainer_of(tiny_data)
    list(trainer.run())
    event = answered(trainer, PredictTestSet(), 10)
    assert event.step == 10
    assert np.allclose(event.answer.outputs, trainer.predictions.outputs(10), atol=1e-6)


def test_that_a_branch_keeps_the_outputs_from_before_it(tiny_data):
    trainer = trainer_of(tiny_data)
    list(trainer.run())
    list(trainer.travel(15))
    trainer.journal.leave_recording()
    kept = trainer.predictions
    trainer.branch()
    assert trainer.predictions.steps == (10,)
    assert kept.steps == (10, 20, 30)


def test_that_what_goes_wrong_is_answered_and_the_run_goes_on(tiny_data, monkeypatch):
    class Broken(Query):
        pass

    monkeypatch.setitem(ANSWERING, Broken, "no_such_module")
    trainer = trainer_of(tiny_data, stop_after=5)
    list(trainer.run())
    (event,) = trainer.serve(Inspect(Broken()))
    assert event.answer is None
    assert event.problem is not None
    assert "no_such_module" in event.details


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_that_a_fork_trains_the_bits_of_the_run_and_leaves_no_trace(tiny_data, model):
    whole = trainer_of(tiny_data, model=model)
    list(whole.run())
    trainer = trainer_of(tiny_data, model=model, stop_after=13)
    list(trainer.run())
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    with forked(trainer) as fork:
        for trained in fork.steps():
            fork.count(trained)
        assert fork.position.sample == fork.sample_count
        forked_weights = weights_sha256(fork.weights)
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    list(whole.travel(20))
    assert weights_sha256(whole.weights) == forked_weights


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 30), st.booleans())
def test_that_a_fork_at_any_step_is_the_run_at_that_step(tiny_data, step, shuffle):
    trainer = trainer_of(tiny_data, values={"shuffle": shuffle})
    list(trainer.run())
    before = weights_sha256(trainer.weights)
    with forked_at(trainer, step) as fork:
        assert fork.position.step == step
        there = weights_sha256(fork.weights)
    assert weights_sha256(trainer.weights) == before
    list(trainer.travel(step))
    assert weights_sha256(trainer.weights) == there


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 29), min_size=1, max_size=4), st.sampled_from(["mlp", "mlp-dropout", "cnn"]))
def test_that_queries_between_the_steps_change_no_bit_of_the_run(tiny_data, steps, model):
    plain = trainer_of(tiny_data, model=model)
    list(plain.run())
    asked = trainer_of(tiny_data, model=model)
    asked.commands.put(Pause())
    list(asked.run())
    for step in sorted(set(steps)):
        list(asked.resume(RunSteps(step - asked.position.step)))
        for query in QUERIES:
            answered(asked, query)
            answered(asked, query, step // 2)
    list(asked.resume(Resume()))
    assert weights_sha256(asked.weights) == weights_sha256(plain.weights)
    assert np.array_equal(asked.history.loss.values(0, 30), plain.history.loss.values(0, 30))


def test_that_what_an_opened_run_has_not_kept_is_kept_once_it_was_computed(tiny_data):
    trainer = trainer_of(tiny_data)
    list(trainer.run())
    evaluated = {step: trainer.predictions.outputs(step) for step in trainer.predictions.steps}
    trainer.predictions = trainer.predictions.copy(0)  # as of a run that was opened
    for step in (20, None, 10, 15):
        answered(trainer, PredictTestSet(), step)
    assert trainer.predictions.steps == (10, 20, 30)
    for step, outputs in evaluated.items():
        np.testing.assert_allclose(trainer.predictions.outputs(step), outputs, rtol=1e-5, atol=1e-6)

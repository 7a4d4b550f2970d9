"""Experiments on copies of a run: no trace in it, and what they find is right."""

import math
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.analysis.bits import bits
from tests.engine.models.own_networks import IN_PLACE_AFTER_DROPOUT, network
from workbench.engine.analysis import checks, range_test
from workbench.engine.analysis.futures import Futures
from workbench.engine.analysis.lr_finder import read_range
from workbench.engine.analysis.starting_point import StartingPoint, untouched
from workbench.engine.data.datasets import load_dataset
from workbench.engine.models.network_source import OWN
from workbench.engine.protocol.commands import RunSteps
from workbench.engine.protocol.experiments.checks import CheckFirstLoss, CheckOverfitting
from workbench.engine.protocol.experiments.range_test import RangeTest
from workbench.engine.protocol.experiments.what_if import Variant, WhatIf
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

CPU = torch.device("cpu")
NETWORKS = {
    "plain": Recipe(values={"epochs": 3, "learning_rate": 0.1}),
    "dropout": Recipe(model="mlp-dropout", optimizer="adam", values={"epochs": 3}),
    "batch norm": Recipe(
        model="mlp-custom", values={"epochs": 3, "hidden": "32,16", "batch_norm": True, "momentum": 0.9}
    ),
    "convolution": Recipe(model="cnn", optimizer="rmsprop", values={"epochs": 3}),
    "schedule": Recipe(schedule="cosine", optimizer="adamw", values={"epochs": 3, "shuffle": True}),
    "augmented": Recipe(values={"epochs": 3, "flip": True, "shift": 2, "validation_share": 0.2}),
}


def experiments(trainer):
    optimizers = Variant(optimizer="adam"), Variant(optimizer="sgd")
    rates = tuple(Variant((("learning_rate", rate),)) for rate in (0.01, 0.3, 10.0))
    return {
        "range test": lambda: range_test.found(RangeTest(30, 2), StartingPoint.of(trainer)),
        "first loss": lambda: checks.first_loss(CheckFirstLoss(), StartingPoint.of(trainer)),
        "overfitting": lambda: checks.overfitting(CheckOverfitting(20, 10), StartingPoint.of(trainer)),
        "futures": lambda: Futures(trainer, WhatIf(rates, 12)).found(),
        "optimizers": lambda: Futures(trainer, WhatIf(optimizers, 5)).found(),
    }


def trained(recipe, data, steps):
    trainer = Trainer(recipe.with_data(data), data, stop_after=steps, is_attended=True)
    list(trainer.run())
    trainer.stop_after = None
    return trainer


@pytest.mark.parametrize("network", NETWORKS)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(
    steps=st.integers(0, 21),
    kind=st.sampled_from(["range test", "first loss", "overfitting", "futures", "optimizers"]),
    cancelled_after=st.integers(1, 100),
)
def test_that_no_experiment_leaves_a_differing_bit_in_a_run(tiny_data, network, steps, kind, cancelled_after):
    trainer = trained(NETWORKS[network], tiny_data, max(1, steps))
    undisturbed = trained(NETWORKS[network], tiny_data, max(1, steps))
    before = bits(trainer)
    with untouched(CPU):
        for _ in islice(experiments(trainer)[kind](), cancelled_after):
            pass
    assert bits(trainer) == before
    # The two take turns with torch's random state, which is that of the run that trains.
    random_state = torch.get_rng_state()
    list(trainer.resume(RunSteps(4)))
    after = bits(trainer)
    undisturbed.stepper.restore(undisturbed.stepper.snapshot())
    torch.set_rng_state(random_state)
    list(undisturbed.resume(RunSteps(4)))
    assert after == bits(undisturbed)


def test_that_experiments_of_more_threads_leave_the_number_of_threads(tiny_data):
    threads = torch.get_num_threads()
    with untouched(CPU):
        recipe = Recipe(values={"threads": threads + 1}).with_data(tiny_data)
        list(checks.first_loss(CheckFirstLoss(), StartingPoint(recipe, tiny_data)))
        assert torch.get_num_threads() == threads + 1
    assert torch.get_num_threads() == threads


def range_of(data, recipe=NETWORKS["plain"], experiment=RangeTest()):  # noqa: B008  # both are frozen
    *_, (_, _, found) = range_test.found(experiment, StartingPoint(recipe.with_data(data), data))
    return found


def test_that_a_sweep_trains_with_each_rate_in_turn(tiny_data):
    """The same losses from a loop of plain torch."""
    found = range_of(tiny_data, experiment=RangeTest(25, 2))
    recipe = NETWORKS["plain"].with_data(tiny_data)
    for order, sweep in enumerate(found.sweeps):
        trainer = Trainer(recipe, tiny_data)
        model, optimizer = trainer.stepper.model, torch.optim.SGD(trainer.stepper.model.parameters(), lr=1.0)
        epoch, losses = range_test.FIRST_EPOCH * (order + 1), []
        batches = (
            batch for each in range(4) for batch in trainer.stepper.samples.order(epoch + each, shuffled=True).split(64)
        )
        for rate, batch in zip(found.rates, batches, strict=False):
            optimizer.param_groups[0]["lr"] = rate
            images = tiny_data.train_inputs[batch].float() / 255
            loss = torch.nn.functional.cross_entropy(model(images), tiny_data.train_targets[batch])
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        assert sweep.losses == pytest.approx(losses[: len(sweep.losses)], rel=1e-5)


def test_that_the_orders_of_a_range_test_differ_and_the_start_does_not(tiny_data):
    first, second, third = (sweep.losses for sweep in range_of(tiny_data).sweeps)
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)
    assert first[:5] == pytest.approx(second[:5], abs=0.1)


def test_that_a_range_test_gives_the_same_each_time(tiny_data):
    one, other = range_of(tiny_data), range_of(tiny_data)
    assert all(np.array_equal(a.losses, b.losses) for a, b in zip(one.sweeps, other.sweeps, strict=True))


def test_that_a_schedule_does_not_change_the_rates_of_a_range_test(tiny_data):
    plain = Recipe(optimizer="adamw", values={"epochs": 3, "shuffle": True})
    one, other = range_of(tiny_data, NETWORKS["schedule"]), range_of(tiny_data, plain)
    assert np.array_equal(one.sweeps[0].losses, other.sweeps[0].losses)


def test_that_the_tiny_images_have_a_rate_to_suggest(tiny_data):
    reading = read_range(range_of(tiny_data))
    assert reading.suggestion is not None
    assert 1e-3 < reading.suggestion < 1.0
    assert all(sweep.has_broken for sweep in range_of(tiny_data).sweeps)


def test_that_the_range_test_works_for_regression(tmp_path):
    data = load_dataset("sine", tmp_path, lambda *_: None)
    reading = read_range(range_of(data, Recipe(dataset="sine", loss="mse")))
    assert reading is not None
    assert math.isfinite(reading.limit)


# The checks


def check(check_of, experiment, recipe, data):
    *_, (_, _, found) = check_of(experiment, StartingPoint(recipe.with_data(data), data))
    return found


def test_that_the_first_loss_is_that_of_the_first_epoch_and_is_expected_at_chance(tiny_data):
    found = check(checks.first_loss, CheckFirstLoss(), NETWORKS["plain"], tiny_data)
    model = Trainer(NETWORKS["plain"].with_data(tiny_data), tiny_data).stepper.model
    with torch.no_grad():
        outputs = model(tiny_data.train_inputs.float() / 255)
        loss = torch.nn.functional.cross_entropy(outputs, tiny_data.train_targets)
    assert found.found == pytest.approx(float(loss), rel=1e-5)
    assert found.expected == pytest.approx(math.log(10), rel=1e-6)
    assert (found.samples, found.class_count) == (640, 10)


def test_that_the_first_loss_of_a_trained_run_is_that_of_a_new_network(tiny_data):
    trainer = trained(NETWORKS["plain"], tiny_data, 20)
    *_, (_, _, found) = checks.first_loss(CheckFirstLoss(), StartingPoint.of(trainer))
    assert found.found == pytest.approx(math.log(10), abs=0.05)


def test_that_a_network_that_can_learn_twenty_samples_is_found_to(tiny_data):
    found = check(checks.overfitting, CheckOverfitting(), NETWORKS["dropout"], tiny_data)
    assert found.is_learned
    assert found.losses[-1] < found.target
    assert found.samples == 20


def test_that_a_network_that_cannot_learn_twenty_samples_is_found_not_to(tiny_data):
    """All images are the same, their labels are not."""
    same = replace(tiny_data, train_inputs=tiny_data.train_inputs[:1].repeat(640, 1, 1, 1))
    found = check(checks.overfitting, CheckOverfitting(20, 100), NETWORKS["plain"], same)
    assert not found.is_learned
    assert len(found.losses) == 100


def test_that_a_network_that_works_in_place_behind_a_dropout_can_be_checked(tiny_data):
    recipe = replace(NETWORKS["plain"], model=OWN, network=network(IN_PLACE_AFTER_DROPOUT))
    found = check(checks.overfitting, CheckOverfitting(), recipe, tiny_data)
    assert found.is_learned

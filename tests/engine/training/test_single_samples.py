"""A run that would fail at a batch of one sample is refused before it starts, and others are not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.models.own_networks import NORMALIZED, forward_of, network
from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import SetValue
from workbench.engine.protocol.events import ChangeRefused, Outcome, RunEnded
from workbench.engine.recipe import Recipe
from workbench.engine.training.single_samples import _leaves_one, _other_size, check_single_samples
from workbench.engine.training.trainer import Trainer

NORMALISING = [
    Recipe(model="mlp-custom", values={"epochs": 1, "hidden": "8", "batch_norm": True}),
    Recipe(model="own", network=network(NORMALIZED), values={"epochs": 1}),
]


def first(data, count):
    return replace(data, train_inputs=data.train_inputs[:count], train_targets=data.train_targets[:count], digest=None)


@pytest.mark.parametrize("recipe", NORMALISING, ids=["mlp-custom", "own"])
def test_that_a_single_sample_in_the_last_batch_is_found_before_a_run_with_batch_normalization(tiny_data, recipe):
    with pytest.raises(UserError) as raised:
        Trainer(recipe, first(tiny_data, 65))
    sentence = str(raised.value)
    assert "a single one of the 65 training samples" in sentence
    assert "choose another batch size, such as 65" in sentence
    assert len(sentence) <= 300
    for size in (65, 63):
        *_, ended = Trainer(replace(recipe, values={**recipe.values, "batch_size": size}), first(tiny_data, 65)).run()
        assert isinstance(ended, RunEnded)
        assert ended.problem is None


def test_that_the_check_looks_at_the_samples_that_a_validation_share_leaves(tiny_data):
    values = {**NORMALISING[0].values, "validation_share": 0.2, "batch_size": 20}
    recipe, data = replace(NORMALISING[0], values=values), first(tiny_data, 101)
    with pytest.raises(UserError, match="a single one of the 81 training samples"):
        Trainer(recipe, data)
    Trainer(replace(recipe, values={**values, "validation_share": 0.0, "batch_size": 30}), data)


def test_that_a_network_of_ones_own_that_loses_the_first_dimension_is_found_before_the_run(tiny_data):
    made = network(forward_of("outputs = outputs.squeeze()"))
    with pytest.raises(UserError, match="which this network cannot take"):
        Trainer(Recipe(model="own", network=made), first(tiny_data, 65))


@pytest.mark.parametrize("model", ["mlp", "cnn", "resnet8"])
def test_that_networks_that_take_a_single_sample_train_on_it(tiny_data, model):
    trainer = Trainer(Recipe(model=model, values={"epochs": 1}), first(tiny_data, 65))
    *_, ended = trainer.run()
    assert ended.problem is None
    assert trainer.position.step == 2


def test_that_the_trial_changes_no_bit_of_the_run(tiny_data, monkeypatch):
    recipe = Recipe(
        model="own", network=network(NORMALIZED.replace("self.norm(", "("), noise=0.5), values={"epochs": 1}
    )
    tried = Trainer(recipe, first(tiny_data, 65))
    list(tried.run())
    monkeypatch.setattr("workbench.engine.training.trainer_state.check_single_samples", lambda _: None)
    plain = Trainer(recipe, first(tiny_data, 65))
    list(plain.run())
    assert weights_sha256(tried.weights) == weights_sha256(plain.weights)


@given(st.integers(2, 100_000), st.integers(1, 8192), st.integers(2, 100_000))
def test_that_the_advised_batch_size_leaves_no_single_sample(count, size, rest):
    for counts in ((count,), (max(count, rest), min(count, rest))):
        other = _other_size(counts, size)
        assert other > 1
        assert not _leaves_one(counts, other)


def run_with_moves(data, *moves):
    """The run of 65 samples with a batch size for each (step, size); its events."""
    scheduled = [ScheduledChange(step, "batch_size", size) for step, size in moves]
    values = {**NORMALISING[0].values, "batch_size": 13, "epochs": 2}
    trainer = Trainer(replace(NORMALISING[0], values=values), data, CommandQueue())
    events = []
    for event in trainer.run():
        events.append(event)
        due = [each for each in scheduled if each.step <= trainer.position.step]
        for change in due:
            scheduled.remove(change)
            trainer.commands.put(SetValue(change.name, change.value))
    return trainer, events


def test_that_a_batch_size_that_leaves_a_single_sample_is_refused_during_a_run_which_goes_on(tiny_data):
    trainer, events = run_with_moves(first(tiny_data, 65), (0, 64))
    (refused,) = [event for event in events if isinstance(event, ChangeRefused)]
    assert "a single one of the 65 training samples" in str(refused.problem)
    assert events[-1].outcome is Outcome.FINISHED
    assert trainer.values["batch_size"] == 13


def test_that_what_is_left_of_the_present_epoch_counts_as_well(tiny_data):
    trainer = Trainer(replace(NORMALISING[0], values={**NORMALISING[0].values, "batch_size": 13}), first(tiny_data, 65))
    trainer.position.sample = 13
    check_single_samples(trainer.stepper, 26)
    with pytest.raises(UserError, match="choose another batch size"):
        check_single_samples(trainer.stepper, 17)  # 52 are left: 17 + 17 + 17 + 1
    trainer.position.sample = 0
    check_single_samples(trainer.stepper, 17)


def test_that_a_change_planned_for_later_is_refused_before_the_run(tiny_data):
    with pytest.raises(UsageError, match="choose another batch size"):
        Trainer(
            replace(NORMALISING[0], values={**NORMALISING[0].values, "batch_size": 13}),
            first(tiny_data, 65),
            scheduled=[ScheduledChange(3, "batch_size", 64)],
        )

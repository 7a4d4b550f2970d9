from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.history.records import Evaluation
from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.training import loops
from workbench.engine.training.trainer import Trainer
from workbench.engine.training.training_samples import TrainingSamples


def data_of(labels):
    inputs = torch.arange(len(labels), dtype=torch.uint8).reshape(-1, 1, 1, 1)
    targets = torch.tensor(labels)
    return Dataset("fashion-mnist", FASHION_MNIST_SPEC, inputs, targets, inputs, targets)


def held(samples, batch_size=7):
    return [label for _, targets in samples.validation_batches(batch_size) or () for label in targets.tolist()]


@given(
    st.lists(st.integers(0, 9), min_size=4, max_size=200),
    st.floats(0.01, 0.5),
    st.integers(0, 2**63 - 1),
)
def test_that_each_sample_is_trained_on_or_held_out_by_the_seed_alone_and_each_class_in_its_share(labels, share, seed):
    data = data_of(labels)
    samples, again = TrainingSamples(data, seed, share), TrainingSamples(data, seed, share)
    if samples.validation_batches(1) is None:
        assert len(set(labels)) == len(labels)  # a class of one sample keeps it for training
        return
    kept = samples.order(0, shuffled=False).tolist()
    assert kept == sorted(kept) == again.order(3, shuffled=False).tolist()
    assert sorted(samples.order(5, shuffled=True).tolist()) == kept
    assert samples.count == len(kept)
    assert held(samples) == held(again, 3)
    assert sorted([*held(samples), *(labels[place] for place in kept)]) == sorted(labels)
    for label in set(labels):
        assert abs(held(samples).count(label) - share * labels.count(label)) <= 1


def test_that_without_a_share_all_samples_are_trained_on_in_their_own_order():
    samples = TrainingSamples(data_of([0, 1, 2]), 0, 0.0)
    assert samples.count == 3
    assert samples.order(0, shuffled=False) is None
    assert samples.validation_batches(2) is None


def recipe(**values):
    return Recipe(values={"epochs": 2, "learning_rate": 0.1, **values})


def test_that_the_held_out_samples_are_evaluated_after_each_epoch_and_not_trained_on(tiny_data):
    trainer = Trainer(recipe(validation_share=0.25), tiny_data)
    list(trainer.run())
    assert trainer.position.step == 2 * -(-480 // 64)
    held_out = trainer.stepper.samples.validation_batches(64)
    expected = loops.test_loop(held_out, trainer.stepper.model, trainer.stepper.loss_fn, tiny_data.spec.task)
    last = trainer.history.evaluations[-1]
    assert (last.validation_loss, last.validation_metric) == (expected.average_loss, expected.metric)

    # The same bits as a run on a data set that has only the others.
    kept = trainer.stepper.samples.order(0, shuffled=False)
    others = replace(tiny_data, train_inputs=tiny_data.train_inputs[kept], train_targets=tiny_data.train_targets[kept])
    plain = Trainer(recipe(), others)
    list(plain.run())
    assert weights_sha256(plain.weights) == weights_sha256(trainer.weights)
    assert plain.history.evaluations == [
        replace(each, validation_loss=None, validation_metric=None) for each in trainer.history.evaluations
    ]


@pytest.mark.parametrize("kind", [torch.uint8, torch.float32])
def test_that_batches_by_index_are_those_of_a_copy(tiny_data, kind):
    inputs = tiny_data.train_inputs if kind is torch.uint8 else tiny_data.train_inputs / 255
    data = replace(tiny_data, train_inputs=inputs)
    samples = TrainingSamples(data, 1, 0.3)
    places = np.setdiff1d(np.arange(640), samples.order(0, shuffled=False))
    copied = loops.batches_of(inputs[places], tiny_data.train_targets[places], 50)
    for ours, theirs in zip(samples.validation_batches(50), copied, strict=True):
        assert ours[0].equal(theirs[0])
        assert ours[1].equal(theirs[1])


def test_that_a_run_without_a_share_has_no_validation(tiny_data):
    trainer = Trainer(recipe(epochs=1), tiny_data)
    list(trainer.run())
    (only,) = trainer.history.evaluations
    assert only == Evaluation(10, 1, only.average_loss, only.metric)


def test_that_the_datas_own_samples_for_validation_are_evaluated_and_none_are_held_out(tiny_data):
    own = replace(
        tiny_data, validation_inputs=tiny_data.test_inputs[:50], validation_targets=tiny_data.test_targets[:50]
    )
    trainer, plain = Trainer(recipe(validation_share=0.25), own), Trainer(recipe(), tiny_data)
    for each in (trainer, plain):
        list(each.run())
    assert weights_sha256(trainer.weights) == weights_sha256(plain.weights)
    batches = loops.batches_of(own.validation_inputs, own.validation_targets, 64)
    expected = loops.test_loop(batches, trainer.stepper.model, trainer.stepper.loss_fn, tiny_data.spec.task)
    assert trainer.history.evaluations[-1].validation_loss == expected.average_loss
    assert (trainer.started().validation_count, plain.started().validation_count) == (50, 0)

"""Training on changed images repeats itself, whatever the batch size and wherever it is resumed."""

from dataclasses import replace

import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.trainer import Trainer

ON = {"flip": True, "shift": 2, "rotation": 10.0}


def recipe(**values):
    return Recipe(values={"epochs": 2, "learning_rate": 0.05, **values})


def batches(stepper):
    """The inputs of the rest of the epoch; the position is moved as `count` moves it."""
    inputs = []
    for images, targets in stepper._rest_of_epoch():
        inputs.append(images.clone())
        stepper.position.sample += len(targets)
    return torch.cat(inputs)


def test_that_an_epoch_has_the_same_images_with_any_batch_size_and_from_any_sample_on(tiny_data):
    for values in ({}, {"shuffle": True}, {"validation_share": 0.2}):
        whole = batches(Stepper(recipe(**ON, **values), tiny_data))
        assert batches(Stepper(recipe(**ON, **values, batch_size=7), tiny_data)).equal(whole)
        resumed = Stepper(recipe(**ON, **values, batch_size=100), tiny_data)
        resumed.position.sample, resumed.position.shuffled = 130, "shuffle" in values
        assert batches(resumed).equal(whole[130:])


def test_that_without_it_the_network_sees_the_images_as_they_are(tiny_data):
    stepper = Stepper(recipe(), tiny_data)
    assert batches(stepper).equal(UnitFloats(tiny_data.train_inputs).batch(0, 640))


def test_that_it_changes_what_is_learned_and_the_run_goes_back_exactly(tiny_data):
    plain, changed = Trainer(recipe(), tiny_data), Trainer(recipe(**ON), tiny_data)
    list(plain.run())
    list(changed.run())
    end = weights_sha256(changed.weights)
    assert end != weights_sha256(plain.weights)
    list(changed.travel(4))
    list(changed.travel(20))
    assert weights_sha256(changed.weights) == end


def test_that_vectors_are_left_as_they_are(tiny_data):
    spec = DataSpec(Task.CLASSIFICATION, (784,), tiny_data.spec.class_names)
    flat = replace(
        tiny_data,
        spec=spec,
        train_inputs=tiny_data.train_inputs.flatten(1) / 255,
        test_inputs=tiny_data.test_inputs.flatten(1) / 255,
    )
    assert batches(Stepper(recipe(**ON), flat)).equal(flat.train_inputs)

"""The layer and the sample with which a divergence began."""

import math

import pytest
import torch

from tests.engine.models.own_networks import FUNCTION, network
from workbench.engine.analysis.inspector import Inspector
from workbench.engine.config.hyperparameters import defaults
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.dataset import Dataset
from workbench.engine.data.datasets import DATASETS
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Inspect, Resume
from workbench.engine.protocol.events import DivergenceStopped
from workbench.engine.protocol.queries.first_bad import FindFirstBad, Part
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def stopped(data, **choices):
    """A run that the guard has stopped, and the incident."""
    trainer = Trainer(Recipe(values={"epochs": 3, **choices.pop("values", {})}, **choices), data, is_attended=True)
    trainer.inspector = Inspector()
    (event,) = [event for event in trainer.run() if isinstance(event, DivergenceStopped)]
    return trainer, event.incident


def found(trainer, incident):
    (event,) = trainer.serve(Inspect(FindFirstBad(incident.step)))
    assert event.problem is None, event.details
    return event.answer


def with_inputs(data, change):
    """The data set with inputs of floats, some of which `change` replaces in place."""
    inputs = data.train_inputs.float() / 255
    change(inputs)
    fields = {
        "train_inputs": inputs,
        "train_targets": data.train_targets,
        "test_inputs": data.test_inputs.float() / 255,
        "test_targets": data.test_targets,
    }
    return Dataset(data.name, data.spec, **fields)


@pytest.mark.parametrize("rate", [3.0, 10.0])
def test_that_a_rate_far_too_high_names_a_layer_of_the_network_and_leaves_no_trace(tiny_data, rate):
    trainer, incident = stopped(tiny_data, values={"learning_rate": rate})
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    answer = found(trainer, incident)
    assert answer.step == incident.step
    assert answer.layer is not None
    assert isinstance(trainer.stepper.model.get_submodule(answer.layer.name), torch.nn.Module)
    assert answer.layer.kind in {"Linear", "ReLU"}
    assert answer.layer.step <= incident.step
    assert not math.isfinite(answer.layer.size) or answer.layer.times >= 10
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    assert not any(module._forward_hooks for module in trainer.stepper.model.modules())


def test_that_a_sample_that_is_nan_is_named_with_its_class_and_the_first_layer_that_saw_it(tiny_data):
    def spoil(inputs):
        inputs[200, 0, 3, 4] = math.nan

    data = with_inputs(tiny_data, spoil)
    trainer, incident = stopped(data, values={"learning_rate": 0.01, "batch_size": 64})
    assert incident.step == 200 // 64
    answer = found(trainer, incident)
    assert answer.sample is not None
    assert (answer.sample.place, answer.sample.label) == (200, int(data.train_targets[200]))
    assert math.isnan(answer.sample.loss)
    assert (answer.sample.count, answer.sample.bad_count) == (64, 1)
    assert answer.layer is not None
    assert (answer.layer.part, answer.layer.kind, answer.layer.step) == (Part.OUTPUT, "Flatten", incident.step)


def test_that_the_sample_of_a_plain_spike_is_the_one_with_the_highest_loss(tiny_data):
    def spoil(inputs):
        inputs[300] *= 1e5

    data = with_inputs(tiny_data, spoil)
    trainer, incident = stopped(data, values={"learning_rate": 0.01})
    assert math.isfinite(incident.loss)
    answer = found(trainer, incident)
    assert answer.sample.place == 300
    mean = (answer.sample.loss + 63 * answer.sample.others) / 64
    assert mean == pytest.approx(incident.loss, rel=1e-5)
    assert answer.layer.part is Part.OUTPUT
    assert answer.layer.times >= 100
    assert answer.layer.steps_before > 0


def test_that_shuffled_samples_are_named_by_their_place_in_the_training_set(tiny_data):
    def spoil(inputs):
        inputs[77, 0, 0, 0] = math.inf

    values = {"shuffle": True, "validation_share": 0.2, "learning_rate": 0.01, "seed": 3}
    data = with_inputs(tiny_data, spoil)
    trainer, incident = stopped(data, values=values)
    assert found(trainer, incident).sample.place == 77


def test_that_a_step_that_is_not_recorded_any_more_is_refused_in_a_sentence(tiny_data):
    trainer, incident = stopped(tiny_data, values={"learning_rate": 10.0})
    (event,) = trainer.serve(Inspect(FindFirstBad(incident.step + 1000)))
    assert event.answer is None
    assert "not recorded" in str(event.problem)


def test_that_the_run_goes_on_with_the_same_bits_after_it_was_asked(tiny_data):
    def spoil(inputs):
        inputs[300] *= 1e5

    data = with_inputs(tiny_data, spoil)
    ends = []
    for is_asked in (False, True):
        trainer, incident = stopped(data, values={"learning_rate": 0.01})
        if is_asked:
            found(trainer, incident)
        list(trainer.resume(Resume(allow_spike=True)))
        ends.append(weights_sha256(trainer.weights))
    assert ends[0] == ends[1]


def test_that_a_network_of_ones_own_is_looked_into_by_the_names_of_its_modules(tiny_data):
    made = network(FUNCTION, "make", act="relu")

    def spoil(inputs):
        inputs[300] *= 1e6

    data = with_inputs(tiny_data, spoil)
    trainer, incident = stopped(data, model="own", network=made, values={"learning_rate": 0.01})
    answer = found(trainer, incident)
    assert answer.layer is not None
    assert (answer.layer.name, answer.layer.kind) == ("0", "Flatten")
    assert answer.sample.place == 300


def test_that_a_regression_has_a_sample_without_a_class():
    row = next(row for row in DATASETS if row.spec is not None and row.spec.task is Task.REGRESSION)
    values = defaults(row.accepts, {})
    data = row.load(DataRequest(row.name, values), None, lambda *_: None)
    data.train_inputs[200] *= 1e6
    trainer, incident = stopped(data, dataset=row.name, loss="mse", values={**values, "learning_rate": 1e-3})
    answer = found(trainer, incident)
    assert answer.sample.step == 3
    assert answer.sample.label is None
    assert answer.sample.place == 200

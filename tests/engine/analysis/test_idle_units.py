"""Units that give nothing for any test sample."""

import numpy as np
import pytest
import torch

from tests.engine.analysis.layer_parts import answer_of, floats_of, trained
from tests.engine.models.own_networks import network
from workbench.engine.data.datasets import load_dataset
from workbench.engine.protocol.queries.layers import CountIdleUnits

SHARED = """
from torch import nn

class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.first = nn.Linear(input_count, 12)
        self.twice = nn.Linear(12, 12)
        self.last = nn.Linear(12, output_count)

    def forward(self, inputs):
        features = self.first(inputs.flatten(1)).relu()
        for _ in range(2):
            features = nn.functional.relu(self.twice(features))
        return self.last(features)
"""


def with_dead_units(data, **choices):
    """A run some of whose units are dead for certain: their bias is far below 0."""
    trainer = trained(data, stop_after=3, **choices)
    with torch.no_grad():
        trainer.stepper.model.linear_relu_stack[0].bias[[3, 40, 511]] = -1e6
        trainer.stepper.model.linear_relu_stack[2].bias[:100] = -1e6
    return trainer


def dead_by_hand(model, inputs):
    """The units that are 0 for all inputs, by plain torch."""
    with torch.no_grad():
        first = model.linear_relu_stack[:2](inputs.flatten(1))
        second = model.linear_relu_stack[2:4](first)
    return [np.flatnonzero((each == 0).all(dim=0).numpy()).tolist() for each in (first, second)]


def test_that_the_dead_units_are_those_that_are_0_for_every_test_sample(tiny_data):
    trainer = with_dead_units(tiny_data)
    units = answer_of(trainer, CountIdleUnits(0, 10.0))
    dead = [np.flatnonzero(~use.is_active).tolist() for use in units.uses]
    assert dead == dead_by_hand(trainer.stepper.model.eval(), floats_of(tiny_data.test_inputs))
    assert set(dead[0]) >= {3, 40, 511}
    assert units.stop == units.total == len(tiny_data.test_inputs)
    assert [use.function for use in units.uses] == ["ReLU", "ReLU"]


@pytest.mark.real_data
def test_that_parts_of_the_real_test_set_together_are_all_of_it(real_root):
    data = load_dataset("fashion-mnist", real_root, lambda *_: None)
    trainer = with_dead_units(data)
    start, active, parts = 0, None, 0
    while start < 10_000:
        units = answer_of(trainer, CountIdleUnits(start, 0.0))
        masks = [use.is_active for use in units.uses]
        active = masks if active is None else [old | new for old, new in zip(active, masks, strict=True)]
        assert units.stop > start
        start, parts = units.stop, parts + 1
    assert parts == 20
    dead = [np.flatnonzero(~mask).tolist() for mask in active]
    assert dead == dead_by_hand(trainer.stepper.model.eval(), floats_of(data.test_inputs))


def test_that_a_channel_of_a_convolution_is_a_unit(tiny_data):
    trainer = trained(tiny_data, stop_after=2, model="cnn")
    with torch.no_grad():
        trainer.stepper.model.conv1.bias[5] = -1e6
    uses = {use.layer: use for use in answer_of(trainer, CountIdleUnits(0, 10.0)).uses}
    assert [use.units for use in uses.values()] == [16, 32, 128]
    assert not uses["conv1"].is_active[5]
    with torch.no_grad():
        channels = trainer.stepper.model.conv1(floats_of(tiny_data.test_inputs)).relu().amax((0, 2, 3))
    assert np.array_equal(uses["conv1"].is_active, (channels > 0).numpy())


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_that_of_tanh_and_sigmoid_the_saturated_outputs_are_counted(tiny_data, activation):
    values = {"hidden": "32", "activation": activation, "batch_norm": False, "dropout": 0.0}
    trainer = trained(tiny_data, stop_after=3, model="mlp-custom", values=values)
    with torch.no_grad():
        trainer.stepper.model.layers[0].weight *= 20
        outputs = trainer.stepper.model.layers[:2](floats_of(tiny_data.test_inputs).flatten(1))
    (use,) = answer_of(trainer, CountIdleUnits(0, 10.0)).uses
    is_end = outputs.abs() > 0.97 if activation == "tanh" else (outputs < 0.015) | (outputs > 0.985)
    assert use.is_active is None
    assert use.outputs == outputs.numel()
    assert use.saturated == pytest.approx(int(is_end.sum()), abs=3)
    assert use.saturated > 0


def test_that_gelu_has_neither(tiny_data):
    values = {"hidden": "32", "activation": "gelu", "batch_norm": False, "dropout": 0.0}
    (use,) = answer_of(
        trained(tiny_data, stop_after=3, model="mlp-custom", values=values), CountIdleUnits(0, 10.0)
    ).uses
    assert use.function == "GELU"
    assert use.is_active is None
    assert use.outputs == 0


def test_that_each_call_of_a_layer_that_is_used_twice_counts_by_itself(tiny_data):
    trainer = trained(tiny_data, stop_after=3, model="own", network=network(SHARED))
    uses = answer_of(trainer, CountIdleUnits(0, 10.0)).uses
    assert [(use.layer, use.number) for use in uses] == [("first", 0), ("twice", 0), ("twice", 1)]

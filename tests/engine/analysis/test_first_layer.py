"""The weights of the first layer as images."""

import numpy as np
import torch

from tests.engine.analysis.layer_parts import answer_of, trained
from tests.engine.models.own_networks import network
from workbench.engine.analysis.first_layer import MOST_UNITS
from workbench.engine.data import generated
from workbench.engine.protocol.queries.layers import ShowFirstLayer, WeightForm

BACKWARDS = """
from torch import nn

class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.head = nn.Linear(20, output_count)
        self.body = nn.Linear(input_count, 20)

    def forward(self, inputs):
        return self.head(self.body(inputs.flatten(1)).relu())
"""


def test_that_units_of_a_linear_layer_are_images_of_the_inputs_with_the_largest_first(tiny_data):
    trainer = trained(tiny_data)
    first = answer_of(trainer, ShowFirstLayer())
    weight = trainer.stepper.model.linear_relu_stack[0].weight.detach()
    norms = weight.norm(dim=1)
    assert first.form is WeightForm.IMAGE
    assert first.total == 512
    assert first.units.tolist() == norms.argsort(descending=True, stable=True)[:MOST_UNITS].tolist()
    assert np.allclose(first.norms, norms[first.units].numpy())
    assert np.array_equal(first.tiles[7], weight[first.units[7]].reshape(1, 28, 28).numpy())


def test_that_units_that_are_asked_for_come_in_that_order(tiny_data):
    trainer = trained(tiny_data)
    first = answer_of(trainer, ShowFirstLayer((7, 3, 500)))
    weight = trainer.stepper.model.linear_relu_stack[0].weight.detach()
    assert first.units.tolist() == [7, 3, 500]
    assert np.array_equal(first.tiles.reshape(3, -1), weight[[7, 3, 500]].numpy())
    assert len(answer_of(trainer, ShowFirstLayer((7, 512))).units) == MOST_UNITS  # another network: there is no 512


def test_that_units_of_a_convolution_are_its_filters(tiny_data):
    trainer = trained(tiny_data, stop_after=2, model="cnn")
    first = answer_of(trainer, ShowFirstLayer())
    assert first.name == "conv1"
    assert first.form is WeightForm.FILTER
    assert first.tiles.shape == (16, 1, 5, 5)
    assert np.array_equal(first.tiles, trainer.stepper.model.conv1.weight.detach()[first.units].numpy())


def test_that_the_first_layer_is_the_one_that_inputs_reach_first(tiny_data):
    first = answer_of(trained(tiny_data, stop_after=1, model="own", network=network(BACKWARDS)), ShowFirstLayer())
    assert first.name == "body"
    assert first.tiles.shape == (20, 1, 28, 28)


def test_that_units_for_vectors_are_rows():
    data = generated.make("moons", {"data_size": 100}, lambda *_: None)
    trainer = trained(data, stop_after=1, dataset="moons")
    first = answer_of(trainer, ShowFirstLayer())
    assert first.form is WeightForm.ROWS
    assert first.tiles.shape == (1, 1, MOST_UNITS, 2)
    weight = trainer.stepper.model.linear_relu_stack[0].weight.detach()
    assert np.array_equal(first.tiles[0, 0], weight[first.units].numpy())


def test_that_weights_that_are_not_finite_can_be_shown(tiny_data):
    trainer = trained(tiny_data, stop_after=1)
    with torch.no_grad():
        trainer.stepper.model.linear_relu_stack[0].weight[0] = torch.nan
    assert len(answer_of(trainer, ShowFirstLayer()).units) == MOST_UNITS

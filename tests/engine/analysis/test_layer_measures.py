"""Distributions, gradient norms and update ratios: those of a step that is made by hand."""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from tests.engine.analysis.layer_parts import answer_of, floats_of, trained
from tests.engine.models.own_networks import network
from workbench.engine.analysis.distributions import BINS, MOST_NUMBERS, distribution_of, thinned
from workbench.engine.data import generated
from workbench.engine.data.datasets import load_dataset
from workbench.engine.protocol.queries.layers import MeasureLayers

SHARED = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.first = nn.Linear(input_count, 12)
        self.twice = nn.Linear(12, 12)
        self.scale = nn.Parameter(torch.ones(12))
        self.last = nn.Linear(12, output_count)
        self.unused = nn.Linear(3, 3)

    def forward(self, inputs):
        features = torch.tanh(self.first(inputs.flatten(1)))
        features = self.twice(self.twice(features).clamp(min=0)) * self.scale
        return self.last(features.sigmoid())
"""


def step_by_hand(trainer, data, make_optimizer, clip=0.0):
    """The gradient norms, the total norm and the ratios of the next step of an unshuffled run, by plain torch."""
    model = copy.deepcopy(trainer.stepper.model).train()
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(copy.deepcopy(trainer.stepper.optimizer.state_dict()))
    position, size = trainer.position, int(trainer.values["batch_size"])
    start = position.sample if position.sample < len(data.train_inputs) else 0
    inputs, targets = data.train_inputs[start : start + size], data.train_targets[start : start + size]
    loss = nn.functional.cross_entropy(model(floats_of(inputs)), targets)
    loss.backward()
    norms = {name: float(each.grad.norm()) for name, each in model.named_parameters()}
    total = float(nn.utils.clip_grad_norm_(model.parameters(), clip or math.inf))
    before = {name: each.detach().clone() for name, each in model.named_parameters()}
    optimizer.step()
    ratios = {
        name: float((each.detach() - before[name]).norm() / before[name].norm())
        for name, each in model.named_parameters()
    }
    return norms, total, ratios, float(loss.detach())


OPTIMIZERS = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=0.1),
    "rmsprop": lambda parameters: torch.optim.RMSprop(parameters, lr=0.1),
    "adamw": lambda parameters: torch.optim.AdamW(parameters, lr=0.1),
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_that_norms_and_ratios_are_those_of_the_next_step_made_by_torch(tiny_data, optimizer, model):
    trainer = trained(tiny_data, optimizer=optimizer, model=model)
    norms, total, ratios, loss = step_by_hand(trainer, tiny_data, OPTIMIZERS[optimizer])
    measured = answer_of(trainer, MeasureLayers())
    assert measured.gradient_norm == pytest.approx(total, rel=1e-4)
    assert measured.loss == pytest.approx(loss, rel=1e-5)
    assert measured.samples == 64
    for layer in measured.layers:
        own = math.hypot(norms[f"{layer.name}.weight"], norms[f"{layer.name}.bias"])
        assert layer.gradient_norm == pytest.approx(own, rel=1e-4)
        assert layer.update_ratio == pytest.approx(ratios[f"{layer.name}.weight"], rel=1e-3)


def test_that_the_norm_is_that_before_clipping_and_the_update_that_after_it(tiny_data):
    trainer = trained(tiny_data, values={"clip_norm": 0.01})
    _, total, ratios, _ = step_by_hand(trainer, tiny_data, OPTIMIZERS["sgd"], clip=0.01)
    measured = answer_of(trainer, MeasureLayers())
    assert measured.gradient_norm == pytest.approx(total, rel=1e-4)
    assert total > 0.01
    for layer in measured.layers:
        assert layer.update_ratio == pytest.approx(ratios[f"{layer.name}.weight"], rel=1e-3)


@pytest.mark.parametrize("stop_after", [0, 10, 20])
def test_that_there_is_a_next_batch_at_the_start_between_epochs_and_at_the_end(tiny_data, stop_after):
    trainer = trained(tiny_data, stop_after=stop_after or 1)
    measured = answer_of(trainer, MeasureLayers(), 0 if not stop_after else None)
    assert measured.samples == 64
    assert all(math.isfinite(layer.update_ratio) for layer in measured.layers)


def test_that_an_earlier_step_is_measured_as_it_was(tiny_data):
    then = answer_of(trained(tiny_data, stop_after=10), MeasureLayers())
    back = answer_of(trained(tiny_data, stop_after=15), MeasureLayers(), 10)
    assert back.gradient_norm == then.gradient_norm
    assert [layer.update_ratio for layer in back.layers] == [layer.update_ratio for layer in then.layers]


def test_that_distributions_count_as_numpy_does(tiny_data):
    trainer = trained(tiny_data)
    layer = answer_of(trainer, MeasureLayers()).layers[2]
    weights = trainer.stepper.model.linear_relu_stack[4].weight.detach().numpy()
    expected, edges = np.histogram(weights, BINS)
    assert layer.weights.low == edges[0]
    assert layer.weights.high == edges[-1]
    assert int(layer.weights.counts.sum()) == weights.size
    # Numbers at the very edge of a bin may fall on either side.
    assert np.abs(layer.weights.counts - expected).sum() <= 4


@given(st.integers(1, 600), st.integers(1, 1200))
def test_that_of_many_numbers_some_of_each_column_are_taken(rows, columns):
    numbers = thinned(torch.arange(columns).repeat(rows)).numbers
    assert len(numbers) <= MOST_NUMBERS
    if rows * columns >= 50 * columns:
        assert len(numbers.unique()) == columns


def test_that_outputs_are_those_after_the_activation_function(tiny_data):
    trainer = trained(tiny_data)
    model = copy.deepcopy(trainer.stepper.model)
    batch = floats_of(tiny_data.train_inputs[192:256]).flatten(1)  # the 13 steps ended 3 batches into the second epoch
    hidden = model.linear_relu_stack[:2](batch).detach().numpy()
    outputs = answer_of(trainer, MeasureLayers()).layers[0].outputs
    assert outputs.zero_share == pytest.approx(float((hidden == 0).mean()), abs=1e-4)
    assert outputs.high == pytest.approx(float(hidden.max()), rel=1e-5)
    assert outputs.low > 0


@pytest.mark.parametrize(
    ("model", "functions"),
    [
        ("mlp-dropout", ["ReLU", "ReLU", ""]),
        ("cnn", ["ReLU", "ReLU", "ReLU", ""]),
        ("resnet8", ["ReLU"] * 7 + [""]),
    ],
)
def test_that_functions_are_seen_that_the_code_of_a_network_calls(tiny_data, model, functions):
    measured = answer_of(trained(tiny_data, stop_after=3, model=model), MeasureLayers())
    assert [layer.function for layer in measured.layers] == functions
    assert all(layer.outputs is not None for layer in measured.layers)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "gelu"])
def test_that_other_functions_have_their_names(tiny_data, activation):
    values = {"hidden": "16", "activation": activation, "batch_norm": True, "dropout": 0.0}
    measured = answer_of(trained(tiny_data, stop_after=3, model="mlp-custom", values=values), MeasureLayers())
    assert [layer.function.lower() for layer in measured.layers] == [activation, ""]


def test_that_layers_used_twice_or_never_and_loose_parameters_are_taken_as_they_are(tiny_data):
    trainer = trained(tiny_data, stop_after=3, model="own", network=network(SHARED))
    measured = answer_of(trainer, MeasureLayers())
    layers = {layer.name: layer for layer in measured.layers}
    assert list(layers) == ["first", "twice", "last", "unused"]
    assert layers["first"].function == "Tanh"
    assert layers["twice"].function == ""  # nothing tells that the clamp after its first call is one
    assert layers["unused"].outputs is None
    assert layers["unused"].gradients is None
    assert math.isnan(layers["unused"].update_ratio)
    squares = sum(layer.gradient_norm**2 for layer in measured.layers if math.isfinite(layer.gradient_norm))
    assert measured.gradient_norm**2 > squares  # the scale has a gradient, too


def test_that_a_loss_that_is_not_finite_leaves_weights_to_look_at(tiny_data):
    trainer = trained(tiny_data)
    with torch.no_grad():
        trainer.stepper.model.linear_relu_stack[0].weight[3, 5] = math.nan
    measured = answer_of(trainer, MeasureLayers())
    assert math.isnan(measured.loss)
    assert math.isnan(measured.gradient_norm)
    assert measured.layers[0].weights.broken_share > 0
    assert measured.layers[0].gradients is None


def test_that_regression_is_measured(tiny_data):
    data = generated.make("sine", {"data_size": 100}, lambda *_: None)
    measured = answer_of(trained(data, dataset="sine", loss="mse", stop_after=3), MeasureLayers())
    assert math.isfinite(measured.gradient_norm)


def test_that_a_network_that_is_compiled_is_measured_without_compiling_it(tiny_data, monkeypatch):
    trainer = trained(tiny_data)
    values = {**trainer.recipe.values, "compile": True}
    monkeypatch.setattr(trainer, "recipe", type(trainer.recipe)(values=values))
    monkeypatch.setattr(torch, "compile", lambda *_args, **_kwargs: pytest.fail("compiled"))
    assert math.isfinite(answer_of(trainer, MeasureLayers()).gradient_norm)


def test_that_odd_numbers_have_a_distribution():
    def of(*numbers):
        return distribution_of(thinned(torch.tensor(numbers, dtype=torch.float32)))

    assert of() is None
    assert of(0.0, 0.0).counts.sum() == 2
    assert of(2.0, 2.0).counts.sum() == 2
    assert of(math.nan, math.inf).broken_share == 1.0
    assert of(0.0, 1.0, 2.0, 0.0).zero_share == 0.5
    assert of(0.0, 1.0, 2.0, 0.0).low == 1.0
    assert of(1e-30, 1.0000001, 1.0).counts.sum() == 3


@pytest.mark.real_data
def test_that_the_real_tutorial_is_far_below_the_usual_ratio_at_its_own_rate(real_root):
    data = load_dataset("fashion-mnist", real_root, lambda *_: None)
    trainer = trained(data, stop_after=30, values={"learning_rate": 1e-3})
    measured = answer_of(trainer, MeasureLayers())
    norms, total, ratios, _ = step_by_hand(trainer, data, lambda each: torch.optim.SGD(each, lr=1e-3))
    assert measured.gradient_norm == pytest.approx(total, rel=1e-4)
    for layer in measured.layers:
        assert layer.update_ratio == pytest.approx(ratios[f"{layer.name}.weight"], rel=1e-2)
    assert measured.layers[0].update_ratio < 1e-4
    assert norms

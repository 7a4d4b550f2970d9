"""The map of the test set."""

import numpy as np
import pytest
import torch

from tests.engine.analysis.layer_parts import answer_of, floats_of, problem_of, trained
from workbench.engine.data import generated
from workbench.engine.data.datasets import load_dataset
from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MapTestSet

SECONDS = 30.0


def hidden_of(model, inputs):
    with torch.no_grad():
        return model.eval().linear_relu_stack[:4](inputs.flatten(1)).numpy().astype(np.float64)


def points_by_numpy(values, samples):
    """Where numpy's singular value decomposition puts the samples; signs are free."""
    centred = values - values[samples].mean(axis=0)
    _, _, rows = np.linalg.svd(centred[samples], full_matrices=False)
    return centred[samples] @ rows[:2].T


def assert_same_up_to_sign(points, expected):
    for axis in range(2):
        scale = np.abs(expected[:, axis]).max()
        direct = np.abs(points[:, axis] - expected[:, axis]).max()
        mirrored = np.abs(points[:, axis] + expected[:, axis]).max()
        assert min(direct, mirrored) < 2e-3 * scale


def test_that_the_samples_are_where_numpy_puts_them(tiny_data):
    trainer = trained(tiny_data)
    mapped = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS))
    values = hidden_of(trainer.stepper.model, floats_of(tiny_data.test_inputs))
    assert sorted(mapped.samples.tolist()) == list(range(len(values)))
    assert mapped.features == 512
    assert_same_up_to_sign(mapped.points, points_by_numpy(values, mapped.samples))


@pytest.mark.real_data
def test_that_all_real_samples_are_where_numpy_puts_them(real_root):
    data = load_dataset("fashion-mnist", real_root, lambda *_: None)
    trainer = trained(data, stop_after=300)
    mapped = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, 120.0))
    assert len(mapped.samples) == 10_000
    values = hidden_of(trainer.stepper.model, floats_of(data.test_inputs))
    assert_same_up_to_sign(mapped.points, points_by_numpy(values, mapped.samples))


def test_that_predictions_are_the_networks(tiny_data):
    trainer = trained(tiny_data)
    mapped = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS))
    with torch.no_grad():
        outputs = trainer.stepper.model.eval()(floats_of(tiny_data.test_inputs))
    assert np.array_equal(mapped.predicted, outputs.argmax(1).numpy()[mapped.samples])
    assert np.allclose(mapped.confidence, outputs.softmax(1).amax(1).numpy()[mapped.samples], atol=1e-5)


def test_that_given_axes_hold_for_another_step(tiny_data):
    trainer = trained(tiny_data)
    axes = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS)).axes
    earlier = answer_of(trainer, MapTestSet(LAST_HIDDEN, axes, SECONDS), 10)
    assert earlier.axes is axes
    other = trained(tiny_data, stop_after=10)
    values = hidden_of(other.stepper.model, floats_of(tiny_data.test_inputs))[earlier.samples]
    assert np.allclose(earlier.points, (values - axes.mean) @ axes.components.T, atol=1e-3)


def test_that_any_layer_and_the_inputs_can_be_mapped(tiny_data):
    trainer = trained(tiny_data, stop_after=3, model="cnn")
    layers = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS)).layers
    assert [layer.name for layer in layers] == ["conv1", "conv2", "hidden", "output"]
    assert layers[0].kind == "Conv2d, ReLU"
    sizes = {name: answer_of(trainer, MapTestSet(name, None, SECONDS)).features for name in ("conv1", "hidden", INPUTS)}
    assert sizes == {"conv1": 16, "hidden": 128, INPUTS: 784}


def test_that_a_convolution_is_mapped_by_the_means_of_its_channels(tiny_data):
    trainer = trained(tiny_data, stop_after=3, model="cnn")
    mapped = answer_of(trainer, MapTestSet("conv1", None, SECONDS))
    with torch.no_grad():
        values = trainer.stepper.model.conv1(floats_of(tiny_data.test_inputs)).relu().mean((2, 3)).double().numpy()
    assert_same_up_to_sign(mapped.points, points_by_numpy(values, mapped.samples))


def test_that_what_there_is_no_time_for_is_left_out(tiny_data):
    root_of_all = trained(tiny_data)
    # One part of the samples is looked at in any case; the tiny set has no second one.
    assert len(answer_of(root_of_all, MapTestSet(LAST_HIDDEN, None, 0.0)).samples) == len(tiny_data.test_inputs)
    data = generated.make("blobs", {"data_size": 4000}, lambda *_: None)
    mapped = answer_of(trained(data, dataset="blobs", stop_after=2), MapTestSet(LAST_HIDDEN, None, 0.0))
    assert len(mapped.samples) == 500 < len(data.test_inputs)


def test_that_a_regression_is_mapped_with_its_numbers():
    data = generated.make("sine", {"data_size": 200}, lambda *_: None)
    trainer = trained(data, dataset="sine", loss="mse", stop_after=3)
    mapped = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS))
    with torch.no_grad():
        outputs = trainer.stepper.model.eval()(data.test_inputs)[:, 0].numpy()
    assert np.allclose(mapped.predicted, outputs[mapped.samples], atol=1e-5)
    assert np.isnan(mapped.confidence).all()


def test_that_what_cannot_be_mapped_is_said(tiny_data):
    trainer = trained(tiny_data)
    assert "no layer" in problem_of(trainer, MapTestSet("nowhere", None, SECONDS))
    with torch.no_grad():
        trainer.stepper.model.linear_relu_stack[0].weight[0] = torch.inf
    assert "NaN or infinite" in problem_of(trainer, MapTestSet("linear_relu_stack.0", None, SECONDS))


def test_that_no_more_samples_are_looked_at_than_asked_for_and_always_the_same():
    data = generated.make("moons", {"data_size": 8000}, lambda *_: None)
    trainer = trained(data, stop_after=3)
    whole = answer_of(trainer, MapTestSet(LAST_HIDDEN, None, SECONDS))
    few = answer_of(trainer, MapTestSet(LAST_HIDDEN, whole.axes, SECONDS, 600))
    assert 600 <= len(few.samples) < len(whole.samples)
    assert np.array_equal(few.samples, whole.samples[: len(few.samples)])
    assert np.array_equal(few.points, whole.points[: len(few.samples)])

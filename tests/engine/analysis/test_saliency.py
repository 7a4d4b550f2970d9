"""Saliency: equal to autograd written by hand, and without a trace in the run."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.engine.models.own_networks import IN_PLACE_AFTER_DROPOUT, network
from workbench.engine.analysis.inspector import Inspector
from workbench.engine.analysis.saliency import NOISE_SEED, NOISE_SHARE, NOISY_COPIES
from workbench.engine.data.datasets import load_dataset
from workbench.engine.models.network_source import OWN
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.queries.saliency import ExplainSample, SaliencyMethod
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def trained(data, **choices):
    values = {"epochs": 2, "learning_rate": 0.1, **choices.pop("values", {})}
    trainer = Trainer(Recipe(values=values, **choices), data, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    return trainer


def explained(trainer, sample, method, step=None):
    (event,) = trainer.serve(Inspect(ExplainSample(sample, method), step))
    assert event.problem is None, event.details or str(event.problem)
    return event.answer


def gradient_by_hand(model, image, output):
    """The derivative of one output of the tutorial's network, from its weights, without autograd."""
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    activities, masks = image.flatten().double(), []
    for layer in layers[:-1]:
        activities = layer.weight.double() @ activities + layer.bias.double()
        masks.append(activities > 0)
        activities = activities.clamp(min=0)
    back = layers[-1].weight.double()[output]
    for layer, mask in zip(reversed(layers[:-1]), reversed(masks), strict=True):
        back = (back * mask) @ layer.weight.double()
    return back.view(image.shape)


@pytest.mark.parametrize("sample", [0, 7, 159])
def test_that_the_gradient_is_the_one_computed_by_hand(tiny_data, sample):
    trainer = trained(tiny_data)
    found = explained(trainer, sample, SaliencyMethod.GRADIENT)
    image = tiny_data.test_inputs[sample].float() / 255
    with torch.no_grad():
        outputs = trainer.stepper.model.eval()(image[None])[0]
        assert found.output == int(outputs.argmax())
        expected = gradient_by_hand(trainer.stepper.model, image, found.output)
    assert found.values.shape == (28, 28)
    assert np.allclose(found.outputs, outputs.numpy(), atol=1e-5)
    assert np.allclose(found.values, expected.abs()[0].numpy(), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("model", ["mlp-dropout", "cnn"])
def test_that_the_gradient_is_that_of_autograd_in_evaluation_mode(tiny_data, model):
    trainer = trained(tiny_data, model=model)
    found = explained(trainer, 3, SaliencyMethod.GRADIENT)
    image = (tiny_data.test_inputs[3:4].float() / 255).requires_grad_(True)
    trainer.stepper.model.eval()(image)[0, found.output].backward()
    assert np.allclose(found.values, image.grad.abs()[0, 0].numpy(), rtol=1e-4, atol=1e-7)


def test_that_smoothed_gradients_are_the_mean_over_the_noisy_copies(tiny_data):
    trainer = trained(tiny_data)
    found = explained(trainer, 5, SaliencyMethod.SMOOTH_GRAD)
    image = tiny_data.test_inputs[5].float() / 255
    noise = torch.randn((NOISY_COPIES, 1, 28, 28), generator=torch.Generator().manual_seed(NOISE_SEED))
    copies = image + NOISE_SHARE * (image.max() - image.min()) * noise
    with torch.no_grad():
        gradients = [gradient_by_hand(trainer.stepper.model, copy, found.output).abs() for copy in copies]
    # A noisy copy may lie where a ReLU switches: its side depends on the last bit.
    assert np.allclose(found.values, torch.stack(gradients).mean(0)[0].numpy(), rtol=0.05, atol=1e-4)
    again = explained(trainer, 5, SaliencyMethod.SMOOTH_GRAD)
    assert np.array_equal(found.values, again.values)


def test_that_occlusion_is_how_far_the_score_falls_where_a_square_is_black(tiny_data):
    trainer = trained(tiny_data)
    found = explained(trainer, 2, SaliencyMethod.OCCLUSION)
    image = tiny_data.test_inputs[2].float() / 255
    falls, times = torch.zeros(28, 28), torch.zeros(28, 28)
    model = trainer.stepper.model.eval()
    with torch.no_grad():
        before = model(image[None])[0, found.output]
        for top in range(-2, 28, 2):
            for left in range(-2, 28, 2):
                rows, columns = slice(max(top, 0), top + 4), slice(max(left, 0), left + 4)
                covered = image.clone()
                covered[:, rows, columns] = 0
                falls[rows, columns] += (before - model(covered[None])[0, found.output]).clamp(min=0)
                times[rows, columns] += 1
    assert np.allclose(found.values, (falls / times).numpy(), atol=1e-5)
    assert found.values.max() > 0


def test_that_occlusion_of_a_vector_puts_the_mean_in_the_place_of_a_number():
    data = load_dataset("blobs", None, lambda *_: None)
    trainer = trained(data)
    found = explained(trainer, 4, SaliencyMethod.OCCLUSION)
    point, mean = data.test_inputs[4], data.test_inputs.mean(0)
    model = trainer.stepper.model.eval()
    with torch.no_grad():
        before = model(point[None])[0, found.output]
        without = [torch.where(torch.arange(2) == place, mean, point) for place in range(2)]
        falls = [float((before - model(each[None])[0, found.output]).clamp(min=0)) for each in without]
    assert np.allclose(found.values, falls, atol=1e-5)


@pytest.mark.parametrize("method", SaliencyMethod)
def test_that_a_regression_explains_its_first_number(method):
    data = load_dataset("plane", None, lambda *_: None)
    trainer = trained(data, loss="mse")
    found = explained(trainer, 0, method)
    assert found.output == 0
    assert found.values.shape == data.spec.sample_shape
    assert np.isfinite(found.values).all()


@pytest.mark.parametrize("method", SaliencyMethod)
def test_that_colour_images_have_one_value_for_each_place(tiny_data, method):
    data = load_dataset("blobs", None, lambda *_: None)
    shape = (3, 12, 9)
    generator = torch.Generator().manual_seed(0)
    colour = replace(
        data,
        spec=replace(data.spec, sample_shape=shape, feature_names=()),
        train_inputs=torch.rand((len(data.train_inputs), *shape), generator=generator),
        test_inputs=torch.rand((len(data.test_inputs), *shape), generator=generator),
    )
    found = explained(trained(colour, values={"epochs": 1}), 1, method)
    assert found.values.shape == (12, 9)
    assert found.values.max() > 0


@pytest.mark.parametrize("method", SaliencyMethod)
def test_that_asking_leaves_no_trace_in_the_run(tiny_data, method):
    trainer = trained(tiny_data, model="mlp-dropout")
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    explained(trainer, 1, method)
    explained(trainer, 1, method, step=10)
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    assert all(parameter.grad is None for parameter in trainer.stepper.model.parameters())


def test_that_a_sample_that_is_not_there_is_refused(tiny_data):
    trainer = trained(tiny_data)
    (event,) = trainer.serve(Inspect(ExplainSample(160, SaliencyMethod.GRADIENT)))
    assert "no test sample 160" in str(event.problem)


@pytest.mark.real_data
def test_that_on_the_real_test_set_the_gradient_is_the_one_computed_by_hand(real_root):
    data = load_dataset("fashion-mnist", real_root, lambda *_: None)
    trainer = Trainer(Recipe(values={"epochs": 1, "learning_rate": 0.1}), data, stop_after=60, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    for sample in range(0, 10_000, 625):
        found = explained(trainer, sample, SaliencyMethod.GRADIENT)
        image = data.test_inputs[sample].float() / 255
        with torch.no_grad():
            expected = gradient_by_hand(trainer.stepper.model, image, found.output)
        assert np.allclose(found.values, expected.abs()[0].numpy(), rtol=1e-3, atol=1e-6)


def test_that_a_network_that_works_in_place_behind_a_dropout_is_explained(tiny_data):
    trainer = trained(tiny_data, model=OWN, network=network(IN_PLACE_AFTER_DROPOUT))
    found = explained(trainer, 3, SaliencyMethod.GRADIENT)
    image = (tiny_data.test_inputs[3].float() / 255).flatten().requires_grad_(True)
    first, last = [each for each in trainer.stepper.model.modules() if isinstance(each, torch.nn.Linear)]
    last(torch.sigmoid(first(image)))[found.output].backward()  # what sigmoid gives is not below 0
    assert np.allclose(found.values.flatten(), image.grad.abs().numpy(), rtol=1e-4, atol=1e-7)
    again = explained(trainer, 3, SaliencyMethod.GRADIENT)
    assert np.array_equal(again.values, found.values)

"""The networks: for which data they are built, with which sizes, and where they are the tutorial's bit for bit."""

import pytest
import torch

from workbench.engine.config.hyperparameters import defaults
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.models.registry import MODELS

COLOUR = DataSpec(Task.CLASSIFICATION, (3, 9, 12), ("a", "b", "c"))
VECTORS = DataSpec(Task.REGRESSION, (5,), target_names=("y",))
TORCHVISION = ("resnet18", "mobilenet_v3_small", "efficientnet_b0", "densenet121")


def built(name, spec, **values):
    row = MODELS[name]
    torch.manual_seed(3)
    return row.build(spec, {**defaults(row.accepts, row.defaults), **values})


@pytest.mark.parametrize("name", MODELS.names)
@pytest.mark.parametrize("spec", [FASHION_MNIST_SPEC, COLOUR, VECTORS], ids=["grey", "colour", "vectors"])
def test_that_every_network_fits_the_data_or_says_why_not(name, spec):
    row = MODELS[name]
    if (problem := row.refusal(spec)) is not None:
        assert spec is VECTORS
        assert "row of 5 numbers" in str(problem)
        return
    with torch.device("meta"):
        network, inputs = built(name, spec), torch.zeros(2, *spec.sample_shape)
        assert network.eval()(inputs).shape == (2, spec.output_count)
    assert row.layers(spec, defaults(row.accepts, row.defaults)).endswith(f"→ {spec.output_count}")


def test_that_images_below_eight_pixels_are_refused_by_convolutions():
    small = DataSpec(Task.CLASSIFICATION, (1, 7, 20), ("a", "b"))
    assert "7" in str(MODELS["cnn"].refusal(small))
    assert MODELS["mlp-custom"].refusal(small) is None


def test_that_layers_of_your_own_are_the_tutorials_network_at_first(images):
    ours, theirs = built("mlp-custom", FASHION_MNIST_SPEC), built("mlp", FASHION_MNIST_SPEC)
    assert ours(images).equal(theirs(images))
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert mine.equal(other)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
def test_that_widths_activation_and_normalization_are_those_chosen(activation):
    network = built("mlp-custom", VECTORS, hidden="7,3", activation=activation, batch_norm=True)
    inputs = torch.rand(6, 5)
    first, norm1, act, second, norm2, _, last = network.layers
    assert network(inputs).equal(last(act(norm2(second(act(norm1(first(inputs))))))))
    assert [layer.out_features for layer in (first, second, last)] == [7, 3, 1]
    assert built("mlp-custom", VECTORS, hidden="")(inputs).shape == (6, 1)


def test_that_the_residual_networks_have_as_many_parameters_as_the_papers():
    # Table 6 of the paper: 0.27 million for 20 layers, on colour images of ten classes.
    cifar = DataSpec(Task.CLASSIFICATION, (3, 32, 32), tuple("abcdefghij"))
    assert MODELS["resnet20"].parameter_count(cifar, {}) == 269_722
    depth = sum(isinstance(each, torch.nn.Conv2d | torch.nn.Linear) for each in built("resnet20", cifar).modules())
    assert depth == 20


@pytest.mark.parametrize("name", TORCHVISION)
def test_that_torchvisions_networks_get_only_their_first_and_last_layer_fitted(name):
    from torchvision import models

    with torch.device("meta"):
        theirs = models.get_model(name, weights=None).state_dict()
        ours = built(name, DataSpec(Task.CLASSIFICATION, (3, 40, 40), ("a", "b", "c"))).network.state_dict()
        grey = built(name, FASHION_MNIST_SPEC).network.state_dict()
    assert list(ours) == list(theirs) == list(grey)
    differ = [key for key in theirs if grey[key].shape != theirs[key].shape]
    assert differ[0] == next(iter(theirs))
    assert [key for key in theirs if ours[key].shape != theirs[key].shape] == differ[1:]
    assert len(differ) == 3

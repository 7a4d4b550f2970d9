"""What is shown of a data set."""

import numpy as np
import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.data.preview import MOST_POINTS, images_of, preview_of


def dataset(spec, inputs, targets):
    return Dataset("some", spec, inputs, targets, inputs[:1], targets[:1])


def test_that_samples_show_the_first_images_of_each_class(tiny_root, tiny_data):
    raw = (tiny_root / "FashionMNIST" / "raw" / "train-images-idx3-ubyte").read_bytes()[16:]
    images = np.frombuffer(raw, np.uint8).reshape(-1, 28, 28)
    samples = images_of(tiny_data, 5)
    assert samples.shape == (10, 5, 1, 28, 28)
    assert samples.dtype == np.uint8
    for label in range(10):
        assert np.array_equal(samples[label, :, 0], images[tiny_data.train_targets.numpy() == label][:5])


def test_that_samples_of_a_small_class_are_filled_up_with_black():
    images, labels = torch.rand(20, 1, 28, 28), torch.arange(20) % 10
    data = Dataset("twenty", FASHION_MNIST_SPEC, images, labels, images, labels)
    samples = images_of(data, 3)
    assert np.array_equal(samples[4, :2, 0], images[[4, 14], 0].mul(255).round().to(torch.uint8).numpy())
    assert not samples[:, 2].any()


def test_that_of_large_images_of_many_classes_few_pixels_are_shown_but_each_class_has_an_image():
    spec = DataSpec(Task.CLASSIFICATION, (3, 512, 300), tuple(f"class {label}" for label in range(100)))
    images = torch.full((1, 3, 512, 300), 7, dtype=torch.uint8).expand(200, -1, -1, -1)
    shown = preview_of(dataset(spec, images, torch.arange(200) % 100)).images
    assert shown.shape[0] == 100
    assert shown.shape[1] >= 2
    assert shown.shape[2:] == (3, 128, 75)
    assert (shown[:, :2] == 7).all()
    assert shown.nbytes < 64 << 20


def test_that_the_images_of_a_regression_stand_in_one_row_with_their_numbers():
    spec = DataSpec(Task.REGRESSION, (1, 2, 2), (), ("age",))
    images, ages = torch.rand(40, 1, 2, 2), torch.rand(40, 1)
    preview = preview_of(dataset(spec, images, ages))
    assert preview.images.shape == (1, 24, 1, 2, 2)
    assert np.array_equal(preview.targets, ages[:24].numpy())


def test_that_the_first_vectors_are_shown_and_do_not_change_with_the_data():
    spec = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b"))
    points, labels = torch.rand(3000, 2), torch.arange(3000) % 2
    preview = preview_of(dataset(spec, points, labels))
    first = points[:MOST_POINTS].numpy().copy()
    points.zero_()
    assert np.array_equal(preview.points, first)
    assert preview.targets.tolist() == labels[:MOST_POINTS].tolist()
    assert preview.images.shape[0] == 0


def test_that_of_very_long_vectors_few_are_shown():
    spec = DataSpec(Task.CLASSIFICATION, (1 << 19,), ("a", "b"))
    points = torch.zeros(1).expand(5, 1 << 19)
    assert preview_of(dataset(spec, points, torch.zeros(5, dtype=torch.int64))).points.shape == (2, 1 << 19)

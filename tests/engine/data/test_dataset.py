from __future__ import annotations

import numpy as np
import torch

from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset


def test_that_samples_show_the_first_images_of_each_class(tiny_root, tiny_data):
    raw = (tiny_root / "FashionMNIST" / "raw" / "train-images-idx3-ubyte").read_bytes()[16:]
    images = np.frombuffer(raw, np.uint8).reshape(-1, 28, 28)
    samples = tiny_data.samples(5)
    assert samples.shape == (10, 5, 1, 28, 28)
    assert samples.dtype == np.uint8
    for label in range(10):
        assert np.array_equal(samples[label, :, 0], images[tiny_data.train_targets.numpy() == label][:5])


def test_that_samples_of_a_small_class_are_filled_up_with_black():
    images, labels = torch.rand(20, 1, 28, 28), torch.arange(20) % 10
    data = Dataset("twenty", FASHION_MNIST_SPEC, images, labels, images, labels)
    samples = data.samples(3)
    assert np.array_equal(samples[4, :2, 0], images[[4, 14], 0].mul(255).round().to(torch.uint8).numpy())
    assert not samples[:, 2].any()


def test_that_data_can_be_moved_to_another_device(tiny_data):
    moved = tiny_data.to(torch.device("meta"))
    assert {tensor.device.type for tensor in (moved.train_inputs, moved.test_targets)} == {"meta"}
    assert tiny_data.to(torch.device("cpu")).train_inputs is tiny_data.train_inputs


def test_that_images_move_to_another_device_as_floats_because_a_gpu_would_divide_with_other_bits(tiny_data):
    assert tiny_data.train_inputs.dtype is torch.uint8
    assert tiny_data.to(torch.device("meta")).train_inputs.dtype is torch.float32

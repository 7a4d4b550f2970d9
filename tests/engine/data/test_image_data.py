from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from workbench.engine.data import image_data
from workbench.engine.data.image_data import CLASS_NAMES, ImageData, unit_floats
from workbench.engine.errors import CancelledError


def silent(_what, _done, _total):
    pass


def bits(images):
    return images.view(torch.int32)


@given(arrays(np.uint8, (3, 28, 28)))
@settings(max_examples=50, deadline=None)
def test_that_any_image_becomes_what_totensor_makes_of_it(images):
    from torchvision.transforms import ToTensor

    theirs = torch.stack([ToTensor()(Image.fromarray(image)) for image in images])
    assert torch.equal(bits(unit_floats(torch.from_numpy(images), silent)), bits(theirs))


def test_that_every_grey_becomes_what_totensor_makes_of_it_at_every_place_of_a_chunk(monkeypatch):
    from torchvision.transforms import ToTensor

    monkeypatch.setattr(image_data, "CHUNK", 3)
    images = torch.arange(7 * 28 * 28).remainder(256).to(torch.uint8).view(7, 28, 28)
    theirs = torch.stack([ToTensor()(Image.fromarray(image.numpy())) for image in images])
    assert torch.equal(bits(unit_floats(images, silent)), bits(theirs))


def test_that_samples_show_the_first_images_of_each_class(tiny_root, tiny_data):
    raw = (tiny_root / "FashionMNIST" / "raw" / "train-images-idx3-ubyte").read_bytes()[16:]
    images = np.frombuffer(raw, np.uint8).reshape(-1, 28, 28)
    samples = tiny_data.samples(5)
    assert samples.shape == (10, 5, 28, 28)
    assert samples.dtype == np.uint8
    for label in range(10):
        assert np.array_equal(samples[label], images[tiny_data.train_labels.numpy() == label][:5])


def test_that_samples_of_a_small_class_are_filled_up_with_black():
    images, labels = torch.rand(20, 1, 28, 28), torch.arange(20) % 10
    data = ImageData("twenty", CLASS_NAMES, images, labels, images, labels)
    samples = data.samples(3)
    assert np.array_equal(samples[4, :2], images[[4, 14], 0].mul(255).round().to(torch.uint8).numpy())
    assert not samples[:, 2].any()


def test_that_data_can_be_moved_to_another_device(tiny_data):
    moved = tiny_data.to(torch.device("meta"))
    assert {tensor.device.type for tensor in (moved.train_images, moved.test_labels)} == {"meta"}
    assert tiny_data.to(torch.device("cpu")).train_images is tiny_data.train_images


@given(st.integers(0, 12))
@settings(max_examples=13, deadline=None)
def test_that_every_report_of_progress_is_a_chance_to_cancel(calls):
    calls_made = 0

    def cancel(_what, _done, _total):
        nonlocal calls_made
        calls_made += 1
        if calls_made > calls:
            raise CancelledError

    images = torch.zeros(13 * image_data.CHUNK, 2, 2, dtype=torch.uint8)
    with pytest.raises(CancelledError):
        unit_floats(images, cancel)
    assert calls_made == calls + 1

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from workbench.engine.data import unit_floats
from workbench.engine.data.unit_floats import UnitFloats


def bits(images):
    return images.view(torch.int32)


def by_totensor(images):
    from torchvision.transforms import ToTensor

    return torch.stack([ToTensor()(Image.fromarray(image.numpy())) for image in images[:, 0]])


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(unit_floats, "CHUNK", 3)


def every_grey(count):
    return torch.arange(count * 28 * 28).remainder(256).to(torch.uint8).view(count, 1, 28, 28)


@given(arrays(np.uint8, (3, 1, 28, 28)))
@settings(max_examples=50, deadline=None)
def test_that_any_image_becomes_what_totensor_makes_of_it(images):
    images = torch.from_numpy(images)
    assert torch.equal(bits(UnitFloats(images).batch(0, 3)), bits(by_totensor(images)))


@pytest.mark.usefixtures("small_chunks")
def test_that_every_grey_becomes_what_totensor_makes_of_it_at_every_place_of_a_chunk():
    images = every_grey(7)
    floats = UnitFloats(images)
    ours = torch.cat([floats.batch(start, start + 2).clone() for start in range(0, 7, 2)])
    assert torch.equal(bits(ours), bits(by_totensor(images)))


@given(
    count=st.integers(1, 40),
    begin=st.integers(0, 39),
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=12),
    shuffled=st.booleans(),
    chunk=st.integers(1, 16),
)
@settings(max_examples=200, deadline=None)
def test_that_batches_of_any_size_from_any_sample_on_are_those_of_the_converted_images(
    count, begin, sizes, shuffled, chunk
):
    images = torch.randint(0, 256, (count, 1, 2, 2), dtype=torch.uint8)
    order = torch.randperm(count) if shuffled else None
    whole = images.float().div(255)
    whole = whole if order is None else whole[order]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit_floats, "CHUNK", chunk)
        read, kept = UnitFloats(images, order), UnitFloats(images.float().div(255), order)
        start = min(begin, count - 1)
        for size in sizes:
            if start >= count:
                break
            expected = whole[start : start + size]
            assert torch.equal(bits(read.batch(start, start + size)), bits(expected))
            assert torch.equal(bits(kept.batch(start, start + size)), bits(expected))
            start += size


def test_that_images_that_are_floats_are_not_copied():
    images = torch.rand(5, 1, 4, 4)
    assert UnitFloats(images).batch(2, 4).data_ptr() == images[2:].data_ptr()


@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32])
@pytest.mark.parametrize("shape", [(1, 5, 5), (3, 7, 7), (1,)])
def test_that_every_batch_has_the_alignment_of_a_new_tensor(dtype, shape):
    floats = UnitFloats(torch.ones(100, *shape).to(dtype))
    for start in range(0, 99, 3):
        assert floats.batch(start, start + 3).data_ptr() % 64 == 0

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from workbench.engine.data import datasets
from workbench.engine.data.datasets import CLASS_NAMES, DATASETS, PHASES, load_dataset, load_default
from workbench.engine.data.garments import dataset as garments
from workbench.engine.errors import CancelledError, DatasetUnavailableError, UsageError, UserError


def silent(_what, _done, _total):
    pass


def bits(images):
    return images.view(torch.int32)


@pytest.fixture
def drawn(monkeypatch):
    """Twenty garments in place of fourteen thousand."""
    generator = np.random.default_rng(0)
    set_ = SimpleNamespace(
        train_images=generator.integers(0, 256, (20, 28, 28), dtype=np.uint8),
        train_labels=np.arange(20) % 10,
        test_images=generator.integers(0, 256, (10, 28, 28), dtype=np.uint8),
        test_labels=np.arange(10),
    )

    def load(cache_folder, progress):
        set_.cache_folder = cache_folder
        progress(20, 30)
        return set_

    monkeypatch.setattr(garments, "load_garments", load)
    return set_


@pytest.fixture
def unavailable(monkeypatch):
    """Fashion-MNIST is missing and there is no network."""

    def load(_root, _progress):
        raise DatasetUnavailableError("{what} cannot be had: {cure}.", what="Fashion-MNIST", cure="connect")

    monkeypatch.setattr("workbench.engine.data.fashion_mnist.load_fashion_mnist", load)


def test_that_listing_the_data_sets_does_not_import_torch():
    program = (
        "import sys; from workbench.engine.data.datasets import DATASETS; print(*DATASETS.names); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'torchvision', 'numpy', 'PIL')))"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["fashion-mnist", "garments"]


def test_that_fashion_mnist_is_the_default():
    assert DATASETS.default == "fashion-mnist"


@pytest.mark.parametrize("row", list(DATASETS), ids=lambda row: row.name)
def test_that_every_row_says_what_it_is(row):
    assert row.label
    assert row.help.endswith(".")
    assert len(set(row.class_names)) == 10


def test_that_the_class_names_are_those_of_torchvision_and_of_the_drawings():
    from torchvision.datasets import FashionMNIST

    assert list(CLASS_NAMES) == FashionMNIST.classes
    assert tuple(garments.CLASS_NAMES) == CLASS_NAMES


def test_that_an_unknown_data_set_is_refused(tmp_path):
    with pytest.raises(UsageError, match="fashion-mnist, garments"):
        load_dataset("mnist", tmp_path, silent)


# The form in memory


def test_that_images_are_bit_for_bit_those_of_totensor(tiny_root, tiny_data):
    from torchvision.datasets import FashionMNIST
    from torchvision.transforms import ToTensor

    for train, images, labels in (
        (True, tiny_data.train_images, tiny_data.train_labels),
        (False, tiny_data.test_images, tiny_data.test_labels),
    ):
        theirs = FashionMNIST(tiny_root, train=train, transform=ToTensor())
        assert torch.equal(bits(images), bits(torch.stack([image for image, _ in theirs])))
        assert labels.tolist() == [label for _, label in theirs]


@given(arrays(np.uint8, (3, 28, 28)))
@settings(max_examples=50, deadline=None)
def test_that_any_image_becomes_what_totensor_makes_of_it(images):
    from torchvision.transforms import ToTensor

    theirs = torch.stack([ToTensor()(Image.fromarray(image)) for image in images])
    assert torch.equal(bits(datasets._unit_floats(torch.from_numpy(images), silent)), bits(theirs))


def test_that_every_grey_becomes_what_totensor_makes_of_it_at_every_place_of_a_chunk(monkeypatch):
    from torchvision.transforms import ToTensor

    monkeypatch.setattr(datasets, "CHUNK", 3)
    images = torch.arange(7 * 28 * 28).remainder(256).to(torch.uint8).view(7, 28, 28)
    theirs = torch.stack([ToTensor()(Image.fromarray(image.numpy())) for image in images])
    assert torch.equal(bits(datasets._unit_floats(images, silent)), bits(theirs))


def test_that_data_have_the_promised_shapes_and_types(tiny_data):
    assert tiny_data.name == "fashion-mnist"
    assert tiny_data.class_names == CLASS_NAMES
    assert tiny_data.train_images.shape == (640, 1, 28, 28)
    assert tiny_data.test_images.shape == (160, 1, 28, 28)
    assert tiny_data.train_images.dtype == tiny_data.test_images.dtype == torch.float32
    assert tiny_data.train_labels.shape == (640,)
    assert tiny_data.train_labels.dtype == tiny_data.test_labels.dtype == torch.int64
    assert tiny_data.train_images.is_contiguous()


def test_that_garments_come_in_the_same_form(tmp_path, drawn, own_home):
    told = []
    data = load_dataset("garments", tmp_path, lambda *progress: told.append(progress))
    assert data.name == "garments"
    assert torch.equal(data.train_images[:, 0], torch.from_numpy(drawn.train_images).to(torch.float32).div(255))
    assert data.train_labels.tolist() == drawn.train_labels.tolist()
    assert data.test_images.shape == (10, 1, 28, 28)
    assert data.test_labels.dtype == torch.int64
    assert (datasets.DRAWING, 20, 30) in told
    assert own_home in drawn.cache_folder.parents


def test_that_samples_show_the_first_images_of_each_class(tiny_root, tiny_data):
    raw = (tiny_root / "FashionMNIST" / "raw" / "train-images-idx3-ubyte").read_bytes()[16:]
    images = np.frombuffer(raw, np.uint8).reshape(-1, 28, 28)
    samples = tiny_data.samples(5)
    assert samples.shape == (10, 5, 28, 28)
    assert samples.dtype == np.uint8
    for label in range(10):
        assert np.array_equal(samples[label], images[tiny_data.train_labels.numpy() == label][:5])


def test_that_samples_of_a_small_class_are_filled_up_with_black(tmp_path, drawn):
    samples = load_dataset("garments", tmp_path, silent).samples(3)
    assert np.array_equal(samples[4, :2], drawn.train_images[[4, 14]])
    assert not samples[:, 2].any()


def test_that_data_can_be_moved_to_another_device(tiny_data):
    moved = tiny_data.to(torch.device("meta"))
    assert {tensor.device.type for tensor in (moved.train_images, moved.test_labels)} == {"meta"}
    assert tiny_data.to(torch.device("cpu")).train_images is tiny_data.train_images


def test_that_progress_is_told_of_known_phases_and_reaches_the_end(tiny_root):
    told = []
    load_dataset("fashion-mnist", tiny_root, lambda *progress: told.append(progress))
    assert {what for what, _, _ in told} <= set(PHASES)
    assert told[-1] == (datasets.READING, 160, 160)


def test_that_loading_can_be_cancelled(tiny_root):
    def cancel(_what, _done, _total):
        raise CancelledError

    with pytest.raises(CancelledError):
        load_dataset("fashion-mnist", tiny_root, cancel)


@given(st.integers(0, 12))
@settings(max_examples=13, deadline=None)
def test_that_every_report_of_progress_is_a_chance_to_cancel(calls):
    told = 0

    def cancel(_what, _done, _total):
        nonlocal told
        told += 1
        if told > calls:
            raise CancelledError

    images = torch.zeros(13 * datasets.CHUNK, 2, 2, dtype=torch.uint8)
    with pytest.raises(CancelledError):
        datasets._unit_floats(images, cancel)
    assert told == calls + 1


# What takes the place of the default


def test_that_the_default_is_fashion_mnist_where_it_is(tiny_root):
    data, problem = load_default(tiny_root, silent)
    assert data.name == "fashion-mnist"
    assert problem is None


@pytest.mark.usefixtures("drawn", "unavailable")
def test_that_garments_take_the_place_of_a_default_that_cannot_be_had(tmp_path):
    data, problem = load_default(tmp_path, silent)
    assert data.name == "garments"
    assert str(problem) == "Fashion-MNIST cannot be had: connect."


@pytest.mark.usefixtures("drawn", "unavailable")
def test_that_a_data_set_chosen_is_never_swapped_for_another(tmp_path):
    with pytest.raises(DatasetUnavailableError):
        load_dataset("fashion-mnist", tmp_path, silent)


@pytest.mark.usefixtures("drawn")
def test_that_a_damaged_default_is_told_of_and_not_replaced(tiny_root):
    path = tiny_root / "FashionMNIST" / "raw" / "t10k-labels-idx1-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UserError, match="damaged") as caught:
        load_default(tiny_root, silent)
    assert not isinstance(caught.value, DatasetUnavailableError)


@pytest.mark.real_data
def test_that_the_real_fashion_mnist_is_what_torchvision_reads(real_root):
    from torchvision.datasets import FashionMNIST

    data = load_dataset("fashion-mnist", real_root, silent)
    train, test = FashionMNIST(real_root, train=True), FashionMNIST(real_root, train=False)
    assert torch.equal(data.train_images[:, 0], train.data.to(torch.float32).div(255))
    assert torch.equal(data.test_images[:, 0], test.data.to(torch.float32).div(255))
    assert torch.equal(data.train_labels, train.targets)
    assert torch.equal(data.test_labels, test.targets)

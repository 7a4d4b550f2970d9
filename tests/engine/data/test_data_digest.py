import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import write_fashion_mnist
from workbench.engine.data.data_digest import DataDigest, digest_of
from workbench.engine.data.dataset import CLASS_NAMES
from workbench.engine.data.datasets import load_dataset
from workbench.engine.errors import CancelledError


def silent(_what, _done, _total):
    pass


def small(train_count=3, test_count=2):
    return [
        torch.arange(train_count * 784, dtype=torch.uint8).view(-1, 28, 28),
        torch.arange(train_count) % 10,
        torch.arange(test_count * 784, dtype=torch.uint8).view(-1, 28, 28),
        torch.arange(test_count) % 10,
    ]


def digest(tensors, names=CLASS_NAMES):
    return digest_of(names, tensors, silent).sha256


def test_that_the_same_files_have_the_same_digest_whatever_their_folder(tiny_root, tiny_data, tmp_path):
    again = load_dataset("fashion-mnist", write_fashion_mnist(tmp_path / "again"), silent)
    assert again.digest == tiny_data.digest
    assert (again.digest.train_count, again.digest.test_count) == (640, 160)


def test_that_other_images_of_the_same_number_have_another_digest(tiny_data, tmp_path):
    other = load_dataset("fashion-mnist", write_fashion_mnist(tmp_path / "other", seed=1), silent)
    assert other.digest.sha256 != tiny_data.digest.sha256


@given(st.integers(0, 3), st.integers(0, 10_000), st.integers(1, 255))
def test_that_each_value_counts(which, place, change):
    tensors = small()
    before = digest(tensors)
    flat = tensors[which].view(-1)
    flat[place % len(flat)] += change
    assert digest(tensors) != before


def test_that_shapes_types_and_class_names_count():
    tensors = small()
    images, labels = tensors[0], tensors[1]
    variants = [
        tensors,
        [images.view(-1, 56, 14), *tensors[1:]],
        [images, labels.to(torch.int32), *tensors[2:]],
        [*tensors[2:], *tensors[:2]],
    ]
    digests = [digest(variant) for variant in variants] + [digest(tensors, ["other", *CLASS_NAMES[1:]])]
    assert len(set(digests)) == len(digests)


def test_that_the_digest_is_that_of_an_earlier_version():
    # A change of the digest would make every run of an earlier version one of other images.
    assert digest(small()) == "a58ff53042d8cf8b43beb276e3736f2ca3aead3483e0896382ba8a157dfb0cde"


def test_that_it_can_be_cancelled():
    def cancel(_what, done, _total):
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        digest_of(CLASS_NAMES, small(), cancel)


def test_that_a_sentence_names_the_size_and_the_first_digits():
    assert str(DataDigest("0123456789abcdef" * 4, 60_000, 10_000)) == "60,000 + 10,000 samples, SHA-256 0123456789ab…"

from __future__ import annotations

import errno
import gzip
import struct
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torchvision.datasets import FashionMNIST

from workbench.engine.data import fashion_mnist, idx_files, published_idx
from workbench.engine.data.dataset import READING
from workbench.engine.data.fashion_mnist import PARTS, folder_of, load_fashion_mnist, load_fashion_mnist_mini
from workbench.engine.errors import CancelledError, DatasetUnavailableError, UserError

NAMES = tuple(part.name for part in PARTS)
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = NAMES


def silent(_what, _done, _total):
    pass


def idx(magic, *numbers, body):
    return struct.pack(f">{1 + len(numbers)}I", magic, *numbers) + bytes(body)


def sentence(root, path):
    with pytest.raises(UserError) as caught:
        load_fashion_mnist(root, silent)
    text = str(caught.value)
    assert str(path) in text
    assert not isinstance(caught.value, DatasetUnavailableError), "it is there"
    return text


# Reading


def test_that_the_files_are_read_as_torchvision_reads_them(tiny_root):
    raw = load_fashion_mnist(tiny_root, silent)
    train, test = FashionMNIST(tiny_root, train=True), FashionMNIST(tiny_root, train=False)
    for ours, theirs in zip(raw, (train.data, train.targets, test.data, test.targets), strict=True):
        assert ours.dtype == theirs.dtype
        assert torch.equal(ours, theirs)


def test_that_what_an_old_torchvision_left_behind_is_not_read(tiny_root):
    processed = tiny_root / "FashionMNIST" / "processed"
    processed.mkdir()
    for name in ("training.pt", "test.pt"):
        torch.save((torch.zeros(1, 28, 28, dtype=torch.uint8), torch.zeros(1)), processed / name)
    assert len(load_fashion_mnist(tiny_root, silent).train_inputs) == 640


def test_that_reading_a_large_file_can_be_cancelled_between_its_pieces(tiny_root, monkeypatch):
    monkeypatch.setattr(idx_files, "READ", 1000)
    calls = []

    def cancel(what, done, total):
        calls.append((what, done, total))
        if done >= 3000:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist(tiny_root, cancel)
    assert calls == [(READING, done, 640 * 784) for done in (0, 1000, 2000, 3000)]


# Damaged files


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("keep", [0, 3, 7, 15, -1])
def test_that_a_truncated_file_is_named(tiny_root, name, keep):
    path = folder_of(tiny_root) / name
    path.write_bytes(path.read_bytes()[:keep])
    text = sentence(tiny_root, path)
    assert "damaged" in text
    assert "delete it" in text


@pytest.mark.parametrize("name", NAMES)
def test_that_a_file_with_something_after_its_end_is_named(tiny_root, name):
    path = folder_of(tiny_root) / name
    path.write_bytes(path.read_bytes() + b"\0")
    assert "damaged" in sentence(tiny_root, path)


@pytest.mark.parametrize("name", NAMES)
def test_that_a_file_still_packed_is_named(tiny_root, name):
    path = folder_of(tiny_root) / name
    path.write_bytes(gzip.compress(path.read_bytes()))
    text = sentence(tiny_root, path)
    assert "gzip" in text
    assert "unpack it" in text


@pytest.mark.parametrize("name", NAMES)
def test_that_garbage_is_named(tiny_root, name):
    path = folder_of(tiny_root) / name
    path.write_bytes(b"<html><body>Please sign in to this network.</body></html>")
    text = sentence(tiny_root, path)
    assert "3c 68 74 6d" in text
    assert "not what its name says" in text


def test_that_labels_in_place_of_images_are_named(tiny_root):
    folder = folder_of(tiny_root)
    path = folder / TRAIN_IMAGES
    path.write_bytes((folder / TRAIN_LABELS).read_bytes())
    assert "00 00 08 01" in sentence(tiny_root, path)


def test_that_images_of_another_size_are_named(tiny_root):
    path = folder_of(tiny_root) / TEST_IMAGES
    path.write_bytes(idx(0x803, 160, 32, 30, body=160 * 32 * 30))
    assert "32 × 30" in sentence(tiny_root, path)


@pytest.mark.parametrize("label", [10, 255])
def test_that_a_label_beyond_nine_is_named_with_its_place(tiny_root, label):
    path = folder_of(tiny_root) / TEST_LABELS
    content = bytearray(path.read_bytes())
    content[8 + 41] = label
    path.write_bytes(content)
    assert f"number 42 is {label}" in sentence(tiny_root, path)


def test_that_counts_that_differ_are_named_with_both_files(tiny_root):
    folder = folder_of(tiny_root)
    (folder / TRAIN_LABELS).write_bytes(idx(0x801, 639, body=639))
    text = sentence(tiny_root, folder / TRAIN_IMAGES)
    assert f"{folder / TRAIN_IMAGES} holds 640 images but {TRAIN_LABELS} holds 639 labels" in text


def test_that_an_empty_set_is_named(tiny_root):
    folder = folder_of(tiny_root)
    (folder / TEST_IMAGES).write_bytes(idx(0x803, 0, 28, 28, body=b""))
    (folder / TEST_LABELS).write_bytes(idx(0x801, 0, body=b""))
    assert "empty" in sentence(tiny_root, folder / TEST_IMAGES)


def test_that_a_folder_in_place_of_a_file_is_named(tiny_root):
    path = folder_of(tiny_root) / TRAIN_LABELS
    path.unlink()
    path.mkdir()
    assert "is not a file" in sentence(tiny_root, path)


@pytest.mark.parametrize("method", ["stat", "open"])
def test_that_a_file_without_the_right_to_read_it_is_named(tiny_root, monkeypatch, method):
    path = folder_of(tiny_root) / TRAIN_LABELS
    allowed = getattr(Path, method)

    def refuse(self, *arguments, **options):
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return allowed(self, *arguments, **options)

    # Simulated, since tests may run as the superuser, who can read everything.
    monkeypatch.setattr(Path, method, refuse)
    assert "Permission denied" in sentence(tiny_root, path)


@given(data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_changed_header_is_always_noticed(tiny_root, data):
    part = data.draw(st.sampled_from(PARTS))
    path = folder_of(tiny_root) / part.name
    whole = path.read_bytes()
    content = bytearray(whole)
    content[data.draw(st.integers(0, part.header_length - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        sentence(tiny_root, path)
    finally:
        path.write_bytes(whole)


def test_that_a_damaged_file_is_reported_before_a_missing_one_is_fetched(tiny_root, monkeypatch):
    monkeypatch.setattr(published_idx, "torchvision_class", lambda *_: pytest.fail("fetched"))
    folder = folder_of(tiny_root)
    (folder / TRAIN_IMAGES).unlink()
    (folder / TEST_LABELS).write_bytes(b"")
    sentence(tiny_root, folder / TEST_LABELS)


# The built-in part


@pytest.fixture
def resources(tmp_path, monkeypatch):
    """The folder of the built-in part, with four small files."""
    folder = tmp_path / "fashion-mnist-mini"
    folder.mkdir()
    monkeypatch.setattr(fashion_mnist, "resource_path", lambda *_: folder)
    for name, content in (
        (TRAIN_IMAGES, idx(0x803, 3, 28, 28, body=3 * 784)),
        (TRAIN_LABELS, idx(0x801, 3, body=[1, 2, 3])),
        (TEST_IMAGES, idx(0x803, 2, 28, 28, body=2 * 784)),
        (TEST_LABELS, idx(0x801, 2, body=[4, 5])),
    ):
        (folder / f"{name}.gz").write_bytes(gzip.compress(content))
    return folder


@pytest.mark.usefixtures("resources")
def test_that_packed_files_are_read():
    raw = load_fashion_mnist_mini(silent)
    assert raw.train_inputs.shape == (3, 28, 28)
    assert raw.train_inputs.dtype == torch.uint8
    assert raw.train_targets.tolist() == [1, 2, 3]
    assert raw.test_targets.tolist() == [4, 5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(idx(0x801, 3, body=[1, 2])),
        gzip.compress(idx(0x801, 3, body=[1, 2, 10])),
        gzip.compress(idx(0x801, 3, body=[1, 2, 3]))[:-1],
        gzip.compress(idx(0x801, 3, body=[1, 2, 3]))[:-9] + bytes(9),
    ],
    ids=["empty", "other", "short", "label", "cut", "checksum"],
)
def test_that_a_damaged_built_in_file_asks_for_another_installation(resources, content):
    (resources / f"{TRAIN_LABELS}.gz").write_bytes(content)
    with pytest.raises(UserError, match="install the program again"):
        load_fashion_mnist_mini(silent)


def test_that_a_missing_built_in_file_asks_for_another_installation(resources):
    (resources / f"{TRAIN_LABELS}.gz").unlink()
    with pytest.raises(UserError, match="install the program again"):
        load_fashion_mnist_mini(silent)


def test_that_reading_the_built_in_part_can_be_cancelled_between_its_pieces():
    calls = []

    def cancel(*progress):
        calls.append(progress)
        if len(calls) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist_mini(cancel)
    assert [what for what, _, _ in calls] == 3 * [READING]
    assert 0 < calls[0][1] < calls[2][1] < calls[2][2]

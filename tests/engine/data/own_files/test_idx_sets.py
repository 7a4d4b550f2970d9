from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

from tests.conftest import write_fashion_mnist
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.datasets import OWN_FILES, load_dataset
from workbench.engine.data.own_files.reading import describe


def silent(_what, _done, _total):
    pass


def load(path, **choices):
    return load_dataset(DataRequest(OWN_FILES, source=DataSource(str(path), **choices)), None, silent)


def problem(path):
    return str(describe(DataSource(str(path))).problem)


@pytest.fixture
def raw(tmp_path):
    """A tiny Fashion-MNIST under other names, some of them packed."""
    folder = write_fashion_mnist(tmp_path / "data", 100, 20) / "FashionMNIST" / "raw"
    (folder / "train-images-idx3-ubyte").rename(folder / "train-images.idx3-ubyte")
    labels = folder / "train-labels-idx1-ubyte"
    (folder / "train-labels.idx1-ubyte.gz").write_bytes(gzip.compress(labels.read_bytes()))
    labels.unlink()
    return folder


def test_that_files_under_other_names_are_the_same_data(raw, tmp_path):
    theirs = load_dataset("fashion-mnist", write_fashion_mnist(tmp_path / "again", 100, 20), silent)
    for path in (raw, raw.parent, raw / "train-images.idx3-ubyte", raw / "t10k-labels-idx1-ubyte"):
        data = load(path)
        assert np.array_equal(data.train_inputs, theirs.train_inputs)
        assert np.array_equal(data.train_targets, theirs.train_targets)
        assert np.array_equal(data.test_inputs, theirs.test_inputs)
        assert data.spec.class_names == tuple("0123456789")


def test_that_without_test_files_a_share_is_held_out(raw):
    (raw / "t10k-images-idx3-ubyte").unlink()
    assert (len(load(raw).train_inputs), len(load(raw).test_inputs)) == (80, 20)


def test_that_a_large_file_is_mapped(raw, monkeypatch):
    expected = load(raw).digest
    monkeypatch.setenv("WORKBENCH_MEMORY_SHARE", "0")
    assert load(raw).digest == expected


def test_that_several_sets_in_a_folder_are_told_apart(raw):
    for name, kind in (("images", 3), ("labels", 1)):
        body = bytes(16) if kind == 3 else bytes((0, 0, 1, 1))
        content = struct.pack(f">I{kind}I", 0x0800 + kind, *(4, 2, 2)[:kind]) + body
        (raw / f"letters-train-{name}-idx{kind}-ubyte").write_bytes(content)
    assert "several data sets" in problem(raw)
    assert load(raw / "letters-train-images-idx3-ubyte").spec.sample_shape == (1, 2, 2)


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("train-images.idx3-ubyte", lambda content: content[:-1], "is damaged"),
        ("train-images.idx3-ubyte", lambda content: content + b"x", "is damaged"),
        ("train-images.idx3-ubyte", lambda content: content[:3] + b"\x01" + content[4:], "begins with 00 00 08 01"),
        ("train-labels.idx1-ubyte.gz", lambda content: content[:-9], "is damaged"),
        ("t10k-labels-idx1-ubyte", lambda _: struct.pack(">II", 0x0801, 1) + b"\0", "that belong together"),
        ("t10k-labels-idx1-ubyte", lambda _: struct.pack(">II", 0x0801, 0), "is an empty set"),
    ],
)
def test_that_a_damaged_file_is_answered_by_one_sentence(raw, name, change, sentence):
    path = raw / name
    path.write_bytes(change(path.read_bytes()))
    assert sentence in problem(raw)


def test_that_an_idx_file_alone_says_what_is_missing(raw):
    (raw / "train-labels.idx1-ubyte.gz").unlink()
    assert "without the others of its data set" in problem(raw / "train-images.idx3-ubyte")

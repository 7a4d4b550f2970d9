from __future__ import annotations

import io
import struct
import zipfile

import numpy as np
import pytest
import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.datasets import OWN_FILES, load_dataset
from workbench.engine.data.own_files.reading import describe

RANDOM = np.random.RandomState(0)
GREY = RANDOM.randint(0, 256, (20, 8, 8)).astype(np.uint8)
COLOUR = RANDOM.randint(0, 256, (20, 8, 6, 3)).astype(np.uint8)
LABELS = np.arange(20) % 4


def silent(_what, _done, _total):
    pass


def load(path, **choices):
    return load_dataset(DataRequest(OWN_FILES, source=DataSource(str(path), **choices)), None, silent)


def described(path, **choices):
    return describe(DataSource(str(path), **choices))


def keras(tmp_path, x=GREY, y=LABELS, test_y=None, **more):
    path = tmp_path / "data.npz"
    np.savez(path, x_train=x, y_train=y, x_test=x[:5], y_test=y[:5] if test_y is None else test_y, **more)
    return path


def test_that_arrays_under_keras_names_are_a_data_set_in_their_own_order(tmp_path):
    data = load(keras(tmp_path))
    assert data.spec.sample_shape == (1, 8, 8)
    assert data.spec.class_names == ("0", "1", "2", "3")
    assert np.array_equal(data.train_inputs[:, 0], GREY)
    assert np.array_equal(data.train_targets, LABELS)
    assert len(data.test_inputs) == 5
    assert data.train_targets.dtype is torch.int64


def test_that_compressed_arrays_are_the_same(tmp_path):
    path = tmp_path / "packed.npz"
    np.savez_compressed(path, x_train=GREY, y_train=LABELS, x_test=GREY[:5], y_test=LABELS[:5])
    assert load(path).digest == load(keras(tmp_path)).digest


@pytest.mark.parametrize(
    "images", [COLOUR, np.moveaxis(COLOUR, 3, 1), np.concatenate([COLOUR, COLOUR[..., :1]], axis=3)]
)
def test_that_channels_may_be_last_or_first(tmp_path, images):
    data = load(keras(tmp_path, images))
    assert np.array_equal(data.train_inputs, np.moveaxis(COLOUR, 3, 1))


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (GREY.astype(np.int64), GREY),
        (GREY.astype(np.float64), GREY),
        (GREY.astype(np.uint16) * 257, GREY),
        (GREY > 127, (GREY > 127) * np.uint8(255)),
        ((GREY / 255).astype(np.float32), (GREY / 255).astype(np.float32)),
        (GREY / 2 + 0.1, ((GREY / 2 + 0.1) / 255).astype(np.float32)),
        (np.asfortranarray(GREY), GREY),
    ],
)
def test_that_images_of_other_types_become_bytes_or_floats_from_0_to_1(tmp_path, images, expected):
    found = load(keras(tmp_path, images)).train_inputs[:, 0].numpy()
    assert found.dtype == expected.dtype
    assert np.array_equal(found, expected)


def test_that_size_and_colour_can_be_chosen(tmp_path):
    assert load(keras(tmp_path, COLOUR), image_size=4, colour="grey").spec.sample_shape == (1, 4, 4)


def test_that_vectors_are_classified_or_measured_as_their_targets_are(tmp_path):
    points = RANDOM.randn(40, 3)
    labels = np.arange(40) % 2
    assert load(keras(tmp_path, points, labels)).spec.sample_shape == (3,)
    assert load(keras(tmp_path, points, np.eye(2)[labels])).spec.class_names == ("0", "1")
    assert load(keras(tmp_path, points, labels[:, None])).spec.class_names == ("0", "1")
    assert load(keras(tmp_path, points, np.array(["a", "b"])[labels])).spec.class_names == ("a", "b")
    assert load(keras(tmp_path, points, labels, class_names=np.array(["no", "yes"]))).spec.class_names == ("no", "yes")
    measured = load(keras(tmp_path, points, points[:, :2]))
    assert measured.spec.task is Task.REGRESSION
    assert measured.spec.target_names == ("y_train 1", "y_train 2")
    assert measured.train_targets.shape == (40, 2)


def test_that_a_hundred_numbered_classes_are_classes(tmp_path):
    labels = np.arange(1000) % 100
    assert load(keras(tmp_path, RANDOM.randn(1000, 2), labels)).spec.output_count == 100


def test_that_without_test_arrays_a_share_is_held_out(tmp_path):
    path = tmp_path / "data.npz"
    np.savez(path, x=GREY, y=LABELS)
    data = load(path)
    assert (len(data.train_inputs), np.bincount(data.test_targets).tolist()) == (16, [1, 1, 1, 1])
    for image, label in zip(data.train_inputs[:, 0].numpy(), data.train_targets, strict=True):
        (place,) = [n for n in range(20) if np.array_equal(GREY[n], image)]
        assert LABELS[place] == label


@pytest.mark.parametrize("names", [("x_val", "y_val"), ("X_valid", "Y_valid")])
def test_that_arrays_for_validation_beside_a_test_are_read(tmp_path, names):
    data = load(keras(tmp_path, **dict(zip(names, (GREY[5:9], LABELS[5:9]), strict=True))))
    assert np.array_equal(data.validation_inputs[:, 0], GREY[5:9])
    assert np.array_equal(data.validation_targets, LABELS[5:9])
    assert len(data.test_inputs) == 5
    assert data.digest.sha256 != load(keras(tmp_path)).digest.sha256


def test_that_vectors_for_validation_are_standardised_as_the_training_samples_are(tmp_path):
    rows = RANDOM.normal(5, 3, (20, 4))
    path = keras(tmp_path, rows, LABELS, x_val=rows[:7], y_val=LABELS[:7])
    data = load(path, standardise=True)
    assert torch.equal(data.validation_inputs, data.train_inputs[:7])


def test_that_arrays_for_validation_that_do_not_fit_are_answered_by_one_sentence(tmp_path):
    problem = described(keras(tmp_path, x_val=GREY[:3], y_val=LABELS[:2])).problem
    assert "x_val in" in str(problem)
    assert "give a label for each sample" in str(problem)
    problem = described(keras(tmp_path, x_val=GREY[:1], y_val=[9])).problem
    assert "y_val in" in str(problem)
    assert "which no training sample has" in str(problem)


def test_that_npy_files_in_a_folder_are_a_data_set(tmp_path):
    np.save(tmp_path / "x.npy", GREY)
    np.save(tmp_path / "y.npy", LABELS)
    assert load(tmp_path).digest == load(tmp_path / "x.npy").digest
    assert described(tmp_path).form == "arrays"


def test_that_one_npy_file_is_a_table_whose_last_column_is_the_label(tmp_path):
    table = np.column_stack([RANDOM.randn(30, 2), np.arange(30) % 3])
    np.save(tmp_path / "table.npy", table)
    data = load(tmp_path / "table.npy")
    assert data.spec.sample_shape == (2,)
    assert data.spec.output_count == 3
    assert load(tmp_path / "table.npy", label="1").spec.task is Task.REGRESSION


def test_that_a_large_array_is_mapped_and_training_never_writes_to_it(tmp_path, monkeypatch):
    path = tmp_path / "data"
    path.mkdir()
    for name, array in (("x_train", GREY), ("y_train", LABELS), ("x_test", GREY[:5]), ("y_test", LABELS[:5])):
        np.save(path / f"{name}.npy", array)
    expected = load(path).digest
    monkeypatch.setenv("WORKBENCH_MEMORY_SHARE", "0")
    data = load(path)
    assert data.digest == expected
    before = (path / "x_train.npy").read_bytes()
    data.train_inputs[0] = 0
    assert (path / "x_train.npy").read_bytes() == before


@pytest.mark.parametrize("name", ["npz", "csv", "folder"])
def test_that_without_memory_the_data_lie_in_the_cache_folder_and_leave_nothing_there(
    tmp_path, monkeypatch, own_home, name
):
    if name == "npz":
        path = keras(tmp_path, RANDOM.randn(20, 3))
    elif name == "csv":
        path = tmp_path / "table.csv"
        path.write_text("\n".join(f"{n},{n % 2}" for n in range(50)))
    else:
        from PIL import Image

        path = tmp_path / "images"
        for number in range(6):
            (path / "ab"[number % 2]).mkdir(parents=True, exist_ok=True)
            Image.fromarray(GREY[number]).save(path / "ab"[number % 2] / f"{number}.png")
    expected = load(path).digest
    monkeypatch.setenv("WORKBENCH_MEMORY_SHARE", "0")
    assert load(path).digest == expected
    assert [file for file in own_home.rglob("data-*") if file.is_file()] == []


def test_that_a_share_of_memory_that_is_none_is_answered_by_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_MEMORY_SHARE", "much")
    assert "give a share from 0 to 1" in str(described(keras(tmp_path)).problem)


def archive(tmp_path, **members):
    path = tmp_path / "made.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(f"{name}.npy", content)
    return path


def npy(header, body=b""):
    text = header.ljust(117).encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def bomb():
    return npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}")


def test_that_hostile_archives_are_answered_by_one_sentence(tmp_path):
    objects = io.BytesIO()
    np.save(objects, np.array([{}], dtype=object), allow_pickle=True)
    whole = keras(tmp_path).read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    middle = bytearray(whole)
    middle[200] ^= 1
    (tmp_path / "flipped.npz").write_bytes(middle)
    good = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", b"\0" * 8)
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("[Content_Types].xml", "<xml/>")
    cases = {
        "cut.npz": "is damaged",
        "flipped.npz": "is damaged",
        "book.xlsx": "not one of numpy.savez",
    }
    for name, sentence in cases.items():
        assert sentence in str(described(tmp_path / name).problem)
    for members, sentence in (
        ({"x": objects.getvalue(), "y": good}, "holds Python objects, which could run code"),
        ({"x": bomb(), "y": good}, "is damaged"),
        ({"x": npy("{'descr': 'x' * 10**9}"), "y": good}, "is damaged"),
        ({"x": npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}"), "y": good}, "of the type"),
        ({"a": good, "b": good}, "holds the arrays a, b: call them x_train"),
    ):
        problem = str(described(archive(tmp_path, **members)).problem)
        assert sentence in problem
        assert len(problem) <= 300


def test_that_arrays_that_do_not_fit_are_answered_by_one_sentence(tmp_path):
    nan = RANDOM.randn(20, 3)
    nan[7, 1] = np.nan
    for x, y, sentence in (
        (GREY, LABELS[:19], "give a label for each sample"),
        (nan, LABELS, "Sample 7 of x_train"),
        (GREY * -1.5, LABELS, "give numbers from 0 to 1, or from 0 to 255"),
        (RANDOM.randn(20, 2, 2, 2, 2), LABELS, "give numbers as (samples, features)"),
        (GREY.astype(str), LABELS, "give numbers as (samples, features)"),
        (RANDOM.randn(20, 5, 5, 2), LABELS, "give one channel or three"),
        (GREY, np.arange(20) / np.nan, "holds a NaN"),
        (GREY, np.zeros((20, 2, 2)), "give a class or a number"),
        (GREY, LABELS * 0, "are of one class"),
        (GREY[:0], LABELS[:0], ""),
    ):
        with np.errstate(all="ignore"):
            problem = described(keras(tmp_path, x, y)).problem
        assert problem is not None
        assert sentence in str(problem)
    assert "which no training sample has" in str(described(keras(tmp_path, test_y=LABELS[:5] + 3)).problem)


def test_that_a_damaged_npy_file_is_answered_by_one_sentence(tmp_path):
    path = tmp_path / "table.npy"
    np.save(path, RANDOM.randn(30, 2))
    content = path.read_bytes()
    nested = npy("{'descr':" + "-" * 8000)
    for damaged in (content[:-1], content + b"x", content[:9], bomb(), nested):
        path.write_bytes(damaged)
        assert "is damaged" in str(described(path).problem)
    np.save(path, GREY)
    assert "no labels beside it" in str(described(path).problem)

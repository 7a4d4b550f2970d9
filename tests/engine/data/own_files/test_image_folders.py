from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.datasets import OWN_FILES, load_dataset
from workbench.engine.data.own_files import image_folders
from workbench.engine.data.own_files.reading import describe


def silent(_what, _done, _total):
    pass


def load(path, **choices):
    return load_dataset(DataRequest(OWN_FILES, source=DataSource(str(path), **choices)), None, silent)


def described(path, **choices):
    return describe(DataSource(str(path), **choices))


def picture(path, mode="L", size=(12, 12), value=100):
    """A picture of one value, in a file of the kind that its name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    colour = {1: value, 2: (value, 255), 3: (value, 0, 0), 4: (value, 0, 0, 255)}
    bands = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}[mode]
    Image.new(mode, size, colour[bands]).save(path)


@pytest.fixture
def folder(tmp_path):
    """Ten grey pictures of each of two classes; the value says which it is."""
    for number in range(10):
        picture(tmp_path / "cats" / f"{number}.png", value=number)
        picture(tmp_path / "dogs" / f"{number}.png", value=100 + number)
    return tmp_path


def test_that_class_folders_are_read_as_torchvision_reads_them(folder):
    from torchvision.datasets import ImageFolder

    data, theirs = load(folder), ImageFolder(folder)
    assert list(data.spec.class_names) == theirs.classes
    assert data.spec.sample_shape == (1, 12, 12)
    assert (len(data.train_inputs), len(data.test_inputs)) == (16, 4)
    ours = {
        (int(image[0, 0, 0]), int(label))
        for images, labels in ((data.train_inputs, data.train_targets), (data.test_inputs, data.test_targets))
        for image, label in zip(images, labels, strict=True)
    }
    assert ours == {(image.getpixel((0, 0))[0], label) for image, label in theirs}
    assert np.bincount(data.test_targets).tolist() == [2, 2]


def test_that_the_order_is_mixed_and_a_pure_function_of_the_seed(folder):
    one, again, other = load(folder), load(folder), load(folder, split_seed=1)
    assert one.digest == again.digest != other.digest
    assert one.train_targets.tolist() != sorted(one.train_targets.tolist())


@pytest.mark.parametrize("test_name", ["test", "val"])
def test_that_folders_for_training_and_test_are_used(folder, test_name):
    for name in ("cats", "dogs"):
        (folder / "train").mkdir(exist_ok=True)
        (folder / name).rename(folder / "train" / name)
    picture(folder / test_name / "dogs" / "a.png", value=200)
    data = load(folder)
    assert (len(data.train_inputs), len(data.test_inputs)) == (20, 1)
    assert data.test_targets.tolist() == [1]
    assert described(folder).has_own_test


@pytest.mark.parametrize("name", ["val", "Valid", "validation"])
def test_that_a_folder_for_validation_beside_a_test_is_evaluated_as_such(folder, name):
    for each in ("cats", "dogs"):
        (folder / "train").mkdir(exist_ok=True)
        (folder / each).rename(folder / "train" / each)
    picture(folder / "test" / "dogs" / "a.png", value=200)
    without = load(folder)
    assert without.validation_inputs is None
    for number in range(3):
        picture(folder / name / "cats" / f"{number}.png", value=50 + number)
    data, found = load(folder), described(folder)
    assert data.validation_inputs[:, 0, 0, 0].tolist() == [50, 51, 52]
    assert data.validation_targets.tolist() == [0, 0, 0]
    assert (len(data.train_inputs), len(data.test_inputs)) == (20, 1)
    assert torch.equal(data.train_inputs, without.train_inputs)
    assert data.digest.sha256 != without.digest.sha256
    assert (found.train_count, found.validation_count, found.test_count) == (20, 3, 1)
    assert [(each.name, each.validation) for each in found.classes] == [("cats", 3), ("dogs", 0)]


def test_that_a_folder_for_validation_without_pictures_of_the_classes_is_left_out_or_refused(folder):
    for each in ("cats", "dogs"):
        (folder / "train").mkdir(exist_ok=True)
        (folder / each).rename(folder / "train" / each)
    picture(folder / "test" / "dogs" / "a.png")
    picture(folder / "val" / "a.png")
    found = described(folder)
    assert (found.validation_count, found.problem) == (0, None)
    assert "The folder val is not used." in [str(note) for note in found.notes]
    picture(folder / "val" / "cows" / "a.png")
    assert re.search("val.cows has no folder of its name for training", str(described(folder).problem))


def test_that_a_class_without_a_folder_for_the_test_has_no_test_samples_and_nothing_is_skipped(folder):
    for each in ("cats", "dogs"):
        (folder / "train").mkdir(exist_ok=True)
        (folder / each).rename(folder / "train" / each)
    picture(folder / "test" / "dogs" / "a.png", value=200)
    found = described(folder)
    assert [(each.name, each.train, each.test) for each in found.classes] == [("cats", 10, 0), ("dogs", 10, 1)]
    assert found.skipped_count == 0


def test_that_a_class_of_the_test_alone_is_refused(folder):
    for name in ("cats", "dogs"):
        (folder / "train").mkdir(exist_ok=True)
        (folder / name).rename(folder / "train" / name)
    picture(folder / "test" / "cows" / "a.png")
    assert re.search("test.cows has no folder of its name for training", str(described(folder).problem))


def test_that_mixed_sizes_and_modes_broken_pictures_and_texts_are_read_or_counted(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    picture(one / "grey.png", "L", (30, 20))
    picture(one / "alpha.png", "RGBA", (20, 20))
    picture(one / "cmyk.jpg", "CMYK", (40, 40))
    picture(one / "colour.bmp", "RGB", (25, 25))
    picture(other / "la.png", "LA", (20, 20))
    picture(other / "a.webp", "RGB", (22, 22))
    picture(other / "a.ppm", "RGB", (22, 22))
    picture(other / "a.tiff", "RGB", (22, 22))
    Image.new("P", (20, 20), 3).save(other / "palette.gif")
    Image.fromarray(np.full((20, 20), 65535, np.uint16)).save(other / "deep.png")
    (one / "broken.png").write_bytes((one / "alpha.png").read_bytes()[:50])
    (one / "notes.txt").write_text("not a picture")
    (one / ".hidden").write_text("of the system")
    found = described(tmp_path)
    assert found.problem is None
    assert found.train_count + found.test_count == 10
    assert found.skipped_count == 2
    assert sorted(each.name for each in found.skipped) == ["one/broken.png", "one/notes.txt"]
    assert found.spec.sample_shape == (3, 20, 20)  # the median of the shorter sides
    assert [str(note) for note in found.notes] == ["The pictures have 5 sizes; all are brought to 20 × 20."]
    grey = load(tmp_path, colour="grey", image_size=8)
    assert grey.spec.sample_shape == (1, 8, 8)
    assert 255 in {int(image.min()) for image in (*grey.train_inputs, *grey.test_inputs)}  # 16 bits become 8


def test_that_what_is_transparent_becomes_white(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for number in range(2):
            Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / name / f"{number}.png")
    assert int(load(tmp_path).train_inputs.min()) == 255


def test_that_a_turned_photograph_is_turned_back(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for number in range(2):
            exif = Image.Exif()
            exif[0x0112] = 6
            Image.new("RGB", (8, 4)).save(tmp_path / name / f"{number}.jpg", exif=exif)
    assert load(tmp_path).spec.sample_shape == (3, 8, 4)


def test_that_a_picture_of_too_many_pixels_is_skipped_before_it_is_unpacked(folder):
    content = bytearray((folder / "cats" / "0.png").read_bytes())
    content[16:24] = struct.pack(">II", 100_000, 100_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    (folder / "cats" / "0.png").write_bytes(content)
    (skipped,) = described(folder).skipped
    assert skipped.reason == "it has 100,000 × 100,000 pixels"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda root: None, "holds no folder of pictures for each class"),
        (lambda root: (root / "a").mkdir(), "has no pictures in folders"),
        (lambda root: picture(root / "a" / "1.png"), "has no test samples"),
        (lambda root: [picture(root / "a" / f"{n}.png") for n in range(4)], "are of one class"),
    ],
)
def test_that_what_does_not_fit_is_answered_by_one_sentence(tmp_path, make, sentence):
    make(tmp_path)
    problem = str(described(tmp_path).problem)
    assert sentence in problem
    assert len(problem) <= 300


def test_that_the_folder_in_the_chosen_one_is_named_where_that_is_meant(folder):
    inner = folder / "archive"
    for name in ("cats", "dogs"):
        inner.mkdir(exist_ok=True)
        (folder / name).rename(inner / name)
    assert f"choose {inner}." in str(described(folder).problem)
    assert described(inner).problem is None


def test_that_one_picture_is_no_data_set(folder):
    assert "one picture: choose the folder" in str(described(folder / "cats" / "0.png").problem)


def test_that_loading_can_be_cancelled(folder):
    from workbench.engine.errors import CancelledError

    def cancel(_what, _done, _total):
        raise CancelledError

    with pytest.raises(CancelledError):
        describe(DataSource(str(folder)), cancel)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"label": "x"}, "has no column 'x', since it is no table"),
        ({"task": "regression"}, "is for classification, not for regression"),
        ({"standardise": True}, "holds images, which are not standardised"),
        ({"has_header": True}, "is no table of text"),
    ],
)
def test_that_a_choice_that_means_nothing_for_pictures_is_refused(folder, choice, sentence):
    assert sentence in str(described(folder, **choice).problem)
    assert described(folder, task="classification").problem is None


# Folders that are none of pictures


def test_that_what_cannot_be_examined_is_skipped_and_named(folder):
    (folder / "circle").symlink_to("circle")
    (folder / "dogs" / "gone.png").symlink_to("nowhere.png")
    (folder / "dogs" / "empty.png").touch()
    found = described(folder)
    assert found.problem is None
    assert found.train_count + found.test_count == 20
    assert {each.name for each in found.skipped} == {"circle", "dogs/gone.png", "dogs/empty.png"}


def test_that_a_train_folder_that_cannot_be_read_is_one_sentence(folder, monkeypatch):
    (folder / "train").mkdir()
    scan = image_folders.os.scandir

    def refused(place):
        if Path(place).name == "train":  # since Python 3.13 a text
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(image_folders.os, "scandir", refused)
    problem = str(described(folder).problem)
    assert problem.startswith(f"{folder / 'train'} cannot be read (Permission denied): ")


def test_that_a_folder_with_too_many_entries_is_refused(folder, monkeypatch):
    monkeypatch.setattr(image_folders, "MOST_ENTRIES", 15)
    assert "holds more than 15 files and folders: choose" in str(described(folder).problem)


def test_that_folders_may_lie_deep(folder):
    place = folder / "dogs"
    try:
        for _ in range(1100):
            place /= "d"
            place.mkdir()
        assert described(folder).problem is None
    finally:
        while place.name == "d":  # pytest's own clearing goes only as deep as Python's stack
            place.rmdir()
            place = place.parent

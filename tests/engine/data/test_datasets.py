from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from workbench import cli
from workbench.engine.data.dataset import CLASS_NAMES, READING
from workbench.engine.data.datasets import DATASETS, is_users_own, load_dataset, load_default, retired_shapes
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.errors import CancelledError, DatasetUnavailableError, UsageError, UserError


def silent(_what, _done, _total):
    pass


def bits(images):
    return images.view(torch.int32)


@pytest.fixture
def unavailable(monkeypatch):
    """Fashion-MNIST is missing and there is no network."""

    def load(_root, _progress):
        raise DatasetUnavailableError("{what} cannot be had: {cure}.", what="Fashion-MNIST", cure="connect")

    monkeypatch.setattr("workbench.engine.data.fashion_mnist.load_fashion_mnist", load)


def test_that_listing_the_data_sets_does_not_import_torch():
    program = (
        "import sys; from workbench.engine.data.datasets import DATASETS; print(*DATASETS.names); "
        "sys.exit(any(name in sys.modules for name in ('torch', 'torchvision', 'numpy')))"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == list(DATASETS.names)
    assert DATASETS.names[:2] == ("fashion-mnist", "fashion-mnist-mini")


def test_that_fashion_mnist_is_the_default():
    assert DATASETS.default == "fashion-mnist"


@pytest.mark.parametrize("row", list(DATASETS), ids=lambda row: row.name)
def test_that_every_row_says_what_it_is(row):
    assert row.label
    assert row.help.endswith(".")


def test_that_the_class_names_are_those_of_torchvision():
    from torchvision.datasets import FashionMNIST

    assert list(CLASS_NAMES) == FashionMNIST.classes


def test_that_an_unknown_data_set_is_refused(tmp_path):
    with pytest.raises(UsageError, match="fashion-mnist, fashion-mnist-mini"):
        load_dataset("fruit", tmp_path, silent)


def test_that_images_are_bit_for_bit_those_of_totensor(tiny_root, tiny_data):
    from torchvision.datasets import FashionMNIST
    from torchvision.transforms import ToTensor

    for train, images, labels in (
        (True, tiny_data.train_inputs, tiny_data.train_targets),
        (False, tiny_data.test_inputs, tiny_data.test_targets),
    ):
        theirs = FashionMNIST(tiny_root, train=train, transform=ToTensor())
        ours = UnitFloats(images).batch(0, len(images))
        assert torch.equal(bits(ours), bits(torch.stack([image for image, _ in theirs])))
        assert labels.tolist() == [label for _, label in theirs]


def test_that_data_have_the_promised_shapes_and_types(tiny_data):
    assert tiny_data.name == "fashion-mnist"
    assert tiny_data.spec.class_names == CLASS_NAMES
    assert tiny_data.train_inputs.shape == (640, 1, 28, 28)
    assert tiny_data.test_inputs.shape == (160, 1, 28, 28)
    assert tiny_data.train_inputs.dtype == tiny_data.test_inputs.dtype == torch.uint8
    assert tiny_data.train_targets.shape == (640,)
    assert tiny_data.train_targets.dtype == tiny_data.test_targets.dtype == torch.int64
    assert tiny_data.train_inputs.is_contiguous()


def test_that_progress_reaches_the_end(tiny_root):
    calls = []
    load_dataset("fashion-mnist", tiny_root, lambda *progress: calls.append(progress))
    what, done, total = calls[-1]
    assert (what, done) == (READING, total)


def test_that_loading_can_be_cancelled(tiny_root):
    def cancel(_what, _done, _total):
        raise CancelledError

    with pytest.raises(CancelledError):
        load_dataset("fashion-mnist", tiny_root, cancel)


# What takes the place of the default


def test_that_the_default_is_fashion_mnist_where_it_is(tiny_root):
    data, problem = load_default(tiny_root, silent)
    assert data.name == "fashion-mnist"
    assert problem is None


@pytest.mark.usefixtures("unavailable")
def test_that_the_built_in_part_replaces_a_default_that_cannot_be_fetched(tmp_path):
    data, problem = load_default(tmp_path, silent)
    assert data.name == "fashion-mnist-mini"
    assert len(data.train_inputs) == 12_000
    assert str(problem) == (
        "Fashion-MNIST cannot be had: connect. The built-in part of Fashion-MNIST (12,000 of the 60,000 training "
        "images, 2,000 of the 10,000 test images) is used instead."
    )


@pytest.mark.usefixtures("unavailable")
def test_that_a_data_set_chosen_is_never_swapped_for_another(tmp_path):
    with pytest.raises(DatasetUnavailableError):
        load_dataset("fashion-mnist", tmp_path, silent)


def test_that_a_damaged_default_is_reported_and_not_replaced(tiny_root):
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
    assert torch.equal(data.train_inputs[:, 0], train.data)
    assert torch.equal(data.test_inputs[:, 0], test.data)
    assert torch.equal(data.train_targets, train.targets)
    assert torch.equal(data.test_targets, test.targets)


# The built-in part


def test_that_the_built_in_part_has_the_promised_shapes_and_types(tmp_path):
    data = load_dataset("fashion-mnist-mini", tmp_path, silent)
    assert data.name == "fashion-mnist-mini"
    assert data.spec.class_names == CLASS_NAMES
    assert data.train_inputs.shape == (12_000, 1, 28, 28)
    assert data.test_inputs.shape == (2_000, 1, 28, 28)
    assert data.train_inputs.dtype == data.test_inputs.dtype == torch.uint8
    assert data.train_targets.dtype == data.test_targets.dtype == torch.int64
    assert len(data.train_targets) == 12_000
    assert torch.bincount(data.train_targets).min() > 1_000, "every class is there"
    assert not list(tmp_path.iterdir()), "nothing is written"


@pytest.mark.real_data
def test_that_the_built_in_part_is_the_beginning_of_the_real_fashion_mnist(real_root):
    mini, whole = (load_dataset(name, real_root, silent) for name in ("fashion-mnist-mini", "fashion-mnist"))
    assert torch.equal(mini.train_inputs, whole.train_inputs[:12_000])
    assert torch.equal(mini.train_targets, whole.train_targets[:12_000])
    assert torch.equal(mini.test_inputs, whole.test_inputs[:2_000])
    assert torch.equal(mini.test_targets, whole.test_targets[:2_000])


# The drawn images of earlier versions


def test_that_garments_are_known_but_not_offered():
    assert "garments" not in DATASETS.names
    assert "garments" not in [row.name for row in DATASETS]
    assert DATASETS["garments"].label == "Garments (no longer included)"


def test_that_garments_cannot_be_loaded_and_the_sentence_says_why(tmp_path):
    with pytest.raises(UserError, match=r"no longer part of the program.*cannot be trained") as caught:
        load_dataset("garments", tmp_path, silent)
    assert not isinstance(caught.value, DatasetUnavailableError), "no other data set takes their place"


def test_that_a_run_of_garments_can_be_opened_without_images():
    data = retired_shapes("garments")
    assert data.train_inputs.shape == (12_000, 1, 28, 28)
    assert data.test_inputs.shape == (2_000, 1, 28, 28)
    assert data.train_inputs.untyped_storage().nbytes() == 4
    with pytest.raises(UserError, match="no longer part of the program"):
        data.check_present()


def test_that_only_a_retired_data_set_comes_without_images(tiny_data):
    assert retired_shapes("fashion-mnist") is None
    tiny_data.check_present()


# A user's own data under the name of Fashion-MNIST


def test_that_other_files_than_the_published_ones_are_the_users_own(tiny_data, tmp_path):
    assert is_users_own(tiny_data.name, tiny_data.digest)
    mini = load_dataset("fashion-mnist-mini", tmp_path, silent)
    assert not is_users_own(mini.name, mini.digest)


@pytest.mark.real_data
def test_that_the_published_files_are_not_the_users_own(real_root):
    data = load_dataset("fashion-mnist", real_root, silent)
    assert not is_users_own(data.name, data.digest)


def test_that_the_command_line_says_that_the_images_are_the_users_own(tiny_root, capsys):
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--stop-after", "1"]
    assert cli.main(words) == 0
    assert "(640 images of your own)" in capsys.readouterr().err

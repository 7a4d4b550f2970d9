"""MNIST, Kuzushiji-MNIST, CIFAR-10, CIFAR-100: made files behind a mirror on this machine, as torchvision has them."""

from __future__ import annotations

import gzip
import hashlib
import io
import pickle
import struct
import tarfile

import numpy as np
import pytest
import torch
import torchvision.datasets

from tests.conftest import write_fashion_mnist
from tests.engine.data.test_download import mirror_of
from workbench import cli
from workbench.engine.data.cifar import CIFAR10, CIFAR100
from workbench.engine.data.datasets import DATASETS, load_dataset
from workbench.engine.errors import DatasetUnavailableError, UserError, sentence_in
from workbench.engine.paths import resource_path
from workbench.engine.translation import read_translations

IDX = pytest.mark.parametrize("name", ["mnist", "kmnist"])
CIFAR = pytest.mark.parametrize("wanted", [CIFAR10, CIFAR100], ids=lambda wanted: wanted.label)


def silent(_what, _done, _total):
    pass


def md5(content):
    return hashlib.md5(content).hexdigest()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def idx_mirror(tmp_path, monkeypatch):
    """The mirror of MNIST and KMNIST."""
    raw = write_fashion_mnist(tmp_path / "source", 40, 20) / "FashionMNIST" / "raw"
    packed = {f"{path.name}.gz": gzip.compress(path.read_bytes(), mtime=0) for path in raw.iterdir()}
    with mirror_of(packed) as mirror:
        for published in (torchvision.datasets.MNIST, torchvision.datasets.KMNIST):
            monkeypatch.setattr(published, "mirrors", [mirror.address])
            monkeypatch.setattr(published, "resources", [(name, md5(content)) for name, content in packed.items()])
        yield mirror


@IDX
def test_that_a_set_in_mnists_form_is_fetched_into_torchvisions_folder(tmp_path, idx_mirror, name):
    root = tmp_path / "root"
    assert not DATASETS[name].is_here(root)
    data = load_dataset(name, root, silent)
    assert DATASETS[name].is_here(root)
    assert len(idx_mirror.asked_for) == 4
    theirs = getattr(torchvision.datasets, name.upper())(root)
    assert np.array_equal(data.train_inputs[:, 0], theirs.data)
    assert np.array_equal(data.train_targets, theirs.targets)
    assert load_dataset(name, root, silent).digest == data.digest
    assert len(idx_mirror.asked_for) == 4


@IDX
def test_that_files_of_unknown_origin_are_never_completed_from_the_network(tmp_path, idx_mirror, name):
    root = tmp_path / "root"
    load_dataset(name, root, silent)
    raw = root / name.upper() / "raw"
    for path in raw.glob("*.gz"):
        path.unlink()
    (raw / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(UserError, match="t10k-labels-idx1-ubyte is missing beside it"):
        load_dataset(name, root, silent)
    assert len(idx_mirror.asked_for) == 4


@IDX
def test_that_without_a_network_the_sentence_says_what_to_do(tmp_path, monkeypatch, name):
    with mirror_of({}) as closed:
        address = closed.address
    monkeypatch.setattr(getattr(torchvision.datasets, name.upper()), "mirrors", [address])
    with pytest.raises(DatasetUnavailableError) as caught:
        load_dataset(name, tmp_path, silent)
    text = str(caught.value)
    assert text.startswith(f"{DATASETS[name].label} is not in ")
    assert "connect to the network and try again, put its four files into that folder, or choose another" in text


def batch(labels_key, count, classes, seed):
    """A file as Python 2 pickled it: a dict with the images (count, 3072) uint8 and the list of labels."""
    random = np.random.RandomState(seed)
    labels = bytes(random.randint(0, classes, count).tolist())
    data = random.randint(0, 256, count * 3072).astype(np.uint8).tobytes()
    word = lambda text: b"U" + bytes([len(text)]) + text.encode()  # noqa: E731
    dtype = (
        b"cnumpy\ndtype\n(" + word("u1") + b"K\0K\1tR(K\3" + word("|") + b"NNN" + b"J\xff\xff\xff\xff" * 2 + b"K\0tb"
    )
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0t" + word("b") + b"tR("
        b"K\1(K" + bytes([count]) + b"M\x00\x0ct" + dtype + b"\x89T" + struct.pack("<I", len(data)) + data + b"tb"
    )
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return b"\x80\2}(" + word("data") + array + word(labels_key) + numbers + b"u."


@pytest.fixture
def cifar_mirror(monkeypatch):
    """The address of both CIFAR sets; `packed` of the mirror has the content of each file."""
    archives, contents = {}, {}
    for wanted in (CIFAR10, CIFAR100):
        published = getattr(torchvision.datasets, wanted.published)
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for seed, name in enumerate([*wanted.files, "../outside"]):
                content = batch(wanted.labels, 12, len(wanted.class_names), seed)
                contents[wanted.label, name] = content
                member = tarfile.TarInfo(f"{wanted.folder}/{name}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        archives[published.filename] = stream.getvalue()
        monkeypatch.setattr(published, "tgz_md5", md5(stream.getvalue()))
        entries = [[name, md5(contents[wanted.label, name])] for name in wanted.files]
        monkeypatch.setattr(published, "train_list", entries[:-1])
        monkeypatch.setattr(published, "test_list", entries[-1:])
    with mirror_of(archives) as mirror:
        for wanted in (CIFAR10, CIFAR100):
            published = getattr(torchvision.datasets, wanted.published)
            monkeypatch.setattr(published, "url", mirror.address + published.filename)
        yield mirror


def name_of(wanted):
    return wanted.published.lower()


@CIFAR
def test_that_cifar_is_fetched_and_read_as_torchvision_reads_it(tmp_path, cifar_mirror, wanted, monkeypatch):
    root = tmp_path / "root"
    data = load_dataset(name_of(wanted), root, silent)
    assert data.spec.sample_shape == (3, 32, 32)
    assert data.train_inputs.dtype is torch.uint8
    assert DATASETS[name_of(wanted)].is_here(root)
    assert not (root / "outside").exists()
    published = getattr(torchvision.datasets, wanted.published)
    monkeypatch.setattr(published, "_check_integrity", lambda _: True)
    monkeypatch.setattr(published, "_load_meta", lambda _: None)
    for train, inputs, targets in (
        (True, data.train_inputs, data.train_targets),
        (False, data.test_inputs, data.test_targets),
    ):
        theirs = published(root, train=train)
        assert np.array_equal(inputs, np.moveaxis(theirs.data, 3, 1))
        assert targets.tolist() == theirs.targets
    load_dataset(name_of(wanted), root, silent)
    assert len(cifar_mirror.asked_for) == 1


@CIFAR
def test_that_a_file_that_is_missing_is_unpacked_again_without_the_network(tmp_path, cifar_mirror, wanted):
    load_dataset(name_of(wanted), tmp_path, silent)
    (tmp_path / wanted.folder / wanted.files[0]).unlink()
    load_dataset(name_of(wanted), tmp_path, silent)
    assert len(cifar_mirror.asked_for) == 1


@CIFAR
def test_that_a_file_that_is_not_the_published_one_is_never_unpickled(tmp_path, cifar_mirror, wanted):
    class Attack:
        def __reduce__(self):
            return (tmp_path.joinpath("attacked").touch, ())

    load_dataset(name_of(wanted), tmp_path, silent)
    path = tmp_path / wanted.folder / wanted.files[0]
    path.write_bytes(pickle.dumps(Attack()))
    with pytest.raises(UserError, match="is not the published file of") as caught:
        load_dataset(name_of(wanted), tmp_path, silent)
    assert str(path) in str(caught.value)
    assert not (tmp_path / "attacked").exists()


def test_that_even_a_published_file_makes_nothing_but_arrays(tmp_path, cifar_mirror, monkeypatch):
    class Attack:
        def __reduce__(self):
            return (tmp_path.joinpath("attacked").touch, ())

    load_dataset("cifar100", tmp_path, silent)
    content = pickle.dumps(Attack())
    (tmp_path / CIFAR100.folder / "train").write_bytes(content)
    monkeypatch.setattr(torchvision.datasets.CIFAR100, "train_list", [["train", md5(content)]])
    with pytest.raises(UserError, match="is not the published file of"):
        load_dataset("cifar100", tmp_path, silent)
    assert not (tmp_path / "attacked").exists()


def test_that_an_archive_that_is_not_the_published_one_is_named_and_not_replaced(tmp_path, cifar_mirror):
    archive = tmp_path / "cifar-10-python.tar.gz"
    archive.write_bytes(b"mine")
    with pytest.raises(UserError, match="is not the published archive of CIFAR-10"):
        load_dataset("cifar10", tmp_path, silent)
    assert archive.read_bytes() == b"mine"


def test_that_cifar_without_a_network_says_what_to_do(tmp_path, monkeypatch):
    with mirror_of({}) as closed:
        address = closed.address
    monkeypatch.setattr(torchvision.datasets.CIFAR10, "url", address + "cifar-10-python.tar.gz")
    with pytest.raises(DatasetUnavailableError) as caught:
        load_dataset("cifar10", tmp_path, silent)
    assert "connect to the network and try again, put cifar-10-python.tar.gz beside that folder" in str(caught.value)
    assert len(str(caught.value)) <= 300
    korean = read_translations(resource_path("translations", "workbench_ko.ts"))
    words = sentence_in(lambda text: korean.get(("Problems", text), text), caught.value)
    assert "다른 데이터셋을 선택하세요" in words
    assert "choose" not in words


@CIFAR
def test_that_the_classes_are_as_many_as_the_name_says_and_none_is_twice(wanted):
    assert len(set(wanted.class_names)) == int(wanted.published.removeprefix("CIFAR"))


def test_that_a_hundred_classes_train(tmp_path, cifar_mirror, capsys):
    words = ["train", "--dataset", "cifar100", "--data-root", str(tmp_path), "--epochs", "1"]
    assert cli.main(words) == 0
    out, err = capsys.readouterr()
    assert "Accuracy: " in out
    assert "CIFAR-100 is downloaded: 169 MB, licence: none named; cite Krizhevsky, 2009" in err
    assert cli.main(words) == 0
    assert "is downloaded" not in capsys.readouterr().err

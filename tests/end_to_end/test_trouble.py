"""What goes wrong is said in one sentence; nothing is lost, and the window stays usable."""

import errno
import os
import pickle
import time
from functools import partial

import pytest
import torch
from PySide6.QtGui import QGuiApplication

from tests.engine.files.hostile_files import PICKLES, archive_of, sealed
from workbench.engine.checkpoints.checkpoint import load_checkpoint
from workbench.engine.data import datasets
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files import atomic_write as atomic
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.models.weights_reading import load_weights
from workbench.engine.training import stepper
from workbench.ui.models.session_state import SessionState


def is_usable(person):
    """A run can still be trained to its end."""
    before = person.log.count("Done!")
    person.train(epochs=1)
    return person.log.count("Done!") == before + 1


class Evil:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def damaged(kind, path, good):
    match kind:
        case "garbage":
            path.write_bytes(b"garbage" * 100)
        case "empty":
            path.write_bytes(b"")
        case "truncated":
            path.write_bytes(good.read_bytes()[:-1000])
        case "code":
            path.write_bytes(pickle.dumps({"linear_relu_stack.0.weight": Evil(str(path) + ".executed")}))
        case "missing key":
            state = torch.load(good, weights_only=True)
            state.popitem()
            torch.save(state, path)
        case "wrong shape":
            state = torch.load(good, weights_only=True)
            state["linear_relu_stack.0.weight"] = torch.zeros(3, 3)
            torch.save(state, path)
        case "not a number":
            state = torch.load(good, weights_only=True)
            state["linear_relu_stack.0.weight"][0, 0] = torch.nan
            torch.save(state, path)


@pytest.fixture
def trained(person, save_to, tmp_path):
    """A user who has trained an epoch and saved its weights to `weights.pt`."""
    person.train(epochs=1)
    save_to(tmp_path / "weights.pt")
    person.press("save_weights")
    person.wait_for(lambda: "weights.pt" in person.notice)
    return person


def test_that_loaded_weights_are_tested_and_their_accuracy_is_shown(trained, load_from, tmp_path):
    load_from(tmp_path / "weights.pt")
    trained.press("load_weights")
    trained.wait_for(lambda: "accuracy" in trained.notice)
    evaluation = trained.window.history.evaluations[-1]
    assert f"{100 * evaluation.metric:.1f} %" in trained.notice


def test_that_weights_from_data_parallel_are_accepted(trained, load_from, tmp_path):
    state = torch.load(tmp_path / "weights.pt", weights_only=True)
    torch.save({f"module.{key}": tensor for key, tensor in state.items()}, tmp_path / "parallel.pt")
    load_from(tmp_path / "parallel.pt")
    trained.press("load_weights")
    trained.wait_for(lambda: "accuracy" in trained.notice)


def test_that_a_file_that_holds_no_fitting_weights_is_refused_by_name(trained, load_from, tmp_path):
    kinds = ("garbage", "empty", "truncated", "code", "missing key", "wrong shape", "not a number", "missing file")
    for kind in kinds:
        path = tmp_path / f"bad {kind}.pt"
        damaged(kind, path, tmp_path / "weights.pt")
        load_from(path)
        trained.press("load_weights")
        trained.wait_for(lambda name=path.name: name in trained.notice)
        assert "accuracy" not in trained.notice, kind
        assert list(tmp_path.glob("*.executed")) == []
        assert is_usable(trained), kind


def test_that_the_window_says_of_a_hostile_file_what_the_loader_says(trained, load_from, tmp_path, monkeypatch):
    for action in ("load_weights", "open_checkpoint"):
        path = tmp_path / f"hostile to {action}.pt"
        archive = archive_of(PICKLES["a key that shares parts in the memo"])
        path.write_bytes(archive if action == "load_weights" else sealed(archive))
        load = load_checkpoint if action == "open_checkpoint" else partial(load_weights, model=NeuralNetwork())
        with pytest.raises(UserError, match="nested more than") as caught:
            load(path)
        load_from(path)
        monkeypatch.setattr("workbench.ui.dialogs.file_dialogs.ask_which_checkpoint", lambda *_, path=path: path)
        trained.press(action)
        trained.wait_for(lambda said=str(caught.value): said in trained.notice)
        assert is_usable(trained)


def test_that_weights_can_be_loaded_while_training(trained, load_from, tmp_path):
    trained.set(epochs=1000)
    trained.click("train_button")
    trained.wait_until_training()
    load_from(tmp_path / "weights.pt")
    trained.press("load_weights")
    trained.wait_for(lambda: "accuracy" in trained.notice)
    assert trained.window.state is SessionState.TRAINING


def test_that_a_file_that_cannot_be_written_is_named_and_the_weights_can_be_saved_elsewhere(person, save_to, tmp_path):
    person.train(epochs=1)
    save_to(tmp_path / "no such folder" / "weights.pt")
    person.press("save_weights")
    person.wait_for(lambda: "does not exist" in person.notice)
    save_to(tmp_path / "weights.safetensors")
    person.press("save_weights")
    person.wait_for(lambda: "saved" in person.notice)
    assert (tmp_path / "weights.safetensors").exists()


def test_that_a_full_disk_leaves_the_old_file_whole(trained, save_to, tmp_path, monkeypatch):
    path = tmp_path / "weights.pt"
    before = path.read_bytes()

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    trained.train(epochs=2)
    monkeypatch.setattr(atomic.os, "fsync", full)
    save_to(path)
    trained.press("save_weights")
    # The store of runs may have found the disk full, too, and said so afterwards.
    trained.wait_for(lambda: any("disk is full" in sentence for sentence in trained.find("notice").sentences))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_that_cancelling_the_save_dialog_changes_nothing(trained, save_to, tmp_path):
    trained.find("notice").clear()
    save_to(None)
    trained.press("save_weights")
    save_to(tmp_path / "again.pt")
    trained.press("save_weights")
    trained.wait_for(lambda: trained.notice != "")
    assert "again.pt" in trained.notice
    assert len(trained.find("notice").sentences) == 1


def test_that_without_the_guard_a_diverging_run_stops_and_names_the_step(person):
    person.set(loss="mse", guard=False)
    person.train(epochs=500, learning_rate=10, momentum=0.99)
    assert "The loss became" in person.notice
    assert "learning rate" in person.notice
    assert person.action("save_weights").isEnabled()
    person.set(loss="cross-entropy", learning_rate=0.001, momentum=0)
    assert is_usable(person)


def test_that_a_damaged_data_file_is_named_and_the_window_stays_usable(open_window, tiny_root):
    file = tiny_root / "FashionMNIST" / "raw" / "train-images-idx3-ubyte"
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    person.wait_for(lambda: "train-images-idx3-ubyte" in person.notice)
    person.wait_until_ready()
    file.write_bytes(whole)
    assert is_usable(person)


def test_that_missing_data_is_reported_when_it_is_needed(open_window, tmp_path, monkeypatch):
    def unavailable(*_):
        raise DatasetUnavailableError("Fashion-MNIST is missing: connect to the network, then try again.")

    monkeypatch.setattr(datasets, "load_dataset", unavailable)
    person = open_window("--data-root", tmp_path, "--dataset", "fashion-mnist")
    person.wait_for(lambda: "connect to the network" in person.notice)
    person.find("notice").clear()
    person.click("train_button")
    person.wait_for(lambda: "connect to the network" in person.notice)
    person.wait_until_ready()


def test_that_the_default_is_replaced_by_the_built_in_part_and_the_window_says_so(open_window, tmp_path, monkeypatch):
    def unavailable(*_):
        raise DatasetUnavailableError("Fashion-MNIST is not there: connect to the network.")

    monkeypatch.setattr("workbench.engine.data.fashion_mnist.load_fashion_mnist", unavailable)
    person = open_window("--data-root", tmp_path)
    person.wait_for(lambda: "the built-in part of it is used" in person.notice)
    person.click("notice_copy")
    details = QGuiApplication.clipboard().text()
    assert details.startswith("Fashion-MNIST is not there: connect to the network. The built-in part of Fashion-MNIST")
    assert person.control("dataset").value() == "fashion-mnist-mini"
    person.wait_until_ready()
    assert "12,000 training and 2,000 test images" in person.find("dataset_facts").text()
    assert is_usable(person)


def test_that_a_defect_in_training_is_reported_with_details_and_the_window_stays_usable(person, monkeypatch):
    real = stepper.train_loop

    def broken(*arguments, **options):
        yield next(real(*arguments, **options))
        raise RuntimeError("a defect <b>in</b> training")

    monkeypatch.setattr(stepper, "train_loop", broken)
    person.train(epochs=1)
    assert "a defect <b>in</b> training" in person.notice
    assert person.find("notice_copy").isVisible()
    person.click("notice_copy")
    monkeypatch.setattr(stepper, "train_loop", real)
    assert is_usable(person)


def slow_download(name, root, progress):
    """A download that goes on until it is cancelled."""
    del name, root
    done = 0
    while True:
        done = min(done + 1, 999_999)
        progress("Downloading the training images", done, 1_000_000)
        time.sleep(0.001)


def test_that_a_download_shows_its_progress_and_can_be_cancelled(open_window, tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "load_dataset", slow_download)
    person = open_window("--data-root", tmp_path, "--dataset", "fashion-mnist")
    person.wait_for(lambda: "Downloading" in person.find("status_state").text())
    assert person.find("status_progress").isVisible()
    person.click("status_cancel")
    person.wait_for(lambda: person.find("status_state").text() == "Ready")
    assert person.notice == ""
    assert not person.find("status_cancel").isVisible()


def test_that_stop_cancels_a_download_that_train_began(open_window, tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "load_dataset", slow_download)
    person = open_window("--data-root", tmp_path, "--dataset", "fashion-mnist")
    person.wait_for(lambda: "Downloading" in person.find("status_state").text())
    person.click("status_cancel")
    person.wait_for(lambda: person.find("status_state").text() == "Ready")
    person.click("train_button")
    person.wait_for(lambda: "Downloading" in person.find("status_state").text())
    person.click("stop_button")
    person.wait_until_ready()
    assert not person.action("save_weights").isEnabled()


def test_that_another_choice_replaces_a_running_download(open_window, tiny_root, tiny_data, monkeypatch):
    def load(wanted, root, progress):
        return tiny_data if wanted.dataset == "fashion-mnist-mini" else slow_download(wanted, root, progress)

    monkeypatch.setattr(datasets, "load_dataset", load)
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    person.wait_for(lambda: "Downloading" in person.find("status_state").text())
    person.set(dataset="fashion-mnist-mini")
    person.wait_for(lambda: person.find("status_state").text() == "Ready")
    assert len(person.find("samples").accessibleDescription().split(", ")) == 10

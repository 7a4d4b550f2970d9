"""Files that an earlier version wrote open as they did in that version."""

from __future__ import annotations

import lzma
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch

from workbench import cli
from workbench.engine.checkpoints.checkpoint import load_checkpoint
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.data.datasets import retired_shapes
from workbench.engine.history.records import Change, EpochStart
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.models.weights import weights_sha256
from workbench.engine.models.weights_reading import load_weights
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Resume
from workbench.engine.runtime.environment import environment
from workbench.engine.session.open_run import StoredRun, open_stored_run
from workbench.engine.store.run_store import FILE_NAME, RunStatus, RunStore

FILES = Path(__file__).parent
SHA = "a7a5e953ba5181536e3c0a5beeea51bac4d97c8ce0dd134ac287ce4c66a8f1fc"
"""Of the weights at step 13 of run 6, as the earlier version printed it."""


def unpacked(name, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.decompress((FILES / f"{name}.xz").read_bytes()))
    return path


@pytest.fixture
def folder(tmp_path):
    """The folder of the earlier store, with the snapshot of run 6."""
    folder = tmp_path / "store"
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.executescript((FILES / "runs.sql").read_text(encoding="utf-8"))
        (run,) = connection.execute("SELECT id FROM runs WHERE number = 6").fetchone()
    unpacked("snapshot.pt", folder / "snapshots" / run / "13.pt")
    return folder


@pytest.fixture
def store(folder):
    with closing(RunStore(folder)) as opened:
        yield opened


def opened(folder, number, step, data):
    stored = StoredRun.read(folder, str(number))
    return stored, open_stored_run(stored, step, data, CommandQueue(), SnapshotCache(), lambda _: None)


def assert_same_bits(stored, actual, expected):
    """Equal bit for bit where the machine is the one that recorded them, else nearly."""
    here = environment("cpu", torch.get_num_threads())
    if all(here.get(name) == value for name, value in stored.summary.environment.items()):
        assert np.array_equal(actual, expected)
    else:
        np.testing.assert_allclose(actual, expected, rtol=1e-3)


def test_that_the_earlier_runs_are_listed_as_they_were(store):
    assert store.set_aside is None
    runs = {run.number: run for run in store.summaries()}
    assert list(runs) == [6, 5, 4, 3, 2, 1]
    assert [(run.status, run.steps, run.epochs) for run in runs.values()] == [
        (RunStatus.STOPPED, 13, 1),
        (RunStatus.STOPPED, 2, 0),
        (RunStatus.FINISHED, 20, 2),
        (RunStatus.FAILED, 5, 0),
        (RunStatus.STOPPED, 13, 1),
        (RunStatus.FINISHED, 20, 2),
    ]
    assert (runs[2].name, runs[2].note, runs[2].starred) == ("Adam, 이름", "stopped early\nsecond line", True)
    assert (runs[4].identity.parent, runs[4].identity.parent_step) == (runs[1].identity.id, 9)
    assert runs[3].loss == 6.863012848371214e27
    assert runs[5].recipe.dataset == "garments"
    assert (runs[2].recipe.optimizer, runs[2].recipe.schedule) == ("adam", "cosine")
    assert (runs[1].recipe["seed"], runs[1].recipe["epochs"]) == (3, 2)


def test_that_the_history_of_an_earlier_run_is_whole(store):
    history = store.history(store.find("1").identity.id)
    assert len(history) == 20
    assert np.isfinite(history.loss.values()).all()
    assert list(history.changes) == [Change(7, "learning_rate", 0.001, 0.02)]
    assert list(history.epoch_starts) == [EpochStart(1, 0), EpochStart(2, 10)]
    assert [test.step for test in history.evaluations] == [10, 20]
    assert history.evaluations[-1].average_loss == store.find("1").loss == 2.2762602965037027
    assert len(store.history(store.find("5").identity.id)) == 2


@pytest.mark.parametrize(("number", "step"), [(1, 12), (2, 13), (4, 20)])
def test_that_an_earlier_run_opens_at_a_step_with_the_recorded_bits(folder, tiny_data, number, step):
    stored, trainer = opened(folder, number, step, tiny_data)
    assert trainer.position.step == step
    assert_same_bits(stored, trainer.history.loss.values(), stored.history.loss.values()[:step])


def test_that_an_earlier_snapshot_is_read(folder, tiny_data):
    _, trainer = opened(folder, 6, 13, tiny_data)
    assert weights_sha256(trainer.weights) == SHA


def test_that_an_earlier_checkpoint_is_read(tmp_path):
    checkpoint = load_checkpoint(unpacked("state.ckpt", tmp_path / "state.ckpt"))
    assert (checkpoint.snapshot.step, len(checkpoint.history)) == (13, 13)
    assert weights_sha256(checkpoint.snapshot.weights) == SHA


def test_that_the_command_line_resumes_an_earlier_checkpoint(tmp_path, tiny_root, capsys):
    path = unpacked("state.ckpt", tmp_path / "state.ckpt")
    words = ["train", "--data-root", str(tiny_root), "--store", str(tmp_path / "store"), "--resume", str(path)]
    assert cli.main(words) == 0
    assert "goes on at step 13" in capsys.readouterr().err
    with closing(RunStore(tmp_path / "store")) as store:
        (run,) = store.summaries()
    assert (run.status, run.steps) == (RunStatus.FINISHED, 20)


def test_that_earlier_weights_are_read(tmp_path):
    weights = load_weights(unpacked("weights.pt", tmp_path / "weights.pt"), NeuralNetwork())
    assert weights_sha256(weights) == SHA


def test_that_earlier_settings_are_restored(qtbot, tmp_path, own_home):
    from PySide6.QtWidgets import QWidget

    from workbench.app import create_window

    target = own_home / "config" / "training-workbench" / "window.ini"
    target.parent.mkdir(parents=True)
    shutil.copy(FILES / "window.ini", target)
    window = create_window([])
    qtbot.addWidget(window)
    values = {
        widget.objectName(): widget.value()
        for widget in window.findChildren(QWidget)
        if widget.objectName() in ("learning_rate", "batch_size", "seed", "epochs") and hasattr(widget, "value")
    }
    assert values == {"learning_rate": 0.02, "batch_size": 32, "seed": 7, "epochs": 3}
    window.close()


def test_that_an_earlier_run_of_garments_opens_with_its_curves_and_without_its_images(folder):
    stored, trainer = opened(folder, 5, None, retired_shapes("garments"))
    assert trainer.last_recorded == 2
    assert trainer.journal.recording.loss.values().tobytes() == stored.history.loss.values().tobytes()
    (refused, paused) = trainer.resume(Resume())
    assert "no longer part of the program" in str(refused.problem)
    assert paused.step == trainer.position.step == 0, "this run has no later snapshot"

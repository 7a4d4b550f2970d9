"""Headless runs in the store."""

from __future__ import annotations

import numpy as np
import pytest

from workbench import cli
from workbench.engine.checkpoints.checkpoint import snapshot_from_bytes
from workbench.engine.models.weights import weights_sha256
from workbench.engine.paths import store_folder
from workbench.engine.store.run_store import RunStatus, RunStore
from workbench.engine.training.trainer import Trainer


@pytest.fixture
def words(tiny_root):
    return ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist"]


@pytest.fixture
def store():
    opened = RunStore(store_folder())
    yield opened
    opened.close()


def test_that_a_run_is_stored_with_all_its_records(words, store, capsys):
    assert cli.main([*words, "--epochs", "2", "--change", "13:learning_rate=0.01"]) == 0
    sha = capsys.readouterr().err.split()[-1]
    (run,) = store.summaries()
    history = store.history(run.identity.id)
    assert (run.status, run.steps, run.epochs, run.changes) == (RunStatus.FINISHED, 20, 2, 1)
    assert run.recipe["epochs"] == 2
    assert set(run.environment) >= {"torch", "device", "threads", "cpu_capability"}
    assert np.isfinite(history.loss.values()).all()
    assert [start.step for start in history.epoch_starts] == [0, 10]
    last = snapshot_from_bytes(store.load_snapshot(run.identity.id, 20))
    assert weights_sha256(last.weights) == sha


def test_that_there_is_a_snapshot_of_each_epoch_and_of_the_end(words, store):
    cli.main([*words, "--epochs", "3", "--stop-after", "25"])
    (run,) = store.summaries()
    assert run.status is RunStatus.STOPPED
    assert store.snapshot_steps(run.identity.id) == [10, 20, 25]


def test_that_another_store_can_be_chosen(words, store, tmp_path):
    cli.main([*words, "--epochs", "1", "--store", str(tmp_path / "mine")])
    mine = RunStore(tmp_path / "mine")
    assert len(mine.summaries()) == 1
    assert store.summaries() == []
    mine.close()


def test_that_a_diverged_run_is_stored_as_diverged(words, store):
    assert cli.main([*words, "--epochs", "60", "--learning-rate", "10", "--momentum", "0.999", "--loss", "mse"]) == 1
    assert store.summaries()[0].status is RunStatus.DIVERGED


def test_that_a_defect_leaves_a_failed_run(words, store, monkeypatch):
    run = Trainer.run

    def defective(trainer):
        for event in run(trainer):
            yield event
            if trainer.position.step:
                raise RuntimeError("defect")

    monkeypatch.setattr(Trainer, "run", defective)
    with pytest.raises(RuntimeError, match="defect"):
        cli.main(words)
    assert store.summaries()[0].status is RunStatus.FAILED


def test_that_training_goes_on_where_the_store_cannot_be_written_and_its_status_says_so(words, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert cli.main([*words, "--epochs", "1", "--store", str(tmp_path / "file")]) == 1
    out, err = capsys.readouterr()
    assert out.endswith("Done!\n")
    assert err.splitlines()[-1].startswith("weights sha256 ")
    assert err.count(str(tmp_path / "file")) == 2  # at once, and at the end

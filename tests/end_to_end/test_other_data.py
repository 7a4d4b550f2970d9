"""Runs and checkpoints in a window whose data root holds other images under the same name; data that goes away."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import write_fashion_mnist
from tests.end_to_end.conftest import kept_runs, saved
from tests.end_to_end.test_runs import double_click, table
from workbench import cli
from workbench.engine.store.run_store import RunStatus
from workbench.ui.dialogs import file_dialogs as dialogs

TRAINING = ("pause", "step", "step_epoch", "run_steps", "continue_run")
OTHER = "trained on other images"


@pytest.fixture
def checkpoint(tiny_root, tmp_path):
    """Of a run of the store, after 13 steps."""
    path = tmp_path / "run.ckpt"
    words = ["train", "--data-root", tiny_root, "--dataset", "fashion-mnist", "--stop-after", 13, "--checkpoint", path]
    assert cli.main([str(word) for word in words]) == 0
    return path


@pytest.mark.parametrize("counts", [(640, 160), (100, 20)], ids=["as many", "fewer"])
@pytest.mark.parametrize("way", ["run", "checkpoint"])
def test_that_the_window_says_so_and_offers_no_training(
    checkpoint, open_window, save_to, tmp_path, monkeypatch, counts, way
):
    root = write_fashion_mnist(tmp_path / "other", *counts, seed=1)
    person = open_window("--data-root", root, "--dataset", "fashion-mnist")
    person.wait_until_ready()
    if way == "checkpoint":
        monkeypatch.setattr(dialogs, "ask_which_checkpoint", lambda *_: checkpoint)
        person.press("open_checkpoint")
    else:
        person.find("runs_dock").raise_()
        person.wait_for(lambda: table(person).model().rowCount() == 1)
        double_click(person, 0)
    person.wait_until_paused(13)
    person.wait_for(lambda: OTHER in person.notice)
    assert "640 + 160 samples" in person.notice
    assert [name for name in TRAINING if person.action(name).isEnabled()] == []
    saved(person, save_to, tmp_path / "weights.pt")
    person.press("stop")
    person.wait_until_ready()
    assert [(run.steps, run.status) for run in kept_runs()] == [(13, RunStatus.STOPPED)]
    person.train(epochs=1)
    assert kept_runs()[0].recipe.data.train_count == counts[0]


def test_that_a_run_trains_travels_and_branches_on_after_its_folder_has_gone(person, tiny_root):
    person.begin(epochs=200)
    person.wait_for(lambda: len(person.window.history) > 5)  # it goes back to step 3 later
    shutil.rmtree(tiny_root)
    person.press("pause")
    person.wait_until_paused()
    step = len(person.window.history)
    person.press("step")
    person.wait_until_paused(step + 1)
    person.press("go_to_step")
    person.answer("go_to_step_dialog", 3)
    person.wait_until_paused(3)
    person.set(learning_rate=0.01)
    person.press("step")
    person.wait_until_paused(4)
    person.press("stop")
    person.wait_until_ready()
    person.wait_for(lambda: kept_runs()[0].identity.parent_step == 3)

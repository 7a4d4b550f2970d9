"""A run of `garments`, the drawn data set of earlier versions, in the window and on the command line."""

from contextlib import closing

import pytest

from tests.end_to_end.conftest import kept_runs, saved
from tests.end_to_end.test_runs import double_click, table
from tests.engine.session.test_retired_data import RECIPE, trained
from workbench.cli import main
from workbench.engine.checkpoints.checkpoint import snapshot_to_bytes
from workbench.engine.models.weights import weights_sha256
from workbench.engine.paths import store_folder
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore


@pytest.fixture
def run():
    """A run of 9 steps in the store; its Trainer."""
    run = trained(9)
    with closing(RunStore(store_folder())) as store:
        store.begin(run.identity, RECIPE, run.environment)
        store.write(run.identity.id, HistoryDelta.of(run.history, 1.0))
        store.keep_snapshot(run.identity.id, 9, snapshot_to_bytes(run.stepper.snapshot()))
        store.end(run.identity.id, RunStatus.STOPPED)
    return run


def test_that_the_window_shows_its_curves_saves_its_weights_and_says_why_it_cannot_train(
    run, open_window, tiny_root, save_to, tmp_path
):
    person = open_window("--data-root", tiny_root)
    person.wait_until_ready()
    person.find("runs_dock").raise_()
    person.wait_for(lambda: table(person).model().rowCount() == 1)
    double_click(person, 0)
    person.wait_until_paused(9)
    person.wait_for(lambda: "no longer part of the program" in person.notice)
    assert person.control("dataset").value() == "garments"
    assert "no longer part of the program" in person.find("samples").accessibleDescription()
    assert not person.action("step").isEnabled()
    assert not person.action("continue_run").isEnabled()
    assert saved(person, save_to, tmp_path / "weights.pt") == weights_sha256(run.weights)
    person.press("stop")
    person.wait_until_ready()
    person.train(dataset="fashion-mnist", epochs=1)
    assert [kept.recipe.dataset for kept in kept_runs()] == ["fashion-mnist", "garments"]


def test_that_the_command_line_says_why_it_cannot_train_on(run, capsys):
    assert main(["train", "--resume", run.identity.id]) == 2
    assert "no longer part of the program" in capsys.readouterr().err
    assert [kept.status for kept in kept_runs()] == [RunStatus.STOPPED]


def test_that_the_command_line_does_not_offer_it(capsys):
    assert main(["train", "--dataset", "garments"]) == 2
    assert "fashion-mnist-mini" in capsys.readouterr().err


def test_that_a_new_run_with_its_settings_takes_a_data_set_that_is_there(run, open_window, tiny_root):
    person = open_window("--data-root", tiny_root)
    person.wait_until_ready()
    person.find("runs_dock").raise_()
    person.wait_for(lambda: table(person).model().rowCount() == 1)
    table(person).selectRow(0)
    person.click("run_reuse_button")
    assert person.control("dataset").value() == "fashion-mnist"
    assert "no longer part of the program" in person.notice

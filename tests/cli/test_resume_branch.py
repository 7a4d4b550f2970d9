"""`--checkpoint` and `--resume`: two parts come to what one run comes to."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import torch

from workbench import cli
from workbench.engine.models.weights import save_weights
from workbench.engine.paths import store_folder
from workbench.engine.store.run_store import RunStatus, RunStore

CHANGES = ("--change", "7:learning_rate=0.01", "--change", "17:batch_size=128")

WITHOUT_DIGESTS = "UPDATE runs SET digest = NULL, epoch_starts = NULL, incidents = NULL"
"""Makes runs as earlier versions wrote them: what is changed in them is not noticed."""


@pytest.fixture
def train(tiny_root, capsys):
    """Trains from the command line on ten batches of 64 per epoch; returns exit status and what was written."""

    def train(*options, dataset=("--dataset", "fashion-mnist")):
        status = cli.main(["train", "--data-root", str(tiny_root), *dataset, *map(str, options)])
        out, err = capsys.readouterr()
        return status, out, err.splitlines()

    return train


@pytest.fixture
def left(train, tmp_path):
    """The checkpoint of a run of three epochs that was left after twelve steps, one change made and one to come."""
    path = tmp_path / "left"
    status, _, err = train("--epochs", 3, *CHANGES, "--stop-after", 12, "--checkpoint", path)
    assert status == 0
    assert err[-2] == f"checkpoint saved to {path}"
    return path


def summaries():
    store = RunStore(store_folder())
    try:
        return store.summaries()
    finally:
        store.close()


# Parts and the whole


@pytest.mark.parametrize("stop", [1, 10, 17])
def test_that_two_parts_print_and_reach_the_same_as_the_whole_run(train, tmp_path, stop):
    _, whole, err = train("--epochs", 3, *CHANGES)
    _, first, _ = train("--epochs", 3, *CHANGES, "--stop-after", stop, "--checkpoint", tmp_path / "a")
    status, second, err_of_second = train("--resume", tmp_path / "a")
    assert status == 0
    assert first + second == whole
    assert err_of_second[-1] == err[-1]


def test_that_the_data_set_need_not_be_named_again(train, left):
    named, unnamed = train("--resume", left), train("--resume", left, dataset=())
    assert named[1] == unnamed[1]
    assert named[2][-1] == unnamed[2][-1]


def test_that_the_same_options_again_change_nothing(train, left):
    plain = train("--resume", left)
    repeated = train("--resume", left, "--epochs", 3, "--optimizer", "sgd", "--device", "cpu", *CHANGES)
    assert repeated[1] == plain[1]
    assert repeated[2][-1] == plain[2][-1]


def test_that_a_live_value_given_as_an_option_is_a_change_at_the_resumed_step(train, left, tmp_path):
    given = train("--resume", left, "--learning-rate", 0.5)
    changed = train("--epochs", 3, *CHANGES, "--change", "12:learning_rate=0.5")
    assert given[2][-1] == changed[2][-1] != train("--resume", left)[2][-1]


def test_that_a_finished_run_goes_on_for_more_epochs(train, tmp_path):
    _, whole, err = train("--epochs", 3)
    _, first, _ = train("--epochs", 2, "--checkpoint", tmp_path / "a")
    _, second, err_of_second = train("--resume", tmp_path / "a", "--epochs", 3)
    assert first.removesuffix("Done!\n") + second == whole
    assert err_of_second[-1] == err[-1]


def test_that_a_planned_change_is_replaced_by_one_given_for_its_step(train, left):
    replaced = train("--resume", left, "--change", "17:batch_size=32")
    assert replaced[2][-1] == train("--epochs", 3, *CHANGES[:2], "--change", "17:batch_size=32")[2][-1]


def test_that_a_run_stopped_twice_reaches_the_same_weights(train, left, tmp_path):
    train("--resume", left, "--stop-after", 15, "--checkpoint", left)
    assert train("--resume", left)[2][-1] == train("--epochs", 3, *CHANGES)[2][-1]


def test_that_any_program_with_torch_can_read_the_weights_reached(train, left, tmp_path):
    train("--epochs", 3, *CHANGES, "--stop-after", 12, "--save-weights", tmp_path / "weights.pt")
    weights = torch.load(tmp_path / "weights.pt", weights_only=True)
    ours = torch.load(left, weights_only=True)["model_state_dict"]
    assert all(torch.equal(ours[key], tensor) for key, tensor in weights.items())


# What is refused


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--change", "7:learning_rate=0.02"], "Step 7 is over"),
        (["--change", "3:batch_size=128"], "Step 3 is over"),
        (["--change", "3:beta1=0.5"], "Step 3 is over"),
        (["--change", "20:seed=3"], "next run"),
        (["--optimizer", "adam"], "leave --optimizer adam out"),
        (["--dataset", "fashion-mnist-mini"], "leave --dataset fashion-mnist-mini out"),
        (["--device", "cuda:7"], "leave --device cuda:7 out"),
        (["--seed", "3"], "leave --seed out"),
        (["--weight-decay", "2"], "from"),
        (["--beta1", "0.5"], "has no beta1"),
        (["--stop-after", "12"], "reached already"),
    ],
)
def test_that_another_past_or_recipe_is_refused_in_a_sentence(train, left, capsys, options, sentence):
    try:
        status, out, err = train("--resume", left, *options, dataset=())
    except SystemExit as ended:  # argparse
        status, (out, text) = ended.code, capsys.readouterr()
        err = [text.splitlines()[-1]]
    assert (status, out) == (2, "")
    assert len(err) == 1
    assert sentence in err[0]


def test_that_a_change_that_was_made_already_or_changes_nothing_is_accepted(train, left):
    plain = train("--resume", left)
    again = train("--resume", left, "--change", "7:learning_rate=0.01", "--change", "3:batch_size=64")
    assert again[2][-1] == plain[2][-1]


@pytest.mark.parametrize("name", ["none.ckpt", "no/such/file", "unknown", "99"])
def test_that_a_name_of_neither_a_file_nor_a_run_is_refused(train, name):
    status, out, err = train("--resume", name)
    assert (status, out) == (2, "")
    assert err[-1].startswith("There is no ")


def test_that_a_file_of_weights_is_refused(train, tmp_path):
    save_weights({"weight": torch.zeros(3)}, tmp_path / "weights.pt")
    status, _, err = train("--resume", tmp_path / "weights.pt")
    assert status == 2
    assert "not a checkpoint" in err[-1]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--checkpoint", "/no/such/folder/a"], "does not exist"),
        (["--checkpoint", "."], "is a folder"),
        (["--checkpoint", "a.pt", "--save-weights", "./a.pt"], "two names"),
    ],
)
def test_that_a_checkpoint_that_cannot_be_written_is_reported_before_training(train, options, sentence):
    status, out, err = train(*options)
    assert (status, out) == (2, "")
    assert sentence in err[-1]


# Runs of the store


def test_that_a_stored_run_is_resumed_by_its_number_and_by_the_first_digits_of_its_id(train):
    whole = train("--epochs", 2)[2][-1]
    train("--epochs", 2, "--stop-after", 13)
    train("--epochs", 2, "--stop-after", 14)
    last, one, _ = summaries()
    assert train("--resume", one.number)[2][-1] == whole
    assert train("--resume", last.identity.id[:6])[2][-1] == whole
    assert [(run.number, run.status, run.steps) for run in summaries()] == [
        (number, RunStatus.FINISHED, 20) for number in (3, 2, 1)
    ]


def test_that_a_run_is_resumed_at_its_last_recorded_step_when_the_last_snapshot_is_older(train):
    whole = train("--epochs", 3, *CHANGES)
    _, first, _ = train("--epochs", 3, *CHANGES, "--stop-after", 18)
    run = summaries()[0]
    with closing(sqlite3.connect(store_folder() / "runs.sqlite")) as connection, connection:
        connection.execute("DELETE FROM snapshots WHERE step > 10")
    status, second, err = train("--resume", run.identity.id)
    assert status == 0
    assert first + second == whole[1]
    assert err[-1] == whole[2][-1]
    assert summaries()[0].changes == 2


def test_that_a_run_without_a_snapshot_is_resumed_too(train):
    whole = train("--epochs", 2)
    train("--epochs", 2, "--stop-after", 5)
    with closing(sqlite3.connect(store_folder() / "runs.sqlite")) as connection, connection:
        connection.execute("DELETE FROM snapshots")
    assert train("--resume", 2)[2][-1] == whole[2][-1]


def test_that_a_checkpoint_older_than_its_run_is_retraced_in_the_store(train, left):
    train("--resume", left)
    (run,) = summaries()
    train("--resume", left)
    (again,) = summaries()
    assert (again.identity, again.steps, again.status) == (run.identity, run.steps, RunStatus.FINISHED)


def test_that_a_change_of_a_recorded_step_makes_a_branch_and_leaves_the_parent_unchanged(train, left):
    train("--resume", left)
    _, _, err = train("--resume", left, "--change", "14:learning_rate=0.3", "--stop-after", 16)
    child, parent = summaries()
    assert (child.identity.parent, child.identity.parent_step) == (parent.identity.id, 14)
    assert (child.steps, child.status) == (16, RunStatus.STOPPED)
    assert (parent.status, parent.changes) == (RunStatus.FINISHED, 2)
    assert any(child.identity.id in line and "branches off" in line for line in err)


def test_that_a_checkpoint_whose_past_is_not_the_stored_one_becomes_a_branch(train, left):
    with closing(sqlite3.connect(store_folder() / "runs.sqlite")) as connection, connection:
        ((blob,),) = connection.execute("SELECT loss FROM steps LIMIT 1")
        connection.execute(WITHOUT_DIGESTS)
        connection.execute("UPDATE steps SET loss = ?, digest = NULL", (blob[:20] + b"\0\0\0\0" + blob[24:],))
    train("--resume", left)
    child, parent = summaries()
    assert (child.identity.parent, child.identity.parent_step) == (parent.identity.id, 5)
    assert (parent.steps, child.status) == (12, RunStatus.FINISHED)


def test_that_a_run_whose_losses_differ_here_continues_as_a_branch(train):
    train("--epochs", 2)
    with closing(sqlite3.connect(store_folder() / "runs.sqlite")) as connection, connection:
        connection.execute("DELETE FROM snapshots WHERE step > 10")
        ((blob,),) = connection.execute("SELECT loss FROM steps WHERE first = (SELECT MAX(first) FROM steps)")
        connection.execute(WITHOUT_DIGESTS)
        connection.execute("UPDATE steps SET loss = ?, digest = NULL WHERE loss = ?", (blob[:-4] + b"\0\0\0\0", blob))
    train("--resume", 1, "--epochs", 3)
    child, parent = summaries()
    assert child.identity.parent == parent.identity.id
    assert (parent.status, parent.steps) == (RunStatus.FINISHED, 20)
    assert (child.status, child.steps) == (RunStatus.FINISHED, 30)

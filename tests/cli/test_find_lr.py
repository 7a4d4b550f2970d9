"""`workbench find-lr`: what it prints, from a new network and from a run, and what it leaves alone."""

import csv
import re

import pytest

from workbench import cli
from workbench.cli import find_lr
from workbench.engine.analysis import range_test
from workbench.engine.checkpoints.checkpoint import load_checkpoint
from workbench.engine.protocol.commands import Stop

NUMBER = r"[\d.e-]+"


@pytest.fixture
def words(tiny_root):
    return ["--data-root", str(tiny_root), "--dataset", "fashion-mnist"]


def result(capsys, *words):
    status = cli.main(["find-lr", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_that_a_suggestion_is_all_of_standard_output(words, capsys):
    status, out, err = result(capsys, *words)
    assert status == 0
    assert re.fullmatch(rf"suggested {NUMBER}\n", out)
    assert "new network" in err
    assert re.search(rf"steepest {NUMBER}, minimum {NUMBER}, break {NUMBER}, fastai's valley {NUMBER}", err)


def test_that_adam_is_given_a_lower_rate(words, capsys):
    rates = [float(result(capsys, *words, *more)[1].split()[1]) for more in ([], ["--optimizer", "adam"])]
    assert rates[1] < rates[0]


def test_that_the_raw_points_are_written(words, capsys, tmp_path):
    file = tmp_path / "points.csv"
    status, _, err = result(capsys, *words, "--csv", str(file))
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert status == 0
    assert "points.csv" in err
    assert {row["order"] for row in rows} == {"1", "2", "3"}
    assert float(rows[0]["learning_rate"]) == 1e-6
    assert 2.2 < float(rows[0]["loss"]) < 2.4


def test_that_a_trained_run_gets_a_limit_and_its_file_stays_as_it_was(capsys, tmp_path):
    file = tmp_path / "state.ckpt"
    trained = ["--dataset", "sine", "--optimizer", "adam", "--learning-rate", "0.003", "--epochs", "30"]
    assert cli.main(["train", *trained, "--checkpoint", str(file)]) == 0
    before = file.read_bytes()
    capsys.readouterr()
    status, out, err = result(capsys, "--resume", str(file))
    assert status == 0
    assert re.fullmatch(rf"no suggestion: stay below {NUMBER}\n", out)
    assert "step 480" in err
    assert file.read_bytes() == before
    assert load_checkpoint(file).snapshot.step == 480


@pytest.mark.parametrize(
    "more",
    [
        ["--change", "3:learning_rate=1"],
        ["--csv", "/no/such/folder/x.csv"],
        ["--resume", "99"],
        ["--learning-rate", "x"],
    ],
)
def test_that_bad_usage_is_refused_before_anything_is_trained(words, capsys, more):
    try:
        status = cli.main(["find-lr", *words, *more])
    except SystemExit as ended:
        status = ended.code
    assert status == 2
    assert capsys.readouterr().out == ""


def test_that_a_signal_ends_it_without_a_result(words, capsys, monkeypatch):
    queues = []
    make = find_lr.make_trainer

    def remembered(options, commands, until_end):
        queues.append(commands)
        return make(options, commands, until_end)

    found = range_test.found

    def interrupted(*arguments):
        for each in found(*arguments):
            queues[0].put(Stop())
            yield each

    monkeypatch.setattr(find_lr, "make_trainer", remembered)
    monkeypatch.setattr(range_test, "found", interrupted)
    status, out, err = result(capsys, *words)
    assert (status, out) == (130, "")
    assert "interrupted" in err


@pytest.mark.real_data
def test_that_the_tutorials_network_is_given_a_rate_at_which_it_learns(real_root, capsys):
    words = ["--data-root", str(real_root), "--dataset", "fashion-mnist"]
    assert 0.1 < float(result(capsys, *words)[1].split()[1]) < 0.35
    assert 2e-4 < float(result(capsys, *words, "--optimizer", "adam")[1].split()[1]) < 1.2e-3

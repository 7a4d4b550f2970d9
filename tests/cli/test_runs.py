from __future__ import annotations

import io
import json
import math
import sqlite3
import sys
from contextlib import closing

import pytest

from workbench import cli
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation, Incident, RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import database, process_locks, run_reader
from workbench.engine.store.run_store import FILE_NAME, HistoryDelta, RunStatus, RunStore


@pytest.fixture
def folder(tmp_path):
    """A store with a finished run of the tutorial, its branch with a name and a story, and a run that trains."""
    folder = tmp_path / "runs"
    with closing(RunStore(folder)) as store:
        parent = RunIdentity("aaaa000000000000")
        store.begin(parent, Recipe(), {"torch": "2.15"})
        history = History()
        for step in range(1234):
            history.add_step(1 / (step + 1), 0.5)
        history.add_evaluation(Evaluation(938, 1, 2.25, 0.4567))
        store.write(parent.id, HistoryDelta.of(history, 61.6))
        store.end(parent.id, RunStatus.FINISHED)
        branch = RunIdentity("bbbb000000000000", parent.id, 1000)
        store.begin(branch, Recipe(optimizer="adam", values={"learning_rate": 0.01, "shuffle": True}), {})
        history.add_change(Change(1000, "learning_rate", 0.001, 0.01))
        history.add_change(Change(1000, "shuffle", False, True))
        history.add_incident(Incident(1100, math.nan, 1050))
        store.write(branch.id, HistoryDelta.of(history, 3723.0))
        store.keep_snapshot(branch.id, 1200, b"")
        store.end(branch.id, RunStatus.FAILED)
        store.rename(branch.id, "Ada\x1b[31m's\n→")
        store.star(branch.id, True)
        store.begin(RunIdentity("cccc000000000000"), Recipe(), {})
    yield folder
    process_locks.release_process_lock(folder)


def runs(capsys, folder, *words):
    status = cli.main(["runs", "--store", str(folder), *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_that_runs_alone_lists_them_in_a_table_newest_first(folder, capsys):
    status, out, err = runs(capsys, folder)
    head, *lines = out.splitlines()
    assert (status, err) == (0, "")
    assert head.split() == ["Run", "Began", "State", "Steps", "Accuracy", "Best", "Loss", "Time", "Name", "Settings"]
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "running" in lines[0]
    assert "optimizer=adam learning_rate=0.01 shuffle=true" in lines[1]
    assert "1:02:03  * Ada [31m's →" in lines[1]
    assert "finished  1,234     45.7%  45.7%  2.25     1:02" in lines[2]
    assert lines[2].endswith("as in the tutorial")
    assert runs(capsys, folder, "list")[1] == out


def test_that_columns_stand_below_their_heads(folder, capsys):
    head, *lines = runs(capsys, folder)[1].splitlines()
    for word in ("Began", "State", "Name", "Settings"):
        at = head.index(word)
        assert all(line[at - 1] == " " and line[at] != " " for line in lines if len(line) > at and word != "Name")


def test_that_a_list_for_programs_is_json_with_all_numbers(folder, capsys):
    _, out, _ = runs(capsys, folder, "list", "--json")
    newest, branch, parent = json.loads(out)
    assert (newest["status"], newest["loss"], newest["steps"]) == ("running", None, 0)
    assert (branch["id"], branch["parent"], branch["parent_step"]) == ("bbbb" + "0" * 12, "aaaa" + "0" * 12, 1000)
    assert branch["recipe"]["optimizer"] == "adam"
    assert branch["name"] == "Ada\x1b[31m's\n→"
    assert (parent["accuracy"], parent["seconds"], parent["environment"]) == (0.4567, 61.6, {"torch": "2.15"})
    assert cli.main(["runs", "--json", "--store", str(folder)]) == 0
    assert capsys.readouterr().out == out


def test_that_a_run_is_shown_with_its_story(folder, capsys):
    status, out, _ = runs(capsys, folder, "show", "bbbb")
    lines = [line.split(None, 1) for line in out.splitlines() if line]
    assert status == 0
    assert ["branched", "off: aaaa000000000000 at step 1000"] in lines
    assert ["state:", "failed"] in lines
    assert ["snapshots:", "1200"] in lines
    assert lines[-4:] == [
        ["938", "epoch 1 tested: accuracy 45.7%, loss 2.25"],
        ["1,000", "learning_rate 0.001 -> 0.01"],
        ["1,000", "shuffle false -> true"],
        ["1,100", "loss nan: went back to step 1,050"],
    ]


def test_that_a_run_is_shown_to_programs_with_its_records(folder, capsys):
    shown = json.loads(runs(capsys, folder, "--json", "show", "2")[1])
    assert shown["snapshots"] == [1200]
    assert shown["history"]["evaluations"] == [{"step": 938, "epoch": 1, "average_loss": 2.25, "accuracy": 0.4567}]
    assert shown["history"]["changes"][1] == {"step": 1000, "name": "shuffle", "old": False, "new": True}
    assert shown["history"]["incidents"] == [{"step": 1100, "loss": "nan", "returned_to": 1050, "origin": "guard"}]
    assert shown["history"]["refusals"] == []


def test_that_deleted_runs_are_gone_and_come_back(folder, capsys):
    status, out, err = runs(capsys, folder, "delete", "1", "bbbb")
    assert (status, out) == (0, "")
    assert "delete --restore 1 2" in err
    assert len(runs(capsys, folder)[1].splitlines()) == 2
    assert len(runs(capsys, folder, "list", "--deleted")[1].splitlines()) == 3
    assert runs(capsys, folder, "delete", "--restore", "1", "2")[0] == 0
    assert len(runs(capsys, folder)[1].splitlines()) == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "9"], "no run 9"),
        (["delete", "1", "9"], "no run 9"),
        (["delete", "1", "3"], "Run 3 is being trained"),
        (["delete", "--restore", "1"], "no run 1"),
    ],
)
def test_that_what_cannot_be_is_a_sentence_and_status_2_and_nothing_is_done(folder, capsys, words, sentence):
    status, out, err = runs(capsys, folder, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(runs(capsys, folder)[1].splitlines()) == 4


def test_that_looking_for_runs_makes_no_store(tmp_path, capsys):
    assert runs(capsys, tmp_path / "none", "list", "--json")[:2] == (0, "[]\n")
    status, out, err = runs(capsys, tmp_path / "none")
    assert (status, out) == (0, "")
    assert "No runs are kept" in err
    assert runs(capsys, tmp_path / "none", "show", "1")[0] == 2
    assert not (tmp_path / "none").exists()


def test_that_a_store_set_aside_is_reported(tmp_path, capsys):
    (tmp_path / FILE_NAME).write_text("no database " * 100, encoding="utf-8")
    status, out, err = runs(capsys, tmp_path)
    assert (status, out) == (0, "")
    assert "damaged" in err


def test_that_a_letter_the_terminal_does_not_have_is_no_reason_to_fail(folder, monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert cli.main(["runs", "--store", str(folder)]) == 0
    assert b"Ada [31m's ?" in terminal.buffer.getvalue()


def test_that_a_table_is_cut_to_the_width_of_a_terminal(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    lines = runs(capsys, folder)[1].splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert lines[2].endswith("…")


def test_that_a_run_that_cannot_be_read_is_a_row_that_says_so(folder, capsys):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE runs SET status = 'bogus', note = 'kept' WHERE number = 1")
    status, out, _ = runs(capsys, folder)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["3", "2", "1"]
    assert "unreadable" in out
    assert "bogus" in out
    status, out, _ = runs(capsys, folder, "show", "1")
    assert status == 0
    assert "bogus" in out
    assert "kept" in out
    status, out, _ = runs(capsys, folder, "show", "1", "--json")
    assert json.loads(out)["status"] == "unreadable"
    assert "bogus" in json.loads(out)["problem"]
    assert runs(capsys, folder, "delete", "1")[0] == 0


def test_that_a_run_damaged_from_a_step_on_is_shown_up_to_there_with_a_sentence(folder, capsys):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE changes SET new = '0.3' WHERE run = 2 AND position = 1")
    status, out, err = runs(capsys, folder, "show", "2")
    assert status == 1
    assert "epoch 1 tested: accuracy 45.7%" in out
    assert "shuffle" not in out.splitlines()[-1]
    assert err.startswith("Run 2 cannot be opened, since it is damaged in the store from step 1,000 on: only the steps")
    status, out, again = runs(capsys, folder, "show", "2", "--json")
    shown = json.loads(out)
    assert (status, again) == (1, err)
    assert (shown["damaged_from"], shown["problem"] + "\n") == (1000, err)
    assert [test["step"] for test in shown["history"]["evaluations"]] == [938]


def test_that_a_store_that_may_only_be_read_is_listed_and_shown_with_one_sentence(folder, capsys, monkeypatch):
    for module in (database, run_reader):
        monkeypatch.setattr(module, "may_be_written", lambda _: False)
    sentence = f"The store of runs {folder / FILE_NAME} may only be read: runs are listed, but none is kept or changed."
    for words, expected in ((["list"], 0), (["show", "1"], 0), (["delete", "1"], 1)):
        status, out, err = runs(capsys, folder, *words)
        assert (status, err.count("\n"), bool(out)) == (expected, 1, not expected)
        assert err.startswith(sentence)

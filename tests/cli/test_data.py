"""`workbench data`: the list of data sets, and what is understood of files of the user's own."""

from __future__ import annotations

import json

import pytest

from tests.conftest import write_fashion_mnist
from tests.engine.data.own_files import files
from workbench import cli
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import CONTROL


def test_that_each_data_set_is_a_line_with_its_licence_and_whether_it_is_here(tmp_path, capsys):
    root = write_fashion_mnist(tmp_path / "data", 20, 10)
    assert cli.main(["data", "--data-root", str(root)]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split()[:2] == ["name", "task"]
    assert [line.split()[0] for line in lines] == list(DATASETS.names)
    by_name = {line.split()[0]: line for line in lines}
    assert by_name["fashion-mnist"].split()[-2:] == ["MIT", "yes"]
    assert by_name["cifar10"].split()[-1] == "no"
    assert "170 MB" in by_name["cifar10"]
    assert "regression" in by_name["sine"]


def test_that_the_list_is_there_for_programs_too(tmp_path, capsys):
    assert cli.main(["data", "--json", "--data-root", str(tmp_path)]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["moons"]["options"] == ["data_size", "data_noise", "data_seed"]
    assert rows["mnist"]["is_here"] is False


def test_that_a_path_is_answered_by_what_is_understood(tmp_path, capsys):
    path = files.diabetes(tmp_path / "diabetes.csv")
    assert cli.main(["data", str(path)]) == 0
    out = capsys.readouterr().out
    assert "form:      table, for regression" in out
    assert "predicts:  1 number (label: target)" in out
    assert "column 1 only counts the rows, so this column is left out." in out
    assert cli.main(["data", str(path), "--json", "--label", "age", "--test-share", "0.5"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["label"] == "age"
    assert found["train_count"] == found["test_count"]


@pytest.mark.parametrize("name", ["table.csv", "none.csv"])
def test_that_a_file_that_cannot_be_trained_on_is_bad_usage_with_one_sentence(tmp_path, capsys, name):
    (tmp_path / "table.csv").write_text("a,b\x1b[31m,c\n1,2,x\n1,2\n1,3,y\n")
    assert cli.main(["data", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert name in err
    assert not CONTROL.search(out.replace("\n", ""))


def test_that_choices_without_a_path_are_bad_usage(capsys):
    assert cli.main(["data", "--label", "x"]) == 2
    assert "give their path" in capsys.readouterr().err

"""`train --record`, `replay` and `export`."""

import csv
import re
from dataclasses import replace

import pytest
import torch

from workbench import cli
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.errors import CancelledError
from workbench.engine.exporters.run_file import load_run_file, save_run_file
from workbench.engine.exporters.verification import with_threads


@pytest.fixture
def words(tiny_root):
    return ["--data-root", str(tiny_root)]


@pytest.fixture
def recorded(words, tmp_path, capsys):
    path = tmp_path / "a.run"
    train = ["train", *words, "--dataset", "fashion-mnist", "--epochs", "2", "--change", "13:learning_rate=0.05"]
    assert cli.main([*train, "--record", str(path)]) == 0
    return path, capsys.readouterr().err.split()[-1]


def test_that_a_recorded_run_is_verified(recorded, words, capsys):
    path, sha256 = recorded
    assert cli.main(["replay", str(path), *words]) == 0
    assert capsys.readouterr().out == f"verified: 20 steps, weights sha256 {sha256}\n"


def test_that_a_run_of_the_store_is_verified(recorded, words, capsys):
    assert cli.main(["replay", "1", *words]) == 0
    assert capsys.readouterr().out == f"verified: 20 steps, weights sha256 {recorded[1]}\n"


def test_that_another_number_of_threads_is_said_before_it_starts(recorded, words, capsys, monkeypatch):
    # The recipe's 0 threads stand for torch's own choice, which is another on another machine.
    monkeypatch.setattr("workbench.engine.training.stepper.set_threads", lambda _: torch.set_num_threads(1))
    before = torch.get_num_threads()
    if before == 1:
        pytest.skip("this machine trains with one thread")
    try:
        cli.main(["replay", str(recorded[0]), *words])
        said = capsys.readouterr().err.splitlines()
    finally:
        torch.set_num_threads(before)
    assert said[:3] == [
        "Here the result may differ from the recorded one:",
        f"Threads: 1 here, {before} when it was recorded; sums are added in another order then.",
        f"--threads {before} trains with as many threads as it was recorded with.",
    ]


@pytest.fixture
def with_one_thread(words, tmp_path):
    """A run file of a run trained with one thread, which was PyTorch's own choice there."""
    path = tmp_path / "one.run"
    train = ["train", *words, "--dataset", "fashion-mnist", "--epochs", "1", "--threads", "1"]
    assert cli.main([*train, "--record", str(path)]) == 0
    record = load_run_file(path)
    save_run_file(replace(record, recipe=with_threads(record.recipe, 0)), path)
    return path


def test_that_a_run_can_be_verified_with_the_threads_that_it_was_recorded_with(with_one_thread, words, capsys):
    before = torch.get_num_threads()
    capsys.readouterr()
    try:
        assert cli.main(["replay", str(with_one_thread), "--threads", "1", *words]) == 0
    finally:
        torch.set_num_threads(before)
    said = capsys.readouterr()
    assert said.out.startswith("verified: 10 steps")
    assert "Threads" not in said.err


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "x", "100000"])
def test_that_a_number_of_threads_that_cannot_be_is_bad_usage(recorded, words, text, capsys):
    try:
        status = cli.main(["replay", str(recorded[0]), f"--threads={text}", *words])
    except SystemExit as ended:
        status = ended.code
    assert status == 2
    assert "threads" in capsys.readouterr().err


def test_that_both_numbers_are_said_where_a_run_differs_and_that_nothing_known_explains_it(recorded, words, capsys):
    path, _ = recorded
    record = load_run_file(path)
    losses = record.history.loss.values(0, 20).copy()
    losses[4] = 2.5
    record.history.loss.truncate(0)
    record.history.loss.extend(losses)
    save_run_file(record, path)
    assert cli.main(["replay", str(path), *words]) == 1
    said = capsys.readouterr()
    assert re.fullmatch(r"differs at step 4: the loss is [\d.]+ here, 2\.5 when it was recorded\n", said.out)
    assert "or the recording itself is wrong" in said.err


def test_that_a_run_on_other_data_is_refused_before_it_starts(recorded, tmp_path, capsys):
    from tests.conftest import write_fashion_mnist

    other = write_fashion_mnist(tmp_path / "other", seed=1)
    assert cli.main(["replay", str(recorded[0]), "--data-root", str(other)]) == 2
    assert "This run was trained on other images" in capsys.readouterr().err


def test_that_a_run_trained_in_parts_with_other_threads_says_so_before_it_is_trained_again(words, tmp_path, capsys):
    part, whole = tmp_path / "part.ckpt", tmp_path / "parts.run"
    train = ["train", *words, "--dataset", "fashion-mnist", "--epochs", "1", "--stop-after", "5"]
    assert cli.main([*train, "--checkpoint", str(part)]) == 0
    checkpoint = load_checkpoint(part)
    save_checkpoint(replace(checkpoint, environment={**checkpoint.environment, "threads": "64"}), part)
    assert cli.main(["train", *words, "--resume", str(part), "--record", str(whole)]) == 0
    capsys.readouterr()
    cli.main(["replay", str(whole), *words])
    assert "A part of this run was trained otherwise (threads 64)" in capsys.readouterr().err


def test_that_a_file_that_only_ends_as_a_run_file_is_said_to_be_none(tmp_path, words, capsys):
    (tmp_path / "odd.run").write_text("odd")
    assert cli.main(["replay", str(tmp_path / "odd.run"), *words]) == 2
    assert "is not a run file, or is damaged" in capsys.readouterr().err


def test_that_a_run_file_is_not_gone_on_from(recorded, words, capsys):
    assert cli.main(["train", *words, "--resume", str(recorded[0])]) == 2
    assert "is a run file, which holds no weights" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["replay", "no-such.run"], ["replay", "7"], ["export", "no-such.run", "--csv", "x"]])
def test_that_a_run_that_is_not_there_is_bad_usage(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_that_a_run_is_exported_in_several_forms(recorded, tmp_path, words, capsys):
    target, table = tmp_path / "out", tmp_path / "out.csv"
    assert cli.main(["export", "1", "--run", str(target), "--csv", str(table), *words]) == 0
    said = capsys.readouterr().err
    assert "out.run: 20 steps, weights sha256" in said
    assert "out.csv: 20 steps and 2 evaluations" in said
    assert len(list(csv.reader(table.read_text().splitlines()))) == 22
    assert cli.main(["replay", str(tmp_path / "out.run"), *words]) == 0


def test_that_one_form_that_fails_does_not_keep_the_others_from_being_written(recorded, tmp_path, words, capsys):
    assert cli.main(["export", "1", "--run", "/no/such/folder/a.run", "--csv", str(tmp_path / "a.csv"), *words]) == 1
    assert (tmp_path / "a.csv").exists()


def test_that_an_interrupted_export_says_so_and_keeps_what_it_has_written(
    recorded, tmp_path, words, capsys, monkeypatch
):
    def interrupted(*_):
        raise CancelledError

    monkeypatch.setattr("workbench.engine.exporters.csv_points.write_csv", interrupted)
    forms = ["--run", str(tmp_path / "b.run"), "--csv", str(tmp_path / "b.csv"), "--svg", str(tmp_path / "b.svg")]
    assert cli.main(["export", "1", *forms, *words]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "interrupted: nothing more was written"
    assert sorted(path.name for path in tmp_path.glob("b.*")) == ["b.run"]


def test_that_export_without_a_form_says_which_there_are(recorded, capsys):
    assert cli.main(["export", "1"]) == 2
    assert "--csv" in capsys.readouterr().err


def test_that_the_size_and_the_colours_of_the_curves_can_be_chosen(recorded, tmp_path):
    wanted = ["--plot-size", "640x400", "--plot-colours", "dark"]
    assert cli.main(["export", "1", "--svg", str(tmp_path / "a"), *wanted]) == 0
    text = (tmp_path / "a.svg").read_text()
    assert 'width="640" height="400"' in text
    assert 'fill="#121418"' in text


@pytest.mark.parametrize("size", ["640", "640x", "10x10", "99999x400", "ax400", "-640x400"])
def test_that_a_size_that_is_none_is_bad_usage(recorded, tmp_path, size, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", "1", "--svg", str(tmp_path / "a"), f"--plot-size={size}"])
    assert ended.value.code == 2
    assert "800x600" in capsys.readouterr().err
    assert not (tmp_path / "a.svg").exists()

"""Files of the user's own, trained from the command line."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.end_to_end.conftest import kept_runs
from tests.engine.data.own_files import files
from workbench import cli
from workbench.engine.data.own_files.split import held_out
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.models.weights import weights_sha256


def table_of(path, skipped):
    """The rows of a table of numbers, by NumPy."""
    return np.loadtxt(path, delimiter=",", skiprows=skipped)


def plain_loop(inputs, targets, outputs, loss_fn, test, *, epochs=2, rate=0.01):
    """The weights' digest and the test accuracy of the simplest loop with the tutorial's network."""
    torch.manual_seed(0)
    model = NeuralNetwork(inputs.shape[1], outputs)
    optimizer = torch.optim.SGD(model.parameters(), rate)
    for _ in range(epochs):
        for start in range(0, len(inputs), 16):
            loss = loss_fn(model(inputs[start : start + 16]), targets[start : start + 16])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    with torch.no_grad():
        right = (model(test[0]).argmax(1) == test[1]).float().mean().item() if outputs > 1 else None
    return weights_sha256(model.state_dict()), right


@pytest.mark.parametrize(
    ("write", "name", "skipped", "classes"),
    [
        (files.iris, "iris.csv", 1, 3),
        (files.breast_cancer, "breast_cancer.csv", 1, 2),
        (files.digits, "digits.csv.gz", 0, 10),
        (files.diabetes, "diabetes.csv", 1, None),
    ],
)
def test_that_a_table_trains_as_a_plain_loop_does_bit_for_bit(tmp_path, capsys, write, name, skipped, classes):
    path = write(tmp_path / name)
    words = ["train", "--dataset", str(path), "--standardise", "--epochs", "2", "--batch-size", "16"]
    rate = 0.01 if classes else 1e-5
    assert cli.main([*words, "--learning-rate", str(rate)]) == 0
    out, err = capsys.readouterr()
    rows = table_of(path, skipped)
    values, labels = rows[:, :-1].astype(np.float32), rows[:, -1]
    if classes is None:
        values = values[:, 1:]
    train, test = held_out(len(rows), 0.2, 0, labels.astype(np.int64) if classes else None)
    mean, deviation = values[train].mean(0, dtype=np.float64), values[train].std(0, dtype=np.float64)
    deviation[deviation == 0] = 1
    values = torch.from_numpy(((values - mean) / deviation).astype(np.float32))
    if classes is None:
        targets, loss = torch.from_numpy(labels.astype(np.float32))[:, None], torch.nn.functional.mse_loss
    else:
        targets, loss = torch.from_numpy(labels.astype(np.int64)), torch.nn.functional.cross_entropy
    digest, accuracy = plain_loop(
        values[train], targets[train], classes or 1, loss, (values[test], targets[test]), rate=rate
    )
    assert err.splitlines()[-1] == f"weights sha256 {digest}"
    assert f"mlp on {name} ({len(train):,} samples of your own)" in err
    if accuracy is not None:
        assert out.rstrip().splitlines()[-3].strip().startswith(f"Accuracy: {100 * accuracy:.1f}%")
    else:
        assert "Accuracy" not in out


def test_that_a_damaged_file_is_bad_usage_with_one_sentence(tmp_path, capsys):
    path = tmp_path / "table.csv"
    path.write_text("a,b,c\n1,2,x\n1,2\n1,3,y\n")
    assert cli.main(["train", "--dataset", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    advice = "correct it, or name the right delimiter (--delimiter)."
    assert err == f"Line 3 of {path} has 2 values where 3 belong: {advice}\n"


def test_that_a_name_that_is_neither_a_data_set_nor_a_file_is_bad_usage(capsys):
    assert cli.main(["train", "--dataset", "fruit"]) == 2
    assert "There is no data set 'fruit': choose one of fashion-mnist, " in capsys.readouterr().err


def test_that_a_choice_about_files_is_refused_for_a_built_in_set(capsys):
    assert cli.main(["train", "--dataset", "moons", "--label", "x"]) == 2
    assert capsys.readouterr().err.startswith("--label is for files of your own")


@pytest.fixture
def checkpoint(tmp_path, capsys):
    path = tmp_path / "run.ckpt"
    files.iris(tmp_path / "iris.csv")
    words = ["train", "--dataset", str(tmp_path / "iris.csv"), "--stop-after", "3", "--checkpoint", str(path)]
    assert cli.main(words) == 0
    capsys.readouterr()
    return path


@pytest.mark.parametrize("way", ["checkpoint", "run"])
def test_that_a_run_goes_on_with_its_files_also_where_they_have_moved(checkpoint, tmp_path, capsys, way):
    origin = str(checkpoint) if way == "checkpoint" else "1"
    assert cli.main(["train", "--resume", origin, "--stop-after", "5"]) == 0
    first = capsys.readouterr().err.splitlines()[-1]
    (tmp_path / "iris.csv").rename(tmp_path / "moved.csv")
    assert cli.main(["train", "--resume", str(checkpoint), "--stop-after", "5"]) == 2
    assert "There is no file or folder" in capsys.readouterr().err
    assert (
        cli.main(["train", "--resume", str(checkpoint), "--dataset", str(tmp_path / "moved.csv"), "--stop-after", "5"])
        == 0
    )
    assert capsys.readouterr().err.splitlines()[-1] == first


@pytest.mark.parametrize("way", ["checkpoint", "run"])
def test_that_other_files_are_refused_by_the_path_that_was_given(checkpoint, tmp_path, capsys, way):
    other = tmp_path / "other.csv"
    *lines, last = (tmp_path / "iris.csv").read_text().splitlines()
    other.write_text("\n".join([*lines, last.replace(".", ".1", 1)]))
    origin = str(checkpoint) if way == "checkpoint" else "1"
    assert cli.main(["train", "--resume", origin, "--dataset", str(other)]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "other.csv holds (" in sentence
    assert "iris.csv" not in sentence


@pytest.mark.parametrize("way", ["checkpoint", "run"])
def test_that_a_run_is_never_continued_on_files_that_have_changed(checkpoint, tmp_path, capsys, way):
    path = tmp_path / "iris.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].replace(".", ".1", 1)]))
    assert cli.main(["train", "--resume", str(checkpoint) if way == "checkpoint" else "1"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (sentence,) = err.splitlines()
    assert sentence.startswith("This run was trained on other samples (")
    assert "iris.csv" in sentence


def test_that_other_choices_are_refused_where_a_run_goes_on(checkpoint, capsys):
    assert cli.main(["train", "--resume", str(checkpoint), "--test-share", "0.5"]) == 2
    assert "another --test-share" in capsys.readouterr().err
    assert cli.main(["train", "--resume", str(checkpoint), "--dataset", "moons"]) == 2
    assert "cannot change in it" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--checkpoint", "--save-weights"])
def test_that_the_data_are_not_replaced_by_what_is_saved(tmp_path, capsys, option):
    path = files.iris(tmp_path / "iris.pt")
    before = path.read_bytes()
    assert cli.main(["train", "--dataset", str(path), "--epochs", "1", option, str(path)]) == 2
    assert "would be replaced, and the run needs it: give another name." in capsys.readouterr().err
    assert path.read_bytes() == before


def test_that_a_table_is_read_with_the_delimiter_that_an_option_names(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("1\t2^x\n2\t1^y\n" * 10)
    words = ["data", str(path), "--delimiter"]
    assert cli.main([*words, "tab", "--header", "no"]) == 0
    assert "delimiter '\\t', utf-8; the first line is a row" in capsys.readouterr().out
    for wrong, sentence in (
        ("^^", "'^^' is not one character"),
        ("tab --header maybe", "'maybe' is neither yes nor no"),
    ):
        with pytest.raises(SystemExit, match="2"):
            cli.main([*words, *wrong.split()])
        assert sentence in capsys.readouterr().err


def test_that_a_share_that_the_files_make_needless_is_said_to_have_no_effect(tmp_path, capsys):
    images, labels = np.zeros((12, 4, 4), np.uint8), np.arange(12) % 2
    arrays = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}
    np.savez(tmp_path / "data.npz", **arrays, x_val=images[:5], y_val=labels[:5])
    words = ["--dataset", str(tmp_path / "data.npz"), "--epochs", "1", "--batch-size", "4"]
    assert cli.main(["train", *words]) == 0
    assert "no effect" not in (err := capsys.readouterr().err)
    assert "epoch 1: validation: accuracy" in err
    assert cli.main(["train", *words, "--test-share", "0.5", "--validation-share", "0.3"]) == 0
    err = capsys.readouterr().err
    assert "--test-share has no effect" in err
    assert "--validation-share has no effect" in err
    assert kept_runs()[0].recipe["validation_share"] == 0
    assert cli.main(["data", str(tmp_path / "data.npz"), "--test-share", "0.5"]) == 0
    out, err = capsys.readouterr()
    assert "--test-share has no effect" in err
    assert "validation: 5" in out


def test_that_a_single_sample_in_the_last_batch_is_bad_usage_with_batch_normalization(tmp_path, capsys):
    rows = "".join(f"{number},{number % 7},{'ab'[number % 2]}\n" for number in range(1, 12))
    (tmp_path / "table.csv").write_text(f"one,two,label\n{rows}")
    words = ["train", "--dataset", str(tmp_path / "table.csv"), "--batch-norm", "true", "--epochs", "1"]
    assert cli.main([*words, "--batch-size", "4"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "a single one of the 9 training samples: choose another batch size" in err
    assert cli.main([*words, "--batch-size", "5"]) == 0

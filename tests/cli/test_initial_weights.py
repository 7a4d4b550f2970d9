"""`train --initial-weights`, and what later commands say where the file is missing."""

import pytest
import torch
from safetensors.torch import load_file

from workbench import cli


@pytest.fixture
def run(tiny_root, tmp_path, monkeypatch, capsys):
    """Runs a command in a folder; returns its status, what it printed and what it said."""
    monkeypatch.chdir(tmp_path)

    def run(command, *words):
        data = [] if command == "runs" else ["--data-root", str(tiny_root)]
        if command in ("train", "find-lr") and "--resume" not in words:
            data += ["--dataset", "fashion-mnist"]
        status = cli.main([command, *data, *map(str, words)])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def first(run):
    """The digest of the weights in `first.safetensors`, as the run that trained them said."""
    _, _, err = run("train", "--epochs", 1, "--save-weights", "first.safetensors", "--checkpoint", "first.ckpt")
    return err.split()[-1]


@pytest.mark.parametrize("file", ["first.safetensors", "first.ckpt"])
def test_that_a_run_says_from_which_weights_it_starts(run, first, file):
    status, _, err = run("train", "--epochs", 1, "--initial-weights", file)
    assert status == 0
    assert f"starts from the weights of {file}, SHA-256 {first[:12]}…" in err
    shown = run("runs", "show", 2)[1]
    assert f"starts from:  {file}, SHA-256 {first[:12]}…" in shown
    assert f"initial_weights={file}" in run("runs")[1]


def test_that_numbers_of_another_width_are_converted_and_that_is_said(run, first):
    weights = load_file("first.safetensors")
    torch.save({key: each.half() for key, each in weights.items()}, "half.pt")
    status, _, err = run("train", "--epochs", 1, "--initial-weights", "half.pt")
    assert status == 0
    assert "their numbers are converted from float16 to float32" in err


def test_that_replay_and_export_find_the_weights_in_the_store_or_where_the_user_says(run, first, tmp_path):
    words = ["--epochs", 1, "--momentum", 0.5, "--initial-weights", "first.safetensors", "--record", "a.run"]
    sha256 = run("train", *words)[2].split()[-1]
    (tmp_path / "first.safetensors").rename(tmp_path / "moved.safetensors")
    verified = f"verified: 10 steps, weights sha256 {sha256}\n"
    assert run("replay", "a.run")[:2] == (0, verified)
    status, _, err = run("replay", "a.run", "--store", "empty")
    assert status == 2
    assert f"first.safetensors, SHA-256 {first[:12]}…" in err
    assert run("replay", "a.run", "--store", "empty", "--initial-weights", "moved.safetensors")[:2] == (0, verified)
    status, _, err = run("export", "a.run", "--store", "empty", "--script", "a.py")
    assert (status, "--initial-weights" in err, (tmp_path / "a.py").exists()) == (1, True, False)
    assert run("export", "a.run", "--script", "a.py")[0] == 0
    assert (tmp_path / "a_weights.pt").exists()


def test_that_a_run_is_resumed_without_the_file(run, first, tmp_path):
    words = ["--epochs", 2, "--initial-weights", "first.safetensors"]
    whole = run("train", *words)[2].split()[-1]
    run("train", *words, "--stop-after", 7, "--checkpoint", "seven.ckpt", "--store", "kept")
    (tmp_path / "first.safetensors").unlink()
    assert run("train", "--resume", "seven.ckpt", "--store", "empty")[2].split()[-1] == whole
    assert run("train", "--resume", "1", "--store", "kept")[2].split()[-1] == whole


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--initial-weights", "gone.pt"], "gone.pt: choose an existing file"),
        (["--initial-weights", "first.safetensors", "--model", "cnn"], "belongs to another network"),
        (["--initial-weights", "first.safetensors", "--save-weights", "first.safetensors"], "would be replaced"),
        (["--resume", "first.ckpt", "--initial-weights", "first.safetensors"], "started from the weights of its seed"),
    ],
)
def test_that_what_cannot_be_is_said_before_anything_is_trained(run, first, words, sentence):
    status, out, err = run("train", *words)
    assert (status, out) == (2, "")
    assert sentence in err

"""`train --model FILE.py:NAME`: a network of the user's own, from the command line."""

import re
import subprocess
import sys

import pytest

from tests.end_to_end.conftest import kept_runs
from tests.engine.models.own_networks import NORMALIZED, forward_of
from workbench.cli import main
from workbench.engine.models import trusted_code
from workbench.engine.store.run_store import RunStatus


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A network of one's own, which no one has allowed to run."""
    monkeypatch.setattr(trusted_code, "_session", set())
    path = tmp_path / "net.py"
    path.write_text(NORMALIZED)
    return path


@pytest.fixture
def train(tiny_root, capsys):
    def train(*words):
        capsys.readouterr()
        status = main(["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", *map(str, words)])
        return status, capsys.readouterr().err

    return train


def test_that_it_is_trained_once_its_code_is_allowed_and_resumed_when_the_file_is_gone(file, train):
    words = ["--model", f"{file}:Net", "--model-arg", "width=6", "--model-arg", "noise=0.1", "--epochs", "1"]
    status, err = train(*words)
    assert status == 2
    assert "--trust-code" in err
    status, err = train(*words, "--stop-after", "4", "--trust-code")
    assert status == 0
    assert "Net (net.py) on fashion-mnist" in err
    whole = train(*words)
    assert whole[0] == 0, "the same content is allowed from now on"
    recipe = kept_runs()[0].recipe
    assert (recipe.network.source, dict(recipe.network.arguments)) == (NORMALIZED, {"width": 6, "noise": 0.1})
    file.unlink()
    status, err = train("--resume", "1")
    assert status == 0
    assert err.splitlines()[-1] == whole[1].splitlines()[-1]


def test_that_a_run_is_not_resumed_while_its_code_is_not_allowed(file, train, own_home, monkeypatch):
    assert train("--model", file, "--stop-after", "2", "--trust-code")[0] == 0
    (own_home / "config" / "training-workbench" / trusted_code.FILE_NAME).unlink()
    monkeypatch.setattr(trusted_code, "_session", set())
    status, err = train("--resume", "1")
    assert status == 2
    assert "has not been allowed to run" in err
    assert train("--resume", "1", "--stop-after", "3", "--trust-code")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--model", "{file}:Other"], "no class or function Other: choose one of Net"),
        (["--model", "{file}", "--model-arg", "depth=3"], "no parameter depth"),
        (["--model", "{file}", "--model-arg", "width=wide"], "width is 'wide': give a number"),
        (["--model", "/no/such/net.py"], "/no/such/net.py"),
        (["--model-arg", "width=3"], "give --model FILE.py:NAME"),
    ],
)
def test_that_what_cannot_be_is_refused_in_words(file, train, words, sentence):
    status, err = train(*(word.format(file=file) for word in words))
    assert status == 2
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("name", "advice"), [("gone", "`workbench models`"), ("gone.py:Net", "an existing file")])
def test_that_a_network_that_is_not_there_is_refused_in_a_short_sentence_that_says_what_to_do(name, advice, capsys):
    try:
        status = main(["train", "--model", f"/home/somebody/networks/{name}"])
    except SystemExit as left:
        status = left.code
    assert status == 2
    err = capsys.readouterr().err
    assert advice in err
    assert len(err) <= 200


def test_that_a_network_that_is_only_approximate_says_so_and_one_that_fails_names_its_line(file, train):
    file.write_text(forward_of("outputs = outputs * random.random()"))
    assert "only approximate" in train("--model", file, "--stop-after", "1", "--trust-code")[1]
    file.write_text(forward_of("outputs = outputs + undefined"))
    status, err = train("--model", file, "--trust-code")
    assert status == 2
    assert "line 16 of" in err
    assert "NameError" in err


def test_that_a_network_that_exits_ends_neither_the_command_nor_its_explanation(file, train):
    file.write_text(forward_of("raise SystemExit(0)"))
    status, err = train("--model", file, "--trust-code")
    assert status == 2
    assert "line 16 of" in err
    file.write_text(forward_of("self.calls += 1\nif self.calls > 2: raise SystemExit(0)"))
    status, err = train("--model", file, "--trust-code")
    assert status == 1
    assert "SystemExit" in err
    assert kept_runs()[0].status is RunStatus.FAILED


def test_that_standard_output_is_the_tutorials_text_whatever_the_network_writes_there(file, tiny_root):
    noisy = """os.write(1, b"descriptor\\n")
print("print")
if outputs.requires_grad:
    outputs.register_hook(lambda _: print("backward"))"""
    file.write_text(forward_of(noisy, "import os"))
    words = [sys.executable, "-m", "workbench", "train", "--data-root", tiny_root, "--model", file, "--trust-code"]
    made = subprocess.run([*words, "--epochs", "1"], capture_output=True, text=True, timeout=300, check=True)
    rule = "-" * 31
    assert re.fullmatch(
        rf"Epoch 1\n{rule}\n(loss: \d\.\d+  \[ *\d+/ *640\]\n)+Test Error: \n Accuracy: .+%, Avg loss: .+ \n\nDone!\n",
        made.stdout,
    )
    assert {"descriptor", "print", "backward"} <= set(made.stderr.splitlines())


@pytest.mark.parametrize("loss", ["nan", "inf"])
def test_that_a_network_whose_first_loss_is_not_finite_is_told_from_too_high_a_rate(file, train, loss):
    file.write_text(forward_of(f"outputs = outputs * float('{loss}')"))
    status, err = train("--model", file, "--trust-code")
    assert status == 1
    assert "the network itself gives numbers that are not finite" in err
    assert "lower learning rate" not in err

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests import tutorial
from workbench import cli
from workbench.engine.models.weights import weights_sha256

MAIN = Path(__file__).parent.parent / "main.py"


def train(capsys, root, *options):
    status = cli.main(["train", "--data-root", str(root), "--dataset", "fashion-mnist", *options])
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        cli.main(["train", *words])
    assert ended.value.code == 2
    return capsys.readouterr().err


def sha_line(err):
    last = err.rstrip("\n").split("\n")[-1]
    assert last.startswith("weights sha256 ")
    return last.split()[-1]


def test_that_standard_output_is_the_tutorials_character_for_character(tiny_root, capsys):
    status, out, err = train(capsys, tiny_root, "--epochs", "2")
    theirs = tutorial.carry_out(tiny_root, epochs=2)
    assert status == 0
    assert out == theirs.text
    assert sha_line(err) == weights_sha256(theirs.weights)


def test_that_weights_are_saved_and_load_into_the_tutorials_own_class(tiny_root, tmp_path, capsys):
    file = tmp_path / "weights.pt"
    status, _, err = train(capsys, tiny_root, "--epochs", "1", "--save-weights", str(file))
    model = tutorial.NeuralNetwork()
    model.load_state_dict(torch.load(file, weights_only=True))
    assert status == 0
    assert sha_line(err) == weights_sha256(model.state_dict())


def test_that_stop_after_stops_with_status_0_and_no_done(tiny_root, capsys):
    status, out, _ = train(capsys, tiny_root, "--stop-after", "3")
    assert status == 0
    assert out == tutorial.carry_out(tiny_root).text.split("\nTest Error")[0] + "\n"


def test_that_a_change_with_a_dash_or_an_underscore_is_the_same_change(tiny_root, capsys):
    one = train(capsys, tiny_root, "--epochs", "1", "--change", "4:learning_rate=0.01")
    other = train(capsys, tiny_root, "--epochs", "1", "--change", "4:learning-rate=1e-2")
    without = train(capsys, tiny_root, "--epochs", "1")
    assert sha_line(one[2]) == sha_line(other[2]) != sha_line(without[2])


def test_that_every_choice_and_value_of_the_table_is_an_option(tiny_root, capsys):
    options = [
        "--epochs",
        "1",
        "--optimizer",
        "adam",
        "--loss",
        "nll",
        "--model",
        "mlp",
        "--beta1",
        "0.8",
        "--eps",
        "1e-7",
        "--seed",
        "9",
    ]
    status, _, err = train(capsys, tiny_root, *options)
    assert status == 0
    assert sha_line(err)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--learning-rate", "fast"], "give a number"),
        (["--epochs", "0"], "give a value from 1"),
        (["--optimizer", "magic"], "invalid choice"),
        (["--change", "soon:learning_rate=1"], "STEP:NAME=VALUE"),
        (["--change", "3:speed=1"], "no hyperparameter"),
        (["--stop-after", "-1"], "not a whole number"),
        (["--epoch", "3"], "unrecognized"),
    ],
)
def test_that_bad_usage_is_answered_with_status_2_and_one_sentence(capsys, words, sentence):
    assert sentence in refused(capsys, *words)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--beta1", "0.9"], "sgd has no beta1"),
        (["--change", "3:beta1=0.5"], "sgd has no beta1"),
        (["--change", "3:seed=1"], "next run"),
        (["--device", "abacus"], "no device"),
        (["--save-weights", "/"], ".safetensors"),
        (["--save-weights", "/no/such/folder/weights.pt"], "does not exist"),
    ],
)
def test_that_impossible_options_are_refused_before_training(tiny_root, capsys, options, sentence):
    status, out, err = train(capsys, tiny_root, *options)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_that_weights_of_another_ending_get_one_and_replace_no_file_that_was_not_named(tiny_root, capsys, tmp_path):
    words = ("--stop-after", "1", "--save-weights", str(tmp_path / "x.txt"))
    status, _, err = train(capsys, tiny_root, *words)
    assert (status, [file.name for file in tmp_path.glob("x*")]) == (0, ["x.txt.pt"])
    assert "x.txt.pt" in err
    status, _, err = train(capsys, tiny_root, *words)
    assert status == 2
    assert "write its whole name" in err
    assert train(capsys, tiny_root, *words[:-1], str(tmp_path / "x.txt.pt"))[0] == 0


def test_that_a_damaged_file_is_named_with_status_2(tiny_root, capsys):
    file = tiny_root / "FashionMNIST" / "raw" / "train-labels-idx1-ubyte"
    file.write_bytes(file.read_bytes()[:100])
    status, out, err = train(capsys, tiny_root)
    assert (status, out) == (2, "")
    assert "train-labels-idx1-ubyte" in err
    assert "Traceback" not in err


def test_that_a_diverging_run_fails_with_status_1_and_keeps_finite_weights(tiny_root, tmp_path, capsys):
    file = tmp_path / "weights.pt"
    options = ["--epochs", "60", "--learning-rate", "10", "--momentum", "0.999", "--loss", "mse", "--save-weights"]
    status, out, err = train(capsys, tiny_root, *options, str(file))
    assert status == 1
    assert "Training stopped" in err
    assert "Done!" not in out
    assert all(tensor.isfinite().all() for tensor in torch.load(file, weights_only=True).values())
    assert sha_line(err)


def start(root, *options):
    words = [
        sys.executable,
        str(MAIN),
        "train",
        "--data-root",
        str(root),
        "--dataset",
        "fashion-mnist",
        *options,
    ]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX knows them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_that_an_interrupt_ends_after_the_batch_saves_the_weights_and_says_130(tiny_root, tmp_path, number):
    file = tmp_path / "weights.pt"
    process = start(tiny_root, "--epochs", "1000", "--save-weights", str(file))
    assert process.stdout.readline() == "Epoch 1\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert sha_line(err) == weights_sha256(torch.load(file, weights_only=True))
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX knows them")
def test_that_a_closed_standard_output_causes_no_traceback(tiny_root):
    process = start(tiny_root, "--epochs", "1000")
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=30) == 1
    assert process.stderr.read().count("Traceback") == 0
    process.stderr.close()


@pytest.mark.parametrize("words", [["--help"], ["train", "--help"], ["runs", "--help"]])
def test_that_help_is_printed_where_the_terminal_lacks_a_character(words):
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "workbench", *words]
    result = subprocess.run(command, cwd=MAIN.parent, capture_output=True, env=environment, encoding="latin-1")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("usage: workbench")


def test_that_help_does_not_import_torch():
    script = (
        "import sys; from workbench import cli\n"
        "try: cli.main(['train', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=MAIN.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--learning-rate" in done.stdout


@pytest.mark.parametrize("words", [["--lang", "ko", "models"], ["--language=ko", "models"], ["--lang", "en", "models"]])
def test_that_the_language_can_be_named_before_the_command(words, capsys):
    from workbench import app

    assert app.main(words) == 0
    assert "mlp-custom" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--lang"], ["--lang", "ko", "no-such-command"]])
def test_that_a_language_before_no_command_is_answered_with_status_2(words, capsys):
    from workbench import app

    with pytest.raises(SystemExit) as ended:
        raise SystemExit(app.main(words))
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1

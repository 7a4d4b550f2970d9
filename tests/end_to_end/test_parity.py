"""One whole epoch of the real Fashion-MNIST: tutorial, Trainer, window and command line agree bit for bit."""

import struct

import pytest
import torch

from tests import tutorial
from tests.conftest import REAL_DATA
from tests.engine.training.test_parity import assert_same_run
from workbench import cli
from workbench.engine.models.weights import weights_sha256

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def theirs():
    """The result of the tutorial's procedure, which runs once."""
    return tutorial.carry_out(REAL_DATA, epochs=1)


def bits(numbers):
    return [struct.pack("<d", number) for number in numbers]


def test_that_an_epoch_of_the_trainer_equals_the_tutorials(theirs):
    assert_same_run(REAL_DATA, theirs, epochs=1)


def test_that_an_epoch_in_the_window_equals_the_tutorials(theirs, open_window, save_to, tmp_path):
    person = open_window("--data-root", REAL_DATA, "--dataset", "fashion-mnist")
    person.wait_until_ready()
    person.train(epochs=1)
    assert person.log == theirs.text
    assert bits(person.window.history.loss.values()) == bits(theirs.losses)
    evaluation = person.window.history.evaluations[-1]
    assert bits([evaluation.average_loss, evaluation.metric]) == bits(theirs.evaluations[-1])
    save_to(tmp_path / "weights.pt")
    person.press("save_weights")
    person.wait_for(lambda: "weights.pt" in person.notice)
    saved = torch.load(tmp_path / "weights.pt", weights_only=True)
    assert weights_sha256(saved) == weights_sha256(theirs.weights)


def test_that_an_epoch_from_the_command_line_equals_the_tutorials(theirs, capsys):
    assert cli.main(["train", "--data-root", str(REAL_DATA), "--dataset", "fashion-mnist", "--epochs", "1"]) == 0
    out, err = capsys.readouterr()
    assert out == theirs.text
    assert err.splitlines()[-1] == f"weights sha256 {weights_sha256(theirs.weights)}"

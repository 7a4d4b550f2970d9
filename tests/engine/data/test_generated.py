from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import cli
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import DATASETS, load_dataset
from workbench.engine.data.generated import GENERATED
from workbench.engine.recipe import Recipe

EACH = pytest.mark.parametrize("name", list(GENERATED))


def silent(_what, _done, _total):
    pass


def made(name, **values):
    return load_dataset(DataRequest(name, values), None, silent)


@EACH
@settings(max_examples=10)
@given(st.integers(20, 300), st.floats(0, 2), st.integers(0, 2**32 - 1))
def test_that_the_points_are_a_pure_function_of_size_noise_and_seed(name, size, noise, seed):
    values = {"data_size": size, "data_noise": noise, "data_seed": seed}
    one, again = made(name, **values), made(name, **values)
    assert torch.equal(one.train_inputs, again.train_inputs)
    assert one.digest == again.digest
    assert len(one.train_inputs) == len(one.train_targets) == size
    assert one.train_inputs.dtype is torch.float32
    assert one.train_inputs.shape[1:] == DATASETS[name].spec.sample_shape
    assert made(name, **{**values, "data_seed": (seed + 1) % 2**32}).digest != one.digest


@EACH
def test_that_targets_are_of_the_task(name):
    data = made(name, data_size=40)
    if data.spec.task is Task.REGRESSION:
        assert data.train_targets.shape == (40, 1)
        assert data.train_targets.dtype is torch.float32
    else:
        counts = np.bincount(data.train_targets)
        assert set(counts) == {40 // len(data.spec.class_names)}
        assert data.train_targets.dtype is torch.int64


def test_that_without_noise_points_lie_on_their_shape():
    circles = made("circles", data_noise=0.0)
    radius = circles.train_inputs.norm(dim=1)
    assert torch.allclose(radius, 1 - 0.5 * circles.train_targets)
    sine = made("sine", data_noise=0.0)
    assert torch.allclose(sine.train_targets, torch.sin(2 * torch.pi * sine.train_inputs), atol=1e-6)


def test_that_the_noise_of_a_row_is_its_own_default():
    assert Recipe(dataset="spirals")["data_noise"] == GENERATED["spirals"].noise
    assert "data_noise" not in Recipe().values


def test_that_the_command_line_trains_a_classification_as_a_plain_loop_does(capsys, tmp_path):
    words = ["train", "--dataset", "moons", "--data-size", "200", "--epochs", "2", "--learning-rate", "0.5"]
    assert cli.main(words) == 0
    out, err = capsys.readouterr()
    assert "Accuracy: " in out
    assert "mlp on moons (200 samples)" in err


def test_that_the_command_line_trains_a_regression_with_its_own_loss_and_prints_no_accuracy(capsys):
    assert cli.main(["train", "--dataset", "sine", "--data-size", "64", "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "Test Error: \n Avg loss: 0." in out
    assert "Accuracy" not in out


def test_that_a_loss_that_is_asked_for_is_not_replaced(capsys):
    assert cli.main(["train", "--dataset", "sine", "--loss", "cross-entropy"]) == 2
    assert "cross-entropy is not for regression" in capsys.readouterr().err

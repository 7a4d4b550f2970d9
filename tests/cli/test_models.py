import json

import pytest

from tests.cli.test_options import refused
from tests.end_to_end.conftest import kept_runs
from workbench.cli import main
from workbench.engine.models.registry import MODELS


def test_that_the_networks_are_listed_with_sizes_and_options(capsys):
    assert main(["models"]) == 0
    listed = capsys.readouterr().out
    for row in MODELS:
        assert f"{row.name}: {row.label}\n" in listed
    assert "784 → 512 → 512 → 10, 669,706 parameters" in listed
    assert '--activation (default: "relu", one of relu, tanh, sigmoid, gelu)' in listed


def test_that_the_list_comes_as_json(capsys):
    assert main(["models", "--json", "--dataset", "fashion-mnist-mini"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == list(MODELS.names)
    assert rows[0]["parameters"] == 669_706


@pytest.mark.parametrize(
    ("options", "model"),
    [
        (["--hidden", "8 4", "--activation", "tanh", "--batch-norm", "true"], "mlp-custom"),
        (["--dropout", "0.3"], "mlp-dropout"),
        (["--model", "cnn"], "cnn"),
        ([], "mlp"),
    ],
)
def test_that_an_option_of_a_network_chooses_a_network_that_has_it(tiny_root, options, model):
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--stop-after", "1"]
    assert main([*words, *options]) == 0
    recipe = kept_runs()[0].recipe
    assert recipe.model == model
    if model == "mlp-custom":
        assert (recipe["hidden"], recipe["activation"], recipe["batch_norm"]) == ("8,4", "tanh", True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--hidden", "512,0"], "widths from 1 to 8192"),
        (["--hidden", "wide"], "such as 512,512"),
        (["--activation", "swish"], "choose one of relu, tanh"),
    ],
)
def test_that_layers_that_cannot_be_are_refused_in_words(capsys, words, sentence):
    assert sentence in refused(capsys, *words)


def test_that_batches_of_one_are_refused_with_batch_normalization_before_training(tiny_root, capsys):
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--stop-after", "1"]
    assert main([*words, "--batch-norm", "true", "--batch-size", "1"]) == 2
    assert "batches of two samples or more" in capsys.readouterr().err
    assert main([*words, "--model", "resnet8", "--batch-size", "1"]) == 0, "its channels have several values each"

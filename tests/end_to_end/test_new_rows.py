"""A new data set, model, loss, optimizer or schedule is one row: command line, recipe and window follow."""

import pytest
import torch
from torch import nn

from tests.end_to_end.conftest import kept_runs
from workbench.cli import main
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import Dataset
from workbench.engine.data.datasets import DATASETS, DatasetRow
from workbench.engine.models.registry import MODELS, ModelRow
from workbench.engine.optim.losses import LOSSES, LossRow
from workbench.engine.optim.lr_schedules import SCHEDULES, ScheduleRow
from workbench.engine.optim.optimizers import OPTIMIZERS, OptimizerRow
from workbench.engine.recipe import Recipe

CHOICES = {"dataset": "noise", "model": "linear", "loss": "margin", "optimizer": "adagrad", "schedule": "half"}
SPEC = DataSpec(Task.CLASSIFICATION, (1, 28, 28), ("one", "two", "three"))


def noise(_request, _root, progress):
    progress("Making noise", 0, 200)
    images, labels = torch.rand(200, 1, 28, 28), torch.arange(200) % 3
    return Dataset("noise", SPEC, images, labels, images, labels)


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    """One more row in each registry."""

    def add(registry, row):
        monkeypatch.setitem(registry._rows, row.name, row)
        monkeypatch.setitem(registry._all, row.name, row)

    add(DATASETS, DatasetRow("noise", "Noise", "Random images.", noise, SPEC))
    add(
        MODELS,
        ModelRow(
            "linear",
            "Linear",
            "One layer.",
            lambda spec, _: f"{spec.input_count} → {spec.output_count}",
            lambda spec, _: nn.Sequential(nn.Flatten(), nn.Linear(spec.input_count, spec.output_count)),
        ),
    )
    add(LOSSES, LossRow("margin", "Margin", "The margin.", lambda _: nn.functional.multi_margin_loss))
    add(
        OPTIMIZERS,
        OptimizerRow(
            "adagrad",
            "Adagrad",
            "Sums squared gradients.",
            ("weight_decay",),
            lambda parameters, rate: torch.optim.Adagrad(parameters, lr=rate),
            {"weight_decay": 0.01},
        ),
    )
    add(SCHEDULES, ScheduleRow("half", "Half", "Half the rate.", (), lambda *_: 0.5))


def test_that_a_recipe_takes_the_new_rows():
    recipe = Recipe(**CHOICES)
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert recipe["weight_decay"] == 0.01


def test_that_the_command_line_trains_with_the_new_rows(capsys):
    options = [word for name, key in CHOICES.items() for word in (f"--{name}", key)]
    assert main(["train", "--epochs", "1", *options]) == 0
    assert capsys.readouterr().out.endswith("Done!\n")
    assert [run.recipe.choices() for run in kept_runs()] == [CHOICES]


def test_that_the_window_trains_with_the_new_rows(person):
    person.train(**CHOICES, epochs=1)
    assert len(person.window.history) == 4
    assert len(person.window.history.evaluations) == 1
    assert person.find("samples").accessibleDescription() == "one, two, three"
    person.wait_for(lambda: [run.recipe.choices() for run in kept_runs()] == [CHOICES])

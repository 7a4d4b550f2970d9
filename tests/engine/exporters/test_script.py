"""Exported scripts: they repeat the run bit for bit, with the same text, and need nothing of the program."""

import io
import re
import runpy
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import load_dataset
from workbench.engine.data.generated import GENERATED
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.run_record import RunRecord
from workbench.engine.exporters.script.script import write_script
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.network_source import OWN, NetworkSource
from workbench.engine.models.trusted_code import trust
from workbench.engine.models.weights import weights_sha256
from workbench.engine.optim.losses import losses_for
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


class Trained:
    """A run, its record, and the text that it printed."""

    def __init__(self, data, scheduled=(), stop_after=None, **recipe):
        values = {"epochs": 2, **recipe.pop("values", {})}
        made = Recipe(dataset=data.name, values=values, **recipe).with_data(data)
        trainer = Trainer(made, data, scheduled=scheduled, stop_after=stop_after)
        self.text = "".join(map(tutorial_text, trainer.run()))
        self.sha256 = weights_sha256(trainer.weights)
        self.data = data
        self.record = RunRecord(
            trainer.recipe, trainer.identity, trainer.history, trainer.environment, None, self.sha256, "a run"
        )

    def write(self, folder):
        path = folder / "script.py"
        write_script(self.record, path, ExportContext(lambda: self.data))
        return path


def run_script(path, root):
    """Run a script in this process: its status, its text, and what it says."""
    out, err = io.StringIO(), io.StringIO()
    arguments, threads = sys.argv, torch.get_num_threads()
    sys.argv = [str(path), "--data-root", str(root)]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            runpy.run_path(str(path), run_name="__main__")
    finally:
        sys.argv = arguments
        torch.set_num_threads(threads)
    return ended.value.code, out.getvalue(), err.getvalue()


def check(trained, folder, root):
    path = trained.write(folder)
    status, text, said = run_script(path, root)
    assert said.splitlines()[-1] == f"weights sha256 {trained.sha256}"
    assert text == trained.text
    assert status == 0
    return path


IMAGE_CHANGES = st.one_of(
    st.tuples(st.integers(0, 25), st.just("learning_rate"), st.sampled_from([0.0005, 0.02, 0.1])),
    st.tuples(st.integers(0, 25), st.just("batch_size"), st.sampled_from([32, 64, 100])),
    st.tuples(st.integers(0, 25), st.just("shuffle"), st.booleans()),
    st.tuples(st.integers(0, 25), st.just("clip_norm"), st.sampled_from([0.0, 0.5])),
    st.tuples(st.integers(0, 25), st.just("flip"), st.booleans()),
    st.tuples(st.integers(0, 25), st.just("weight_decay"), st.sampled_from([0.0, 0.01])),
    st.tuples(st.integers(0, 25), st.just("epochs"), st.sampled_from([2, 3])),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(IMAGE_CHANGES, max_size=5),
    st.sampled_from(OPTIMIZERS.names),
    st.sampled_from(SCHEDULES.names),
    st.sampled_from(["mlp", "mlp-dropout", "mlp-custom", "cnn", "resnet8"]),
    st.sampled_from(["cross-entropy", "nll", "mse"]),
    st.fixed_dictionaries(
        {},
        optional={
            "shuffle": st.booleans(),
            "validation_share": st.sampled_from([0.0, 0.2]),
            "shift": st.sampled_from([0, 2]),
            "rotation": st.sampled_from([0.0, 10.0]),
            "seed": st.integers(0, 1000),
        },
    ),
    st.one_of(st.none(), st.integers(1, 25)),
)
def test_that_a_script_repeats_any_run(
    tiny_data, tiny_root, tmp_path, changes, optimizer, schedule, model, loss, values, stop_after
):
    scheduled = [ScheduledChange(*change) for change in changes]
    choices = {"optimizer": optimizer, "schedule": schedule, "model": model, "loss": loss}
    trained = Trained(tiny_data, scheduled, stop_after, values=values, **choices)
    check(trained, tmp_path, tiny_root)


@pytest.mark.parametrize("schedule", ["constant", "plateau", "warmup"])
def test_that_a_rate_is_changed_before_the_first_step(tiny_data, tiny_root, tmp_path, schedule):
    check(Trained(tiny_data, [ScheduledChange(0, "learning_rate", 0.05)], schedule=schedule), tmp_path, tiny_root)


@pytest.mark.parametrize("name", GENERATED)
def test_that_a_script_makes_the_points_itself(tmp_path, name):
    data = load_dataset(DataRequest(name, {}), Path("/nowhere"), lambda *_: None)
    loss = losses_for(data.spec.task)[0]
    trained = Trained(data, model="mlp-custom", loss=loss, values={"learning_rate": 0.05, "hidden": "16,8"})
    check(trained, tmp_path, tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        {"hidden": "32", "activation": "tanh", "batch_norm": True},
        {"hidden": "", "activation": "relu"},
        {"hidden": "16,16", "activation": "gelu", "dropout": 0.3},
    ],
)
def test_that_a_script_has_the_layers_of_the_users_choice(tiny_data, tiny_root, tmp_path, values):
    check(Trained(tiny_data, model="mlp-custom", values=values), tmp_path, tiny_root)


def test_that_a_script_runs_in_a_clean_interpreter_without_the_program(tiny_data, tiny_root, tmp_path):
    trained = Trained(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)])
    path = trained.write(tmp_path)
    command = [sys.executable, "-I", str(path), "--data-root", str(tiny_root)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout == trained.text
    assert ran.stderr.splitlines()[-1] == f"weights sha256 {trained.sha256}"
    assert "workbench" not in path.read_text().split('"""', 2)[2]


def test_that_a_script_of_another_run_says_that_the_weights_differ(tiny_data, tiny_root, tmp_path):
    path = Trained(tiny_data).write(tmp_path)
    path.write_text(path.read_text().replace("SEED = 0", "SEED = 1"))
    status, _, said = run_script(path, tiny_root)
    assert status == 1
    assert "not the weights of the run" in said


OWN_SOURCE = '''
import torch
from torch import nn


def main():
    return "a name that the script has, too"


class Noisy(nn.Module):
    """Draws random numbers, also when it is tested; 'quotes' and \\\\ stay."""

    def __init__(self, input_count, output_count, width: int = 8):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(), nn.Linear(input_count, width), nn.BatchNorm1d(width), nn.ReLU(inplace=True),
            nn.Linear(width, output_count),
        )

    def forward(self, x):
        return self.layers(x + 0.1 * torch.rand_like(x))
'''


def test_that_a_script_has_the_users_own_network_in_it(tiny_data, tiny_root, tmp_path):
    network = NetworkSource("net.py", OWN_SOURCE, "Noisy", {"width": 12})
    trust(network)
    trained = Trained(tiny_data, [ScheduledChange(5, "learning_rate", 0.05)], model=OWN, network=network)
    check(trained, tmp_path, tiny_root)


def test_that_an_own_network_is_plain_code_where_its_names_are_its_own(tiny_data, tiny_root, tmp_path):
    network = NetworkSource("net.py", OWN_SOURCE.replace("def main", "def mine"), "Noisy", {"width": 12})
    trust(network)
    path = check(Trained(tiny_data, model=OWN, network=network), tmp_path, tiny_root)
    assert "training workbench: Noisy on fashion-mnist." in path.read_text()
    assert "    model = Noisy(" in path.read_text()
    assert "exec(" not in path.read_text()


def test_that_a_line_of_the_script_says_what_was_changed(tiny_data, tiny_root, tmp_path):
    path = check(Trained(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)]), tmp_path, tiny_root)
    assert "# Learning rate: 0.001 until here, then 0.05." in path.read_text()


def test_that_the_scripts_are_clean_code(tiny_data, tmp_path):
    scheduled = [ScheduledChange(7, "batch_size", 32), ScheduledChange(12, "learning_rate", 0.01)]
    runs = (
        ({}, {}),
        ({"shuffle": True, "rotation": 5.0, "validation_share": 0.2}, {"schedule": "cosine", "model": "cnn"}),
        ({"batch_size": 50}, {"schedule": "one-cycle", "model": "resnet8", "optimizer": "adam", "loss": "mse"}),
        ({"learning_rate": 0.05, "hidden": "16,8"}, {"model": "mlp-custom"}),
    )
    points = load_dataset(DataRequest("spirals", {}), Path("/nowhere"), lambda *_: None)
    paths = []
    for number, (values, choices) in enumerate(runs):
        data = points if "hidden" in values else tiny_data
        changes = [*scheduled, ScheduledChange(15, "dropout", 0.1)] if data is points else scheduled
        path = Trained(data, changes, values=values, **choices).write(tmp_path)
        paths.append(str(path.rename(tmp_path / f"script_{number}.py")))
    compiled = of_a_gpu(Trained(tiny_data), compile=True, autocast=True, cuda_graph=True)
    paths.append(str(compiled.write(tmp_path)))
    rules = ["--select", "E,F,W,B,I,UP,N,PL", "--ignore", "PLR0913,PLR2004,PLR0917", "--line-length", "120"]
    for tool in (
        ["ruff", "check", "--isolated", *rules],
        ["ruff", "format", "--check", "--isolated", "--line-length", "120"],
        ["mypy", "--config-file=", "--follow-imports=skip", "--disable-error-code=var-annotated"],
    ):
        ran = subprocess.run(
            [sys.executable, "-m", *tool, *paths], capture_output=True, text=True, timeout=300, check=False
        )
        assert ran.returncode == 0, ran.stdout


def test_that_the_script_of_whole_epochs_has_the_tutorials_loops(tiny_data, tiny_root, tmp_path):
    code = check(Trained(tiny_data, optimizer="sgd"), tmp_path, tiny_root).read_text()
    constants = code.split("\n\n\n")[0].splitlines()
    assert {"EPOCHS = 2", "BATCH_SIZE = 64", "LEARNING_RATE = 0.001", "MOMENTUM = 0.0"} <= set(constants)
    assert "\n    for epoch in range(EPOCHS):\n" in code
    assert "\n    for batch, start in enumerate(range(0, size, BATCH_SIZE)):\n" in code
    for unneeded in ("STEPS", "CHANGES", "values", "step: int", "network:"):
        assert re.search(rf"\b{unneeded}", code.split('"""', 2)[2].split("def load_data")[1]) is None, unneeded


def test_that_the_script_of_a_stopped_run_counts_its_steps(tiny_data, tiny_root, tmp_path):
    code = check(Trained(tiny_data, stop_after=13), tmp_path, tiny_root).read_text()
    assert "STEPS = 13  # the steps of the run" in code
    assert "TESTED_EPOCHS = 1  # the epochs after which the run was tested" in code


def of_a_gpu(trained, **values):
    """The same run as if it had been trained on an NVIDIA GPU, which not every machine has."""
    recipe = replace(trained.record.recipe, device="cuda:0", values={**trained.record.recipe.values, **values})
    trained.record = replace(trained.record, recipe=recipe)
    return trained


@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_that_the_script_of_a_cuda_graph_keeps_the_rate_in_a_tensor_of_32_bits(tiny_data, tmp_path, schedule):
    trained = Trained(tiny_data, [ScheduledChange(3, "learning_rate", 0.02)], optimizer="adam", schedule=schedule)
    code = of_a_gpu(trained, cuda_graph=True).write(tmp_path).read_text()
    assert 'group["lr"] = torch.tensor(LEARNING_RATE, device=DEVICE)' in code
    assert 'group["lr"].fill_(' in code
    assert 'group["fused"] = True' in code
    compile(code, "script.py", "exec")


def test_that_the_script_of_a_gpu_holds_samples_out_on_the_processor(tiny_data, tmp_path):
    trained = Trained(tiny_data, values={"validation_share": 0.2, "flip": True, "shuffle": True})
    code = of_a_gpu(trained).write(tmp_path).read_text()
    assert "SEED, targets.cpu().numpy())" in code
    assert "augmentation.apply(x, epoch, places.to(x.device))" in code

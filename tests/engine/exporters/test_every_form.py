"""What holds for every form in which a run can be taken along, whatever the run is."""

import os
import re

import pytest

from tests.engine.exporters.exported_runs import (
    context_of,
    own_data,
    own_network,
    record_of,
    record_with_weights,
)
from tests.engine.exporters.test_script import run_script
from workbench import cli
from workbench.engine.config.tasks import Task
from workbench.engine.errors import UserError
from workbench.engine.exporters.registry import EXPORTS, export
from workbench.engine.exporters.run_record import record_of_store
from workbench.engine.history.records import ScheduledChange

FORMS = [row.name for row in EXPORTS]
OWN = """
from torch import nn


class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(input_count, 8), nn.Tanh(), nn.Linear(8, output_count))

    def forward(self, x):
        return self.layers(x)
"""


def target(folder, name):
    return folder / f"out{EXPORTS[name].suffix}"


def needed(name):
    for package in (*EXPORTS[name].packages, *(("onnxruntime",) if name == "onnx" else ())):
        pytest.importorskip(package)


def check(record, data, folder, name):
    checked = str(export(EXPORTS[name], record, target(folder, name), context_of(data)))
    assert 10 < len(checked) <= 300
    assert "{" not in checked
    assert target(folder, name).exists()
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize("name", FORMS)
def test_that_every_form_takes_images_with_changes(tiny_data, tmp_path, name):
    needed(name)
    changes = [ScheduledChange(4, "batch_size", 32), ScheduledChange(12, "learning_rate", 0.05)]
    values = {"shuffle": True, "flip": True, "validation_share": 0.2}
    record = record_with_weights(tiny_data, changes, model="cnn", optimizer="adam", schedule="cosine", values=values)
    check(record, tiny_data, tmp_path, name)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("task", Task)
def test_that_every_form_takes_own_data_with_hostile_names(tmp_path, name, task):
    needed(name)
    data = own_data(task)
    loss = "huber" if task is Task.REGRESSION else "cross-entropy"
    check(record_with_weights(data, model="mlp-custom", loss=loss), data, tmp_path, name)


@pytest.mark.parametrize("name", FORMS)
def test_that_every_form_takes_an_own_network(tiny_data, tmp_path, name):
    needed(name)
    check(record_with_weights(tiny_data, **own_network(OWN, "Net")), tiny_data, tmp_path, name)


def test_that_every_form_takes_a_branch_from_its_first_step_on(tiny_data, tiny_root, tmp_path, capsys):
    store, checkpoint = tmp_path / "store", tmp_path / "a.ckpt"
    places = ["--data-root", str(tiny_root), "--store", str(store)]
    first = ["train", *places, "--dataset", "fashion-mnist", "--epochs", "2", "--stop-after", "7"]
    assert cli.main([*first, "--checkpoint", str(checkpoint)]) == 0
    for change in ("learning_rate=0.1", "momentum=0.5"):
        assert cli.main(["train", *places, "--resume", str(checkpoint), "--change", f"9:{change}"]) == 0
    record = record_of_store(store, "2")
    assert record.run.parent is not None
    assert record.steps == 20
    for row in EXPORTS:
        if row.missing is None:
            check(record, tiny_data, tmp_path, row.name)
    status, _, said = run_script(target(tmp_path, "script"), tiny_root)
    assert (status, said.splitlines()[-1]) == (0, f"weights sha256 {record.weights_sha256}")


@pytest.mark.parametrize("name", FORMS)
def test_that_a_folder_that_is_not_there_is_said_in_one_sentence(tiny_data, tmp_path, name):
    needed(name)
    path = target(tmp_path / "no" / "such", name)
    with pytest.raises(UserError) as refused:
        export(EXPORTS[name], record_with_weights(tiny_data), path, context_of(tiny_data))
    assert re.search(r"does not exist", str(refused.value))
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("name", [name for name in FORMS if EXPORTS[name].suffix])
def test_that_a_failing_disk_leaves_the_older_file_as_it_was(tiny_data, tmp_path, name, monkeypatch):
    needed(name)
    record = record_with_weights(tiny_data)
    path = target(tmp_path, name)
    path.write_bytes(b"older")

    def fail(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("workbench.engine.files.atomic_write.os.fsync", fail)
    with pytest.raises(UserError, match="disk is full"):
        export(EXPORTS[name], record, path, context_of(tiny_data))
    assert path.read_bytes() == b"older"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".", "out"))] == [path.name]


@pytest.mark.parametrize("name", FORMS)
def test_that_a_run_without_weights_is_taken_along_or_refused_in_one_sentence(tiny_data, tmp_path, name):
    needed(name)
    record = record_of(tiny_data)
    if not EXPORTS[name].needs_weights:
        check(record, tiny_data, tmp_path, name)
        return
    with pytest.raises(UserError, match="not kept"):
        export(EXPORTS[name], record, target(tmp_path, name), context_of(tiny_data))


def test_that_every_row_says_what_it_is():
    for row in EXPORTS:
        assert row.help.endswith(".")
        assert bool(row.packages) == bool(row.extra)
        assert row.suffix == "" or row.suffix.startswith(".")

"""Files of a network: weights, ONNX, exported programs: read again by other readers, and compared with the run."""

import io
import json
import zipfile

import numpy as np
import pytest
import safetensors
import torch

from tests.engine.exporters.exported_runs import (
    HOSTILE,
    context_of,
    own_data,
    own_network,
    record_of,
    record_with_weights,
)
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.datasets import load_dataset
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.networks import network_of
from workbench.engine.exporters.registry import EXPORTS, export
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.models.weights import weights_sha256
from workbench.engine.models.weights_reading import load_weights
from workbench.engine.recipe import Recipe

NETWORKS = ["weights", "safetensors", "onnx", "pt2"]


@pytest.fixture
def record(tiny_data):
    return record_with_weights(tiny_data)


def floats(images):
    return images.float().div(255)


def needs(name):
    if name == "onnx":
        pytest.importorskip("onnx")
        pytest.importorskip("onnxscript")


def test_that_the_state_dict_loads_into_the_tutorials_class(record, tmp_path):
    path = tmp_path / "a.pt"
    checked = export(EXPORTS["weights"], record, path, ExportContext())
    assert str(checked) == f"6 tensors with 669,706 numbers, weights sha256 {record.weights_sha256}"
    model = NeuralNetwork(784, 10)
    model.load_state_dict(torch.load(path, weights_only=True))
    assert weights_sha256(model.state_dict()) == record.weights_sha256


def test_that_safetensors_say_where_the_weights_come_from(record, tmp_path):
    path = tmp_path / "a.safetensors"
    export(EXPORTS["safetensors"], record, path, ExportContext())
    with safetensors.safe_open(path, "pt") as file:
        metadata = file.metadata()
        assert set(file.keys()) == set(record.weights)
    assert Recipe.from_json(metadata["workbench.recipe"]) == record.recipe
    assert metadata["workbench.step"] == "20"
    assert float(metadata["workbench.test_accuracy"]) == record.history.evaluations[-1].metric
    assert json.loads(metadata["workbench.class_names"]) == list(record.recipe.spec.class_names)
    assert "divided by 255" in metadata["workbench.normalisation"]
    assert weights_sha256(load_weights(path, network_of(record))) == record.weights_sha256


def test_that_weights_that_are_not_finite_are_written_too(record, tmp_path):
    record.weights["linear_relu_stack.0.bias"][0] = float("nan")
    for name in ("weights", "safetensors"):
        export(EXPORTS[name], record, tmp_path / f"a{EXPORTS[name].suffix}", ExportContext())


@pytest.mark.parametrize("name", NETWORKS)
def test_that_a_run_without_weights_is_refused_in_one_sentence(tiny_data, tmp_path, name):
    needs(name)
    with pytest.raises(UserError, match="not kept") as refused:
        export(EXPORTS[name], record_of(tiny_data), tmp_path / "a", context_of(tiny_data))
    assert len(str(refused.value)) <= 300
    assert not list(tmp_path.glob("a*"))


@pytest.mark.parametrize("name", [row.name for row in EXPORTS if row.packages])
def test_that_a_missing_package_is_named_with_its_extra(record, tmp_path, monkeypatch, name):
    row = EXPORTS[name]
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UserError, match="pip install") as refused:
        export(row, record, tmp_path / f"a{row.suffix}", ExportContext())
    assert f"training-workbench[{row.extra}]" in str(refused.value)
    assert row.packages[0] in str(refused.value)


def test_that_an_exported_program_gives_the_same_bits_without_the_code_of_the_network(record, tiny_data, tmp_path):
    path = tmp_path / "a.pt2"
    checked = export(EXPORTS["pt2"], record, path, context_of(tiny_data))
    assert str(checked) == "compared on all 160 test samples: every bit of the outputs is the same"
    extra = {"workbench.json": ""}
    program = torch.export.load(path, extra_files=extra)
    images = floats(tiny_data.test_inputs)
    with torch.no_grad():
        for count in (1, 7, 160):
            assert torch.equal(program.module()(images[:count]), network_of(record)(images[:count]))
    assert json.loads(extra["workbench.json"])["workbench.step"] == "20"


def test_that_an_exported_program_names_no_source_file(record, tiny_data, tmp_path):
    export(EXPORTS["pt2"], record, tmp_path / "a.pt2", context_of(tiny_data))
    with zipfile.ZipFile(tmp_path / "a.pt2") as archive:
        for name in archive.namelist():
            if not name.endswith("workbench.json"):
                assert b".py" not in archive.read(name)
                assert b"workbench" not in archive.read(name)


def test_that_onnx_gives_the_same_classes(record, tiny_data, tmp_path):
    needs("onnx")
    runtime = pytest.importorskip("onnxruntime")
    path = tmp_path / "a.onnx"
    checked = export(EXPORTS["onnx"], record, path, context_of(tiny_data))
    assert str(checked).startswith("compared on all 160 test samples: the same class for each, largest difference ")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("a")] == ["a.onnx"]
    session = runtime.InferenceSession(str(path))
    images = floats(tiny_data.test_inputs)
    for count in (1, 160):
        with torch.no_grad():
            expected = network_of(record)(images[:count])
        (found,) = session.run(["logits"], {"image": images[:count].numpy()})
        assert np.array_equal(found.argmax(1), expected.argmax(1).numpy())
        assert np.allclose(found, expected.numpy(), atol=1e-4)


def test_that_onnx_holds_metadata_and_no_source_paths(record, tiny_data, tmp_path):
    needs("onnx")
    import onnx

    path = tmp_path / "a.onnx"
    export(EXPORTS["onnx"], record, path, context_of(tiny_data))
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    assert Recipe.from_json(metadata["workbench.recipe"]) == record.recipe
    assert float(metadata["workbench.test_accuracy"]) == record.history.evaluations[-1].metric
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "batch"
    content = path.read_bytes()
    assert b".py" not in content
    assert b"pkg.torch" not in content
    assert not any(node.metadata_props for node in model.graph.node)


def test_that_onnx_without_onnxruntime_says_that_nothing_was_compared(record, tiny_data, tmp_path, monkeypatch):
    needs("onnx")
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "onnxruntime" else find(name))
    checked = export(EXPORTS["onnx"], record, tmp_path / "a.onnx", context_of(tiny_data))
    assert "were not compared" in str(checked)


def test_that_a_network_that_comes_out_another_one_is_not_kept(record, tiny_data, tmp_path, monkeypatch):
    needs("onnx")
    pytest.importorskip("onnxruntime")
    other = record_with_weights(tiny_data, values={"seed": 5})
    original = network_of(other)
    monkeypatch.setattr("workbench.engine.exporters.onnx_file.network_of", lambda _: original)
    translated = network_of(record)
    real = torch.onnx.export
    monkeypatch.setattr("torch.onnx.export", lambda model, *rest, **named: real(translated, *rest, **named))
    with pytest.raises(UserError, match="gives other outputs"):
        export(EXPORTS["onnx"], record, tmp_path / "a.onnx", context_of(tiny_data))
    assert not (tmp_path / "a.onnx").exists()


@pytest.mark.parametrize("name", ["onnx", "pt2"])
@pytest.mark.parametrize("model", ["cnn", "resnet8", "mlp-dropout"])
def test_that_every_kind_of_network_is_exported(tiny_data, tmp_path, name, model):
    needs(name)
    record = record_with_weights(tiny_data, model=model, values={"epochs": 1})
    path = tmp_path / f"a{EXPORTS[name].suffix}"
    assert "compared on all 160" in str(export(EXPORTS[name], record, path, context_of(tiny_data)))


@pytest.mark.parametrize("name", ["safetensors", "onnx", "pt2"])
@pytest.mark.parametrize("task", Task)
def test_that_own_data_with_hostile_names_are_exported(tmp_path, name, task):
    needs(name)
    data = own_data(task)
    loss = "mse" if task is Task.REGRESSION else "cross-entropy"
    record = record_with_weights(data, model="mlp-custom", loss=loss)
    path = tmp_path / f"a{EXPORTS[name].suffix}"
    export(EXPORTS[name], record, path, context_of(data))
    metadata = _metadata(name, path)
    key = "workbench.class_names" if task is Task.CLASSIFICATION else "workbench.target_names"
    names = HOSTILE if task is Task.CLASSIFICATION else HOSTILE[:2]
    assert json.loads(metadata[key]) == list(names)


def _metadata(name, path):
    if name == "onnx":
        import onnx

        return {entry.key: entry.value for entry in onnx.load(path).metadata_props}
    if name == "pt2":
        extra = {"workbench.json": ""}
        torch.export.load(path, extra_files=extra)
        return json.loads(extra["workbench.json"])
    with safetensors.safe_open(path, "pt") as file:
        return file.metadata()


OWN = """
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.layer = nn.Linear(input_count, output_count)

    def forward(self, x):
        print("loud")
        {}
        return self.layer(x.flatten(1))
"""


@pytest.mark.parametrize("name", ["onnx", "pt2"])
def test_that_the_users_own_network_is_exported(tiny_data, tmp_path, capsys, name):
    needs(name)
    record = record_with_weights(tiny_data, **own_network(OWN.format("x = torch.tanh(x)"), "Net"))
    capsys.readouterr()
    export(EXPORTS[name], record, tmp_path / f"a{EXPORTS[name].suffix}", context_of(tiny_data))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("onnx", "x = x + torch.rand_like(x)", "gives other outputs"),
        ("onnx", "x = x * 2 if float(x.sum()) > 0 else x", "cannot be translated"),
        ("pt2", "x = x * 2 if float(x.sum()) > 0 else x", "cannot be traced"),
    ],
)
def test_that_a_network_that_cannot_be_translated_is_refused_in_one_sentence(tiny_data, tmp_path, name, line, sentence):
    needs(name)
    if name == "onnx":
        pytest.importorskip("onnxruntime")
    record = record_with_weights(tiny_data, **own_network(OWN.format(line), "Net"))
    with pytest.raises(UserError, match=sentence) as refused:
        export(EXPORTS[name], record, tmp_path / f"a{EXPORTS[name].suffix}", context_of(tiny_data))
    assert len(str(refused.value)) <= 300
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("name", ["onnx", "pt2"])
def test_that_an_export_leaves_the_random_state_and_the_threads_as_they_are(record, tiny_data, tmp_path, name):
    needs(name)
    state, threads = torch.get_rng_state(), torch.get_num_threads()
    export(EXPORTS[name], record, tmp_path / f"a{EXPORTS[name].suffix}", context_of(tiny_data))
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.get_num_threads() == threads
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("name", ["onnx", "pt2"])
def test_that_cancelling_leaves_no_file(record, tiny_data, tmp_path, name):
    needs(name)

    def cancel(*_):
        raise CancelledError

    with pytest.raises(CancelledError):
        export(EXPORTS[name], record, tmp_path / "a.x", context_of(tiny_data, cancel))
    assert not (tmp_path / "a.x").exists()


def test_that_without_the_data_random_samples_are_compared(record, tmp_path):
    checked = export(EXPORTS["pt2"], record, tmp_path / "a.pt2", ExportContext())
    assert "256 random samples" in str(checked)


def test_that_a_parquet_file_has_the_rows_of_the_table(tiny_data, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    record = record_of(tiny_data)
    checked = export(EXPORTS["parquet"], record, tmp_path / "a.parquet", context_of(tiny_data))
    assert str(checked) == "20 steps and 2 evaluations"
    table = parquet.read_table(io.BytesIO((tmp_path / "a.parquet").read_bytes()))
    assert table.column_names[:3] == ["step", "epoch", "training_loss"]
    losses = table["training_loss"].to_numpy()[:20]
    assert np.array_equal(losses, record.history.loss.values(0, 20))
    assert table["test_loss"].to_pylist()[20] == record.history.evaluations[-1].average_loss


@pytest.mark.parametrize("name", ["safetensors", "onnx", "pt2"])
def test_that_the_mean_and_the_deviation_of_each_feature_are_beside_the_network(tmp_path, name):
    needs(name)
    rows = ["a,b,label", *(f"{3 * place % 17},{place % 5},{'xy'[place % 2]}" for place in range(60))]
    (tmp_path / "t.csv").write_text("\n".join(rows))
    source = DataSource(str(tmp_path / "t.csv"), standardise=True)
    data = load_dataset(DataRequest("own-files", {}, source), tmp_path, lambda *_: None)
    record = record_with_weights(data, model="mlp-custom", source=source)
    path = tmp_path / f"out{EXPORTS[name].suffix}"
    export(EXPORTS[name], record, path, context_of(data))
    metadata = _metadata(name, path)
    mean, deviation = (json.loads(metadata[f"workbench.feature_{what}"]) for what in ("means", "deviations"))
    plain = load_dataset(DataRequest("own-files", {}, DataSource(source.path)), tmp_path, lambda *_: None)
    expected = (plain.test_inputs.double() - torch.tensor(mean)) / torch.tensor(deviation)
    assert torch.allclose(expected.float(), data.test_inputs, atol=1e-6)
    assert json.loads(metadata["workbench.feature_names"]) == ["a", "b"]
    export(EXPORTS[name], record, path, ExportContext())
    assert "workbench.feature_means" not in _metadata(name, path)

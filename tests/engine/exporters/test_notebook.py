"""Exported notebooks: their cells, run in order, repeat the run bit for bit."""

import codeop
import io
import json
import re
import sys
from contextlib import redirect_stdout

import pytest
import torch

from tests.engine.exporters.exported_runs import context_of, own_data, own_network, record_with_weights
from tests.engine.exporters.test_script import OWN_SOURCE
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import load_dataset
from workbench.engine.errors import UserError
from workbench.engine.exporters.registry import EXPORTS, export
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256


def write(record, data, folder):
    path = folder / "run.ipynb"
    checked = export(EXPORTS["notebook"], record, path, context_of(data))
    assert "cells of code for" in str(checked)
    return json.loads(path.read_text())


def sources_of(notebook):
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run_cells(notebook, root, monkeypatch, *, matplotlib=False):
    """Run the cells as a kernel does, in one namespace; returns it, and what was printed."""
    if not matplotlib:
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    monkeypatch.chdir(root.parent)
    compiler, names, out = codeop.Compile(), {"__name__": "__main__"}, io.StringIO()
    threads = torch.get_num_threads()
    try:
        with redirect_stdout(out):
            for number, source in enumerate(sources_of(notebook)):
                # As IPython's compiler, it keeps the __future__ of the first cell.
                exec(compiler(source, f"cell {number}", "exec"), names)
    finally:
        torch.set_num_threads(threads)
    return names, out.getvalue()


def check(record, data, folder, root, monkeypatch):
    notebook = write(record, data, folder)
    names, text = run_cells(notebook, root, monkeypatch)
    assert weights_sha256(names["model"].state_dict()) == record.weights_sha256
    assert "These are the weights of the run, bit for bit." in text
    assert len(names["LOSSES"]) == record.steps
    assert [test[1] for test in names["TESTS"]] == [each.average_loss for each in record.history.evaluations]
    return notebook, text


@pytest.mark.parametrize(
    ("values", "choices"),
    [
        ({}, {}),
        ({"shuffle": True, "rotation": 5.0, "validation_share": 0.2}, {"schedule": "cosine", "model": "cnn"}),
        ({"batch_size": 50}, {"optimizer": "adam", "loss": "mse", "model": "mlp-dropout"}),
    ],
)
def test_that_the_cells_repeat_the_run(tiny_data, tiny_root, tmp_path, monkeypatch, values, choices):
    scheduled = [ScheduledChange(7, "batch_size", 32), ScheduledChange(12, "learning_rate", 0.01)]
    record = record_with_weights(tiny_data, scheduled, values=values, **choices)
    notebook, text = check(record, tiny_data, tmp_path, tiny_root, monkeypatch)
    assert "Epoch 1\n-------" in text
    assert "pip install matplotlib" in text
    code = "\n".join(sources_of(notebook))
    assert "argparse" not in code
    assert "sys.exit" not in code
    assert "workbench" not in code


@pytest.mark.parametrize("task", Task)
def test_that_own_data_are_beside_the_notebook(tmp_path, monkeypatch, task):
    data = own_data(task)
    loss = "mse" if task is Task.REGRESSION else "cross-entropy"
    record = record_with_weights(data, model="mlp-custom", loss=loss)
    check(record, data, tmp_path, tmp_path / "data", monkeypatch)
    assert (tmp_path / "run_data.npz").exists()


def test_that_a_notebook_makes_the_points_itself(tmp_path, monkeypatch):
    data = load_dataset(DataRequest("spirals", {}), tmp_path, lambda *_: None)
    record = record_with_weights(data, model="mlp-custom", values={"learning_rate": 0.05})
    check(record, data, tmp_path, tmp_path / "data", monkeypatch)


def test_that_a_notebook_has_the_users_own_network_in_it(tiny_data, tiny_root, tmp_path, monkeypatch):
    record = record_with_weights(tiny_data, **own_network(OWN_SOURCE, "Noisy"))
    check(record, tiny_data, tmp_path, tiny_root, monkeypatch)


def test_that_it_is_a_notebook_of_format_4_5(tiny_data, tmp_path):
    notebook = write(record_with_weights(tiny_data), tiny_data, tmp_path)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert set(notebook) == {"nbformat", "nbformat_minor", "metadata", "cells"}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        assert re.fullmatch("[a-zA-Z0-9-_]{1,64}", cell["id"])
        more = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"id", "cell_type", "metadata", "source", *more}
        assert all(isinstance(line, str) for line in cell["source"])
    (output,) = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert output["data"]["image/svg+xml"].startswith("<svg ")


def test_that_nbformat_calls_it_valid(tiny_data, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    record = record_with_weights(tiny_data, [ScheduledChange(3, "learning_rate", 0.1)])
    write(record, tiny_data, tmp_path)
    nbformat.validate(nbformat.read(tmp_path / "run.ipynb", as_version=4))


def test_that_the_plots_are_drawn_where_matplotlib_is_installed(tiny_data, tiny_root, tmp_path, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    record = record_with_weights(tiny_data, [ScheduledChange(3, "learning_rate", 0.1)])
    notebook = write(record, tiny_data, tmp_path)
    names, _ = run_cells(notebook, tiny_root, monkeypatch, matplotlib=True)
    assert [len(axis.lines) for axis in names["axes"][:, 0]] == [3, 2]


def test_that_a_run_without_a_step_is_refused(tiny_data, tmp_path):
    record = record_with_weights(tiny_data)
    record.history.truncate(0)
    with pytest.raises(UserError, match="no step yet"):
        write(record, tiny_data, tmp_path)


def test_that_texts_of_a_file_become_no_code_and_no_markup(tiny_data, tmp_path):
    record = record_with_weights(tiny_data)
    evil = "1\nimport os\nos.abort() '''\"\"\" <img src=x onerror=alert(1)> \x00 [a](b)"
    record.environment.update(dict.fromkeys(record.environment, evil))
    notebook = write(record, tiny_data, tmp_path)
    assert all("abort" not in source for source in sources_of(notebook))
    title = "".join(notebook["cells"][0]["source"])
    assert "<" not in title
    assert "[" not in title
    export(EXPORTS["script"], record, tmp_path / "a.py", context_of(tiny_data))
    script = (tmp_path / "a.py").read_text()
    assert "abort" not in script.split('"""', 2)[2]
    assert "THREADS = 1  #" in script

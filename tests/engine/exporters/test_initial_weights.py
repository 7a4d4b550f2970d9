"""Exports of a run that starts from the weights of a file: they say so, and repeat the run from a copy beside them."""

import json
from dataclasses import replace

import pytest
import torch

from tests.engine.exporters.test_script import run_script
from workbench.engine.errors import UserError
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.metadata import metadata_of
from workbench.engine.exporters.registry import EXPORTS
from workbench.engine.exporters.report.page import write_report
from workbench.engine.exporters.run_file import load_run_file, save_run_file
from workbench.engine.exporters.run_record import RunRecord
from workbench.engine.exporters.script.notebook import write_notebook
from workbench.engine.exporters.script.script import write_script
from workbench.engine.exporters.verification import Verification
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.session.starting_weights import StartingWeights
from workbench.engine.training.trainer import Trainer

NAME = 'it\'s """new""" \\ model.pt'
"""A name that would end a docstring."""


@pytest.fixture
def run(tiny_data, tmp_path):
    """A record of a run that started from a file of half precision, its text, and the weights that it started from."""
    first = Trainer(Recipe(values={"epochs": 1}), tiny_data)
    list(first.run())
    path = tmp_path / NAME
    save_weights({key: each.half() for key, each in first.weights.items()}, path)
    recipe = Recipe(
        model="mlp-dropout",
        values={"epochs": 2, "dropout": 0.3, "learning_rate": 0.02},
        initial_weights=InitialWeights(str(path)),
    ).with_data(tiny_data)
    recipe, initial = StartingWeights().of_new_run(recipe, tiny_data.spec)
    trainer = Trainer(recipe, tiny_data, initial=initial)
    text = "".join(map(tutorial_text, trainer.run()))
    sha256 = weights_sha256(trainer.weights)
    record = RunRecord(
        trainer.recipe, trainer.identity, trainer.history, trainer.environment, trainer.weights, sha256, "a run"
    )
    path.unlink()
    return record, text, initial


def context_of(data, initial, *, may_replace=False):
    return ExportContext(lambda: data, initial_weights=lambda _: initial, may_replace=may_replace)


def test_that_a_script_repeats_the_run_bit_for_bit_from_the_weights_beside_it(run, tiny_data, tiny_root, tmp_path):
    record, text, initial = run
    checked = write_script(record, tmp_path / "again.py", context_of(tiny_data, initial))
    assert str(checked).endswith("it reads again_weights.pt beside it")
    assert EXPORTS["script"].beside(record.recipe, tmp_path / "again.py") == (tmp_path / "again_weights.pt",)
    status, printed, said = run_script(tmp_path / "again.py", tiny_root)
    assert said.splitlines()[-1] == f"weights sha256 {record.weights_sha256}"
    assert (status, printed) == (0, text)


def test_that_a_script_says_where_the_weights_beside_it_are_others(run, tiny_data, tiny_root, tmp_path):
    record, _, initial = run
    write_script(record, tmp_path / "again.py", context_of(tiny_data, initial))
    torch.save({key: each + 1 for key, each in initial.items()}, tmp_path / "again_weights.pt")
    with pytest.raises(ValueError, match="does not hold the weights that the run started from"):
        run_script(tmp_path / "again.py", tiny_root)


def test_that_a_notebook_reads_the_weights_beside_it(run, tiny_data, tmp_path):
    record, _, initial = run
    write_notebook(record, tmp_path / "again.ipynb", context_of(tiny_data, initial))
    cells = json.loads((tmp_path / "again.ipynb").read_text())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert 'file = Path("again_weights.pt")' in code
    assert code.index("def start_from_weights") < code.index("\nstart_from_weights(model)")
    assert weights_sha256(torch.load(tmp_path / "again_weights.pt", weights_only=True)) == weights_sha256(initial)


def test_that_something_else_beside_it_is_not_replaced_without_a_question(run, tiny_data, tmp_path):
    record, _, initial = run
    beside = tmp_path / "again_weights.pt"
    beside.write_bytes(b"a year of work")
    with pytest.raises(UserError, match="is there already"):
        write_script(record, tmp_path / "again.py", context_of(tiny_data, initial))
    assert (beside.read_bytes(), (tmp_path / "again.py").exists()) == (b"a year of work", False)
    write_script(record, tmp_path / "again.py", context_of(tiny_data, initial, may_replace=True))
    before = beside.stat().st_mtime_ns
    write_script(record, tmp_path / "again.py", context_of(tiny_data, initial))
    assert beside.stat().st_mtime_ns == before, "the same weights stay"


def test_that_a_script_is_not_written_where_the_weights_are_gone(run, tiny_data, tmp_path):
    with pytest.raises(UserError, match="The weights that this run starts from"):
        write_script(run[0], tmp_path / "again.py", ExportContext(lambda: tiny_data))
    assert not (tmp_path / "again.py").exists()


def test_that_the_report_the_metadata_and_the_run_file_name_them(run, tiny_data, tmp_path):
    record, _, initial = run
    sha256 = weights_sha256(initial)
    context = context_of(tiny_data, initial)
    write_report(record, tmp_path / "a.html", context)
    page = (tmp_path / "a.html").read_text()
    assert "Starts from the weights of" in page
    assert sha256 in page
    entries = metadata_of(record, context)
    assert (entries["workbench.initial_weights"], entries["workbench.initial_weights_sha256"]) == (NAME, sha256)
    save_run_file(record, tmp_path / "a.run")
    assert load_run_file(tmp_path / "a.run").recipe == record.recipe
    assert (tmp_path / "a.run").stat().st_size < 10_000, "the digest, not the weights"


def test_that_a_run_trained_again_from_them_is_verified_and_from_others_differs_at_once(run, tiny_data):
    record, _, initial = run

    def verified(weights):
        verification = Verification(replace(record, weights=None), record.recipe, tiny_data, CommandQueue(), weights)
        list(verification.events())
        return verification.result

    assert verified(initial).is_the_same
    assert verified({key: each * 1.01 for key, each in initial.items()}).differs_at == 0

"""Runs on files of the user's own, opened again: where the files are, where they have changed, where they are gone."""

from __future__ import annotations

import pytest

from tests.engine.data.own_files import files
from tests.engine.session.sessions import of, serve, summaries
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.datasets import OWN_FILES
from workbench.engine.protocol.commands import LoadData, OpenRun, StartRun
from workbench.engine.protocol.events import DataFailed, DataLoaded, RunEnded, RunPaused, RunStarted, Travelled
from workbench.engine.recipe import Recipe


@pytest.fixture
def table(tmp_path):
    return files.iris(tmp_path / "iris.csv")


@pytest.fixture
def store(tmp_path, table):
    """A store with a run of one epoch on the table."""
    recipe = Recipe(dataset=OWN_FILES, values={"epochs": 1}, source=DataSource(str(table)))
    commands = [LoadData(recipe.data_request), StartRun(recipe, dataset_chosen=True)]
    events = serve(tmp_path, *commands, store=tmp_path / "runs")
    assert of(events, DataLoaded)[0].is_users_own
    return tmp_path / "runs"


def opened(tmp_path, store):
    (run,) = summaries(store)
    return serve(tmp_path, OpenRun(run.identity.id), store=store)


def test_that_a_run_on_own_files_is_opened(tmp_path, store):
    events = opened(tmp_path, store)
    assert of(events, RunStarted)[0].missing is None
    assert of(events, RunStarted)[0].recipe.spec.class_names == ("setosa", "versicolor", "virginica")


def test_that_a_run_whose_files_have_changed_opens_and_says_so(tmp_path, store, table):
    lines = table.read_text().splitlines()
    table.write_text("\n".join(lines[:-1]))
    missing = of(opened(tmp_path, store), RunStarted)[0].missing
    assert str(missing).startswith("This run was trained on other samples (")


def test_that_a_run_whose_files_are_gone_opens_at_its_last_step_and_says_so(tmp_path, store, table):
    table.unlink()
    events = opened(tmp_path, store)
    assert "There is no file or folder" in str(of(events, DataFailed)[0].problem)
    assert "cannot be read, so it cannot be trained or repeated: put them back" in str(
        of(events, RunStarted)[0].missing
    )
    (run,) = summaries(store)
    assert of(events, Travelled, RunPaused, RunEnded)[0].step == run.steps > 0

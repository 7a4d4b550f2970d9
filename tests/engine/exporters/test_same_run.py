"""The law of the journal: who asked, when, the notes and what was refused make no other run."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.exporters.exported_runs import context_of, record_with_weights
from tests.engine.exporters.test_verification import verified
from tests.engine.history.entries import INCIDENTS, NOTES, ORIGINS, REFUSALS, TIMES
from workbench.engine.exporters.csv_points import write_csv
from workbench.engine.exporters.script.notebook import write_notebook
from workbench.engine.exporters.script.script import write_script
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.training.trainer import Trainer

SCHEDULED = [ScheduledChange(4, "learning_rate", 0.05), ScheduledChange(13, "batch_size", 40)]


@pytest.fixture
def record(tiny_data):
    return record_with_weights(tiny_data, SCHEDULED)


@st.composite
def twins(draw, record):
    """The same run, asked for by others at other times, with other notes, and with changes that were refused."""
    history = record.history.copy()
    history.changes = [
        replace(change, origin=draw(ORIGINS), time=draw(TIMES), note=draw(NOTES)) for change in history.changes
    ]
    history.refusals = draw(st.lists(REFUSALS, max_size=3))
    return replace(record, history=history)


def exported(record, data, folder):
    """What the exports that repeat a run, or hold its points, write."""
    folder.mkdir(exist_ok=True)
    for name, write in (("a.py", write_script), ("a.ipynb", write_notebook), ("a.csv", write_csv)):
        write(record, folder / name, context_of(data))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_two_runs_that_differ_in_nothing_else_are_the_same_run(record, tiny_data, tmp_path, data):
    twin = data.draw(twins(record))
    assert twin.history.changes == record.history.changes
    assert exported(twin, tiny_data, tmp_path / "twin") == exported(record, tiny_data, tmp_path / "own")
    result = verified(twin, tiny_data)
    assert result.is_the_same
    assert result.weights_sha256 == record.weights_sha256


@given(st.lists(REFUSALS, max_size=3), st.lists(INCIDENTS, max_size=3), st.integers(0, 2**33))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_run_trains_to_the_same_bits_at_any_time(record, tiny_data, refusals, incidents, time):
    trainer = Trainer(record.recipe, tiny_data, scheduled=SCHEDULED)
    trainer.journal._clock = lambda: time
    trainer.history.refusals += refusals
    trainer.history.incidents += incidents
    list(trainer.run())
    assert weights_sha256(trainer.weights) == record.weights_sha256
    assert {change.time for change in trainer.history.changes} == {time}

"""Run files: what is written is read again; what is damaged or a lie is refused in one sentence."""

import json
import random
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.exporters.exported_runs import record_of
from tests.engine.history.entries import CHANGES, INCIDENTS, REFUSALS
from workbench.engine.errors import UserError
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.run_file import (
    MOST_VALUES,
    is_run_file,
    load_run_file,
    run_file_content,
    save_run_file,
    write_run,
)
from workbench.engine.history.records import Incident, ScheduledChange


@pytest.fixture
def record(tiny_data):
    return record_of(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)])


def test_that_a_run_file_holds_the_run(record, tmp_path):
    record.history.add_incident(Incident(5, float("nan"), 3))
    save_run_file(record, tmp_path / "a.run")
    again = load_run_file(tmp_path / "a.run")
    assert (again.recipe, again.run, again.weights_sha256) == (record.recipe, record.run, record.weights_sha256)
    assert (again.environment, again.name) == (record.environment, "a run")
    assert np.array_equal(again.history.loss.values(0, 20), record.history.loss.values(0, 20))
    assert np.array_equal(again.history.metric.values(0, 20), record.history.metric.values(0, 20))
    assert again.history.evaluations == record.history.evaluations
    assert again.history.changes == record.history.changes
    assert again.history.epoch_starts == record.history.epoch_starts
    assert np.isnan(again.history.incidents[0].loss)
    assert is_run_file(tmp_path / "a.run")


def test_that_the_file_is_small_and_can_be_read_by_a_person(record, tmp_path):
    save_run_file(record, tmp_path / "a.run")
    assert (tmp_path / "a.run").stat().st_size < 8_000
    content = json.loads((tmp_path / "a.run").read_text())
    assert content["recipe"]["values"]["learning_rate"] == 0.001
    (change,) = content["journal"]
    time = change.pop("time")
    assert abs(time - datetime.now(UTC).timestamp()) < 3600
    asked = {"origin": "command line", "note": ""}
    assert change == {"step": 13, "name": "learning_rate", "old": 0.001, "new": 0.05, **asked}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES), st.lists(INCIDENTS), st.lists(REFUSALS))
def test_that_the_file_says_who_asked_when_and_why_and_what_was_refused(record, tmp_path, changes, incidents, refusals):
    history = record.history.copy()
    history.changes, history.incidents, history.refusals = changes, incidents, refusals
    save_run_file(replace(record, history=history), tmp_path / "a.run")
    again = load_run_file(tmp_path / "a.run").history
    assert (repr(again.changes), repr(again.incidents)) == (repr(changes), repr(incidents))
    assert repr(again.refusals) == repr(refusals)


@pytest.mark.parametrize("note", ["NaN", "Infinity", "-Infinity"])
def test_that_a_note_that_reads_as_a_number_stays_a_note(record, tmp_path, note):
    record.history.add_incident(Incident(5, float("nan"), 3, note=note))
    save_run_file(record, tmp_path / "a.run")
    assert load_run_file(tmp_path / "a.run").history.incidents[-1].note == note


def test_that_writing_says_what_was_checked(record, tmp_path):
    assert str(write_run(record, tmp_path / "a.run", ExportContext())).startswith("20 steps, weights sha256 ")


def refusal(path, content):
    """The sentence with which a file is refused; None for one that holds the run of `content`, spaces aside."""
    try:
        again = load_run_file(path)
    except UserError as problem:
        return str(problem)
    assert run_file_content(again) == content
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_that_every_flipped_bit_is_refused_in_one_sentence_or_changes_nothing(record, tmp_path, seed):
    content = bytearray(run_file_content(record))
    place = random.Random(seed).randrange(8 * len(content))
    content[place // 8] ^= 1 << place % 8
    path = tmp_path / "flipped.run"
    path.write_bytes(bytes(content))
    sentence = refusal(path, run_file_content(record))
    assert sentence is None or (path.name in sentence and len(sentence) <= 300)


def tampered(record, change):
    """The file with its fields changed, and sealed again: by someone who knows how."""
    from workbench.engine.exporters import run_file

    fields = json.loads(run_file_content(record))
    del fields["sha256"]
    change(fields)
    fields["sha256"] = run_file._digest(fields)
    return json.dumps(fields, indent=1).encode()


def packed(values):
    return b64encode(zlib.compress(np.asarray(values, "<f4").tobytes())).decode()


LIES = {
    "fewer losses": lambda fields: fields.update(losses=packed([1.0])),
    "a bomb": lambda fields: fields.update(losses=b64encode(zlib.compress(bytes(1 << 28))).decode()),
    "no Base64": lambda fields: fields.update(losses="???"),
    "steps beyond all bounds": lambda fields: fields.update(steps=2**70),
    "negative steps": lambda fields: fields.update(steps=-1),
    "a step that is a text": lambda fields: fields.update(steps="20"),
    "a change beyond the end": lambda fields: fields["journal"][0].update(step=2**60),
    "a change of nothing": lambda fields: fields["journal"][0].update(name="no_such"),
    "a change out of range": lambda fields: fields["journal"][0].update(new=-5.0),
    "a change by nobody": lambda fields: fields["journal"][0].update(origin="oracle"),
    "a change at no time": lambda fields: fields["journal"][0].update(time=-5),
    "a note that is a page": lambda fields: fields["journal"][0].update(note="a" * 201),
    "a note of escape codes": lambda fields: fields["journal"][0].update(note="\x1b[2J"),
    "a refusal of nothing": lambda fields: fields.update(refused=[{"step": 1, "name": "no_such"}]),
    "a refusal of an unknown setting": lambda fields: fields.update(
        refused=[{"step": 1, "name": "no_such", "value": "1", "reason": "No."}]
    ),
    "an accuracy above 1": lambda fields: fields["evaluations"][0].update(metric=7.0),
    "another field": lambda fields: fields["evaluations"][0].update(more=1),
    "an id that is a path": lambda fields: fields["run"].update(id="../../etc/passwd"),
    "a digest that is none": lambda fields: fields.update(weights_sha256="x"),
    "an environment of numbers": lambda fields: fields.update(environment={"torch": 2}),
    "a recipe of nothing": lambda fields: fields.update(recipe=[]),
    "an unknown model": lambda fields: fields["recipe"].update(model="no-such"),
    "a missing field": lambda fields: fields.pop("epoch_starts"),
    "lists nested deep": lambda fields: fields.update(name=_nested(900)),
}


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_that_a_lie_is_refused_in_one_sentence(record, tmp_path, lie):
    path = tmp_path / "lie.run"
    path.write_bytes(tampered(record, lie))
    with pytest.raises(UserError, match=r"lie\.run") as refused:
        load_run_file(path)
    assert len(str(refused.value)) <= 300
    assert "\n" not in str(refused.value)


def test_that_a_file_of_a_newer_version_is_said_to_be_one(record, tmp_path):
    path = tmp_path / "newer.run"
    path.write_bytes(tampered(record, lambda fields: fields.update(version=99)))
    with pytest.raises(UserError, match="newer version"):
        load_run_file(path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b'{\n "format": "workbench run"' + b"[" * 100_000])
def test_that_what_is_no_run_file_is_refused(tmp_path, content):
    path = tmp_path / "none.run"
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a run file"):
        load_run_file(path)


def test_that_a_file_of_very_many_values_is_refused_before_they_are_read(tmp_path, monkeypatch):
    path = tmp_path / "many.run"
    path.write_bytes(b'{\n "format": "workbench run", "x": [' + b"{}," * (MOST_VALUES + 1) + b"0]}")
    monkeypatch.setattr(json, "loads", None)  # reading them would stop the whole process for seconds
    with pytest.raises(UserError, match="not a run file") as refused:
        load_run_file(path)
    assert "more values" in str(refused.value.__cause__)

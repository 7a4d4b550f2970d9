from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.checkpoints.snapshot import Position
from workbench.engine.errors import UsageError
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, RunIdentity, ScheduledChange
from workbench.engine.history.validation import check_history, structure

RECORDS = [
    Evaluation(2**53, 1, math.inf, 1.0),
    EpochStart(1, 0),
    Change(3, "shuffle", False, True),
    ScheduledChange(3, "batch_size", 64),
    Incident(5, math.inf, 4),
    RunIdentity("0123456789abcdef", "0123456789abcdee", 2**53),
    Position(9, 1, 1, 3, 12, 4.0),
]
records = st.sampled_from(RECORDS)
HUGE = st.integers(min_value=2**53 + 1) | st.integers(max_value=-1) | st.sampled_from([2**63, 2**70, 10**400])
NOT_NUMBERS = st.sampled_from([b"1", [], [1], {}, (), object(), 1j, np.int64(1), np.float64(0.5), np.bool_(True)])


def refused(kind, row):
    with pytest.raises(ValueError, match=" ") as caught:
        structure(kind, row)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(records)
def test_that_a_record_comes_back_from_its_dictionary(record):
    assert structure(type(record), asdict(record)) == record


@given(records, st.data())
def test_that_a_missing_or_unknown_field_is_refused(record, data):
    row = asdict(record)
    name = data.draw(st.sampled_from(sorted(row)))
    refused(type(record), {key: value for key, value in row.items() if key != name})
    refused(type(record), row | {data.draw(st.text().filter(lambda text: text not in row)): 0})


@given(records, st.data())
def test_that_a_value_of_no_declared_type_is_refused_in_every_field(record, data):
    name = data.draw(st.sampled_from(sorted(asdict(record))))
    refused(type(record), asdict(record) | {name: data.draw(NOT_NUMBERS)})


COUNTS = [
    (record, name)
    for record in RECORDS
    for name, value in asdict(record).items()
    if type(value) is int and name != "value"
]


@given(st.sampled_from(COUNTS), HUGE | st.booleans() | st.floats() | st.text())
def test_that_a_count_is_a_whole_number_in_range_and_nothing_else(place, value):
    record, name = place
    refused(type(record), asdict(record) | {name: value})


@given(st.floats(max_value=-1e-300) | st.integers() | st.booleans())
def test_that_a_metric_is_a_number_from_0_up(value):
    refused(Evaluation, asdict(Evaluation(1, 1, 0.5, 0.5)) | {"metric": value})


@pytest.mark.parametrize("row", [None, 3, [], "step", [("step", 1), ("epoch", 1)]])
def test_that_what_is_no_dictionary_is_refused(row):
    refused(EpochStart, row)


def history_with(**records):
    history = History()
    for _ in range(3):
        history.add_step(0.5, 0.5)
    for name, record in records.items():
        setattr(history, name, [record])
    return history


@given(st.integers(0, 3), st.integers(0, 2**53))
def test_that_records_up_to_the_last_step_are_of_the_history_and_incidents_may_lie_beyond(step, beyond):
    check_history(history_with(changes=Change(step, "learning_rate", 1e-3, 1e-2)))
    check_history(history_with(evaluations=Evaluation(step, 1, math.nan, math.nan)))
    check_history(history_with(epoch_starts=EpochStart(1, step + 9)), first=9)
    check_history(history_with(incidents=Incident(beyond, math.nan, min(step, beyond))))


@pytest.mark.parametrize(
    "records",
    [
        {"changes": Change(4, "learning_rate", 1e-3, 1e-2)},
        {"evaluations": Evaluation(4, 1, 0.5, 0.5)},
        {"epoch_starts": EpochStart(1, 4)},
        {"incidents": Incident(1, 0.5, 2)},
    ],
)
def test_that_a_record_beyond_the_last_step_is_refused(records):
    with pytest.raises(ValueError, match="step"):
        check_history(history_with(**records))


@given(
    st.sampled_from(["learning_rate", "batch_size", "momentum"]),
    st.sampled_from([math.nan, math.inf, -1, 2.0**1023, 10**400, 2**70, True]),
)
def test_that_a_change_to_what_the_table_does_not_allow_is_refused(name, value):
    with pytest.raises(UsageError, match=name):
        check_history(history_with(changes=Change(1, name, value, value)))


def test_that_series_that_do_not_agree_are_refused():
    history = history_with()
    history.loss.append(0.5)
    with pytest.raises(ValueError, match="4 losses and 3 values"):
        check_history(history)
    history.metric.append(1.5)
    check_history(history)
    with pytest.raises(ValueError, match="metric is not from 0 to 1"):
        check_history(history, most=1.0)

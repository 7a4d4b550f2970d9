"""Verification: a run that is trained again comes out the same, or the first difference is named."""

import platform
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.exporters.exported_runs import record_of
from workbench.engine.exporters.verification import Verification, differences, recorded_threads, with_threads
from workbench.engine.history.records import ScheduledChange
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Stop


def verified(record, data, commands=None):
    verification = Verification(record, record.recipe, data, commands or CommandQueue())
    list(verification.events())
    return verification.result


CHANGES = st.one_of(
    st.tuples(st.integers(0, 19), st.just("learning_rate"), st.sampled_from([0.0005, 0.01, 0.1])),
    st.tuples(st.integers(0, 19), st.just("batch_size"), st.sampled_from([32, 64, 100])),
    st.tuples(st.integers(0, 19), st.just("shuffle"), st.booleans()),
    st.tuples(st.integers(0, 19), st.just("epochs"), st.sampled_from([2, 3])),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CHANGES, max_size=4),
    st.sampled_from(["sgd", "adam"]),
    st.sampled_from(["mlp", "mlp-dropout", "cnn"]),
    st.one_of(st.none(), st.integers(1, 25)),
)
def test_that_a_run_that_is_trained_again_is_verified(tiny_data, changes, optimizer, model, stop_after):
    scheduled = [ScheduledChange(*change) for change in changes]
    record = record_of(tiny_data, scheduled, optimizer=optimizer, model=model, stop_after=stop_after)
    result = verified(record, tiny_data)
    assert result.is_the_same
    assert (result.steps, result.weights_sha256) == (record.steps, record.weights_sha256)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 19))
def test_that_the_first_step_that_differs_is_named(tiny_data, step):
    record = record_of(tiny_data)
    losses = record.history.loss.values(0, 20).copy()
    losses[step] = np.nextafter(losses[step], np.float32(9))
    record.history.loss.truncate(0)
    record.history.loss.extend(losses)
    result = verified(record, tiny_data)
    assert result.differs_at == step
    here, there = (float(number) for number in re.findall(r"[\d.]{7,}", str(result.difference)))
    assert (np.float32(there), here < there) == (losses[step], True)
    assert not result.is_the_same


def test_that_another_evaluation_is_a_difference(tiny_data):
    record = record_of(tiny_data)
    first = record.history.evaluations[0]
    record.history.evaluations[0] = replace(first, average_loss=first.average_loss + 1e-9)
    result = verified(record, tiny_data)
    assert result.differs_at == 10
    assert str(result.difference).startswith(f"the test loss is {first.average_loss} here, ")


def test_that_another_metric_of_an_evaluation_is_a_difference(tiny_data):
    record = record_of(tiny_data)
    record.history.evaluations[1] = replace(record.history.evaluations[1], metric=1.0)
    result = verified(record, tiny_data)
    assert (result.differs_at, str(result.difference)) == (20, "the test has the recorded loss, but other figures")


def test_that_other_last_weights_are_a_difference(tiny_data):
    record = replace(record_of(tiny_data), weights_sha256="0" * 64)
    result = verified(record, tiny_data)
    assert result.other_weights
    assert not result.is_the_same


def test_that_a_run_without_a_step_is_verified_by_its_first_weights(tiny_data):
    record = record_of(tiny_data, stop_after=1)
    record.history.truncate(0)
    assert not verified(record, tiny_data).is_the_same  # these are the weights after one step


def test_that_a_verification_can_be_cancelled(tiny_data):
    commands = CommandQueue()
    verification = Verification(record_of(tiny_data), record_of(tiny_data).recipe, tiny_data, commands)
    for _ in verification.events():
        commands.put(Stop())
    assert verification.result.is_cancelled
    assert not verification.result.is_the_same


@pytest.mark.parametrize("name", ["torch", "threads", "cpu_capability", "device"])
def test_that_what_may_differ_is_said_before(tiny_data, name):
    here = record_of(tiny_data).environment
    assert differences(here, here) == []
    (reason,) = differences({**here, name: "another"}, here)
    assert "another" in str(reason)
    assert here[name] in str(reason)
    assert len(str(reason)) <= 300


def test_that_a_processor_that_was_not_named_is_no_known_difference(tiny_data):
    here = {**record_of(tiny_data).environment, "device_name": "Fast Processor 9"}
    assert differences({**here, "device_name": platform.machine()}, here) == []
    assert len(differences({**here, "device_name": "Slow Processor 1"}, here)) == 1


@pytest.mark.parametrize(("text", "offered"), [("7", 7), ("2", None), ("0", None), ("٣", None), ("9" * 5000, None)])
def test_that_the_threads_of_the_recording_are_offered_where_here_are_others(tiny_data, text, offered):
    record = record_of(tiny_data)
    record = replace(record, environment={**record.environment, "threads": text})
    assert recorded_threads(record, 2) == offered
    own = replace(record, recipe=with_threads(record.recipe, 3))
    assert recorded_threads(own, 2) is None

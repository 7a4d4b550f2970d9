"""A recorded run becomes the current run, is trained again, and is compared bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

from tests.engine.session.sessions import DROPOUT, END, START, at_first, end, kinds, of, only, serve, summaries
from workbench.engine.exporters.run_record import record_of_checkpoint
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import (
    AddEpochs,
    CaptureRecord,
    Pause,
    Resume,
    SetValue,
    StartRun,
    Stop,
    Travel,
    VerifyRun,
)
from workbench.engine.protocol.events import (
    EpochStarted,
    EpochTested,
    OpenFailed,
    RecordCaptured,
    RecordFailed,
    RequestFailed,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    RunVerified,
    ValueChanged,
)
from workbench.engine.training.trainer import Trainer


@pytest.fixture
def record(tiny_data):
    """A run of 20 steps with a change at step 7."""
    trainer = Trainer(DROPOUT, tiny_data, scheduled=[ScheduledChange(7, "learning_rate", 0.01)])
    list(trainer.run())
    return record_of_checkpoint(trainer.checkpoint(), "it")


@pytest.fixture
def later(tiny_data):
    """A run of 20 steps with a change at step 15, after its first test."""
    trainer = Trainer(DROPOUT, tiny_data, scheduled=[ScheduledChange(15, "learning_rate", 0.01)])
    list(trainer.run())
    return record_of_checkpoint(trainer.checkpoint(), "it")


def command(record, **others):
    fields = {"recorded": record.history, "weights_sha256": record.weights_sha256, **others}
    return VerifyRun("it.run", record.recipe, record.run, environment=record.environment, **fields)


def with_loss(record, step):
    """The history of the record, with another loss at `step`."""
    history = record.history.copy()
    losses = history.loss.values(0, len(history)).copy()
    losses[step] = np.nextafter(losses[step], np.float32(9))
    history.loss.truncate(0)
    history.loss.extend(losses)
    return history


def test_that_a_run_that_comes_out_the_same_is_verified_and_not_kept_again(tiny_root, tmp_path, record):
    events = serve(tiny_root, command(record), END, store=tmp_path)
    started = only(events, RunStarted)
    assert (started.run, started.recording is not None) == (record.run, True)
    assert kinds(events) == [RunPaused, RunResumed, RunEnded]
    assert only(events, RunVerified) == RunVerified("it.run", 20, record.weights_sha256)
    assert [(each.change.step, each.change.new) for each in of(events, ValueChanged)] == [(7, 0.01)]
    assert end(events) == record.weights_sha256
    assert summaries(tmp_path) == []


@pytest.mark.parametrize("step", [0, 5, 9, 19])
def test_that_the_first_step_that_differs_is_named_and_the_run_is_kept_as_a_branch(tiny_root, tmp_path, record, step):
    events = serve(tiny_root, command(record, recorded=with_loss(record, step)), END, store=tmp_path)
    assert only(events, RunVerified).differs_at == step
    (kept,) = summaries(tmp_path)
    assert (kept.identity.parent, kept.identity.parent_step) == (record.run.id, step)
    assert of(events, RecordFailed) == []


def test_that_a_run_that_differs_pauses_there(tiny_root, record):
    events = serve(tiny_root, command(record, recorded=with_loss(record, 2)))
    assert kinds(events)[-2:] == [RunBranched, RunPaused]


def test_that_a_run_that_differs_goes_on_with_the_recorded_changes(tiny_root, tmp_path, later):
    events = serve(tiny_root, command(later, recorded=with_loss(later, 2)), Resume(), END, store=tmp_path)
    assert of(events, RunPaused)[-1].step < 15
    assert [each.change for each in of(events, ValueChanged)] == later.history.changes
    assert end(events) == later.weights_sha256  # this machine computes what it did before
    (kept,) = summaries(tmp_path)
    assert (kept.steps, kept.changes) == (20, 1)


def test_that_recorded_changes_are_made_after_going_back_in_a_run_that_differs(tiny_root, later):
    wrong = command(later, recorded=with_loss(later, 2))
    events = serve(tiny_root, wrong, Travel(1), Resume(), END)
    assert [each.change.step for each in of(events, ValueChanged)] == [15]


def test_that_no_recorded_change_is_made_once_the_user_has_changed_a_run_that_differs(tiny_root, later):
    wrong = command(later, recorded=with_loss(later, 2))
    events = serve(tiny_root, wrong, SetValue("momentum", 0.5), Resume(), END)
    assert [each.change.name for each in of(events, ValueChanged)] == ["momentum"]


def test_that_a_run_whose_first_test_differs_goes_on_with_the_changes_after_it(tiny_root, later):
    later.history.evaluations[0] = replace(later.history.evaluations[0], average_loss=9.0)
    events = serve(tiny_root, command(later), Resume(), END)
    assert "the test loss is 2." in str(only(events, RunVerified).difference)
    assert [each.change.step for each in of(events, ValueChanged)] == [15]


def test_that_another_evaluation_is_a_difference(tiny_root, record):
    recorded = record.history.copy()
    recorded.evaluations[0] = replace(recorded.evaluations[0], average_loss=9.0)
    events = serve(tiny_root, command(record, recorded=recorded))
    assert only(events, RunVerified).differs_at == 10
    assert of(events, RunPaused)[-1].step == 10


def test_that_other_weights_are_a_difference_although_all_losses_are_the_same(tiny_root, record):
    verified = only(serve(tiny_root, command(record, weights_sha256="0" * 64)), RunVerified)
    assert (verified.differs_at, verified.has_other_weights) == (None, True)


def test_that_it_can_be_paused_and_goes_on_to_be_verified(tiny_root, tmp_path, record):
    react = at_first(EpochTested, Pause())
    events = serve(tiny_root, command(record), Travel(5), Resume(), react=react, store=tmp_path)
    assert only(events, RunVerified).weights_sha256 == record.weights_sha256
    assert summaries(tmp_path) == []


def test_that_it_can_be_stopped_and_nothing_is_said_or_kept(tiny_root, tmp_path, record):
    events = serve(tiny_root, command(record), react=at_first(EpochTested, Stop()), store=tmp_path)
    assert of(events, RunVerified) == summaries(tmp_path) == []


def test_that_a_run_verified_goes_on_as_a_branch_that_is_kept(tiny_root, tmp_path, record):
    events = serve(tiny_root, command(record), AddEpochs(1), store=tmp_path)
    assert only(events, RunVerified).differs_at is None
    (kept,) = summaries(tmp_path)
    assert (kept.identity.parent, kept.identity.parent_step, kept.steps) == (record.run.id, 20, 30)


def test_that_a_run_recorded_up_to_the_middle_of_an_epoch_pauses_there(tiny_root, tiny_data):
    trainer = Trainer(DROPOUT, tiny_data, stop_after=13)
    list(trainer.run())
    record = record_of_checkpoint(trainer.checkpoint(), "it")
    events = serve(tiny_root, command(record))
    assert (kinds(events)[-1], of(events, RunPaused)[-1].step) == (RunPaused, 13)
    assert only(events, RunVerified).steps == 13


def test_that_a_run_without_steps_is_verified_by_its_first_weights(tiny_root, tiny_data):
    record = record_of_checkpoint(Trainer(DROPOUT, tiny_data).checkpoint(), "it")
    events = serve(tiny_root, command(record))
    assert only(events, RunVerified) == RunVerified("it.run", 0, record.weights_sha256)


def test_that_a_run_that_the_user_changes_is_compared_no_further(tiny_root, tmp_path, record):
    change = SetValue("learning_rate", 0.5)
    events = serve(tiny_root, command(record), react=at_first(EpochTested, change), store=tmp_path)
    verified = only(events, RunVerified)
    assert (verified.is_left, verified.differs_at) == (True, None)
    assert [run.steps for run in summaries(tmp_path)] == [20]


def test_that_other_data_are_refused_and_the_current_run_stays(tiny_root, tiny_data, record):
    other = replace(record.recipe, data=replace(record.recipe.with_data(tiny_data).data, sha256="0" * 64))
    events = serve(tiny_root, START, replace(command(record), recipe=other), END)
    assert "was trained on other images" in str(only(events, OpenFailed).problem)
    assert len(of(events, RunStarted)) == 1
    assert end(events)


def test_that_what_is_known_to_differ_here_is_part_of_the_answer(tiny_root, record):
    there = replace(command(record), environment={**record.environment, "torch": "1.0"})
    (reason,) = only(serve(tiny_root, there), RunVerified).reasons
    assert "PyTorch" in str(reason)


def test_that_another_run_is_not_compared(tiny_root, record):
    react = at_first(EpochStarted, Stop())
    events = serve(tiny_root, command(record), StartRun(DROPOUT, dataset_chosen=True), react=react)
    assert of(events, RunVerified) == []


def test_that_a_record_is_captured_between_two_steps_while_the_run_goes_on(tiny_root):
    events = serve(tiny_root, START, react=at_first(EpochTested, CaptureRecord(3)))
    captured = only(events, RecordCaptured)
    record = record_of_checkpoint(captured.checkpoint, "it")
    assert captured.request == 3
    assert record.weights_sha256 == weights_sha256(record.weights)
    assert 0 < record.steps <= 20
    assert of(events, RunEnded)[-1].step == 20


def test_that_without_a_run_there_is_nothing_to_capture(tiny_root):
    assert "no run to export" in str(only(serve(tiny_root, CaptureRecord(1)), RequestFailed).problem)

"""What a run leaves in the store, however it ends."""

import math
from contextlib import closing, contextmanager

import pytest

from workbench.engine.checkpoints.checkpoint import snapshot_from_bytes
from workbench.engine.history.records import Change, Origin, ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import AddEpochs, Annotate, Pause, Resume, RunEpoch, RunSteps, SetValue
from workbench.engine.protocol.events import EntryAnnotated, RunEnded, RunPaused
from workbench.engine.recipe import Recipe
from workbench.engine.session.run_logger import RunLogger
from workbench.engine.store import process_locks
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

EPOCH = 10
"""Steps: 640 images, 64 to a batch."""


def record(history):
    return (
        history.loss.values().tobytes(),
        history.metric.values().tobytes(),
        history.evaluations,
        history.epoch_starts,
        history.changes,
        history.incidents,
    )


class LoggedTraining:
    """A training whose events a RunLogger stores, and reading access to the store."""

    def __init__(self, folder, data):
        self.folder = folder
        self.data = data
        self.reported = []
        self.logger = RunLogger(folder, self.reported.append)
        self.trainer = None

    def run(self, *, epochs=2, scheduled=(), pause_at=None, **values):
        """Train a new run; returns its id."""
        recipe = Recipe(values={"epochs": epochs, **values})
        self.trainer = Trainer(recipe, self.data, CommandQueue(), scheduled=scheduled, is_attended=True)
        if pause_at is not None:
            self.trainer.commands.put(RunSteps(pause_at))
        self.log(self.trainer.run())
        return self.trainer.identity.id

    def log(self, events):
        events = list(map(self._logged, events))
        return events[-1] if events else None

    def resume(self, command):
        return self.log(self.trainer.resume(command))

    def travel(self, step, **how):
        # As the session does: before the history is cut, all of it is written.
        self.logger.flush()
        return self.log(self.trainer.travel(step, **how))

    def set(self, name, value):
        return self.log(self.trainer.serve(SetValue(name, value)))

    @contextmanager
    def store(self):
        self.logger.flush()
        with closing(RunStore(self.folder)) as store:
            yield store

    def summary(self, run):
        with self.store() as store:
            return store.summary(run)

    def status(self, run):
        return self.summary(run).status

    def history(self, run):
        with self.store() as store:
            return store.history(run)

    def snapshots(self, run):
        with self.store() as store:
            return store.snapshot_steps(run)

    def _logged(self, event):
        self.logger.on_event(event, self.trainer)
        return event


@pytest.fixture
def training(tmp_path, tiny_data):
    training = LoggedTraining(tmp_path / "runs", tiny_data)
    yield training
    training.logger.close()
    process_locks.release_process_lock(tmp_path / "runs")


# One run


def test_that_a_run_is_in_the_store_while_it_trains(training):
    trainer = training.trainer = Trainer(Recipe(values={"epochs": 2}), training.data, CommandQueue(), is_attended=True)
    events = trainer.run()
    while trainer.position.step < 1:
        training.log([next(events)])
    summary = training.summary(trainer.identity.id)
    assert (summary.identity, summary.recipe, summary.status) == (trainer.identity, trainer.recipe, RunStatus.RUNNING)
    assert (summary.steps, summary.epochs) == (1, 0)
    assert summary.environment == trainer.environment
    events.close()


def test_that_a_finished_run_is_there_whole_with_its_last_state(training):
    run = training.run(scheduled=[ScheduledChange(7, "learning_rate", 0.1)])
    summary = training.summary(run)
    assert (summary.status, summary.steps, summary.epochs, summary.changes) == (RunStatus.FINISHED, 20, 2, 1)
    assert record(training.history(run)) == record(training.trainer.history)
    assert training.snapshots(run) == [20]
    with training.store() as store:
        snapshot = snapshot_from_bytes(store.load_snapshot(run, 20))
    assert weights_sha256(snapshot.weights) == weights_sha256(training.trainer.weights)
    assert training.reported == []


def test_that_a_run_that_stopped_early_has_finished_and_is_there_whole(training):
    changes = [ScheduledChange(2 * EPOCH, "learning_rate", 3.0)]
    run = training.run(epochs=5, scheduled=changes, learning_rate=0.05, guard=False, early_stopping=1)
    whole = record(training.trainer.journal.recording)
    assert training.trainer.position.step == 2 * EPOCH
    training.logger.release()
    assert training.status(run) is RunStatus.FINISHED
    history = training.history(run)
    assert record(history)[:-1] == whole[:-1]
    (entry,) = history.incidents
    assert (entry.origin, entry.step, entry.returned_to) == (Origin.EARLY_STOPPING, 3 * EPOCH, 2 * EPOCH)


def test_that_a_stopped_run_is_kept_as_far_as_it_came(training):
    training.run(pause_at=13)
    training.log(training.trainer.stop())
    summary = training.summary(training.trainer.identity.id)
    assert (summary.status, summary.steps) == (RunStatus.STOPPED, 13)
    assert training.snapshots(summary.identity.id) == [13]


def test_that_a_paused_run_is_still_running_and_has_stopped_when_the_program_is_closed(training):
    run = training.run(pause_at=13)
    assert training.status(run) is RunStatus.RUNNING
    assert training.snapshots(run) == [13]
    training.logger.close()
    with closing(RunStore(training.folder)) as store:
        assert (store.summary(run).status, store.summary(run).steps) == (RunStatus.STOPPED, 13)


def test_that_what_was_refused_is_written_at_any_step_of_a_run(training):
    run = training.run(pause_at=13)
    training.set("batch_size", -5)
    training.resume(Resume())
    training.travel(4)
    training.set("batch_size", -6)
    with training.store() as store:
        refused = store.history(run).refusals
    assert [(each.step, each.name, each.value) for each in refused] == [
        (13, "batch_size", "-5"),
        (4, "batch_size", "-6"),
    ]
    assert all(each.origin is Origin.WINDOW and each.time is not None and each.reason for each in refused)
    # A branch takes along what was refused by then, and leaves the rest to its parent.
    training.set("learning_rate", 0.5)
    training.resume(RunSteps(1))
    branch = training.trainer.identity
    assert (branch.parent, [each.value for each in training.history(branch.id).refusals]) == (run, ["-6"])
    assert [each.value for each in training.history(run).refusals] == ["-5", "-6"]


def test_that_a_note_is_written_while_a_run_trains_and_after_its_end(training):
    run = training.run(pause_at=13)
    training.set("learning_rate", 0.5)
    change = training.trainer.history.changes[0]

    def annotate(note):
        (answer,) = training.trainer.serve(Annotate(change, note))
        training._logged(answer)
        assert answer == EntryAnnotated(change)
        with training.store() as store:
            assert [each.note for each in store.history(run).changes] == [note]

    annotate("too high?")
    training.resume(Resume())
    assert training.trainer.history.changes[0].note == "too high?"
    annotate("no, right")
    training.travel(4)  # the change is ahead
    annotate("")


def test_that_a_pause_before_the_first_step_keeps_no_snapshot(training):
    trainer = training.trainer = Trainer(Recipe(), training.data, CommandQueue(), is_attended=True)
    trainer.commands.put(Pause())
    assert training.log(trainer.run()) == RunPaused(0)
    assert training.snapshots(trainer.identity.id) == []


def test_that_a_change_made_at_rest_is_written_when_the_program_is_closed(training):
    run = training.run(pause_at=13)
    training.set("learning_rate", 0.5)
    training.logger.close()
    with closing(RunStore(training.folder)) as store:
        assert store.history(run).changes == [Change(13, "learning_rate", 0.001, 0.5)]


def test_that_the_snapshot_of_a_step_is_what_it_was_before_a_change_there(training):
    run = training.run(pause_at=13)
    training.set("learning_rate", 0.5)
    training.log(training.trainer.stop())
    with training.store() as store:
        assert snapshot_from_bytes(store.load_snapshot(run, 13)).values["learning_rate"] == 0.001


def test_that_snapshots_are_kept_along_the_way_of_a_long_run(training):
    training.logger.close()
    training.logger = RunLogger(training.folder, training.reported.append, snapshot_every_s=0)
    run = training.run(epochs=3)
    assert 30 in training.snapshots(run)
    assert {10, 20} & set(training.snapshots(run))  # a slow disk may have had to pass over one


def test_that_a_finished_run_to_which_epochs_are_added_goes_on_as_the_same(training):
    run = training.run(epochs=1)
    training.resume(AddEpochs(1))
    summary = training.summary(run)
    assert (summary.status, summary.steps, summary.epochs) == (RunStatus.FINISHED, 20, 2)
    assert record(training.history(run)) == record(training.trainer.history)
    with training.store() as store:
        assert len(store.summaries()) == 1


def test_that_a_finished_run_that_goes_on_and_is_stopped_is_a_stopped_one(training):
    run = training.run(epochs=1)
    training.resume(RunSteps(3))
    training.log(training.trainer.stop())
    assert (training.status(run), training.summary(run).steps) == (RunStatus.STOPPED, 13)


def test_that_a_finished_run_that_goes_on_and_is_released_is_a_stopped_one(training):
    run = training.run(epochs=1)
    training.resume(RunSteps(3))
    training.logger.release()
    assert training.status(run) is RunStatus.STOPPED


# Back in time


def test_that_going_back_and_going_on_again_take_nothing_from_the_store(training):
    run = training.run(scheduled=[ScheduledChange(7, "learning_rate", 0.1)])
    whole = record(training.history(run))
    training.travel(4)
    assert (record(training.history(run)), training.status(run)) == (whole, RunStatus.FINISHED)
    training.resume(RunSteps(5))
    assert training.status(run) is RunStatus.RUNNING
    assert record(training.history(run)) == whole
    training.resume(Resume())
    assert (record(training.history(run)), training.status(run)) == (whole, RunStatus.FINISHED)


@pytest.mark.parametrize("end", ["stop", "let_go"])
def test_that_a_finished_run_that_was_only_gone_back_in_is_still_finished(training, end):
    run = training.run()
    training.travel(4)
    training.resume(RunSteps(5))
    if end == "stop":
        training.log(training.trainer.stop())
    training.logger.release()
    assert (training.status(run), training.summary(run).steps) == (RunStatus.FINISHED, 20)


def test_that_going_back_in_a_run_that_is_being_written_keeps_what_was_not_written_yet(training):
    run = training.run(pause_at=17)
    recorded = training.trainer.history.copy()
    # Without the flush: the guard goes back by itself.
    training.log(training.trainer.travel(4))
    assert len(training.trainer.history) == 4
    assert record(training.history(run)) == record(recorded)


def test_that_a_branch_is_a_run_of_its_own_and_its_parent_stays_what_it_was(training):
    parent = training.run(scheduled=[ScheduledChange(15, "learning_rate", 0.1)])
    whole = record(training.history(parent))
    training.travel(12)
    training.set("learning_rate", 0.5)
    with training.store() as store:
        assert len(store.summaries()) == 1  # nothing has been trained otherwise yet
    training.resume(Resume())
    child = training.trainer.identity
    assert (child.parent, child.parent_step) == (parent, 12)
    summary = training.summary(child.id)
    assert (summary.identity, summary.status, summary.steps) == (child, RunStatus.FINISHED, 20)
    assert record(training.history(child.id)) == record(training.trainer.history)
    assert training.history(child.id).changes == [Change(12, "learning_rate", 0.001, 0.5)]
    assert training.snapshots(child.id) == [12, 20]
    assert (training.status(parent), record(training.history(parent))) == (RunStatus.FINISHED, whole)
    assert training.reported == []


def test_that_a_branch_of_a_paused_run_leaves_its_parent_stopped_with_all_it_had(training):
    parent = training.run(pause_at=17)
    recorded = training.trainer.history.copy()
    training.travel(4, leave_recording=True)
    training.resume(RunSteps(2))
    child = training.trainer.identity.id
    assert (training.status(parent), training.status(child)) == (RunStatus.STOPPED, RunStatus.RUNNING)
    assert record(training.history(parent)) == record(recorded)
    assert len(training.history(child)) == 6


def test_that_a_branch_begun_while_training_begins_at_its_change(training):
    parent = training.run()
    training.travel(3)
    events = training.trainer.resume(Resume())
    training.log([next(events)])
    training.trainer.commands.put(SetValue("learning_rate", 0.5))
    training.log(events)
    child = training.trainer.identity
    assert (child.parent, child.parent_step) == (parent, 3)
    assert training.status(parent) is RunStatus.FINISHED
    assert record(training.history(child.id)) == record(training.trainer.history)


def test_that_a_branch_of_a_branch_knows_its_own_parent(training):
    first = training.run()
    for step, rate in ((12, 0.5), (6, 0.25)):
        training.travel(step)
        training.set("learning_rate", rate)
        training.resume(Resume())
    with training.store() as store:
        third, second, oldest = store.summaries()
    assert oldest.identity.id == first
    assert (second.identity.parent, second.identity.parent_step) == (first, 12)
    assert (third.identity.parent, third.identity.parent_step) == (second.identity.id, 6)
    assert {run.status for run in (third, second, oldest)} == {RunStatus.FINISHED}


def test_that_after_the_guard_went_back_the_whole_recording_is_in_the_store_with_the_incident(training):
    run = training.run(epochs=20, batch_size=32, scheduled=[ScheduledChange(130, "learning_rate", 10.0)])
    recording, incident = training.trainer.journal.recording, training.trainer.history.incidents[-1]
    assert len(training.trainer.history) == incident.returned_to < incident.step < len(recording)
    kept = training.history(run)
    assert record(kept) == record(recording)
    assert kept.incidents == [incident]
    assert kept.loss[incident.step] == incident.loss
    training.resume(Resume(allow_spike=True))
    assert training.history(run).incidents[0].step == incident.step
    assert training.summary(run).steps > incident.step


def test_that_going_on_at_a_tenth_of_the_rate_is_a_branch_that_knows_of_the_incident(training):
    run = training.run(epochs=6, batch_size=32, scheduled=[ScheduledChange(60, "learning_rate", 10.0)])
    incident = training.trainer.history.incidents[-1]
    training.set("learning_rate", 0.0001)
    training.resume(Resume())
    child = training.trainer.identity
    assert (child.parent, child.parent_step) == (run, incident.returned_to)
    assert training.history(child.id).incidents == [incident]
    assert (training.status(run), training.status(child.id)) == (RunStatus.STOPPED, RunStatus.FINISHED)


def test_that_a_loss_that_is_no_number_leaves_a_diverged_run_with_finite_losses(training):
    training.data = training.data.as_floats()
    training.data.train_inputs[320:].mul_(1e30)
    run = training.run(guard=False)
    assert training.status(run) is RunStatus.DIVERGED
    assert all(map(math.isfinite, training.history(run).loss.values()))
    assert training.summary(run).steps == len(training.trainer.history) > 0
    training.resume(Resume())  # it may be tried again
    assert training.status(run) is RunStatus.DIVERGED
    assert training.reported == []


# One run after another


def test_that_a_run_that_gives_way_to_another_has_stopped(training):
    first = training.run(pause_at=5)
    second = training.run(pause_at=5)
    assert (training.status(first), training.status(second)) == (RunStatus.STOPPED, RunStatus.RUNNING)


def test_that_a_run_that_is_discarded_is_deleted_and_can_be_brought_back(training):
    run = training.run(pause_at=5)
    training.logger.delete_run()
    with training.store() as store:
        assert store.summaries() == []
        assert store.find(run, deleted=True).status is RunStatus.STOPPED
        store.restore([run])
        assert len(store.history(run)) == 5


def test_that_a_finished_run_can_be_discarded_as_well(training):
    run = training.run(epochs=1)
    training.logger.delete_run()
    with training.store() as store:
        assert store.summaries() == []
        assert store.find(run, deleted=True).steps == EPOCH


def test_that_a_branch_that_is_discarded_leaves_its_parent(training):
    parent = training.run(epochs=1)
    training.travel(4, leave_recording=True)
    training.resume(Resume())
    training.logger.delete_run()
    with training.store() as store:
        assert [summary.identity.id for summary in store.summaries()] == [parent]


# Opened from the store


def reopened(training, run, *, departs=False):
    """The current run as if it had been opened from the store."""
    with training.store() as store:
        training.logger.open(store.summary(run))
    if departs:
        training.trainer.journal.leave_recording()


def stored_as(training, status, steps=5):
    """A run of the store with this status."""
    run = training.run(pause_at=steps)
    training.logger.release()
    with training.store() as store:
        store.resume(run)
        store.end(run, status)
    return run


@pytest.mark.parametrize("status", [RunStatus.FINISHED, RunStatus.STOPPED, RunStatus.FAILED, RunStatus.INTERRUPTED])
def test_that_a_run_that_is_only_looked_at_or_branched_from_stays_what_it_was(training, status):
    run = stored_as(training, status)
    reopened(training, run)
    training.travel(3)
    training.logger.release()
    assert training.status(run) is status
    reopened(training, run)
    training.travel(2)
    training.set("learning_rate", 0.5)
    training.resume(RunSteps(1))
    child = training.trainer.identity
    assert (child.parent, child.parent_step) == (run, 2)
    assert (training.status(run), training.summary(run).steps) == (status, 5)
    assert training.reported == []


def test_that_an_opened_run_goes_on_as_the_same(training):
    run = stored_as(training, RunStatus.INTERRUPTED)
    reopened(training, run)
    training.resume(Resume())
    assert (training.status(run), training.summary(run).steps) == (RunStatus.FINISHED, 20)
    assert record(training.history(run)) == record(training.trainer.history)


def test_that_a_run_that_another_window_went_on_with_is_not_mixed_with_it(training):
    run = training.run(epochs=1)
    elsewhere = training.trainer.history.copy()
    for _ in range(5):
        elsewhere.add_step(9.0, 0.1)
    with training.store() as store:
        store.resume(run)
        store.write(run, HistoryDelta.of(elsewhere, 2.0))
        store.end(run, RunStatus.STOPPED)
    training.resume(RunEpoch())
    assert record(training.history(run)) == record(elsewhere)
    assert ["trained further elsewhere" in str(problem) for problem in training.reported] == [True]


def test_that_a_store_that_cannot_be_written_is_reported_once_and_the_training_goes_on(tmp_path, tiny_data):
    (tmp_path / "runs").write_text("a file, where a folder should be")
    training = LoggedTraining(tmp_path / "runs", tiny_data)
    training.run(pause_at=13)
    assert isinstance(training.resume(Resume()), RunEnded)
    training.logger.close()
    (problem,) = training.reported
    assert str(tmp_path / "runs") in str(problem)
    assert len(training.trainer.history) == 20

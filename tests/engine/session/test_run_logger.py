"""What a run leaves in the store, whatever becomes of it."""

import math
from contextlib import closing, contextmanager

import pytest

from workbench.engine.checkpoints.checkpoint import snapshot_from_bytes
from workbench.engine.history.records import Change, ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import AddEpochs, Pause, Resume, RunEpoch, RunSteps, SetValue
from workbench.engine.protocol.events import RunEnded, RunPaused
from workbench.engine.recipe import Recipe
from workbench.engine.session import run_logger as module
from workbench.engine.session.run_logger import RunLogger
from workbench.engine.store import process_locks as runs_owners
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

EPOCH = 10
"""Steps: 640 images, 64 to a batch."""


def record(history):
    return (
        history.loss.values().tobytes(),
        history.accuracy.values().tobytes(),
        history.evaluations,
        history.epoch_starts,
        history.changes,
        history.incidents,
    )


class Desk:
    """A training whose events go into a logbook, and a look into the store."""

    def __init__(self, folder, data):
        self.folder = folder
        self.data = data
        self.told = []
        self.logbook = RunLogger(folder, self.told.append)
        self.trainer = None

    def run(self, *, epochs=2, scheduled=(), pause_at=None, **values):
        """Train a new run; returns its id."""
        recipe = Recipe(values={"epochs": epochs, **values})
        self.trainer = Trainer(recipe, self.data, CommandQueue(), scheduled=scheduled, is_attended=True)
        if pause_at is not None:
            self.trainer.inbox.put(RunSteps(pause_at))
        self.note(self.trainer.run())
        return self.trainer.identity.id

    def note(self, events):
        events = list(map(self._noted, events))
        return events[-1] if events else None

    def fly(self, command):
        return self.note(self.trainer.fly(command))

    def travel(self, step, **how):
        # As the session does: before the history is cut, all of it is written.
        self.logbook.flush()
        return self.note(self.trainer.travel(step, **how))

    def set(self, name, value):
        return self.note(self.trainer.serve(SetValue(name, value)))

    @contextmanager
    def store(self):
        self.logbook.flush()
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

    def _noted(self, event):
        self.logbook.note(event, self.trainer)
        return event


@pytest.fixture
def desk(tmp_path, tiny_data):
    desk = Desk(tmp_path / "runs", tiny_data)
    yield desk
    desk.logbook.close()
    runs_owners.let_go(tmp_path / "runs")


# One run


def test_that_a_run_is_in_the_store_while_it_trains(desk):
    trainer = desk.trainer = Trainer(Recipe(values={"epochs": 2}), desk.data, CommandQueue(), is_attended=True)
    events = trainer.run()
    while trainer.position.step < 1:
        desk.note([next(events)])
    summary = desk.summary(trainer.identity.id)
    assert (summary.identity, summary.recipe, summary.status) == (trainer.identity, trainer.recipe, RunStatus.RUNNING)
    assert (summary.steps, summary.epochs) == (1, 0)
    assert summary.environment == trainer.environment
    events.close()


def test_that_a_finished_run_is_there_whole_with_its_last_state(desk):
    run = desk.run(scheduled=[ScheduledChange(7, "learning_rate", 0.1)])
    summary = desk.summary(run)
    assert (summary.status, summary.steps, summary.epochs, summary.changes) == (RunStatus.FINISHED, 20, 2, 1)
    assert record(desk.history(run)) == record(desk.trainer.history)
    assert desk.snapshots(run) == [20]
    with desk.store() as store:
        snapshot = snapshot_from_bytes(store.load_snapshot(run, 20))
    assert weights_sha256(snapshot.weights) == weights_sha256(desk.trainer.weights)
    assert desk.told == []


def test_that_a_stopped_run_is_kept_as_far_as_it_came(desk):
    desk.run(pause_at=13)
    desk.note(desk.trainer.stop())
    summary = desk.summary(desk.trainer.identity.id)
    assert (summary.status, summary.steps) == (RunStatus.STOPPED, 13)
    assert desk.snapshots(summary.identity.id) == [13]


def test_that_a_paused_run_is_still_running_and_has_stopped_when_the_program_is_closed(desk):
    run = desk.run(pause_at=13)
    assert desk.status(run) is RunStatus.RUNNING
    assert desk.snapshots(run) == [13]
    desk.logbook.close()
    with closing(RunStore(desk.folder)) as store:
        assert (store.summary(run).status, store.summary(run).steps) == (RunStatus.STOPPED, 13)


def test_that_a_pause_before_the_first_step_keeps_no_snapshot(desk):
    trainer = desk.trainer = Trainer(Recipe(), desk.data, CommandQueue(), is_attended=True)
    trainer.inbox.put(Pause())
    assert desk.note(trainer.run()) == RunPaused(0)
    assert desk.snapshots(trainer.identity.id) == []


def test_that_a_change_made_at_rest_is_written_when_the_program_is_closed(desk):
    run = desk.run(pause_at=13)
    desk.set("learning_rate", 0.5)
    desk.logbook.close()
    with closing(RunStore(desk.folder)) as store:
        assert store.history(run).changes == [Change(13, "learning_rate", 0.001, 0.5)]


def test_that_the_snapshot_of_a_step_is_what_it_was_before_a_change_there(desk):
    run = desk.run(pause_at=13)
    desk.set("learning_rate", 0.5)
    desk.note(desk.trainer.stop())
    with desk.store() as store:
        assert snapshot_from_bytes(store.load_snapshot(run, 13)).values["learning_rate"] == 0.001


def test_that_snapshots_are_kept_along_the_way_of_a_long_run(desk, monkeypatch):
    monkeypatch.setattr(module, "SNAPSHOT_EVERY_S", 0.0)
    run = desk.run(epochs=3)
    assert 30 in desk.snapshots(run)
    assert {10, 20} & set(desk.snapshots(run))  # a slow disk may have had to pass over one


def test_that_a_finished_run_to_which_epochs_are_added_goes_on_as_the_same(desk):
    run = desk.run(epochs=1)
    desk.fly(AddEpochs(1))
    summary = desk.summary(run)
    assert (summary.status, summary.steps, summary.epochs) == (RunStatus.FINISHED, 20, 2)
    assert record(desk.history(run)) == record(desk.trainer.history)
    with desk.store() as store:
        assert len(store.summaries()) == 1


def test_that_a_finished_run_that_goes_on_and_is_stopped_is_a_stopped_one(desk):
    run = desk.run(epochs=1)
    desk.fly(RunSteps(3))
    desk.note(desk.trainer.stop())
    assert (desk.status(run), desk.summary(run).steps) == (RunStatus.STOPPED, 13)


def test_that_a_finished_run_that_goes_on_and_is_let_go_is_a_stopped_one(desk):
    run = desk.run(epochs=1)
    desk.fly(RunSteps(3))
    desk.logbook.let_go()
    assert desk.status(run) is RunStatus.STOPPED


# Back in time


def test_that_going_back_takes_nothing_from_the_store_and_going_on_again_neither(desk):
    run = desk.run(scheduled=[ScheduledChange(7, "learning_rate", 0.1)])
    whole = record(desk.history(run))
    desk.travel(4)
    assert (record(desk.history(run)), desk.status(run)) == (whole, RunStatus.FINISHED)
    desk.fly(RunSteps(5))
    assert desk.status(run) is RunStatus.RUNNING
    assert record(desk.history(run)) == whole
    desk.fly(Resume())
    assert (record(desk.history(run)), desk.status(run)) == (whole, RunStatus.FINISHED)


@pytest.mark.parametrize("end", ["stop", "let_go"])
def test_that_a_finished_run_that_was_only_gone_back_in_is_still_finished(desk, end):
    run = desk.run()
    desk.travel(4)
    desk.fly(RunSteps(5))
    if end == "stop":
        desk.note(desk.trainer.stop())
    desk.logbook.let_go()
    assert (desk.status(run), desk.summary(run).steps) == (RunStatus.FINISHED, 20)


def test_that_going_back_in_a_run_that_is_being_written_keeps_what_was_not_written_yet(desk):
    run = desk.run(pause_at=17)
    recorded = desk.trainer.history.copy()
    # Without the flush: the guard goes back by itself.
    desk.note(desk.trainer.travel(4))
    assert len(desk.trainer.history) == 4
    assert record(desk.history(run)) == record(recorded)


def test_that_a_branch_is_a_run_of_its_own_and_its_parent_stays_what_it_was(desk):
    parent = desk.run(scheduled=[ScheduledChange(15, "learning_rate", 0.1)])
    whole = record(desk.history(parent))
    desk.travel(12)
    desk.set("learning_rate", 0.5)
    with desk.store() as store:
        assert len(store.summaries()) == 1  # nothing has been trained otherwise yet
    desk.fly(Resume())
    child = desk.trainer.identity
    assert (child.parent, child.parent_step) == (parent, 12)
    summary = desk.summary(child.id)
    assert (summary.identity, summary.status, summary.steps) == (child, RunStatus.FINISHED, 20)
    assert record(desk.history(child.id)) == record(desk.trainer.history)
    assert desk.history(child.id).changes == [Change(12, "learning_rate", 0.001, 0.5)]
    assert desk.snapshots(child.id) == [12, 20]
    assert (desk.status(parent), record(desk.history(parent))) == (RunStatus.FINISHED, whole)
    assert desk.told == []


def test_that_a_branch_of_a_paused_run_leaves_its_parent_stopped_with_all_it_had(desk):
    parent = desk.run(pause_at=17)
    recorded = desk.trainer.history.copy()
    desk.travel(4, leave_future=True)
    desk.fly(RunSteps(2))
    child = desk.trainer.identity.id
    assert (desk.status(parent), desk.status(child)) == (RunStatus.STOPPED, RunStatus.RUNNING)
    assert record(desk.history(parent)) == record(recorded)
    assert len(desk.history(child)) == 6


def test_that_a_branch_begun_in_flight_begins_at_its_change(desk):
    parent = desk.run()
    desk.travel(3)
    events = desk.trainer.fly(Resume())
    desk.note([next(events)])
    desk.trainer.inbox.put(SetValue("learning_rate", 0.5))
    desk.note(events)
    child = desk.trainer.identity
    assert (child.parent, child.parent_step) == (parent, 3)
    assert desk.status(parent) is RunStatus.FINISHED
    assert record(desk.history(child.id)) == record(desk.trainer.history)


def test_that_a_branch_of_a_branch_knows_its_own_parent(desk):
    first = desk.run()
    for step, rate in ((12, 0.5), (6, 0.25)):
        desk.travel(step)
        desk.set("learning_rate", rate)
        desk.fly(Resume())
    with desk.store() as store:
        third, second, oldest = store.summaries()
    assert oldest.identity.id == first
    assert (second.identity.parent, second.identity.parent_step) == (first, 12)
    assert (third.identity.parent, third.identity.parent_step) == (second.identity.id, 6)
    assert {run.status for run in (third, second, oldest)} == {RunStatus.FINISHED}


def test_that_after_the_guard_went_back_the_whole_future_is_in_the_store_with_what_happened(desk):
    run = desk.run(epochs=20, batch_size=32, scheduled=[ScheduledChange(130, "learning_rate", 10.0)])
    future, incident = desk.trainer.journal.future, desk.trainer.history.incidents[-1]
    assert len(desk.trainer.history) == incident.returned_to < incident.step < len(future)
    kept = desk.history(run)
    assert record(kept) == record(future)
    assert kept.incidents == [incident]
    assert kept.loss[incident.step] == incident.loss
    desk.fly(Resume(unguarded=True))
    assert desk.history(run).incidents[0].step == incident.step
    assert desk.summary(run).steps > incident.step


def test_that_going_on_at_a_tenth_of_the_rate_is_a_branch_that_knows_of_the_incident(desk):
    run = desk.run(epochs=6, batch_size=32, scheduled=[ScheduledChange(60, "learning_rate", 10.0)])
    incident = desk.trainer.history.incidents[-1]
    desk.set("learning_rate", 0.0001)
    desk.fly(Resume())
    child = desk.trainer.identity
    assert (child.parent, child.parent_step) == (run, incident.returned_to)
    assert desk.history(child.id).incidents == [incident]
    assert (desk.status(run), desk.status(child.id)) == (RunStatus.STOPPED, RunStatus.FINISHED)


def test_that_a_loss_that_is_no_number_leaves_a_failed_run_with_finite_losses(desk):
    desk.data.train_images[320:].mul_(1e30)
    run = desk.run(guard=False)
    assert desk.status(run) is RunStatus.FAILED
    assert all(map(math.isfinite, desk.history(run).loss.values()))
    assert desk.summary(run).steps == len(desk.trainer.history) > 0
    desk.fly(Resume())  # it may be tried again
    assert desk.status(run) is RunStatus.FAILED
    assert desk.told == []


# One run after another


def test_that_a_run_that_gives_way_to_another_has_stopped(desk):
    first = desk.run(pause_at=5)
    second = desk.run(pause_at=5)
    assert (desk.status(first), desk.status(second)) == (RunStatus.STOPPED, RunStatus.RUNNING)


def test_that_a_run_that_is_dropped_is_deleted_and_can_be_brought_back(desk):
    run = desk.run(pause_at=5)
    desk.logbook.forget()
    with desk.store() as store:
        assert store.summaries() == []
        assert store.find(run, deleted=True).status is RunStatus.STOPPED
        store.restore([run])
        assert len(store.history(run)) == 5


def test_that_a_finished_run_can_be_dropped_as_well(desk):
    run = desk.run(epochs=1)
    desk.logbook.forget()
    with desk.store() as store:
        assert store.summaries() == []
        assert store.find(run, deleted=True).steps == EPOCH


def test_that_a_branch_that_is_dropped_leaves_its_parent(desk):
    parent = desk.run(epochs=1)
    desk.travel(4, leave_future=True)
    desk.fly(Resume())
    desk.logbook.forget()
    with desk.store() as store:
        assert [summary.identity.id for summary in store.summaries()] == [parent]


# Opened from the store


def reopened(desk, run, *, departs=False):
    """The run in hand as if it had been opened from the store."""
    with desk.store() as store:
        desk.logbook.open(store.summary(run))
    if departs:
        desk.trainer.journal.depart()


def put_down(desk, status, steps=5):
    """A run of the store with this status, and its Trainer in hand."""
    run = desk.run(pause_at=steps)
    desk.logbook.let_go()
    with desk.store() as store:
        store.resume(run)
        store.end(run, status)
    return run


@pytest.mark.parametrize("status", [RunStatus.FINISHED, RunStatus.STOPPED, RunStatus.FAILED, RunStatus.INTERRUPTED])
def test_that_a_run_that_is_only_looked_at_or_branched_from_stays_what_it_was(desk, status):
    run = put_down(desk, status)
    reopened(desk, run)
    desk.travel(3)
    desk.logbook.let_go()
    assert desk.status(run) is status
    reopened(desk, run)
    desk.travel(2)
    desk.set("learning_rate", 0.5)
    desk.fly(RunSteps(1))
    child = desk.trainer.identity
    assert (child.parent, child.parent_step) == (run, 2)
    assert (desk.status(run), desk.summary(run).steps) == (status, 5)
    assert desk.told == []


def test_that_an_opened_run_goes_on_as_the_same(desk):
    run = put_down(desk, RunStatus.INTERRUPTED)
    reopened(desk, run)
    desk.fly(Resume())
    assert (desk.status(run), desk.summary(run).steps) == (RunStatus.FINISHED, 20)
    assert record(desk.history(run)) == record(desk.trainer.history)


def test_that_a_run_that_another_window_went_on_with_is_not_mixed_with_it(desk):
    run = desk.run(epochs=1)
    elsewhere = desk.trainer.history.copy()
    for _ in range(5):
        elsewhere.add_step(9.0, 0.1)
    with desk.store() as store:
        store.resume(run)
        store.write(run, HistoryDelta.of(elsewhere, 2.0))
        store.end(run, RunStatus.STOPPED)
    desk.fly(RunEpoch())
    assert record(desk.history(run)) == record(elsewhere)
    assert ["trained further elsewhere" in str(problem) for problem in desk.told] == [True]


def test_that_a_store_that_cannot_be_written_is_told_of_once_and_the_training_goes_on(tmp_path, tiny_data):
    (tmp_path / "runs").write_text("a file, where a folder should be")
    desk = Desk(tmp_path / "runs", tiny_data)
    desk.run(pause_at=13)
    assert isinstance(desk.fly(Resume()), RunEnded)
    desk.logbook.close()
    (problem,) = desk.told
    assert str(tmp_path / "runs") in str(problem)
    assert len(desk.trainer.history) == 20

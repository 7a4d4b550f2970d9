"""Opening a run from the store and from a file, at its last step or at any other."""

from contextlib import closing
from dataclasses import replace

import pytest

from workbench.engine.checkpoints.checkpoint import save_checkpoint, snapshot_to_bytes
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.errors import CancelledError, UsageError, UserError
from workbench.engine.history.records import Incident, ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Resume, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import RunBranched, TravelProgressed
from workbench.engine.recipe import Recipe
from workbench.engine.session.open_run import StoredRun, open_checkpoint, open_stored_run, restored_on_error
from workbench.engine.store import process_locks
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

RECIPE = Recipe(model="mlp-dropout", values={"epochs": 2, "shuffle": True, "momentum": 0.9})
CHANGES = (ScheduledChange(7, "learning_rate", 0.003), ScheduledChange(12, "batch_size", 32))


def trained(data, *, steps=None, recipe=RECIPE, changes=CHANGES):
    """A Trainer that is paused after `steps` steps; None trains to the end."""
    trainer = Trainer(recipe, data, CommandQueue(), scheduled=changes, is_attended=True)
    if steps is not None:
        trainer.commands.put(RunSteps(steps))
    list(trainer.run())
    return trainer


def fingerprint(trainer):
    history = trainer.history
    return (
        weights_sha256(trainer.weights),
        trainer.stepper.snapshot().random_state.tolist(),
        trainer.values,
        history.loss.values().tobytes(),
        history.metric.values().tobytes(),
        history.evaluations,
        [start for start in history.epoch_starts if start.step < len(history)],
        history.changes,
    )


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


def stored(folder, trainer, *, snapshots=(), status=RunStatus.STOPPED):
    """Put the run of `trainer` into the store, with these snapshots on disk; how it is read again."""
    run = trainer.identity.id
    with closing(RunStore(folder)) as store:
        store.begin(trainer.identity, trainer.recipe, trainer.environment)
        store.write(run, HistoryDelta.of(trainer.history, 12.5))
        for step, content in dict(snapshots).items():
            store.keep_snapshot(run, step, content)
        if status is not RunStatus.RUNNING:
            store.end(run, status)
    return StoredRun.read(folder, run)


def snapshot_of(trainer):
    return {trainer.position.step: snapshot_to_bytes(trainer.arrival())}


def opened(stored, data, step=None, *, commands=None, memory=None, emit=lambda _: None):
    return open_stored_run(stored, step, data, commands or CommandQueue(), memory or SnapshotCache(), emit)


# From the store


@pytest.mark.parametrize("on_disk", [True, False])
@pytest.mark.parametrize("steps", [4, 10, 17])
def test_that_a_stored_run_is_at_its_end_as_it_was_and_goes_on_bit_for_bit(tiny_data, folder, steps, on_disk):
    # One after the other: there is one random state, that of the current run.
    straight, left = trained(tiny_data), trained(tiny_data, steps=steps)
    trainer = opened(stored(folder, left, snapshots=snapshot_of(left) if on_disk else {}), tiny_data)
    assert fingerprint(trainer) == fingerprint(left)
    assert (trainer.identity, trainer.position) == (left.identity, left.position)
    assert trainer.progress.seconds == 12.5
    trainer.journal.schedule(change for change in CHANGES if change.step >= steps)
    assert not any(isinstance(event, RunBranched) for event in trainer.resume(Resume()))
    assert fingerprint(trainer) == fingerprint(straight)
    assert trainer.identity == left.identity


def stopped_early(data):
    """A run whose loss rises from its third epoch on, and that has gone back to its second."""
    recipe = Recipe(values={"epochs": 8, "learning_rate": 0.05, "guard": False, "early_stopping": 1})
    trainer = trained(data, recipe=recipe, changes=[ScheduledChange(20, "learning_rate", 3.0)])
    assert (trainer.position.step, trainer.last_recorded) == (20, 30)
    return trainer


def test_that_a_run_that_stopped_early_is_opened_at_its_best_epoch_with_the_later_steps_recorded(tiny_data, folder):
    left = stopped_early(tiny_data)
    best = weights_sha256(left.weights)
    list(left.travel(30))
    run = stored(folder, left, snapshots=snapshot_of(left))
    trainer = opened(run, tiny_data)
    assert (trainer.position.step, trainer.last_recorded) == (20, 30)
    assert weights_sha256(trainer.weights) == best
    assert opened(run, tiny_data, 30).position.step == 30
    gone = UserError("The files are gone.")
    assert opened(run, replace(tiny_data, missing=gone)).position.step == 30, "its only snapshot"


def test_that_a_run_that_was_trained_on_after_an_early_stop_is_opened_at_its_last_step(tiny_data, folder):
    left = stopped_early(tiny_data)
    list(left.travel(30))
    left.commands.put(RunSteps(3))
    list(left.resume(RunSteps(3)))
    assert opened(stored(folder, left), tiny_data).position.step == 33


@pytest.mark.parametrize("step", [0, 7, 10, 12, 13, 24])
def test_that_a_stored_run_can_be_opened_at_any_of_its_steps(tiny_data, folder, step):
    whole = trained(tiny_data)
    assert len(whole.history) == 28
    trainer = opened(stored(folder, whole, snapshots=snapshot_of(whole)), tiny_data, step)
    assert trainer.position.step == len(trainer.history) == step
    assert trainer.history.loss.values().tobytes() == whole.history.loss.values(0, step).tobytes()
    list(trainer.resume(Resume()))
    assert fingerprint(trainer) == fingerprint(whole)


def test_that_the_nearest_snapshot_on_disk_is_where_the_way_begins(tiny_data, folder):
    early, late = trained(tiny_data, steps=5), trained(tiny_data, steps=17)
    run = stored(folder, late, snapshots=snapshot_of(early) | snapshot_of(late))
    assert run.snapshot_steps == (5, 17)
    assert opened(run, tiny_data, 9).snapshots.steps == [0, 5, 9]
    assert opened(run, tiny_data).snapshots.steps == [0, 17]


def other_networks_state(tiny_data):
    other = trained(tiny_data, steps=17, recipe=Recipe(optimizer="adam"), changes=())
    return snapshot_of(other)[17]


@pytest.mark.parametrize("damage", ["garbage", "gone", "cut", "another network's"])
def test_that_a_snapshot_on_disk_that_is_no_good_costs_only_a_longer_way(tiny_data, folder, damage):
    left = trained(tiny_data, steps=17)
    content = snapshot_of(left)[17]
    bad = {"garbage": b"no snapshot", "cut": content[:-100], "gone": content}.get(damage)
    run = stored(folder, left, snapshots={17: bad or other_networks_state(tiny_data)})
    if damage == "gone":
        (folder / "snapshots" / left.identity.id / "17.pt").unlink()
    assert fingerprint(opened(run, tiny_data)) == fingerprint(left)


@pytest.mark.parametrize("step", [-1, 18, 10**9])
def test_that_a_step_that_is_not_recorded_is_refused(tiny_data, folder, step):
    run = stored(folder, trained(tiny_data, steps=17))
    with pytest.raises(UserError, match="not recorded"):
        opened(run, tiny_data, step)


def test_that_a_run_that_is_not_there_is_refused(folder):
    with pytest.raises(UsageError):
        StoredRun.read(folder, "0" * 16)


def test_that_a_run_is_found_by_its_number_and_by_the_first_digits_of_its_id(tiny_data, folder):
    left = trained(tiny_data, steps=4)
    stored(folder, left)
    for name in ("1", left.identity.id[:6]):
        assert StoredRun.read(folder, name).summary.identity == left.identity


def test_that_the_way_can_be_given_up(tiny_data, folder):
    run, commands = stored(folder, trained(tiny_data, steps=17)), CommandQueue()
    commands.put(Stop())
    with pytest.raises(UserError, match="cancelled"):
        opened(run, tiny_data, commands=commands)


def test_that_a_long_replay_reports_its_progress(tiny_data, folder, monkeypatch):
    from workbench.engine.training import time_travel

    monkeypatch.setattr(time_travel, "PROGRESS_AFTER_S", 0.0)
    monkeypatch.setattr(time_travel, "PROGRESS_EVERY_S", 0.0)
    events = []
    opened(stored(folder, trained(tiny_data, steps=17)), tiny_data, 9, emit=events.append)
    assert events == [TravelProgressed(done, 9) for done in range(1, 10)]


def test_that_a_run_that_is_trained_elsewhere_becomes_a_branch_when_it_goes_on_here(tiny_data, folder):
    left = trained(tiny_data, steps=17)
    run = stored(folder, left, status=RunStatus.RUNNING)
    assert run.is_elsewhere
    trainer = opened(run, tiny_data)
    assert (trainer.identity, fingerprint(trainer)) == (left.identity, fingerprint(left))
    branched = [event for event in trainer.resume(RunSteps(3)) if isinstance(event, RunBranched)]
    assert [(event.run.parent, event.run.parent_step) for event in branched] == [(left.identity.id, 17)]


def test_that_a_run_that_is_trained_elsewhere_can_be_branched_at_an_earlier_step(tiny_data, folder):
    left = trained(tiny_data, steps=17)
    trainer = opened(stored(folder, left, status=RunStatus.RUNNING), tiny_data, 5)
    list(trainer.resume(RunSteps(3)))
    assert (trainer.identity.parent, trainer.identity.parent_step) == (left.identity.id, 5)


def test_that_the_incidents_of_the_guard_are_still_recorded(tiny_data, folder):
    left = trained(tiny_data, steps=17)
    left.history.add_incident(Incident(17, 99.0, 10))
    trainer = opened(stored(folder, left), tiny_data, 4)
    assert trainer.history.incidents == [Incident(17, 99.0, 10)]


def test_that_a_change_made_before_the_first_step_is_still_there(tiny_data, folder):
    left = Trainer(RECIPE, tiny_data, CommandQueue(), is_attended=True)
    list(left.serve(SetValue("learning_rate", 0.5)))
    trainer = opened(stored(folder, left), tiny_data)
    assert trainer.values["learning_rate"] == 0.5
    assert trainer.history.changes == left.history.changes


def test_that_changes_made_at_rest_at_the_end_are_still_there(tiny_data, folder):
    left = trained(tiny_data, steps=17)
    list(left.serve(SetValue("dropout", 0.5)))
    run, at_rest = stored(folder, left, snapshots=snapshot_of(left)), fingerprint(left)
    list(left.resume(RunSteps(4)))
    trainer = opened(run, tiny_data)
    assert fingerprint(trainer) == at_rest
    list(trainer.resume(RunSteps(4)))
    assert fingerprint(trainer) == fingerprint(left)


def test_that_losses_that_come_out_otherwise_here_make_it_a_branch(tiny_data, folder):
    left = trained(tiny_data, steps=17)
    left.history.loss.truncate(15)
    left.history.loss.extend([0.25, 0.25])
    trainer = opened(stored(folder, left), tiny_data, 16)
    list(trainer.resume(RunSteps(1)))
    assert trainer.identity.parent == left.identity.id


# From a file


def checkpoint_of(trainer, path):
    save_checkpoint(trainer.checkpoint(), path)
    return path


def from_file(path, data, memory=None):
    return open_checkpoint(path, lambda _: data, CommandQueue(), memory or SnapshotCache())


def test_that_a_checkpoint_is_where_it_was_saved_and_goes_on_bit_for_bit_as_a_branch(tiny_data, tmp_path):
    straight, left = trained(tiny_data), trained(tiny_data, steps=10)
    trainer = from_file(checkpoint_of(left, tmp_path / "run.ckpt"), tiny_data)
    assert (trainer.identity, fingerprint(trainer)) == (left.identity, fingerprint(left))
    assert trainer.journal.scheduled == CHANGES[1:]
    (branched,) = [event for event in trainer.resume(Resume()) if isinstance(event, RunBranched)]
    assert (branched.run.parent, branched.run.parent_step) == (left.identity.id, 10)
    assert fingerprint(trainer) == fingerprint(straight)


def test_that_from_a_checkpoint_one_can_go_back_to_the_first_step(tiny_data, tmp_path):
    left = trained(tiny_data, steps=10)
    trainer = from_file(checkpoint_of(left, tmp_path / "run.ckpt"), tiny_data)
    list(trainer.travel(3))
    assert trainer.position.step == 3
    list(trainer.travel(10))
    assert fingerprint(trainer) == fingerprint(left)


def test_that_a_damaged_file_or_data_that_is_not_there_is_a_problem(tiny_data, tmp_path):
    damaged = tmp_path / "damaged.ckpt"
    damaged.write_bytes(checkpoint_of(trained(tiny_data, steps=3), tmp_path / "run.ckpt").read_bytes()[:-50])
    with pytest.raises(UserError, match=r"damaged\.ckpt"):
        from_file(damaged, tiny_data)

    def not_there(recipe):
        raise UserError("no {name}", name=recipe.dataset)

    with pytest.raises(UserError, match="no fashion-mnist"):
        open_checkpoint(tmp_path / "run.ckpt", not_there, CommandQueue(), SnapshotCache())


# The current run meanwhile


@pytest.mark.parametrize("reason", [UserError("no"), CancelledError(), RuntimeError("a defect")])
def test_that_an_opening_that_fails_leaves_the_current_run_as_it_was(tiny_data, reason):
    import torch

    memory = SnapshotCache(budget=1)
    early, straight = fingerprint(trained(tiny_data, steps=3)), fingerprint(trained(tiny_data))
    trainer = Trainer(RECIPE, tiny_data, CommandQueue(), scheduled=CHANGES, snapshot_cache=memory, is_attended=True)
    trainer.commands.put(RunSteps(17))
    list(trainer.run())
    at_rest, threads = fingerprint(trainer), torch.get_num_threads()

    def fail():
        with restored_on_error(trainer):
            other = replace(RECIPE, values={**RECIPE.values, "seed": 9, "threads": 2 if threads == 1 else 1})
            trained_elsewhere = Trainer(other, tiny_data, CommandQueue(), snapshot_cache=memory)
            list(trained_elsewhere.resume(RunSteps(3)))
            raise reason

    with pytest.raises(type(reason)):
        fail()
    assert torch.get_num_threads() == threads
    assert fingerprint(trainer) == at_rest
    list(trainer.travel(3))
    assert fingerprint(trainer) == early
    list(trainer.travel(17))
    assert fingerprint(trainer) == at_rest
    list(trainer.resume(Resume()))
    assert fingerprint(trainer) == straight


def test_that_what_succeeds_is_not_touched(tiny_data):
    import torch

    trainer = trained(tiny_data, steps=3)
    with restored_on_error(trainer):
        torch.manual_seed(5)
        expected = torch.get_rng_state()
    assert torch.equal(torch.get_rng_state(), expected)
    with restored_on_error(None):
        torch.manual_seed(6)

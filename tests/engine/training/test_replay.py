"""Laws of time travel: a run that travels back has its earlier state, and training on repeats it, bit for bit."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workbench.engine.checkpoints.snapshot import Snapshot
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.history.records import Change, ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import AddEpochs, Pause, Resume, RunEpoch, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import (
    DivergenceStopped,
    LossSpikeNoticed,
    Outcome,
    RecordingEnded,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    TravelFailed,
    Travelled,
    TravelProgressed,
)
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

STEPS_PER_EPOCH = 10  # 640 images, 64 to a batch


def recipe(epochs=3, *, model="mlp", optimizer="sgd", schedule="constant", **values):
    return Recipe(model=model, optimizer=optimizer, schedule=schedule, values={"epochs": epochs, **values})


def trainer_of(recipe, data, **options):
    return Trainer(recipe, data, CommandQueue(), is_attended=True, **options)


def do(events):
    """All events but the progress of travels, which depends on the speed of the machine."""
    return [event for event in events if not isinstance(event, TravelProgressed)]


def state(trainer):
    """Everything that must be the same, as plain values."""
    return fingerprint(trainer.stepper.snapshot()), record(trainer.history)


def fingerprint(snapshot: Snapshot):
    def plain(value):
        if hasattr(value, "numpy"):
            return value.numpy().tobytes()
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list | tuple) else value

    position = snapshot.position
    return (
        (position.step, position.epoch, position.tested, position.batch, position.sample, position.metric_sum),
        dict(snapshot.values),
        plain(dict(snapshot.weights)),
        plain(dict(snapshot.optimizer)),
        plain(snapshot.random_state),
    )


def record(history):
    return (
        history.loss.values().tobytes(),
        history.metric.values().tobytes(),
        tuple(history.evaluations),
        # Whether the start of an epoch at this very step was emitted or not: it is emitted when the run goes on.
        tuple(start for start in history.epoch_starts if start.step < len(history)),
        tuple(history.changes),
    )


def test_that_a_run_can_be_stepped_and_resumed(tiny_data):
    trainer, straight = trainer_of(recipe(), tiny_data), trainer_of(recipe(), tiny_data)
    trainer.commands.put(Pause())
    assert do(trainer.run())[-1] == RunPaused(0)
    assert do(trainer.resume(RunSteps(1))) == [RunResumed(0), *_loss_reports(trainer, 1), RunPaused(1)]
    assert do(trainer.resume(RunEpoch()))[-1] == RunPaused(STEPS_PER_EPOCH)
    assert trainer.position.tested == 1
    assert do(trainer.resume(Resume()))[-1] == RunEnded(Outcome.FINISHED, 3 * STEPS_PER_EPOCH)
    do(straight.run())
    assert state(trainer) == state(straight)


def _loss_reports(trainer, count):
    from workbench.engine.protocol.events import LossReported

    return [LossReported(trainer.history.loss[index], 64, 640) for index in range(count)]


def test_that_steps_that_end_an_epoch_test_it_and_beyond_the_plan_one_more_epoch_is_planned(tiny_data):
    trainer = trainer_of(recipe(1), tiny_data)
    trainer.commands.put(RunSteps(STEPS_PER_EPOCH - 1))
    assert do(trainer.run())[-1] == RunPaused(9)
    assert do(trainer.resume(RunSteps(1)))[-1] == RunPaused(10)
    assert [evaluation.epoch for evaluation in trainer.history.evaluations] == [1]
    assert do(trainer.resume(RunSteps(1)))[-1] == RunPaused(11)
    assert trainer.values["epochs"] == 2


def test_that_epochs_can_be_added_to_a_finished_run(tiny_data):
    trainer, straight = trainer_of(recipe(1), tiny_data), trainer_of(recipe(3), tiny_data)
    do(trainer.run())
    assert do(trainer.resume(AddEpochs(2)))[-1] == RunEnded(Outcome.FINISHED, 30)
    do(straight.run())
    assert trainer.history.changes == [Change(10, "epochs", 1, 3)]
    assert weights_sha256(trainer.weights) == weights_sha256(straight.weights)


def test_that_a_run_that_has_travelled_back_repeats_its_recording_with_its_changes(tiny_data):
    changes = [ScheduledChange(7, "learning_rate", 0.1), ScheduledChange(22, "batch_size", 32)]
    trainer = trainer_of(recipe(), tiny_data, scheduled=changes)
    do(trainer.run())
    then = state(trainer)
    (travelled,) = do(trainer.travel(4))
    assert isinstance(travelled, Travelled)
    assert (travelled.step, travelled.differed_at, travelled.values["learning_rate"]) == (4, None, 0.001)
    assert len(HISTORIES.find(travelled.recording)) == len(trainer.journal.recording)
    assert len(trainer.history) == 4
    assert trainer.history.changes == []
    events = do(trainer.resume(Resume()))
    assert any(isinstance(event, RecordingEnded) for event in events)
    assert not any(isinstance(event, RunBranched) for event in events)
    assert state(trainer) == then


def test_that_a_change_within_the_recording_makes_a_branch_and_the_parent_stays_reachable(tiny_data):
    memory = SnapshotCache()
    trainer = trainer_of(recipe(), tiny_data, snapshot_cache=memory)
    do(trainer.run())
    parent, whole = trainer.identity, record(trainer.history)
    do(trainer.travel(12))
    do(trainer.serve(SetValue("learning_rate", 0.5)))
    assert trainer.identity == parent  # nothing has been trained otherwise yet
    events = do(trainer.resume(Resume()))
    (branched,) = [event for event in events if isinstance(event, RunBranched)]
    assert (branched.run.parent, branched.run.parent_step) == (parent.id, 12)
    assert record(HISTORIES.find(branched.recording)) == whole
    assert trainer.identity == branched.run
    straight = trainer_of(recipe(), tiny_data, scheduled=[ScheduledChange(12, "learning_rate", 0.5)])
    do(straight.run())
    assert state(trainer) == state(straight)


def test_that_a_slider_moved_and_moved_back_while_paused_is_no_change(tiny_data):
    trainer = trainer_of(recipe(), tiny_data, stop_after=5)
    do(trainer.run())
    do(trainer.serve(SetValue("learning_rate", 0.5)))
    do(trainer.serve(SetValue("learning_rate", 0.25)))
    assert trainer.history.changes == [Change(5, "learning_rate", 0.001, 0.25)]
    do(trainer.serve(SetValue("learning_rate", 0.001)))
    assert trainer.history.changes == []


def test_that_a_run_can_travel_forward_again_to_the_end_of_the_recording(tiny_data):
    trainer = trainer_of(recipe(), tiny_data)
    do(trainer.run())
    do(trainer.serve(SetValue("learning_rate", 0.3)))  # after the last step
    then = state(trainer)
    do(trainer.travel(3))
    do(trainer.travel(17))
    assert isinstance(do(trainer.travel(31))[0], TravelFailed)
    assert trainer.position.step == 17
    travelled, ended = do(trainer.travel(30))
    assert travelled.recording is None
    assert ended == RunEnded(Outcome.FINISHED, 30)
    assert state(trainer) == then


def test_that_after_leaving_the_recording_no_recorded_change_is_made_again(tiny_data):
    trainer = trainer_of(recipe(), tiny_data, scheduled=[ScheduledChange(7, "learning_rate", 0.1)])
    do(trainer.run())
    do(trainer.travel(7, leave_recording=True))
    do(trainer.resume(Resume()))
    plain = trainer_of(recipe(), tiny_data)
    do(plain.run())
    assert weights_sha256(trainer.weights) == weights_sha256(plain.weights)
    assert trainer.identity.parent_step == 7


def test_that_a_stop_during_a_travel_leaves_the_run_where_it_was(tiny_data):
    trainer = trainer_of(recipe(), tiny_data)
    do(trainer.run())
    then = state(trainer)
    trainer.commands.put(Stop())
    (failed,) = do(trainer.travel(5))
    assert isinstance(failed, TravelFailed)
    assert state(trainer) == then


ACTIONS = st.one_of(
    st.tuples(st.just("steps"), st.integers(1, 15)),
    st.tuples(st.just("epoch"), st.none()),
    st.tuples(st.just("resume"), st.none()),
    st.tuples(st.just("travel"), st.floats(0, 1)),
    st.tuples(st.just("rate"), st.sampled_from([1e-3, 1e-2, 0.05])),
    st.tuples(st.just("batch"), st.sampled_from([32, 64, 100])),
    st.tuples(st.just("dropout"), st.sampled_from([0.0, 0.3])),
    st.tuples(st.just("shuffle"), st.booleans()),
    st.tuples(st.just("clip_norm"), st.sampled_from([0.0, 0.5])),
    st.tuples(st.just("schedule_patience"), st.sampled_from([0, 1])),
    st.tuples(st.just("flip"), st.booleans()),
    st.tuples(st.just("shift"), st.sampled_from([0, 2])),
    st.tuples(st.just("rotation"), st.sampled_from([0.0, 20.0])),
    st.tuples(st.just("leave"), st.floats(0, 1)),
)


def act(trainer, action):
    match action:
        case ("steps", count):
            return do(trainer.resume(RunSteps(count)))
        case ("epoch", _):
            return do(trainer.resume(RunEpoch()))
        case ("resume", _):
            return do(trainer.resume(Resume()))
        case ("travel", share):
            return do(trainer.travel(round(share * trainer.last_recorded)))
        case ("leave", share):
            return do(trainer.travel(round(share * trainer.last_recorded), leave_recording=True))
        case (name, value):
            row = {"rate": "learning_rate", "batch": "batch_size"}.get(name, name)
            return do(trainer.serve(SetValue(row, value))) if row in trainer.values else []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    actions=[("epoch", None), ("rate", 0.01), ("rate", 0.001)],
    optimizer="sgd",
    schedule="exponential",
    shuffle=False,
    model="mlp",
    momentum=0.0,
    share=0.0,
)
@example(
    actions=[("steps", 10), ("batch", 32), ("travel", 0.0), ("epoch", None), ("batch", 64)],
    optimizer="sgd",
    schedule="constant",
    shuffle=False,
    model="mlp",
    momentum=0.0,
    share=0.0,
)
@given(
    actions=st.lists(ACTIONS, min_size=3, max_size=10),
    optimizer=st.sampled_from(OPTIMIZERS.names),
    schedule=st.sampled_from(SCHEDULES.names),
    shuffle=st.booleans(),
    model=st.sampled_from(["mlp", "mlp-dropout"]),
    momentum=st.sampled_from([0.0, 0.9]),
    share=st.sampled_from([0.0, 0.2]),
)
def test_that_any_run_can_be_replayed_from_its_recipe_and_journal(
    tiny_data, actions, optimizer, schedule, shuffle, model, momentum, share
):
    """After any commands, a straight run with the changes of the journal reaches the same state, bit for bit."""
    extra = {"momentum": momentum} if "momentum" in OPTIMIZERS[optimizer].accepts else {}
    extra["validation_share"] = share
    made = recipe(2, model=model, optimizer=optimizer, schedule=schedule, shuffle=shuffle, guard=False, **extra)
    trainer = trainer_of(made, tiny_data, snapshot_cache=SnapshotCache(40 << 20))
    trainer.commands.put(Pause())
    do(trainer.run())
    # What was recorded at each step of each run, to be found again whenever a way leads there.
    seen: dict[tuple[str, int], tuple] = {}
    for action in actions:
        events = act(trainer, action)
        assert not any(isinstance(event, TravelFailed) for event in events)
        for event in events:
            if isinstance(event, Travelled):
                assert event.differed_at is None
        key = (trainer.identity.id, trainer.position.step)
        changed_here = any(change.step == trainer.position.step for change in trainer.history.changes)
        if not changed_here:
            found = state(trainer)
            assert seen.setdefault(key, found) == found
    replayed = trainer_of(made, tiny_data)
    replayed.journal.schedule(ScheduledChange(each.step, each.name, each.new) for each in trainer.history.changes)
    replayed.commands.put(RunSteps(trainer.position.step) if trainer.position.step else Pause())
    do(replayed.run())
    assert weights_sha256(replayed.weights) == weights_sha256(trainer.weights)
    assert np.array_equal(replayed.history.loss.values(), trainer.history.loss.values())


def test_that_after_a_loss_spike_the_run_goes_back_to_the_last_good_snapshot_and_the_spike_can_be_allowed(tiny_data):
    trainer = trainer_of(recipe(20, batch_size=32), tiny_data, scheduled=[ScheduledChange(130, "learning_rate", 10.0)])
    events = do(trainer.run())
    assert [type(event) for event in events[-2:]] == [Travelled, DivergenceStopped]
    incident = events[-1].incident
    assert 130 < incident.step < 200
    assert incident.returned_to <= 130
    assert trainer.position.step == incident.returned_to
    assert len(trainer.journal.recording) > incident.step or not math.isfinite(incident.loss)
    passed = do(trainer.resume(Resume(allow_spike=True)))
    assert len(trainer.history) > incident.step
    assert not any(isinstance(event, RunBranched) for event in passed)


def test_that_after_a_nan_loss_the_run_goes_back_too_and_ends_if_the_loss_is_allowed(tiny_data):
    # Brighter than images ever are, so that the numbers overflow at once.
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs[320:].mul_(1e30)
    trainer = trainer_of(recipe(9), tiny_data)
    events = do(trainer.run())
    assert isinstance(events[-1], DivergenceStopped)
    assert all(tensor.isfinite().all() for tensor in trainer.weights.values())
    assert do(trainer.resume(Resume(allow_spike=True)))[-1].outcome is Outcome.DIVERGED


def test_that_in_an_unattended_run_a_spike_emits_an_event_and_training_goes_on(tiny_data):
    trainer = Trainer(
        recipe(20, batch_size=32), tiny_data, scheduled=[ScheduledChange(130, "learning_rate", 10.0)], stop_after=190
    )
    events = do(trainer.run())
    assert len([event for event in events if isinstance(event, LossSpikeNoticed)]) == 1
    assert isinstance(events[-1], RunEnded)


@pytest.mark.parametrize("guard", [True, False])
def test_that_the_guard_can_be_switched_off(tiny_data, guard):
    changes = [ScheduledChange(130, "learning_rate", 10.0)]
    trainer = trainer_of(recipe(8, batch_size=32, guard=guard), tiny_data, scheduled=changes)
    assert any(isinstance(event, DivergenceStopped) for event in do(trainer.run())) is guard

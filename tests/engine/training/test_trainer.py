import math
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.errors import UsageError
from workbench.engine.history.records import Change, ScheduledChange
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import CaptureWeights, EvaluateWeights, SetValue, Stop
from workbench.engine.protocol.events import (
    ChangeRefused,
    EpochStarted,
    EpochTested,
    LossReported,
    Outcome,
    RunEnded,
    RunStarted,
    ValueChanged,
    WeightsCaptured,
    WeightsEvaluated,
)
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

STEPS_PER_EPOCH = 10  # 640 images, 64 to a batch


def recipe(optimizer="sgd", **values):
    return Recipe(optimizer=optimizer, values={"epochs": 2, **values})


def run(trainer):
    return list(trainer.run())


def same_weights(one, other):
    return weights_sha256(one.weights) == weights_sha256(other.weights)


def test_that_a_run_emits_its_events_in_order(tiny_data):
    events = run(Trainer(recipe(), tiny_data))
    assert [type(event) for event in events] == [
        RunStarted,
        *[EpochStarted, LossReported, EpochTested] * 2,
        RunEnded,
    ]
    assert events[-1].outcome is Outcome.FINISHED
    assert events[-1].step == 2 * STEPS_PER_EPOCH


def test_that_history_and_progress_hold_every_step(tiny_data):
    trainer = Trainer(recipe(), tiny_data)
    run(trainer)
    assert len(trainer.history) == 2 * STEPS_PER_EPOCH
    assert [evaluation.step for evaluation in trainer.history.evaluations] == [10, 20]
    assert (trainer.progress.epoch, trainer.progress.planned_steps, trainer.progress.trained) == (2, 20, 1280)


def test_that_a_network_learns_the_tiny_data(tiny_data):
    trainer = Trainer(recipe(epochs=5, learning_rate=0.1), tiny_data)
    run(trainer)
    assert trainer.history.evaluations[-1].metric > 0.9


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_one_recipe_gives_one_set_of_weights(tiny_data, optimizer):
    runs = [Trainer(recipe(optimizer, epochs=1), tiny_data) for _ in range(2)]
    for trainer in runs:
        run(trainer)
    assert same_weights(*runs)


def test_that_a_change_is_used_from_its_step_on_and_recorded(tiny_data):
    trainer = Trainer(recipe(), tiny_data, scheduled=[ScheduledChange(4, "learning_rate", 0.5)])
    events = run(trainer)
    change = Change(4, "learning_rate", 0.001, 0.5)
    assert [event.change for event in events if isinstance(event, ValueChanged)] == [change]
    assert trainer.history.changes == [change]
    plain = Trainer(recipe(), tiny_data)
    run(plain)
    theirs, ours = plain.history.loss.values(), trainer.history.loss.values()
    # The update of step 4 is the first with the new rate; the loss of step 5 the first to show it.
    assert (theirs[:5] == ours[:5]).all()
    assert theirs[5] != ours[5]


def test_that_a_slider_moved_between_batches_equals_the_same_change_scheduled(tiny_data):
    commands = CommandQueue()
    steered = Trainer(recipe(), tiny_data, commands)
    for event in steered.run():
        if isinstance(event, EpochStarted) and event.epoch == 2:
            commands.put(SetValue("learning_rate", 0.2))
            commands.put(SetValue("momentum", 0.8))
    planned = [ScheduledChange(10, "learning_rate", 0.2), ScheduledChange(10, "momentum", 0.8)]
    scheduled = Trainer(recipe(), tiny_data, scheduled=planned)
    run(scheduled)
    assert steered.history.changes == scheduled.history.changes
    assert same_weights(steered, scheduled)


def test_that_only_the_last_of_many_moves_between_two_batches_counts(tiny_data):
    commands = CommandQueue()
    for rate in (0.1, 0.2, 0.3):
        commands.put(SetValue("learning_rate", rate))
    trainer = Trainer(recipe(), tiny_data, commands)
    run(trainer)
    assert trainer.history.changes == [Change(0, "learning_rate", 0.001, 0.3)]


def test_that_a_slider_moved_away_and_back_is_no_change(tiny_data):
    commands = CommandQueue()
    commands.put(SetValue("learning_rate", 0.1))
    commands.put(SetValue("learning_rate", 0.001))
    trainer = Trainer(recipe(), tiny_data, commands)
    run(trainer)
    assert trainer.history.changes == []


def test_that_a_new_batch_size_goes_on_from_the_sample_reached(tiny_data):
    trainer = Trainer(recipe(epochs=1), tiny_data, scheduled=[ScheduledChange(3, "batch_size", 100)])
    events = run(trainer)
    # 3 x 64 = 192, and 448 more in batches of 100.
    assert len(trainer.history) == 3 + 5
    assert trainer.position.epoch == 1
    reports = [event for event in events if isinstance(event, LossReported)]
    assert [report.current for report in reports] == [64]


def test_that_an_epoch_is_tested_in_batches_of_the_size_its_last_step_had(tiny_data):
    changed = Trainer(recipe(epochs=1), tiny_data, scheduled=[ScheduledChange(10, "batch_size", 100)])
    run(changed)
    plain = Trainer(recipe(epochs=1), tiny_data)
    run(plain)
    assert changed.values["batch_size"] == 100
    assert changed.history.evaluations == plain.history.evaluations


def test_that_the_log_counts_samples_after_the_batch_size_changed_within_an_epoch(tiny_data):
    changes = [ScheduledChange(50, "batch_size", 2), ScheduledChange(90, "batch_size", 4)]
    events = run(Trainer(recipe(epochs=1, batch_size=1), tiny_data, scheduled=changes))
    currents = [event.current for event in events if isinstance(event, LossReported)]
    # Batch 101 is reached after 50 of one, 40 of two and 11 of four samples.
    assert currents[:2] == [1, 50 + 80 + 44]


@pytest.mark.parametrize("name", ["momentum", "weight_decay", "eps", "alpha"])
def test_that_rmsprop_takes_every_value_mid_run(tiny_data, name):
    trainer = Trainer(recipe("rmsprop"), tiny_data, scheduled=[ScheduledChange(5, name, 0.05)])
    assert run(trainer)[-1].outcome is Outcome.FINISHED
    assert trainer.stepper.optimizer.param_groups[0][name] == 0.05


def test_that_nesterov_without_momentum_trains_as_plain_sgd(tiny_data):
    with_nesterov, plain = Trainer(recipe(nesterov=True), tiny_data), Trainer(recipe(), tiny_data)
    run(with_nesterov)
    run(plain)
    assert same_weights(with_nesterov, plain)


@pytest.mark.parametrize(("epochs", "expected"), [(1, 1), (3, 3), (5, 5)])
def test_that_epochs_can_be_extended_and_shortened_while_running(tiny_data, epochs, expected):
    trainer = Trainer(recipe(epochs=2), tiny_data, scheduled=[ScheduledChange(5, "epochs", epochs)])
    events = run(trainer)
    assert len(trainer.history.evaluations) == expected
    assert events[-1].outcome is Outcome.FINISHED
    assert trainer.progress.planned_steps == expected * STEPS_PER_EPOCH


def test_that_a_seed_cannot_change_during_a_run(tiny_data):
    with pytest.raises(UsageError, match="next run"):
        Trainer(recipe(), tiny_data, scheduled=[ScheduledChange(1, "seed", 1)])


def test_that_an_impossible_change_is_refused_and_the_run_goes_on(tiny_data):
    commands = CommandQueue()
    commands.put(SetValue("beta1", 0.5))
    commands.put(SetValue("learning_rate", math.nan))
    events = run(Trainer(recipe(), tiny_data, commands))
    assert [event.name for event in events if isinstance(event, ChangeRefused)] == ["beta1", "learning_rate"]
    assert events[-1].outcome is Outcome.FINISHED


def test_that_stop_ends_after_the_current_batch_and_keeps_the_weights(tiny_data):
    commands = CommandQueue()
    trainer = Trainer(recipe(), tiny_data, commands)
    for event in trainer.run():
        if isinstance(event, LossReported):
            commands.put(Stop())
    assert event == RunEnded(Outcome.STOPPED, 1)
    limited = Trainer(recipe(), tiny_data, stop_after=1)
    assert run(limited)[-1] == RunEnded(Outcome.STOPPED, 1)
    assert same_weights(trainer, limited)


def test_that_stop_during_an_evaluation_drops_it(tiny_data):
    commands = CommandQueue()
    trainer = Trainer(recipe(batch_size=8), tiny_data, commands)
    loss_fn, tested = trainer.stepper.loss_fn, []

    def stop_at_the_third_test_batch(logits, labels):
        if not logits.requires_grad:
            tested.append(len(labels))
            if len(tested) == 3:
                commands.put(Stop())
        return loss_fn(logits, labels)

    trainer.stepper.loss_fn = stop_at_the_third_test_batch
    events = run(trainer)
    assert len(tested) == 3
    assert events[-1] == RunEnded(Outcome.STOPPED, 80)
    assert trainer.history.evaluations == []


def test_that_stopping_after_the_last_step_of_an_epoch_leaves_it_untested(tiny_data):
    trainer = Trainer(recipe(), tiny_data, stop_after=STEPS_PER_EPOCH)
    assert run(trainer)[-1] == RunEnded(Outcome.STOPPED, STEPS_PER_EPOCH)
    assert trainer.history.evaluations == []


def test_that_captured_weights_do_not_change_with_the_training(tiny_data):
    commands = CommandQueue()
    commands.put(CaptureWeights(Path("somewhere.pt")))
    trainer = Trainer(recipe(), tiny_data, commands)
    before = weights_sha256(trainer.weights)
    captured = next(event for event in run(trainer) if isinstance(event, WeightsCaptured))
    assert (captured.target, captured.step) == (Path("somewhere.pt"), 0)
    assert weights_sha256(captured.weights) == before
    assert weights_sha256(trainer.weights) != before


def test_that_evaluating_a_file_mid_run_leaves_the_run_as_it_was(tiny_data, tmp_path):
    other = Trainer(recipe(seed=5, learning_rate=0.1), tiny_data)
    run(other)
    path = tmp_path / "other.pt"
    save_weights(other.weights, path)
    commands = CommandQueue()
    commands.put(EvaluateWeights(path, recipe()))
    trainer, undisturbed = Trainer(recipe(), tiny_data, commands), Trainer(recipe(), tiny_data)
    evaluated = next(event for event in run(trainer) if isinstance(event, WeightsEvaluated))
    run(undisturbed)
    last = other.history.evaluations[-1]
    assert (evaluated.average_loss, evaluated.metric) == (last.average_loss, last.metric)
    assert not evaluated.kept
    assert same_weights(trainer, undisturbed)


@pytest.mark.parametrize("loss", ["cross-entropy", "mse"])
def test_that_a_diverging_run_stops_names_the_step_and_keeps_the_last_finite_weights(tiny_data, loss):
    values = {"learning_rate": 10, "epochs": 20, "momentum": 0.99}
    # Brighter than images ever are, so that the numbers overflow within a few steps.
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs.mul_(1e15)
    trainer = Trainer(Recipe(loss=loss, values=values), tiny_data)
    ended = run(trainer)[-1]
    assert ended.outcome is Outcome.DIVERGED
    assert f"weights of step {ended.step} are kept" in str(ended.problem)
    assert re.search(r"The loss became (NaN|infinite) at step \d+ \(epoch \d+, batch \d+\)", str(ended.problem))
    assert all(tensor.isfinite().all() for tensor in trainer.weights.values())
    assert len(trainer.history) == trainer.position.step == ended.step
    assert all(math.isfinite(loss) for loss in trainer.history.loss.values())


@pytest.mark.parametrize("is_attended", [False, True])
def test_that_a_loss_that_is_not_finite_before_any_update_ends_the_run_and_blames_no_rate(tiny_data, is_attended):
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs.mul_(3e38)
    trainer = Trainer(recipe(), tiny_data, is_attended=is_attended)
    ended = run(trainer)[-1]
    assert (ended.outcome, ended.step) == (Outcome.DIVERGED, 0)
    assert (ended.incident.returned_to, math.isfinite(ended.incident.loss)) == (0, False)
    assert "before any update" in str(ended.problem)
    assert "lower learning rate" not in str(ended.problem)


def test_that_the_weights_kept_are_those_of_a_run_that_stopped_in_time(tiny_data):
    changes = [ScheduledChange(7, "learning_rate", 10), ScheduledChange(7, "momentum", 0.9)]
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs[320:].mul_(1e12)
    diverged = Trainer(recipe(epochs=9), tiny_data, scheduled=changes)
    ended = run(diverged)[-1]
    assert ended.outcome is Outcome.DIVERGED
    assert 0 < ended.step < 90
    in_time = Trainer(recipe(epochs=9), tiny_data, scheduled=changes, stop_after=ended.step)
    assert run(in_time)[-1].outcome is Outcome.STOPPED
    assert same_weights(diverged, in_time)


@pytest.mark.parametrize("stop_after", [None, 7, 10, 150])
def test_that_numbers_read_many_batches_at_once_are_the_same_numbers(tiny_data, stop_after):
    """As on a GPU, which would wait for each number that is read at once."""
    at_once, later = (
        Trainer(
            recipe(batch_size=6), tiny_data, scheduled=[ScheduledChange(5, "learning_rate", 0.1)], stop_after=stop_after
        )
        for _ in range(2)
    )
    later.stepper.is_deferred = True
    events, events_later = run(at_once), run(later)
    assert events[1:] == events_later[1:]
    assert (later.history.loss.values() == at_once.history.loss.values()).all()
    assert (later.history.metric.values() == at_once.history.metric.values()).all()
    assert same_weights(at_once, later)


def test_that_a_divergence_read_late_ends_where_one_read_at_once_does(tiny_data):
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs[320:].mul_(1e12)
    changes = [ScheduledChange(7, "learning_rate", 10), ScheduledChange(7, "momentum", 0.9)]
    at_once, later = (Trainer(recipe(epochs=9, batch_size=6), tiny_data, scheduled=changes) for _ in range(2))
    later.stepper.is_deferred = True
    ended, ended_later = run(at_once)[-1], run(later)[-1]
    assert ended.outcome is ended_later.outcome is Outcome.DIVERGED
    assert str(ended.problem) == str(ended_later.problem)
    assert ended.step == ended_later.step == len(later.history)
    assert same_weights(at_once, later)


@pytest.mark.parametrize("change_at", [10, 20])
def test_that_a_change_after_the_last_batch_of_an_epoch_is_repeated_when_the_run_goes_back(tiny_data, change_at):
    tiny_data = tiny_data.as_floats()
    tiny_data.train_inputs.mul_(1e3)
    changes = [ScheduledChange(change_at, "learning_rate", 10), ScheduledChange(change_at, "momentum", 0.9)]
    gentle = recipe(epochs=9, learning_rate=1e-6)
    trainer = Trainer(gentle, tiny_data, scheduled=changes)
    trainer.stepper.is_deferred = True  # the loss is read steps too late, so that there is a way to go back
    ended = run(trainer)[-1]
    assert ended.outcome is Outcome.DIVERGED
    assert change_at < ended.step == len(trainer.history)
    in_time = Trainer(gentle, tiny_data, scheduled=changes, stop_after=ended.step)
    assert run(in_time)[-1].outcome is Outcome.STOPPED
    assert same_weights(trainer, in_time)


live_moves = st.tuples(
    st.integers(0, 19),
    st.one_of(
        st.tuples(st.just("learning_rate"), st.floats(1e-4, 0.1)),
        st.tuples(st.just("momentum"), st.floats(0, 0.95)),
        st.tuples(st.just("weight_decay"), st.floats(1e-5, 0.1)),
        st.tuples(st.just("batch_size"), st.integers(20, 200)),
        st.tuples(st.just("nesterov"), st.booleans()),
        st.tuples(st.just("clip_norm"), st.sampled_from([0.0, 0.01, 1.0])),
    ),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(live_moves, max_size=6))
def test_that_any_journal_replayed_gives_the_same_weights(tiny_data, moves):
    steered = Trainer(recipe(), tiny_data, scheduled=[ScheduledChange(step, *move) for step, move in moves])
    run(steered)
    journal = [ScheduledChange(change.step, change.name, change.new) for change in steered.history.changes]
    replayed = Trainer(recipe(), tiny_data, scheduled=journal)
    run(replayed)
    assert replayed.history.changes == steered.history.changes
    assert (replayed.history.loss.values() == steered.history.loss.values()).all()
    assert same_weights(steered, replayed)


def test_that_an_unknown_device_is_refused_with_those_there_are(tiny_data):
    with pytest.raises(UsageError, match="cpu"):
        Trainer(Recipe(device="abacus"), tiny_data)

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation, Origin, ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Resume
from workbench.engine.protocol.events import Outcome, RunBranched, RunEnded, StoppedEarly, Travelled
from workbench.engine.recipe import Recipe
from workbench.engine.training.early_stopping import best_to_return_to
from workbench.engine.training.trainer import Trainer

STEPS = 10  # of an epoch: 640 images, 64 to a batch


def history_of(losses, changes=()):
    history = History()
    history.evaluations = [Evaluation(STEPS * epoch, epoch, loss, 0.5) for epoch, loss in enumerate(losses, 1)]
    history.changes = list(changes)
    return history


def rule(patience, gain=0.0):
    return {"early_stopping": patience, "least_gain": gain}


LOSSES = st.lists(st.floats(0.0, 4.0), min_size=1, max_size=30)


@given(LOSSES, st.integers(1, 6), st.sampled_from([0.0, 0.1, 1.0]))
def test_that_a_run_ends_as_soon_as_no_loss_of_its_last_epochs_is_lower_by_the_gain(losses, patience, gain):
    ends = next(
        (n for n in range(1, len(losses) + 1) if best_to_return_to(history_of(losses[:n]), rule(patience, gain))), 0
    )
    if not ends:
        return
    best = best_to_return_to(history_of(losses[:ends]), rule(patience, gain))
    assert best.epoch == ends - patience
    assert all(loss >= best.average_loss - gain for loss in losses[best.epoch : ends])
    assert all(loss > best.average_loss for loss in losses[: best.epoch - 1])


@given(LOSSES)
def test_that_it_is_off_at_first(losses):
    assert best_to_return_to(history_of(losses), rule(TABLE["early_stopping"].default)) is None


def test_that_after_an_end_the_run_gets_as_many_epochs_again():
    ends = [n for n in range(1, 9) if best_to_return_to(history_of([1.0] * n), rule(3))]
    assert ends == [4, 7]


def test_that_a_change_made_when_an_epoch_was_trained_counts_from_the_next_on():
    change = Change(2 * STEPS, "early_stopping", 0, 1)
    assert best_to_return_to(history_of([1.0] * 2, [change]), rule(0)) is None
    assert best_to_return_to(history_of([1.0] * 3, [change]), rule(0)).epoch == 1


def test_that_it_watches_the_validation_loss_where_there_is_one():
    history = history_of([1.0, 0.5])
    history.evaluations = [
        Evaluation(each.step, each.epoch, each.average_loss, 0.5, None, loss, 0.5)
        for each, loss in zip(history.evaluations, [0.2, 0.3], strict=True)
    ]
    assert best_to_return_to(history, rule(1)).epoch == 1


def recipe(**values):
    """Learns, then the loss rises again: the rate is far too high from the third epoch on."""
    return Recipe(values={"epochs": 8, "learning_rate": 0.05, "guard": False, "early_stopping": 2, **values})


RISING = [ScheduledChange(3 * STEPS, "learning_rate", 3.0)]


def trainer_of(recipe, data, *, is_attended=True):
    return Trainer(recipe, data, CommandQueue(), scheduled=RISING, is_attended=is_attended)


@pytest.mark.parametrize("share", [0.0, 0.25])
def test_that_an_attended_run_pauses_at_its_best_epoch_with_the_later_steps_recorded(tiny_data, share):
    trainer = trainer_of(recipe(validation_share=share), tiny_data)
    *_, travelled, stopped = trainer.run()
    assert isinstance(travelled, Travelled)
    assert isinstance(stopped, StoppedEarly)
    assert stopped.best == trainer.history.evaluations[-1]
    assert ("validation" in str(stopped.notice)) == (share > 0)
    assert len(str(stopped.notice)) <= 300
    assert trainer.position.epoch == stopped.best.epoch == stopped.epoch - 2
    recorded = trainer.journal.recording
    assert recorded.evaluations[-1].epoch == stopped.epoch
    (entry,) = trainer.history.incidents
    assert (entry.step, entry.returned_to) == (len(recorded), stopped.best.step)
    assert (entry.origin, entry.is_of_guard) == (Origin.EARLY_STOPPING, False)
    assert entry.loss == recorded.evaluations[-1].watched_loss
    assert abs(entry.time - time.time()) < 3600
    plain = Trainer(recipe(validation_share=share), tiny_data, scheduled=RISING, stop_after=stopped.best.step)
    list(plain.run())
    assert weights_sha256(plain.weights) == weights_sha256(trainer.weights)


def test_that_a_run_that_is_resumed_repeats_the_later_steps_and_gets_as_many_epochs_again(tiny_data):
    trainer = trainer_of(recipe(), tiny_data)
    (first,) = [event for event in trainer.run() if isinstance(event, StoppedEarly)]
    events = list(trainer.resume(Resume()))
    assert not any(isinstance(event, RunBranched) for event in events)
    (again,) = [event for event in events if isinstance(event, StoppedEarly)]
    assert again.epoch == first.epoch + 2
    assert again.best == first.best


def test_that_it_can_be_undone_and_repeats_itself_from_any_step(tiny_data):
    trainer = trainer_of(recipe(), tiny_data)
    *_, stopped = trainer.run()
    list(trainer.travel(trainer.last_recorded))
    assert trainer.position.tested == stopped.epoch
    last = weights_sha256(trainer.weights)
    list(trainer.travel(7))
    list(trainer.travel(trainer.last_recorded))
    assert weights_sha256(trainer.weights) == last


def test_that_without_a_user_the_run_ends_with_the_weights_of_its_best_epoch(tiny_data):
    asked, alone = trainer_of(recipe(), tiny_data), trainer_of(recipe(), tiny_data, is_attended=False)
    list(asked.run())
    *_, stopped, ended = alone.run()
    assert isinstance(stopped, StoppedEarly)
    assert ended == RunEnded(Outcome.FINISHED, stopped.best.step)
    assert weights_sha256(alone.weights) == weights_sha256(asked.weights)

"""The journal of a run: what is changed when, what is written down of it, and what is made again."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.errors import UsageError
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, ScheduledChange
from workbench.engine.protocol.events import ChangeRefused, FutureReached, ValueChanged
from workbench.engine.recipe import Recipe
from workbench.engine.training.journal import Journal

RATE, SIZE = "learning_rate", "batch_size"


class Desk:
    """A journal, and as much of a training as it touches."""

    def __init__(self, **values):
        self.recipe = Recipe(values=values)
        self.values = dict(self.recipe.values)
        self.position = SimpleNamespace(step=0)
        self.history = History()
        self.before = []
        self.journal = Journal(self, self.history, lambda: self.before.append((self.position.step, dict(self.values))))

    def set_value(self, name, value):
        self.values[name] = value

    def at(self, step):
        """Go on to a step that is recorded by then; returns the journal."""
        while len(self.history) < step:
            self.history.add_step(1.0, 0.5)
        self.position.step = step
        return self.journal

    def change(self, name, value):
        return list(self.journal.change(name, value))


@pytest.fixture
def desk():
    return Desk()


def a_future(steps, *changes):
    future = History()
    for _ in range(steps):
        future.add_step(1.0, 0.5)
    future.changes += changes
    return future


# A wish


def test_that_a_wish_is_granted_told_and_written_down(desk):
    desk.at(7)
    assert desk.change(RATE, 0.5) == [ValueChanged(Change(7, RATE, 0.001, 0.5))]
    assert desk.values[RATE] == 0.5
    assert desk.history.changes == [Change(7, RATE, 0.001, 0.5)]


def test_that_the_state_before_a_change_can_still_be_taken_when_it_is_made(desk):
    desk.at(7)
    desk.change(RATE, 0.5)
    ((step, values),) = desk.before
    assert (step, values[RATE]) == (7, 0.001)


def test_that_a_wish_for_what_is_so_already_changes_nothing(desk):
    assert desk.change(RATE, 0.001) == []
    assert desk.change(SIZE, 64.0) == []
    assert (desk.history.changes, desk.before) == ([], [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("no_such_thing", 1),
        ("beta1", 0.5),  # SGD has none
        ("seed", 3),  # decides how a run begins
        ("threads", 2),
        (RATE, -1.0),
        (RATE, math.nan),
        (SIZE, 1.5),
        (SIZE, 0),
        ("guard", 2),
    ],
)
def test_that_a_wish_that_cannot_be_granted_is_refused_with_a_sentence_and_changes_nothing(desk, name, value):
    values = dict(desk.values)
    (refused,) = desk.change(name, value)
    assert isinstance(refused, ChangeRefused)
    assert refused.name == name
    assert str(refused.problem).endswith(".")
    assert (desk.values, desk.history.changes, desk.before) == (values, [], [])


# Several at one step


def test_that_changes_of_one_value_at_one_step_are_one_in_the_journal(desk):
    desk.at(5)
    for value in (0.1, 0.2, 0.3):
        desk.change(RATE, value)
    assert desk.history.changes == [Change(5, RATE, 0.001, 0.3)]


def test_that_a_value_put_back_at_the_same_step_leaves_no_trace_and_others_stay(desk):
    desk.at(4)
    desk.change(RATE, 0.1)
    desk.at(5)
    desk.change(SIZE, 32)
    desk.change(RATE, 0.2)
    desk.change("momentum", 0.9)
    assert desk.change(RATE, 0.1) == [ValueChanged(Change(5, RATE, 0.2, 0.1))]
    assert desk.history.changes == [
        Change(4, RATE, 0.001, 0.1),
        Change(5, SIZE, 64, 32),
        Change(5, "momentum", 0.0, 0.9),
    ]


@given(
    wishes=st.lists(
        st.tuples(
            st.integers(0, 2),
            st.one_of(
                st.tuples(st.just(RATE), st.sampled_from([0.001, 0.01, 0.1])),
                st.tuples(st.just(SIZE), st.sampled_from([32, 64, 128])),
                st.tuples(st.just("shuffle"), st.booleans()),
            ),
        ),
        max_size=30,
    )
)
def test_that_the_journal_leads_from_the_recipe_to_the_values_in_force(wishes):
    desk = Desk()
    for later, (name, value) in wishes:
        desk.at(desk.position.step + later)
        desk.change(name, value)
    replayed = dict(desk.recipe.values)
    for change in desk.history.changes:
        assert replayed[change.name] == change.old != change.new
        replayed[change.name] = change.new
    assert replayed == desk.values
    steps = [change.step for change in desk.history.changes]
    assert steps == sorted(steps)
    keys = [(change.step, change.name) for change in desk.history.changes]
    assert len(set(keys)) == len(keys)


# Changes known beforehand


def test_that_scheduled_changes_are_made_at_their_steps_in_whatever_order_they_were_given(desk):
    desk.journal.schedule([ScheduledChange(9, SIZE, 32), ScheduledChange(3, RATE, 0.1)])
    desk.journal.schedule([ScheduledChange(5, RATE, 0.2)])
    made = {}
    for step in range(12):
        made[step] = [event.change.new for event in desk.at(step).make_due()]
    assert {step: new for step, new in made.items() if new} == {3: [0.1], 5: [0.2], 9: [32]}
    assert desk.journal.scheduled == ()


def test_that_the_next_due_step_is_that_of_the_first_change_to_come(desk):
    assert desk.journal.next_due == math.inf
    desk.journal.schedule([ScheduledChange(9, SIZE, 32), ScheduledChange(3, RATE, 0.1)])
    assert desk.journal.next_due == 3
    list(desk.at(3).make_due())
    assert desk.journal.next_due == 9
    assert desk.journal.scheduled == (ScheduledChange(9, SIZE, 32),)


def test_that_of_several_for_one_value_and_step_the_last_counts(desk):
    desk.journal.schedule([ScheduledChange(3, RATE, 0.1), ScheduledChange(3, SIZE, 32), ScheduledChange(3, RATE, 0.2)])
    events = list(desk.at(3).make_due())
    assert [(event.change.name, event.change.new) for event in events] == [(RATE, 0.2), (SIZE, 32)]


def test_that_one_that_is_overdue_is_made_at_the_present_step(desk):
    desk.journal.schedule([ScheduledChange(3, RATE, 0.1)])
    assert list(desk.at(8).make_due()) == [ValueChanged(Change(8, RATE, 0.001, 0.1))]


@pytest.mark.parametrize(("name", "value"), [("beta1", 0.5), ("seed", 1), (RATE, 1e9), ("no_such_thing", 1)])
def test_that_one_that_is_not_possible_is_refused_when_it_is_scheduled_and_none_with_it_stays(desk, name, value):
    with pytest.raises(UsageError):
        desk.journal.schedule([ScheduledChange(3, RATE, 0.1), ScheduledChange(4, name, value)])
    assert desk.journal.scheduled == ()


# What is recorded beyond


def test_that_recorded_changes_from_the_present_step_on_are_made_again_at_their_steps(desk):
    recorded = [Change(2, RATE, 0.001, 0.1), Change(4, RATE, 0.1, 0.2), Change(6, SIZE, 64, 32)]
    desk.at(4).set_recording(a_future(8, *recorded))
    desk.values[RATE] = 0.1
    assert desk.journal.next_due == 4
    assert list(desk.journal.make_due()) == [ValueChanged(recorded[1])]
    assert list(desk.at(5).make_due()) == []
    assert list(desk.at(6).make_due()) == [ValueChanged(recorded[2])]
    assert desk.history.changes == recorded[1:]


def test_that_the_end_of_what_is_recorded_is_told_once_and_nothing_is_followed_any_more(desk):
    desk.at(4).set_recording(a_future(8))
    assert desk.journal.next_due == 8
    assert list(desk.at(8).make_due()) == [FutureReached(8)]
    assert desk.journal.recording is None
    assert list(desk.at(9).make_due()) == []


def test_that_a_change_of_ones_own_departs_from_what_is_recorded(desk):
    future = a_future(8, Change(6, SIZE, 64, 32))
    desk.at(4).set_recording(future)
    assert [type(event) for event in desk.change(RATE, 0.5)] == [ValueChanged]
    assert desk.journal.has_left_recording
    assert desk.journal.recording is future  # it is still drawn, and can be gone back to
    assert list(desk.at(6).make_due()) == []
    assert list(desk.at(8).make_due()) == []
    assert desk.values[SIZE] == 64


def test_that_a_wish_that_changes_nothing_or_is_refused_departs_from_nothing(desk):
    desk.at(4).set_recording(a_future(8))
    desk.change(RATE, 0.001)
    desk.change("seed", 5)


def test_that_a_scheduled_change_comes_after_the_recorded_one_of_its_step_and_departs(desk):
    desk.at(4).set_recording(a_future(8, Change(6, RATE, 0.001, 0.1)))
    desk.journal.schedule([ScheduledChange(6, RATE, 0.2)])
    events = list(desk.at(6).make_due())
    assert [event.change.new for event in events] == [0.1, 0.2]
    assert desk.history.changes == [Change(6, RATE, 0.001, 0.2)]
    assert desk.journal.has_left_recording


def test_that_a_scheduled_change_that_is_what_was_recorded_retraces(desk):
    desk.at(4).set_recording(a_future(8, Change(6, RATE, 0.001, 0.1)))
    desk.journal.schedule([ScheduledChange(6, RATE, 0.1)])
    list(desk.at(6).make_due())


def test_that_one_scheduled_for_where_what_is_recorded_ends_does_not_depart_from_it(desk):
    desk.at(4).set_recording(a_future(6))
    desk.journal.schedule([ScheduledChange(6, RATE, 0.1)])
    events = list(desk.at(6).make_due())
    assert [type(event) for event in events] == [FutureReached, ValueChanged]
    assert not desk.journal.has_left_recording


def test_that_following_anew_forgets_a_departure(desk):
    desk.at(4).set_recording(a_future(8))
    desk.journal.leave_recording()
    assert desk.journal.has_left_recording
    desk.journal.set_recording(None)
    assert (desk.journal.has_left_recording, desk.journal.next_due) == (False, math.inf)

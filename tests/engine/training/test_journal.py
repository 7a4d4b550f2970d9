"""The journal of a run: changes made, recorded, scheduled and repeated."""

import json
import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.history.entries import asked
from workbench.engine.errors import UsageError
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import entry_from, row_of
from workbench.engine.history.records import Change, Origin, Refusal, ScheduledChange
from workbench.engine.protocol.events import ChangeRefused, RecordingEnded, ValueChanged
from workbench.engine.recipe import Recipe
from workbench.engine.training.journal import Journal

RATE, SIZE = "learning_rate", "batch_size"


class JournalKit:
    """A journal with a stand-in for the stepper."""

    def __init__(self, **values):
        self.recipe = Recipe(values=values)
        self.values = dict(self.recipe.values)
        self.position = SimpleNamespace(step=0)
        self.history = History()
        self.before = []
        self.time = 1_700_000_000
        before_change = lambda: self.before.append((self.position.step, dict(self.values)))  # noqa: E731
        self.journal = Journal(self, self.history, before_change, self.now)

    def set_value(self, name, value):
        self.values[name] = value

    def check_value(self, name, value):
        """Any value will do for this network, except for batches of one."""
        if (name, value) == (SIZE, 1):
            raise UsageError("Batches of one are too small: choose larger ones.")

    def now(self):
        self.time += 60
        return self.time + 0.75

    def at(self, step):
        """Go on to a step that is recorded by then; returns the journal."""
        while len(self.history) < step:
            self.history.add_step(1.0, 0.5)
        self.position.step = step
        return self.journal

    def change(self, name, value, *origin):
        return list(self.journal.change(name, value, *origin))


@pytest.fixture
def kit():
    return JournalKit()


def a_recording(steps, *changes):
    recording = History()
    for _ in range(steps):
        recording.add_step(1.0, 0.5)
    recording.changes += changes
    return recording


# One change


def test_that_a_value_that_the_network_cannot_be_trained_with_is_refused_and_changes_nothing(kit):
    (refused,) = kit.change(SIZE, 1)
    assert isinstance(refused, ChangeRefused)
    assert "choose larger ones" in str(refused.problem)
    assert kit.values[SIZE] != 1
    assert kit.history.changes == []


def test_that_a_change_is_made_emitted_and_recorded(kit):
    kit.at(7)
    assert kit.change(RATE, 0.5) == [ValueChanged(Change(7, RATE, 0.001, 0.5))]
    assert kit.values[RATE] == 0.5
    assert kit.history.changes == [Change(7, RATE, 0.001, 0.5)]


def test_that_the_state_before_a_change_can_be_captured_when_it_is_made(kit):
    kit.at(7)
    kit.change(RATE, 0.5)
    ((step, values),) = kit.before
    assert (step, values[RATE]) == (7, 0.001)


def test_that_a_change_to_the_current_value_changes_nothing(kit):
    assert kit.change(RATE, 0.001) == []
    assert kit.change(SIZE, 64.0) == []
    assert (kit.history.changes, kit.before) == ([], [])


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
def test_that_a_change_that_is_not_possible_is_refused_with_a_sentence(kit, name, value):
    values = dict(kit.values)
    (refused,) = kit.change(name, value)
    assert isinstance(refused, ChangeRefused)
    assert refused.name == name
    assert str(refused.problem).endswith(".")
    assert (kit.values, kit.history.changes, kit.before) == (values, [], [])


# Several changes at one step


def test_that_changes_of_one_value_at_one_step_are_one_change_in_the_journal(kit):
    kit.at(5)
    for value in (0.1, 0.2, 0.3):
        kit.change(RATE, value)
    assert kit.history.changes == [Change(5, RATE, 0.001, 0.3)]


def test_that_a_value_set_back_at_the_same_step_is_no_change_and_others_stay(kit):
    kit.at(4)
    kit.change(RATE, 0.1)
    kit.at(5)
    kit.change(SIZE, 32)
    kit.change(RATE, 0.2)
    kit.change("momentum", 0.9)
    assert kit.change(RATE, 0.1) == [ValueChanged(Change(5, RATE, 0.2, 0.1))]
    assert kit.history.changes == [
        Change(4, RATE, 0.001, 0.1),
        Change(5, SIZE, 64, 32),
        Change(5, "momentum", 0.0, 0.9),
    ]


@given(
    changes=st.lists(
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
def test_that_the_journal_leads_from_the_recipe_to_the_values_in_force(changes):
    kit = JournalKit()
    for later, (name, value) in changes:
        kit.at(kit.position.step + later)
        kit.change(name, value)
    replayed = dict(kit.recipe.values)
    for change in kit.history.changes:
        assert replayed[change.name] == change.old != change.new
        replayed[change.name] = change.new
    assert replayed == kit.values
    steps = [change.step for change in kit.history.changes]
    assert steps == sorted(steps)
    keys = [(change.step, change.name) for change in kit.history.changes]
    assert len(set(keys)) == len(keys)


# Scheduled changes


def test_that_scheduled_changes_are_made_at_their_steps_in_any_order_of_scheduling(kit):
    kit.journal.schedule([ScheduledChange(9, SIZE, 32), ScheduledChange(3, RATE, 0.1)])
    kit.journal.schedule([ScheduledChange(5, RATE, 0.2)])
    made = {}
    for step in range(12):
        made[step] = [event.change.new for event in kit.at(step).make_due()]
    assert {step: new for step, new in made.items() if new} == {3: [0.1], 5: [0.2], 9: [32]}
    assert kit.journal.scheduled == ()


def test_that_the_next_due_step_is_that_of_the_next_change(kit):
    assert kit.journal.next_due == math.inf
    kit.journal.schedule([ScheduledChange(9, SIZE, 32), ScheduledChange(3, RATE, 0.1)])
    assert kit.journal.next_due == 3
    list(kit.at(3).make_due())
    assert kit.journal.next_due == 9
    assert kit.journal.scheduled == (ScheduledChange(9, SIZE, 32),)


def test_that_the_last_of_several_changes_of_one_value_at_one_step_is_made(kit):
    kit.journal.schedule([ScheduledChange(3, RATE, 0.1), ScheduledChange(3, SIZE, 32), ScheduledChange(3, RATE, 0.2)])
    events = list(kit.at(3).make_due())
    assert [(event.change.name, event.change.new) for event in events] == [(RATE, 0.2), (SIZE, 32)]


def test_that_an_overdue_change_is_made_at_the_current_step(kit):
    kit.journal.schedule([ScheduledChange(3, RATE, 0.1)])
    assert list(kit.at(8).make_due()) == [ValueChanged(Change(8, RATE, 0.001, 0.1))]


@pytest.mark.parametrize(("name", "value"), [("beta1", 0.5), ("seed", 1), (RATE, 1e9), ("no_such_thing", 1)])
def test_that_a_schedule_with_an_impossible_change_is_refused_as_a_whole(kit, name, value):
    with pytest.raises(UsageError):
        kit.journal.schedule([ScheduledChange(3, RATE, 0.1), ScheduledChange(4, name, value)])
    assert kit.journal.scheduled == ()


# The recording beyond the current step


def test_that_recorded_changes_from_the_current_step_on_are_made_again_at_their_steps(kit):
    recorded = [Change(2, RATE, 0.001, 0.1), Change(4, RATE, 0.1, 0.2), Change(6, SIZE, 64, 32)]
    kit.at(4).set_recording(a_recording(8, *recorded))
    kit.values[RATE] = 0.1
    assert kit.journal.next_due == 4
    assert list(kit.journal.make_due()) == [ValueChanged(recorded[1])]
    assert list(kit.at(5).make_due()) == []
    assert list(kit.at(6).make_due()) == [ValueChanged(recorded[2])]
    assert kit.history.changes == recorded[1:]


def test_that_the_end_of_the_recording_is_emitted_once_and_then_there_is_no_recording(kit):
    kit.at(4).set_recording(a_recording(8))
    assert kit.journal.next_due == 8
    assert list(kit.at(8).make_due()) == [RecordingEnded(8)]
    assert kit.journal.recording is None
    assert list(kit.at(9).make_due()) == []


def test_that_a_new_change_leaves_the_recording(kit):
    recording = a_recording(8, Change(6, SIZE, 64, 32))
    kit.at(4).set_recording(recording)
    assert [type(event) for event in kit.change(RATE, 0.5)] == [ValueChanged]
    assert kit.journal.has_left_recording
    assert kit.journal.recording is recording  # it is still drawn, and can be gone back to
    assert list(kit.at(6).make_due()) == []
    assert list(kit.at(8).make_due()) == []
    assert kit.values[SIZE] == 64


def test_that_a_change_without_effect_or_refused_does_not_leave_the_recording(kit):
    kit.at(4).set_recording(a_recording(8))
    kit.change(RATE, 0.001)
    kit.change("seed", 5)


def test_that_a_scheduled_change_follows_the_recorded_one_of_its_step_and_leaves_the_recording(kit):
    kit.at(4).set_recording(a_recording(8, Change(6, RATE, 0.001, 0.1)))
    kit.journal.schedule([ScheduledChange(6, RATE, 0.2)])
    events = list(kit.at(6).make_due())
    assert [event.change.new for event in events] == [0.1, 0.2]
    assert kit.history.changes == [Change(6, RATE, 0.001, 0.2)]
    assert kit.journal.has_left_recording


def test_that_a_scheduled_change_equal_to_the_recorded_one_stays_on_the_recording(kit):
    kit.at(4).set_recording(a_recording(8, Change(6, RATE, 0.001, 0.1)))
    kit.journal.schedule([ScheduledChange(6, RATE, 0.1)])
    list(kit.at(6).make_due())


def test_that_a_change_scheduled_for_the_end_of_the_recording_does_not_leave_it(kit):
    kit.at(4).set_recording(a_recording(6))
    kit.journal.schedule([ScheduledChange(6, RATE, 0.1)])
    events = list(kit.at(6).make_due())
    assert [type(event) for event in events] == [RecordingEnded, ValueChanged]
    assert not kit.journal.has_left_recording


def test_that_a_new_recording_has_not_been_left(kit):
    kit.at(4).set_recording(a_recording(8))
    kit.journal.leave_recording()
    assert kit.journal.has_left_recording
    kit.journal.set_recording(None)
    assert (kit.journal.has_left_recording, kit.journal.next_due) == (False, math.inf)


# Who asked, when, and why


def test_that_a_change_says_who_asked_for_it_and_in_which_second(kit):
    kit.change(RATE, 0.5)
    kit.change("momentum", 0.9, Origin.UNDO)
    assert asked(kit.history.changes) == [(Origin.WINDOW, 1_700_000_060, ""), (Origin.UNDO, 1_700_000_120, "")]


def test_that_a_scheduled_change_was_asked_for_on_the_command_line(kit):
    kit.journal.schedule([ScheduledChange(3, RATE, 0.5)])
    list(kit.at(3).make_due())
    assert asked(kit.history.changes) == [(Origin.COMMAND_LINE, 1_700_000_060, "")]


def test_that_of_moves_at_one_step_the_last_one_counts_and_the_note_stays(kit):
    kit.change(RATE, 0.5)
    kit.journal.annotate(kit.history.changes[0], "as in the paper")
    kit.change(RATE, 0.7, Origin.REDO)
    assert asked(kit.history.changes) == [(Origin.REDO, 1_700_000_120, "as in the paper")]
    assert kit.history.changes == [Change(0, RATE, 0.001, 0.7)]


def test_that_a_recorded_change_is_made_again_as_it_was_asked_for(kit):
    recorded = Change(6, RATE, 0.001, 0.1, Origin.HINT, 5, "try it")
    kit.at(4).set_recording(a_recording(8, recorded))
    list(kit.at(6).make_due())
    assert asked(kit.history.changes) == asked([recorded])


def test_that_a_change_that_is_refused_is_an_entry_with_the_sentence(kit):
    kit.at(7)
    (refused,) = kit.change(SIZE, 1, Origin.HINT)
    assert isinstance(refused, ChangeRefused)
    (entry,) = kit.history.refusals
    assert entry == Refusal(7, SIZE, "1", "Batches of one are too small: choose larger ones.")
    assert asked([entry]) == [(Origin.HINT, 1_700_000_060, "")]
    assert kit.history.changes == []


def test_that_a_change_of_nothing_in_the_table_is_refused_without_an_entry(kit):
    assert isinstance(kit.change("oracle", 1)[0], ChangeRefused)
    assert kit.history.refusals == []


@pytest.mark.parametrize("value", [math.nan, "x" * 10_000, "\x1b[2J", None, 10**400, [1]])
def test_that_whatever_is_refused_can_be_stored(kit, value):
    kit.change(RATE, value)
    (entry,) = kit.history.refusals
    assert entry_from(Refusal, json.loads(json.dumps(row_of(entry)))) == entry


def test_that_a_refusal_leaves_the_recording_alone(kit):
    kit.at(4).set_recording(a_recording(8, Change(6, RATE, 0.001, 0.1)))
    kit.change(SIZE, 1)
    assert not kit.journal.has_left_recording


def test_that_a_note_is_on_the_entry_in_the_history_and_in_the_recording(kit):
    recorded = Change(6, RATE, 0.001, 0.1)
    kit.at(4).set_recording(a_recording(8, recorded))
    assert kit.journal.annotate(recorded, " a\tnote ")
    assert kit.journal.recording.changes[0].note == "a note"
    list(kit.at(6).make_due())
    assert kit.history.changes[0].note == "a note"
    assert kit.journal.annotate(recorded, "")
    assert [each.changes[0].note for each in (kit.history, kit.journal.recording)] == ["", ""]
    assert not kit.journal.annotate(Change(9, RATE, 0.001, 0.1), "on nothing")

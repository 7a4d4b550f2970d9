from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import (
    AddEpochs,
    CaptureCheckpoint,
    CaptureWeights,
    Close,
    DiscardRun,
    LoadData,
    OpenCheckpoint,
    OpenRun,
    Pause,
    Resume,
    RunEpoch,
    RunSteps,
    SetSnapshotBudget,
    SetValue,
    StartRun,
    Stop,
    Travel,
)
from workbench.engine.recipe import Recipe


def test_that_commands_come_out_in_the_order_they_were_put():
    inbox = CommandQueue()
    for step in range(3):
        inbox.put(SetValue("learning_rate", step))
    assert [command.value for command in inbox.take()] == [0, 1, 2]
    assert inbox.take() == []


def test_that_nothing_is_taken_for_a_run_after_its_stop():
    inbox = CommandQueue()
    for command in (SetValue("momentum", 0.5), Stop(), SetValue("momentum", 0.9)):
        inbox.put(command)
    assert inbox.take() == [SetValue("momentum", 0.5), Stop()]


def test_that_a_stop_can_be_seen_before_it_is_taken():
    inbox = CommandQueue()
    inbox.put(Stop())
    assert inbox.stop_asked
    inbox.take()
    assert not inbox.stop_asked


def test_that_a_close_ends_the_run_and_stays_for_the_session():
    inbox = CommandQueue()
    inbox.put(Close())
    assert inbox.take() == [Stop()]
    assert inbox.wait() == Close()


def test_that_a_command_for_the_session_waits_until_the_run_is_over():
    inbox = CommandQueue()
    inbox.put(LoadData("garments"))
    assert inbox.take() == []
    assert inbox.wait() == LoadData("garments")


def test_that_wishes_for_a_run_that_is_over_are_forgotten_but_a_save_is_not():
    inbox = CommandQueue()
    save = CaptureWeights(Path("weights.pt"))
    for command in (SetValue("momentum", 0.5), Stop(), save, Stop()):
        inbox.put(command)
    inbox.discard_run_commands()
    assert not inbox.stop_asked
    assert inbox.wait() == save
    assert inbox.take() == []


def taken(*commands):
    """What a run takes of `commands`, and what is left of them for the session."""
    inbox = CommandQueue()
    for command in commands:
        inbox.put(command)
    now = inbox.take()
    left = []
    while inbox.has_commands:
        left.append(inbox.wait())
    return now, left


FLIGHTS = [Resume(), Resume(unguarded=True), RunSteps(3), RunEpoch(), AddEpochs(2)]
RESTING = [Travel(5), OpenRun("0" * 16), OpenCheckpoint(Path("run.ckpt")), DiscardRun()]


@pytest.mark.parametrize("command", [*FLIGHTS, CaptureCheckpoint(Path("run.ckpt")), SetSnapshotBudget(1)])
def test_that_what_can_be_done_in_flight_is_taken_in_flight(command):
    assert taken(command) == ([command], [])


@pytest.mark.parametrize("command", RESTING)
def test_that_what_needs_the_run_at_rest_pauses_it_and_is_left_to_the_session(command):
    assert taken(SetValue("momentum", 0.5), command, SetValue("momentum", 0.9)) == (
        [SetValue("momentum", 0.5), Pause()],
        [command, SetValue("momentum", 0.9)],
    )


@pytest.mark.parametrize("command", [*FLIGHTS, *RESTING, SetValue("momentum", 0.9)])
def test_that_what_comes_after_a_pause_is_left_for_the_run_that_rests(command):
    assert taken(Pause(), command) == ([Pause()], [command])


def test_that_a_second_pause_is_none():
    assert taken(Pause(), Pause(), Resume(), Pause()) == ([Pause()], [Resume()])


@pytest.mark.parametrize("rest", [Pause(), *RESTING])
def test_that_a_stop_after_what_rests_the_run_still_ends_it(rest):
    inbox = CommandQueue()
    inbox.put(rest)
    inbox.put(Stop())
    assert inbox.take() == [Stop()]
    assert not inbox.stop_asked
    assert inbox.has_commands == (rest != Pause())


def test_that_a_second_stop_is_none():
    assert taken(Stop(), Stop(), Pause()) == ([Stop()], [])


def test_that_a_close_behind_a_pause_ends_the_run_and_stays():
    inbox = CommandQueue()
    for command in (Pause(), Travel(3), Close()):
        inbox.put(command)
    assert inbox.take() == [Pause()]
    # Whatever takes long on the way to the Close is to be given up.
    assert inbox.stop_asked
    assert [inbox.wait(), inbox.wait()] == [Travel(3), Close()]


def test_that_a_stop_keeps_a_close_in_sight():
    inbox = CommandQueue()
    for command in (Stop(), Close()):
        inbox.put(command)
    assert inbox.take() == [Stop()]
    assert inbox.stop_asked
    assert inbox.wait() == Close()


def test_that_what_was_left_is_seen_as_news_until_it_is_taken():
    inbox = CommandQueue()
    assert not inbox.has_commands
    inbox.put(LoadData("garments"))
    inbox.take()
    assert inbox.has_commands
    inbox.wait()
    assert not inbox.has_commands


def test_that_of_two_stops_the_second_is_still_asked_for_when_the_first_is_served():
    inbox = CommandQueue()
    inbox.put(Stop())
    inbox.put(Stop())
    assert inbox.wait() == Stop()
    assert inbox.stop_asked
    assert inbox.wait() == Stop()
    assert not inbox.stop_asked


def test_that_a_close_stays_in_sight_when_a_stop_before_it_is_served():
    inbox = CommandQueue()
    inbox.put(Stop())
    inbox.put(Close())
    assert inbox.wait() == Stop()
    assert inbox.stop_asked


def test_that_forgetting_wishes_keeps_the_order_of_the_rest_and_a_close_in_sight():
    inbox = CommandQueue()
    for command in (Travel(1), SetValue("momentum", 0.5), Resume(), Stop(), Close(), OpenRun("1")):
        inbox.put(command)
    inbox.discard_run_commands()
    assert inbox.stop_asked
    assert [inbox.wait() for _ in range(4)] == [Travel(1), Resume(), Close(), OpenRun("1")]


@pytest.mark.parametrize(
    "start", [StartRun(Recipe(), dataset_chosen=True), OpenRun("1"), OpenCheckpoint(Path("a")), LoadData(None)], ids=str
)
def test_that_forgetting_wishes_keeps_those_for_what_begins_next(start):
    inbox = CommandQueue()
    for command in (Stop(), SetValue("momentum", 0.5), start, SetValue("momentum", 0.9), Stop()):
        inbox.put(command)
    inbox.discard_run_commands()
    assert inbox.stop_asked
    assert [inbox.wait() for _ in range(3)] == [start, SetValue("momentum", 0.9), Stop()]
    assert not inbox.stop_asked


@given(
    commands=st.lists(
        st.sampled_from([*FLIGHTS, *RESTING, Pause(), Stop(), Close(), LoadData(None), SetValue("momentum", 0.5)])
    )
)
def test_that_no_command_is_lost_but_pauses_and_stops_of_a_run_that_rests(commands):
    now, left = taken(*commands)
    rests = [index for index, command in enumerate(now) if isinstance(command, Pause | Stop)]
    assert rests in ([], [len(now) - 1])
    passed = [command for command in commands if not isinstance(command, Pause | Stop)]
    assert sorted(map(repr, [*now[: len(now) - len(rests)], *left])) == sorted(map(repr, passed))
    # Each of the two keeps the order in which they were put.
    for part in (now[: len(now) - len(rests)], left):
        rest = iter(commands)
        assert all(command in rest for command in part)

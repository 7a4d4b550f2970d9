from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.data.data_source import DataRequest
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
    commands = CommandQueue()
    for step in range(3):
        commands.put(SetValue("learning_rate", step))
    assert [command.value for command in commands.drain_for_run()] == [0, 1, 2]
    assert commands.drain_for_run() == []


def test_that_no_command_is_drained_for_a_run_after_its_stop():
    commands = CommandQueue()
    for command in (SetValue("momentum", 0.5), Stop(), SetValue("momentum", 0.9)):
        commands.put(command)
    assert commands.drain_for_run() == [SetValue("momentum", 0.5), Stop()]


def test_that_a_stop_can_be_polled_before_it_is_drained():
    commands = CommandQueue()
    commands.put(Stop())
    assert commands.stop_asked
    commands.drain_for_run()
    assert not commands.stop_asked


def test_that_a_close_ends_the_run_and_stays_for_the_session():
    commands = CommandQueue()
    commands.put(Close())
    assert commands.drain_for_run() == [Stop()]
    assert commands.wait() == Close()


def test_that_a_command_for_the_session_waits_until_the_run_is_over():
    commands = CommandQueue()
    commands.put(LoadData(DataRequest("fashion-mnist-mini")))
    assert commands.drain_for_run() == []
    assert commands.wait() == LoadData(DataRequest("fashion-mnist-mini"))


def test_that_commands_for_a_run_that_is_over_are_discarded_but_a_save_is_not():
    commands = CommandQueue()
    save = CaptureWeights(Path("weights.pt"))
    for command in (SetValue("momentum", 0.5), Stop(), save, Stop()):
        commands.put(command)
    commands.discard_run_commands()
    assert not commands.stop_asked
    assert commands.wait() == save
    assert commands.drain_for_run() == []


def drained(*given):
    """The commands that a run drains of those given, and those left for the session."""
    commands = CommandQueue()
    for command in given:
        commands.put(command)
    now = commands.drain_for_run()
    left = []
    while commands.has_commands:
        left.append(commands.wait())
    return now, left


CONTINUING = [Resume(), Resume(allow_spike=True), RunSteps(3), RunEpoch(), AddEpochs(2)]
PAUSING = [Travel(5), OpenRun("0" * 16), OpenCheckpoint(Path("run.ckpt")), DiscardRun()]


@pytest.mark.parametrize("command", [*CONTINUING, CaptureCheckpoint(Path("run.ckpt")), SetSnapshotBudget(1)])
def test_that_a_command_for_a_run_that_trains_is_drained(command):
    assert drained(command) == ([command], [])


@pytest.mark.parametrize("command", PAUSING)
def test_that_a_command_that_needs_a_paused_run_pauses_it_and_is_left_to_the_session(command):
    assert drained(SetValue("momentum", 0.5), command, SetValue("momentum", 0.9)) == (
        [SetValue("momentum", 0.5), Pause()],
        [command, SetValue("momentum", 0.9)],
    )


@pytest.mark.parametrize("command", [*CONTINUING, *PAUSING, SetValue("momentum", 0.9)])
def test_that_commands_after_a_pause_are_left_for_the_paused_run(command):
    assert drained(Pause(), command) == ([Pause()], [command])


def test_that_a_second_pause_is_dropped():
    assert drained(Pause(), Pause(), Resume(), Pause()) == ([Pause()], [Resume()])


@pytest.mark.parametrize("rest", [Pause(), *PAUSING])
def test_that_a_stop_after_a_pausing_command_still_ends_the_run(rest):
    commands = CommandQueue()
    commands.put(rest)
    commands.put(Stop())
    assert commands.drain_for_run() == [Stop()]
    assert not commands.stop_asked
    assert commands.has_commands == (rest != Pause())


def test_that_a_second_stop_is_dropped():
    assert drained(Stop(), Stop(), Pause()) == ([Stop()], [])


def test_that_a_close_after_a_pause_ends_the_run_and_stays():
    commands = CommandQueue()
    for command in (Pause(), Travel(3), Close()):
        commands.put(command)
    assert commands.drain_for_run() == [Pause()]
    # Long work before the Close must be cancelled.
    assert commands.stop_asked
    assert [commands.wait(), commands.wait()] == [Travel(3), Close()]


def test_that_after_a_stop_a_waiting_close_is_still_polled():
    commands = CommandQueue()
    for command in (Stop(), Close()):
        commands.put(command)
    assert commands.drain_for_run() == [Stop()]
    assert commands.stop_asked
    assert commands.wait() == Close()


def test_that_commands_left_for_the_session_are_polled_until_they_are_taken():
    commands = CommandQueue()
    assert not commands.has_commands
    commands.put(LoadData(DataRequest("fashion-mnist-mini")))
    commands.drain_for_run()
    assert commands.has_commands
    commands.wait()
    assert not commands.has_commands


def test_that_of_two_stops_the_second_is_still_polled_when_the_first_is_served():
    commands = CommandQueue()
    commands.put(Stop())
    commands.put(Stop())
    assert commands.wait() == Stop()
    assert commands.stop_asked
    assert commands.wait() == Stop()
    assert not commands.stop_asked


def test_that_a_close_is_still_polled_when_a_stop_before_it_is_served():
    commands = CommandQueue()
    commands.put(Stop())
    commands.put(Close())
    assert commands.wait() == Stop()
    assert commands.stop_asked


def test_that_discarding_commands_keeps_the_order_of_the_others_and_the_close():
    commands = CommandQueue()
    for command in (Travel(1), SetValue("momentum", 0.5), Resume(), Stop(), Close(), OpenRun("1")):
        commands.put(command)
    commands.discard_run_commands()
    assert commands.stop_asked
    assert [commands.wait() for _ in range(4)] == [Travel(1), Resume(), Close(), OpenRun("1")]


@pytest.mark.parametrize(
    "start", [StartRun(Recipe(), dataset_chosen=True), OpenRun("1"), OpenCheckpoint(Path("a")), LoadData(None)], ids=str
)
def test_that_discarding_commands_keeps_those_for_the_next_work(start):
    commands = CommandQueue()
    for command in (Stop(), SetValue("momentum", 0.5), start, SetValue("momentum", 0.9), Stop()):
        commands.put(command)
    commands.discard_run_commands()
    assert commands.stop_asked
    assert [commands.wait() for _ in range(3)] == [start, SetValue("momentum", 0.9), Stop()]
    assert not commands.stop_asked


@given(
    commands=st.lists(
        st.sampled_from([*CONTINUING, *PAUSING, Pause(), Stop(), Close(), LoadData(None), SetValue("momentum", 0.5)])
    )
)
def test_that_no_command_is_lost_but_repeated_pauses_and_stops(commands):
    now, left = drained(*commands)
    ends = [index for index, command in enumerate(now) if isinstance(command, Pause | Stop)]
    assert ends in ([], [len(now) - 1])
    passed = [command for command in commands if not isinstance(command, Pause | Stop)]
    assert sorted(map(repr, [*now[: len(now) - len(ends)], *left])) == sorted(map(repr, passed))
    # Each of the two keeps the order in which they were put.
    for part in (now[: len(now) - len(ends)], left):
        rest = iter(commands)
        assert all(command in rest for command in part)

from pathlib import Path

from workbench.engine.commands import CaptureWeights, Close, LoadData, SetValue, Stop
from workbench.engine.inbox import Inbox


def test_that_commands_come_out_in_the_order_they_were_put():
    inbox = Inbox()
    for step in range(3):
        inbox.put(SetValue("learning_rate", step))
    assert [command.value for command in inbox.take()] == [0, 1, 2]
    assert inbox.take() == []


def test_that_nothing_is_taken_for_a_run_after_its_stop():
    inbox = Inbox()
    for command in (SetValue("momentum", 0.5), Stop(), SetValue("momentum", 0.9)):
        inbox.put(command)
    assert inbox.take() == [SetValue("momentum", 0.5), Stop()]


def test_that_a_stop_can_be_seen_before_it_is_taken():
    inbox = Inbox()
    inbox.put(Stop())
    assert inbox.stop_asked
    inbox.take()
    assert not inbox.stop_asked


def test_that_a_close_ends_the_run_and_stays_for_the_session():
    inbox = Inbox()
    inbox.put(Close())
    assert inbox.take() == [Stop()]
    assert inbox.wait() == Close()


def test_that_a_command_for_the_session_waits_until_the_run_is_over():
    inbox = Inbox()
    inbox.put(LoadData("garments"))
    assert inbox.take() == []
    assert inbox.wait() == LoadData("garments")


def test_that_wishes_for_a_run_that_is_over_are_forgotten_but_a_save_is_not():
    inbox = Inbox()
    save = CaptureWeights(Path("weights.pt"))
    for command in (SetValue("momentum", 0.5), Stop(), save, Stop()):
        inbox.put(command)
    inbox.discard_run_commands()
    assert not inbox.stop_asked
    assert inbox.wait() == save
    assert inbox.take() == []

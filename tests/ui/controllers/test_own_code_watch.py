"""Code of the user's own that does not return is said to be so, once, until it does."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts
from workbench.engine.models.network_source import NetworkSource
from workbench.engine.models.running_code import RUNNING_CODE
from workbench.ui.controllers.own_code_watch import LONG_S, OwnCodeWatch
from workbench.ui.models.session_state import SessionState

NETWORK = NetworkSource("/home/me/net.py", "def Net(): ...", "Net")


@pytest.fixture
def now(monkeypatch):
    """The clock of the code and of the watch."""
    now = [100.0]
    monkeypatch.setattr("workbench.engine.models.running_code.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def said():
    return []


@pytest.fixture
def watch(qtbot, now, said):
    window = QWidget()
    qtbot.addWidget(window)
    parts = RunParts(window)
    watch = OwnCodeWatch(parts.model, parts.settings, window)
    watch.settings, watch.run, watch.window = parts.settings, parts.model, window
    watch.stuck.connect(lambda: said.append("stuck"))
    watch.returned.connect(lambda: said.append("returned"))
    return watch


def is_looking(watch):
    return watch.findChild(QTimer).isActive()


def test_that_one_call_that_takes_long_is_said_once_and_taken_back_when_it_returns(watch, now, said):
    with RUNNING_CODE.running():
        now[0] += LONG_S - 1
        watch.look()
        assert said == []
        now[0] += 2
        watch.look()
        watch.look()
        assert said == ["stuck"]
    watch.look()
    assert said == ["stuck", "returned"]


def test_that_it_is_said_again_where_the_user_requests_something_meanwhile(watch, now, said):
    """A request takes the notices away that were there before it."""
    with RUNNING_CODE.running():
        now[0] += LONG_S + 1
        watch.look()
        watch.run.state = SessionState.STOPPING
        watch.look()
        watch.look()
    assert said == ["stuck", "stuck"]


def test_that_many_short_calls_are_not_one_long_one(watch, now, said):
    for _ in range(20):
        with RUNNING_CODE.running():
            now[0] += 1
            watch.look()
    assert said == []
    assert RUNNING_CODE.since is None


def test_that_it_looks_only_while_a_network_of_ones_own_is_chosen(watch):
    assert not is_looking(watch)
    watch.settings.set_network(NETWORK)
    watch.settings.edit("model", "own")
    assert is_looking(watch)
    watch.settings.edit("model", "mlp")
    assert not is_looking(watch)

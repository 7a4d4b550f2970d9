import os
import signal

import pytest

from workbench.engine.runtime.stop_signals import stop_signals
from workbench.ui.system.quit_signals import QuitSignals

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX knows them")


@pytest.fixture
def hangup():
    """SIGHUP as the system sets it, whatever the tests were started with."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_that_each_signal_that_asks_to_end_asks_the_window_to_quit(qtbot, hangup, name):
    number = getattr(signal, name)
    before = signal.getsignal(number)
    signals = QuitSignals()
    with qtbot.waitSignal(signals.quit_requested, timeout=5000):
        os.kill(os.getpid(), number)
    signals.close()
    assert signal.getsignal(number) is before


def test_that_a_hangup_that_nohup_ignores_stays_ignored(hangup):
    assert signal.SIGHUP in stop_signals()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert signal.SIGHUP not in stop_signals()

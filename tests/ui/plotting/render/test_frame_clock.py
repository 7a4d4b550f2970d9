from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer

from workbench.ui.plotting.render.frame_clock import LONGEST_MS, SHARE, SHORTEST_MS, FrameClock


@pytest.fixture
def clock(qapp):
    return FrameClock()


def settle(clock, cost):
    for _ in range(100):
        clock.report_cost(cost)
    return clock.findChild(QTimer).interval()


def test_that_cheap_frames_come_25_times_a_second(clock):
    assert settle(clock, 0.0003) == SHORTEST_MS


def test_that_drawing_takes_its_share_of_the_time(clock):
    assert settle(clock, 0.003) == pytest.approx(1000 * 0.003 / SHARE, rel=0.12)


def test_that_even_the_slowest_frames_come_twice_a_second(clock):
    assert settle(clock, 2.0) == LONGEST_MS


def test_that_frames_come_faster_again_when_they_get_cheap(clock):
    settle(clock, 0.01)
    assert settle(clock, 0.0003) <= SHORTEST_MS * 1.1


def test_that_one_slow_frame_changes_little(clock):
    settle(clock, 0.0005)
    clock.report_cost(0.006)
    assert clock.findChild(QTimer).interval() <= 2 * SHORTEST_MS


def test_that_frames_come_once_started(clock, qtbot):
    with qtbot.waitSignal(clock.frame_due):
        clock.start()
    clock.stop()
    assert not clock.findChild(QTimer).isActive()


def test_that_it_pauses_while_the_window_is_hidden(clock, qtbot):
    clock.start()
    clock.set_visible(False)
    assert not clock.findChild(QTimer).isActive()
    with qtbot.waitSignal(clock.frame_due, timeout=0, raising=True):
        clock.set_visible(True)
    assert clock.findChild(QTimer).isActive()


def test_that_becoming_visible_does_not_start_it(clock):
    clock.set_visible(False)
    clock.set_visible(True)
    assert not clock.findChild(QTimer).isActive()


def test_that_starting_while_hidden_waits_until_it_is_shown(clock):
    clock.set_visible(False)
    clock.start()
    assert not clock.findChild(QTimer).isActive()
    clock.set_visible(True)
    assert clock.findChild(QTimer).isActive()

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from workbench.ui.system.later_turns import LaterTurns


def test_that_jobs_are_done_in_order_each_after_what_the_one_before_has_posted(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    done = []

    def first():
        done.append("first")
        QTimer.singleShot(0, window, lambda: done.append("posted by it"))

    turns = LaterTurns.of(window)
    turns.add(first)
    turns.add(lambda: done.append("second"))
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["first", "posted by it", "second"]


def test_that_a_job_can_add_another_and_a_failed_one_does_not_stop_the_rest(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    turns, done = LaterTurns.of(window), []

    def failing():
        turns.add(lambda: done.append("added"))
        raise ValueError("it failed")

    with qtbot.captureExceptions() as caught:
        turns.add(failing)
        turns.add(lambda: done.append("next"))
        qtbot.waitUntil(lambda: len(done) == 2)
    assert done == ["next", "added"]
    assert [kind for kind, _, _ in caught] == [ValueError]


def test_that_the_widgets_of_a_window_share_its_turns(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    assert LaterTurns.of(inner) is LaterTurns.of(window)

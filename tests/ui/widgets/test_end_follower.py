"""Following the end of a text that grows."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from workbench.ui.widgets.end_follower import EndFollower


@pytest.fixture
def text(qtbot):
    text = QPlainTextEdit()
    qtbot.addWidget(text)
    text.resize(300, 200)
    text.show()
    return text


def fill(text, lines=200):
    text.clear()
    text.appendPlainText("line\n" * lines)


def is_at_end(text):
    bar = text.verticalScrollBar()
    return bar.value() == bar.maximum() > 0


def test_that_the_end_is_followed_until_the_user_scrolls_up_and_again_at_the_end(text):
    follower = EndFollower(text)
    fill(text)
    assert is_at_end(text)
    text.verticalScrollBar().setValue(20)
    assert not follower.follows
    text.appendPlainText("more\n" * 50)
    assert text.verticalScrollBar().value() == 20
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())
    assert follower.follows
    text.appendPlainText("more\n" * 50)
    assert is_at_end(text)


def test_that_contents_that_are_replaced_are_not_scrolled_by_the_user(text):
    follower = EndFollower(text)
    fill(text)
    with follower.held():
        text.verticalScrollBar().setValue(0)
        assert text.verticalScrollBar().value() == 0
    follower.update()
    assert is_at_end(text)


def test_that_a_user_who_reads_above_is_at_the_end_once_nothing_is_below(text):
    follower = EndFollower(text)
    fill(text)
    text.verticalScrollBar().setValue(20)
    with follower.held():
        fill(text, 2)
    assert follower.follows


def test_that_other_contents_begin_at_their_end(text):
    follower = EndFollower(text)
    fill(text)
    text.verticalScrollBar().setValue(20)
    follower.begin()
    assert is_at_end(text)

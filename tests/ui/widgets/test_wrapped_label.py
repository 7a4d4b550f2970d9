import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.ui.widgets.wrapped_label import WrappedLabel

SENTENCE = "The loss rose to 171 at step 493, far above its range. How should training continue?"


@pytest.fixture
def label(qtbot):
    label = WrappedLabel()
    qtbot.addWidget(label)
    label.setText(SENTENCE)
    return label


def test_that_it_shows_the_whole_text_where_there_is_room(label):
    label.resize(200, label.heightForWidth(200))
    assert " ".join(label.shown_lines) == SENTENCE
    assert len(label.shown_lines) > 1


def test_that_its_margins_take_nothing_from_the_room_for_the_text(label):
    label.setContentsMargins(30, 2, 7, 3)
    label.resize(200, label.heightForWidth(200))
    assert " ".join(label.shown_lines) == SENTENCE


def test_that_one_line_ends_in_an_ellipsis(label):
    label.resize(200, label.minimumSizeHint().height())
    (line,) = label.shown_lines
    assert line.startswith("The loss")
    assert line.endswith("…")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=80), st.integers(20, 400), st.integers(1, 200))
def test_that_no_line_is_wider_than_the_label_and_none_is_outside(label, text, width, height):
    label.setText(text)
    label.resize(width, height)
    assert len(label.shown_lines) <= max(1, height // label.fontMetrics().lineSpacing())

"""The plots by keyboard and for a screen reader."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.ui.panels.curves_kit import EPOCH, begin, click, hover, place_of, plot, readout, settle, shown_panel
from workbench.engine.config.tasks import MEAN_ABSOLUTE_ERROR
from workbench.engine.history.history import History
from workbench.ui.plotting.interaction import step_cursor
from workbench.ui.system import accessible

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


@pytest.fixture
def said(monkeypatch):
    texts = []
    monkeypatch.setattr(step_cursor, "announce", lambda _plot, text: texts.append(text))
    return texts


def press(qtbot, panel, *keys, modifiers=NONE, name="loss_plot"):
    for key in keys:
        qtbot.keyClick(plot(panel, name), key, modifiers)


def step(panel):
    return panel.stack.step_cursor.step


def test_that_left_and_right_go_from_step_to_step_and_say_what_is_there(panel, qtbot, said):
    begin(panel, 250)
    press(qtbot, panel, Qt.Key.Key_Left)
    assert step(panel) == 249
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right)
    assert step(panel) == 248
    assert said[-1] == readout(panel)
    assert said[-1].startswith("Step 248 · epoch 3 · loss ")
    assert len(said) == 4
    assert plot(panel).crosshair.isVisible()


def test_that_the_cursor_stays_within_the_run(panel, qtbot):
    begin(panel, 3, planned=1000)
    press(qtbot, panel, *[Qt.Key.Key_Left] * 5)
    assert step(panel) == 0
    press(qtbot, panel, *[Qt.Key.Key_Right] * 5)
    assert step(panel) == 2


def test_that_shift_goes_by_epochs_and_end_to_the_newest_step(panel, qtbot):
    begin(panel, 250)
    press(qtbot, panel, Qt.Key.Key_Left, modifiers=SHIFT)
    assert step(panel) == 2 * EPOCH
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_Left, modifiers=SHIFT)
    assert step(panel) == 0
    press(qtbot, panel, Qt.Key.Key_Right, modifiers=SHIFT)
    assert step(panel) == EPOCH
    press(qtbot, panel, Qt.Key.Key_End)
    assert step(panel) == 249


def test_that_page_keys_go_further_and_a_step_out_of_sight_moves_the_view_along(panel, qtbot):
    begin(panel, 900)
    press(qtbot, panel, *[Qt.Key.Key_Plus] * 12)
    low, high = plot(panel).ranges[0]
    press(qtbot, panel, Qt.Key.Key_End)
    assert step(panel) == 899
    left, right = plot(panel).ranges[0]
    assert left < 899 < right
    assert right - left == pytest.approx(high - low)
    press(qtbot, panel, Qt.Key.Key_PageUp)
    assert 0 < 899 - step(panel) <= max(1, round((right - left) / 10))
    assert not panel.stack.auto_range.is_automatic


def test_that_enter_goes_to_the_step_where_the_run_can_travel(panel, qtbot):
    begin(panel, 250)
    chosen = []
    panel.step_chosen.connect(chosen.append)
    press(qtbot, panel, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert chosen == []
    panel.set_travel_enabled(True)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert chosen == [249]


def test_that_shift_enter_shows_the_batch_of_exactly_this_step(panel, qtbot):
    begin(panel, 250)
    batches = []
    panel.batch_chosen.connect(batches.append)
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_Left)
    press(qtbot, panel, Qt.Key.Key_Return, modifiers=SHIFT)
    assert batches == [248]


def test_that_in_a_strip_enter_shows_the_batch(panel, qtbot):
    begin(panel, 50)
    panel.set_strip(True)
    batches, chosen = [], []
    panel.batch_chosen.connect(batches.append)
    panel.step_chosen.connect(chosen.append)
    panel.set_travel_enabled(True)
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_Enter)
    assert batches == [49]
    assert chosen == []


def test_that_escape_takes_the_crosshair_away_and_the_pointer_takes_over(panel, qtbot):
    begin(panel, 250)
    press(qtbot, panel, Qt.Key.Key_Left)
    press(qtbot, panel, Qt.Key.Key_Escape)
    assert step(panel) is None
    assert readout(panel) == ""
    assert not plot(panel).crosshair.isVisible()
    press(qtbot, panel, Qt.Key.Key_Left)
    hover(qtbot, plot(panel), place_of(plot(panel), 100))
    assert step(panel) is None
    assert "Step" in readout(panel)


def test_that_the_cursor_works_in_every_plot_and_while_the_run_goes_on(panel, qtbot):
    history = begin(panel, 50)
    press(qtbot, panel, Qt.Key.Key_Left, name="accuracy_plot")
    assert step(panel) == 49
    for _ in range(30):
        history.add_step(1.0, 0.5)
    panel.refresh()
    settle()
    assert step(panel) == 49
    press(qtbot, panel, Qt.Key.Key_Right)
    assert step(panel) == 50


def test_that_keys_do_nothing_without_a_run(panel, qtbot):
    begin(panel, 0)
    press(qtbot, panel, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    press(qtbot, panel, Qt.Key.Key_Right, modifiers=SHIFT)
    assert step(panel) is None


def test_that_a_step_that_is_gone_is_left(panel, qtbot):
    history = begin(panel, 250)
    press(qtbot, panel, Qt.Key.Key_Left)
    history.truncate(100)
    panel.reload()
    press(qtbot, panel, Qt.Key.Key_Left)
    assert step(panel) == 98


# For a screen reader


@pytest.fixture
def spoken(qapp):
    accessible.install()
    return QAccessible.queryAccessibleInterface


def test_that_a_plot_says_which_run_how_far_how_good_and_what_is_shown(panel, spoken):
    panel.run_name = lambda: "Run 7"
    begin(panel, 250, planned=1000)
    interface = spoken(plot(panel))
    assert interface.role() == QAccessible.Role.Chart
    assert interface.text(QAccessible.Text.Name) == "Loss"
    text = interface.text(QAccessible.Text.Description)
    for part in ("Run 7 is at step 250 of 1,000.", "Training loss, smoothed: 1.", "Last test: loss 1.", "accuracy"):
        assert part in text
    assert "Shown are steps 0 to" in text
    assert "Enter goes there" in text


def test_that_the_value_of_a_plot_is_the_newest_step(panel, spoken):
    history = begin(panel, 250)
    interface = spoken(plot(panel))
    assert interface.text(QAccessible.Text.Value).startswith("Step 249 · epoch 3 · loss")
    smoothed = panel.stack.traces.smoothed[249]
    assert interface.valueInterface().currentValue() == pytest.approx(smoothed)
    accuracy = spoken(plot(panel, "accuracy_plot")).valueInterface().currentValue()
    assert accuracy == pytest.approx(100 * history.metric[249])


def test_that_a_plot_without_a_run_says_how_to_begin(panel, spoken):
    begin(panel, 0)
    interface = spoken(plot(panel))
    assert "Press Train" in interface.text(QAccessible.Text.Description)
    assert interface.text(QAccessible.Text.Value) == ""
    assert interface.valueInterface().currentValue() is None


def test_that_with_log_y_the_values_are_no_logarithms(panel, spoken, qtbot):
    begin(panel, 250)
    click(qtbot, panel, "log_y")
    value = spoken(plot(panel)).valueInterface()
    assert 0 < value.minimumValue() < value.currentValue() < value.maximumValue() < 20


def test_that_a_regression_names_its_error(panel, spoken):
    history = History()
    history.add_step(2.0, 1.5)
    panel.begin(history, 10, 100, MEAN_ABSOLUTE_ERROR)
    settle()
    assert "mean absolute error: 1.500000" in spoken(plot(panel)).text(QAccessible.Text.Description)


def test_that_a_loss_that_is_not_finite_is_said_and_not_a_number(panel, spoken):
    history = History()
    history.add_step(math.nan, 0.1)
    panel.begin(history, 10, 100)
    settle()
    interface = spoken(plot(panel))
    assert "nan" in interface.text(QAccessible.Text.Value)
    assert math.isnan(interface.valueInterface().currentValue())

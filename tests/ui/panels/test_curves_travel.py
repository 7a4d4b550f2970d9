from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QLabel

from tests.ui.panels.curves_kit import (
    EPOCH,
    add_steps,
    begin,
    count,
    hint,
    hover,
    pixels,
    place_of,
    plot,
    readout,
    send_drag,
    settle,
    shown_panel,
    unlike,
    wheel,
)
from workbench.engine.history.history import History
from workbench.engine.history.records import Incident
from workbench.ui.models.run_values import RunKind
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.vertical_lines import CurrentStepLine
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))
ACCENT = load_palette("light").accent


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


def rewind(panel, recorded=750, present=300):
    """A run that was trained for `recorded` steps and went back to `present`; its history and the recorded one."""
    history = begin(panel, recorded)
    future = history.copy()
    history.truncate(present)
    panel.reload()
    panel.set_future(future)
    settle()
    return history, future


def left_click(qtbot, widget, place):
    qtbot.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_twice(panel, qtbot, place, name="loss_plot"):
    """The steps that a double click chooses."""
    chosen = []
    panel.step_chosen.connect(chosen.append)
    left_click(qtbot, plot(panel, name), place)
    qtbot.mouseDClick(plot(panel, name).viewport(), Qt.MouseButton.LeftButton, pos=place)
    panel.step_chosen.disconnect(chosen.append)
    return chosen


def step_of(words):
    """The step at the beginning of a readout."""
    return int(words.split(" · ")[0].removeprefix("Step ").replace(",", ""))


# The recorded future


def test_that_the_recorded_future_is_a_ghost_beyond_the_present(panel):
    _, future = rewind(panel)
    for name in ("loss_plot", "accuracy_plot"):
        border = round(plot(panel, name).axis_width + plot(panel, name).column_of(300))
        ghost = pixels(plot(panel, name))
        panel.set_future(History())
        plot(panel).set_x_range(0.0, 1.015 * 8 * EPOCH)
        bare = pixels(plot(panel, name))
        panel.set_future(future)
        # The line of the present is one pixel to its left.
        assert (ghost[:, : border - 3] == bare[:, : border - 3]).all()
        assert (ghost != bare)[:, border + 3 :].any(axis=0).sum() > 200


def test_that_a_branch_is_drawn_beside_its_parent_from_where_it_left_it(panel):
    history, parent = rewind(panel, present=300)
    panel.set_future(parent, branch_step=100)
    for name in ("loss_plot", "accuracy_plot"):
        leaving = round(plot(panel, name).axis_width + plot(panel, name).column_of(100))
        beside = pixels(plot(panel, name))
        panel.set_future(parent)
        beyond = pixels(plot(panel, name))
        panel.set_future(parent, branch_step=100)
        assert (beside[:, : leaving - 3] == beyond[:, : leaving - 3]).all()
        assert (beside != beyond)[:, leaving + 3 :].any()
    add_steps(history, 500)
    panel.refresh()
    settle()
    grown = pixels(plot(panel))
    panel.stack.redraw()
    assert unlike(grown, pixels(plot(panel))) == 0.0
    assert [each.kind for each in panel.values_at(150)] == [RunKind.CURRENT, RunKind.RECORDED]
    assert [each.kind for each in panel.values_at(50)] == [RunKind.CURRENT]


@pytest.mark.parametrize("present", [20, 300, 500, 700])
@pytest.mark.parametrize("share", [(0.42, 0.68), (0.6, 0.68), (0.99, 0.5)])
def test_that_a_notice_leaves_the_flag_of_the_present_in_sight(panel, present, share):
    rewind(panel, present=present)
    area = panel.floating_place()
    size = QSize(round(share[0] * area.width()), round(share[1] * area.height()))
    (flag,) = [box for text, box in panel.stack.loss_places.label_boxes() if text == "flag"]
    assert not QRectF(QRect(panel.free_corner(size) - area.topLeft(), size)).intersects(flag)


def test_that_the_steps_shown_include_the_future(panel):
    rewind(panel)
    assert plot(panel).ranges[0][1] == pytest.approx(1.015 * 8 * EPOCH)
    panel.set_future(None)
    assert plot(panel).ranges[0][1] == pytest.approx(1.015 * 3 * EPOCH)


def test_that_without_the_future_the_picture_is_as_if_it_had_never_been(panel):
    begin(panel, 300)
    before = [pixels(plot(panel, name)) for name in ("loss_plot", "accuracy_plot")]
    rewind(panel)
    panel.set_future(None)
    after = [pixels(plot(panel, name)) for name in ("loss_plot", "accuracy_plot")]
    assert all((one == other).all() for one, other in zip(before, after, strict=True))


def test_that_frame_by_frame_the_present_covers_its_recorded_future(panel):
    history, _ = rewind(panel)
    for steps in (1, 20, 64, 90, 7, 150):
        add_steps(history, steps)
        panel.refresh()
        settle()
    for name in ("loss_plot", "accuracy_plot"):
        grown = pixels(plot(panel, name))
        panel.stack.redraw()
        assert unlike(grown, pixels(plot(panel, name))) == 0.0, name


def test_that_a_new_run_begins_without_a_ghost(panel):
    begin(panel, 100)
    before = pixels(plot(panel))
    rewind(panel)
    begin(panel, 100)
    assert (pixels(plot(panel)) == before).all()
    assert plot(panel).ranges[0][1] == pytest.approx(1.015 * EPOCH)


def test_that_the_line_says_where_the_present_is_and_moves_along(panel):
    history, _ = rewind(panel)

    def line():
        columns = (pixels(plot(panel, "accuracy_plot")) == ACCENT.rgb()).sum(axis=0)
        return columns.argmax() - plot(panel).axis_width if columns.max() > 50 else None

    assert line() == pytest.approx(plot(panel).column_of(300), abs=3)
    add_steps(history, 100)
    panel.refresh()
    assert line() == pytest.approx(plot(panel).column_of(400), abs=3)
    wheel(plot(panel), 3, place_of(plot(panel), 400))
    assert line() == pytest.approx(plot(panel).column_of(400), abs=3)
    panel.set_future(None)
    assert line() is None


def test_that_once_the_future_is_overtaken_no_line_marks_the_present(panel):
    history, _ = rewind(panel, recorded=350)
    assert count(plot(panel), ACCENT) > 100
    add_steps(history, 60)
    panel.refresh()
    assert count(plot(panel), ACCENT) == 0


def test_that_crosshair_and_readout_read_the_future(panel, qtbot):
    _, future = rewind(panel)
    hover(qtbot, plot(panel), place_of(plot(panel), 600))
    words = readout(panel).split(" · ")
    step = step_of(readout(panel))
    assert abs(step - 600) <= 1
    assert words[1:4] == ["recorded before", "epoch 7", f"loss {future.loss[step]:.6f}"]
    assert plot(panel).crosshair.isVisible()
    assert plot(panel, "accuracy_plot").crosshair.isVisible()


# Travel


@pytest.mark.parametrize("name", ["loss_plot", "accuracy_plot"])
@pytest.mark.parametrize("step", [120, 600])
def test_that_a_double_click_chooses_the_step_under_it(panel, qtbot, name, step):
    rewind(panel)
    panel.set_travel_enabled(True)
    assert click_twice(panel, qtbot, place_of(plot(panel, name), step), name) == [pytest.approx(step, abs=1)]


def test_that_a_double_click_right_behind_the_last_step_chooses_the_end(panel, qtbot):
    rewind(panel, 150, 100)
    panel.set_travel_enabled(True)
    assert click_twice(panel, qtbot, place_of(plot(panel), 150) + QPoint(3, 0)) == [150]


def test_that_a_double_click_chooses_nothing_where_the_run_is_and_where_nothing_is_recorded(panel, qtbot):
    begin(panel, 150)
    panel.set_travel_enabled(True)
    assert click_twice(panel, qtbot, place_of(plot(panel), 150) + QPoint(3, 0)) == []
    assert click_twice(panel, qtbot, place_of(plot(panel), 190)) == []


def test_that_until_travel_is_on_a_double_click_only_holds_the_crosshair(panel, qtbot):
    begin(panel, 150)
    assert click_twice(panel, qtbot, place_of(plot(panel), 120)) == []
    assert panel.stack.inspector.is_held
    assert hint(panel) == ""


def test_that_a_click_holds_the_crosshair_until_the_next_click(panel, qtbot):
    begin(panel, 150)
    panel.set_travel_enabled(True)
    loss = plot(panel)
    with qtbot.assertNotEmitted(panel.step_chosen):
        left_click(qtbot, loss, place_of(loss, 100))
    held = readout(panel)
    assert abs(step_of(held) - 100) <= 1
    hover(qtbot, loss, place_of(loss, 30))
    assert readout(panel) == held
    loss.pointer_left.emit()
    assert loss.crosshair.isVisible()
    left_click(qtbot, loss, place_of(loss, 60))
    assert abs(step_of(readout(panel)) - 60) <= 1
    left_click(qtbot, loss, place_of(loss, 60))
    assert not panel.stack.inspector.is_held
    hover(qtbot, loss, place_of(loss, 30))
    assert abs(step_of(readout(panel)) - 30) <= 1


def test_that_the_step_that_is_held_is_gone_to_by_the_words_beside_it_and_by_enter(panel, qtbot):
    begin(panel, 150)
    panel.set_travel_enabled(True)
    chosen = []
    panel.step_chosen.connect(chosen.append)
    left_click(qtbot, plot(panel), place_of(plot(panel), 100))
    step = step_of(readout(panel))
    assert hint(panel) == f"Go to step {step}"
    words = panel.findChild(QLabel, "readout")
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton, pos=words.hint_place.center())
    qtbot.keyClick(plot(panel), Qt.Key.Key_Return)
    assert chosen == [step, step]


def test_that_escape_a_new_run_and_a_travel_release_what_is_held(panel, qtbot):
    for release in (
        lambda: qtbot.keyClick(plot(panel), Qt.Key.Key_Escape),
        lambda: begin(panel, 150),
        lambda: rewind(panel, 150, 100),
    ):
        begin(panel, 150)
        left_click(qtbot, plot(panel), place_of(plot(panel), 100))
        assert panel.stack.inspector.is_held
        release()
        assert not panel.stack.inspector.is_held


def test_that_a_drag_is_no_click_even_if_it_comes_back(panel, qtbot):
    begin(panel, 150)
    panel.set_travel_enabled(True)
    place, viewport = place_of(plot(panel), 100), plot(panel).viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    for offset in (15, 40, 0):
        send_drag(viewport, QPointF(place + QPoint(offset, 0)))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert not panel.stack.inspector.is_held


@pytest.mark.parametrize(
    ("button", "modifier"),
    [
        (Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_that_other_buttons_and_keys_hold_nothing(panel, qtbot, button, modifier):
    begin(panel, 150)
    panel.set_travel_enabled(True)
    qtbot.mouseClick(plot(panel).viewport(), button, modifier, place_of(plot(panel), 100))
    assert not panel.stack.inspector.is_held


def test_that_the_pointer_says_what_clicks_would_do(panel, qtbot):
    begin(panel, 1950, planned=5000)
    loss = plot(panel)
    hover(qtbot, loss, place_of(loss, 1500))
    assert hint(panel) == ""
    panel.set_travel_enabled(True)
    hover(qtbot, loss, place_of(loss, 1502))
    assert hint(panel) == f"Double click: go to step {step_of(readout(panel)):,}"
    assert loss.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    hover(qtbot, loss, QPoint(loss.viewport().width() - 14, 60))
    assert hint(panel) == ""
    assert loss.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    hover(qtbot, loss, place_of(loss, 1500))
    panel.set_travel_enabled(False)
    qtbot.waitUntil(lambda: hint(panel) == "")


# Incidents and changes


@pytest.mark.parametrize(
    ("loss", "text"),
    [(12.3456, "Loss leapt to 12.35"), (math.nan, "Loss became NaN"), (math.inf, "Loss became infinite")],
)
def test_that_an_incident_is_marked_by_itself(panel, loss, text):
    history = begin(panel, 200)
    history.truncate(150)
    history.add_incident(Incident(180, loss, 150))
    panel.refresh()
    assert panel.stack.marks.texts == [text]
    for name in ("loss_plot", "accuracy_plot"):
        assert count(plot(panel, name), COLOURS.incident) > 50


def test_that_an_incident_beyond_the_steps_is_within_what_is_shown(panel):
    history = begin(panel, 205)
    history.truncate(195)
    history.add_incident(Incident(204, 50.0, 195))
    panel.refresh()
    assert plot(panel).ranges[0][1] > 204


def test_that_shown_changes_replace_those_marked_before(panel):
    begin(panel, 200)
    panel.add_change_mark(50, "momentum", "momentum", "0", "0.9")
    panel.show_changes([(30, "learning_rate", "learning rate", "0.001", "0.01")])
    assert panel.stack.marks.texts == ["learning rate 0.001 → 0.01"]
    panel.show_changes([])
    assert panel.stack.marks.texts == []


def test_that_everything_is_recoloured_with_the_theme(panel):
    history, _ = rewind(panel)
    history.add_incident(Incident(310, 9.0, 300))
    panel.refresh()
    panel.set_palette(load_palette("dark"))
    dark = PlotColours.of(load_palette("dark"))
    for colour in (dark.ghost, dark.incident, load_palette("dark").accent):
        assert count(plot(panel), colour) > 50


def test_that_a_future_without_steps_changes_nothing(panel):
    begin(panel, 50)
    panel.set_future(History())
    panel.refresh()
    assert count(plot(panel), ACCENT) == 0


class Painted(QObject):
    """The region of a widget that is painted from now on."""

    def __init__(self, widget):
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.region += event.region()
        return False


def test_that_the_line_is_erased_where_it_was_although_newer_steps_are_painted_before(panel):
    history, _ = rewind(panel)
    loss = plot(panel)
    (line,) = [item for item in loss.scene().items() if isinstance(item, CurrentStepLine) and item.isVisible()]
    before = loss.mapFromScene(line.sceneBoundingRect()).boundingRect()
    painted = Painted(loss.viewport())
    add_steps(history, 395)
    panel.refresh()
    after = loss.mapFromScene(line.sceneBoundingRect()).boundingRect()
    assert not after.intersects(before)
    loss.viewport().repaint(after)
    settle()
    assert QRegion(before & loss.viewport().rect()).subtracted(painted.region).isEmpty()

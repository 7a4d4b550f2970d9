from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QImage, QPainter

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.mark_layers import EpochLayer, MarkLayer
from workbench.ui.plotting.render.mark_list import Mark, MarkKind, MarkList
from workbench.ui.plotting.render.view import View
from workbench.ui.style.palette import load_palette

pytestmark = pytest.mark.usefixtures("qapp")  # fonts have no metrics without one

COLOURS = PlotColours.of(load_palette("light"))
VIEW = View(left=0, right=1000, bottom=0, top=1, width=1000, height=300, ratio=1.0, log=False, colours=COLOURS)


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def marks(clock):
    return MarkList(clock)


def picture(layer, view=VIEW, first=0, last=None):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.background)
    painter = QPainter(image)
    layer.arrange(view)
    layer.paint(painter, view, first, last or view.width)
    painter.end()
    return image


# The list


def test_that_a_change_says_what_it_was_and_what_it_is(marks):
    marks.add_change(5, "learning_rate", "learning rate", "0.001", "0.01")
    assert marks.texts == ["learning rate 0.001 → 0.01"]


def test_that_the_changes_of_one_drag_become_one_mark_where_it_ended(marks, clock):
    for step, old, new in ((10, "1", "2"), (12, "2", "3"), (15, "3", "5")):
        marks.add_change(step, "momentum", "momentum", old, new)
        clock.now += 0.5
    assert marks.texts == ["momentum 1 → 5"]
    assert [mark.step for mark in marks.between(0, 100)] == [15]


def test_that_a_pause_of_a_second_begins_a_new_mark(marks, clock):
    marks.add_change(10, "momentum", "momentum", "1", "2")
    clock.now += 1.0
    marks.add_change(11, "momentum", "momentum", "2", "3")
    assert marks.texts == ["momentum 1 → 2", "momentum 2 → 3"]


def test_that_changes_of_different_hyperparameters_stay_apart(marks):
    marks.add_change(10, "momentum", "momentum", "1", "2")
    marks.add_change(10, "learning_rate", "learning rate", "3", "4")
    marks.add_change(11, "momentum", "momentum", "2", "5")
    assert marks.texts == ["learning rate 3 → 4", "momentum 1 → 5"]


@given(st.lists(st.integers(0, 100), max_size=20), st.integers(0, 100))
def test_that_marks_are_kept_by_step_and_dropped_from_a_step_on(steps, cut):
    marks = MarkList()
    marks.replace_changes((step, "name", str(step), "0", "1") for step in steps)
    assert marks.texts == [f"{step} 0 → 1" for step in sorted(steps)]
    marks.truncate(cut)
    assert marks.texts == [f"{step} 0 → 1" for step in sorted(steps) if step < cut]


# The labels


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_that_no_two_texts_of_marks_overlap_and_none_is_cut(steps):
    marks = MarkList()
    marks.replace_changes((step, str(index), "learning rate", "0.001", str(step)) for index, step in enumerate(steps))
    layer = MarkLayer(QFont(), marks, labelled=True)
    layer.arrange(VIEW)
    boxes = [box for _, box in layer.labels()]
    assert boxes
    for index, box in enumerate(boxes):
        assert box.left() >= 0
        assert box.right() <= VIEW.width
        assert box.bottom() <= VIEW.height
        assert not any(box.intersects(other) for other in boxes[index + 1 :])


def test_that_a_text_that_looks_like_html_is_drawn_letter_by_letter(qapp, marks):
    marks.add_change(100, "name", "<b>x</b>", "0", "1")
    plain = MarkList()
    plain.add_change(100, "name", "x", "0", "1")
    literal = picture(MarkLayer(QFont(), marks, labelled=True))
    rendered = picture(MarkLayer(QFont(), plain, labelled=True))
    assert literal != rendered
    layer = MarkLayer(QFont(), marks, labelled=True)
    layer.arrange(VIEW)
    assert [text for text, _ in layer.labels()] == ["<b>x</b> 0 → 1"]


def test_that_marks_outside_the_view_are_not_drawn(qapp, marks):
    marks.add_change(5000, "name", "far away", "0", "1")
    layer = MarkLayer(QFont(), marks, labelled=True)
    empty = picture(MarkLayer(QFont(), MarkList(), labelled=True))
    assert picture(layer) == empty


def test_that_an_unlabelled_layer_draws_lines_only(qapp, marks):
    marks.add_change(500, "name", "a text", "0", "1")
    layer = MarkLayer(QFont(), marks, labelled=False)
    image = picture(layer)
    coloured = {
        column
        for column in range(VIEW.width)
        if any(image.pixelColor(column, row) != COLOURS.background for row in range(0, VIEW.height, 3))
    }
    assert coloured == {500}


# Epochs


def texts_of(starts, view=VIEW):
    drawn = []

    def label(epoch):
        drawn.append(epoch)
        return f"Epoch {epoch}"

    layer = EpochLayer(QFont(), label)
    layer.extend([epoch for epoch, _ in starts], [step for _, step in starts])
    layer.arrange(view)
    drawn.clear()
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    layer.paint(painter, view, 0, view.width)
    painter.end()
    return drawn


def test_that_every_epoch_is_numbered_where_there_is_room(qapp):
    assert texts_of([(1, 0), (2, 250), (3, 500), (4, 750)]) == [1, 2, 3, 4]


def test_that_epochs_are_thinned_out_to_round_numbers_where_there_are_many(qapp):
    shown = texts_of([(epoch, (epoch - 1) * 10) for epoch in range(1, 101)])
    assert 3 < len(shown) < 20
    stride = shown[0]
    assert shown == list(range(stride, shown[-1] + 1, stride))
    assert shown[-1] >= 100 - stride  # the number of the last one may have no room beside its line
    assert stride in (5, 10, 20)


def test_that_an_epochs_label_begins_at_its_step(qapp):
    layer = EpochLayer(QFont(), lambda epoch: f"Epoch {epoch}")
    layer.extend([1, 2], [0, 400])
    image = picture(layer)
    column = {row: image.pixelColor(400, row) for row in range(VIEW.height)}
    assert COLOURS.epoch in column.values()
    assert all(image.pixelColor(300, row) == COLOURS.background for row in range(VIEW.height))


# Incidents and changes read from the history


def test_that_replaced_changes_stand_where_they_happened_and_incidents_stay(marks):
    marks.add_change(5, "momentum", "momentum", "0", "0.9")
    marks.replace(MarkKind.INCIDENT, [Mark(40, MarkKind.INCIDENT, "Loss became NaN")])
    marks.replace_changes([(30, "momentum", "momentum", "0", "0.5"), (10, "dropout", "dropout", "0", "0.1")])
    assert marks.texts == ["dropout 0 → 0.1", "momentum 0 → 0.5", "Loss became NaN"]
    marks.replace(MarkKind.INCIDENT, [])
    assert marks.texts == ["dropout 0 → 0.1", "momentum 0 → 0.5"]


def test_that_a_change_made_after_reading_old_ones_is_a_mark_of_its_own(marks):
    marks.replace_changes([(10, "momentum", "momentum", "0", "0.5")])
    marks.add_change(12, "momentum", "momentum", "0.5", "0.9")
    assert marks.texts == ["momentum 0 → 0.5", "momentum 0.5 → 0.9"]


def test_that_an_incident_outlives_its_step(marks):
    marks.add_change(50, "note", "gone", "0", "1")
    marks.replace(MarkKind.INCIDENT, [Mark(60, MarkKind.INCIDENT, "Loss leapt to 12.3")])
    marks.truncate(40)
    assert marks.texts == ["Loss leapt to 12.3"]


def test_that_the_changes_of_a_drag_share_one_text_unless_the_view_is_narrow(qapp, marks):
    rows = [(100 + 4 * i, "momentum", "momentum", f"0.{i}", f"0.{i + 1}") for i in range(5)]
    marks.replace_changes([*rows, (104, "dropout", "dropout", "0", "0.5"), (600, "momentum", "momentum", "0.5", "0")])
    layer = MarkLayer(QFont(), marks, labelled=True)
    layer.arrange(VIEW)
    assert [text for text, _ in layer.labels()] == ["dropout 0 → 0.5", "momentum 0.0 → 0.5", "momentum 0.5 → 0"]
    layer.arrange(
        View(left=95, right=125, bottom=0, top=1, width=3000, height=300, ratio=1.0, log=False, colours=COLOURS)
    )
    assert "momentum 0.1 → 0.2" in [text for text, _ in layer.labels()]


def test_that_an_incident_is_drawn_in_the_colour_of_danger_above_the_texts_of_changes(qapp, marks):
    marks.replace(MarkKind.INCIDENT, [Mark(500, MarkKind.INCIDENT, "Loss became NaN")])
    marks.add_change(500, "momentum", "momentum", "0", "0.9")
    for labelled in (True, False):
        image = picture(MarkLayer(QFont(), marks, labelled=labelled))
        column = {image.pixel(500, y) for y in range(VIEW.height)}
        assert COLOURS.incident.rgb() in column
        # The triangle at its top makes it recognisable by its shape as well.
        assert image.pixel(503, 1) == COLOURS.incident.rgb()


def test_that_an_incident_painted_in_strips_is_whole(qapp, marks):
    marks.replace(MarkKind.INCIDENT, [Mark(500, MarkKind.INCIDENT, "Loss became NaN")])
    layer = MarkLayer(QFont(), marks, labelled=False)
    whole = picture(layer)
    image = QImage(VIEW.width, VIEW.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.background)
    painter = QPainter(image)
    for first, last in ((0, 498), (498, 502), (502, VIEW.width)):
        painter.setClipRect(first, 0, last - first, VIEW.height)
        layer.paint(painter, VIEW, first, last)
    painter.end()
    assert image == whole


# Peaks beyond the plot


def test_that_a_peak_is_an_arrow_at_the_top_with_its_text_and_no_line(qapp, marks):
    assert marks.replace(MarkKind.PEAK, [Mark(500, MarkKind.PEAK, "up to 5e16")])
    assert not marks.replace(MarkKind.PEAK, [Mark(500, MarkKind.PEAK, "up to 5e16")])
    layer = MarkLayer(QFont(), marks, labelled=True)
    image = picture(layer)
    assert [text for text, _ in layer.labels()] == ["up to 5e16"]
    assert image.pixel(500, 4) == COLOURS.text.rgb()
    assert image.pixel(500, VIEW.height - 1) == COLOURS.background.rgb()
    empty = picture(MarkLayer(QFont(), MarkList(), labelled=False))
    assert picture(MarkLayer(QFont(), marks, labelled=False)) == empty


def test_that_the_arrow_of_another_run_has_the_colour_of_that_run(qapp, marks):
    marks.replace(MarkKind.PEAK, [Mark(500, MarkKind.PEAK, "up to 968", pick=lambda colours: colours.overlays[2])])
    assert picture(MarkLayer(QFont(), marks, labelled=True)).pixel(500, 4) == COLOURS.overlays[2].rgb()


def test_that_texts_leave_the_lowest_row_to_the_flag_of_the_current_step(qapp, marks):
    marks.replace_changes([(step, str(step), f"hyperparameter {step}", "0", "1") for step in range(10, 60, 10)])
    layer = MarkLayer(QFont(), marks, labelled=True, current_step=lambda: 5)
    for height in range(60, 200, 5):
        picture(layer, replace(VIEW, height=height))
        first, *further = [box for _, box in layer.labels()]
        assert all(box.bottom() <= height - first.height() + 2 for box in further)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8, unique=True), st.integers(0, 1000))
def test_that_no_text_runs_under_the_line_at_the_current_step(qapp, steps, here):
    marks = MarkList()
    marks.replace_changes([(step, str(step), f"hyperparameter {step}", "0", "1") for step in steps])
    layer = MarkLayer(QFont(), marks, labelled=True, current_step=lambda: here)
    layer.arrange(VIEW)
    assert not layer.is_crossed(VIEW)


def test_that_a_text_changes_sides_when_the_line_comes_to_it(qapp, marks):
    marks.replace_changes([(500, "rate", "Learning rate", "0.1", "0.01")])
    here = 480
    layer = MarkLayer(QFont(), marks, labelled=True, current_step=lambda: here)
    layer.arrange(VIEW)
    ((_, box),) = layer.labels()
    assert box.left() > VIEW.column(500)
    here = 520
    assert layer.is_crossed(VIEW)
    layer.arrange(VIEW)
    ((_, box),) = layer.labels()
    assert box.right() <= VIEW.column(500)


def test_that_numbers_of_epochs_never_run_into_each_other_after_a_change_of_the_batch_size(qapp):
    starts = [(epoch, (epoch - 1) * 200) for epoch in range(1, 5)]
    starts += [(epoch, 800 + (epoch - 5) * 12) for epoch in range(5, 16)]
    layer = EpochLayer(QFont(), "Epoch {}".format)
    layer.extend([epoch for epoch, _ in starts], [step for _, step in starts])
    layer.arrange(VIEW)
    boxes = [box for _, box in layer.labels(VIEW)]
    assert len(boxes) >= 4
    assert all(left.right() < right.left() for left, right in pairwise(boxes))


def test_that_no_text_of_a_mark_lies_over_the_end_of_the_curve(qapp):
    marks = MarkList()
    marks.add_change(500, "learning_rate", "Learning rate", "0.1", "0.01")
    free = MarkLayer(QFont(), marks, labelled=True)
    free.arrange(VIEW)
    ((_, box),) = free.labels()
    middle = VIEW.step(box.center().x())
    value = VIEW.top - box.center().y() / (VIEW.height - VIEW.ratio) * (VIEW.top - VIEW.bottom)
    layer = MarkLayer(QFont(), marks, labelled=True, curve_end=lambda: (round(middle), value))
    layer.arrange(VIEW)
    ((_, moved),) = layer.labels()
    assert not moved.contains(box.center())
    assert not layer.is_crossed(VIEW)


def test_that_the_numbers_of_epochs_make_way_for_lines_that_reach_the_top():
    lines = [110]
    layer = EpochLayer(QFont(), lambda epoch: f"Epoch {epoch}", lambda: lines)
    layer.extend([1, 2, 3], [0, 100, 200])
    picture(layer)
    assert [text for text, _ in layer.labels(VIEW)] == ["Epoch 1", "Epoch 3"]
    assert not layer.is_crossed(VIEW)
    lines.append(210)
    assert layer.is_crossed(VIEW)
    assert [text for text, _ in layer.labels(VIEW)] == ["Epoch 1"]
    lines[:] = [103]  # between the line of the epoch and its number
    assert layer.is_crossed(VIEW)
    assert len(layer.labels(VIEW)) == 3

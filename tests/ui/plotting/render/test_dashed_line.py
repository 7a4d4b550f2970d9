from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter

from workbench.engine.history.series import Series
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.dashed_line import DashedLine
from workbench.ui.plotting.render.view import View
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))
VIEW = View(left=0, right=1000, bottom=0, top=1, width=500, height=100, ratio=1.0, log=False, colours=COLOURS)


@pytest.fixture
def line(qapp):
    return DashedLine(lambda colours: colours.training, (8, 4), 2.0)


def picture(layer, view=VIEW, edges=()):
    """The layer painted in strips that meet at `edges`, shape (height, width)."""
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.background)
    painter = QPainter(image)
    layer.arrange(view)
    borders = [0, *sorted(edges), view.width]
    for first, last in pairwise(borders):
        if first < last:
            painter.setClipRect(first, 0, last - first, view.height)
            layer.paint(painter, view, first, last)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(view.height, view.width).copy()


def inked(layer, view=VIEW):
    """Which columns the line touches."""
    return (picture(layer, view) != COLOURS.background.rgb()).any(axis=0)


def test_that_without_a_series_nothing_is_drawn(line):
    assert not inked(line).any()
    line.series = Series()
    assert not inked(line).any()


def test_that_a_level_line_is_drawn_in_dashes_of_their_lengths(line):
    line.series = Series(np.full(1000, 0.5))
    columns = inked(line)[10:490]
    assert columns.mean() == pytest.approx(8 / 12, abs=0.1)
    assert np.diff(columns.astype(int)).tolist().count(1) == pytest.approx(480 / 12, abs=1)


def test_that_a_line_without_dashes_is_whole(qapp):
    line = DashedLine(lambda colours: colours.training, (), 1.0)
    line.series = Series(np.full(1000, 0.5))
    assert inked(line)[2:-2].all()


def test_that_what_is_not_a_number_is_a_gap(line):
    values = np.full(1000, 0.5)
    values[400:600] = np.nan
    line.series = Series(values)
    columns = inked(line)
    assert not columns[206:294].any()
    assert columns[:194].any()
    assert columns[306:].any()


def test_that_nothing_before_its_beginning_is_drawn(line):
    line.series = Series(np.full(1000, 0.5))
    line.begin = 600
    columns = inked(line)
    assert not columns[:300].any()
    assert columns[300:].any()


def test_that_single_steps_are_drawn_where_there_is_room(line):
    line.series = Series([0.2, 0.8])
    assert inked(line, View(0, 2, 0, 1, 500, 100, 1.0, False, COLOURS))[:250].any()


def test_that_a_lone_value_is_seen(line):
    line.series = Series([0.5])
    assert inked(line).any()


def test_that_a_series_that_grew_is_drawn_as_far_as_it_reaches(line):
    line.series = Series(np.full(200, 0.5))
    assert not inked(line)[110:].any()
    line.series.extend(np.full(800, 0.5))
    line.grow()
    assert inked(line)[110:].any()


@given(
    st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300),
    st.lists(st.integers(1, VIEW.width - 1), max_size=5),
)
def test_that_strips_make_the_picture_that_painting_everything_makes(qapp, values, edges):
    line = DashedLine(lambda colours: colours.training, (8, 3, 2, 3), 1.5)
    line.series = Series(values)
    whole, strips = picture(line), picture(line, edges=edges)
    difference = abs(whole.view(np.uint8).astype(int) - strips.view(np.uint8).astype(int))
    assert (difference > 32).mean() < 1e-3

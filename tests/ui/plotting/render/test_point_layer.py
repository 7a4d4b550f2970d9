from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.point_layer import LEAST_DISTANCE, PointLayer, PointLook
from workbench.ui.plotting.render.view import View
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))
VIEW = View(left=0, right=1000, bottom=0, top=1, width=1000, height=200, ratio=1.0, log=False, colours=COLOURS)


@pytest.fixture
def layer(qapp):
    return PointLayer()


def dots(layer, view=VIEW):
    """The columns in whose neighbourhood points were drawn."""
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.background)
    layer.arrange(view)
    painter = QPainter(image)
    layer.paint(painter, view, 0, view.width)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(view.height, view.width)
    columns = np.flatnonzero((pixels == COLOURS.test.rgb()).any(axis=0))
    starts = columns[np.diff(columns, prepend=-10) > 1]
    ends = columns[np.diff(columns, append=columns[-1] + 10) > 1] if len(columns) else columns
    return [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]


def test_that_points_lie_at_their_steps(layer):
    layer.extend([100, 400, 700], [0.2, 0.5, 0.8])
    assert dots(layer) == [100, 400, 700]


def test_that_points_are_thinned_out_where_they_would_run_together(layer):
    layer.extend(range(0, 1000, 2), [0.5] * 500)
    columns = dots(layer)
    assert len(columns) > 10
    assert min(np.diff(columns)) >= LEAST_DISTANCE


def test_that_several_points_at_one_step_are_all_drawn(layer):
    layer.extend([500, 500], [0.2, 0.8])
    assert dots(layer) == [500]
    assert not layer.needs_arranging(VIEW)


def test_that_only_a_change_of_the_thinning_needs_arranging(layer):
    layer.extend([100, 200], [0.5, 0.5])
    layer.arrange(VIEW)
    layer.extend([300], [0.5])
    assert not layer.needs_arranging(VIEW)
    layer.extend(range(301, 400), [0.5] * 99)
    assert layer.needs_arranging(VIEW)


def test_that_a_value_that_is_not_finite_is_left_out(layer):
    layer.extend([100, 400, 700], [0.2, float("nan"), 0.8])
    assert dots(layer) == [100, 700]


def test_that_nothing_is_drawn_without_points(layer):
    layer.extend([5], [0.5])
    layer.clear()
    assert dots(layer) == []


def test_that_points_at_the_beginning_and_before_are_not_drawn(layer):
    layer.extend([100, 400, 700], [0.2, 0.5, 0.8])
    layer.begin = 400
    assert dots(layer) == [700]


def test_that_hollow_points_are_rings(qapp):
    look = PointLook(lambda colours: colours.test, None, hollow=True)
    layer = PointLayer(look=look)
    layer.extend([100], [0.5])
    image = QImage(VIEW.width, VIEW.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.crosshair)
    layer.arrange(VIEW)
    painter = QPainter(image)
    layer.paint(painter, VIEW, 0, VIEW.width)
    painter.end()
    middle = round(VIEW.row(0.5))
    assert image.pixel(100, middle) == COLOURS.background.rgb()
    row = [image.pixel(x, middle) for x in range(92, 109)]
    assert row != [COLOURS.background.rgb()] * len(row)

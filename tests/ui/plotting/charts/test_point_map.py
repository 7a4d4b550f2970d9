"""The map of points: where they are drawn, zoomed, chosen with the mouse and the keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from workbench.ui.plotting.charts.point_map import MapPoints, PointMap
from workbench.ui.plotting.charts.point_stamps import argb, argb_of, stamped
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

PLACES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
LABELS = np.array([0, 1, 2, 3])
ALL = np.ones(4, np.bool_)


def points(places=PLACES, labels=LABELS, is_shown=ALL, is_strong=None):
    return MapPoints(places, labels, np.zeros(len(places), np.bool_), None, is_shown, is_strong)


@pytest.fixture
def chart(qtbot):
    chart = PointMap()
    chart.set_palette(load_palette("dark"))
    chart.resize(420, 380)
    chart.set_axes((-2.0, 2.0), (-2.0, 2.0), ("first", "second"), is_new=True)
    chart.show_points(points())
    qtbot.addWidget(chart)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


@pytest.fixture
def chosen(chart):
    chosen = []
    chart.point_chosen.connect(chosen.append)
    return chosen


def colours_at(image, x, y, reach=1):
    return {image.pixelColor(x + dx, y + dy).name() for dx in (-reach, 0, reach) for dy in (-reach, 0, reach)}


def test_that_each_point_has_the_colour_of_its_class_at_its_place(chart):
    image = chart.grab().toImage()
    own = PlotColours.of(load_palette("dark"))
    for index, colour in enumerate((own.training, own.test, *own.overlays[:2])):
        place = chart.place_of(index).toPoint()
        assert colour.name() in colours_at(image, place.x(), place.y())


def test_that_hidden_points_are_neither_drawn_nor_found(qtbot, chart, chosen):
    place = chart.place_of(1).toPoint()
    chart.show_points(points(is_shown=np.array([True, False, True, True])))
    image = chart.grab().toImage()
    assert PlotColours.of(load_palette("dark")).test.name() not in colours_at(image, place.x(), place.y())
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == []


def test_that_a_click_chooses_a_point_and_another_click_none(qtbot, chart, chosen):
    place = chart.place_of(2).toPoint() + QPoint(3, 2)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    chart.set_chosen(2)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() - 30, 60))
    assert chosen == [2, None]


def test_that_the_pointer_finds_the_nearest_point(qtbot, chart):
    hovered = []
    chart.point_hovered.connect(hovered.append)
    qtbot.mouseMove(chart, chart.place_of(3).toPoint())
    qtbot.mouseMove(chart, QPoint(chart.width() - 30, 60))
    assert hovered == [3, None]


def wheel(chart, place, delta):
    event = QWheelEvent(
        QPointF(place),
        QPointF(chart.mapToGlobal(place)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, event)


def test_that_the_wheel_zooms_at_the_pointer_and_a_double_click_shows_all_again(qtbot, chart):
    place = chart.place_of(1).toPoint()
    wheel(chart, place, 240)
    across = chart.axes.across
    assert chart.is_zoomed
    assert across[1] - across[0] == pytest.approx(4 / 1.25**2)
    moved = chart.place_of(1) - QPointF(place)
    # The plot begins where the numbers at the axis end, and these are others now.
    assert abs(moved.x()) < 6
    assert abs(moved.y()) < 2
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert not chart.is_zoomed
    assert chart.axes.across == (-2.0, 2.0)


def test_that_a_drag_moves_the_map_and_chooses_nothing(qtbot, chart, chosen):
    before, start = chart.place_of(0), chart.place_of(0).toPoint()
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(chart, start + QPoint(40, -25))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=start + QPoint(40, -25))
    assert chosen == []
    way = chart.place_of(0) - before
    assert way.x() == pytest.approx(40, abs=2)
    assert way.y() == pytest.approx(-25, abs=2)


def test_that_keys_go_from_point_to_point_zoom_and_move(qtbot, chart, chosen):
    chart.point_chosen.connect(chart.set_chosen)
    qtbot.keyClick(chart, Qt.Key.Key_Right)  # without a chosen point, the one in the middle
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)  # there is none further right
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chosen == [0, 1, 0, 2]
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.axes.across[1] - chart.axes.across[0] == pytest.approx(4 / 1.25)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert not chart.is_zoomed
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert chart.axes.across[0] == pytest.approx(-1.6)


@pytest.mark.parametrize("places", [np.zeros((0, 2)), np.full((3, 2), np.nan), np.full((3, 2), 1e300)])
def test_that_no_points_and_points_that_are_nowhere_can_be_drawn(qtbot, chart, places):
    count = len(places)
    chart.show_points(points(places, np.zeros(count, np.int64), np.ones(count, np.bool_)))
    assert not chart.grab().isNull()
    qtbot.mouseMove(chart, QPoint(200, 200))
    qtbot.keyClick(chart, Qt.Key.Key_Right)


def test_that_numbers_colour_the_points_of_a_regression(chart):
    chart.show_points(MapPoints(PLACES, None, None, np.array([0.0, 1.0, np.nan, 2.0]), ALL, None))
    image = chart.grab().toImage()
    low, high = chart.place_of(0).toPoint(), chart.place_of(3).toPoint()
    assert image.pixelColor(low) != image.pixelColor(high)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_that_later_markers_lie_over_earlier_ones_at_any_scale(ratio):
    red, blue = QColor("#ff0000"), QColor("#0000ff")
    here = np.array([10.0, 10.0, -50.0])
    fills, rims = np.array([argb(red), argb(blue), argb(red)], np.uint32), np.full(3, argb(blue), np.uint32)
    image = stamped(here, here, np.array([1, 0, 0]), fills, rims, QSize(20, 20), ratio)
    assert image.width() == round(20 * ratio)
    assert image.pixelColor(round(10 * ratio), round(10 * ratio)) == blue
    assert image.pixelColor(0, 0).alpha() == 0


def test_that_colours_are_packed_as_qt_reads_them():
    assert argb_of(np.array([[255.0, 0.0, 16.0]]))[0] == argb(QColor(255, 0, 16)) == 0xFFFF0010

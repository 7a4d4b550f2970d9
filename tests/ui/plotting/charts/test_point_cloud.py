"""PointCloud: where points are, and which one is meant."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor

from workbench.ui.plotting.charts.point_cloud import PointCloud, dots_image, spread
from workbench.ui.style.palette import load_palette

X = np.array([-1.0, 0.0, 1.0, np.nan, 2.0])
Y = np.array([-1.0, 0.5, 1.0, 1.0, np.inf])


@pytest.fixture
def cloud(qtbot):
    cloud = PointCloud()
    cloud.set_palette(load_palette("dark"))
    cloud.resize(300, 260)
    cloud.show_points(X, Y, ("x", "y"), is_diagonal=True)
    qtbot.addWidget(cloud)
    cloud.show()
    qtbot.waitExposed(cloud)
    return cloud


def test_that_a_click_chooses_the_nearest_point_and_another_click_none(cloud, qtbot):
    chosen = []
    cloud.point_chosen.connect(chosen.append)
    cloud.point_chosen.connect(cloud.set_chosen)
    near = cloud.place_of(1).toPoint() + QPoint(3, -4)
    qtbot.mouseClick(cloud, Qt.MouseButton.LeftButton, pos=near)
    qtbot.mouseClick(cloud, Qt.MouseButton.LeftButton, pos=near)
    qtbot.mouseClick(cloud, Qt.MouseButton.LeftButton, pos=cloud.place_of(2).toPoint())
    assert chosen == [1, None, 2]


def test_that_a_click_far_from_all_points_chooses_nothing(cloud, qtbot):
    chosen = []
    cloud.point_chosen.connect(chosen.append)
    corner = cloud.axes.plot.bottomRight().toPoint() - QPoint(2, 2)
    qtbot.mouseClick(cloud, Qt.MouseButton.LeftButton, pos=corner)
    assert chosen == []


def test_that_the_pointer_says_which_point_it_is_at(cloud, qtbot):
    hovered = []
    cloud.point_hovered.connect(hovered.append)
    qtbot.mouseMove(cloud, cloud.place_of(0).toPoint())
    qtbot.mouseMove(cloud, cloud.axes.plot.bottomRight().toPoint())
    assert hovered == [0, None]


def test_that_both_axes_have_the_same_range_where_they_are_compared(cloud):
    assert cloud.axes.across == cloud.axes.up
    cloud.show_points(X, 5 + 0 * X, ("x", "y"), is_diagonal=False)
    assert cloud.axes.up[0] < 0 < 5 < cloud.axes.up[1]


def test_that_points_are_drawn_where_they_are(cloud):
    picture = cloud.grab().toImage()
    empty = picture.pixelColor(cloud.axes.plot.topLeft().toPoint() + QPoint(30, 12))
    assert picture.pixelColor(cloud.place_of(1).toPoint()) != empty


def test_that_no_point_at_all_is_no_error(cloud):
    cloud.show_points(np.zeros(0), np.zeros(0), ("x", "y"), is_diagonal=True)
    assert not cloud.grab().isNull()
    cloud.show_points(np.array([np.nan]), np.array([np.inf]), ("x", "y"), is_diagonal=False)
    assert not cloud.grab().isNull()


def test_that_dots_over_one_another_are_stronger_and_those_outside_are_left_out():
    columns, rows = np.array([10.0, 30.0, 30.0, -500.0, np.nan]), np.array([10.0, 10.0, 10.0, 5.0, 5.0])
    many = np.concatenate([columns, np.full(2000, 45.0)]), np.concatenate([rows, np.full(2000, 25.0)])
    image = dots_image(*many, QSize(60, 30), 1.0, QColor("red"))
    once, twice, often = (image.pixelColor(x, y).alpha() for x, y in ((10, 10), (30, 10), (45, 25)))
    assert 0 < once < twice < often
    assert image.pixelColor(20, 20).alpha() == 0


@pytest.mark.parametrize("values", [[], [np.nan], [3.0, 3.0], [0.0, 0.0], [-1.0, 4.0]])
def test_that_a_range_has_room_at_both_ends(values):
    low, high = spread(np.array(values))
    assert low < high
    for value in values:
        assert not np.isfinite(value) or low < value < high


def test_that_arrows_go_from_point_to_point_and_enter_chooses(cloud, qtbot):
    chosen, hovered = [], []
    cloud.point_chosen.connect(chosen.append)
    cloud.point_hovered.connect(hovered.append)
    qtbot.keyClick(cloud, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(cloud, key)
    assert hovered == [1, 2, 1, 0]
    qtbot.keyClick(cloud, Qt.Key.Key_Up)
    qtbot.keyClick(cloud, Qt.Key.Key_Return)
    assert chosen == [hovered[-1]]


def test_that_arrows_begin_at_the_chosen_point_and_escape_chooses_none(cloud, qtbot):
    chosen, hovered = [], []
    cloud.point_chosen.connect(chosen.append)
    cloud.point_hovered.connect(hovered.append)
    cloud.set_chosen(2)
    qtbot.keyClick(cloud, Qt.Key.Key_Down)
    assert hovered == [2]
    qtbot.keyClick(cloud, Qt.Key.Key_Escape)
    assert chosen == [None]


def test_that_arrows_do_nothing_without_points(cloud, qtbot):
    cloud.show_points(np.zeros(0), np.zeros(0), ("x", "y"), is_diagonal=True)
    qtbot.keyClick(cloud, Qt.Key.Key_Right)
    assert cloud._hovered is None

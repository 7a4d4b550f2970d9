"""FlowingBox: parts below one another, or side by side."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.widgets.flowing_box import FlowingBox


@pytest.fixture
def parts(qtbot):
    host, chart, first, second = QWidget(), QWidget(), QWidget(), QWidget()
    rest = QHBoxLayout()
    rest.addWidget(first)
    rest.addWidget(second)
    box = FlowingBox(chart, rest, wide=400, shares=(3, 1), beside=(2, 1), turns_rest=True)
    box.setContentsMargins(0, 0, 0, 0)
    for layout in (box, rest):
        layout.setSpacing(0)
    host.setLayout(box)
    qtbot.addWidget(host)
    host.resize(300, 400)
    host.show()
    return host, chart, first, second


def test_that_in_a_high_room_the_rest_is_below(parts):
    _, chart, first, second = parts
    assert chart.geometry().getRect() == (0, 0, 300, 300)
    assert first.geometry().getRect() == (0, 300, 150, 100)
    assert second.geometry().getRect() == (150, 300, 150, 100)


def test_that_in_a_wide_room_it_is_beside_and_its_parts_below_one_another(parts, qtbot):
    host, chart, first, second = parts
    host.resize(600, 400)
    qtbot.waitUntil(lambda: chart.width() == 400)
    assert first.geometry().getRect() == (400, 0, 200, 200)
    assert second.geometry().getRect() == (400, 200, 200, 200)
    host.resize(390, 100)  # wider than high, but too narrow
    qtbot.waitUntil(lambda: chart.width() == 390)


def test_that_the_rest_keeps_its_direction_where_that_is_wanted(qtbot):
    host, chart, label = QWidget(), QWidget(), QWidget()
    rest = QVBoxLayout()
    rest.addWidget(label)
    host.setLayout(FlowingBox(chart, rest, wide=400, shares=(1, 1)))
    qtbot.addWidget(host)
    host.resize(900, 300)
    host.show()
    assert rest.direction() == QVBoxLayout.Direction.TopToBottom
    assert label.x() > chart.x()

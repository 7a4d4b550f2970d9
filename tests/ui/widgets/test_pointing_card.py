import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QSlider, QWidget

from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.glow import REACH, Glow
from workbench.ui.widgets.pointing_card import PointingCard, place_beside

INSIDE = QRect(4, 4, 1016, 632)
CARD = QSize(300, 120)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1024, 640)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def button(window):
    button = QPushButton("Train", window)
    button.setGeometry(400, 300, 90, 30)
    return button


@pytest.fixture
def card(qtbot, window, button):
    card = PointingCard(window)
    card.set_palette(load_palette("light"))
    card.say("Press Train", "The curves begin at once.", "1 of 6")
    window.show()
    qtbot.waitExposed(window)
    card.point_at(button)
    return card


def covers(card, button):
    return card.geometry().intersects(QRect(button.mapTo(button.window(), QPoint()), button.size()))


@given(x=st.integers(0, 1000), y=st.integers(0, 620), width=st.integers(8, 640), height=st.integers(8, 400))
def test_that_a_card_lies_in_the_window_and_covers_no_control_that_leaves_room(x, y, width, height):
    seen = QRect(x, y, width, height)
    corner, tip = place_beside(seen, CARD, INSIDE)
    assert INSIDE.contains(QRect(corner, CARD))
    assert (tip is None) == QRect(corner, CARD).intersects(seen)


def test_that_a_card_without_a_control_stands_in_a_corner_without_a_pointer():
    assert place_beside(QRect(), CARD, INSIDE) == (QPoint(720, 516), None)


def test_that_a_card_stands_below_a_button_of_a_tool_bar():
    corner, tip = place_beside(QRect(400, 30, 90, 30), CARD, INSIDE)
    assert corner.y() > 60
    assert tip is not None
    assert tip.y() == 0


def test_that_the_card_and_the_glow_go_along_with_the_control(qtbot, window, button, card):
    glow = Glow(window)
    glow.light(button, None)
    before = card.geometry()
    button.move(100, 560)
    qtbot.waitUntil(lambda: card.geometry() != before)
    assert not covers(card, button)
    assert glow.geometry() == button.geometry().adjusted(-REACH, -REACH, REACH, REACH)
    window.resize(640, 640)
    qtbot.waitUntil(lambda: window.rect().contains(card.geometry()))


def test_that_a_whole_panel_glows_inside_its_edge_where_nothing_beside_it_is_covered(qtbot, window):
    panel = QWidget(window)
    panel.setGeometry(100, 100, 500, 300)
    window.show()
    qtbot.waitExposed(window)
    glow = Glow(window)
    glow.light(panel, None)
    assert glow.geometry() == panel.geometry()


def test_that_a_control_that_is_not_seen_does_not_glow(qtbot, window, button):
    glow = Glow(window)
    window.show()
    qtbot.waitExposed(window)
    glow.light(button, None)
    assert glow.isVisible()
    button.hide()
    qtbot.waitUntil(lambda: not glow.isVisible())
    button.show()
    qtbot.waitUntil(glow.isVisible)


def test_that_only_the_part_of_a_control_that_is_seen_glows(qtbot, window):
    area = QScrollArea(window)
    area.setGeometry(0, 0, 200, 200)
    content = QWidget()
    content.resize(180, 1000)
    button = QPushButton("Far below", content)
    button.setGeometry(0, 190, 100, 60)
    area.setWidget(content)
    window.show()
    qtbot.waitExposed(window)
    glow = Glow(window)
    glow.light(button, None)
    assert glow.geometry().bottom() <= area.geometry().bottom() + REACH
    area.verticalScrollBar().setValue(600)
    qtbot.waitUntil(lambda: not glow.isVisible())


def test_that_a_glow_ends_by_itself_and_lets_the_mouse_through(qtbot, window, button):
    glow = Glow(window)
    window.show()
    qtbot.waitExposed(window)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    glow.light(button, 0.1)
    qtbot.mouseClick(window.childAt(button.geometry().center()), Qt.MouseButton.LeftButton)
    assert pressed
    qtbot.waitUntil(lambda: not glow.isVisible())
    assert glow.target is None


def test_that_a_card_takes_no_focus_by_itself(qtbot, window, button):
    field = QLineEdit(window)
    window.show()
    qtbot.waitExposed(window)
    field.setFocus()
    card = PointingCard(window)
    card.say("Title", "Text", button="Lessons")
    card.point_at(button)
    assert window.focusWidget() is field
    assert all(
        each.focusPolicy() in {Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus}
        for each in card.findChildren(QPushButton)
    )
    assert QApplication.focusWidget() in {field, None}


def test_that_a_control_that_is_deleted_is_followed_no_more(qtbot, window, button, card):
    button.deleteLater()
    qtbot.waitUntil(lambda: card.target is None)
    window.resize(800, 500)
    qtbot.waitUntil(lambda: window.rect().contains(card.geometry()))


def test_that_the_card_covers_no_control_of_a_bar_at_the_lower_edge(qtbot, window, card):
    bar = QWidget(window)
    slider = QSlider(Qt.Orientation.Horizontal, bar)
    bar.setGeometry(0, 570, 1024, 70)
    slider.setGeometry(500, 20, 400, 30)
    card.keep_clear_of(bar)
    bar.show()
    for target in (slider, None):
        card.point_at(target)
        assert window.rect().contains(card.geometry())
        assert not card.geometry().intersects(bar.geometry())
    window.resize(1024, 500)
    bar.move(0, 430)
    qtbot.waitUntil(lambda: window.rect().contains(card.geometry()))
    assert not card.geometry().intersects(bar.geometry())
    bar.hide()
    qtbot.waitUntil(lambda: card.geometry().intersects(bar.geometry()))

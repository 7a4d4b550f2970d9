"""Up to which zoom a screen has room."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QMainWindow

from tests.ui.usual_look import use_usual_look
from workbench.ui.style.zoom import STEPS, set_zoom
from workbench.ui.window.zoom_control import ZoomControl, fitting_zoom

LARGEST = [((1024, 600), 100), ((1280, 770), 125), ((1366, 728), 125), ((1920, 1040), 175), ((2560, 1400), 200)]


@pytest.fixture
def screen(monkeypatch, qapp):
    def screen(size):
        monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(*size))

    yield screen
    use_usual_look(qapp)


@pytest.mark.parametrize(("size", "largest"), LARGEST)
def test_that_a_zoom_is_offered_as_far_as_the_window_is_legible(qtbot, screen, size, largest):
    screen(size)
    window = QMainWindow()
    qtbot.addWidget(window)
    control = ZoomControl(window)
    set_zoom(largest)
    assert [step for step in STEPS if step > 100 and control.fits(step)] == [s for s in STEPS if 100 < s <= largest]


@pytest.mark.parametrize(("size", "largest"), LARGEST)
def test_that_a_remembered_zoom_is_reduced_to_the_largest_that_is_offered(screen, size, largest):
    screen(size)
    assert fitting_zoom(200) == largest
    assert fitting_zoom(110) == min(110, largest)
    assert fitting_zoom(80) == 80


def test_that_a_window_that_needs_more_than_the_screen_has_is_not_drawn_larger(qtbot, screen):
    screen((1920, 1040))
    window = QMainWindow()
    qtbot.addWidget(window)
    control = ZoomControl(window)
    control.set_whole(QSize(1700, 500))  # with panels that are hidden now
    refused = []
    control.refused.connect(lambda *zooms: refused.append(zooms))
    set_zoom(110)
    control.larger()
    assert refused == [(125, 110)]
    control.set_whole(None)
    with qtbot.waitSignal(control.chosen):
        control.larger()

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

from workbench.ui.panels.dataset import DatasetPanel
from workbench.ui.style.palette import load_palette

NAMES = tuple(f"class {label}" for label in range(10))


@pytest.fixture
def panel(qtbot):
    panel = DatasetPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    panel.resize(700, 240)
    panel.show()
    return panel


def brightness(panel):
    image = panel.grab().toImage()
    return sum(image.pixelColor(x, y).lightness() > 250 for x in range(0, image.width(), 5) for y in range(0, 100, 5))


def test_that_images_are_drawn(panel):
    assert brightness(panel) == 0
    panel.show_samples(NAMES, np.full((10, 24, 1, 28, 28), 255, np.uint8))
    assert brightness(panel) > 100
    assert panel.accessibleDescription() == ", ".join(NAMES)


def test_that_a_message_replaces_them(panel):
    panel.show_samples(NAMES, np.full((10, 24, 1, 28, 28), 255, np.uint8))
    panel.show_message("The data are gone.")
    assert brightness(panel) == 0
    assert panel.accessibleDescription() == "The data are gone."


@pytest.mark.parametrize("size", [(1, 1), (200, 40), (3000, 60), (300, 2000)])
def test_that_any_size_can_be_drawn(panel, size):
    panel.show_samples(NAMES, np.zeros((10, 3, 1, 28, 28), np.uint8))
    panel.resize(*size)
    assert not panel.grab().isNull()


CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


@pytest.mark.parametrize("size", [(348, 94), (384, 94), (528, 94), (887, 94), (348, 200), (700, 240)])
def test_that_no_name_is_cut_in_a_window_of_any_allowed_size(panel, monkeypatch, size):
    drawn = {}
    fitted = DatasetPanel._fitted

    def spy(panel, name, width):
        drawn[name] = fitted(panel, name, width)
        return drawn[name]

    monkeypatch.setattr(DatasetPanel, "_fitted", spy)
    panel.show_samples(CLASSES, np.zeros((10, 24, 1, 28, 28), np.uint8))
    panel.resize(*size)
    panel.grab()
    assert tuple(drawn) == CLASSES
    assert not any("…" in text for text in drawn.values())


def test_that_the_tooltip_names_the_class_under_the_pointer(panel, monkeypatch):
    said = []
    monkeypatch.setattr("PySide6.QtWidgets.QToolTip.showText", lambda _, text, *__: said.append(text))
    panel.show_samples(CLASSES, np.zeros((10, 24, 1, 28, 28), np.uint8))
    for x in (10, 680):
        QApplication.sendEvent(panel, QHelpEvent(QEvent.Type.ToolTip, QPoint(x, 5), QPoint(x, 5)))
    assert ["T-shirt" in said[0], "Ankle boot" in said[1]] == [True, True]

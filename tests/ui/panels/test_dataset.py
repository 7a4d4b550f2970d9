import numpy as np
import pytest

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
    panel.show_samples(NAMES, np.full((10, 24, 28, 28), 255, np.uint8))
    assert brightness(panel) > 100
    assert panel.accessibleDescription() == ", ".join(NAMES)


def test_that_a_message_replaces_them(panel):
    panel.show_samples(NAMES, np.full((10, 24, 28, 28), 255, np.uint8))
    panel.show_message("The data are gone.")
    assert brightness(panel) == 0
    assert panel.accessibleDescription() == "The data are gone."


@pytest.mark.parametrize("size", [(1, 1), (200, 40), (3000, 60), (300, 2000)])
def test_that_any_size_can_be_drawn(panel, size):
    panel.show_samples(NAMES, np.zeros((10, 3, 28, 28), np.uint8))
    panel.resize(*size)
    assert not panel.grab().isNull()

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from workbench.ui.style import icons, theme, zoom
from workbench.ui.style.palette import load_palette
from workbench.ui.style.tokens import tokens


@pytest.fixture(autouse=True)
def usual_size():
    yield
    zoom.set_zoom(zoom.USUAL)


def test_that_the_steps_are_gone_through_in_both_directions_and_end():
    assert zoom.next_step(100, 1) == 110
    assert zoom.next_step(100, -1) == 90
    assert zoom.next_step(115, 1) == 125
    assert zoom.next_step(200, 1) == 200
    assert zoom.next_step(80, -1) == 80


@pytest.mark.parametrize("percent", [0, 79, 201, -100])
def test_that_other_sizes_are_refused(percent):
    with pytest.raises(ValueError, match=str(percent)):
        zoom.set_zoom(percent)
    assert zoom.zoom() == 100


@pytest.mark.parametrize("stored", [None, "large", 17, 1e9, 110.5, [], True])
def test_that_a_stored_size_that_is_none_is_passed_over(stored):
    assert zoom.remembered(stored) == 100


def test_that_a_stored_size_is_used():
    assert [zoom.remembered(step) for step in zoom.STEPS] == list(zoom.STEPS)


def test_that_letters_distances_and_icons_grow_together(qapp):
    plain, margin, radius = theme.ui_font().pointSizeF(), tokens().margin, tokens().text_large
    zoom.set_zoom(150)
    assert theme.ui_font().pointSizeF() == pytest.approx(1.5 * plain)
    assert theme.fixed_font().pointSizeF() == pytest.approx(1.5 * plain)
    assert tokens().margin == round(1.5 * margin)
    assert tokens().text_large == radius  # per cent of a font that has grown already
    drawn = icons.icon("train", QColor("black"))
    assert QSize(27, 27) in drawn.availableSizes()


def test_that_the_stylesheet_grows_with_its_own_distances(qapp):
    palette = load_palette("light")
    plain = theme.stylesheet(palette)
    assert "width: 16px; height: 16px; padding-left: 4px" in plain
    zoom.set_zoom(200)
    large = theme.stylesheet(palette)
    assert "width: 32px; height: 32px; padding-left: 8px" in large
    assert "border: 2px solid" in large
    zoom.set_zoom(100)
    assert theme.stylesheet(palette) == plain


def test_that_a_hairline_stays_a_line_at_every_size():
    for percent in zoom.STEPS:
        zoom.set_zoom(percent)
        assert zoom.scaled(1) >= 1
        assert zoom.scaled(0) == 0

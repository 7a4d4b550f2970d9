from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtSvg import QSvgRenderer

from workbench.engine.paths import resource_path
from workbench.ui.style import icons

COLOUR = QColor("#d05a00")
NEEDED = [
    "app",
    "chart",
    "check",
    "chevron_down",
    "chevron_up",
    "clear",
    "copy",
    "data",
    "dice",
    "download",
    "error",
    "info",
    "keyboard",
    "live",
    "lock",
    "log_scale",
    "moon",
    "open",
    "pause",
    "plus",
    "quit",
    "reset_view",
    "save",
    "sliders",
    "step",
    "stop",
    "sun",
    "system",
    "train",
    "warning",
]
LINE_ICONS = [name for name in icons.icon_names() if name != icons.APPLICATION_ICON]

pytestmark = pytest.mark.usefixtures("qapp")


def pixels(pixmap):
    image = pixmap.toImage()
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def strongest_alpha(pixmap):
    return max(pixel.alpha() for pixel in pixels(pixmap))


@pytest.mark.parametrize("name", NEEDED)
def test_that_every_icon_the_window_asks_for_is_there(name):
    assert name in icons.icon_names()


@pytest.mark.parametrize("name", icons.icon_names())
def test_that_every_icon_file_can_be_drawn_by_qt(name):
    source = resource_path("icons", f"{name}.svg").read_bytes()
    assert QSvgRenderer(QByteArray(source)).isValid()


@pytest.mark.parametrize("name", LINE_ICONS)
def test_that_line_icons_share_one_grid_and_have_no_colour_of_their_own(name):
    root = ElementTree.fromstring(resource_path("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 24 24"
    for element in root.iter():
        assert "style" not in element.attrib
        for attribute in ("fill", "stroke", "stop-color", "color"):
            assert element.get(attribute, "none") in {"none", "currentColor"}


@pytest.mark.parametrize("name", LINE_ICONS)
def test_that_an_icon_is_drawn_in_the_colour_asked_for_and_in_no_other(name):
    solid = [pixel for pixel in pixels(icons.pixmap(name, COLOUR, 48)) if pixel.alpha() > 250]
    assert len(solid) > 20
    assert {pixel.name() for pixel in solid} == {COLOUR.name()}


@pytest.mark.parametrize("name", icons.icon_names())
def test_that_no_icon_is_cut_off_at_its_edge(name):
    image = icons.pixmap(name, COLOUR, 96).toImage()
    last = image.width() - 1
    edge = [image.pixelColor(x, y) for i in range(last + 1) for x, y in ((i, 0), (i, last), (0, i), (last, i))]
    assert all(pixel.alpha() == 0 for pixel in edge)


def test_that_the_application_icon_keeps_its_own_colours():
    colours = {pixel.name() for pixel in pixels(icons.pixmap("app", COLOUR, 64)) if pixel.alpha() > 250}
    assert len(colours) > 20


def test_that_the_application_icon_comes_in_the_sizes_of_title_bars_and_docks():
    sizes = icons.application_icon().availableSizes()
    assert QSize(16, 16) in sizes
    assert QSize(256, 256) in sizes


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_that_a_drawing_has_as_many_pixels_as_the_screen_shows(ratio):
    drawing = icons.pixmap("save", COLOUR, 20, ratio)
    assert drawing.size() == QSize(round(20 * ratio), round(20 * ratio))
    assert drawing.devicePixelRatio() == ratio
    assert strongest_alpha(drawing) == 255


def test_that_an_icon_is_sharp_on_every_screen_there_is(monkeypatch):
    monkeypatch.setattr(icons, "_screen_ratios", lambda: (1.0, 2.0))
    icon = icons.icon("save", QColor("#010203"))
    for size in (16, 18, 20):
        for ratio in (1.0, 2.0):
            drawing = icon.pixmap(QSize(size, size), ratio)
            assert drawing.toImage() == icons.pixmap("save", QColor("#010203"), size, ratio).toImage()


def test_that_a_disabled_icon_is_fainter():
    icon = icons.icon("train", COLOUR)
    normal = icon.pixmap(QSize(20, 20), QIcon.Mode.Normal)
    disabled = icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled)
    assert 0 < strongest_alpha(disabled) < strongest_alpha(normal)


def test_that_a_disabled_icon_has_the_colour_given_for_it():
    icon = icons.icon("stop", COLOUR, disabled=QColor("#123456"))
    centre = icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage().pixelColor(10, 10)
    assert centre.name() == "#123456"


def test_that_a_translucent_colour_gives_a_translucent_icon():
    translucent = QColor(COLOUR)
    translucent.setAlpha(100)
    assert strongest_alpha(icons.pixmap("stop", translucent, 20)) == 100


def test_that_a_second_request_for_an_icon_draws_nothing():
    assert icons.icon("copy", COLOUR).cacheKey() == icons.icon("copy", QColor(COLOUR)).cacheKey()
    assert icons.icon("copy", COLOUR).cacheKey() != icons.icon("copy", QColor("#000001")).cacheKey()


@pytest.mark.parametrize("name", ["trian", "", "../themes/light", "save.svg"])
def test_that_an_unknown_icon_is_refused_with_the_list_of_icons(name):
    with pytest.raises(icons.UnknownIconError, match=r"there are: app, chart, check.*warning") as refusal:
        icons.icon(name, COLOUR)
    assert re.search(rf"no icon named {re.escape(repr(name))}", str(refusal.value))
    assert isinstance(refusal.value, KeyError)


def test_that_the_text_of_an_icon_names_only_the_colour_asked_for():
    text = icons.svg_text("check", COLOUR)
    assert COLOUR.name() in text
    assert "currentColor" not in text

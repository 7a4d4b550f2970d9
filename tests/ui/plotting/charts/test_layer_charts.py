"""The charts of the layers: weights as tiles, distributions, curves over the steps, bars."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from workbench.engine.protocol.queries.layers import (
    Distribution,
    FirstLayer,
    LayerMeasures,
    MeasuredLayers,
    WeightForm,
)
from workbench.ui.models.layer_record import Series
from workbench.ui.plotting.charts.distribution_rows import DistributionRows, short_text
from workbench.ui.plotting.charts.share_bars import ShareBar, ShareBars
from workbench.ui.plotting.charts.step_curves import Band, StepCurves
from workbench.ui.plotting.charts.weight_tiles import LEVELS, WeightTiles, diverging
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette


@pytest.fixture
def shown(qtbot):
    def show(widget, width=400, height=300, theme="light"):
        widget.set_palette(load_palette(theme))
        widget.resize(width, height)
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show


def first_of(tiles, form=WeightForm.IMAGE):
    count = tiles.shape[2] if form is WeightForm.ROWS else len(tiles)
    return FirstLayer("stack.0", "Linear", form, tiles.astype(np.float32), np.arange(count), np.ones(count), count)


def tool_tip(widget, place, monkeypatch):
    texts = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, *_: texts.append(text))
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    return texts[-1]


def test_that_zero_is_the_background_and_the_signs_have_their_colours():
    colours = PlotColours.of(load_palette("dark"))
    scale = diverging(colours)
    for place, colour in ((0, colours.training), (LEVELS // 2, colours.background), (LEVELS - 1, colours.test)):
        assert tuple(scale[place]) == (colour.red(), colour.green(), colour.blue())


def test_that_tiles_are_drawn_with_one_scale(shown):
    colours = PlotColours.of(load_palette("light"))
    tiles = np.zeros((2, 1, 4, 4))
    tiles[0, 0, 0, 0], tiles[1, 0, 0, 0] = 2.0, -2.0
    widget = shown(WeightTiles())
    widget.show_layer(first_of(tiles))
    image = widget.grab().toImage()
    assert widget.limit == pytest.approx(2.0, rel=0.01)
    places = [QPoint(x, 4) for x in range(0, 300)]
    found = {image.pixelColor(place).name() for place in places}
    assert {colours.test.name(), colours.training.name(), colours.background.name()} <= found


def test_that_more_tiles_than_fit_stand_on_pages(qtbot, shown, monkeypatch):
    widget = shown(WeightTiles(), 200, 160)
    widget.show_layer(first_of(np.random.default_rng(0).normal(size=(60, 1, 8, 8))))
    assert widget.page_count > 1
    assert widget.unit_at(QPoint(3, 3)) == 0
    qtbot.keyClick(widget, Qt.Key.Key_PageDown)
    assert widget.page == 1
    first = widget.unit_at(QPoint(3, 3))
    assert first > 0
    assert f"Unit {first}:" in tool_tip(widget, QPoint(3, 3), monkeypatch)
    qtbot.keyClick(widget, Qt.Key.Key_End)
    assert widget.page == widget.page_count - 1
    qtbot.keyClick(widget, Qt.Key.Key_PageDown)
    assert widget.page == widget.page_count - 1
    widget.resize(900, 700)
    assert widget.page_count == 1
    assert widget.page == 0


def test_that_rows_name_their_inputs(shown, monkeypatch):
    widget = shown(WeightTiles())
    widget.show_layer(first_of(np.arange(6.0).reshape(1, 1, 3, 2), WeightForm.ROWS), ("<b>age</b>", "height"))
    text = tool_tip(widget, QPoint(5, 5), monkeypatch)
    assert "<b>" not in text
    assert "age" in text


@pytest.mark.parametrize("shape", [(16, 3, 5, 5), (1, 1, 1, 1), (256, 1, 28, 28), (3, 1, 2, 9)])
@pytest.mark.parametrize("size", [(1, 1), (40, 300), (900, 50), (640, 480)])
def test_that_any_tiles_fit_any_size(shown, shape, size):
    widget = shown(WeightTiles(), *size)
    widget.show_layer(first_of(np.full(shape, np.nan)))
    assert not widget.grab().isNull()


def distribution(**choices):
    fields = {"low": -1.0, "high": 2.0, "counts": np.array([1, 5, 2]), "zero_share": 0.0, "broken_share": 0.0}
    return Distribution(**{**fields, **choices})


def layer(name, **choices):
    fields = {
        "kind": "Linear",
        "shape": (512, 784),
        "function": "ReLU",
        "weights": distribution(),
        "gradients": distribution(),
        "outputs": distribution(zero_share=0.5),
        "weight_norm": 13.0,
        "gradient_norm": 0.4,
        "update_ratio": 3e-5,
    }
    return LayerMeasures(name, **{**fields, **choices})


def test_that_each_layer_has_a_row_with_its_numbers(shown, monkeypatch):
    widget = shown(DistributionRows())
    odd = layer("", gradients=None, outputs=distribution(counts=np.zeros(3, np.int64)), update_ratio=math.nan)
    widget.show_layers(
        MeasuredLayers((layer("stack.0"), odd, layer("b", weights=distribution(broken_share=1.0))), 1, 64, 1, 1, 0)
    )
    widget.resize(400, widget.sizeHint().height())
    assert not widget.grab().isNull()
    assert "stack.0" in tool_tip(widget, QPoint(10, 40), monkeypatch)
    assert "3e-05" in tool_tip(widget, QPoint(10, 40), monkeypatch)


def test_that_layers_that_are_left_out_are_counted_in_a_line_of_their_own(shown):
    widget = shown(DistributionRows())
    widget.show_layers(MeasuredLayers((layer("a"),), 1, 64, 1, 1, 0))
    whole = widget.sizeHint().height()
    widget.show_layers(MeasuredLayers((layer("a"),), 1, 64, 1, 1, 7))
    assert widget.sizeHint().height() == whole + widget.fontMetrics().height()
    widget.resize(widget.sizeHint())
    image = widget.grab().toImage()
    assert len({image.pixelColor(x, image.height() - 6).name() for x in range(60)}) > 2


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (1e-5, "1e-5"), (0.25, "0.25"), (-0.0312, "−0.031"), (1.2e7, "1.2e7"), (math.nan, "–")],
)
def test_that_numbers_are_short(number, text):
    assert short_text(number) == text


def series(name, *values):
    return Series(name, np.arange(len(values)) * 10.0, np.array(values))


def test_that_curves_of_ratios_lie_on_a_logarithmic_axis_with_the_band(shown, monkeypatch):
    widget = shown(StepCurves(), 500, 300)
    band = Band(1e-4, 1e-2, "rule of thumb")
    curves = [series("a", 1e-6, 1e-5, 1e-3), series("b", 0.0, math.nan, 1e-2)]
    widget.show_series(curves, ["a", "b"], here=10, is_log=True, band=band)
    image = widget.grab().toImage()
    assert image.pixelColor(300, 40) != image.pixelColor(300, 150)  # within the band, and below it
    texts = {tool_tip(widget, QPoint(x, y), monkeypatch) for x in range(40, 500, 6) for y in range(4, 290, 6)}
    assert any("a at step 10: 1e-05" in text for text in texts)
    assert any("b at step 20: 0.01" in text for text in texts)


@pytest.mark.parametrize("count", [1, 8, 9, 60])
@pytest.mark.parametrize("size", [(1, 1), (170, 90), (900, 500)])
def test_that_any_number_of_curves_can_be_drawn(shown, count, size):
    widget = shown(StepCurves(), *size)
    curves = [series(f"blocks.{index}.conv", 0.1 * index, math.nan) for index in range(count)]
    widget.show_series(curves, [each.name for each in curves], here=None, is_share=True)
    assert not widget.grab().isNull()
    widget.show_series(curves[:1], ["a"], here=0, is_log=True)
    assert not widget.grab().isNull()


def test_that_bars_are_as_long_as_their_shares(shown):
    colours = PlotColours.of(load_palette("light"))
    widget = shown(ShareBars(), 400, 100)
    widget.show_bars([ShareBar("a", 1.0, "1"), ShareBar("b", 0.0, "0"), ShareBar("c", None, "cannot die")])
    image = widget.grab().toImage()
    line = widget.sizeHint().height() // 3
    middle = [image.pixelColor(150, line * index + line // 2) for index in range(2)]
    assert middle[1] == colours.background
    assert middle[0] != colours.background

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from workbench.engine.history.series import Series
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.line_layer import LineLayer
from workbench.ui.plotting.render.view import View
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))


def view(steps, **changes):
    usual = {
        "left": 0,
        "right": steps,
        "bottom": 0,
        "top": 1,
        "width": 400,
        "height": 101,
        "ratio": 1.0,
        "log": False,
        "colours": COLOURS,
    }
    return View(**{**usual, **changes})


def painted(values, seen, strips=None, **kinds):
    """Which pixels a series leaves its mark on, drawn whole or in strips; shape (height, width)."""
    layer = LineLayer(**kinds)
    layer.series = Series(values)
    image = QImage(seen.width, seen.height, QImage.Format.Format_RGB32)
    image.fill(COLOURS.background)
    for first, last in strips or [(0, seen.width)]:
        painter = QPainter(image)
        painter.setClipRect(first, 0, last - first, seen.height)
        layer.paint(painter, seen, first, last)
        painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(seen.height, seen.width)
    return pixels != COLOURS.background.rgb()


@pytest.mark.parametrize("steps", [50, 400, 700, 5_000, 200_000])
def test_that_a_band_reaches_from_the_smallest_to_the_largest_value_of_its_column(qapp, steps):
    values = np.random.default_rng(0).uniform(0.2, 0.8, steps)
    values[steps // 2] = 0.95
    rows = np.flatnonzero(painted(values, view(steps), band=True).any(axis=1))
    assert rows.min() == pytest.approx(100 * (1 - 0.95), abs=1)
    assert rows.max() == pytest.approx(100 * (1 - values.min()), abs=1)


@pytest.mark.parametrize("steps", [50, 400, 700, 5_000, 200_000])
def test_that_a_line_is_unbroken(qapp, steps):
    columns = painted(np.linspace(0.1, 0.9, steps), view(steps), mean=True).any(axis=0)
    assert columns[2:-10].all()


@pytest.mark.parametrize("kinds", [{"band": True}, {"mean": True}])
@pytest.mark.parametrize("steps", [50, 700, 5_000, 200_000])
def test_that_strips_put_together_equal_the_whole(qapp, steps, kinds):
    values = np.random.default_rng(0).uniform(0.2, 0.8, steps)
    strips = [(0, 13), (13, 14), (14, 200), (200, 393), (393, 400)]
    whole, pieces = (painted(values, view(steps), parts, **kinds) for parts in (None, strips))
    assert (whole != pieces).mean() < 1e-3


@pytest.mark.parametrize("steps", [50, 700, 5_000])
def test_that_values_that_are_not_finite_leave_a_gap(qapp, steps):
    values = np.full(steps, 0.5)
    values[steps // 4 : 3 * steps // 4] = np.nan
    for kinds in ({"band": True}, {"mean": True}):
        columns = painted(values, view(steps), **kinds).any(axis=0)
        assert columns[20:85].all()
        assert not columns[115:285].any()
        assert columns[315:385].all()


def test_that_a_lonely_step_is_seen(qapp):
    assert painted([0.5], view(100), band=True).any()
    assert painted([0.5], view(100), mean=True).any()
    assert painted([np.nan, 0.5, np.nan], view(3), mean=True).any()


def test_that_a_line_is_as_thick_on_a_fine_screen_as_on_a_coarse_one(qapp):
    values = np.full(50, 0.5)
    coarse = painted(values, view(50), mean=True)[:, 200].sum()
    fine = painted(values, view(50, width=800, height=202, ratio=2.0), mean=True)[:, 400].sum()
    assert 2 <= coarse <= 4
    assert fine == pytest.approx(2 * coarse, abs=2)


def test_that_steps_outside_the_view_are_not_drawn(qapp):
    assert not painted(np.full(100, 0.5), view(100, left=500, right=600), mean=True, band=True).any()


def test_that_without_a_series_nothing_is_drawn(qapp):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    LineLayer(band=True, mean=True).paint(painter, view(10), 0, 10)
    painter.end()

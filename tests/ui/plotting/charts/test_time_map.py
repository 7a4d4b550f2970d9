"""The map of histograms over the steps."""

import numpy as np
import pytest

from workbench.engine.analysis.distributions import distribution_of, thinned
from workbench.engine.protocol.queries.layers import Distribution
from workbench.ui.plotting.charts.time_map import ROWS, TimeMap
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

PALETTE = load_palette("light")
COLOURS = PlotColours.of(PALETTE)


def normal(scale, seed=0):
    import torch

    numbers = torch.randn(20_000, generator=torch.Generator().manual_seed(seed)) * scale
    return distribution_of(thinned(numbers))


def training(colours):
    return colours.training


@pytest.fixture
def chart(qtbot):
    chart = TimeMap()
    chart.set_palette(PALETTE)
    chart.resize(420, 240)
    qtbot.addWidget(chart)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def test_that_each_column_holds_all_numbers_of_its_histogram(chart):
    chart.show_histograms([(10, normal(0.5)), (20, normal(1.0)), (30, normal(1.5))], training, None)
    assert chart.shares.shape == (ROWS, 3)
    assert chart.shares.sum(axis=0) == pytest.approx([1, 1, 1], abs=0.01)
    low, high = chart.range
    middles = np.linspace(high, low, ROWS + 1)[:-1] - (high - low) / ROWS / 2
    spread = np.sqrt((chart.shares * middles[:, None] ** 2).sum(axis=0))
    assert spread == pytest.approx([0.5, 1.0, 1.5], rel=0.05)


def test_that_one_histogram_that_diverged_flattens_no_other(chart):
    chart.show_histograms([(step, normal(1.0, step)) for step in (10, 20, 30)] + [(40, normal(1e6))], training, None)
    low, high = chart.range
    assert -100 < low < high < 100


def test_that_equal_numbers_and_all_zeros_are_drawn_without_an_error(chart):
    counts = np.zeros(48, np.int64)
    equal = counts.copy()
    equal[24] = 5
    chart.show_histograms(
        [(0, Distribution(0.0, 0.0, counts, 0.0, 0.0)), (5, Distribution(2.0, 2.0, equal, 0.5, 0.0))], training, 5
    )
    assert chart.shares[:, 0].sum() == 0
    assert chart.shares[:, 1].sum() == pytest.approx(1, abs=0.01)
    assert not chart.grab().isNull()


def test_that_the_step_that_is_looked_at_has_a_line(chart):
    series = [(step, normal(1.0, step)) for step in (10, 20, 30)]
    chart.show_histograms(series, training, None)
    before = chart.grab().toImage()
    chart.show_histograms(series, training, 15)
    assert chart.grab().toImage() != before


def test_that_a_histogram_is_said_in_words(chart):
    chart.show_histograms([(1234, normal(1.0))], training, None)
    assert chart.accessibleDescription().startswith("Step 1,234: from −3")
    assert "0% are 0" in chart.accessibleDescription()

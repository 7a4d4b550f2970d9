"""In a chart of any size no text runs into another one or over the edge."""

import numpy as np
import pytest
from PySide6.QtCore import QSize

from tests.engine.analysis.test_lr_finder import RATES, descent
from tests.ui.drawn_texts import beyond, drawn_texts, overlapping
from tests.ui.plotting.charts.test_layer_charts import distribution, layer
from tests.ui.plotting.charts.test_matrix_chart import matrix_of
from workbench.engine.analysis.classification import Calibration
from workbench.engine.analysis.regression import Histogram
from workbench.engine.protocol.experiments.range_test import RangeFound, Sweep
from workbench.engine.protocol.queries.layers import MeasuredLayers
from workbench.ui.models.layer_record import Series
from workbench.ui.plotting.charts.distribution_rows import DistributionRows
from workbench.ui.plotting.charts.epoch_curves import EpochCurve, EpochCurves
from workbench.ui.plotting.charts.histogram_chart import HistogramChart
from workbench.ui.plotting.charts.matrix_chart import MatrixChart
from workbench.ui.plotting.charts.rate_range import Mark, RateRangeChart
from workbench.ui.plotting.charts.reliability import ReliabilityDiagram
from workbench.ui.plotting.charts.step_curves import Band, StepCurves
from workbench.ui.plotting.charts.time_map import TimeMap
from workbench.ui.style.palette import load_palette

STEPS = (0, 938, 1876, 2814, 3752, 4690, 10_000)
LONG = 12_345_678
"""Steps, whose numbers are wide."""


def rate_range():
    chart = RateRangeChart()
    marks = Mark(0.11, "steepest", True), Mark(0.1, "fastai"), Mark(0.12, "minimum"), Mark(0.13, "break")
    chart.show_range(RangeFound(RATES, (Sweep(descent(RATES)[:80], True),)), None, marks)
    chart.show_rate(0.001)
    return chart


def shares_of_classes():
    curves = [EpochCurve(f"class {place}", np.linspace(0.1, 1.0, len(STEPS))) for place in range(10)]
    chart = EpochCurves()
    chart.show_curves(STEPS, curves, 2814)
    return chart


def numbers_of_a_sample():
    chart = EpochCurves()
    curve = EpochCurve("price", np.linspace(-12.5, 3.0, len(STEPS)))
    chart.show_curves((*STEPS[:-1], LONG), [curve], LONG, level=1.0, is_share=False)
    return chart


def reliability():
    edges = np.linspace(0, 1, 16)
    chart = ReliabilityDiagram()
    chart.show_calibration(Calibration(edges, edges[1:], edges[1:], np.arange(15), 0.02))
    return chart


def ratios():
    steps = np.array([1, 500, 1000, LONG])
    series = [Series(f"stack.{place}", steps, 10.0 ** np.array([-2, -3, -5, -4.0])) for place in range(3)]
    chart = StepCurves()
    band = Band(1e-4, 1e-2, "usual: rule of thumb")
    chart.show_series(series, [each.name for each in series], here=1000, is_log=True, band=band)
    return chart


def shares_of_units():
    chart = StepCurves()
    series = [Series("stack.1", np.array([0, 938, 1876]), np.array([0.0, 0.2, 0.4]))]
    chart.show_series(series, ["stack.1"], here=None, is_share=True)
    return chart


def time_map():
    chart = TimeMap()
    chart.show_histograms([(step, distribution()) for step in (*STEPS, LONG)], lambda colours: colours.training, 938)
    return chart


def histogram():
    chart = HistogramChart()
    titles = "Residual (true − predicted)", "Samples"
    chart.show_histogram(Histogram(np.linspace(-12_345.0, 54_321.0, 31), np.arange(30) * 1000), titles)
    return chart


def matrix():
    names = "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"
    chart = MatrixChart()
    chart.show_matrix(matrix_of(np.arange(100).reshape(10, 10) * 11, names))
    return chart


def matrix_of_many():
    chart = MatrixChart()
    chart.show_matrix(matrix_of(np.eye(100, dtype=np.int64) * 90, tuple(f"class {label}" for label in range(100))))
    return chart


def layers():
    chart = DistributionRows()
    rows = tuple(layer(f"linear_relu_stack.{place}", update_ratio=3e-5) for place in range(3))
    chart.show_layers(MeasuredLayers(rows, 1, 64, 1, 1, 2))
    return chart


CHARTS = (
    rate_range,
    shares_of_classes,
    numbers_of_a_sample,
    reliability,
    ratios,
    shares_of_units,
    time_map,
    histogram,
    matrix,
    matrix_of_many,
    layers,
)
SIZES = (QSize(0, 0), QSize(260, 190), QSize(431, 305), QSize(900, 620))
"""Each at least the chart's own least size."""


@pytest.mark.parametrize("make", CHARTS, ids=lambda make: make.__name__)
def test_that_no_label_of_a_chart_runs_into_another_or_over_its_edge(qtbot, make, monkeypatch):
    chart = make()
    qtbot.addWidget(chart)
    chart.set_palette(load_palette("light"))
    for size in SIZES:
        chart.resize(size.expandedTo(chart.minimumSizeHint()))
        texts = drawn_texts(chart, monkeypatch)
        assert texts
        assert overlapping(texts) == [], chart.size()
        assert beyond(chart, texts) == [], chart.size()

"""How the window shows a task's metric: the unit of its axis, its names and its numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from workbench.engine.config.tasks import Metric

translate = QCoreApplication.translate

UNKNOWN: Final = "–"
"""Shown where there is no number yet."""
PERCENT: Final = 100.0
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-3, 1e6


def axis_factor(metric: Metric) -> float:
    """What its values are multiplied with at the axis: a share is shown in percent."""
    return PERCENT if metric.is_share else 1.0


def axis_title(metric: Metric) -> str:
    """The name of the axis and of its plot."""
    return translate("Metrics", "Accuracy in %") if metric.is_share else translate("Metrics", "Mean absolute error")


def training_tip(metric: Metric) -> str:
    """What the line of the training is."""
    if metric.is_share:
        return translate("Metrics", "Training accuracy, running within the epoch")
    return translate(
        "Metrics",
        "Mean absolute error of the training, running within the epoch. The tutorial, which sorts into classes, has "
        "the accuracy here; numbers are not right or wrong, but more or less far off.",
    )


def test_tip(metric: Metric) -> str:
    """What the points of the tests are."""
    if metric.is_share:
        return translate("Metrics", "Test accuracy after every epoch")
    return translate("Metrics", "Mean absolute error on the test samples after every epoch")


def name_in_text(metric: Metric) -> str:
    """Its name within a sentence."""
    return translate("Metrics", "accuracy") if metric.is_share else translate("Metrics", "mean absolute error")


def metric_text(metric: Metric, value: float | None) -> str:
    """A value in a table: `91.2%`, `MAE 0.123`."""
    if value is None:
        return UNKNOWN
    if metric.is_share:
        return f"{PERCENT * value:.1f}%"
    return translate("Metrics", "MAE {value}").format(value=three_digits(value))


def named_metric_text(metric: Metric, value: float | None) -> str:
    """A value with its name in a line of figures: `accuracy 91.2%`, `MAE 0.123`."""
    text = metric_text(metric, value)
    return text if not metric.is_share else translate("Metrics", "accuracy {value}").format(value=text)


def r2_text(r2: float) -> str:
    """The coefficient of determination: `R² 0.873`."""
    if math.isnan(r2):
        return translate("Metrics", "R² {value}").format(value=UNKNOWN)
    number = f"{r2:.3f}" if r2 > -LARGEST_PLAIN else f"{r2:.2e}"
    return translate("Metrics", "R² {value}").format(value=with_minus_sign(number))


def three_digits(value: float) -> str:
    """A number from 0 up with three digits, or `NaN`, `∞`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞"
    if value == 0.0:
        return "0"
    if value < SMALLEST_PLAIN or value >= LARGEST_PLAIN:
        return f"{value:.2e}"
    return f"{value:,.0f}" if value >= 999.5 else f"{value:#.3g}".rstrip(".")


def signed_three_digits(value: float) -> str:
    """Any number with three digits: `−0.123`."""
    return with_minus_sign(f"-{three_digits(-value)}") if value < 0 else three_digits(value)

"""Bars: order, texts, many classes, numbers."""

import numpy as np
import pytest

from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.probability_bars import ProbabilityBars

NAMES = ("a", "<b>b</b> & c", "d")
SHARES = np.array([0.25, 0.7496, 0.0004], np.float32)


@pytest.fixture
def bars(qtbot):
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_palette(load_palette("dark"))
    bars.resize(240, 120)
    bars.show_names(NAMES)
    bars.show()
    return bars


def test_that_the_likeliest_come_first_or_the_labels_in_their_order(bars):
    bars.show_values(SHARES, is_sorted=True, are_shares=True)
    assert bars.shown == [("<b>b</b> & c", "75.0%"), ("a", "25.0%"), ("d", "<0.1%")]
    bars.show_values(SHARES, is_sorted=False, are_shares=True)
    assert [name for name, _ in bars.shown] == list(NAMES)


def test_that_numbers_are_shown_as_they_are(bars):
    bars.show_values(np.array([-1.5, 2e6, np.nan]), is_sorted=False, are_shares=False)
    assert [text for _, text in bars.shown] == ["−1.50", "2.00e+06", "NaN"]


def test_that_names_are_shown_before_there_are_values(bars):
    bars.show_values(SHARES, is_sorted=True, are_shares=True)
    bars.clear_values()
    assert {text for _, text in bars.shown} == {""}
    assert bars.accessibleDescription() == ""


def test_that_a_bar_is_as_long_as_its_share(bars):
    accent = load_palette("dark").accent

    def length(shares):
        bars.show_values(np.array(shares, np.float32), is_sorted=False, are_shares=True)
        image = bars._rows.grab().toImage()
        y = bars._rows.row_height // 2
        return sum(image.pixelColor(x, y) == accent for x in range(image.width()))

    whole = length([1, 0, 0])
    assert length([0.5, 0.5, 0]) == pytest.approx(whole / 2, abs=2)
    assert length([0, 1, 0]) == 0


def test_that_many_classes_scroll_and_the_likeliest_are_in_sight(bars):
    bars.show_names([f"class {number}" for number in range(500)])
    shares = np.zeros(500, np.float32)
    shares[417] = 1
    bars.show_values(shares, is_sorted=True, are_shares=True)
    assert bars.shown[0] == ("class 417", "100.0%")
    assert bars.verticalScrollBar().maximum() > 0
    assert "class 417" in bars.accessibleDescription()
    assert not bars.grab().isNull()

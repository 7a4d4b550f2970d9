"""Peaks of the loss, against plain loops."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.analysis.loss_peaks import FEWEST, WINDOW, compared, largest_peak

losses_of_a_run = st.lists(st.floats(0.015625, 64, width=32), min_size=1, max_size=200)


@given(losses_of_a_run, st.data())
def test_that_a_loss_is_compared_with_the_hundred_before_it(losses, data):
    step = data.draw(st.integers(0, len(losses) - 1))
    found = compared(np.array(losses[:step], np.float32), losses[step])
    before = losses[max(0, step - WINDOW) : step]
    if step == 0:
        assert found is None
        return
    assert found.count == len(before)
    assert found.median == pytest.approx(statistics.median(before))
    assert found.higher == sum(each > losses[step] for each in before)


@given(losses_of_a_run)
def test_that_the_largest_peak_is_the_one_that_a_plain_loop_finds(losses):
    found = largest_peak(np.array(losses, np.float32))
    if len(losses) <= FEWEST:
        assert found is None
        return
    ratios = [
        losses[step] / statistics.fmean(losses[max(0, step - WINDOW) : step]) for step in range(FEWEST, len(losses))
    ]
    assert ratios[found - FEWEST] == pytest.approx(max(ratios))

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.view import FARTHEST, View
from workbench.ui.style.palette import load_palette

COLOURS = PlotColours.of(load_palette("light"))


def view(**changes):
    usual = {
        "left": 0,
        "right": 1000,
        "bottom": 0,
        "top": 2,
        "width": 500,
        "height": 201,
        "ratio": 1.0,
        "log": False,
        "colours": COLOURS,
    }
    return View(**{**usual, **changes})


@given(st.floats(0, 1e6), st.floats(1, 1e6), st.integers(2, 4000), st.floats(-100, 5000))
def test_that_a_step_and_its_column_name_the_same_place(left, span, width, column):
    seen = view(left=left, right=left + span, width=width)
    assert seen.column(seen.step(column)) == pytest.approx(column, abs=1e-3)


def test_that_the_edges_of_the_range_are_seen():
    rows = view().rows(np.array([0.0, 2.0]))
    assert rows.tolist() == [200.0, 0.0]


def test_that_rows_and_row_agree():
    seen = view(bottom=-1.0, top=1.0, log=True)
    assert seen.rows(np.array([10.0, 1.0, 0.1])).tolist() == [seen.row(1.0), seen.row(0.0), seen.row(-1.0)]


def test_that_a_factor_is_applied_before_the_logarithm():
    seen = view(bottom=0.0, top=2.0, log=True)
    assert seen.rows(np.array([0.1]), 100.0)[0] == pytest.approx(seen.row(1.0))


def test_that_what_has_no_logarithm_leaves_a_gap_and_zero_lies_below():
    rows = view(bottom=-1.0, top=1.0, log=True).rows(np.array([-1.0, np.nan, 0.0]))
    assert np.isnan(rows[:2]).all()
    assert rows[2] == FARTHEST


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_that_no_coordinate_is_beyond_what_the_rasterizer_can_count(value):
    assert abs(view().rows(np.array([value], np.float32))[0]) <= FARTHEST

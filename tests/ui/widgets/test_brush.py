"""Strokes: soft edges, one darkness, right places."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.widgets.brush import Stroke

EMPTY = np.zeros((1, 16, 16), np.uint8)
PLACES = st.tuples(st.floats(-4, 20), st.floats(-4, 20))


def coverage_by_hand(start, end, radius):
    """For each pixel the distance from the line, one by one."""
    found = np.zeros((16, 16))
    a, b = np.array(start), np.array(end)
    for y in range(16):
        for x in range(16):
            p = np.array([x, y], float)
            length = ((b - a) ** 2).sum()
            share = 0.0 if length == 0 else min(max(((p - a) * (b - a)).sum() / length, 0), 1)
            found[y, x] = min(max(radius + 0.5 - np.hypot(*(p - a - share * (b - a))), 0), 1)
    return found


@given(PLACES, PLACES, st.floats(0.5, 4))
def test_that_each_pixel_is_covered_by_its_distance_from_the_stroke(start, end, radius):
    stroke = Stroke(EMPTY, (200,))
    stroke.add(start, end, radius)
    assert np.allclose(stroke.image[0], 200 * coverage_by_hand(start, end, radius), atol=1.0)


@given(st.lists(PLACES, min_size=2, max_size=5))
def test_that_a_stroke_that_crosses_itself_grows_no_darker(places):
    once, twice = Stroke(EMPTY, (200,)), Stroke(EMPTY, (200,))
    for start, end in pairwise(places):
        once.add(start, end, 1.5)
        twice.add(start, end, 1.5)
        twice.add(end, start, 1.5)
    assert np.abs(once.image.astype(int) - twice.image).max() <= 1
    assert once.image.max() <= 200


def test_that_the_image_before_and_its_colours_shine_through_at_the_edges():
    before = np.full((3, 16, 16), 100, np.uint8)
    stroke = Stroke(before, (0, 100, 200))
    stroke.add((8, 8), (8, 8), 1.0)
    assert stroke.image[:, 8, 8].tolist() == [0, 100, 200]
    assert stroke.image[:, 8, 9].tolist() == pytest.approx([50, 100, 150], abs=1)
    assert stroke.image[:, 0, 0].tolist() == [100, 100, 100]
    assert np.all(before == 100)

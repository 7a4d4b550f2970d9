"""Numbers along a horizontal axis."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.plotting.render.number_row import GAP, number_row


def advance(text):
    return 7.0 * len(text)


def test_that_a_number_stands_in_the_middle_below_its_tick():
    (number,) = number_row([(100.0, "500")], advance, (0.0, 300.0))
    assert number.left + number.width / 2 == 100.0
    assert number.text == "500"


def test_that_a_number_at_the_edge_is_moved_in_only_as_far_as_it_must():
    first, last = number_row([(0.0, "0"), (300.0, "1,000")], advance, (-3.0, 305.0))
    assert first.left == -3.0
    assert last.left + last.width == 305.0


def test_that_a_number_without_room_is_left_out_and_those_after_it_are_not():
    texts = [
        each.text for each in number_row([(10.0, "1,000"), (30.0, "2,000"), (90.0, "3,000")], advance, (0.0, 200.0))
    ]
    assert texts == ["1,000", "3,000"]


@given(
    st.lists(st.tuples(st.floats(-50, 450), st.integers(0, 10**9)), max_size=30),
    st.floats(0, 100),
    st.floats(101, 400),
)
def test_that_numbers_never_run_into_one_another_or_out_of_their_room(numbers, first, last):
    placed = number_row(sorted((place, f"{value:,}") for place, value in numbers), advance, (first, last))
    for before, after in pairwise(placed):
        assert before.left + before.width + GAP <= after.left
    for number in placed:
        assert number.left >= first
        assert number.left + number.width <= last or number.width > last - first

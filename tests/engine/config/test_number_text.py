import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.number_text import read_number, read_whole


@given(st.integers(-(10**300), 10**300))
def test_that_every_whole_number_is_read_exactly(number):
    assert read_whole(f" {number} ") == read_number(str(number)) == number
    assert type(read_whole(str(number))) is int


@given(st.floats(allow_nan=False))
def test_that_every_number_python_writes_is_read_exactly(number):
    assert read_number(repr(number)) == number


@given(st.integers(0, 999), st.integers(0, 30))
def test_that_an_exponent_keeps_a_whole_number_exact(digits, zeros):
    assert read_whole(f"{digits}e{zeros}") == digits * 10**zeros


@pytest.mark.parametrize(
    "text", ["1.000", "1.0", "64.0", "1,000", "1_000", "1.5e3", "1e-3", "", " ", "²", "0x10", "nan"]
)
def test_that_a_whole_number_has_no_point_no_comma_and_no_other_sign(text):
    with pytest.raises(ValueError, match="not a whole number"):
        read_whole(text)


@pytest.mark.parametrize("text", ["1,5", "1_0e-3", "1e", ".", "e5", "--1", "1.2.3", "0x1p3", "1 000", "nano"])
def test_that_only_plain_numbers_are_read(text):
    with pytest.raises(ValueError, match="not a number"):
        read_number(text)


def test_that_a_number_of_thousands_of_digits_is_infinite_and_not_an_error():
    assert read_whole("9" * 5000) == read_number("9" * 5000) == math.inf
    assert read_whole("-" + "9" * 5000) == -math.inf


@given(st.text())
def test_that_any_text_is_a_number_or_a_value_error(text):
    for read in (read_whole, read_number):
        with contextlib.suppress(ValueError):
            assert isinstance(read(text), int | float)

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE, Hyperparameter, Scale
from workbench.engine.errors import UsageError
from workbench.ui.text.numbers import (
    POSITIONS,
    SliderScale,
    format_number,
    format_value,
    parse_value,
    with_hyphens,
)

SLIDER_ROWS = [row for row in TABLE.values() if row.kind is not bool and row.slider]
SCALES = {row.name: SliderScale(row) for row in SLIDER_ROWS}
ODD_ROW = Hyperparameter(
    name="odd", label="", help="", kind=float, default=0.5, minimum=0.03, maximum=7.7, scale=Scale.LOGARITHMIC
)
UNEVEN_ROW = Hyperparameter(
    name="uneven", label="", help="", kind=float, default=0.5, minimum=0.0, maximum=1.0, step=0.3
)
names = st.sampled_from([row.name for row in SLIDER_ROWS])
positions = st.integers(0, POSITIONS)


def allowed_values(row):
    if row.kind is int:
        return st.integers(int(row.minimum), int(row.maximum))
    return st.floats(row.minimum, row.maximum, exclude_max=row.excluded_maximum)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.001, "0.001"),
        (1e-6, "1e-6"),
        (0.00123, "0.00123"),
        (3.1e-5, "3.1e-5"),
        (10.0, "10"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e16, "1e16"),
        (0.30000000000000004, "0.30000000000000004"),
        (1e-12, "1e-12"),
        (64, "64"),
        (-0.25, "−0.25"),
        (-3, "−3"),
        (-3.1e-5, "−3.1e-5"),
        (2**63 - 1, "9223372036854775807"),
    ],
)
def test_that_numbers_are_written_as_people_write_them(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        ("−0.25", "-0.25"),
        ("−1,234", "-1,234"),
        ("−∞", "-∞"),
        ("0.5 to −.25", "0.5 to -.25"),
        ("true − predicted", "true − predicted"),
        ("a–b", "a–b"),
    ],
)
def test_that_numbers_are_copied_with_hyphens_and_words_as_they_are(shown, plain):
    assert with_hyphens(shown) == plain


def test_that_a_value_is_written_according_to_its_rows_kind():
    assert format_value(TABLE["learning_rate"], 1) == "1"
    assert format_value(TABLE["epochs"], 10) == "10"
    assert format_value(TABLE["nesterov"], True) == "on"
    assert format_value(TABLE["nesterov"], False) == "off"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_written_number_reads_back_exactly_and_is_no_longer_than_pythons(number):
    text = format_number(number)
    assert float(with_hyphens(text)) == number
    assert len(text) <= len(repr(number))


@given(st.data())
def test_that_every_allowed_value_survives_being_written_and_read(data):
    row = data.draw(st.sampled_from([row for row in TABLE.values() if row.kind in (int, float)]))
    value = data.draw(allowed_values(row))
    assume(value <= row.offered_maximum)
    read = parse_value(row, format_value(row, value))
    assert read == value
    assert type(read) is row.kind


@given(st.integers(0, 2**63 - 1))
@example(2**63 - 1)
@example(2**53 + 1)
def test_that_every_seed_survives_being_written_and_read_also_in_groups(seed):
    row = TABLE["seed"]
    assert parse_value(row, format_value(row, seed)) == seed
    assert parse_value(row, f"{seed:,}") == seed
    assert parse_value(row, f"{seed:,}".replace(",", " ")) == seed


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "1e-3", 0.001),
        ("learning_rate", "1E-3", 0.001),
        ("learning_rate", " 0.001 ", 0.001),
        ("learning_rate", ".5", 0.5),
        ("learning_rate", "0,001", 0.001),
        ("learning_rate", "0,5", 0.5),
        ("learning_rate", "1,5e-3", 0.0015),
        ("learning_rate", "1e−3", 0.001),
        ("learning_rate", "１．５", 1.5),
        ("batch_size", "1,000", 1000),
        ("batch_size", "1 000", 1000),
        ("batch_size", "1\N{NO-BREAK SPACE}000", 1000),
        ("batch_size", "1\N{NARROW NO-BREAK SPACE}000", 1000),
        ("batch_size", "1'000", 1000),
        ("batch_size", "1e3", 1000),
        ("weight_decay", "0", 0.0),
    ],
)
def test_that_numbers_are_read_as_people_write_them(name, text, value):
    assert parse_value(TABLE[name], text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("learning_rate", "1,000"),
        ("learning_rate", "nan"),
        ("learning_rate", "inf"),
        ("learning_rate", "-1"),
        ("learning_rate", "1e-"),
        ("learning_rate", ""),
        ("batch_size", "1,00"),
        ("batch_size", "1,0000"),
        ("batch_size", "1,000 000"),
        ("batch_size", "12 34"),
        ("seed", "9" * 400),
        ("seed", "-1"),
    ],
)
def test_that_a_text_with_two_meanings_or_none_is_refused(name, text):
    with pytest.raises(UsageError):
        parse_value(TABLE[name], text)


@pytest.mark.parametrize("row", [*SLIDER_ROWS, ODD_ROW, UNEVEN_ROW], ids=lambda row: row.name)
def test_that_a_slider_reaches_both_ends_and_rests_on_allowed_values_only(row):
    scale = SliderScale(row)
    assert list(scale.stops) == sorted(set(scale.stops))
    assert all(row.checked(stop) == stop and type(stop) is row.kind for stop in scale.stops)
    assert scale.stops[0] == (0 if row.zero_below else row.minimum)
    assert row.excluded_maximum or scale.stops[-1] == row.offered_maximum
    assert all(scale.value_at(scale.position_of(stop)) == stop for stop in scale.stops)
    assert scale.value_at(0) == scale.stops[0]
    assert scale.value_at(POSITIONS) == scale.stops[-1]


@pytest.mark.parametrize("row", SLIDER_ROWS, ids=lambda row: row.name)
def test_that_a_slider_stops_at_the_default_and_at_every_decade(row):
    stops = SCALES[row.name].stops
    assert row.default in stops
    decades = {float(f"1e{power}") for power in range(-12, 5)}
    assert {decade for decade in decades if row.scale is Scale.LOGARITHMIC and row.allows(decade)} <= set(stops)


@given(st.sampled_from([row.name for row in SLIDER_ROWS if row.kind is float]), positions)
def test_that_the_stops_of_a_slider_have_three_significant_digits(name, position):
    value = SCALES[name].value_at(position)
    assert value == float(f"{value:.3g}")


def test_that_the_stops_of_the_learning_rate_are_round_numbers_and_exact_decades():
    scale = SCALES["learning_rate"]
    at_decade = scale.position_of(1e-3)
    assert scale.value_at(at_decade) == 0.001
    assert scale.stepped(0.001, 4) == 0.00126
    assert scale.stepped(0.001, 40) == 0.01
    assert scale.stepped(0.001, -40) == 0.0001


def test_that_batch_sizes_stop_at_the_powers_of_two_with_room_around_them():
    stops = SCALES["batch_size"].stops
    assert {2**power for power in range(14)} <= set(stops)
    assert 63 not in stops
    assert SCALES["batch_size"].stepped(64, 1) == 67


@given(names, positions, positions)
def test_that_a_position_further_right_never_means_a_smaller_value(name, one, other):
    scale = SCALES[name]
    assume(one <= other)
    assert scale.value_at(one) <= scale.value_at(other)


@given(names, positions)
def test_that_slider_to_value_to_slider_is_stable(name, position):
    scale = SCALES[name]
    value = scale.value_at(position)
    settled = scale.position_of(value)
    assert scale.value_at(settled) == value
    assert scale.position_of(scale.value_at(settled)) == settled


@given(st.data())
def test_that_a_larger_value_never_lies_further_left(data):
    row = data.draw(st.sampled_from(SLIDER_ROWS))
    small, large = sorted(data.draw(st.tuples(allowed_values(row), allowed_values(row))))
    scale = SCALES[row.name]
    assert 0 <= scale.position_of(small) <= scale.position_of(large) <= POSITIONS


@given(st.data(), st.integers(1, 20))
def test_that_a_step_goes_to_a_stop_beyond_and_never_past_the_end(data, count):
    row = data.draw(st.sampled_from(SLIDER_ROWS))
    value = data.draw(allowed_values(row))
    scale = SCALES[row.name]
    above, below = scale.stepped(value, count), scale.stepped(value, -count)
    assert above > value or value >= scale.stops[-1]
    assert below < value or value <= scale.stops[0]
    assert all(row.allows(stepped) for stepped in (above, below))
    assert len([stop for stop in scale.stops if value < stop <= above]) <= count


@given(st.sampled_from(SLIDER_ROWS), st.data())
def test_that_a_step_up_and_one_down_return_to_the_stop(row, data):
    scale = SCALES[row.name]
    index = data.draw(st.integers(0, len(scale.stops) - 2))
    stop = scale.stops[index]
    assert scale.stepped(scale.stepped(stop, 1), -1) == stop


def test_that_zero_has_a_gap_to_the_next_stop_of_a_logarithmic_slider():
    scale = SCALES["weight_decay"]
    assert scale.position_of(0) == 0
    assert scale.value_at(1) == 0
    assert scale.position_of(1e-6) > POSITIONS / 50
    assert math.isclose(scale.value_at(scale.position_of(1e-6)), 1e-6)


def test_that_a_logarithmic_slider_marks_its_decades_and_a_linear_one_even_parts():
    marked = [text for _, text in SCALES["learning_rate"].ticks()]
    assert marked == ["1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1", "1", "10"]
    assert [text for _, text in SCALES["clip_norm"].ticks()][:2] == ["0", "0.001"]
    assert [text for _, text in SCALES["data_noise"].ticks()] == ["0", "0.5", "1", "1.5", "2"]


@pytest.mark.parametrize("row", SLIDER_ROWS, ids=lambda row: row.name)
def test_that_every_mark_of_a_slider_stands_where_its_number_is_picked(row):
    scale = SCALES[row.name]
    places = [position for position, _ in scale.ticks()]
    assert places == sorted(set(places))
    assert all(scale.position_of(float(text)) == position for position, text in scale.ticks())

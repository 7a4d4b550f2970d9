import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE, Scale, TakesEffect, defaults, hyperparameter
from workbench.engine.errors import UsageError
from workbench.engine.recipe import OF_CHOICES, REGISTRIES

numeric_rows = st.sampled_from([row for row in TABLE.values() if row.kind in (int, float)])


def test_that_the_tutorials_values_are_the_defaults():
    values = defaults(("epochs", "batch_size", "learning_rate", "seed"), {})
    assert values == {"epochs": 10, "batch_size": 64, "learning_rate": 1e-3, "seed": 0}


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.name)
def test_that_every_row_has_a_label_a_teaching_help_and_a_valid_default(row):
    assert row.label
    assert len(row.help) > 80
    assert row.help.endswith(".")
    assert row.checked(row.default) == row.default
    assert type(row.default) is row.kind


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.name)
def test_that_a_logarithmic_row_starts_above_zero(row):
    assert row.scale is Scale.LINEAR or row.minimum > 0


def test_that_the_learning_rate_goes_from_a_millionth_to_ten_and_works_at_the_next_batch():
    row = hyperparameter("learning_rate")
    assert (row.minimum, row.maximum, row.scale) == (1e-6, 10, Scale.LOGARITHMIC)
    assert row.takes_effect is TakesEffect.NEXT_BATCH


@pytest.mark.parametrize("choice", OF_CHOICES)
def test_that_the_own_values_of_every_choice_stand_in_the_table(choice):
    for row in REGISTRIES[choice]:
        for name in row.accepts:
            assert TABLE[name].of_choice == choice
        for name, value in row.defaults.items():
            assert name in row.accepts
            assert TABLE[name].checked(value) == value


def test_that_what_belongs_to_a_choice_is_accepted_by_some_row_of_it():
    for row in TABLE.values():
        if row.of_choice is not None:
            assert any(row.name in chosen.accepts for chosen in REGISTRIES[row.of_choice])


def test_that_shuffling_waits_for_an_epoch_and_the_guard_and_dropout_do_not():
    moments = {name: hyperparameter(name).takes_effect for name in ("shuffle", "guard", "dropout", "schedule_decay")}
    assert moments.pop("shuffle") is TakesEffect.NEXT_EPOCH
    assert set(moments.values()) == {TakesEffect.NEXT_BATCH}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "1e-3", 0.001),
        ("learning_rate", " 0.001 ", 0.001),
        ("learning_rate", "1", 1.0),
        ("epochs", "3", 3),
        ("batch_size", "1e3", 1000),
        ("seed", str(2**63 - 1), 2**63 - 1),
        ("nesterov", "true", True),
        ("nesterov", "off", False),
        ("weight_decay", "0", 0.0),
    ],
)
def test_that_numbers_are_read_as_users_write_them(name, text, value):
    parsed = hyperparameter(name).parse(text)
    assert parsed == value
    assert type(parsed) is hyperparameter(name).kind


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("learning_rate", "nan"),
        ("learning_rate", "inf"),
        ("learning_rate", "0"),
        ("learning_rate", "11"),
        ("learning_rate", "fast"),
        ("learning_rate", ""),
        ("epochs", "2.5"),
        ("epochs", "0"),
        ("batch_size", "-64"),
        ("momentum", "1"),
        ("seed", str(2**63)),
        ("learning_rate", str(10**400)),
        ("nesterov", "perhaps"),
        ("weight_decay", "1e-9"),
    ],
)
def test_that_what_is_no_value_is_refused_with_a_sentence_naming_the_row(name, text):
    with pytest.raises(UsageError, match=name) as refusal:
        hyperparameter(name).parse(text)
    assert ": give " in str(refusal.value)


def test_that_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UsageError, match="learning_rate"):
        hyperparameter("lerning_rate")


@given(numeric_rows, st.floats() | st.integers())
def test_that_a_checked_value_is_in_range_and_stays_itself(row, number):
    try:
        value = row.checked(number)
    except UsageError:
        return
    assert math.isfinite(value)
    assert row.allows(value)
    assert row.checked(value) == value

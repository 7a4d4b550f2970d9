import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.files.csv_table import FORMULA_STARTS, csv_text


def is_number(text):
    try:
        float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return False
    return True


FIELDS = st.one_of(st.integers(), st.floats(), st.text(st.characters(codec="utf-8")), st.none())


@given(st.lists(st.lists(FIELDS, min_size=1, max_size=5), max_size=5))
def test_that_a_table_is_read_again_as_it_was_and_holds_no_formula(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert len(read) == len(rows)
    for fields, row in zip(read, rows, strict=True):
        assert len(fields) == len(row)
        for field, value in zip(fields, row, strict=True):
            if isinstance(value, str):
                assert not field.startswith(FORMULA_STARTS) or is_number(field)
                assert field.removeprefix("'") == value.removeprefix("'")
            elif value is None or (isinstance(value, float) and math.isnan(value)):
                assert field == ""
            else:
                assert float(field) == value if isinstance(value, float) else int(field) == value


@pytest.mark.parametrize("text", ["-0.5", "-1,234.5", "-2e-05", "-12%"])
def test_that_a_text_that_is_a_negative_number_stays_a_number(text):
    assert csv_text([[text]], delimiter="\t") == f"{text}\r\n"


@pytest.mark.parametrize("text", ["-1+cmd|' /C calc'!A0", "-A1", "-", "-1-1", "+1", "=1", "-1\n=2"])
def test_that_a_text_that_only_begins_as_a_number_is_a_formula(text):
    ((field,),) = csv.reader(io.StringIO(csv_text([[text]]), newline=""))
    assert field == f"'{text}"


def test_that_numbers_have_a_point_and_all_their_digits():
    assert csv_text([("step", "loss"), (1, 0.1234567890123)]) == "step,loss\r\n1,0.1234567890123\r\n"

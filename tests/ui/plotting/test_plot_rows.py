from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.plotting.plot_rows import LEAST_LOSS_HEIGHT, PlotRow, least_loss_height, rows_with_room

ROWS = st.lists(
    st.builds(PlotRow, st.integers(), st.integers(1, 200), st.integers(1, 60), st.booleans()),
    max_size=5,
    unique_by=lambda row: row.key,
)


@given(st.integers(-500, 2000), ROWS)
def test_that_what_is_shown_fits_and_each_plot_has_its_header(room, rows):
    shown = rows_with_room(room, rows)
    used = sum(row.plot * (row.key in shown.plots) + row.header * (row.key in shown.headers) for row in rows)
    assert used <= max(0, room)
    assert shown.plots <= shown.headers


@given(ROWS)
def test_that_everything_is_shown_where_there_is_room(rows):
    shown = rows_with_room(sum(row.plot + row.header for row in rows), rows)
    assert shown.plots == {row.key for row in rows}


def test_that_the_first_rows_come_first_and_switches_before_all():
    rows = [PlotRow("rate", 40, 30), PlotRow("accuracy", 40, 30, keeps_header=True)]
    assert rows_with_room(30, rows) == (set(), {"accuracy"})
    assert rows_with_room(100, rows) == ({"rate"}, {"rate", "accuracy"})


@given(st.integers(0, 5000))
def test_that_the_loss_takes_a_third(height):
    assert least_loss_height(height) >= max(LEAST_LOSS_HEIGHT, height / 3)

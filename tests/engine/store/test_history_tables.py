import math
import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.history.history import History
from workbench.engine.history.records import Evaluation
from workbench.engine.store import schema
from workbench.engine.store.digests import digest_of
from workbench.engine.store.history_reading import read_history
from workbench.engine.store.history_tables import HistoryDelta, RunKey, record_digest, write_delta

LOSSES = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)  # SQLite stores no sign of 0
SHARES = st.floats(0, 1).map(abs) | st.just(math.nan)
R2 = st.floats(-5, 1).map(lambda number: number + 0.0)
ROWS = st.tuples(st.integers(1, 9), st.integers(0, 9), st.none() | LOSSES, st.none() | SHARES)


def evaluation(average_loss, metric, r2, validation):
    return Evaluation(1, 1, average_loss, metric, r2, *validation)


EVALUATIONS = st.builds(evaluation, LOSSES, SHARES, st.none() | R2, st.just((None, None)) | st.tuples(LOSSES, SHARES))


@given(EVALUATIONS)
def test_that_every_evaluation_comes_back_as_it_was_written(written):
    history = History()
    history.add_step(1.0, 0.5)
    history.add_evaluation(written)
    with closing(sqlite3.connect(":memory:")) as connection:
        for migrate in schema.MIGRATIONS:
            migrate(connection)
        connection.execute(
            "INSERT INTO runs (id, began, recipe, environment, status, revision, steps, epochs, epoch_starts, "
            "incidents) VALUES ('0123456789abcdef', 0, '', '', '', 0, 1, 1, 0, 0)"
        )
        write_delta(connection, RunKey.of(connection, 1), 0, HistoryDelta.of(history))
        (found,) = read_history(connection, RunKey.of(connection, 1)).evaluations
    assert repr(found) == repr(written)


@given(ROWS, R2)
def test_that_rows_without_later_columns_keep_their_digests(row, r2):
    empty = (None, None, None)
    assert record_digest("run", "evaluations", (*row, *empty)) == digest_of("run", "evaluations", row)
    with_r2 = (*row, r2)
    assert record_digest("run", "evaluations", (*with_r2, *empty[1:])) == digest_of("run", "evaluations", with_r2)


@given(ROWS, LOSSES, SHARES)
def test_that_a_result_in_another_column_has_another_digest(row, one, other):
    places = [(one, None, None), (None, one, None), (None, one, other), (one, one, None), (one, one, other)]
    digests = {record_digest("run", "evaluations", (*row, *place)) for place in places}
    assert len(digests) == len(places)

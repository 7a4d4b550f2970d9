from __future__ import annotations

import math
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.history.entries import CHANGES, INCIDENTS, REFUSALS
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import annotate, with_note
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, Origin, Refusal, RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import connection, database, process_locks, schema
from workbench.engine.store.history_tables import CHUNK, RECORD_COLUMNS, record_digest
from workbench.engine.store.run_store import FILE_NAME, DamagedRunError, HistoryDelta, RunStatus, RunStore

ENVIRONMENT = {"torch": "2.15", "threads": "2"}


@pytest.fixture
def store(tmp_path):
    store = RunStore(tmp_path / "runs")
    yield store
    store.close()
    process_locks.release_process_lock(tmp_path / "runs")


@pytest.fixture
def other(store, tmp_path):
    """Another connection to the same store."""
    other = RunStore(tmp_path / "runs")
    yield other
    other.close()


def a_history(steps=10):
    history = History()
    history.add_epoch_start(EpochStart(1, 0))
    for step in range(steps):
        history.add_step(1 / (step + 1), step / steps)
    return history


def begun(store, history=None, parent=None, parent_step=None, **values):
    identity = RunIdentity.new(parent, parent_step)
    store.begin(identity, Recipe(values=values), ENVIRONMENT)
    if history is not None:
        store.write(identity.id, HistoryDelta.of(history, 1.5))
    return identity.id


def contents(history):
    return (
        history.loss.values().tobytes(),
        history.metric.values().tobytes(),
        [(e.step, e.epoch, struct.pack("d", e.average_loss), e.metric) for e in history.evaluations],
        history.epoch_starts,
        [(c.step, c.name, type(c.old), c.old, type(c.new), c.new) for c in history.changes],
        [(i.step, struct.pack("d", i.loss), i.returned_to) for i in history.incidents],
    )


def sql(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        return [connection.execute(statement).fetchall() for statement in statements]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# What is written comes back.


def test_that_a_run_that_has_just_begun_is_listed_as_running(store):
    identity = RunIdentity.new()
    recipe = Recipe(optimizer="adam", values={"learning_rate": 0.01})
    before = time.time()
    assert store.begin(identity, recipe, ENVIRONMENT) == 1
    (summary,) = store.summaries()
    assert summary.identity == identity
    assert (summary.number, summary.name, summary.note, summary.starred) == (1, "", "", False)
    assert before <= summary.began <= time.time()
    assert (summary.recipe, summary.status, summary.environment) == (recipe, RunStatus.RUNNING, ENVIRONMENT)
    assert (summary.steps, summary.epochs, summary.seconds, summary.changes) == (0, 0, 0, 0)
    assert (summary.loss, summary.metric, summary.best_metric) == (None, None, None)


def test_that_a_history_comes_back_bit_for_bit_with_numbers_that_are_none(store):
    history = a_history()
    for loss in (math.nan, math.inf, -math.inf, 1e-45, -0.0, 0.1):
        history.add_step(loss, 0.5)
    history.add_evaluation(Evaluation(16, 1, math.nan, 0.1))
    history.add_evaluation(Evaluation(16, 2, math.inf, 0.2))
    history.add_evaluation(Evaluation(16, 3, 0.1 + 0.2, 0.3))
    for name, old, new in (("batch_size", 1, 2), ("learning_rate", 0.1, 1.0), ("guard", False, True)):
        history.add_change(Change(5, name, old, new))
    history.add_incident(Incident(12, math.nan, 10))
    history.add_incident(Incident(13, math.inf, 10))
    assert contents(store.history(begun(store, history))) == contents(history)


@given(st.lists(CHANGES), st.lists(INCIDENTS), st.lists(REFUSALS))
@settings(max_examples=30, deadline=None)
def test_that_it_comes_back_who_asked_when_and_why_and_what_was_refused(changes, incidents, refusals):
    history = a_history()
    history.changes, history.incidents, history.refusals = changes, incidents, refusals
    with tempfile.TemporaryDirectory() as folder, closing(RunStore(Path(folder))) as store:
        again = store.history(begun(store, history))
        process_locks.release_process_lock(Path(folder))
    assert list(map(repr, again.changes)) == list(map(repr, changes))
    assert list(map(repr, again.refusals)) == list(map(repr, refusals))
    # SQLite stores no sign of zero.
    assert list(map(repr, again.incidents)) == [repr(replace(each, loss=each.loss + 0.0)) for each in incidents]


def test_that_incidents_and_refusals_written_in_any_order_come_back_in_their_own(store):
    history = a_history()
    run = begun(store, history)
    for step in range(6):
        if step % 3:
            history.add_refusal(Refusal(step, "batch_size", "1", f"No {step}.", Origin.WINDOW, step))
        else:
            history.add_incident(Incident(9, float(step), 2, Origin.EARLY_STOPPING, step))
        store.write(run, HistoryDelta.of(history))
    again = store.history(run)
    assert (again.incidents, again.refusals) == (history.incidents, history.refusals)


def test_that_a_note_is_written_on_its_entry_alone_and_kept(store, other):
    history = a_history()
    first, second = Change(3, "learning_rate", 0.1, 0.2), Change(3, "momentum", 0.0, 0.2)
    history.changes += [first, second, Change(10, "learning_rate", 0.2, 0.3)]
    history.add_incident(Incident(9, math.nan, 2))
    history.add_refusal(Refusal(3, "batch_size", "1", "No."))
    run = begun(store, history)
    for entry in (second, history.refusals[0], history.changes[2]):
        annotate(history, entry, "a note")
        other.annotate_entry(run, with_note(entry, "a note"))
    for reader in (store, other):
        again = reader.history(run)
        assert [change.note for change in again.changes] == ["", "a note", "a note"]
        assert ([each.note for each in again.incidents], again.refusals[0].note) == ([""], "a note")
    # What training adds afterwards does not undo it.
    history.add_step(0.5, 0.5)
    store.write(run, HistoryDelta.of(history))
    assert [change.note for change in other.history(run).changes] == ["", "a note", "a note"]
    other.annotate_entry(run, with_note(second, ""))
    assert [change.note for change in store.history(run).changes] == ["", "", "a note"]


def test_that_a_note_on_a_run_that_is_gone_is_refused(store):
    with pytest.raises(UsageError, match="There is no run"):
        store.annotate_entry("0" * 16, Change(3, "learning_rate", 0.1, 0.2))


@pytest.mark.parametrize(
    "lie",
    [
        "origin = 'oracle'",
        "origin = 3",
        "time = -1",
        "time = 'now'",
        "time = 1e300",
        "note = 7.5",
        f"note = '{'a' * 201}'",
        "note = char(27)",
        "note = x'00ff'",
    ],
)
@pytest.mark.parametrize("is_sealed", [False, True], ids=["by accident", "by one who can seal a row"])
@pytest.mark.parametrize("table", ["changes", "incidents"])
def test_that_a_row_with_a_lie_about_who_asked_is_found(store, lie, table, is_sealed):
    history = a_history()
    history.add_change(Change(3, "learning_rate", 0.1, 0.2, Origin.WINDOW, 5, "mine"))
    history.add_incident(Incident(9, 2.5, 3, Origin.EARLY_STOPPING, 5, "mine"))
    run = begun(store, history)
    columns = RECORD_COLUMNS[table]
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {lie}")
        if is_sealed:
            values = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchone()
            if lie == "note = 7.5":  # a column of texts makes a text of it, which any note may be
                assert values[columns.index("note")] == "7.5"
                return
            connection.execute(f"UPDATE {table} SET digest = ?", (record_digest(run, table, values),))
    with pytest.raises(DamagedRunError):
        store.history(run)


@pytest.mark.parametrize("steps", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_that_steps_written_in_any_pieces_are_read_back(store, steps):
    whole = a_history(steps)
    part = History()
    run = begun(store)
    written = 0
    for end in sorted({0, 1, CHUNK // 2, CHUNK, CHUNK + 1, 2 * CHUNK + 3, steps}):
        part.loss.extend(whole.loss.values(len(part.loss), end))
        part.metric.extend(whole.metric.values(len(part.metric), end))
        written = store.write(run, HistoryDelta.of(part, 1.0, written))
        assert written == len(part)
    assert np.array_equal(store.history(run).loss.values(), whole.loss.values())
    assert np.array_equal(store.history(run).metric.values(), whole.metric.values())


def test_that_a_delta_submitted_twice_is_written_once(store):
    history = a_history()
    history.add_evaluation(Evaluation(10, 1, 0.5, 0.5))
    history.add_change(Change(3, "learning_rate", 0.1, 0.2))
    history.add_incident(Incident(4, 9.0, 2))
    run = begun(store, history)
    version = store.version()
    assert store.write(run, HistoryDelta.of(history, 1.5)) == 10
    assert store.write(run, HistoryDelta.of(history, 1.5, 4)) == 10
    assert contents(store.history(run)) == contents(history)
    assert store.version() == version


def test_that_news_with_a_gap_before_them_are_not_written(store):
    run = begun(store, a_history(5))
    assert store.write(run, HistoryDelta.of(a_history(10), 1.0, 7)) == 5
    assert len(store.history(run)) == 5


def test_that_a_summary_tells_the_last_and_the_best(store):
    history = a_history(4)
    run = begun(store, history)
    assert store.summary(run).loss == pytest.approx(0.25)
    history.add_evaluation(Evaluation(4, 1, 0.7, 0.6))
    history.add_step(0.1, 0.9)
    history.add_evaluation(Evaluation(5, 2, 0.8, 0.5))
    history.add_change(Change(5, "learning_rate", 0.1, 0.2))
    store.write(run, HistoryDelta.of(history, 2.5))
    summary = store.summary(run)
    assert (summary.steps, summary.epochs, summary.changes, summary.seconds) == (5, 2, 1, 2.5)
    assert (summary.loss, summary.metric, summary.best_metric) == (0.8, 0.5, 0.6)
    assert store.summaries() == [summary]


def test_that_a_loss_that_is_nan_is_read_back_as_nan(store):
    history = a_history(4)
    history.add_step(math.nan, 0.5)
    run = begun(store, history)
    assert math.isnan(store.summary(run).loss)


def test_that_an_evaluation_never_goes_without_its_steps(store):
    history = a_history(4)
    history.add_evaluation(Evaluation(5, 1, 0.7, 0.6))
    history.add_change(Change(5, "learning_rate", 0.1, 0.2))
    run = begun(store, history)
    assert store.history(run).evaluations == []
    assert store.history(run).changes == []


# A history that goes back.


def test_that_a_rewound_history_removes_nothing_and_its_changes_belong_to_a_branch(store):
    history = a_history()
    history.add_change(Change(7, "learning_rate", 0.1, 0.2))
    history.add_evaluation(Evaluation(10, 1, 0.5, 0.5))
    whole = history.copy()
    run = begun(store, history)
    history.truncate(5)
    history.add_change(Change(5, "momentum", 0.0, 0.9))
    assert store.write(run, HistoryDelta.of(history, 2.0, 10)) == 10
    assert contents(store.history(run)) == contents(whole)


def test_that_an_incident_is_kept_though_the_history_went_back(store):
    history = a_history()
    run = begun(store, history)
    history.truncate(5)
    history.add_incident(Incident(9, math.nan, 5))
    store.write(run, HistoryDelta.of(history, 2.0, 10))
    assert [incident.step for incident in store.history(run).incidents] == [9]
    assert len(store.history(run)) == 10


def test_that_a_change_no_step_has_used_may_be_replaced(store):
    history = a_history()
    history.add_change(Change(3, "learning_rate", 0.1, 0.2))
    history.add_change(Change(10, "learning_rate", 0.2, 0.3))
    run = begun(store, history)
    history.changes[-1] = Change(10, "learning_rate", 0.2, 0.4)
    history.add_change(Change(10, "momentum", 0.0, 0.9))
    store.write(run, HistoryDelta.of(history, 1.0, 10))
    assert store.history(run).changes == history.changes
    assert store.summary(run).changes == 3
    del history.changes[1:]
    store.write(run, HistoryDelta.of(history, 1.0, 10))
    assert store.history(run).changes == history.changes


# Steps to add, rewinds, changes, tests, looks: as the user and the recorder may interleave them.
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("train"), st.integers(1, 40)),
        st.tuples(st.just("rewind"), st.floats(0, 1)),
        st.tuples(st.just("change"), st.integers(1, 5)),
        st.tuples(st.just("look"), st.just(0)),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(ACTIONS)
def test_that_the_store_holds_the_history_at_its_longest_after_any_actions(actions):
    """The training retraces what is recorded; what is changed in the past never happens here: that is a branch."""
    recorded, history = History(), History()
    with tempfile.TemporaryDirectory() as folder:
        store = RunStore(Path(folder))
        run = begun(store)
        written = 0
        for action, amount in actions:
            if action == "train":
                for _ in range(amount):
                    _train_a_step(history, recorded)
            elif action == "rewind":
                written = store.write(run, HistoryDelta.of(history, 0.0, written))
                history.truncate(int(amount * len(history)))
                if len(history) == len(recorded):  # what no step has used is taken back
                    recorded.changes[:] = history.changes
            elif action == "change" and len(history) == len(recorded):
                for kept in (history, recorded):
                    kept.changes[:] = [change for change in kept.changes if change.step < len(history)]
                    kept.add_change(Change(len(history), "batch_size", 64, amount))
            else:
                written = store.write(run, HistoryDelta.of(history, 0.0, written))
        store.write(run, HistoryDelta.of(history, 0.0, written))
        assert contents(store.history(run)) == contents(recorded)
        store.close()
        process_locks.release_process_lock(Path(folder))


def _train_a_step(history, recorded):
    step = len(history)
    retraces = step < len(recorded)
    for kept in (history, recorded):
        if len(kept) > step:
            continue
        if step % 20 == 0:
            kept.add_epoch_start(EpochStart(step // 20 + 1, step))
        kept.add_step(1 / (step + 1), 0.5)
        if (step + 1) % 20 == 0:
            kept.add_evaluation(Evaluation(step + 1, (step + 1) // 20, 0.5, step / 1000))
    if retraces:
        history.changes[:] = [change for change in recorded.changes if change.step <= len(history)]


# Finding, naming, deleting.


def test_that_runs_are_numbered_as_they_begin_and_listed_newest_first(store):
    runs = [begun(store) for _ in range(3)]
    assert [summary.number for summary in store.summaries()] == [3, 2, 1]
    assert [summary.identity.id for summary in store.summaries()] == runs[::-1]


def test_that_a_run_that_is_begun_again_takes_no_number_from_the_next(store):
    identity = RunIdentity.new()
    numbers = [store.begin(identity, Recipe(), ENVIRONMENT) for _ in range(3)]
    assert [*numbers, store.begin(RunIdentity.new(), Recipe(), ENVIRONMENT)] == [1, 1, 1, 2]


def test_that_a_branch_knows_its_parent(store):
    parent = begun(store)
    child = store.summary(begun(store, parent=parent, parent_step=12))
    assert (child.identity.parent, child.identity.parent_step) == (parent, 12)


def test_that_a_run_is_found_by_number_by_id_and_by_the_first_digits_of_one(store):
    for run in ("12340000aaaa0000", "1234ffff00000000", "abcd000000000000"):
        store.begin(RunIdentity(run), Recipe(), {})
    assert store.find("2").identity.id == "1234ffff00000000"
    assert store.find("abcd000000000000").number == 3
    assert store.find(" ABCD ").number == 3
    assert store.find("1234f").number == 2
    with pytest.raises(UsageError, match="Several"):
        store.find("1234")


@pytest.mark.parametrize("text", ["", "abc", "99", "abce", "ab%d", "a_cd", "../runs", "9" * 30, "²"])
def test_that_a_run_that_is_not_there_is_not_found(store, text):
    store.begin(RunIdentity("abcd000000000000"), Recipe(), {})
    with pytest.raises(UsageError, match="no run"):
        store.find(text)


@pytest.mark.parametrize(
    "ask",
    [
        RunStore.summary,
        RunStore.history,
        RunStore.resume,
        lambda store, run: store.write(run, HistoryDelta.of(History())),
    ],
)
def test_that_a_run_the_store_does_not_have_is_a_sentence(store, ask):
    with pytest.raises(UsageError, match="no run"):
        ask(store, "0123456789abcdef")


def test_that_a_run_can_be_named_annotated_and_starred(store, other):
    run = begun(store)
    store.rename(run, "<b>Ada's</b>")
    store.annotate(run, "first\nsecond")
    store.star(run, True)
    (summary,) = other.summaries()
    assert (summary.name, summary.note, summary.starred) == ("<b>Ada's</b>", "first\nsecond", True)
    other.star(run, False)
    assert not store.summaries()[0].starred


def test_that_a_deleted_run_is_gone_until_it_is_restored(store, other):
    first, second = begun(store, a_history()), begun(store)
    assert len(other.summaries()) == 2
    store.delete([first])
    assert [summary.identity.id for summary in other.summaries()] == [second]
    with pytest.raises(UsageError):
        store.find(first)
    assert store.find(first, deleted=True).steps == 10
    store.restore([first])
    assert [summary.identity.id for summary in other.summaries()] == [second, first]


def test_that_purging_removes_what_was_deleted_with_all_that_belongs_to_it(store, other, tmp_path):
    history = a_history()
    history.add_evaluation(Evaluation(10, 1, 0.5, 0.5))
    history.add_change(Change(3, "learning_rate", 0.1, 0.2))
    history.add_incident(Incident(3, 1.0, 2))
    deleted, kept = begun(store, history), begun(store, history)
    for run in (deleted, kept):
        store.keep_snapshot(run, 5, b"state")
        store.end(run, RunStatus.FINISHED)
    other.summaries()
    store.delete([deleted])
    store.purge()
    assert [summary.identity.id for summary in other.summaries()] == [kept]
    assert contents(other.history(kept)) == contents(history)
    assert names_in(tmp_path / "runs" / "snapshots") == [kept]
    for table in ("steps", "evaluations", "epoch_starts", "changes", "incidents", "snapshots"):
        assert sql(store.path, f"SELECT DISTINCT run FROM {table}") == [[(2,)]]


def test_that_purging_leaves_what_was_deleted_lately_and_what_trains(store):
    lately, training = begun(store), begun(store)
    store.end(lately, RunStatus.STOPPED)
    store.delete([lately, training])
    store.purge(older_than=60)
    assert store.find(lately, deleted=True)
    store.purge()
    with pytest.raises(UsageError):
        store.find(lately, deleted=True)
    assert store.find(training, deleted=True)


def test_that_a_number_is_never_given_twice(store):
    run = begun(store)
    store.end(run, RunStatus.STOPPED)
    store.delete([run])
    store.purge()
    assert store.summary(begun(store)).number == 2


def test_that_the_version_tells_of_every_change_and_of_nothing_else(store, other):
    run = begun(store)
    seen = [other.version()]
    for change in (
        lambda: store.write(run, HistoryDelta.of(a_history())),
        lambda: store.rename(run, "a"),
        lambda: store.keep_snapshot(run, 1, b""),
        lambda: store.end(run, RunStatus.STOPPED),
        lambda: store.delete([run]),
        store.purge,
    ):
        change()
        seen.append(other.version())
    assert len(set(seen)) == len(seen)
    other.summaries()
    store.purge()
    assert other.version() == seen[-1]


def test_that_a_list_that_is_read_repeatedly_equals_one_read_by_a_new_store(store, other):
    runs = [begun(store) for _ in range(6)]
    other.summaries()
    store.write(runs[0], HistoryDelta.of(a_history()))
    store.delete([runs[1], runs[2]])
    store.end(runs[1], RunStatus.STOPPED)
    other.summaries()
    store.restore([runs[2]])
    store.purge()
    begun(store)
    with closing(RunStore(store.path.parent)) as fresh:
        assert other.summaries() == fresh.summaries()


UNREADABLE = {
    "another choice": "recipe = replace(recipe, 'sgd', 'sgd-of-tomorrow')",
    "another field": "recipe = replace(recipe, '{', '{\"augmentation\": 1, ')",
    "a newer format": "recipe = json_set(recipe, '$.format', 99)",
    "damaged JSON": "recipe = substr(recipe, 5)",
    "an unknown status": "status = 'bogus'",
    "a clock in the year 14645": "began = 4e11",
    "a huge count": "steps = 9223372036854775807",
    "a text for a number": "seconds = 'long'",
    "an accuracy above 1": "accuracy = 1e30",
    "bytes for a text": "recipe = x'ff'",
    "a text that is no UTF-8": "status = CAST(x'ff' AS TEXT)",
    "a damaged environment": "environment = '[1'",
}


DAMAGED_HISTORIES = {
    "an evaluation beyond the last step": "UPDATE evaluations SET step = 9000",
    "an evaluation at a text": "UPDATE evaluations SET step = 'x'",
    "an accuracy above 1": "UPDATE evaluations SET accuracy = 1e30",
    "an accuracy below 0": "UPDATE evaluations SET accuracy = -0.5",
    "a change of no hyperparameter": "UPDATE changes SET name = 'oracle'",
    "a change to infinity": "UPDATE changes SET new = 'Infinity'",
    "a change to a number of 400 digits": "UPDATE changes SET new = '1' || printf('%0400d', 0)",
    "a change to no JSON": "UPDATE changes SET new = '['",
    "a change to nothing": "UPDATE changes SET new = x'ff'",
    "an incident that went forward": "UPDATE incidents SET returned_to = 9223372036854775807",
    "losses cut short": "UPDATE steps SET loss = substr(loss, 2)",
    "fewer losses than accuracies": "UPDATE steps SET loss = substr(loss, 5)",
    "a text for losses": "UPDATE steps SET loss = 'long'",
}


@pytest.mark.parametrize("damage", DAMAGED_HISTORIES.values(), ids=DAMAGED_HISTORIES.keys())
def test_that_a_damaged_history_is_a_sentence(store, damage):
    history = a_history()
    history.add_evaluation(Evaluation(10, 1, 0.5, 0.5))
    history.add_change(Change(3, "learning_rate", 0.1, 0.2))
    history.add_incident(Incident(4, 9.0, 2))
    run = begun(store, history)
    sql(store.path, damage)
    with pytest.raises(UsageError, match="Run 1 cannot be opened"):
        store.history(run)


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_that_a_run_that_cannot_be_read_is_a_row_that_says_so_and_hides_no_other(store, change):
    run, known = begun(store), begun(store)
    store.end(run, RunStatus.FINISHED)
    store.rename(run, "mine")
    sql(store.path, f"UPDATE runs SET {change} WHERE id = '{run}'")
    with closing(RunStore(store.path.parent)) as fresh:
        second, first = fresh.summaries()
        assert (second.identity.id, second.problem) == (known, None)
        assert (first.identity.id, first.number, first.name) == (run, 1, "mine")
        assert first.status is RunStatus.UNREADABLE
        assert str(first.problem)
        with pytest.raises(UsageError, match="Run 1 cannot be opened"):
            fresh.summary(run)
        fresh.annotate(run, "noted")
        assert fresh.find("1").note == "noted"
        fresh.delete([run])
        assert [summary.identity.id for summary in fresh.summaries()] == [known]
        assert [summary.identity.id for summary in fresh.deleted()] == [run]


def test_that_a_run_with_more_threads_than_this_machine_has_is_listed_and_opens(store):
    run = begun(store, threads=384)
    with closing(RunStore(store.path.parent)) as fresh:
        assert fresh.summary(run).recipe["threads"] == 384
    with pytest.raises(UsageError, match="threads is 384"):
        TABLE["threads"].parse("384")


# Who writes.


def test_that_an_ended_run_can_go_on(store):
    run = begun(store, a_history(5))
    store.end(run, RunStatus.FINISHED)
    assert store.summary(run).status is RunStatus.FINISHED
    with pytest.raises(UsageError, match="another window"):
        store.write(run, HistoryDelta.of(a_history(6)))
    store.resume(run)
    assert store.summary(run).status is RunStatus.RUNNING
    store.write(run, HistoryDelta.of(a_history(6), 0.0, 5))
    assert len(store.history(run)) == 6


def test_that_a_run_that_is_resumed_elsewhere_says_where_it_is_trained_since(store):
    run = begun(store)
    store.end(run, RunStatus.STOPPED)
    elsewhere = {**ENVIRONMENT, "threads": "64", "earlier": "threads 2"}
    for named, expected in ((None, ENVIRONMENT), (elsewhere, elsewhere)):
        store.resume(run, named)
        summary = store.summary(run)
        assert summary.problem is None
        assert dict(summary.environment) == dict(expected)


def test_that_a_deleted_run_that_is_resumed_is_listed_again(store):
    run = begun(store)
    store.delete([run])
    store.resume(run)
    assert [summary.identity.id for summary in store.summaries()] == [run]


def test_that_opening_the_store_again_leaves_the_runs_of_this_process_running(store):
    run = begun(store)
    with closing(RunStore(store.path.parent)) as again:
        assert again.summary(run).status is RunStatus.RUNNING
        again.write(run, HistoryDelta.of(a_history()))


TRAINING = """
import sys
from pathlib import Path
from workbench.engine.history.history import History
from workbench.engine.recipe import Recipe
from workbench.engine.history.records import RunIdentity
from workbench.engine.store.run_store import HistoryDelta, RunStore

store = RunStore(Path(sys.argv[1]))
run = RunIdentity.new()
store.begin(run, Recipe(), {})
print(run.id, flush=True)
history = History()
written = 0
for step in range(int(sys.argv[2])):
    history.add_step(step, 0.5)
    written = store.write(run.id, HistoryDelta.of(history, 0.0, written))
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def training_elsewhere(tmp_path):
    """A function that starts another process, which trains that many steps into the same store and then waits."""
    children = []

    def start(steps=10):
        child = subprocess.Popen(
            [sys.executable, "-c", TRAINING, str(tmp_path / "runs"), str(steps)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child, child.stdout.readline().strip()

    yield start
    for child in children:
        child.kill()
        child.communicate()


def test_that_a_run_of_a_living_process_is_left_alone_and_of_a_dead_one_interrupted(store, training_elsewhere):
    child, run = training_elsewhere()
    assert child.stdout.readline() == "done\n"
    with closing(RunStore(store.path.parent)) as meanwhile:
        assert meanwhile.summary(run).status is RunStatus.RUNNING
        with pytest.raises(UsageError, match="another window"):
            meanwhile.resume(run)
        with pytest.raises(UsageError, match="another window"):
            meanwhile.write(run, HistoryDelta.of(a_history()))
        meanwhile.end(run, RunStatus.FAILED)
        assert meanwhile.summary(run).status is RunStatus.RUNNING
    child.kill()
    child.wait()
    with closing(RunStore(store.path.parent)) as later:
        assert later.summary(run).status is RunStatus.INTERRUPTED
        assert len(later.history(run)) == 10
        later.resume(run)
        assert later.summary(run).status is RunStatus.RUNNING
    assert len(names_in(store.path.parent / "owners")) == 1  # this process's


def test_that_two_processes_write_at_once_and_lose_nothing(store, training_elsewhere):
    first, second = training_elsewhere(200), training_elsewhere(200)
    own = begun(store)
    history = History()
    for step in range(200):
        history.add_step(step, 0.5)
        store.write(own, HistoryDelta.of(history, 0.0, step))
    for child, run in (first, second):
        assert child.stdout.readline() == "done\n"
        assert np.array_equal(store.history(run).loss.values(), history.loss.values())
    assert np.array_equal(store.history(own).loss.values(), history.loss.values())


def test_that_old_lock_files_of_processes_gone_are_cleared_away(store, training_elsewhere):
    child, _ = training_elsewhere()
    owners = store.path.parent / "owners"
    stale, fresh = owners / "aaaa.lock", owners / "bbbb.lock"
    for path in (stale, fresh):
        path.touch()
    begun(store)
    for path in owners.iterdir():
        if path != fresh:
            os.utime(path, (0, 0))
    store.purge()
    assert not stale.exists()
    assert fresh.exists()
    assert len(names_in(owners)) == 3
    assert child.poll() is None


def test_that_an_id_cannot_lead_out_of_the_store(store, tmp_path):
    with pytest.raises(UsageError, match="cannot be the id"):
        store.begin(RunIdentity("../../elsewhere"), Recipe(), {})
    with pytest.raises(UsageError, match="cannot be the id"):
        store.load_snapshot("..", 0)
    assert names_in(tmp_path) == ["runs"]


# Opening.


def test_that_a_store_is_made_with_its_folders_and_says_whose_it_is(tmp_path):
    with closing(RunStore(tmp_path / "a" / "b")) as store:
        assert store.set_aside is None
        assert store.summaries() == []
    path = tmp_path / "a" / "b" / FILE_NAME
    assert sql(path, "PRAGMA application_id", "PRAGMA user_version", "PRAGMA journal_mode") == [
        [(schema.APPLICATION_ID,)],
        [(len(schema.MIGRATIONS),)],
        [("wal",)],
    ]


def test_that_an_empty_file_becomes_a_store(tmp_path):
    (tmp_path / FILE_NAME).touch()
    with closing(RunStore(tmp_path)) as store:
        assert store.set_aside is None
        assert store.summaries() == []


def an_older_store(path):
    """Version 1 as it was given away."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(Path(__file__).with_name("runs_version_1.sql").read_text(encoding="utf-8"))


def test_that_a_store_of_version_1_is_read_by_the_present_version(tmp_path):
    an_older_store(tmp_path / FILE_NAME)
    with closing(RunStore(tmp_path)) as store:
        assert store.set_aside is None
        summary = store.find("7")
        assert (summary.identity, summary.name) == (
            RunIdentity("00112233445566aa", "ffeeddccbbaa9988", 2),
            "The old one",
        )
        assert (summary.status, summary.steps, summary.changes) == (RunStatus.FINISHED, 3, 1)
        assert summary.recipe["learning_rate"] == 0.01
        history = store.history("00112233445566aa")
        assert history.loss.values().tolist() == [2.5, 2.0, 1.5]
        assert history.metric.values().tolist() == [0.0, 0.5, 1.0]
        assert history.evaluations == [Evaluation(3, 1, 1.75, 0.25)]
        assert history.epoch_starts == [EpochStart(1, 0)]
        assert history.changes == [Change(1, "learning_rate", 0.01, 0.1)]
        assert history.incidents == [Incident(2, math.inf, 1)]
    assert sql(tmp_path / FILE_NAME, "PRAGMA user_version") == [[(len(schema.MIGRATIONS),)]]


def test_that_an_older_store_goes_through_each_migration_it_lacks(tmp_path, monkeypatch):
    an_older_store(tmp_path / FILE_NAME)
    steps = []

    def to_next(connection):
        steps.append(schema.version_of(connection))
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'")

    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, to_next])
    monkeypatch.setattr(database, "MIGRATIONS", schema.MIGRATIONS)
    for _ in range(2):
        with closing(RunStore(tmp_path)) as store:
            assert store.find("7").name == "The old one"
    assert sql(tmp_path / FILE_NAME, "SELECT mood FROM runs") == [[("fine",)]]
    assert steps.count(len(schema.MIGRATIONS) - 1) == 1


def test_that_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path, monkeypatch):
    an_older_store(tmp_path / FILE_NAME)

    def fails(connection):
        connection.execute("DROP TABLE steps")
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(database, "MIGRATIONS", [*schema.MIGRATIONS, fails])
    with pytest.raises(UserError, match="cannot be used"):
        RunStore(tmp_path)
    monkeypatch.undo()
    with closing(RunStore(tmp_path)) as store:
        assert len(store.history("00112233445566aa")) == 3


def a_newer_store(path):
    RunStore(path.parent).close()
    sql(path, "ALTER TABLE runs ADD COLUMN mood TEXT", f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")


def a_foreign_database(path):
    sql(path, "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('mine')")


def another_programs_database(path):
    sql(path, "PRAGMA application_id = 7")


def no_database(path):
    path.write_text("a text, and long enough that SQLite looks at it. " * 100, encoding="utf-8")


def a_damaged_store(path):
    with closing(RunStore(path.parent)) as store:
        for _ in range(20):
            run = begun(store, a_history(500))
            store.end(run, RunStatus.FINISHED)
    process_locks.release_process_lock(path.parent)
    content = bytearray(path.read_bytes())
    for page in range(2 * 4096, len(content), 4096):
        content[page : page + 64] = bytes(range(64))
    path.write_bytes(content)
    database._checked.clear()


def a_store_cut_short(path):
    with closing(RunStore(path.parent)):
        pass
    path.write_bytes(path.read_bytes()[: 4096 * 3 + 100])
    database._checked.clear()


def a_folder(path):
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (a_newer_store, "newer"),
        (a_foreign_database, "another program"),
        (another_programs_database, "another program"),
        (a_folder, "another program"),
        (no_database, "damaged"),
        (a_damaged_store, "damaged"),
        (a_store_cut_short, "damaged"),
    ],
)
def test_that_what_is_no_store_of_this_program_is_set_aside_whole_and_a_new_one_begun(tmp_path, make, word):
    path = tmp_path / FILE_NAME
    make(path)
    content = path.read_bytes() if path.is_file() else None
    with closing(RunStore(tmp_path)) as store:
        assert word in str(store.set_aside)
        aside = store.set_aside.fields["aside"]
        assert aside.name.startswith("runs-set-aside-")
        assert str(aside) in str(store.set_aside)
        rescued = len(store.summaries())
        begun(store)
    assert (aside.read_bytes() if aside.is_file() else None) == content
    with closing(RunStore(tmp_path)) as again:
        assert again.set_aside is None
        assert len(again.summaries()) == rescued + 1


def test_that_nothing_set_aside_before_is_overwritten(tmp_path, monkeypatch):
    class Stopped(database.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, 24, 5, 39, 12, tzinfo=tz)

    monkeypatch.setattr(database, "datetime", Stopped)
    for count in range(3):
        (tmp_path / FILE_NAME).write_text(f"not a database, number {count}; " * 100, encoding="utf-8")
        (tmp_path / f"{FILE_NAME}-wal").write_text(f"log {count}", encoding="utf-8")
        RunStore(tmp_path).close()
    aside = [name for name in names_in(tmp_path) if "aside" in name and name.endswith(".sqlite")]
    assert aside == [f"runs-set-aside-2026-11-24-053912{suffix}.sqlite" for suffix in ("-2", "-3", "")]
    for name, count in zip(aside, (1, 2, 0), strict=True):
        assert f"number {count};" in (tmp_path / name).read_text(encoding="utf-8")
        assert (tmp_path / f"{name}-wal").read_text(encoding="utf-8") == f"log {count}"


def test_that_snapshots_of_a_store_set_aside_are_left(tmp_path):
    with closing(RunStore(tmp_path)) as store:
        run = begun(store, a_history())
        store.keep_snapshot(run, 5, b"state")
    a_newer_store(tmp_path / FILE_NAME)
    process_locks.release_process_lock(tmp_path)
    with closing(RunStore(tmp_path)) as store:
        store.purge()
    assert (tmp_path / "snapshots" / run / "5.pt").read_bytes() == b"state"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_that_a_store_is_opened_again_in_a_folder_whose_name_is_no_text(tmp_path):
    folder = tmp_path / os.fsdecode(b"a \xff%?#")
    for count in (1, 2):
        with closing(RunStore(folder)) as store:
            begun(store)
            assert store.set_aside is None
            assert len(store.summaries()) == count
    process_locks.release_process_lock(folder)


def test_that_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be used"):
        RunStore(tmp_path / "file" / "runs")


def test_that_a_store_that_another_program_locks_is_a_sentence_and_opens_when_it_is_released(store, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with closing(RunStore(store.path.parent)) as waiting:
            assert waiting.summaries() == []
            with pytest.raises(UserError, match="locked"):
                waiting.begin(RunIdentity.new(), Recipe(), {})
            holder.execute("ROLLBACK")
            assert waiting.begin(RunIdentity.new(), Recipe(), {}) == 1


def test_that_a_full_disk_is_a_sentence_and_leaves_what_was_written(store):
    run = begun(store, a_history(5))
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match="disk is full"):
        store.write(run, HistoryDelta.of(a_history(100_000), 0.0, 5))
    assert len(store.history(run)) == 5
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.write(run, HistoryDelta.of(a_history(100_000), 0.0, 5)) == 100_000

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.models.runs_kit import run_id, summary
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UsageError
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.run_list_model import MOST_SINGLE_CHANGES, RunsModel
from workbench.ui.models.run_list_row import Column

ADAM = Recipe(optimizer="adam", values={"learning_rate": 0.01, "batch_size": 128})

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def model():
    """Watched by Qt's own tester: every insertion, removal and move must be signalled in the right order."""
    model = RunsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    del tester


def shown(model):
    return [model.run_at(row).number for row in range(model.rowCount())]


def text(model, row, column):
    return model.index(row, column).data()


def sort(model, column, *, descending=False):
    model.sort(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)


def test_that_a_run_is_described_in_every_column(model):
    model.set_runs([summary(3, note="lucky\nseed"), summary(4, parent=3, parent_step=512, recipe=ADAM)])
    texts = {column: text(model, 1, column) for column in Column if column not in {Column.STAR, Column.WHEN}}
    assert texts == {
        Column.NAME: "Run 3",
        Column.SETTINGS: "",
        Column.ACCURACY: "80.0%",
        Column.BEST: "81.0%",
        Column.LOSS: "0.5000",
        Column.STEPS: "938",
        Column.TIME: "1:02",
        Column.STATE: "Finished",
        Column.PARENT: "",
        Column.NOTE: "lucky seed",
    }
    assert text(model, 0, Column.SETTINGS) == "Adam · rate 0.01 · batch 128"
    assert text(model, 0, Column.PARENT) == "Run 3 @ 512"


def test_that_the_newest_run_comes_first_at_first(model):
    model.set_runs([summary(number) for number in (2, 9, 10, 1)])
    assert shown(model) == [10, 9, 2, 1]


@pytest.mark.parametrize(
    ("column", "fields"),
    [
        (Column.STAR, [{"starred": False}, {"starred": True}]),
        (Column.NAME, [{"name": "fold 9"}, {"name": "Fold 10"}]),
        (Column.WHEN, [{"began": 1.0}, {"began": 2.0}]),
        (Column.SETTINGS, [{"recipe": ADAM}, {"recipe": Recipe(values={"learning_rate": 0.1})}]),
        (Column.ACCURACY, [{"metric": 0.1}, {"metric": 0.9}]),
        (Column.BEST, [{"best_metric": 0.1}, {"best_metric": 0.9}]),
        (Column.LOSS, [{"loss": 0.5}, {"loss": 10.0}]),
        (Column.STEPS, [{"steps": 9}, {"steps": 1000}]),
        (Column.TIME, [{"seconds": 9.0}, {"seconds": 100.0}]),
        (Column.STATE, [{"status": RunStatus.FAILED}, {"status": RunStatus.STOPPED}]),
        (Column.PARENT, [{"parent": 1, "parent_step": 9}, {"parent": 1, "parent_step": 100}]),
        (Column.NOTE, [{"note": "2nd"}, {"note": "10th"}]),
    ],
)
def test_that_every_column_can_be_sorted_by_its_meaning(model, column, fields):
    lesser, greater = (summary(number, **field) for number, field in zip((5, 4), fields, strict=True))
    model.set_runs([greater, lesser])
    sort(model, column)
    assert shown(model) == [5, 4]
    sort(model, column, descending=True)
    assert shown(model) == [4, 5]


@pytest.mark.parametrize("descending", [False, True])
def test_that_what_has_no_value_comes_last_either_way(model, descending):
    model.set_runs([summary(1, loss=None), summary(2, loss=float("nan")), summary(3, loss=1.0)])
    sort(model, Column.LOSS, descending=descending)
    assert shown(model)[0] == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("run 12", [12]),
        ("warm", [2]),
        ("ADAM", [3]),
        ("rate 0.01", [3]),
        ("12", [12]),
        ("128", [3]),
        ("sgd", [12, 2, 1]),
        ("interrupted", [1]),
        ("lucky seed", [12]),
        ("seed lucky", [12]),
        ("adam lucky", []),
        ("  ", [12, 3, 2, 1]),
    ],
)
def test_that_every_word_must_occur_somewhere_in_the_run(model, words, found):
    model.set_runs(
        [
            summary(12, note="a Lucky seed"),
            summary(3, recipe=ADAM),
            summary(2, name="Warm start"),
            summary(1, status=RunStatus.INTERRUPTED),
        ]
    )
    model.set_filter(words)
    assert shown(model) == found


def test_that_starred_runs_can_be_shown_alone(model):
    model.set_runs([summary(1), summary(2, starred=True), summary(3, starred=True, note="x")])
    model.set_filter("", starred_only=True)
    assert shown(model) == [3, 2]
    model.set_filter("x", starred_only=True)
    assert shown(model) == [3]


def test_that_a_refresh_without_news_tells_nothing(model, qtbot):
    runs = [summary(number) for number in range(1, 20)]
    model.set_runs(runs)
    changes = (model.dataChanged, model.layoutChanged, model.modelReset, model.rowsInserted, model.rowsRemoved)
    requests = []
    for signal in changes:
        signal.connect(lambda *arguments: requests.append(arguments))
    model.set_runs([replace(run) for run in runs])
    assert requests == []


def test_that_a_step_more_changes_the_row_and_moves_nothing(model, qtbot):
    runs = [summary(number) for number in (3, 2, 1)]
    model.set_runs(runs)
    with qtbot.assertNotEmitted(model.layoutChanged), qtbot.waitSignal(model.dataChanged):
        model.set_runs([replace(runs[0], steps=1234), *runs[1:]])
    assert text(model, 0, Column.STEPS) == "1,234"


def test_that_a_parents_new_name_reaches_its_branches(model, qtbot):
    parent, child = summary(1), summary(2, parent=1, parent_step=7)
    model.set_runs([child, parent])
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_runs([child, replace(parent, name="warm")])
    assert changed.args[0].row() == 0
    assert text(model, 0, Column.PARENT) == "warm @ 7"


def test_that_the_current_run_decides_what_stands_out(model):
    model.set_current(run_id(1))
    model.set_runs([summary(2), summary(1, recipe=ADAM)])
    assert [trait.text for trait in model.traits_at(0) if trait.stands_out] == ["SGD", "rate 0.001", "batch 64"]
    assert not any(trait.stands_out for trait in model.traits_at(1))
    assert [model.is_current(row) for row in (0, 1)] == [False, True]
    model.set_current(None)
    assert model.traits_at(0) == ()


def test_that_editing_asks_and_changes_nothing_itself(model, qtbot):
    model.set_runs([summary(1)])
    with qtbot.waitSignal(model.rename_requested) as renamed:
        model.setData(model.index(0, Column.NAME), " warm start ")
    assert renamed.args == [run_id(1), "warm start"]
    with qtbot.waitSignal(model.note_requested) as noted:
        model.setData(model.index(0, Column.NOTE), "lucky")
    assert noted.args == [run_id(1), "lucky"]
    assert (text(model, 0, Column.NAME), text(model, 0, Column.NOTE)) == ("Run 1", "")


@pytest.mark.parametrize("entry", ["", "Run 1", "  "])
def test_that_its_number_is_no_name(model, qtbot, entry):
    model.set_runs([summary(1)])
    with qtbot.assertNotEmitted(model.rename_requested):
        model.setData(model.index(0, Column.NAME), entry)


def test_that_other_columns_cannot_be_edited(model):
    model.set_runs([summary(1)])
    assert not model.setData(model.index(0, Column.STEPS), "5")
    assert not model.flags(model.index(0, Column.STEPS)) & Qt.ItemFlag.ItemIsEditable


def test_that_names_of_markup_stay_text_in_tool_tips(model):
    model.set_runs([summary(1, name="<img src=x>", note="<b>bold</b>")])
    assert text(model, 0, Column.NAME) == "<img src=x>"
    assert "<img" not in model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in model.index(0, Column.NOTE).data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_name_of_endless_digits_can_be_sorted(model):
    model.set_runs([summary(1, name="9" * 5000), summary(2, name="8")])
    sort(model, Column.NAME)
    assert shown(model) == [2, 1]


RUNS = st.dictionaries(
    st.integers(1, 2 * MOST_SINGLE_CHANGES),
    st.tuples(st.integers(0, 5), st.sampled_from([None, 0.1, 0.5]), st.booleans(), st.sampled_from(["", "a", "b"])),
)
MOVES = st.lists(
    st.tuples(RUNS, st.sampled_from(list(Column)), st.booleans(), st.sampled_from(["", "a", "b"]), st.booleans()),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_that_after_any_moves_the_rows_are_those_requested_and_selections_keep_their_runs(moves):
    model = RunsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for runs, column, descending, words, starred_only in moves:
        held = [
            (model.run_at(row).number, QPersistentModelIndex(model.index(row, 1))) for row in range(model.rowCount())
        ]
        model.set_runs(
            [
                summary(number, steps=steps, metric=accuracy, starred=starred, note=note)
                for number, (steps, accuracy, starred, note) in runs.items()
            ]
        )
        assert all(model.run_at(index.row()).number == number for number, index in held if index.isValid())
        sort(model, column, descending=descending)
        model.set_filter(words, starred_only=starred_only)
        wanted = {number for number, (_, _, starred, note) in runs.items() if starred or not starred_only}
        assert set(shown(model)) <= wanted
        assert all(model.run_at(row).starred for row in range(model.rowCount()) if starred_only)
        if not words:
            assert set(shown(model)) == wanted
        if column == Column.STEPS:
            steps = [model.run_at(row).steps for row in range(model.rowCount())]
            assert steps == sorted(steps, reverse=descending)
    del tester


def test_that_a_run_that_cannot_be_read_shows_the_reason_among_the_others():
    model = RunsModel()
    problem = UsageError("A newer version wrote it.")
    model.set_runs([summary(2), summary(1, name="mine", status=RunStatus.UNREADABLE, problem=problem)])
    row = model.row_of(run_id(1))
    assert model.rowCount() == 2
    assert model.text_at(row, Column.NAME) == "mine"
    assert model.text_at(row, Column.SETTINGS) == "A newer version wrote it."
    assert model.text_at(row, Column.STATE) == "Cannot be read"
    model.set_filter("mine")
    assert model.rowCount() == 1
    model.set_current(run_id(1))


def test_that_errors_stand_apart_from_accuracies_and_the_better_runs_together(model):
    sine = Recipe(dataset="sine", loss="mse")
    model.set_runs(
        [
            summary(1, metric=0.5),
            summary(2, metric=0.25, recipe=sine),
            summary(3, metric=0.9),
            summary(4, metric=3.0, recipe=sine),
        ]
    )
    sort(model, Column.ACCURACY, descending=True)
    assert shown(model) == [3, 1, 2, 4]
    texts = [model.index(row, Column.ACCURACY).data() for row in range(4)]
    assert texts == ["90.0%", "50.0%", "MAE 0.250", "MAE 3.00"]


def test_that_a_run_is_found_by_the_name_of_its_file(model):
    def own(path):
        spec = DataSpec(Task.REGRESSION, (1,), (), ("y",))
        return Recipe(dataset="own-files", loss="mse", source=DataSource(path), own_spec=spec)

    model.set_runs([summary(1, recipe=own("/a/flats.csv")), summary(2, recipe=own("/a/cars.csv"))])
    model.set_filter("cars")
    assert shown(model) == [2]

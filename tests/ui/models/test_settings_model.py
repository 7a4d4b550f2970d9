import json

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UsageError
from workbench.engine.recipe import REGISTRIES, Recipe
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.models.settings_model import SettingsModel

CHOICES = Recipe().choices()


@pytest.fixture
def settings(qapp):
    return SettingsModel()


def edits(settings):
    edits = []
    settings.value_edited.connect(lambda name, value: edits.append((name, value)))
    settings.choice_edited.connect(lambda name, key: edits.append((name, key)))
    return edits


def changes(settings):
    changes = []
    settings.value_changed.connect(lambda name, value: changes.append((name, value)))
    settings.choice_changed.connect(lambda name, key: changes.append((name, key)))
    settings.device_changed.connect(changes.append)
    return changes


def test_that_it_begins_with_the_tutorials_settings(settings):
    assert settings.choices() == CHOICES
    assert settings.recipe() == Recipe()
    assert not settings.dataset_was_chosen


@pytest.mark.parametrize(("name", "value"), [("learning_rate", 11), ("momentum", float("nan")), ("no_such", 1)])
def test_that_a_setter_refuses_what_the_table_refuses(settings, name, value):
    with pytest.raises(UsageError):
        settings.set_value(name, value)
    assert settings.recipe() == Recipe()


def test_that_a_value_for_another_optimizer_is_kept_until_that_one_is_chosen(settings):
    settings.edit("optimizer", "adam")
    settings.set_value("momentum", 0.9)
    assert "momentum" not in settings.values()
    settings.edit("optimizer", "sgd")
    assert settings.values()["momentum"] == 0.9


# The values of each choice


def values_of(settings, choice, key, name):
    return settings.state()["own_values"][choice][key][name]


def test_that_it_begins_with_every_rows_own_defaults(settings):
    assert values_of(settings, "optimizer", "adamw", "weight_decay") == 0.01
    assert values_of(settings, "model", "mlp-dropout", "dropout") == 0.2
    settings.edit("optimizer", "adamw")
    assert settings.value("weight_decay") == settings.default("weight_decay") == 0.01


def test_that_a_value_is_kept_for_the_chosen_row_alone(settings):
    settings.edit("optimizer", "rmsprop")
    settings.set_value("momentum", 0.9)
    assert [values_of(settings, "optimizer", key, "momentum") for key in ("sgd", "rmsprop")] == [0, 0.9]


def test_that_a_value_the_chosen_row_does_not_accept_is_kept_for_all_that_do(settings):
    settings.edit("optimizer", "adam")
    settings.set_value("momentum", 0.9)
    assert [values_of(settings, "optimizer", key, "momentum") for key in ("sgd", "rmsprop")] == [0.9, 0.9]
    settings.reset_to_defaults()
    assert settings.state() == SettingsModel().state()


def test_that_a_choice_says_what_it_accepts(settings):
    settings.set_choice("optimizer", "adam")
    assert settings.accepted("optimizer") == REGISTRIES["optimizer"]["adam"].accepts
    assert set(settings.accepted("optimizer")) <= set(settings.values())


# Changes and edits


def test_that_signals_are_emitted_once_and_only_where_something_changes(settings):
    emitted = changes(settings)
    settings.set_value("epochs", 3)
    settings.set_value("epochs", 3)
    settings.set_choice("loss", "mse")
    settings.set_choice("loss", "mse")
    settings.set_device("cuda")
    settings.set_device("cuda")
    assert emitted == [("epochs", 3), ("loss", "mse"), "cuda"]


def test_that_a_setter_is_no_edit(settings):
    made = edits(settings)
    settings.set_value("learning_rate", 0.01)
    settings.set_choice("loss", "mse")
    settings.show_recipe(Recipe(optimizer="adam", device="cuda"))
    assert made == []
    assert not settings.dataset_was_chosen


def test_that_choosing_the_same_data_set_again_counts_as_a_choice_but_not_as_an_edit(settings):
    made = edits(settings)
    settings.edit("dataset", settings.choices()["dataset"])
    assert made == []
    assert settings.dataset_was_chosen


# What is typed


def test_that_a_draft_counts_in_the_recipe_and_is_applied_with_it(settings):
    made = edits(settings)
    settings.set_draft("learning_rate", "0.05")
    assert settings.value("learning_rate") == 0.001
    assert settings.recipe()["learning_rate"] == 0.05
    assert made == [("learning_rate", 0.05)]


def test_that_there_is_no_recipe_while_a_draft_is_no_value(settings):
    settings.set_draft("seed", "7")
    settings.set_draft("learning_rate", "fast")
    with pytest.raises(UsageError, match="“fast” is not a value for Learning rate"):
        settings.recipe()
    assert settings.value("seed") == 0
    settings.set_draft("learning_rate", "")
    assert settings.recipe() == Recipe(values={"seed": 7})


def test_that_a_value_that_is_set_replaces_the_draft(settings):
    settings.set_draft("learning_rate", "fast")
    emitted = changes(settings)
    settings.set_value("learning_rate", 0.001)
    assert emitted == [("learning_rate", 0.001)]  # the view has to give the text up
    assert settings.recipe() == Recipe()


def test_that_a_draft_of_a_hyperparameter_that_is_not_accepted_is_passed_over(settings):
    settings.set_draft("momentum", "fast")
    settings.edit("optimizer", "adam")
    assert settings.recipe() == Recipe(optimizer="adam")


# The device


def test_that_the_recipe_of_a_run_brings_its_device_along(settings):
    settings.show_recipe(Recipe(device="cuda:1"))
    assert settings.device == settings.recipe().device == "cuda:1"
    settings.reset_to_defaults()
    assert settings.device == "cpu"


def test_that_the_device_is_remembered(settings):
    settings.set_device("mps")
    again = SettingsModel()
    again.restore(json.loads(json.dumps(settings.state())))
    assert again.device == "mps"
    again.restore({"version": 2, "device": 3})
    assert again.device == "mps"


# Remembered


def test_that_everything_set_is_found_again(settings):
    settings.edit("optimizer", "rmsprop")
    settings.set_value("momentum", 0.5)
    settings.edit("optimizer", "adam")
    for name, value in {"learning_rate": 0.02, "seed": 2**63 - 1, "eps": 1e-7, "epochs": 3}.items():
        settings.set_value(name, value)
    settings.edit("schedule", "step")
    settings.set_value("schedule_period", 2.5)
    settings.edit("schedule", "exponential")
    settings.edit("model", "mlp-dropout")
    settings.set_value("dropout", 0.6)
    settings.edit("dataset", "fashion-mnist-mini")
    again = SettingsModel()
    made = edits(again)
    again.restore(json.loads(json.dumps(settings.state())))
    assert again.recipe() == settings.recipe()
    assert again.dataset_was_chosen
    assert made == []
    again.edit("optimizer", "rmsprop")
    again.edit("schedule", "step")
    assert (again.values()["momentum"], again.values()["schedule_period"]) == (0.5, 2.5)


def test_that_what_was_stored_before_there_were_schedules_is_found_again(settings):
    settings.restore(
        {
            "version": 1,
            "choices": {"optimizer": "adam", "loss": "mse"},
            "values": {"learning_rate": 0.5},
            "own_values": {"sgd": {"momentum": 0.9}, "adam": {"beta1": 0.5}},
        }
    )
    assert settings.recipe() == Recipe(optimizer="adam", loss="mse", values={"learning_rate": 0.5, "beta1": 0.5})
    settings.edit("optimizer", "sgd")
    assert settings.values()["momentum"] == 0.9


def test_that_a_data_set_loaded_in_place_of_the_default_is_not_remembered(settings):
    settings.set_choice("dataset", "fashion-mnist-mini")
    again = SettingsModel()
    again.restore(settings.state())
    assert again.choices()["dataset"] == "fashion-mnist"
    assert not again.dataset_was_chosen


def test_that_junk_in_what_is_stored_is_passed_over(settings):
    settings.restore(
        {
            "version": 2,
            "choices": {"optimizer": "momentous", "loss": ["mse"], "model": None, "colour": "red"},
            "values": {"learning_rate": 11, "epochs": "many", "seed": 10**400, "no_such": 1, "batch_size": 32},
            "own_values": {
                "optimizer": {"sgd": {"momentum": 1.0, "nesterov": 1, "weight_decay": 0.1}, "adam": 3, "no_such": {}},
                "schedule": [],
                "no_such": {},
            },
        }
    )
    assert settings.recipe() == Recipe(values={"batch_size": 32, "weight_decay": 0.1})


versions = st.sampled_from([1, 2])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["version", "choices", "values", "own_values", *TABLE, *CHOICES]), inner)
    ),
    max_leaves=10,
)


@given(
    st.one_of(
        json_values,
        st.fixed_dictionaries({"version": versions, "choices": json_values, "values": json_values}),
        st.fixed_dictionaries({"version": versions, "own_values": st.fixed_dictionaries({"sgd": json_values})}),
        st.fixed_dictionaries({"version": versions, "own_values": st.fixed_dictionaries({"optimizer": json_values})}),
    )
)
@hypothesis.settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_nothing_stored_can_break_it(settings, state):
    settings.restore(state)
    recipe = settings.recipe()
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_that_the_state_of_another_version_is_left_alone(settings):
    settings.restore(settings.state() | {"version": 3, "values": {"epochs": 3}})
    assert settings.values()["epochs"] == 10


# The task of the data

REGRESSION = DataSpec(Task.REGRESSION, (3,), (), ("y",))
TABLE_FILE = OwnFiles(DataSource("/home/me/table.csv", label="y", test_share=0.3), REGRESSION)


def test_that_data_of_another_task_bring_their_loss_along(settings):
    settings.edit("loss", "nll")
    seen = edits(settings)
    settings.edit("dataset", "sine")
    assert settings.choices()["loss"] == "mse"
    assert seen == [("dataset", "sine")]
    assert settings.recipe().task is Task.REGRESSION


def test_that_going_back_to_the_data_before_brings_their_loss_back(settings):
    settings.edit("loss", "nll")
    settings.edit("dataset", "sine")
    settings.edit("loss", "huber")
    settings.edit("dataset", "fashion-mnist", can_undo=False)
    assert settings.choices()["loss"] == "nll"
    settings.edit("dataset", "sine", can_undo=False)
    assert settings.choices()["loss"] == "huber"


def test_that_a_loss_of_another_task_is_refused(settings):
    with pytest.raises(UsageError, match="not for classification: choose one of cross-entropy, nll, mse"):
        settings.edit("loss", "mae")
    assert settings.recipe() == Recipe()


def test_that_every_listener_finds_settings_that_fit_each_other(settings):
    tasks = []
    settings.choice_changed.connect(lambda *_: tasks.append(settings.recipe().task))
    settings.edit("dataset", "sine")
    settings.edit("dataset", "moons")
    assert tasks == [Task.REGRESSION] * 2 + [Task.CLASSIFICATION] * 2


def test_that_files_of_the_users_own_are_part_of_the_recipe(settings):
    settings.edit("dataset", TABLE_FILE)
    recipe = settings.recipe()
    assert (recipe.dataset, recipe.source, recipe.own_spec) == ("own-files", TABLE_FILE.source, REGRESSION)
    assert settings.data_request() == recipe.data_request
    assert settings.dataset_was_chosen


def test_that_undoing_the_choice_of_files_leads_back_to_those_before(settings):
    other = OwnFiles(DataSource("/home/me/other.csv"), DataSpec(Task.CLASSIFICATION, (2,), ("a", "b")))
    undo = []
    settings.edited.connect(lambda name, old, _: undo.append((name, old)))
    settings.edit("dataset", TABLE_FILE)
    settings.edit("dataset", other)
    for name, old in reversed(undo):
        settings.edit(name, old, can_undo=False)
        if old == TABLE_FILE:
            assert settings.recipe().source == TABLE_FILE.source
            assert settings.choices()["loss"] == "mse"
    assert settings.recipe() == Recipe()


def test_that_files_of_the_users_own_are_remembered(settings, qapp):
    settings.edit("dataset", TABLE_FILE)
    settings.edit("loss", "mae")
    later = SettingsModel()
    later.restore(json.loads(json.dumps(settings.state())))
    assert later.recipe() == settings.recipe()
    assert later.own_files == TABLE_FILE


@pytest.mark.parametrize("own", [None, 7, {"source": {}, "spec": None}, {"source": {"path": "x"}, "spec": 3}])
def test_that_remembered_files_that_make_no_sense_are_passed_over(settings, own):
    state = json.loads(json.dumps(settings.state()))
    state["choices"] = {"dataset": "own-files", "loss": "mae"}
    state["own_files"] = own
    settings.restore(state)
    assert settings.recipe() == Recipe()


def test_that_a_run_on_files_of_the_users_own_sets_them(settings):
    recipe = Recipe(dataset="own-files", loss="mae", source=TABLE_FILE.source, own_spec=REGRESSION)
    settings.show_recipe(recipe)
    assert settings.recipe() == recipe

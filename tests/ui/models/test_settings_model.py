import json

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.recipe import REGISTRIES, Recipe
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

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine import recipe
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.data_digest import DataDigest
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import losses_for
from workbench.engine.recipe import OF_CHOICES, REGISTRIES, Recipe, accepted_by, defaults_for, names_for


@st.composite
def recipes(draw):
    choices = {name: draw(st.sampled_from(registry.names)) for name, registry in REGISTRIES.items()}
    spec = DATASETS[choices["dataset"]].spec
    choices["model"] = draw(st.sampled_from([row.name for row in MODELS if row.refusal(spec) is None]))
    choices["loss"] = draw(st.sampled_from(losses_for(spec.task)))
    values = {}
    for name in names_for(choices):
        row = TABLE[name]
        if row.kind is bool:
            values[name] = draw(st.booleans())
        elif row.choices:
            values[name] = draw(st.sampled_from(row.choices))
        elif row.kind is str:
            values[name] = ",".join(map(str, draw(st.lists(st.integers(1, 8192), max_size=12))))
        elif row.kind is int:
            values[name] = draw(st.integers(int(row.minimum), int(row.maximum)))
        else:
            values[name] = draw(st.floats(row.minimum, row.maximum, exclude_max=row.excluded_maximum))
    return Recipe(**choices, values=values)


def test_that_an_empty_recipe_is_the_tutorials():
    recipe = Recipe()
    assert recipe.choices() == {
        "dataset": "fashion-mnist",
        "model": "mlp",
        "loss": "cross-entropy",
        "optimizer": "sgd",
        "schedule": "constant",
    }
    assert recipe["learning_rate"] == 1e-3
    assert recipe["momentum"] == 0
    assert recipe["shuffle"] is False
    assert "dropout" not in recipe.values


def test_that_an_optimizers_own_default_wins_over_the_tables():
    assert Recipe(optimizer="adamw")["weight_decay"] == 0.01
    assert Recipe(optimizer="adam")["weight_decay"] == 0


def test_that_a_schedules_own_default_wins_over_the_tables():
    assert Recipe(schedule="exponential")["schedule_decay"] == 0.8
    assert Recipe(schedule="step")["schedule_decay"] == 0.5


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("beta1", "The optimizer sgd has no beta1: leave it out, or choose another optimizer."),
        ("schedule_floor", "The schedule constant has no schedule_floor: leave it out, or choose another schedule."),
        ("dropout", "The model mlp has no dropout: leave it out, or choose another model."),
    ],
)
def test_that_a_value_no_choice_accepts_is_refused(name, sentence):
    with pytest.raises(UsageError) as refusal:
        Recipe(values={name: 0.5})
    assert str(refusal.value) == sentence


def test_that_the_data_the_model_the_optimizer_and_the_schedule_accept_values_of_their_own():
    assert OF_CHOICES == ("dataset", "model", "optimizer", "schedule")
    accepted = accepted_by({"model": "mlp-dropout", "schedule": "one-cycle"})
    assert accepted["dataset"] == ()
    assert accepted_by({"dataset": "moons"})["dataset"] == ("data_size", "data_noise", "data_seed")
    assert accepted["model"] == ("dropout",)
    assert accepted["optimizer"] == accepted_by({"optimizer": "sgd"})["optimizer"]
    assert accepted["schedule"] == ("schedule_peak", "schedule_floor")


@given(recipes())
def test_that_a_recipe_has_a_value_for_each_hyperparameter_of_its_choices_and_no_other(recipe):
    assert tuple(recipe.values) == names_for(recipe.choices()) == tuple(defaults_for(recipe.choices()))


@pytest.mark.parametrize("field", REGISTRIES)
def test_that_an_unknown_choice_is_refused(field):
    with pytest.raises(UsageError, match="choose one of"):
        Recipe(**{field: "no such thing"})


def test_that_a_recipe_cannot_be_changed():
    with pytest.raises(TypeError):
        Recipe().values["learning_rate"] = 1


@given(recipes())
def test_that_a_recipe_read_from_its_json_equals_the_original(recipe):
    again = Recipe.from_json(recipe.to_json())
    assert again == recipe
    assert hash(again) == hash(recipe)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"format": 2}',
        '{"format": 1}',
        '{"format": 1, "dataset": "fashion-mnist"}',
    ],
)
def test_that_what_is_no_recipe_is_refused_with_a_sentence(text):
    with pytest.raises(UsageError, match="recipe"):
        Recipe.from_json(text)


@given(
    st.sampled_from(["dataset", "values", "device", "loss"]),
    st.none() | st.integers() | st.lists(st.integers()),
)
def test_that_a_field_of_another_kind_is_refused(field, junk):
    content = json.loads(Recipe().to_json())
    content[field] = junk
    with pytest.raises(UsageError):
        Recipe.from_json(json.dumps(content))


def test_that_a_recipe_of_an_older_format_passes_each_migration_that_it_lacks(monkeypatch):
    def rename_the_rate(content):
        content["values"]["learning_rate"] = content["values"].pop("rate")

    def add_the_device(content):
        content["device"] = "cpu"

    monkeypatch.setattr(recipe, "MIGRATIONS", [rename_the_rate, add_the_device])
    content = json.loads(Recipe().to_json())
    assert content["format"] == 3
    del content["device"]
    second = json.dumps({**content, "format": 2})
    content["values"]["rate"] = content["values"].pop("learning_rate")
    first = json.dumps({**content, "format": 1})
    assert Recipe.from_json(first) == Recipe.from_json(second) == Recipe()


@pytest.mark.parametrize("version", [0, -1, True, 1.0, "1", None])
def test_that_a_format_that_is_no_number_from_1_is_refused(version):
    content = json.loads(Recipe().to_json())
    with pytest.raises(UsageError, match="fields of a recipe"):
        Recipe.from_json(json.dumps({**content, "format": version}))


def test_that_a_recipe_of_a_newer_version_says_so():
    content = json.loads(Recipe().to_json())
    with pytest.raises(UsageError, match="newer version"):
        Recipe.from_json(json.dumps({**content, "format": 99}))


# The data


DIGEST = DataDigest("0123456789abcdef" * 4, 60_000, 10_000)


def test_that_a_recipe_keeps_the_digest_of_its_data():
    again = Recipe.from_json(Recipe(data=DIGEST).to_json())
    assert again.data == DIGEST
    assert again != Recipe()


def test_that_another_data_set_does_not_keep_the_digest():
    assert Recipe(data=DIGEST).with_dataset("fashion-mnist-mini").data is None


def test_that_a_recipe_of_format_1_has_no_digest():
    content = json.loads(Recipe().to_json())
    del content["data"]
    assert Recipe.from_json(json.dumps({**content, "format": 1})) == Recipe()


@pytest.mark.parametrize(
    "junk",
    [
        3,
        [],
        {},
        {"sha256": "abc", "train_count": 1, "test_count": 1},
        {"sha256": "g" * 64, "train_count": 1, "test_count": 1},
        {"sha256": "a" * 64, "train_count": -1, "test_count": 1},
        {"sha256": "a" * 64, "train_count": True, "test_count": 1},
        {"sha256": "a" * 64, "train_count": 1, "test_count": 2**70},
        {"sha256": "a" * 64, "train_count": 1},
    ],
)
def test_that_a_digest_that_is_none_is_refused(junk):
    content = json.loads(Recipe().to_json())
    with pytest.raises(UsageError, match="which data"):
        Recipe.from_json(json.dumps({**content, "data": junk}))

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.hyperparameters import TABLE
from workbench.engine.losses import LOSSES
from workbench.engine.optimizers import OPTIMIZERS
from workbench.engine.problems import BadUsage
from workbench.engine.recipe import Recipe, names_for


@st.composite
def recipes(draw):
    optimizer = draw(st.sampled_from(OPTIMIZERS.names))
    values = {}
    for name in names_for(optimizer):
        row = TABLE[name]
        if row.kind is bool:
            values[name] = draw(st.booleans())
        elif row.kind is int:
            values[name] = draw(st.integers(int(row.minimum), int(row.maximum)))
        else:
            values[name] = draw(st.floats(row.minimum, row.maximum, exclude_max=row.excluded_maximum))
    return Recipe(loss=draw(st.sampled_from(LOSSES.names)), optimizer=optimizer, values=values)


def test_that_an_empty_recipe_is_the_tutorials():
    recipe = Recipe()
    assert (recipe.dataset, recipe.model, recipe.loss, recipe.optimizer) == (
        "fashion-mnist",
        "mlp",
        "cross-entropy",
        "sgd",
    )
    assert recipe["learning_rate"] == 1e-3
    assert recipe["momentum"] == 0


def test_that_an_optimizers_own_default_wins_over_the_tables():
    assert Recipe(optimizer="adamw")["weight_decay"] == 0.01
    assert Recipe(optimizer="adam")["weight_decay"] == 0


def test_that_a_value_the_optimizer_does_not_accept_is_refused():
    with pytest.raises(BadUsage, match="sgd has no beta1"):
        Recipe(values={"beta1": 0.9})


@pytest.mark.parametrize("field", ["dataset", "model", "loss", "optimizer"])
def test_that_an_unknown_choice_is_refused(field):
    with pytest.raises(BadUsage, match="choose one of"):
        Recipe(**{field: "no such thing"})


def test_that_a_recipe_cannot_be_changed():
    with pytest.raises(TypeError):
        Recipe().values["learning_rate"] = 1


@given(recipes())
def test_that_a_recipe_comes_back_from_json_as_it_was(recipe):
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
    with pytest.raises(BadUsage, match="recipe"):
        Recipe.from_json(text)


@given(
    st.sampled_from(["dataset", "values", "device", "loss"]),
    st.none() | st.integers() | st.lists(st.integers()),
)
def test_that_a_field_of_another_kind_is_refused(field, junk):
    content = json.loads(Recipe().to_json())
    content[field] = junk
    with pytest.raises(BadUsage):
        Recipe.from_json(json.dumps(content))

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.models.runs_kit import summary
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.history.records import Change
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStatus
from workbench.ui.text import run_texts

ADAM = Recipe(optimizer="adam", values={"learning_rate": 0.01, "batch_size": 128})
RATES = st.floats(min_value=1e-6, max_value=10.0)
RECIPES = st.builds(
    lambda optimizer, rate, batch, seed: Recipe(
        optimizer=optimizer, values={"learning_rate": rate, "batch_size": batch, "seed": seed}
    ),
    st.sampled_from(["sgd", "adam", "rmsprop", "adamw"]),
    RATES,
    st.integers(1, 10_000),
    st.integers(0, 5),
)

pytestmark = pytest.mark.usefixtures("qapp")


def texts(traits):
    return [trait.text for trait in traits]


def test_that_the_tutorials_own_settings_need_no_words():
    assert run_texts.traits_of(Recipe()) == ()


def test_that_settings_are_short_and_the_most_important_come_first():
    assert texts(run_texts.traits_of(ADAM)) == ["Adam", "rate 0.01", "batch 128"]


def test_that_a_default_of_the_optimizer_is_no_difference():
    assert texts(run_texts.traits_of(Recipe(optimizer="adamw"))) == ["AdamW"]


def test_that_what_differs_from_the_current_run_stands_out_also_where_it_is_the_tutorials():
    traits = run_texts.traits_of(Recipe(values={"batch_size": 128}), ADAM)
    assert [(trait.text, trait.stands_out) for trait in traits] == [
        ("SGD", True),
        ("rate 0.001", True),
        ("batch 128", False),
    ]


@given(RECIPES)
def test_that_nothing_stands_out_against_the_same_settings(recipe):
    assert not any(trait.stands_out for trait in run_texts.traits_of(recipe, recipe))


@given(RECIPES, RECIPES)
def test_that_every_difference_stands_out_in_both_directions(one, other):
    there = {trait.text for trait in run_texts.traits_of(one, other) if trait.stands_out}
    back = {trait.text for trait in run_texts.traits_of(other, one) if trait.stands_out}
    assert bool(there) == bool(back) == (one != other)


@pytest.mark.parametrize("name", TABLE)
def test_that_every_hyperparameter_has_a_short_name(name):
    assert run_texts.short_label(name)
    assert run_texts.value_text(name, TABLE[name].default)


def test_that_a_run_is_called_by_its_name_or_its_number():
    assert run_texts.title_of(summary(12)) == "Run 12"
    assert run_texts.title_of(summary(12, name="warm")) == "warm"


def test_that_a_branch_says_what_was_changed():
    change = Change(step=512, name="learning_rate", old=1e-3, new=1e-2)
    assert run_texts.branch_text(summary(2), summary(1), [change]) == "rate 0.001 → 0.01"
    assert run_texts.branch_text(summary(2, recipe=ADAM), summary(1)) == "Adam · rate 0.01 · batch 128"
    assert run_texts.branch_text(summary(2), None) == ""


def test_that_a_parent_is_named_with_its_step_also_when_it_is_deleted():
    assert run_texts.parent_text(summary(3), 1512) == "Run 3 @ 1,512"
    assert run_texts.parent_text(None, 5) == "a deleted run @ 5"


@pytest.mark.parametrize("status", RunStatus)
def test_that_every_state_has_a_word_a_sentence_an_icon_and_a_colour(status):
    assert run_texts.status_text(status)
    assert run_texts.status_help(status).endswith(".")
    assert run_texts.STATUSES[status].icon
    assert run_texts.STATUSES[status].colour


@pytest.mark.parametrize(
    ("loss", "text"), [(None, "–"), (0.44123, "0.4412"), (math.nan, "NaN"), (math.inf, "∞"), (-math.inf, "−∞")]
)
def test_that_every_loss_can_be_read(loss, text):
    assert run_texts.loss_text(loss) == text


def test_that_a_loss_beyond_all_bounds_stays_short():
    assert len(run_texts.loss_text(3.2e30)) < 10


@pytest.mark.parametrize(
    ("began", "begins"),
    [
        (datetime(2025, 6, 15, 17, 59, 30), "just now"),
        (datetime(2025, 6, 15, 17, 48), "12 min ago"),
        (datetime(2025, 6, 15, 0, 5), "17 h ago"),
        (datetime(2025, 6, 14, 23, 59), "yesterday "),
        (datetime(2025, 3, 3, 14, 5), "3 Mar "),
        (datetime(2024, 12, 31, 23, 59), "31 Dec 2024"),
        (datetime(2025, 6, 15, 18, 0, 30), "just now"),  # another machine's clock is a little ahead
        (datetime(2025, 6, 15, 20, 0), "15 Jun 20:00"),
    ],
)
def test_that_times_are_shorter_the_more_recent_they_are(began, begins):
    now = datetime(2025, 6, 15, 18, 0)
    assert run_texts.when_text(began.timestamp(), now.timestamp()).startswith(begins)


def own_files(path):
    return Recipe(
        dataset="own-files", loss="mse", source=DataSource(path), own_spec=DataSpec(Task.REGRESSION, (1,), (), ("y",))
    )


def test_that_a_run_on_files_of_the_users_own_names_them():
    traits = run_texts.traits_of(own_files("/home/me/flats.csv"), own_files("/home/me/cars.csv"))
    assert (traits[0].text, traits[0].stands_out) == ("flats.csv", True)
    same = run_texts.traits_of(own_files("/home/me/flats.csv"), own_files("/home/me/flats.csv"))
    assert not any(trait.stands_out for trait in same)


def test_that_a_run_that_was_steered_is_not_called_as_in_the_tutorial():
    assert run_texts.summary_traits(summary()) == ()
    assert texts(run_texts.summary_traits(summary(changes=1))) == ["1 change"]
    assert texts(run_texts.summary_traits(summary(recipe=ADAM, changes=12)))[-1] == "12 changes"


def test_that_the_weights_that_a_run_starts_from_are_named_and_told_apart_by_what_they_are():
    one, same = InitialWeights("/a/model.pt", "ab" * 32), InitialWeights("/b/copy.safetensors", "ab" * 32)
    run = Recipe(initial_weights=one)
    assert [trait.text for trait in run_texts.traits_of(run)] == ["from model.pt"]
    assert not any(trait.stands_out for trait in run_texts.traits_of(run, Recipe(initial_weights=same)))
    (trait,) = run_texts.traits_of(run, Recipe())
    assert (trait.text, trait.stands_out) == ("from model.pt", True)
    (trait,) = run_texts.traits_of(Recipe(), run)
    assert (trait.text, trait.stands_out) == ("initial weights from the seed", True)

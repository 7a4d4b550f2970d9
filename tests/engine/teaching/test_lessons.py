import tomllib

import pytest

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.datasets import BUILT_IN, DATASETS
from workbench.engine.paths import resource_path
from workbench.engine.recipe import REGISTRIES, defaults_for
from workbench.engine.teaching.lessons import lessons, read_lesson
from workbench.engine.teaching.texts import TextError

WHOLE = DATASETS.default


def test_that_every_lesson_of_the_folder_is_read_in_order():
    assert [lesson.order for lesson in lessons()] == list(range(1, 10))
    assert {lesson.key for lesson in lessons()} == {path.stem for path in resource_path("lessons").glob("*.toml")}


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.key)
@pytest.mark.parametrize("dataset", [WHOLE, BUILT_IN])
def test_that_a_lesson_sets_values_that_the_table_allows_and_nothing_else(lesson, dataset):
    for run in lesson.runs:
        recipe = run.recipe(dataset, "cpu", {})
        choices = {name: registry.default for name, registry in REGISTRIES.items()} | {"dataset": dataset}
        assert recipe.choices() == choices | run.choices
        expected = defaults_for(recipe.choices()) | run.values
        assert dict(recipe.values) == {name: TABLE[name].checked(value) for name, value in expected.items()}


def test_that_a_lesson_keeps_what_only_decides_the_speed():
    run = lessons()[0].runs[0]
    recipe = run.recipe(WHOLE, "cpu", {"threads": 1, "momentum": 0.9, "seed": 7})
    assert recipe["threads"] == 1
    assert recipe["momentum"] == TABLE["momentum"].default
    assert recipe["seed"] == TABLE["seed"].default


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.key)
def test_that_every_lesson_can_be_checked(lesson):
    assert lesson.checks
    assert not (lesson.is_few and len(lesson.runs) > 1)


def test_that_a_lesson_keeps_the_chosen_images_and_downloads_none():
    rates = lessons()[0]
    for chosen in (WHOLE, BUILT_IN):
        assert rates.dataset(chosen, default_is_here=False) == chosen
    assert rates.dataset("spirals", default_is_here=True) == WHOLE
    assert rates.dataset("spirals", default_is_here=False) == BUILT_IN
    small = next(lesson for lesson in lessons() if lesson.is_small)
    assert small.dataset(WHOLE, default_is_here=True) == BUILT_IN


LESSON = resource_path("lessons", "dropout.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("dropout = 0.5", "dropout = 1.5", "values are not allowed"),
        ('model = "mlp-dropout"', 'model = "mlp"', "values are not allowed"),
        ('optimizer = "adam"', 'optimizer = "adma"', "values are not allowed"),
        ("runs = [1, 0]", "runs = [1, 2]", "looks at 2 of the 2 runs"),
        ("gap_below_other", "gap_beneath", "there is no check"),
        ("{one}", "{won}", "no figure 'won'"),
        ("order = 9", 'order = "9"', "order is no int"),
    ],
)
def test_that_a_lesson_that_cannot_be_carried_out_is_refused(tmp_path, old, new, why):
    path = tmp_path / "dropout.toml"
    assert old in LESSON
    path.write_text(LESSON.replace(old, new), encoding="utf-8")
    with pytest.raises(TextError, match=why):
        read_lesson(path)


def test_that_every_folder_of_texts_is_in_the_wheel():
    with (resource_path().parent / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    present = {f"resources/{path.name}" for path in resource_path().iterdir() if path.name != "screenshots"}
    assert present <= set(included)

import json

from workbench.engine.recipe import REGISTRIES, Recipe
from workbench.ui.models.settings_model import OwnValues


def test_that_it_begins_with_every_rows_own_defaults():
    own = OwnValues()
    assert own.of("optimizer", "adamw")["weight_decay"] == 0.01
    assert own.of("schedule", "constant") == {}
    assert dict(own.of("model", "mlp-dropout")) == {"dropout": 0.2}


def test_that_a_value_is_kept_for_what_is_chosen_alone():
    own = OwnValues()
    own.keep("momentum", 0.9, Recipe(optimizer="rmsprop").choices())
    assert [own.of("optimizer", name)["momentum"] for name in ("sgd", "rmsprop")] == [0, 0.9]


def test_that_a_value_the_chosen_one_does_not_accept_is_kept_for_all_that_do():
    own = OwnValues()
    own.keep("momentum", 0.9, Recipe(optimizer="adam").choices())
    own.keep("epochs", 3, Recipe().choices())  # no choice's own
    assert [own.of("optimizer", name)["momentum"] for name in ("sgd", "rmsprop")] == [0.9, 0.9]
    own.reset()
    assert own.state() == OwnValues().state()


def test_that_it_comes_back_from_json_and_junk_in_it_is_passed_over():
    own, again = OwnValues(), OwnValues()
    own.keep("schedule_floor", 0.5, Recipe(schedule="cosine").choices())
    stored = json.loads(json.dumps(own.state()))
    again.restore(stored | {"optimizer": {"sgd": {"momentum": 2, "nesterov": True}, "adam": None}, "model": 3})
    assert again.of("schedule", "cosine")["schedule_floor"] == 0.5
    assert again.of("schedule", "one-cycle")["schedule_floor"] == 0.01
    assert again.of("optimizer", "sgd")["momentum"] == 0
    assert again.of("optimizer", "sgd")["nesterov"] is True
    assert set(again.state()["model"]) == set(REGISTRIES["model"].names)

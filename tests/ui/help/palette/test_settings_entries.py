import pytest

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.help.palette.aliases import ALIASES
from workbench.ui.help.palette.fuzzy import plain
from workbench.ui.help.palette.ranking import ranked
from workbench.ui.help.palette.settings_entries import SettingsEntries
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.text.engine_texts import refusal_of, sentence_of


@pytest.fixture
def settings(qapp):
    return SettingsModel()


@pytest.fixture
def locked():
    return {}


@pytest.fixture
def entries(settings, locked):
    return SettingsEntries(settings, lambda name: locked.get(name, ""), lambda: None)


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("lr 0.01", "learning_rate", 0.01),
        ("lr=2e-3", "learning_rate", 2e-3),
        ("learning rate 0,5", "learning_rate", 0.5),
        ("learn 0.2", "learning_rate", 0.2),
        ("Learning_Rate: 0.3", "learning_rate", 0.3),
        ("batch 128", "batch_size", 128),
        ("bs 1,000", "batch_size", 1000),
        ("epochs 20", "epochs", 20),
        ("wd 0.1", "weight_decay", 0.1),
        ("momentum 0.9", "momentum", 0.9),
        ("nesterov on", "nesterov", True),
        ("guard off", "guard", False),
        ("seed 7", "seed", 7),
    ],
)
def test_that_a_name_with_a_value_sets_it_as_one_edit(entries, settings, typed, name, value):
    edits = []
    settings.edited.connect(lambda *edit: edits.append(edit))
    best = entries.with_value(typed)[0]
    assert not best.why_not
    best.act()
    assert settings.value(name) == value
    assert [edit[0] for edit in edits] == [name]
    assert edits[0][2] == value


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [("lr x", "learning_rate", "x"), ("epochs 0", "epochs", "0"), ("batch 1.5", "batch_size", "1.5")],
)
def test_that_a_bad_value_is_answered_as_by_the_control(entries, settings, typed, name, text):
    best = entries.with_value(typed)[0]
    assert best.refuses
    assert best.why_not == sentence_of(refusal_of(TABLE[name], text))


def test_that_what_only_begins_like_a_setting_is_offered_no_bad_value(entries):
    assert not entries.with_value("learn more")
    assert not entries.with_value("optimizer adam")
    assert not entries.with_value("lr ")
    assert not entries.with_value("0.01")


def test_that_a_locked_setting_says_why(entries, locked):
    locked["seed"] = "Locked while training."
    assert entries.with_value("seed 3")[0].why_not == "Locked while training."


def test_that_a_setting_of_another_optimizer_names_it_instead_of_changing_it_unseen(entries, settings):
    settings.edit("optimizer", "adam")
    best = entries.with_value("momentum 0.5")[0]
    assert "adam has no momentum" in best.why_not


def found(entries, typed):
    return ranked(entries.entries(), typed, ())


@pytest.mark.parametrize(
    ("typed", "name", "key"),
    [
        ("optimizer adam", "optimizer", "adam"),
        ("opt adam", "optimizer", "adam"),
        ("adamw", "optimizer", "adamw"),
        ("scheduler cosine", "schedule", "cosine"),
        ("net cnn", "model", "cnn"),
        ("fashion mini", "dataset", "fashion-mnist-mini"),
    ],
)
def test_that_a_choice_is_found_by_what_it_is_called_and_by_its_row(entries, settings, typed, name, key):
    best = found(entries, typed)[0]
    assert best.key == f"choose:{name}:{key}"
    best.act()
    assert settings.choices()[name] == key


def test_that_a_choice_that_is_none_is_refused_with_the_names_that_there_are(entries):
    assert not found(entries, "optimizer lion")
    (answer,) = entries.no_such_row("optimizer lion")
    assert answer.refuses
    assert "adamw" in answer.why_not
    assert not entries.no_such_row("something else")


def test_that_a_setting_by_itself_waits_for_its_value_and_shows_the_present_one(entries):
    best = found(entries, "lr")[0]
    assert best.completes == "Learning rate "
    assert best.detail == "now 0.001"
    assert entries.with_value(best.completes + "0.5")[0].key == best.key


def test_that_every_alias_is_of_something_and_no_two_of_one_kind_share_one():
    kinds = [{*TABLE, *REGISTRIES, "device"}, set(ACTIONS), {key for key in ALIASES if key.endswith("_dock")}]
    for kind in kinds:
        used = [plain(alias) for key in kind for alias in ALIASES.get(key, ())]
        assert sorted(set(used)) == sorted(used)
    assert set(ALIASES) <= set().union(*kinds)

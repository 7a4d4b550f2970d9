import math
import string

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.records import Change
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.events import Inspected, ValueChanged
from workbench.engine.protocol.queries.layers import Distribution, LayerMeasures, MeasuredLayers, MeasureLayers
from workbench.engine.recipe import REGISTRIES, Recipe
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.help.explaining.row_meanings import _numbers, _switches, meaning_of
from workbench.ui.help.explaining.settings_texts import SettingsTexts, effect_of
from workbench.ui.help.explaining.update_size import UpdateSize, ratio_of
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.text.numbers import format_value, value_in_words


class Explained:
    def __init__(self, qtbot):
        window = QWidget()
        qtbot.addWidget(window)
        self.window = window
        self.training = RunParts(window)
        model = self.training.model
        self.inspection = Inspection(self.training.connection, model, InspectionModel(model), [], window)
        self.updates = UpdateSize(self.training.connection, model, self.inspection, window)
        self.texts = SettingsTexts(self.training.settings, model, self.updates)


@pytest.fixture
def explained(qtbot):
    return Explained(qtbot)


def measures(ratio, norm):
    shape = Distribution(0.0, 1.0, np.ones(2), 0.0, 0.0)
    return LayerMeasures("layer", "Linear", (2, 2), "", shape, None, None, norm, 1.0, ratio)


def answer(*layers):
    return MeasuredLayers(layers, 1.0, 64, 0.5, 0.1, 0)


def test_that_every_hyperparameter_is_explained_with_its_value_its_help_and_what_is_allowed(explained):
    for name, row in TABLE.items():
        said = explained.texts.row(name)
        assert label_of(row) in said.title, name
        assert (value_in_words(row, row.default) or "none") in said.title, name
        assert help_of(row) in said.sentences, name
        assert said.sentences[0].endswith("."), name
        assert {"Allowed", "Takes effect"} <= {fact.name for fact in said.facts}, name
        assert all(fact.text for fact in said.facts), name


@pytest.mark.parametrize("name", TABLE)
def test_that_what_a_value_means_names_another_value_and_has_no_open_placeholder(name):
    row = TABLE[name]
    others = {bool: not row.default, int: 7, float: 0.25, str: "16,8"}
    value = row.choices[-1] if row.choices else others[row.kind]
    said = meaning_of(row, {name: value}, "sgd")
    assert said.endswith(".")
    assert not [field for _, field, _, _ in string.Formatter().parse(said) if field is not None]
    if row.kind is not bool:
        shown = format_value(row, value)
        assert shown in said or f"{100 * value:g} %" in said


@pytest.mark.parametrize("value", [0.0, 0.05, 10.0])
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw", "rmsprop"])
def test_that_the_rate_is_explained_for_what_the_optimizer_does_with_it(value, optimizer):
    said = meaning_of(TABLE["learning_rate"], {"learning_rate": value, "momentum": 0.9}, optimizer)
    assert format_value(TABLE["learning_rate"], value) in said
    assert ("recent size" in said) == (optimizer != "sgd")
    assert ("0.9 times the direction" in said) == (optimizer == "sgd")


def test_that_threads_that_are_left_to_pytorch_are_said_with_their_number(explained):
    assert explained.texts.row("threads").title == "Threads automatic"
    explained.training.settings.automatic_threads = 6
    said = explained.texts.row("threads")
    assert said.title == "Threads automatic (6)"
    assert ("Usual value", "automatic (6)") in said.facts
    explained.training.settings.set_value("threads", 1)
    assert explained.texts.row("threads").title == "Threads 1"


def test_that_the_tables_of_sentences_name_rows_that_exist():
    assert {*_numbers(), *_switches()} <= set(TABLE)


@pytest.mark.parametrize("name", REGISTRIES)
def test_that_every_choice_is_explained_with_the_chosen_row(explained, name):
    registry = REGISTRIES[name]
    for row in registry:
        if name == "loss" and row.name not in (explained.training.settings.choices()["loss"], "cross-entropy"):
            continue
        explained.training.settings.edit(name, row.name)
        said = explained.texts.choice(name)
        assert label_of(row) in said.title
        assert help_of(row) in said.sentences


def test_that_the_device_is_explained_with_its_name(explained):
    assert "cpu" in explained.texts.device().title


def test_that_a_value_that_the_user_typed_is_the_one_that_is_explained(explained):
    explained.training.settings.edit("learning_rate", 0.05)
    said = explained.texts.row("learning_rate")
    assert said.title == "Learning rate 0.05"
    assert "0.05 times the gradient" in said.sentences[0]


def test_that_the_size_of_the_updates_is_said_only_where_it_was_measured_for_this_run(explained):
    training = explained.training
    training.train()
    assert explained.texts.row("learning_rate").sentences[1] == ""
    query = MeasureLayers()
    training.emit(Inspected(query, None, "b" * 16, 5, answer(measures(0.003, 10.0))))
    assert explained.texts.row("learning_rate").sentences[1] == ""
    training.emit(Inspected(query, None, training.run.id, 5, answer(measures(0.003, 10.0))))
    assert explained.texts.row("learning_rate").sentences[1] == "The update at step 5 changes them by 0.300 %."
    training.emit(training.travelled(2))
    assert explained.texts.row("learning_rate").sentences[1] == ""


def test_that_the_size_of_an_update_is_that_of_all_layers_together():
    together = ratio_of(answer(measures(0.1, 3.0), measures(0.0, 4.0)))
    assert together == pytest.approx(0.3 / 5.0)
    assert ratio_of(answer(measures(math.nan, 3.0))) is None
    assert ratio_of(answer()) is None


def test_that_the_layers_are_asked_only_while_a_run_is_under_way(explained, qtbot):
    training = explained.training
    explained.updates.ask()
    training.train()
    explained.updates.ask()
    qtbot.waitUntil(lambda: any(isinstance(sent, Inspect) for sent in training.connection.sent))
    assert [sent.query for sent in training.connection.sent if isinstance(sent, Inspect)] == [MeasureLayers()]


def test_that_the_last_change_is_said_with_what_the_loss_did_since(explained):
    training = explained.training
    training.train()
    said = dict(explained.texts.row("learning_rate").facts)
    assert said["Changed last"] == "Not in this run."
    change = Change(12, "learning_rate", 1e-3, 0.05)
    training.history.add_change(change)
    training.emit(ValueChanged(change))
    for _ in range(12):
        training.history.add_step(0.25, 0.9)
    said = dict(explained.texts.row("learning_rate").facts)
    assert said["Changed last"].startswith("0.001 → 0.05 at step 12.")
    assert "1.00 before it, 0.250 now" in said["Changed last"]


def test_that_no_effect_is_invented_where_there_is_nothing_to_compare(explained):
    history = explained.training.history
    change = Change(0, "learning_rate", 1e-3, 0.05)
    assert effect_of(change, history) == ""
    history.add_step(math.nan, 0.5)
    history.add_step(math.nan, 0.5)
    assert effect_of(Change(1, "learning_rate", 1e-3, 0.05), history) == ""


def test_that_a_rate_after_the_schedule_is_said_beside_that_of_the_slider(explained):
    training = explained.training
    training.train()
    assert "After the schedule" not in dict(explained.texts.row("learning_rate").facts)
    scheduled = Recipe(schedule="exponential", values={"epochs": 3, "schedule_period": 1.0, "schedule_decay": 0.1})
    training.emit(training.started(scheduled))
    rate, _, step = dict(explained.texts.row("learning_rate").facts)["After the schedule"].partition(" at step ")
    assert step == "12"
    assert 1e-5 < float(rate) < 1e-3


def test_that_the_value_of_the_run_is_said_where_the_control_shows_another(explained):
    training = explained.training
    training.train()
    assert "Present run" not in dict(explained.texts.row("batch_size").facts)
    training.settings.edit("batch_size", 256)
    assert dict(explained.texts.row("batch_size").facts)["Present run"] == "64"

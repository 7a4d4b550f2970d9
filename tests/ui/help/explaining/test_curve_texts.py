import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts, ShownRunParts
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.help.explaining.curve_texts import CurveTexts
from workbench.ui.help.explaining.settings_texts import SettingsTexts
from workbench.ui.help.explaining.update_size import UpdateSize
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.plotting.interaction.found import CurveKind, FoundValue
from workbench.ui.plotting.render.mark_list import Mark, MarkKind
from workbench.ui.text.engine_texts import help_of


@pytest.fixture
def make_run():
    return RunParts


@pytest.fixture
def training(qtbot, make_run):
    window = QWidget()
    qtbot.addWidget(window)
    training = make_run(window)
    training.window = window
    training.train()
    training.history.add_epoch_start(EpochStart(1, 0))
    return training


@pytest.fixture
def texts(training):
    model = training.model
    inspection = Inspection(training.connection, model, InspectionModel(model), [], training.window)
    updates = UpdateSize(training.connection, model, inspection, training.window)
    return CurveTexts(model, SettingsTexts(training.settings, model, updates))


SHOWN = {
    CurveKind.TRAINING_LOSS: "0.412046",
    CurveKind.SMOOTHED_LOSS: "0.412046",
    CurveKind.TEST_LOSS: "0.412046",
    CurveKind.VALIDATION_LOSS: "0.412046",
    CurveKind.TRAINING_METRIC: "41.2 %",
    CurveKind.TEST_METRIC: "41.2 %",
    CurveKind.VALIDATION_METRIC: "41.2 %",
    CurveKind.DIFFERENCE: "0.412",
    CurveKind.RATE: "0.412",
}


@pytest.mark.parametrize("kind", CurveKind)
def test_that_each_curve_is_explained_with_its_value_its_step_and_what_it_is(texts, training, kind):
    said = texts.value(FoundValue(kind, 9, 0.412046, training.history), 0.9)
    assert SHOWN[kind] in said.title
    assert "step 9" in said.title
    assert said.sentences[0].endswith(".")
    assert "{" not in said.text


def test_that_the_smoothing_is_said_with_its_weights(texts, training):
    said = texts.value(FoundValue(CurveKind.SMOOTHED_LOSS, 5, 1.0, training.history), 0.95)
    assert "0.95 of the average before and 0.05 of each new loss" in said.sentences[0]
    assert dict(said.facts)["Of this batch alone"] == "1.00"


def test_that_a_value_of_a_step_says_what_the_step_was_trained_with(texts, training):
    training.history.add_change(Change(4, "learning_rate", 1e-3, 0.02))
    before = texts.value(FoundValue(CurveKind.TRAINING_LOSS, 3, 1.0, training.history), 0.9)
    after = texts.value(FoundValue(CurveKind.TRAINING_LOSS, 4, 1.0, training.history), 0.9)
    assert (dict(before.facts)["Learning rate"], dict(after.facts)["Learning rate"]) == ("0.001", "0.02")
    assert dict(after.facts)["Batch size"] == "64"
    assert dict(after.facts)["Epoch"] == "1"


def test_that_a_value_of_another_run_names_it_and_says_nothing_of_the_settings_of_this_one(texts):
    other = History()
    other.add_step(0.5, 0.5)
    said = texts.value(FoundValue(CurveKind.SMOOTHED_LOSS, 0, 0.5, other, "Run 7"), 0.9)
    assert dict(said.facts)["Run"] == "Run 7"
    assert "Learning rate" not in dict(said.facts)


def test_that_the_rate_after_a_schedule_names_the_one_of_the_slider(texts, training):
    said = texts.value(FoundValue(CurveKind.RATE, 5, 1e-4, training.history, other=1e-3), 0.9)
    assert "Learning rate 0.0001 at" in said.title
    assert "slider's 0.001" in said.sentences[0]


def test_that_a_mark_says_what_was_changed_what_it_means_and_what_the_loss_did(texts, training):
    training.history.add_change(Change(6, "learning_rate", 1e-3, 0.02))
    mark = Mark(6, MarkKind.CHANGE, name="learning_rate", label="Learning rate", old="0.001", new="0.02")
    said = texts.mark(mark)
    assert said.title == "Learning rate 0.001 → 0.02 at step 6"
    assert "0.02 times the gradient" in said.sentences[0]
    assert "1.00 before it, 1.00 now" in said.sentences[1]
    assert help_of(TABLE["learning_rate"]) in said.sentences


def test_that_an_incident_says_where_the_run_went_back_to(texts, training):
    training.history.add_incident(Incident(11, 150.0, 8))
    said = texts.mark(Mark(11, MarkKind.INCIDENT, "Loss leapt to 150"))
    assert said.title == "Loss leapt to 150 at step 11"
    assert "went back to step 8" in said.sentences[0]


def test_that_a_peak_says_that_a_curve_leaves_the_plot(texts):
    assert "leaves the plot" in texts.mark(Mark(3, MarkKind.PEAK, "up to 5e3")).sentences[0]


with_plots = pytest.mark.parametrize("make_run", [ShownRunParts], ids=["with plots"])


@with_plots
def test_that_an_entry_of_the_legend_is_explained_with_the_newest_value_of_its_curve(texts, training):
    training.history.add_evaluation(Evaluation(12, 1, 0.5, 0.8125))
    training.plots.refresh()
    stack = training.plots.stack
    said = texts.switch(stack, CurveKind.TEST_METRIC, is_on=False)
    assert "81.2 %" in said.title or "81.3 %" in said.title
    assert dict(said.facts)["In the plot"] == "hidden"
    assert texts.switch(None, CurveKind.TEST_METRIC, is_on=True).title == "Test accuracy"


@with_plots
@pytest.mark.parametrize("name", ["loss_plot", "accuracy_plot", "learning_rate_plot", "difference_plot"])
def test_that_each_plot_is_explained_with_the_newest_values_of_its_curves(texts, training, name):
    training.history.add_evaluation(Evaluation(12, 1, 0.5, 0.8125))
    training.plots.refresh()
    said = texts.plot(training.plots.stack, name)
    assert said.sentences[0].endswith(".")
    facts = dict(said.facts)
    if name == "loss_plot":
        assert (facts["Smoothed training loss"], facts["Test loss"]) == ("1.000000", "0.500000")
    elif name == "accuracy_plot":
        assert facts["Training accuracy"] == "50.0 %"
    elif name == "learning_rate_plot":
        assert facts["Learning rate"] == "0.001"

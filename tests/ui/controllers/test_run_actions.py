"""The actions of the table of runs: what they do in each state, and when they report success."""

from types import SimpleNamespace

import pytest

from tests.ui.models.runs_kit import summary
from workbench.engine.recipe import Recipe
from workbench.ui.controllers.run_actions import RunActions
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import SettingsModel

ADAM = summary(1, recipe=Recipe(optimizer="adam"), name="warm").identity.id


class Library:
    """In the place of the library: writes only when the test says so."""

    def __init__(self):
        self.calls, self.waiting = [], []
        self.recipe = Recipe(optimizer="adam")

    def summary(self, run):
        return summary(1, recipe=self.recipe) if run == ADAM else None

    def title(self, run, unknown=""):
        return f"Run {run[-1]}"

    def delete(self, runs, on_done=None):
        self.calls.append(("delete", runs))
        self.waiting.append(on_done)

    def restore(self, runs):
        self.calls.append(("restore", runs))

    def overlay(self, runs):
        self.calls.append(("overlay", runs))


class Controller:
    """In the place of the run model and the run controller."""

    def __init__(self):
        self.state, self.run, self.run_id, self.calls = SessionState.READY, None, None, []

    def open_run(self, run):
        self.calls.append(("open", run))

    def stop(self):
        self.calls.append("stop")

    def discard(self):
        self.calls.append("discard")


class Settings:
    """In the place of the settings of the next run."""

    def __init__(self):
        self.shown = Recipe()

    def recipe(self):
        return self.shown

    def show_recipe(self, recipe):
        self.shown = recipe

    def has_device(self, device):
        return device == "cpu"


class Notice:
    """In the place of the notification bar."""

    def __init__(self):
        self.sentences, self.choices = [], []

    def show_notice(self, sentence, *_, choices=(), **__):
        self.sentences.append(sentence)
        self.choices = list(choices)

    def withdraw(self, topic):
        self.sentences.clear()


class Undo:
    """In the place of the undo history, with room for one action."""

    def __init__(self):
        self.undo_text, self.next_to_undo, self.ways = "", None, {}

    def handle(self, kind, text, redo, undo, *, sets_controls=False):
        del sets_controls
        self.ways[kind] = text, redo, undo

    def do(self, step, *, is_done=False):
        text, redo, undo = self.ways[type(step)]
        self.undo_text, self.next_to_undo, self.undo = text(step), step, lambda: undo(step)
        if not is_done:
            redo(step)


@pytest.fixture
def parts():
    return Library(), Controller(), Settings(), Notice(), Undo()


@pytest.fixture
def actions(qapp, parts):
    library, controller, settings, notice, undo = parts
    return RunActions(library, controller, controller, settings, notice, undo)


def test_that_a_deletion_is_reported_when_it_is_done_and_can_be_undone(actions, parts):
    library, _, _, notice, undo = parts
    actions.delete(["run-2"])
    assert (notice.sentences, undo.undo_text) == ([], "")
    library.waiting.pop()()
    assert notice.sentences == ["Run 2 was deleted."]
    assert undo.undo_text == "Deletion of Run 2"
    (choice,) = notice.choices
    choice.action()
    assert library.calls == [("delete", ["run-2"]), ("restore", ("run-2",))]


def test_that_the_current_run_is_discarded_and_not_deleted_twice(actions, parts):
    library, controller, _, _, _ = parts
    controller.run_id, controller.state = "run-1", SessionState.PAUSED
    actions.delete(["run-1", "run-2"])
    assert controller.calls == ["discard"]
    assert library.calls == [("delete", ["run-2"])]


def test_that_a_run_that_trains_is_not_deleted(actions, parts):
    library, controller, _, notice, _ = parts
    controller.run_id, controller.state = "run-1", SessionState.TRAINING
    actions.delete(["run-1"])
    assert (controller.calls, library.calls) == ([], [])
    assert "stop it before you delete it" in notice.sentences[0]


def test_that_the_settings_of_a_run_are_used_again_and_a_paused_run_is_stopped_for_it(actions, parts):
    _, controller, settings, _, undo = parts
    controller.state = SessionState.PAUSED
    actions.reuse(ADAM)
    assert controller.calls == ["stop"]
    assert settings.shown.optimizer == "adam"
    undo.undo()
    assert settings.shown.optimizer == "sgd"


def test_that_a_device_that_is_not_here_is_replaced_and_named(actions, parts):
    library, _, settings, notice, _ = parts
    library.recipe = Recipe(optimizer="adam", device="cuda:0")
    actions.reuse(ADAM)
    assert settings.shown == Recipe(optimizer="adam")
    assert "cuda:0" in notice.sentences[0]
    assert "trains on cpu" in notice.sentences[0]


def test_that_opening_a_run_while_another_trains_asks_first(actions, parts):
    _, controller, _, notice, _ = parts
    controller.run_id, controller.state = "run-1", SessionState.TRAINING
    actions.open("run-2")
    assert controller.calls == []
    stop_and_open, _ = notice.choices
    stop_and_open.action()
    assert controller.calls == [("open", "run-2")]


def test_that_without_a_current_run_the_first_one_is_opened_and_the_others_are_drawn_over_it(actions, parts):
    library, controller, _, _, _ = parts
    actions.overlay(["run-1", "run-2"])
    assert controller.calls == [("open", "run-1")]
    assert library.calls == [("overlay", ["run-2"])]


def test_that_the_settings_of_a_run_include_its_device(qapp):
    stored = Recipe(optimizer="adam", values={"epochs": 3}, device="cuda:1")
    library = SimpleNamespace(summary=lambda _: summary(1, recipe=stored), title=lambda _: "Run 1")
    run = SimpleNamespace(state=SessionState.READY, takes_values=False)
    settings = SettingsModel()
    undo = UndoHistory(settings, run, None)
    RunActions(library, run, None, settings, None, undo).reuse("a")
    assert settings.recipe() == stored
    undo.undo()
    assert settings.recipe() == Recipe()

"""The weights that the next run starts from: chosen once they fit, watched afterwards, taken away, undone."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton, QWidget

from tests.ui.run_parts import ShownRunParts
from workbench.engine.errors import UserError
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.network_source import NetworkSource
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import CheckInitialWeights
from workbench.engine.protocol.events import InitialWeightsChecked, TorchLoaded
from workbench.engine.recipe import Recipe
from workbench.ui.controllers.network_facts import NetworkFacts
from workbench.ui.controllers.start_weights import StartWeights
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.network import NetworkPanel

FILE = Path("/home/me/model.pt")
KNOWN = InitialWeights(str(FILE), "ab" * 32)
NETWORK = NetworkSource("/home/me/net.py", "def Net(): ...", "Net")
MISFIT = UserError("It belongs to another network: choose weights of this one.")


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    parts = ShownRunParts(window)
    panel = NetworkPanel(window)
    parts.facts = NetworkFacts(parts.connection, parts.settings, parts.model, parts.controls, panel, window)
    parts.start = StartWeights(
        parts.connection, parts.settings, parts.model, parts.facts, parts.weights, parts.controls, window
    )
    parts.undo = UndoHistory(parts.settings, parts.model, parts.controller, window)
    parts.settings.edited.connect(parts.undo.on_edited)
    parts.failed, parts.chosen, parts.window = [], [], window
    parts.start.failed.connect(lambda problem: parts.failed.append(str(problem)))
    parts.start.chosen.connect(lambda *chosen: parts.chosen.append(chosen))
    parts.emit(TorchLoaded("2.9", 1))
    return parts


def asked(parts):
    """The last file and network that the training side was asked about."""
    return [each for each in parts.connection.sent if isinstance(each, CheckInitialWeights)][-1]


def choose(parts):
    parts.start.choose(FILE)
    parts.emit(InitialWeightsChecked(asked(parts), KNOWN.sha256))


def row(parts):
    """What the settings say of it; "" while they say nothing."""
    label = parts.controls.findChild(QWidget, "initial_weights")
    return label.text() if label.isVisibleTo(parts.controls) else ""


def shown_problem(parts):
    label = parts.controls.findChild(QWidget, "initial_weights_problem")
    return label.text() if label.isVisibleTo(parts.controls) else ""


def test_that_weights_that_fit_are_chosen_and_belong_to_the_next_recipe(parts):
    assert row(parts) == ""
    parts.start.choose(FILE)
    assert asked(parts).weights == InitialWeights(str(FILE)), "as the file is now"
    assert parts.settings.initial_weights is None, "not before it is known that they fit"
    parts.emit(InitialWeightsChecked(asked(parts), KNOWN.sha256))
    assert parts.settings.recipe() == Recipe(initial_weights=KNOWN)
    assert row(parts) == "Starts from model.pt"
    assert (parts.chosen, parts.start.problem) == ([(FILE, None)], None)


def test_that_a_file_that_does_not_fit_changes_nothing(parts):
    choose(parts)
    parts.start.choose(Path("/home/me/other.pt"))
    parts.emit(InitialWeightsChecked(asked(parts), None, problem=MISFIT))
    assert parts.failed == [str(MISFIT)]
    assert (parts.settings.initial_weights, parts.start.problem) == (KNOWN, None)


def test_that_another_network_that_they_do_not_fit_prevents_a_run_as_long_as_both_are_chosen(parts):
    choose(parts)
    parts.settings.edit("model", "cnn")
    assert (asked(parts).weights, asked(parts).network.model) == (KNOWN, "cnn")
    parts.emit(InitialWeightsChecked(asked(parts), None, problem=MISFIT))
    assert str(MISFIT) in str(parts.start.problem)
    assert "take them away" in shown_problem(parts)
    parts.undo.undo()
    parts.emit(InitialWeightsChecked(asked(parts), KNOWN.sha256))
    assert (parts.start.problem, shown_problem(parts)) == (None, "")


def test_that_they_are_taken_away_and_chosen_again_by_undo_and_redo(parts):
    choose(parts)
    parts.undo.end_move()  # a second later
    parts.controls.findChild(QToolButton, "remove_initial_weights").click()
    assert (parts.settings.initial_weights, row(parts)) == (None, "")
    assert parts.settings.recipe() == Recipe()
    assert parts.undo.undo_text == "Initial weights"
    parts.undo.undo()
    assert (parts.settings.initial_weights, row(parts)) == (KNOWN, "Starts from model.pt")
    parts.undo.undo()
    assert parts.settings.initial_weights is None
    parts.undo.redo()
    assert parts.settings.initial_weights == KNOWN


def test_that_taking_them_away_takes_the_problem_away(parts):
    choose(parts)
    parts.settings.edit("model", "cnn")
    parts.emit(InitialWeightsChecked(asked(parts), None, problem=MISFIT))
    parts.controls.findChild(QToolButton, "remove_initial_weights").click()
    assert parts.start.problem is None


def test_that_code_that_has_not_been_allowed_prevents_no_run_since_train_asks(parts):
    parts.settings.set_network(NETWORK)
    parts.settings.show_recipe(Recipe(initial_weights=KNOWN))
    parts.settings.edit("model", "own")
    parts.emit(InitialWeightsChecked(asked(parts), None, problem=NotTrustedError(NETWORK)))
    assert (parts.start.problem, shown_problem(parts)) == (None, "")
    parts.start.look_again()
    parts.emit(InitialWeightsChecked(asked(parts), None, problem=MISFIT))
    assert str(MISFIT) in str(parts.start.problem)


def test_that_they_cannot_change_while_a_run_is_active(parts):
    parts.train()
    parts.controls.set_running(True)
    parts.start.choose(FILE)
    assert "stop it first" in parts.failed[-1]
    assert not parts.controls.findChild(QToolButton, "remove_initial_weights").isEnabled()
    assert not [each for each in parts.connection.sent if isinstance(each, CheckInitialWeights)]


def test_that_a_run_that_began_while_the_file_was_read_is_said_not_to_start_from_it(parts):
    parts.start.choose(FILE)
    wish = asked(parts)
    parts.train()
    parts.emit(InitialWeightsChecked(wish, KNOWN.sha256))
    assert (parts.settings.initial_weights, parts.chosen) == (None, [])
    assert "before /home/me/model.pt was read" in parts.failed[-1]


def test_that_they_are_remembered_and_returned_to_none_with_all_settings(parts):
    choose(parts)
    again = SettingsModel()
    again.restore(parts.settings.state())
    assert again.initial_weights == KNOWN
    again.reset_to_defaults()
    assert again.recipe() == Recipe()


def test_that_the_settings_of_a_run_bring_its_weights_or_none(parts):
    parts.settings.show_recipe(Recipe(initial_weights=KNOWN))
    assert parts.settings.initial_weights == KNOWN
    parts.settings.show_recipe(Recipe())
    assert parts.settings.initial_weights is None

from types import SimpleNamespace

import pytest

from workbench.engine.recipe import Recipe
from workbench.ui.controllers.run_actions import RunActions
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import SettingsModel

STORED = Recipe(optimizer="adam", values={"epochs": 3}, device="cuda:1")


@pytest.fixture
def settings(qapp):
    return SettingsModel()


def test_that_the_settings_of_a_stored_run_are_used_again_with_its_device_and_can_be_undone(settings):
    library = SimpleNamespace(summary=lambda _: SimpleNamespace(recipe=STORED), title=lambda _: "Run 1")
    run = SimpleNamespace(state=SessionState.READY, takes_values=False)
    undo = UndoHistory(settings, run)
    actions = RunActions(library, run, settings, None, undo)
    actions.reuse("a")
    assert settings.recipe() == STORED
    undo.undo()
    assert settings.recipe() == Recipe()

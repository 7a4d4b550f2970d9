"""The actions that open a dialog once a run is there, and the windows that they open."""

from PySide6.QtWidgets import QApplication

DIALOGS = (
    "run_steps",
    "continue_run",
    "go_to_step",
    "snapshot_budget",
    "export",
    "open_data",
    "shortcuts",
    "about",
    "discard_run",
    "guide",
)


def opened_by(person, action):
    """Press `action`; the windows that were not in sight before."""
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    person.press(action)
    person.qtbot.wait(50)
    opened = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each not in before]
    assert opened, action
    return opened

from PySide6.QtWidgets import QLabel, QWidget

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.help.shortcut_list import show_shortcuts


def test_that_every_action_with_a_key_is_listed(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = show_shortcuts(window)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for row in ACTIONS.values():
        if row.shortcut:
            assert row.text.rstrip("…") in texts
    assert "Ctrl+R" in texts
    dialog.close()

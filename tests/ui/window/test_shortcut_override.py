import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QSlider, QTableWidget, QWidget

from workbench.ui.window.shortcut_override import leaves_to_focus


def pressed(key, modifiers=Qt.KeyboardModifier.NoModifier):
    return QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)


@pytest.mark.parametrize("kind", [QCheckBox, QComboBox, QLineEdit, QPushButton, QTableWidget])
def test_that_space_is_left_to_widgets_that_use_it(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    assert leaves_to_focus(pressed(Qt.Key.Key_Space), widget)


@pytest.mark.parametrize("kind", [QSlider, QWidget])
def test_that_space_pauses_elsewhere(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    assert not leaves_to_focus(pressed(Qt.Key.Key_Space), widget)


def test_that_all_other_keys_reach_the_actions(qtbot):
    box = QCheckBox()
    qtbot.addWidget(box)
    assert not leaves_to_focus(pressed(Qt.Key.Key_Period), box)
    assert not leaves_to_focus(pressed(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier), box)
    assert not leaves_to_focus(pressed(Qt.Key.Key_Space), None)

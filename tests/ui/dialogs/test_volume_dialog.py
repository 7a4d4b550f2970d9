import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QWidget

from workbench.ui.dialogs.volume_dialog import open_volume


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def dialog(qtbot, chosen):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = open_volume(window, 40, (5, 100), chosen.append)
    dialog.window_below = window
    return dialog


def test_that_keys_move_the_slider_and_each_volume_is_told_with_its_figure(qtbot, dialog, chosen):
    slider = dialog.findChild(QSlider, "sound_volume_slider")
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert chosen == [45, 100, 5]
    assert dialog.findChild(QLabel, "sound_volume_figure").text() == "5 %"


def test_that_it_has_names_for_a_screen_reader_and_leaves_the_window_free(dialog):
    slider = dialog.findChild(QSlider, "sound_volume_slider")
    assert slider.accessibleName() == "Volume"
    assert any(label.buddy() is slider for label in dialog.findChildren(QLabel))
    assert not dialog.isModal()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_that_the_button_and_escape_close_it(qtbot, dialog, how):
    with qtbot.waitSignal(dialog.destroyed):
        if how == "button":
            qtbot.mouseClick(dialog.findChild(QPushButton, "sound_volume_close"), Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

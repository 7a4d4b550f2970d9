import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.dialogs import message_boxes


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(
    ("button", "expected"), [("close_save", "save"), ("close_discard", "leave"), ("close_cancel", "")]
)
def test_that_each_answer_before_closing_does_what_it_says(qtbot, window, button, expected):
    done = []
    box = message_boxes.ask_before_closing(
        window, "The disk is full.", running=True, save=lambda: done.append("save"), leave=lambda: done.append("leave")
    )
    qtbot.mouseClick(box.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    assert "".join(done) == expected


def test_that_escape_keeps_the_window_open(qtbot, window):
    done = []
    box = message_boxes.ask_before_closing(
        window, "The disk is full.", running=False, save=lambda: done.append("save"), leave=lambda: done.append("leave")
    )
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert done == []

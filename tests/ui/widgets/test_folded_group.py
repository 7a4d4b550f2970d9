import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.folded_group import FoldedGroup


@pytest.fixture
def group(qtbot):
    group = FoldedGroup("group_fold", "What is trained")
    group.column.addWidget(QLabel("a control"))
    group.set_summary("Fashion-MNIST · 784–10", "SGD")
    group.fold_requested.connect(group.set_folded)
    group.set_palette(load_palette("light"))
    qtbot.addWidget(group)
    with qtbot.waitActive(group):
        group.show()
    return group


def fold(group, qtbot, how):
    button = group.findChild(QToolButton, "group_fold")
    if how == "click":
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        button.setFocus()
        qtbot.keyClick(button, how)


@pytest.mark.parametrize("how", ["click", Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_that_it_folds_to_its_summary_and_back(group, qtbot, how):
    assert group.body.isVisible()
    fold(group, qtbot, how)
    assert not group.body.isVisible()
    texts = [label.text() for label in group.button.findChildren(QLabel) if label.isVisible()]
    assert {"Fashion-MNIST · 784–10", "SGD"} <= set(texts)
    fold(group, qtbot, how)
    assert group.body.isVisible()
    assert "What is trained" in [label.text() for label in group.button.findChildren(QLabel)]


def test_that_a_screen_reader_hears_the_summary_and_whether_it_is_open(group):
    assert group.button.accessibleName() == "What is trained: Fashion-MNIST · 784–10"
    assert group.button.isChecked()
    group.set_folded(True)
    assert not group.button.isChecked()


def test_that_a_title_without_room_gives_way_to_a_short_one(group, qtbot):
    group.set_summary("Fashion-MNIST mini · 784–512–512–10", "SGD", "Fashion-MNIST mini · 512–512")
    group.set_folded(True)
    group.resize(500, group.height())
    title = group.button.findChildren(QLabel)[0]
    assert title.text().endswith("784–512–512–10")
    group.resize(title.fontMetrics().horizontalAdvance(title.text()) + 20, group.height())
    qtbot.waitUntil(lambda: title.text() == "Fashion-MNIST mini · 512–512")
    assert group.summary.endswith("784–512–512–10")
    assert "784–512–512–10" in group.button.accessibleName()


def test_that_setting_it_folded_asks_for_nothing(group, qtbot):
    with qtbot.assertNotEmitted(group.fold_requested):
        group.set_folded(True)


def test_that_it_is_as_high_folded_whatever_the_summary_says(group):
    group.set_folded(True)
    group.set_summary("short", "short")
    height = group.sizeHint().height()
    group.set_summary("long " * 40, "long " * 40)
    assert group.sizeHint().height() == height

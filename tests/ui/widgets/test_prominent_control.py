from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSlider

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.widgets.prominent_control import ProminentControl, ScaleNumbers


@pytest.fixture
def control(qtbot):
    control = ProminentControl(TABLE["learning_rate"])
    qtbot.addWidget(control)
    control.resize(300, control.sizeHint().height())
    with qtbot.waitActive(control):
        control.show()
    return control


def numbers(control):
    return control.findChild(ScaleNumbers)


def test_that_every_decade_is_labelled_where_the_handle_stands_for_it(control):
    slider, labels = control.findChild(QSlider, "learning_rate_slider"), numbers(control).labels()
    assert [text for text, _ in labels] == ["1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1", "1", "10"]
    control.setValue(0.01)
    middle = dict(labels)["0.01"].center().x() + numbers(control).x()
    assert abs(middle - (slider.x() + slider.column_of(slider.value()))) <= 1


@pytest.mark.parametrize("width", [120, 200, 300, 600])
def test_that_the_numbers_never_run_into_each_other(control, width):
    control.resize(width, control.height())
    boxes = [box for _, box in numbers(control).labels()]
    assert boxes
    assert all(left.right() < right.left() for left, right in pairwise(boxes))
    assert all(box.left() >= 0 and box.right() <= numbers(control).width() + 1 for box in boxes)


def test_that_a_press_on_a_number_picks_it(control, qtbot):
    box = dict(numbers(control).labels())["0.1"]
    with qtbot.waitSignal(control.value_changed):
        qtbot.mouseClick(numbers(control), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert control.value() == 0.1
    assert control.findChild(QLineEdit, "learning_rate_entry").text() == "0.1"


def test_that_slider_and_field_show_one_value(control, qtbot):
    entry, slider = control.findChild(QLineEdit, "learning_rate_entry"), control.findChild(QSlider)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert float(entry.text()) == control.value() > 1e-3
    entry.selectAll()
    qtbot.keyClicks(entry, "1e-2")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert control.value() == 0.01
    assert slider.spoken_number().text == "0.01"


def test_that_what_a_run_still_uses_stands_beside_the_value(control, qtbot):
    control.set_applied(0.001)
    control.setValue(0.05)
    qtbot.waitUntil(lambda: control.note == "now 0.001")
    note, entry = control.findChild(object, "learning_rate_note"), control.findChild(QLineEdit)
    assert note.y() < entry.y() + entry.height()
    assert note.x() >= entry.x() + entry.width()


def test_that_the_course_of_the_value_stands_beside_its_name_and_takes_no_height(control):
    trace, label = control.trace, control.findChild(object, "learning_rate_label")
    assert trace.geometry().left() > label.geometry().right()
    assert trace.width() > 60
    assert abs(trace.geometry().center().y() - label.geometry().center().y()) <= 2
    assert trace.height() <= label.height() + 2

import gc

import pytest
import shiboken6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QSlider, QVBoxLayout, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.system import accessible
from workbench.ui.system.accessible import SpokenNumber, plain_text
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import SliderScale
from workbench.ui.widgets.slider_control import SliderControl
from workbench.ui.widgets.snapping_slider import SnappingSlider
from workbench.ui.widgets.spoken_slider import SpokenPositions

TEXT = QAccessible.Text


@pytest.fixture(autouse=True)
def installed(qapp):
    accessible.install()


def spoken(widget):
    return QAccessible.queryAccessibleInterface(widget)


class Chart(QWidget):
    number = None

    def spoken_summary(self):
        return "A chart with a <line>."

    def spoken_value(self):
        return self.number


def test_that_a_slider_says_its_value_and_not_its_position(qtbot):
    slider = SnappingSlider(SliderScale(TABLE["learning_rate"]))
    qtbot.addWidget(slider)
    slider.setAccessibleName("Learning rate, slider")
    slider.show_value(0.001)
    interface = spoken(slider)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(TEXT.Name) == "Learning rate, slider"
    assert interface.text(TEXT.Value) == "0.001"
    value = interface.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (0.001, 1e-6, 10.0)


def test_that_setting_the_value_through_the_tree_sets_the_control(qtbot):
    control = SliderControl(TABLE["batch_size"])
    qtbot.addWidget(control)
    picked = []
    control.value_changed.connect(picked.append)
    value = spoken(control.findChild(QSlider)).valueInterface()
    value.setCurrentValue(100.0)
    assert control.value() == 100
    value.setCurrentValue(1e9)
    assert control.value() == 10000
    value.setCurrentValue(33.4)
    assert control.value() == 33
    assert picked == [100, 10000, 33]


def test_that_positions_that_stand_for_values_are_read_and_set_by_them(qtbot):
    slider = SpokenPositions(lambda place: place**2 / 4, lambda place: f"{place} squared")
    qtbot.addWidget(slider)
    slider.setRange(0, 20)
    slider.setValue(4)
    interface = spoken(slider)
    assert interface.text(TEXT.Value) == "4 squared"
    value = interface.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (4.0, 0.0, 100.0)
    for wanted, place in ((0.0, 0), (90.0, 19), (1000.0, 20), (-3.0, 0), (16.1, 8)):
        value.setCurrentValue(wanted)
        assert slider.value() == place


def test_that_a_chart_has_a_role_a_summary_and_the_latest_value_and_no_parts(qtbot):
    chart = Chart()
    qtbot.addWidget(chart)
    QVBoxLayout(chart).addWidget(QPushButton("inside", chart))
    chart.setAccessibleName("Loss")
    interface = spoken(chart)
    assert interface.role() == QAccessible.Role.Chart
    assert interface.text(TEXT.Name) == "Loss"
    assert interface.text(TEXT.Description) == "A chart with a <line>."
    assert interface.text(TEXT.Value) == ""
    assert interface.valueInterface().currentValue() is None
    chart.number = SpokenNumber(0.5, 0.0, 1.0, "loss 0.5")
    assert interface.text(TEXT.Value) == "loss 0.5"
    assert interface.valueInterface().currentValue() == 0.5
    assert interface.childCount() == 0


def test_that_marks_of_a_tool_tip_are_not_read_aloud_also_after_it_changed(qtbot):
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.setToolTip(plain_tool_tip("Go to <step> 3 & on.", "A long sentence " * 8))
    spoken(button)
    qtbot.waitUntil(lambda: spoken(button).text(TEXT.Description).startswith("Go to <step> 3 & on. A long"))
    button.setToolTip(plain_tool_tip("Stop."))
    assert spoken(button).text(TEXT.Description) == "Stop."


def test_that_a_description_of_its_own_stays(qtbot):
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.setToolTip(plain_tool_tip("Go there."))
    button.setAccessibleDescription("Goes.")
    spoken(button)
    qtbot.wait(10)
    assert spoken(button).text(TEXT.Description) == "Goes."


def test_that_a_text_without_marks_stays_as_it_is():
    assert plain_text("a < b & c") == "a < b & c"


def test_that_an_interface_that_is_missing_is_a_null_pointer_and_not_none(qtbot):
    # With None, PySide 6.11 ends the process when Qt asks on behalf of assistive technology.
    chart = Chart()
    qtbot.addWidget(chart)
    assert spoken(chart).interface_cast(QAccessible.InterfaceType.TableInterface) is not None
    assert spoken(chart).textInterface() is None


def test_that_nothing_is_left_of_a_widget_that_is_deleted(qtbot):
    box = QWidget()
    slider = SnappingSlider(SliderScale(TABLE["learning_rate"]), box)
    interface = spoken(slider)
    box.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(slider))
    gc.collect()
    assert not shiboken6.isValid(interface)

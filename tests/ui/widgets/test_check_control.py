import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.ui.widgets.check_control import CheckControl


@pytest.fixture
def control(qtbot):
    control = CheckControl(TABLE["nesterov"])
    qtbot.addWidget(control)
    control.show()
    return control


def test_that_a_click_and_the_space_bar_toggle_it_and_emit_once_each(qtbot, control):
    box = control.findChild(QCheckBox, "nesterov_check")
    values = []
    control.value_changed.connect(values.append)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert values == [True, False]


def test_that_set_value_shows_the_value_and_emits_changes_only(control):
    values = []
    control.value_changed.connect(values.append)
    control.setValue(True)
    control.setValue(True)
    assert values == [True]
    assert control.value() is True
    assert control.findChild(QCheckBox, "nesterov_check").isChecked()


@pytest.mark.parametrize("value", [1, 0, "on", None])
def test_that_only_yes_and_no_are_accepted(control, value):
    with pytest.raises(UsageError):
        control.setValue(value)


def test_that_it_has_the_name_and_the_help_of_its_row(control):
    box = control.findChild(QCheckBox, "nesterov_check")
    assert (control.objectName(), control.accessibleName(), box.accessibleName()) == ("nesterov", *["Nesterov"] * 2)
    assert "one momentum step ahead" in control.toolTip()
    assert "Default: off." in control.toolTip()


def test_that_a_long_name_is_elided(control):
    box = control.findChild(QCheckBox, "nesterov_check")
    box.setText("A name as long as translations sometimes are, and then some more")
    assert box.minimumSizeHint().width() < 100
    control.resize(120, 30)
    assert not control.grab().isNull()

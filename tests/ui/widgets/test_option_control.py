import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.ui.widgets.option_control import OptionControl


@pytest.fixture
def control(qtbot):
    control = OptionControl(TABLE["activation"])
    qtbot.addWidget(control)
    control.show()
    return control


def test_that_the_choices_of_the_row_are_listed_and_an_arrow_key_chooses_the_next(qtbot, control):
    combo, values = control.findChild(QComboBox, "activation_combo"), []
    control.value_changed.connect(values.append)
    assert tuple(combo.itemText(index) for index in range(combo.count())) == control.row.choices
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert (values, control.value()) == (["tanh"], "tanh")


def test_that_set_value_shows_the_value_and_other_texts_are_refused(control):
    values = []
    control.value_changed.connect(values.append)
    control.setValue("gelu")
    control.show_value("sigmoid")
    assert values == ["gelu"]
    assert control.findChild(QComboBox).currentText() == "sigmoid"
    with pytest.raises(UsageError, match="relu, tanh"):
        control.setValue("swish")

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.ui.widgets.choice_control import ChoiceControl


@pytest.fixture
def control(qtbot):
    control = ChoiceControl("optimizer", "Optimizer", OPTIMIZERS)
    qtbot.addWidget(control)
    with qtbot.waitActive(control):
        control.show()
    return control


def received(control):
    values = []
    control.value_changed.connect(values.append)
    return values


def choices(control):
    chosen = []
    control.chosen.connect(chosen.append)
    return chosen


def test_that_it_offers_the_registrys_rows_in_their_order(control):
    assert [control.itemData(index) for index in range(control.count())] == list(OPTIMIZERS.names)
    assert [control.itemText(index) for index in range(2)] == ["SGD", "Adam"]
    assert (control.objectName(), control.accessibleName(), control.value()) == ("optimizer", "Optimizer", "sgd")


def test_that_the_help_is_that_of_the_row_chosen(control):
    assert "Plain and predictable" in control.toolTip()
    control.setValue("adam")
    assert "Kingma and Ba" in control.toolTip()
    assert "Kingma and Ba" in control.accessibleDescription()
    assert "Kingma and Ba" in control.itemData(1, Qt.ItemDataRole.ToolTipRole)


def test_that_the_keyboard_chooses(qtbot, control):
    values, chosen = received(control), choices(control)
    qtbot.keyClick(control, Qt.Key.Key_Down)
    assert values == chosen == ["adam"]


def test_that_set_value_chooses_and_emits_changes_only(control):
    values, chosen = received(control), choices(control)
    control.setValue("sgd")
    control.setValue("rmsprop")
    assert values == ["rmsprop"]
    assert chosen == ["sgd", "rmsprop"]


def test_that_choosing_the_shown_row_is_emitted_too(qtbot, control):
    chosen = choices(control)
    control.showPopup()
    qtbot.keyClick(control.view(), Qt.Key.Key_Return)
    assert chosen == ["sgd"]


def test_that_showing_a_choice_neither_emits_nor_chooses(control):
    values, chosen = received(control), choices(control)
    control.show_choice("adamw")
    assert (control.value(), values, chosen) == ("adamw", [], [])
    assert "Loshchilov" in control.toolTip()


@pytest.mark.parametrize("set_name", ["setValue", "show_choice"])
def test_that_an_unknown_name_is_refused_and_changes_nothing(control, set_name):
    chosen = choices(control)
    with pytest.raises(UsageError, match="momentous"):
        getattr(control, set_name)("momentous")
    assert (control.value(), chosen) == ("sgd", [])


def test_that_the_wheel_never_changes_a_choice(control):
    control.setFocus()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(control.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, event)
    assert not event.isAccepted()
    assert control.value() == "sgd"


def test_that_a_long_label_does_not_widen_it(control):
    width = control.minimumSizeHint().width()
    control.setItemText(0, "A label as long as translations sometimes are, and then some more")
    assert control.minimumSizeHint().width() == width
    control.resize(100, 30)
    assert not control.grab().isNull()


def test_that_a_retired_row_is_shown_and_not_offered(qtbot):
    control = ChoiceControl("dataset", "Data set", DATASETS)
    qtbot.addWidget(control)
    control.show_choice("garments")
    assert control.value() == "garments"
    assert control.placeholderText() == "Garments (no longer included)"
    assert "earlier versions" in control.toolTip()
    assert control.findData("garments") == -1
    assert not control.grab().isNull()
    control.setValue("fashion-mnist")
    assert control.value() == "fashion-mnist"

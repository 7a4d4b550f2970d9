import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets import seed_control
from workbench.ui.widgets.seed_control import SeedControl


@pytest.fixture
def control(qtbot):
    control = SeedControl(TABLE["seed"])
    qtbot.addWidget(control)
    with qtbot.waitActive(control):
        control.show()
    return control


def test_that_the_random_button_sets_another_seed_of_32_bits_each_time(qtbot, control):
    dice = control.findChild(QPushButton, "seed_roll")
    values = []
    control.value_changed.connect(values.append)
    for _ in range(20):
        qtbot.mouseClick(dice, Qt.MouseButton.LeftButton)
    assert len(values) == 20
    assert all(0 <= value < 2**32 for value in values)
    assert len(set(values)) > 1
    assert control.findChild(QLineEdit, "seed_entry").text() == str(control.value())


@pytest.mark.parametrize("present", [0, 2**32 - 1])
def test_that_the_random_button_never_sets_the_same_seed_again(qtbot, control, monkeypatch, present):
    monkeypatch.setattr(seed_control.secrets, "randbits", lambda _bits: present)
    control.setValue(present)
    qtbot.mouseClick(control.findChild(QPushButton, "seed_roll"), Qt.MouseButton.LeftButton)
    assert control.value() != present
    assert 0 <= control.value() < 2**32


def test_that_the_random_button_drops_a_half_typed_text(qtbot, control, monkeypatch):
    monkeypatch.setattr(seed_control.secrets, "randbits", lambda _bits: 7)
    entry = control.findChild(QLineEdit, "seed_entry")
    qtbot.keyClicks(entry, "x")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert entry.property("invalid") is True
    qtbot.mouseClick(control.findChild(QPushButton, "seed_roll"), Qt.MouseButton.LeftButton)
    assert (entry.text(), entry.property("invalid"), control.note) == ("7", False, "")


def test_that_the_largest_seed_is_typed_and_emitted_exactly(qtbot, control):
    entry = control.findChild(QLineEdit, "seed_entry")
    entry.selectAll()
    with qtbot.waitSignal(control.value_changed) as emitted:
        qtbot.keyClicks(entry, str(2**63 - 1))
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert emitted.args == [2**63 - 1]


def test_that_the_arrow_keys_count_and_stop_at_the_ends(qtbot, control):
    entry = control.findChild(QLineEdit, "seed_entry")
    qtbot.keyClick(entry, Qt.Key.Key_Up)
    qtbot.keyClick(entry, Qt.Key.Key_PageUp)
    assert control.value() == 11
    control.setValue(0)
    qtbot.keyClick(entry, Qt.Key.Key_Down)
    assert control.value() == 0


def test_that_a_seed_out_of_range_is_refused(control):
    for value in (-1, 2**63, 1.5):
        with pytest.raises(UsageError):
            control.setValue(value)
    assert control.value() == 0


def test_that_it_is_locked_with_a_reason_and_a_lock(control):
    control.set_palette(load_palette("dark"))
    mark = control.findChild(type(control._mark), "seed_mark")
    assert mark.accessibleName() == ""
    control.set_locked(True)
    assert not control.isEnabled()
    assert "Press Stop to change it" in control.toolTip()
    assert "Locked while training" in mark.accessibleName()
    control.set_locked(False)
    assert control.isEnabled()
    assert "Press Stop" not in control.toolTip()
    assert mark.accessibleName() == ""


def test_that_both_parts_have_names_for_a_screen_reader(control):
    assert control.findChild(QLineEdit, "seed_entry").accessibleName() == "Seed"
    assert control.findChild(QPushButton, "seed_roll").accessibleName() == "Seed: pick a random number"

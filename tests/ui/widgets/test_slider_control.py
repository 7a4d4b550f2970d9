import math

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QSignalBlocker, Qt, QTranslator
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollArea, QSlider, QVBoxLayout, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.hyperparameter_control import NOTE_AFTER_MS
from workbench.ui.widgets.number_entry import JUDGED_AFTER_MS
from workbench.ui.widgets.slider_control import SliderControl

NOTCH = 120


@pytest.fixture
def control(qtbot):
    return shown(qtbot, SliderControl(TABLE["learning_rate"]))


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(300, widget.sizeHint().height())
    with qtbot.waitActive(widget):
        widget.show()
    if widget.layout() is not None:
        widget.layout().activate()  # on a busy machine the window is active before its parts have their places
    return widget


def test_that_a_zero_that_leaves_the_number_to_pytorch_says_which_it_is(qtbot):
    control = shown(qtbot, SliderControl(TABLE["threads"]))
    control.set_automatic(6)
    assert control.note == "automatic (6)"
    assert "Default: automatic (6)" in control.toolTip()
    assert parts(control)[1].text() == "0"
    control.setValue(1)
    assert control.note == ""
    control.reset()
    assert control.note == "automatic (6)"


def parts(control):
    name = control.objectName()
    return control.findChild(QSlider, f"{name}_slider"), control.findChild(QLineEdit, f"{name}_entry")


def typed(qtbot, entry, text, key=None):
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, text)
    if key is not None:
        qtbot.keyClick(entry, key)


def turn_wheel(widget, angle):
    centre = widget.rect().center()
    event = QWheelEvent(
        QPointF(centre),
        QPointF(widget.mapToGlobal(centre)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def received(signal):
    values = []
    signal.connect(values.append)
    return values


def test_that_it_is_named_after_its_row_and_begins_at_the_default(control):
    slider, entry = parts(control)
    assert control.objectName() == "learning_rate"
    assert control.value() == 0.001
    assert entry.text() == "0.001"
    assert control.accessibleName() == entry.accessibleName() == "Learning rate"
    assert slider.accessibleName() == "Learning rate, slider"
    assert slider.spoken_number().text == "0.001"
    assert control.accessibleDescription() == TABLE["learning_rate"].help
    assert "falls very slowly" in control.toolTip()
    assert "falls very slowly" in control.whatsThis()


def test_that_set_value_shows_the_value_and_emits_once(control):
    slider, entry = parts(control)
    before = slider.value()
    values = received(control.value_changed)
    control.setValue(1e-6)
    control.setValue(1e-6)
    assert values == [1e-6]
    assert entry.text() == "1e-6"
    assert slider.value() == 0 < before


def test_that_a_value_between_the_stops_is_kept_exactly(control):
    control.setValue(0.00123456789)
    _, entry = parts(control)
    assert control.value() == 0.00123456789
    assert entry.text() == "0.00123456789"


def test_that_a_value_set_with_blocked_signals_is_shown(control):
    values = received(control.value_changed)
    with QSignalBlocker(control):
        control.setValue(0.1)
    assert values == []
    assert parts(control)[1].text() == "0.1"


@pytest.mark.parametrize("value", [math.nan, math.inf, 11, 0, -1.0, True, "0.1"])
def test_that_a_value_that_the_row_does_not_allow_is_refused_and_changes_nothing(control, value):
    values = received(control.value_changed)
    with pytest.raises(UsageError):
        control.setValue(value)
    assert (control.value(), values) == (0.001, [])


def test_that_whole_numbers_stay_whole(qtbot):
    control = shown(qtbot, SliderControl(TABLE["batch_size"]))
    values = received(control.value_changed)
    control.setValue(128.0)
    qtbot.keyClick(parts(control)[0], Qt.Key.Key_Right)
    assert values == [128, 133]
    assert all(type(value) is int for value in values)


def test_that_the_handle_moved_by_the_arrow_keys_goes_from_stop_to_stop(qtbot, control):
    slider, _ = parts(control)
    values = received(control.value_changed)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(slider, key)
    assert values == [0.00106, 0.00112, 0.00106, 0.001, 0.000944]


def test_that_a_step_from_a_typed_value_goes_to_the_very_next_stop(qtbot, control):
    slider, _ = parts(control)
    control.setValue(0.0013)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert control.value() == 0.00133
    control.setValue(0.0013)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert control.value() == 0.00126


def test_that_page_keys_go_ten_stops_and_home_and_end_to_the_ends(qtbot, control):
    slider, _ = parts(control)
    keys = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home)
    values = []
    for key in keys:
        qtbot.keyClick(slider, key)
        values.append(control.value())
    assert values == [0.00178, 0.001, 10, 10, 1e-6]


def test_that_dragging_the_handle_emits_each_stop_once(qtbot, control):
    slider, entry = parts(control)
    values = received(control.value_changed)
    slider.setSliderDown(True)
    for position in range(slider.value(), slider.value() + 3000, 50):
        slider.setSliderPosition(position)
    slider.setSliderDown(False)
    assert values == sorted(set(values)) == [0.00106, 0.00112, 0.00119, 0.00126, 0.00133, 0.00141, 0.0015, 0.00158]
    assert entry.text() == "0.00158"


def test_that_a_click_beside_the_handle_goes_a_page_towards_it(qtbot, control):
    slider, _ = parts(control)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() * 9 // 10, slider.height() // 2))
    assert 0.001 < control.value() < 0.01


def test_that_assistive_technology_moves_the_slider_to_stops(control):
    slider, _ = parts(control)
    values = received(control.value_changed)
    slider.setValue(slider.maximum() - 1)
    assert values == [10]


def test_that_the_stops_of_momentum_are_hundredths_below_one(qtbot):
    control = shown(qtbot, SliderControl(TABLE["momentum"]))
    slider, _ = parts(control)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert control.value() == 0.01
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert control.value() == 0.99


def test_that_the_lowest_stop_of_weight_decay_is_off(qtbot):
    control = shown(qtbot, SliderControl(TABLE["weight_decay"]))
    slider, entry = parts(control)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert entry.text() == "1e-6"
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert (control.value(), entry.text()) == (0, "0")


def test_that_enter_applies_the_typed_text_and_writes_it_in_short_form(qtbot, control):
    _, entry = parts(control)
    values = received(control.value_changed)
    typed(qtbot, entry, "1e-2")
    assert values == []
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert values == [0.01]
    assert entry.text() == entry.selectedText() == "0.01"


def test_that_enter_tidies_a_text_that_means_the_present_value(qtbot, control):
    _, entry = parts(control)
    values = received(control.value_changed)
    typed(qtbot, entry, "10e-4", Qt.Key.Key_Enter)
    assert (entry.text(), values) == ("0.001", [])


def test_that_leaving_the_entry_applies_the_typed_text(qtbot, control):
    slider, entry = parts(control)
    typed(qtbot, entry, "0.5")
    slider.setFocus()
    assert control.value() == 0.5


def test_that_escape_restores_the_last_valid_value(qtbot, control):
    _, entry = parts(control)
    typed(qtbot, entry, "0.5", Qt.Key.Key_Escape)
    assert (entry.text(), control.value()) == ("0.001", 0.001)


@pytest.mark.parametrize("text", ["fast", "11", "nan", "1e999", "1,000", "<b>1</b>", ""])
def test_that_a_bad_text_is_marked_with_a_sentence_and_not_applied(qtbot, control, text):
    _, entry = parts(control)
    height = control.sizeHint().height()
    if text:
        typed(qtbot, entry, text, Qt.Key.Key_Return)
    else:
        typed(qtbot, entry, "x", Qt.Key.Key_Backspace)
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert entry.property("invalid") is True
    assert control.note == "1e-6 to 10"
    assert "is not a value for Learning rate" in entry.toolTip()
    assert "<b>" not in entry.toolTip()
    assert control.value() == 0.001
    assert control.sizeHint().height() == height


def test_that_the_mark_disappears_as_soon_as_the_text_is_valid_again(qtbot, control):
    _, entry = parts(control)
    typed(qtbot, entry, "0.00x", Qt.Key.Key_Return)
    entry.deselect()
    qtbot.keyClick(entry, Qt.Key.Key_Backspace)
    assert entry.property("invalid") is True  # 0.00 is below the range
    qtbot.keyClicks(entry, "5")
    assert entry.property("invalid") is False
    assert (control.note, entry.toolTip()) == ("", "")


def test_that_a_bad_text_is_marked_after_a_pause_and_not_while_typing(qtbot, control):
    _, entry = parts(control)
    typed(qtbot, entry, "1e-")
    assert not entry.property("invalid")
    qtbot.waitUntil(lambda: entry.property("invalid") is True, timeout=20 * JUDGED_AFTER_MS)


@pytest.mark.parametrize("leave", ["escape", "focus"])
def test_that_leaving_a_bad_text_restores_the_last_valid_value(qtbot, control, leave):
    slider, entry = parts(control)
    typed(qtbot, entry, "fast", Qt.Key.Key_Return)
    if leave == "escape":
        qtbot.keyClick(entry, Qt.Key.Key_Escape)
    else:
        slider.setFocus()
    assert (entry.text(), control.note, control.value()) == ("0.001", "", 0.001)
    assert entry.property("invalid") is False


def test_that_the_entrys_arrow_keys_step_from_the_typed_value(qtbot, control):
    _, entry = parts(control)
    typed(qtbot, entry, "0.1", Qt.Key.Key_Up)
    assert control.value() == 0.106
    qtbot.keyClick(entry, Qt.Key.Key_PageDown)
    assert (control.value(), entry.text()) == (0.0596, "0.0596")


def test_that_moving_the_slider_drops_a_half_typed_text(qtbot, control):
    slider, entry = parts(control)
    typed(qtbot, entry, "77")
    slider.setValue(0)
    assert (control.value(), entry.text()) == (1e-6, "1e-6")


def test_that_a_value_that_is_being_typed_can_be_applied_without_touching_the_text(qtbot, control):
    _, entry = parts(control)
    typed(qtbot, entry, "0.10")
    control.show_value(0.1)
    assert (control.value(), entry.text()) == (0.1, "0.10")
    qtbot.keyClicks(entry, "5")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert control.value() == 0.105


def test_that_the_typed_text_is_emitted_until_it_is_applied_or_dropped(qtbot, control):
    _, entry = parts(control)
    drafts = []
    control.draft_changed.connect(drafts.append)
    typed(qtbot, entry, "fast")
    assert drafts[-1] == "fast"
    qtbot.keyClick(entry, Qt.Key.Key_Escape)
    assert drafts[-1] == ""
    typed(qtbot, entry, "0.5", Qt.Key.Key_Return)
    assert drafts[-1] == ""


@pytest.mark.parametrize("part", [0, 1])
def test_that_the_wheel_steps_only_the_widget_with_the_focus(control, part):
    widget, other = parts(control) if part == 0 else reversed(parts(control))
    other.setFocus()
    assert not turn_wheel(widget, NOTCH)
    assert control.value() == 0.001
    widget.setFocus()
    assert turn_wheel(widget, NOTCH)
    assert control.value() == 0.00106
    assert turn_wheel(widget, -2 * NOTCH)
    assert control.value() == 0.000944


def test_that_small_turns_of_a_touchpad_add_up_to_a_step(control):
    slider, _ = parts(control)
    slider.setFocus()
    for _ in range(7):
        turn_wheel(slider, NOTCH // 8)
    assert control.value() == 0.001
    turn_wheel(slider, NOTCH // 8)
    assert control.value() == 0.00106


def test_that_the_wheel_over_a_slider_scrolls_the_panel_it_stands_in(qtbot):
    column = QWidget()
    layout = QVBoxLayout(column)
    controls = [SliderControl(TABLE[name]) for name in ("learning_rate", "batch_size", "epochs")]
    for control in controls:
        layout.addWidget(control)
    area = QScrollArea()
    area.setWidget(column)
    area.setFixedHeight(90)
    shown(qtbot, area)
    area.setFocus()
    slider, _ = parts(controls[0])
    # Through the window, as the system sends it: an event sent to a widget does not go on to its parents.
    place = slider.mapTo(area, slider.rect().center())
    QTest.wheelEvent(area.windowHandle(), QPointF(place), QPoint(0, -NOTCH))
    assert area.verticalScrollBar().value() > 0
    assert [control.value() for control in controls] == [0.001, 64, 10]


def test_that_a_double_click_on_the_name_returns_to_the_default(qtbot, control):
    label = control.findChild(QWidget, "learning_rate_label")
    control.setValue(0.5)
    centre = label.mapTo(control, label.rect().center())
    qtbot.mouseDClick(control, Qt.MouseButton.LeftButton, pos=centre)
    assert control.value() == 0.001


def test_that_the_menu_returns_to_the_optimizers_own_default(qtbot):
    control = shown(qtbot, SliderControl(TABLE["weight_decay"]))
    control.set_default(0.01)
    assert control.value() == 0
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), control.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(control, event)
    menu = control.findChild(QMenu, "weight_decay_menu")
    (action,) = menu.actions()
    assert action.text() == "Reset to 0.01"
    action.trigger()
    menu.close()
    assert control.value() == 0.01


def test_that_a_live_row_is_marked_and_lights_up_during_a_run(control):
    palette = load_palette("light")
    control.set_palette(palette)
    mark = control.findChild(QWidget, "learning_rate_mark")
    idle = mark.grab().toImage()
    assert mark.accessibleName() == "Applies while training: from the next batch."
    assert "from the next batch" in mark.toolTip()
    control.set_applied(0.001)
    assert mark.grab().toImage() != idle


def test_that_a_value_not_applied_yet_shows_the_applied_one(qtbot, control):
    control.set_applied(0.001)
    control.setValue(0.01)
    assert control.note == ""  # most changes are applied before the user could read a note
    qtbot.waitUntil(lambda: control.note == "now 0.001", timeout=20 * NOTE_AFTER_MS)
    control.set_applied(0.005)
    assert control.note == "now 0.005"
    control.set_applied(0.01)
    assert control.note == ""


def test_that_a_change_applied_at_once_leaves_no_note(qtbot, control):
    control.set_applied(0.001)
    control.setValue(0.01)
    control.set_applied(0.01)
    qtbot.wait(2 * NOTE_AFTER_MS)
    assert control.note == ""


def test_that_a_bad_text_is_shown_rather_than_a_pending_value(qtbot, control):
    _, entry = parts(control)
    control.set_applied(0.001)
    control.setValue(0.01)
    typed(qtbot, entry, "fast", Qt.Key.Key_Return)
    assert control.note == "1e-6 to 10"
    qtbot.keyClick(entry, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: control.note == "now 0.001", timeout=20 * NOTE_AFTER_MS)


def test_that_the_tab_key_goes_from_the_slider_to_the_entry(qtbot, control):
    slider, entry = parts(control)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is entry
    assert control.focus_chain() == [slider, entry]


def test_that_texts_of_the_common_control_are_translated_in_its_context(qtbot, request):
    class Translator(QTranslator):
        def isEmpty(self):  # noqa: N802
            return False

        def translate(self, context, text, _disambiguation=None, _n=-1):
            return {("HyperparameterControl", "now {value}"): "현재 {value}"}.get((context, text))

    translator = Translator()
    QCoreApplication.installTranslator(translator)
    request.addfinalizer(lambda: QCoreApplication.removeTranslator(translator))
    control = shown(qtbot, SliderControl(TABLE["learning_rate"]))
    control.set_applied(0.5)
    qtbot.waitUntil(lambda: control.note == "현재 0.5", timeout=20 * NOTE_AFTER_MS)

"""The part of the run that the curves show, and where the keyboard begins."""

from PySide6.QtCore import Qt


def test_that_the_menu_changes_what_the_buttons_above_the_curves_change(person):
    person.train(epochs=1)
    plot, button, action = person.find("loss_plot"), person.find("log_y"), person.action("log_loss")
    person.press("log_loss")
    assert plot.is_log
    assert button.isChecked()
    button.click()
    assert not plot.is_log
    assert not action.isChecked()
    plot.set_x_range(2.0, 5.0)
    plot.moved_by_hand.emit()
    person.press("whole_run")
    assert plot.ranges[0][0] <= 0.0


def test_that_a_space_before_the_first_run_presses_no_control(person):
    person.wait_until_ready()
    assert person.window.focusWidget() in (None, person.window)
    person.qtbot.keyClick(person.window, Qt.Key.Key_Space)
    assert not person.window._parts.settings_folds.is_column_folded

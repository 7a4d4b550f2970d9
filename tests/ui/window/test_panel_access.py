"""Keys bring panels to the front, and Tab goes through the window area by area."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QWidget

from workbench.app import create_window
from workbench.ui.window.focus_ring import DRAWS_ITS_OWN, FocusRing
from workbench.ui.window.main_window import MainWindow
from workbench.ui.window.tab_order import areas_of, by_rows, is_seen
from workbench.ui.window.workspaces import TRAIN, UNDERSTAND, WORKSPACES, panels_of

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot, monkeypatch):
    monkeypatch.setattr(MainWindow, "start", lambda _: None)  # nothing is trained here
    window = create_window([])
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.wait(50)
    yield window
    window.leave()
    window.deleteLater()


def press(window, qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifiers)
    qtbot.wait(30)


def dock(window, key):
    return window.findChild(QDockWidget, f"{key}_dock")


def has_keyboard(panel):
    focus = QApplication.focusWidget()
    return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def trigger(window, qtbot, key):
    window.findChild(QAction, key).trigger()
    qtbot.wait(50)


def test_that_every_panel_has_a_key_that_shows_and_focuses_it(window, qtbot):
    for action in window.findChildren(QAction):
        if not action.objectName().startswith("show_"):
            continue
        panel = dock(window, action.objectName().removeprefix("show_").removesuffix("_dock"))
        letter = action.shortcut().toString()[-1]
        for _ in range(2):  # the second time it stays
            press(window, qtbot, getattr(Qt.Key, f"Key_{letter}"), ALT_SHIFT)
            assert is_seen(panel), panel.objectName()
            assert has_keyboard(panel), panel.objectName()
        assert action.isChecked()


def test_that_the_menu_brings_a_panel_to_the_front_before_it_hides_it(window, qtbot):
    runs = dock(window, "runs")
    assert not is_seen(runs)
    trigger(window, qtbot, "show_runs_dock")
    assert is_seen(runs)
    assert window.findChild(QAction, "show_runs_dock").isChecked()
    trigger(window, qtbot, "show_runs_dock")
    assert runs.isHidden()
    assert not window.findChild(QAction, "show_runs_dock").isChecked()


def test_that_a_panel_of_another_workspace_is_shown_where_it_belongs(window, qtbot):
    press(window, qtbot, Qt.Key.Key_G, ALT_SHIFT)
    assert has_keyboard(dock(window, "gallery"))
    assert window.findChild(QAction, "workspace_understand").isChecked()
    press(window, qtbot, Qt.Key.Key_S, ALT_SHIFT)
    assert window.findChild(QAction, "workspace_understand").isChecked()
    assert has_keyboard(dock(window, "controls"))


def test_that_ctrl_tab_goes_through_all_panels_and_back(window, qtbot):
    control = Qt.KeyboardModifier.ControlModifier
    window.setFocus()
    seen = []
    for _ in range(len(panels_of(TRAIN)) + 3):
        press(window, qtbot, Qt.Key.Key_Tab, control)
        panel = QApplication.focusWidget()
        while not isinstance(panel, QDockWidget) and panel is not window.centralWidget() and panel is not window:
            panel = panel.parentWidget()
        seen.append(panel.objectName())
    assert {"controls_dock", *(f"{key}_dock" for key in panels_of(TRAIN))} <= set(seen)
    assert seen[:3] == ["controls_dock", "", "log_dock"]
    for name in reversed(seen[:-1]):
        press(window, qtbot, Qt.Key.Key_Backtab, control | Qt.KeyboardModifier.ShiftModifier)
        assert name == "" or has_keyboard(window.findChild(QDockWidget, name))


def test_that_f6_goes_through_the_areas(window, qtbot):
    window.setFocus()
    visited = []
    for _ in range(len(areas_of(window)) + 1):
        press(window, qtbot, Qt.Key.Key_F6)
        visited.append([index for index, area in enumerate(areas_of(window)) if has_keyboard(area.panel)])
    assert visited[0] == [0]
    assert visited[1] == [1]
    assert visited[2] == [2]
    assert len({tuple(each) for each in visited}) >= 4
    at = visited[-1]
    press(window, qtbot, Qt.Key.Key_F6)
    press(window, qtbot, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert [index for index, area in enumerate(areas_of(window)) if has_keyboard(area.panel)] == at


def test_that_f6_goes_to_panels_that_have_nothing_to_operate_before_the_first_run(window, qtbot):
    trigger(window, qtbot, f"workspace_{UNDERSTAND.key}")
    for group in UNDERSTAND.groups:
        press(window, qtbot, Qt.Key.Key_F6)
        assert any(has_keyboard(dock(window, key)) for key in group), group
    for each in window.findChildren(QDockWidget):
        each.close()
    before = QApplication.focusWidget()
    press(window, qtbot, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is before


def walk(window, qtbot, key=Qt.Key.Key_Tab):
    window.setFocus()
    visited = []
    for _ in range(300):
        press_quickly(window, qtbot, key)
        focus = QApplication.focusWidget()
        if focus in visited:
            return visited
        assert ring(window).target is focus or isinstance(focus, DRAWS_ITS_OWN), f"{focus} has no ring"
        assert ring(window).isVisible() is not isinstance(focus, DRAWS_ITS_OWN)
        visited.append(focus)
    raise AssertionError("Tab does not come back")


def press_quickly(window, qtbot, key):
    qtbot.keyClick(QApplication.focusWidget() or window, key)


def test_that_tab_goes_area_by_area_and_a_tab_bar_comes_before_its_panel(window, qtbot):
    for workspace in WORKSPACES:
        trigger(window, qtbot, f"workspace_{workspace.key}")
        visited = walk(window, qtbot)
        areas = areas_of(window)
        places = [
            next(index for index, area in enumerate(areas) if widget is area.tabs or area.panel.isAncestorOf(widget))
            for widget in visited
        ]
        assert places == sorted(places), workspace.key
        for area in areas:
            if area.tabs is not None:
                inside = [index for index, widget in enumerate(visited) if area.panel.isAncestorOf(widget)]
                assert visited.index(area.tabs) < min(inside, default=len(visited)), workspace.key
        backwards = walk(window, qtbot, Qt.Key.Key_Backtab)
        assert backwards == visited[::-1], workspace.key


def test_that_rows_are_read_from_left_to_right_although_their_tops_differ(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    low, high, tall, next_row = (QWidget(box) for _ in range(4))
    low.setGeometry(100, 4, 50, 20)
    high.setGeometry(10, 8, 50, 20)
    tall.setGeometry(0, 40, 50, 200)
    next_row.setGeometry(60, 50, 50, 20)
    assert by_rows(box, [tall, low, next_row, high]) == [high, low, tall, next_row]


def ring(window):
    return window.findChild(FocusRing)


def test_that_a_ring_shows_where_tab_has_led_and_goes_with_the_mouse(window, qtbot):
    for widget in walk(window, qtbot):
        if widget.objectName() == "learning_rate_slider":
            break
    slider = window.findChild(QWidget, "learning_rate_slider")
    slider.setFocus()
    press(window, qtbot, Qt.Key.Key_Tab)
    press(window, qtbot, Qt.Key.Key_Backtab)
    assert ring(window).target is slider
    assert ring(window).isVisible()
    place = slider.mapTo(window, QPoint(0, 0))
    assert ring(window).geometry().contains(place)
    # What is painted below is seen through it.
    assert not ring(window).mask().contains(slider.rect().center())
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton)
    assert ring(window).isHidden()


def test_that_the_ring_follows_the_chosen_tab_and_goes_when_its_panel_is_hidden(window, qtbot):
    window.setFocus()
    bar = next(area.tabs for area in areas_of(window) if area.tabs is not None)
    while QApplication.focusWidget() is not bar:
        press_quickly(window, qtbot, Qt.Key.Key_Tab)
    assert isinstance(bar, QTabBar)
    before = ring(window).geometry()
    assert before.width() < bar.width()
    press(window, qtbot, Qt.Key.Key_Right)
    assert ring(window).geometry() != before
    bar.hide()
    assert ring(window).isHidden()


def test_that_fields_have_no_second_ring(window, qtbot):
    entry = window.findChild(QWidget, "learning_rate_entry")
    window.findChild(QWidget, "learning_rate_slider").setFocus()
    press(window, qtbot, Qt.Key.Key_Tab)
    assert entry.hasFocus()
    assert ring(window).isHidden()


def test_that_the_ring_lets_the_mouse_through(window):
    assert ring(window).testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_that_understand_can_be_walked_while_it_has_nothing_to_show(window, qtbot):
    trigger(window, qtbot, f"workspace_{UNDERSTAND.key}")
    assert walk(window, qtbot)


def test_that_the_keyboard_goes_on_into_a_panel_that_was_blank_when_its_key_was_pressed(window, qtbot):
    press(window, qtbot, Qt.Key.Key_H, ALT_SHIFT)
    checks = dock(window, "checks").widget()
    qtbot.waitUntil(lambda: checks.is_seen)
    assert checks.isAncestorOf(QApplication.focusWidget())

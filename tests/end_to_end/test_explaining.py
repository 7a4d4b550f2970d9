"""Explain this, in the real window: what a click or the focus stands for, with the value that is shown."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLabel,
    QMenu,
    QMenuBar,
    QProgressBar,
    QSlider,
    QTabBar,
    QWidget,
)

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.ui.help.explaining.action_texts import explain_action
from workbench.ui.help.explaining.panel_texts import panel_help
from workbench.ui.models.session_state import SessionState
from workbench.ui.text.numbers import value_in_words


def deepest(widget, position):
    """The widget that gets a click at a position, and the position in it."""
    while (child := widget.childAt(position)) is not None:
        position = child.mapFrom(widget, position)
        widget = child
    return widget, position


def click(person, name, position=None):
    """Click as the mouse does: on the innermost widget there, whether it is enabled or not."""
    widget = person.find(name)
    target, place = deepest(widget, widget.rect().center() if position is None else position)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def said(person):
    return person.find("callout").text


@pytest.fixture
def explaining(person):
    person.press("explain_this")
    yield person
    person.window.findChild(QWidget, "callout").closed.emit()


def test_that_a_click_explains_a_control_with_its_value_and_does_not_press_it(explaining):
    explaining.set(learning_rate=0.05)
    click(explaining, "learning_rate")
    assert said(explaining).startswith("Learning rate 0.05\n")
    before = explaining.control("guard").value()
    click(explaining, "guard")
    assert said(explaining).startswith("Divergence guard on")
    assert explaining.control("guard").value() is before


def test_that_a_click_on_train_explains_it_and_trains_nothing(explaining):
    click(explaining, "learning_rate")
    click(explaining, "train_button")
    assert said(explaining).startswith("Train\nStart a new run")
    assert explaining.find("callout_title", QLabel).text() == "Train"
    assert explaining.window.state is SessionState.READY


def test_that_the_pointer_is_a_question_mark_until_escape(explaining):
    assert QApplication.overrideCursor().shape() is Qt.CursorShape.WhatsThisCursor
    assert explaining.action("explain_this").isChecked()
    click(explaining, "learning_rate")
    QTest.keyClick(explaining.window, Qt.Key.Key_Escape)
    assert QApplication.overrideCursor() is None
    assert said(explaining) == ""
    assert not explaining.action("explain_this").isChecked()
    explaining.control("guard").findChild(QCheckBox).click()
    assert explaining.control("guard").value() is False
    assert explaining.find("callout").isHidden()


def test_that_every_setting_that_is_shown_is_found_by_a_click(explaining):
    found, threads = {}, explaining.window._parts.run_settings.automatic_threads
    for name in (*TABLE, *REGISTRIES):
        control = explaining.control(name)
        if not control.isVisibleTo(explaining.window):
            continue  # belongs to another optimizer, schedule or data set
        click(explaining, name)
        value = control.value()
        text = value_in_words(TABLE[name], value, threads) if name in TABLE else control.currentText()
        assert text in said(explaining).splitlines()[0], name
        found[said(explaining)] = name
    assert {"learning_rate", "batch_size", *REGISTRIES} <= set(found.values()), "what is said of each is another text"


def test_that_every_action_has_an_explanation(person):
    for action in person.window.findChildren(QAction):
        if action.objectName() and not action.isSeparator() and action.statusTip():
            explained = explain_action(action)
            assert action.text().replace("&", "").rstrip("…") in explained.title
            assert explained.sentences[0].endswith(".") or ":" in explained.sentences[0]
            assert ("Now" in dict(explained.facts)) != action.isEnabled()


def test_that_every_panel_has_an_explanation(person):
    for row in person.window._parts.panels.rows:
        assert panel_help(row.key).endswith("."), f"the panel {row.key} has no explanation in panel_texts"
        explained = person.window._parts.explain_mode._finder.explain_panel(row.key)
        assert explained.title
        assert row.title in ("", explained.title)


def test_that_a_tab_explains_its_panel_and_does_not_come_to_the_front(explaining):
    dock = explaining.find("journal_dock", QDockWidget)
    bar = next(
        bar
        for bar in explaining.window.findChildren(QTabBar)
        if bar.isVisible() and dock.windowTitle() in [bar.tabText(place) for place in range(bar.count())]
    )
    place = [bar.tabText(place) for place in range(bar.count())].index(dock.windowTitle())
    front = bar.currentIndex()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar.tabRect(place).center())
    assert said(explaining).startswith("Journal\nEvery change")
    assert bar.currentIndex() == front


def test_that_an_entry_of_a_menu_is_explained_and_not_chosen(explaining):
    menu = next(menu for menu in explaining.window.findChildren(QMenu) if explaining.action("undo") in menu.actions())
    menu.popup(explaining.window.mapToGlobal(QPoint(60, 30)))
    place = menu.actionGeometry(explaining.action("reset_controls")).center()
    explaining.set(learning_rate=0.05)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert said(explaining).startswith("Reset settings\n")
    assert explaining.control("learning_rate").value() == 0.05
    assert menu.isHidden()
    assert explaining.window.findChild(QMenuBar).isVisible()


def test_that_the_focus_is_explained_and_gets_the_keyboard_back(person):
    entry = person.control("batch_size").focus_chain()[0]
    person.window.activateWindow()
    entry.setFocus()
    person.press("explain_focus")
    assert said(person).startswith("Batch size 64\n")
    callout = person.find("callout")
    QTest.keyClick(callout, Qt.Key.Key_Escape)
    assert callout.isHidden()
    assert person.window.focusWidget() is entry


def test_that_a_run_trains_on_while_it_is_explained_and_the_card_keeps_up(explaining):
    explaining.set(epochs=400, learning_rate=0.05)
    explaining.press("train")
    explaining.wait_until_training()
    explaining.wait_for(lambda: len(explaining.window.history) > 5)
    click(explaining, "learning_rate")
    explaining.wait_for(lambda: "The update at step" in said(explaining))
    assert explaining.window.state is SessionState.TRAINING
    reached = len(explaining.window.history)
    explaining.set(learning_rate=0.02)
    explaining.wait_for(lambda: "0.05 → 0.02 at step" in said(explaining))
    assert said(explaining).startswith("Learning rate 0.02\n")
    explaining.wait_for(lambda: len(explaining.window.history) > reached)
    explaining.press("stop")
    explaining.wait_until_ready()


def test_that_a_click_on_a_curve_and_on_its_legend_explains_its_value(explaining):
    explaining.set(epochs=3)
    explaining.press("train")
    explaining.wait_until_ready()
    stack = explaining.window._parts.panels.plots.stack
    plot = stack.plots[0]
    view = plot.canvas.view
    found = None
    for row in range(0, plot.viewport().height(), 3):
        place = QPoint(round(plot.axis_width + view.width / view.ratio * 0.4), row)
        found = stack.found.at(plot, place) or found
        if found is not None:
            break
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert "at step" in said(explaining).splitlines()[0] or "after step" in said(explaining).splitlines()[0]
    click(explaining, "show_test_accuracy")
    accuracy = explaining.window.history.evaluations[-1].metric
    assert f"{100 * accuracy:.1f} %" in said(explaining).splitlines()[0]


def test_that_every_button_figure_and_field_that_is_seen_says_something(explaining):
    kinds = (QAbstractButton, QComboBox, QSlider, QProgressBar)
    silent = []
    for workspace in ("train", "understand", "compare"):
        explaining.press(f"workspace_{workspace}")
        for kind in kinds:
            for widget in explaining.window.findChildren(kind):
                if widget.isVisible() and widget.objectName() and not widget.visibleRegion().isEmpty():
                    subject = explaining.window._parts.explain_mode._finder.subject_at(widget, widget.rect().center())
                    if subject is None or not subject().text:
                        silent.append(widget.objectName())
    assert not silent


def test_that_the_first_entry_of_every_list_and_table_is_explained_with_its_text(explaining):
    explaining.set(epochs=2)
    explaining.press("train")
    explaining.wait_until_ready()
    explained = set()
    for workspace in ("train", "understand", "compare"):
        explaining.press(f"workspace_{workspace}")
        explaining.qtbot.wait(300)
        for view in explaining.window.findChildren(QAbstractItemView):
            if isinstance(view, QHeaderView):
                continue
            index = None if view.model() is None else view.model().index(0, 0)
            if index is None or not index.isValid() or view.visibleRegion().isEmpty():
                continue
            place = view.visualRect(index).center()
            finder = explaining.window._parts.explain_mode._finder
            said = finder.subject_at(view.viewport(), place)().text
            text = index.data(Qt.ItemDataRole.DisplayRole) or index.data(Qt.ItemDataRole.AccessibleTextRole) or ""
            assert str(text).splitlines()[0][:20] in said
            explained.add(view.objectName())
    assert {"gallery_list", "runs_table"} & explained


def test_that_the_large_figures_are_explained_with_their_value(explaining):
    explaining.set(epochs=1)
    explaining.press("train")
    explaining.wait_until_ready()
    finder = explaining.window._parts.explain_mode._finder
    figure = explaining.find("figure_test")
    said = finder.subject_at(figure, figure.rect().center())().text
    assert f"{100 * explaining.window.history.evaluations[-1].metric:.1f}" in said
    assert "last test" in said

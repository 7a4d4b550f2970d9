"""The settings fold: what is trained to a line, the whole column to a rail."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication


def width(person):
    return person.find("controls").width()


def test_that_what_is_trained_folds_when_the_first_run_starts_and_unfolds_by_a_click(person):
    assert person.find("dataset").isVisible()
    person.train(epochs=1)
    assert not person.find("dataset").isVisible()
    assert "784–512–512–10" in person.find("trained_fold").accessibleName()
    person.click("trained_fold")
    assert person.find("dataset").isVisible()
    person.train(epochs=1)
    assert person.find("dataset").isVisible()


def test_that_the_column_folds_to_a_rail_gives_the_curves_the_room_and_comes_back_as_wide(person):
    before, plots = width(person), person.find("plots").width()
    person.press("fold_settings")
    person.wait_for(lambda: width(person) < 60)
    person.wait_for(lambda: person.find("plots").width() > plots + 200)
    person.click("unfold_column")
    person.wait_for(lambda: width(person) == before)


def test_that_the_rail_leads_to_the_learning_rate(person):
    person.click("fold_column")
    person.wait_for(lambda: width(person) < 60)
    person.click("rail_learning_rate")
    person.wait_for(lambda: person.find("learning_rate_slider").isVisible())
    assert QApplication.focusWidget() in (person.find("learning_rate_slider"), None)
    person.qtbot.keyClick(person.find("learning_rate_slider"), Qt.Key.Key_Right)
    assert person.control("learning_rate").value() > 0.001


def test_that_the_folds_are_there_again_in_the_next_window(person, open_window, tiny_root):
    person.train(epochs=1)
    person.press("fold_settings")
    person.wait_for(lambda: width(person) < 60)
    person.window.close()
    later = open_window("--data-root", tiny_root)
    later.wait_for(lambda: width(later) < 60)
    assert later.action("fold_settings").isChecked()
    later.press("fold_settings")
    later.wait_for(lambda: width(later) > 300)
    assert not later.find("dataset").isVisible()


def test_that_the_tip_of_a_button_never_covers_the_figures_of_the_status_bar(person):
    person.begin(epochs=50)
    QApplication.sendEvent(person.find("stop_button"), QStatusTipEvent("End the run after the current batch."))
    assert person.window.statusBar().currentMessage() == ""
    assert person.find("status_state").isVisible()

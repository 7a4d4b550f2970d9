"""Sentences that scroll where there is little room."""

import math

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from workbench.ui.widgets.scrolled_text import ScrolledText

LONG = "A tile is the weights of one unit. " * 12


@pytest.fixture
def text(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    text = ScrolledText("reading", 3, window)
    column = QVBoxLayout(window)
    column.addWidget(text)
    column.addWidget(QWidget(window), 1)
    window.resize(240, 300)
    window.show()
    qtbot.waitExposed(window)
    text.window_of_test = window
    return text


def height_of(lines, text):
    return lines * math.ceil(QFontMetricsF(text.widget().font()).lineSpacing())


def test_that_a_short_text_takes_the_height_of_its_lines_and_does_not_scroll(text, qtbot):
    text.setText("Short.")
    qtbot.wait(20)
    assert text.height() == pytest.approx(height_of(1, text), abs=2)
    assert text.verticalScrollBar().maximum() == 0


def test_that_a_long_text_shows_whole_lines_and_scrolls_to_its_end(text, qtbot):
    text.setText(LONG)
    qtbot.wait(20)
    assert text.height() == pytest.approx(height_of(3, text), abs=1)
    assert text.verticalScrollBar().maximum() >= height_of(1, text)
    text.verticalScrollBar().setValue(20)
    text.setText(LONG + "More.")
    assert text.verticalScrollBar().value() == 0
    text.set_lines(5)
    qtbot.wait(20)
    assert text.height() == pytest.approx(height_of(5, text), abs=1)


def test_that_a_text_that_grows_into_its_lines_has_no_scroll_bar_that_makes_it_longer(text, qtbot):
    text.setText("Short.")
    qtbot.wait(20)
    words = "Short."
    while text.widget().heightForWidth(text.width()) < height_of(3, text):
        words += " word"
        text.widget().setText(words)
    text.setText(words + ".")
    qtbot.wait(20)
    assert not text.verticalScrollBar().isVisible()
    assert text.height() == pytest.approx(height_of(3, text), abs=1)


def test_that_the_text_is_a_label_of_the_given_name(text):
    text.setText("Read this.")
    assert text.window_of_test.findChild(QLabel, "reading").text() == text.text() == "Read this."
    text.setText("")
    assert text.isHidden()

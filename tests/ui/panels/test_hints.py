"""The hint strip."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QRegion
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QToolTip, QWidget

from workbench.engine.analysis.hint import AddMoreEpochs, Hint, HintKind, ShowClass
from workbench.ui.panels.hints import HintStrip
from workbench.ui.style.palette import load_palette

FALLING = Hint(
    HintKind.STILL_FALLING, {"first": 0.52, "last": 0.5, "fall": 0.04, "steps": 1876}, AddMoreEpochs(3), cause=3
)
MISSING = Hint(HintKind.MISSING_CLASS, {"label": 0, "samples": 10, "taken_for": 1, "count": 1}, ShowClass(0, 1))


@pytest.fixture
def strip(qtbot):
    strip = HintStrip()
    qtbot.addWidget(strip)
    strip.set_palette(load_palette("dark"))
    strip.resize(900, strip.sizeHint().height())
    strip.show()
    return strip


def test_that_the_sentence_the_numbers_and_the_button_are_shown(strip):
    strip.show_hint(FALLING, (), can_act=True)
    expected = "The loss still falls by 4 % an epoch: more epochs may help. Based on the last 1,876 steps: 0.52 → 0.5."
    assert strip.text == expected
    assert strip.accessibleDescription() == expected
    assert strip.findChild(QPushButton).text() == "Add 3 epochs"
    assert strip.findChild(QToolButton).isVisible()


def test_that_its_height_is_the_same_with_and_without_a_hint(strip):
    strip.show_text("Nothing stands out.")
    without = strip.sizeHint().height()
    assert not strip.findChild(QPushButton).isVisible()
    strip.show_hint(FALLING, (), can_act=True)
    assert strip.sizeHint().height() == without


def test_that_its_buttons_say_which_hint_they_are_about(strip, qtbot):
    strip.show_hint(FALLING, (), can_act=True)
    with qtbot.waitSignal(strip.suggestion_requested) as wanted:
        qtbot.mouseClick(strip.findChild(QPushButton), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.dismissed) as dismissed:
        qtbot.keyClick(strip.findChild(QToolButton), Qt.Key.Key_Space)
    assert wanted.args == dismissed.args == [FALLING]


def test_that_names_of_classes_are_plain_text(strip):
    strip.show_hint(MISSING, ("<b>a</b> & {x}", "b"), can_act=True)
    assert strip.text.startswith("No test sample is predicted as <b>a</b> & {x}.")
    line = strip.findChild(type(strip._line), "hint_text")
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), line.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(line, event)
    assert "&lt;b&gt;a&lt;/b&gt;" in QToolTip.text()


def test_that_the_sentence_is_drawn_in_the_colour_of_text_and_the_numbers_in_a_weaker_one(strip):
    strip.show_hint(FALLING, (), can_act=True)
    image = QImage(strip._line.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    strip._line.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
    middle = strip._line.fontMetrics().horizontalAdvance("The loss still falls by 4 % an epoch: more epochs may help.")
    palette = load_palette("dark")
    assert brightest(image, 0, middle) == pytest.approx(palette.text.lightness(), abs=12)
    assert brightest(image, middle + 10, image.width()) == pytest.approx(palette.text_muted.lightness(), abs=12)


def brightest(image, left, right):
    return max(QColor(image.pixel(x, y)).lightness() for x in range(left, right) for y in range(image.height()))


def test_that_a_narrow_strip_cuts_the_numbers_first(strip):
    strip.show_hint(FALLING, (), can_act=True)
    strip.resize(320, strip.height())
    assert strip.minimumSizeHint().width() <= 320
    assert not strip.grab().isNull()

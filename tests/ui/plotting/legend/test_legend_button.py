from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui.plotting.legend.legend_button import LegendButton, Swatch
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette


@pytest.fixture
def make(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(swatch=Swatch.POINTS, text="Test"):
        button = LegendButton("show_test", text, swatch, PlotColours.of(load_palette("light")), parent)
        button.resize(button.sizeHint())
        parent.show()
        return button

    return make


def test_that_every_trace_has_a_swatch_of_its_own(make):
    pictures = [make(swatch).grab().toImage() for swatch in Swatch]
    assert all(one != other for index, one in enumerate(pictures) for other in pictures[index + 1 :])


def test_that_it_looks_different_when_switched_off(make):
    button = make()
    on = button.grab().toImage()
    button.click()
    assert not button.isChecked()
    assert button.grab().toImage() != on


def test_that_the_keyboard_switches_it_and_shows_where_it_is(make, qtbot):
    button = make()
    idle = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != idle
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isChecked()


def test_that_its_text_is_plain_and_never_cut(make):
    assert make(text="<b>x</b>").sizeHint().width() > make(text="x").sizeHint().width() + 20
    button = make(text="Training loss")
    assert button.minimumSizeHint() == button.sizeHint()


def test_that_another_theme_recolours_it(make):
    button = make()
    light = button.grab().toImage()
    button.set_colours(PlotColours.of(load_palette("dark")))
    assert button.grab().toImage() != light

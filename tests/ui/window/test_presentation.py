"""The bar of the presentation: as large as the screen has room for, and never wider."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolButton

from tests.ui.clipped_text import cut_texts
from tests.ui.usual_look import use_usual_look
from workbench.ui.actions.qactions import create_actions, tint_icons
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.style.theme import Theme
from workbench.ui.style.zoom import STEPS
from workbench.ui.text.translation import install_translations
from workbench.ui.window.presentation import PresentationBar

SMALLEST_SCREEN = 1024


@pytest.fixture
def present(qtbot, qapp):
    """Shows the bar at a zoom, in a window of a width."""

    def present(percent, width, language="en"):
        install_translations(qapp, language)
        theme = Theme("light")
        theme.set_zoom(percent)
        theme.apply(qapp)
        window = QMainWindow()
        qtbot.addWidget(window)
        actions = create_actions(window)
        tint_icons(actions, theme.palette, resume=False)
        bar = PresentationBar(actions, SettingsModel(window), window)
        bar.set_on(True)
        window.resize(width, 300)
        window.show()
        settle()
        return window, bar

    yield present
    use_usual_look(qapp)


def settle():
    for _ in range(5):
        QApplication.processEvents()


def letters(bar):
    return bar.findChild(QLabel, "presentation_rate_value").font().pointSizeF()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("percent", STEPS)
def test_that_all_of_it_is_seen_on_the_smallest_screen_at_every_zoom(present, percent, language):
    window, bar = present(percent, SMALLEST_SCREEN, language)
    assert window.width() == SMALLEST_SCREEN
    assert window.minimumSizeHint().width() <= SMALLEST_SCREEN
    assert cut_texts(window) == []
    shown = [each for kind in (QToolButton, QLabel) for each in bar.findChildren(kind) if each.isVisible()]
    assert len(shown) == 6
    assert all(bar.rect().contains(each.mapTo(bar, each.rect().bottomRight())) for each in shown)


def test_that_it_is_larger_than_the_window_where_the_screen_has_room(present, qapp):
    _, bar = present(100, 1280)
    assert letters(bar) >= 1.5 * qapp.font().pointSizeF()
    assert bar.findChild(QToolButton, "presentation_train").text()


def test_that_it_grows_and_shrinks_with_the_screen(present):
    window, bar = present(150, 2400)
    large = letters(bar)
    window.resize(SMALLEST_SCREEN, 300)
    settle()
    assert letters(bar) < large
    window.resize(2400, 300)
    settle()
    assert letters(bar) == large

"""The window's texts go through Qt's translation."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QKeySequence

from workbench.engine.translation import Catalog, current_language
from workbench.ui.text.translation import CatalogTranslator, install_translations


@pytest.fixture
def speak(qapp):
    """Installs a language; English again afterwards."""
    yield lambda language: install_translations(qapp, language)
    install_translations(qapp, "en")


def test_a_text_is_translated_and_another_stays(qapp):
    translator = CatalogTranslator(Catalog({("Here", "Train"): "학습"}), qapp)
    qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("Here", "Train") == "학습"
        assert QCoreApplication.translate("Elsewhere", "Train") == "학습"
        assert QCoreApplication.translate("Here", "Unknown") == "Unknown"
    finally:
        qapp.removeTranslator(translator)


def test_a_language_takes_the_place_of_the_one_before(qapp, speak):
    speak("ko")
    speak("ko")
    assert current_language() == "ko"
    assert QCoreApplication.translate("Actions", "Train") != "Train"
    assert sum(isinstance(each, CatalogTranslator) for each in qapp.findChildren(QTranslator)) >= 1
    speak("en")
    assert QCoreApplication.translate("Actions", "Train") == "Train"
    assert current_language() == "en"


def test_qts_own_buttons_are_translated_too(speak):
    speak("ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"


def test_numbers_and_dates_follow_the_language_where_the_system_speaks_another(speak):
    speak("ko")
    assert QLocale().language() is QLocale.Language.Korean
    speak("en")
    assert QLocale().language() is QLocale.system().language()


def test_the_names_of_keys_stay_as_keyboards_have_them(speak):
    speak("ko")
    keys = QKeySequence("Ctrl+Shift+S, Space, Left")
    text = keys.toString(QKeySequence.SequenceFormat.NativeText)
    assert text == "Ctrl+Shift+S, Space, Left" or "⇧" in text  # on a Mac
    assert QKeySequence(text, QKeySequence.SequenceFormat.NativeText) == keys

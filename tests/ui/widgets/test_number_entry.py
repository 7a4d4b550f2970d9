"""A typed number means the same in every locale, or is refused in a sentence."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.dialogs.number_dialog import ask_number
from workbench.ui.widgets.number_entry import NumberEntry

WHOLE = [row.name for row in TABLE.values() if row.kind is int]


@pytest.fixture(params=["C", "de_DE", "fr_FR", "ko_KR"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale()
    QLocale.setDefault(before)


@pytest.mark.parametrize("name", WHOLE)
def test_that_a_whole_number_with_a_point_is_refused_in_a_sentence_in_every_locale(qtbot, locale, name):
    entry = NumberEntry(TABLE[name])
    qtbot.addWidget(entry)
    given = []
    entry.value_entered.connect(given.append)
    for text in ("1.000", "1.5", "64.0"):
        entry.clear()
        QTest.keyClicks(entry, text)
        entry.finish()
        assert (given, entry.text()) == ([], str(TABLE[name].default)), text
        entry.clear()
        QTest.keyClicks(entry, text)
        entry._judge()
        assert "is not a value" in entry.toolTip()


def test_that_the_questions_for_a_number_read_thousands_as_the_locale_writes_them(qtbot, locale):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = ask_number(window, "n", "Go", "How many?", value=7, limits=(1, 10**6), accepted=lambda _: None)
    number = dialog.findChild(QSpinBox)
    for text in (locale.toString(1920), "1.920", "1920"):
        number.setValue(7)
        number.selectAll()
        QTest.keyClicks(number.lineEdit(), text if text.isascii() else "1 920")
        number.interpretText()
        assert number.value() == 1920, text
    dialog.close()

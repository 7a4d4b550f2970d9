"""The question before the run of a file is trained again."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from workbench.engine.exporters.run_record import RunRecord
from workbench.engine.exporters.verification import differences
from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe
from workbench.ui.dialogs.verify_dialog import ask_before_verifying

THERE = {"torch": "2.14", "threads": "8", "cpu_capability": "AVX2", "device": "cpu"}


@pytest.fixture
def ask(qtbot):
    """Opens the dialog; returns it, and the list of what was agreed to."""
    window = QWidget()
    qtbot.addWidget(window)

    def asked(here, threads):
        agreed = []
        record = RunRecord(Recipe(), RunIdentity.new(), History(), THERE)
        reasons = differences(THERE, {**THERE, **here})
        dialog = ask_before_verifying(
            window, "a.run", record, reasons, threads=threads, is_training=False, accepted=agreed.append
        )
        return dialog, agreed

    return asked


def test_that_nothing_is_offered_where_nothing_differs(ask):
    dialog, agreed = ask({}, None)
    assert dialog.findChild(QLabel, "verify_same") is not None
    assert dialog.findChild(QCheckBox) is None
    dialog.findChild(QPushButton, "verify_train").click()
    assert agreed == [None]


@pytest.mark.parametrize(("chosen", "expected"), [(False, None), (True, 8)])
def test_that_the_threads_of_the_recording_can_be_chosen(ask, chosen, expected):
    dialog, agreed = ask({"threads": "2"}, 8)
    assert "Threads: 2 here, 8 when" in dialog.findChild(QLabel, "verify_difference_0").text()
    dialog.findChild(QCheckBox, "verify_threads").setChecked(chosen)
    dialog.findChild(QPushButton, "verify_train").click()
    assert agreed == [expected]


def test_that_cancel_agrees_to_nothing(ask):
    dialog, agreed = ask({"threads": "2"}, 8)
    dialog.findChild(QPushButton, "verify_cancel").click()
    assert agreed == []


def test_that_a_long_name_in_a_strangers_file_does_not_widen_the_dialog(ask):
    dialog, _ = ask({"device": "x" * 5000}, None)
    assert dialog.minimumSizeHint().width() <= 560

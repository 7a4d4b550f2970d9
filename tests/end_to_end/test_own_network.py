"""A network of the user's own in the window: opened, allowed once, trained, its run opened where it is not allowed."""

import pytest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
)

from tests.end_to_end.conftest import kept_runs
from tests.engine.models.own_networks import FUNCTION, NORMALIZED, forward_of
from tests.ui.dialogs.test_data_dialog import drop
from workbench.engine.data.data_source import DataSource
from workbench.engine.models import trusted_code
from workbench.ui.controllers import own_networks
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.models.session_state import CAN_TRAVEL


@pytest.fixture
def another_process(own_home, monkeypatch):
    """Forgets which code was allowed."""

    def forget():
        monkeypatch.setattr(trusted_code, "_session", set())
        (own_home / "config" / "training-workbench" / trusted_code.FILE_NAME).unlink(missing_ok=True)

    forget()
    return forget


@pytest.fixture
def open_file(person, tmp_path, monkeypatch):
    """Has the user open a Python file."""

    def open_file(source):
        path = tmp_path / "net.py"
        path.write_text(source)
        asked = []
        monkeypatch.setattr(own_networks, "ask_which_network", lambda *_: asked.append(path) or path)
        person.press("open_network")
        person.wait_for(lambda: bool(asked))  # the dialog comes when what pressed the button has its answer

    return open_file


def dialog(person):
    """The dialog that shows the code."""

    def seen():
        return [each for each in person.window.findChildren(QDialog, "network_dialog") if each.isVisible()]

    person.wait_for(lambda: len(seen()) == 1)
    return seen()[0]


def allow(person):
    shown = dialog(person)
    shown.findChild(QPushButton, "network_allow").click()


def test_that_a_network_is_allowed_once_trained_with_its_parameters_and_its_run_opened_when_it_is_not_allowed(
    person, open_file, another_process
):
    open_file(FUNCTION + NORMALIZED.replace("from __future__ import annotations", ""))
    shown = dialog(person)
    assert "class Net" in shown.findChild(QPlainTextEdit, "network_source").toPlainText()
    assert shown.findChild(QComboBox, "network_name").currentText() == "Net"
    shown.reject()
    assert person.control("model").value() == "mlp"
    person.press("open_network")
    allow(person)
    assert person.control("model").value() == "own"
    person.control("width").setValue(9)
    person.press("undo")
    assert person.control("width").value() == 12
    person.control("width").setValue(5)
    person.train(epochs=1)
    loss = person.window.history.loss[3]
    person.wait_for(lambda: kept_runs()[0].status.value == "finished")
    assert dict(kept_runs()[0].recipe.network.arguments) == {"width": 5}

    run = kept_runs()[0]
    another_process()
    person.train(model="mlp", epochs=1)
    person.window._parts.controller.open_run(run.identity.id)
    person.wait_for(lambda: "has not been allowed" in person.notice)
    assert person.window.history.loss[3] == loss
    person.wait_for(lambda: person.window.state in CAN_TRAVEL)
    person.click("notice_trust_code")
    allow(person)
    person.wait_for(lambda: person.window._parts.run_model.missing is None)
    person.wait_for(lambda: person.window.state in CAN_TRAVEL)
    person.window._parts.controller.go_to(1)
    person.wait_for(lambda: len(person.window.history) == 1)


def test_that_an_exception_is_shown_with_its_line_and_the_window_trains_on(person, open_file):
    open_file(forward_of("outputs = outputs + undefined"))
    allow(person)
    person.press("train")
    person.wait_for(lambda: "line 16 of" in person.notice)
    person.train(model="mlp", epochs=1)
    assert person.control("model").value() == "mlp"


def test_that_a_network_that_is_not_deterministic_is_said_to_be_only_approximate(person, open_file):
    open_file(forward_of("outputs = outputs * (1 + random.random())"))
    allow(person)
    person.set(epochs=1)
    person.press("train")
    person.wait_for(lambda: "only approximate" in person.notice)


def test_that_a_file_without_a_network_is_refused_in_words(person, open_file):
    open_file("x = 1\n")
    assert "defines no network" in person.notice


def test_that_train_is_grey_while_network_and_data_do_not_fit_and_says_why(person):
    person.set(dataset="moons", model="cnn")
    train = person.action("train")
    assert not train.isEnabled()
    assert "for images" in train.toolTip()
    person.set(model="mlp")
    assert train.isEnabled()
    assert "for images" not in train.toolTip()


def test_that_what_was_said_about_a_network_goes_when_another_one_is_chosen(person, open_file):
    open_file(forward_of("outputs = outputs + unknown"))
    allow(person)
    person.press("train")
    person.wait_for(lambda: "line 16 of" in person.notice)
    person.wait_until_ready()
    person.set(model="mlp")
    assert person.notice == ""


def test_that_what_was_said_about_files_goes_when_other_data_are_chosen(person, tmp_path):
    person.window._parts.run_settings.edit("dataset", OwnFiles(DataSource(str(tmp_path / "gone.csv"))))
    person.wait_for(lambda: "There is no file or folder" in person.notice)
    person.set(dataset="moons")
    assert person.notice == ""


def test_that_a_python_file_that_is_dropped_on_the_window_is_opened_as_a_network(person, tmp_path):
    path = tmp_path / "dropped.py"
    path.write_text(FUNCTION + "# of a file that was dropped\n")
    drop(person.window, path.as_uri())
    allow(person)
    assert person.control("model").value() == "own"
    person.begin(epochs=50)
    drop(person.window, path.as_uri())
    assert "its network cannot change" in person.notice
    person.press("stop")
    person.wait_until_ready()


def test_that_experiments_work_on_a_network_of_ones_own(person, open_file, another_process):
    open_file(FUNCTION + NORMALIZED.replace("from __future__ import annotations", ""))
    allow(person)

    def text(name):
        return person.find(name, QLabel).text()

    person.press("check_network")
    person.wait_for(lambda: person.find("checks").is_seen)
    person.click("checks_first_loss")
    person.wait_for(lambda: "at chance" in text("checks_first_loss_text"))
    person.wait_until_ready()
    person.press("find_learning_rate")
    person.wait_for(lambda: person.find("lr_finder").is_seen)
    person.click("lr_finder_find")
    person.wait_for(lambda: "new network" in text("lr_finder_result"))
    person.wait_until_ready()
    person.begin(epochs=1000)
    person.press("pause")
    person.wait_until_paused()
    start = len(person.window.history)
    person.press("what_if")
    person.wait_for(lambda: person.find("what_if").is_seen)
    person.find("what_if_values", QLineEdit).setText("0.01 0.02")
    person.find("what_if_steps", QSpinBox).setValue(12)
    person.click("what_if_try")
    person.wait_for(lambda: person.find("what_if_choose").isVisible())
    person.find("what_if_table", QTableWidget).selectRow(1)
    person.click("what_if_choose")
    person.wait_until_paused(start + 12)
    assert person.control("learning_rate").value() == 0.02
    person.press("undo")
    person.wait_until_paused(start)
    person.press("find_learning_rate")
    person.wait_for(lambda: person.find("lr_finder").is_seen)
    person.click("lr_finder_find")
    person.wait_for(lambda: f"step {start:,}" in text("lr_finder_result"))
    person.wait_until_paused(start)

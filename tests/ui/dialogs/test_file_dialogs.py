"""The real file dialog, as Qt draws it where the system has none of its own."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from workbench.ui.dialogs import file_dialogs

SAVE_WEIGHTS, SAVE_CHECKPOINT = file_dialogs.ask_where_to_save_weights, file_dialogs.ask_where_to_save_checkpoint
OPEN = [file_dialogs.ask_which_weights, file_dialogs.ask_which_checkpoint]


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def answer(qtbot):
    """Has the steps of a user carried out one after the other, each once its dialog is open."""

    def prepare(*steps):
        remaining = list(steps)

        def carry_out():
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(10, carry_out)
                return
            step = remaining.pop(0)
            if remaining:
                QTimer.singleShot(10, carry_out)
            is_done = False
            try:
                step(dialog)
                is_done = True
            finally:
                if not is_done:
                    dialog.reject()

        QTimer.singleShot(0, carry_out)

    return prepare


def type_name(name, kind=None):
    def step(dialog):
        assert isinstance(dialog, QFileDialog)
        if kind is not None:
            dialog.selectNameFilter(kind)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setText(name)
        dialog.accept()

    return step


def click(name):
    def step(dialog):
        dialog.findChild(QPushButton, name).click()

    return step


def cancel(dialog):
    dialog.reject()


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("model", None, "model.pt"),
        ("model", "Safetensors (*.safetensors)", "model.safetensors"),
        ("model.pt", "Safetensors (*.safetensors)", "model.pt"),
        ("model.SafeTensors", None, "model.SafeTensors"),
        ("lr0.01", None, "lr0.01.pt"),
        ("fashion v1.2", "Safetensors (*.safetensors)", "fashion v1.2.safetensors"),
        ("model.", None, "model.pt"),
        (".pt", None, ".pt.pt"),
    ],
)
def test_that_weights_get_the_suffix_of_the_kind_chosen_unless_the_name_has_one(
    window, answer, tmp_path, typed, kind, expected
):
    answer(type_name(typed, kind))
    assert SAVE_WEIGHTS(window, tmp_path / "model.pt") == tmp_path / expected


@pytest.mark.parametrize("typed", ["state", "state.ckpt", "lr0.01"])
def test_that_a_checkpoint_has_its_suffix_in_any_case(window, answer, tmp_path, typed):
    answer(type_name(typed))
    found = SAVE_CHECKPOINT(window, tmp_path / "step 5.ckpt")
    assert found == tmp_path / f"{typed.removesuffix('.ckpt')}.ckpt"


def test_that_the_suggested_name_stands_in_the_dialog(window, answer, tmp_path):
    answer(lambda dialog: dialog.accept())
    assert SAVE_CHECKPOINT(window, tmp_path / "step 5.ckpt") == tmp_path / "step 5.ckpt"


@pytest.mark.parametrize(("ask", "suffix"), [(SAVE_WEIGHTS, ".pt"), (SAVE_CHECKPOINT, ".ckpt")])
@pytest.mark.parametrize("typed", ["model", "lr0.01"])
def test_that_an_existing_file_is_replaced_only_if_the_user_says_so(window, answer, tmp_path, ask, suffix, typed):
    path = tmp_path / f"{typed}{suffix}"
    path.touch()
    questions = []

    def replace(box):
        questions.append(box.text())
        click("replace_yes")(box)

    answer(type_name(typed), replace)
    assert ask(window, tmp_path / "other") == path
    assert questions == [f"{path.name} already exists."]


@pytest.mark.parametrize(("ask", "suffix"), [(SAVE_WEIGHTS, ".pt"), (SAVE_CHECKPOINT, ".ckpt")])
def test_that_a_user_who_keeps_a_file_is_asked_for_another_name(window, answer, tmp_path, ask, suffix):
    (tmp_path / f"model{suffix}").touch()
    answer(type_name("model"), click("replace_no"), type_name("second"))
    assert ask(window, tmp_path / "other") == tmp_path / f"second{suffix}"


def test_that_escape_replaces_nothing_and_cancel_then_closes_the_dialog(qtbot, window, answer, tmp_path):
    (tmp_path / "model.pt").touch()
    answer(type_name("model"), lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape), cancel)
    assert SAVE_WEIGHTS(window, tmp_path / "model.pt") is None


def test_that_a_folder_is_entered_rather_than_saved_to(window, answer, tmp_path):
    (tmp_path / "models").mkdir()
    answer(type_name("models"), type_name("model"))
    assert SAVE_WEIGHTS(window, tmp_path / "model.pt") == tmp_path / "models" / "model.pt"


@pytest.mark.parametrize("ask", OPEN)
def test_that_a_chosen_file_is_opened_also_if_its_name_has_dots(window, answer, tmp_path, ask):
    path = tmp_path / "fashion v1.2.pt"
    path.touch()
    answer(type_name(path.name))
    assert ask(window, tmp_path) == path


@pytest.mark.parametrize("ask", OPEN)
def test_that_cancel_opens_nothing(window, answer, tmp_path, ask):
    answer(cancel)
    assert ask(window, tmp_path) is None


@pytest.mark.parametrize("ask", [SAVE_WEIGHTS, SAVE_CHECKPOINT])
def test_that_cancel_saves_nothing(window, answer, ask):
    answer(cancel)
    assert ask(window, Path("model")) is None

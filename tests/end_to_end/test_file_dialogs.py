"""Saving and opening through Qt's own file dialog, which the other tests replace by its answer."""

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit


def type_into_dialog(name):
    """Accept the next file dialog with this name."""

    def accept():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(10, accept)
            return
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(name))
        dialog.accept()

    QTimer.singleShot(0, accept)


@pytest.fixture
def trained(person):
    person.train(epochs=1)
    return person


def test_that_weights_and_checkpoints_are_saved_and_opened_by_the_names_typed(trained, tmp_path):
    for action, typed, file in (
        ("save_weights", "lr0.01", "lr0.01.pt"),
        ("save_checkpoint", "fashion v1.2", "fashion v1.2.ckpt"),
    ):
        type_into_dialog(tmp_path / typed)
        trained.press(action)
        trained.wait_for(lambda file=file: str(tmp_path / file) in trained.notice)
        assert (tmp_path / file).is_file()
    type_into_dialog(tmp_path / "lr0.01.pt")
    trained.press("load_weights")
    trained.wait_for(lambda: trained.notice.startswith("lr0.01.pt: accuracy"))
    steps = len(trained.window.history)
    trained.train(epochs=2)
    type_into_dialog(tmp_path / "fashion v1.2.ckpt")
    trained.press("open_checkpoint")
    trained.wait_for(lambda: len(trained.window.history) == steps)
    trained.wait_until_ready()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is a folder in which not even root can write")
def test_that_a_folder_that_cannot_be_written_to_is_named(trained):
    for action, path in (("save_weights", "/proc/weights"), ("save_checkpoint", "/proc/state")):
        type_into_dialog(path)
        trained.press(action)
        trained.wait_for(lambda path=path: path in trained.notice)
        assert "saved to" not in trained.notice

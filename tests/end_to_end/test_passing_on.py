"""Taking a run along: exports, run files that are trained again, files that are dropped, chosen again, or named."""

import errno
import json
import sys
import tempfile
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QSpinBox, QWidget

from tests.end_to_end.conftest import kept_runs
from tests.end_to_end.test_file_dialogs import type_into_dialog
from tests.engine.models.own_networks import NORMALIZED
from workbench.engine.exporters.plots.options import COLOURS
from workbench.engine.exporters.run_file import load_run_file, save_run_file
from workbench.engine.files import atomic_write
from workbench.engine.models.network_source import read_network_file
from workbench.engine.models.trusted_code import trust
from workbench.ui.controllers import own_networks
from workbench.ui.dialogs import file_dialogs
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def trained(person):
    person.train(epochs=1)
    person.wait_for(lambda: bool(kept_runs()) and kept_runs()[0].steps == 10)
    return person


@pytest.fixture
def run_file(trained, tmp_path):
    """The run of the window, saved through the real dialog."""
    type_into_dialog(tmp_path / "it")
    trained.press("save_run")
    trained.wait_for(lambda: "Run saved to" in trained.notice)
    return tmp_path / "it.run"


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how))


def verify(person):
    """Answer the dialog that says what differs, and wait for the verdict."""
    person.wait_for(lambda: person.window.findChild(QDialog, "verify_dialog") is not None)
    person.click("verify_train")
    person.wait_for(lambda: " is verified: " in person.notice or " differs at step " in person.notice)


def with_other_loss(path, step):
    """Change one loss of a run file in its last bit."""
    record = load_run_file(path)
    losses = record.history.loss.values(0, record.steps).copy()
    losses[step] = np.nextafter(losses[step], np.float32(9))
    record.history.loss.truncate(0)
    record.history.loss.extend(losses)
    save_run_file(record, path)


# Run files


def test_that_a_run_is_saved_by_the_name_typed_and_says_what_was_checked(trained, run_file):
    record = load_run_file(run_file)
    assert (record.steps, record.weights_sha256 in trained.notice) == (10, True)


def test_that_a_run_file_is_trained_again_and_verified(trained, run_file):
    type_into_dialog(run_file)
    trained.press("open_run_file")
    verify(trained)
    sha256 = load_run_file(run_file).weights_sha256
    assert trained.notice == f"it.run is verified: 10 steps, weights sha256 {sha256}."
    assert trained.window.state is SessionState.READY
    assert len(kept_runs()) == 1


def test_that_one_changed_loss_is_named_and_what_was_trained_is_kept(trained, run_file):
    with_other_loss(run_file, 4)
    drop(trained.window, run_file)
    verify(trained)
    assert trained.notice.startswith("it.run differs at step 4: the loss is 2.")
    trained.wait_until_paused()
    trained.wait_for(lambda: len(kept_runs()) == 2)
    assert kept_runs()[0].identity.parent_step == 4


def test_that_what_differs_here_is_said_before_it_starts(trained, run_file):
    record = load_run_file(run_file)
    save_run_file(replace(record, environment={**record.environment, "threads": "3"}), run_file)
    drop(trained.window, run_file)
    trained.wait_for(lambda: trained.window.findChild(QDialog, "verify_dialog") is not None)
    texts = [label.text() for label in trained.find("verify_dialog").findChildren(QLabel)]
    assert any("3 when it was recorded" in text for text in texts)
    assert trained.window.state is SessionState.READY
    trained.click("verify_cancel")
    assert trained.window.state is SessionState.READY
    trained.wait_for(lambda: trained.window.findChild(QDialog, "verify_dialog") is None)
    drop(trained.window, run_file)
    trained.wait_for(lambda: trained.window.findChild(QDialog, "verify_dialog") is not None)
    trained.find("verify_threads", QCheckBox).click()
    verify(trained)
    assert trained.window._parts.run_model.threads == 3


def test_that_other_data_are_refused(trained, run_file):
    record = load_run_file(run_file)
    data = replace(record.recipe.data, sha256="0" * 64)
    save_run_file(replace(record, recipe=replace(record.recipe, data=data)), run_file)
    drop(trained.window, run_file)
    trained.wait_for(lambda: trained.window.findChild(QDialog, "verify_dialog") is not None)
    trained.click("verify_train")
    trained.wait_for(lambda: "was trained on other images" in trained.notice)
    trained.wait_until_ready()


def test_that_a_hostile_run_file_is_one_sentence(person, tmp_path):
    for content in (b"", b"\x80\x04K\x01.", b'{\n "format": "workbench run"', b"x" * 1000):
        path = tmp_path / f"evil {len(content)}.run"
        path.write_bytes(content)
        drop(person.window, path)
        person.wait_for(lambda name=path.name: f"{name} is not a run file, or is damaged" in person.notice)
        assert (person.window.findChild(QDialog, "verify_dialog"), person.window.state) == (None, SessionState.READY)


def test_that_an_exported_network_says_what_to_open_instead(person, tmp_path):
    (tmp_path / "net.onnx").write_bytes(b"\x08\x08")
    drop(person.window, tmp_path / "net.onnx")
    person.wait_for(lambda: "net.onnx is for other programs" in person.notice)
    assert "run file" in person.notice


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is a folder in which not even root can write")
def test_that_a_folder_that_cannot_be_written_to_is_named(trained):
    type_into_dialog("/proc/it")
    trained.press("save_run")
    trained.wait_for(lambda: "/proc/it" in trained.notice)
    assert "saved to" not in trained.notice


# Files of other kinds


@pytest.mark.parametrize(("action", "name"), [("save_weights", "w.pt"), ("save_checkpoint", "c.ckpt")])
def test_that_a_file_that_is_dropped_is_opened_as_what_it_is(trained, tmp_path, action, name):
    type_into_dialog(tmp_path / name)
    trained.press(action)
    trained.wait_for(lambda: name in trained.notice and (tmp_path / name).is_file())
    drop(trained.window, tmp_path / name)
    if action == "save_weights":
        trained.wait_for(lambda: trained.notice.startswith("w.pt: accuracy"))
    else:
        trained.wait_for(lambda: trained.window.state is SessionState.OPENING)
        trained.wait_until_ready()


def test_that_a_run_that_trains_is_not_replaced_by_a_file(trained, run_file):
    trained.begin(epochs=1000)
    drop(trained.window, run_file)
    trained.wait_for(lambda: "A run is active: pause or stop it" in trained.notice)
    assert trained.window.state is SessionState.TRAINING


def test_that_a_file_on_the_command_line_is_opened(trained, run_file, open_window, tiny_root):
    other = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", run_file)
    other.wait_for(lambda: other.window.findChild(QDialog, "verify_dialog") is not None)
    assert other.window.findChild(QLabel, "verify_same") is not None
    verify(other)
    assert other.notice.startswith("it.run is verified: 10 steps")


def plain(action):
    """The text of an entry of a menu, without the letter that Alt finds it by."""
    return action.text().replace("&", "")


def test_that_files_are_listed_again_and_one_that_is_gone_leaves_the_list(trained, run_file):
    menu = trained.find("recent_files", QMenu)
    menu.aboutToShow.emit()
    (action,) = [each for each in menu.actions() if plain(each) == "it.run"]
    run_file.unlink()
    action.trigger()
    trained.wait_for(lambda: "is no longer there" in trained.notice)
    menu.aboutToShow.emit()
    assert [plain(each) for each in menu.actions()] == ["None yet"]


def test_that_the_list_is_remembered(trained, run_file, open_window, tiny_root):
    trained.window.close()
    other = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    menu = other.find("recent_files", QMenu)
    menu.aboutToShow.emit()
    assert [plain(each) for each in menu.actions()] == ["it.run"]
    other.wait_until_ready()
    menu.actions()[0].trigger()
    verify(other)


# Exports


def open_dialog(person, folder, *chosen):
    person.press("export")
    dialog = person.find("export_dialog")
    dialog.findChild(QLineEdit, "export_folder").setText(str(folder))
    # Suggested only once the list of runs has read the number of the run.
    dialog.findChild(QLineEdit, "export_name").setText("run-1")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.objectName().removeprefix("export_") in chosen)
    return dialog


def text_of(dialog, name):
    return dialog.findChild(QLabel, f"export_{name}").text()


def wait_for_end(person, dialog):
    person.wait_for(lambda: "written" in text_of(dialog, "phase"))


def test_that_a_run_that_trains_is_exported_in_several_forms_and_trains_on(person, tmp_path):
    person.begin(epochs=1000)
    dialog = open_dialog(person, tmp_path, "run", "csv", "script")
    dialog.findChild(QLineEdit, "export_name").setText("it")
    person.click("export_ok")
    wait_for_end(person, dialog)
    assert person.window.state is SessionState.TRAINING
    record = load_run_file(tmp_path / "it.run")
    assert f"it.run: {record.steps:,} steps, weights sha256 {record.weights_sha256}" == text_of(dialog, "run_result")
    assert {path.name for path in tmp_path.glob("it.*")} == {"it.run", "it.csv", "it.py"}
    assert len(person.window.history) > record.steps


def test_that_existing_files_are_asked_about_once(trained, tmp_path):
    (tmp_path / "run-1.run").write_text("old")
    (tmp_path / "run-1.csv").write_text("old")
    dialog = open_dialog(trained, tmp_path, "run", "csv")
    trained.click("export_ok")
    trained.wait_for(lambda: trained.window.findChild(QDialog, "replace_several_dialog") is not None)
    trained.click("replace_several_no")
    assert (tmp_path / "run-1.run").read_text() == "old"
    trained.wait_for(lambda: trained.window.findChild(QDialog, "replace_several_dialog") is None)
    trained.click("export_ok")
    trained.wait_for(lambda: trained.window.findChild(QDialog, "replace_several_dialog") is not None)
    trained.click("replace_several_yes")
    wait_for_end(trained, dialog)
    assert load_run_file(tmp_path / "run-1.run").steps == 10


def test_that_a_failure_is_said_where_it_belongs_and_the_others_are_written(trained, tmp_path):
    (tmp_path / "run-1.csv").mkdir()
    dialog = open_dialog(trained, tmp_path, "run", "csv")
    trained.click("export_ok")
    trained.wait_for(lambda: trained.window.findChild(QDialog, "replace_several_dialog") is not None)
    trained.click("replace_several_yes")
    wait_for_end(trained, dialog)
    assert "is a folder" in text_of(dialog, "csv_result")
    assert (tmp_path / "run-1.run").is_file()
    assert text_of(dialog, "phase").startswith("1 of 2")


def test_that_it_can_be_cancelled_and_nothing_is_left(trained, tmp_path):
    dialog = open_dialog(trained, tmp_path, "run", "csv")
    trained.click("export_ok")
    trained.wait_for(lambda: trained.find("export_cancel").text() == "Cancel")
    trained.click("export_cancel")
    trained.wait_for(lambda: text_of(dialog, "phase").startswith("Cancelled:"))
    assert list(tmp_path.glob("run-1*")) == []
    assert list(tmp_path.glob(".*.part")) == []


def test_that_a_form_without_its_package_is_grey_and_says_how_to_get_it(trained, tmp_path, monkeypatch):
    from workbench.engine.exporters import registry

    row = replace(registry.EXPORTS["csv"], packages=("no_such_package",), extra="tables")
    monkeypatch.setitem(registry.EXPORTS._all, "csv", row)
    dialog = open_dialog(trained, tmp_path, "csv")
    assert not dialog.findChild(QCheckBox, "export_csv").isEnabled()
    assert "training-workbench[tables]" in text_of(dialog, "csv_help")


def test_that_a_name_that_no_file_can_have_is_refused(trained, tmp_path):
    dialog = open_dialog(trained, tmp_path, "run")
    for name in ("", "..", "a/b", "a\\b"):
        dialog.findChild(QLineEdit, "export_name").setText(name)
        dialog.findChild(QLabel, "export_problem").clear()
        trained.click("export_ok")
        assert text_of(dialog, "problem").startswith("A file cannot have this name"), name


def test_that_curves_have_the_size_and_the_colours_that_are_chosen(trained, tmp_path):
    dialog = open_dialog(trained, tmp_path, "csv")
    line = dialog.findChild(QWidget, "export_plot")
    assert not line.isEnabled()
    for form in ("png", "svg", "pdf"):
        dialog.findChild(QCheckBox, f"export_{form}").click()
    assert line.isEnabled()
    dialog.findChild(QSpinBox, "export_plot_width").setValue(1234)
    dialog.findChild(QSpinBox, "export_plot_height").setValue(567)
    colours = dialog.findChild(QComboBox, "export_plot_colours")
    assert [colours.itemText(index) for index in range(3)] == ["Light theme", "Dark theme", "Black on white"]
    colours.setCurrentIndex(1)
    trained.click("export_ok")
    wait_for_end(trained, dialog)
    image = QImage(str(tmp_path / "run-1.png"))
    assert (image.width(), image.height()) == (2 * 1234, 2 * 567)
    assert image.pixelColor(1, 1).name() == COLOURS["dark"].background
    svg = (tmp_path / "run-1.svg").read_text()
    assert 'width="1234"' in svg
    assert COLOURS["dark"].training in svg
    assert b"MediaBox" in (tmp_path / "run-1.pdf").read_bytes()
    # The next dialog begins with them, and so does the next start of the program.
    exports = trained.window._parts.exports
    state = json.loads(json.dumps(exports.state()))
    assert state["plot"] == {"width": 1234, "height": 567, "colours": "dark"}
    exports.restore({"plot": {"width": 1, "height": 567, "colours": "dark"}})
    exports.restore({"plot": {"width": 300, "height": 567, "colours": "pink"}})
    exports.restore({"plot": "large"})
    assert exports.state() == state


def test_that_a_file_beside_a_script_is_asked_about_too(open_window, tmp_path):
    (tmp_path / "points.csv").write_text("a,b,label\n" + "".join(f"{i},{i % 7},{'xy'[i % 2]}\n" for i in range(60)))
    person = open_window("--dataset", tmp_path / "points.csv")
    person.wait_until_ready()
    person.train(epochs=1)
    (tmp_path / "run-1_data.npz").write_bytes(b"a year of work")
    dialog = open_dialog(person, tmp_path, "script")
    person.click("export_ok")
    person.wait_for(lambda: person.window.findChild(QDialog, "replace_several_dialog") is not None)
    person.click("replace_several_no")
    assert (tmp_path / "run-1_data.npz").read_bytes() == b"a year of work"
    person.wait_for(lambda: person.window.findChild(QDialog, "replace_several_dialog") is None)
    person.click("export_ok")
    person.wait_for(lambda: person.window.findChild(QDialog, "replace_several_dialog") is not None)
    person.click("replace_several_yes")
    wait_for_end(person, dialog)
    assert (tmp_path / "run-1_data.npz").stat().st_size > 500
    assert (tmp_path / "run-1.py").exists()


def test_that_folder_and_forms_are_remembered(trained, tmp_path):
    dialog = open_dialog(trained, tmp_path, "csv")
    trained.click("export_ok")
    wait_for_end(trained, dialog)
    state = json.loads(json.dumps(trained.window._parts.exports.state()))
    plot = {"width": 800, "height": 600, "colours": "light"}
    assert state == {"folder": str(tmp_path), "chosen": ["csv"], "plot": plot}


def test_that_runs_of_the_table_are_exported_by_their_own_names(trained, tmp_path):
    trained.train(epochs=1, seed=5)
    panel = trained.window._parts.panels.runs
    trained.wait_for(lambda: len(kept_runs()) == 2 and panel._model.rowCount() == 2)
    panel.select([run.identity.id for run in kept_runs()])
    panel.findChild(QAction, "run_export").trigger()
    dialog = trained.find("export_dialog")
    assert not dialog.findChild(QLineEdit, "export_name").isEnabled()
    dialog.findChild(QLineEdit, "export_folder").setText(str(tmp_path))
    trained.click("export_ok")
    wait_for_end(trained, dialog)
    assert sorted(path.name for path in tmp_path.glob("*.run")) == ["run-1.run", "run-2.run"]
    assert load_run_file(tmp_path / "run-2.run").recipe["seed"] == 5


def test_that_closing_the_window_ends_an_export(trained, tmp_path):
    open_dialog(trained, tmp_path, "run")
    trained.click("export_ok")
    exports = trained.window._parts.exports
    trained.wait_for(lambda: exports._exporter.is_busy)
    trained.window.close()
    assert not exports._exporter.is_busy
    assert list(tmp_path.glob("run-1*")) == []


def test_that_a_full_disk_is_said_and_leaves_the_old_run_file_whole(trained, run_file, monkeypatch):
    before = run_file.read_bytes()

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_write.os, "fsync", full)
    monkeypatch.setattr(file_dialogs, "ask_where_to_save_run", lambda *_: run_file)
    trained.press("save_run")
    trained.wait_for(lambda: any("disk is full" in sentence for sentence in trained.find("notice").sentences))
    assert run_file.read_bytes() == before


def test_that_no_room_for_the_copy_of_the_run_is_said_in_the_dialog(trained, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    dialog = open_dialog(trained, tmp_path, "run")
    trained.click("export_ok")
    trained.wait_for(lambda: "nowhere" in text_of(dialog, "problem"))
    assert trained.find("export_ok").isEnabled()


def test_that_the_code_of_a_network_in_a_run_file_is_asked_about_before_it_runs(person, tmp_path, monkeypatch):
    path = tmp_path / "net.py"
    path.write_text(NORMALIZED)
    trust(read_network_file(path))
    person.window._parts.own_networks.open(path)
    person.train(epochs=1)
    monkeypatch.setattr(file_dialogs, "ask_where_to_save_run", lambda *_: tmp_path / "own.run")
    person.press("save_run")
    person.wait_for(lambda: "Run saved to" in person.notice)
    asked = []
    monkeypatch.setattr(own_networks, "is_trusted", lambda _: False)
    monkeypatch.setattr(own_networks, "ask_about_code", lambda *_, **__: asked.append(person.window.state))
    drop(person.window, tmp_path / "own.run")
    person.wait_for(lambda: person.window.findChild(QDialog, "verify_dialog") is not None)
    person.click("verify_train")
    assert asked == [SessionState.READY]
    monkeypatch.undo()
    drop(person.window, tmp_path / "own.run")
    verify(person)
    assert person.notice.startswith("own.run is verified: 10 steps")

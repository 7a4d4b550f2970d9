"""What the window keeps until the next time, and where its dialogs begin."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDockWidget

from workbench.ui.dialogs import file_dialogs as dialogs
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def suggestions(monkeypatch, tmp_path):
    """What the dialogs suggest; each is answered with a file in the folder `saved`."""
    (tmp_path / "saved").mkdir()
    found = []

    def answer(_parent, suggestion):
        found.append(suggestion)
        return tmp_path / "saved" / suggestion.name

    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", answer)
    monkeypatch.setattr(dialogs, "ask_where_to_save_checkpoint", answer)
    return found


def test_that_save_begins_in_documents_and_then_in_the_last_folder_with_a_name_of_run_step_and_result(
    open_window, tiny_root, own_home, suggestions, tmp_path
):
    (own_home / "Documents").mkdir()
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    person.wait_until_ready()
    person.train(epochs=1, learning_rate=0.1)
    person.wait_for(lambda: person.window._parts.library.summary(person.window._parts.run_model.run_id) is not None)
    person.press("save_weights")
    person.wait_for(lambda: len(suggestions) == 1)
    accuracy = person.window.history.evaluations[-1].metric
    assert suggestions == [own_home / "Documents" / f"Run 1 step 10 accuracy {100 * accuracy:.1f}.pt"]
    person.wait_for(lambda: "saved" in person.notice.lower())
    person.press("save_weights")
    person.wait_for(lambda: len(suggestions) == 2)
    assert suggestions[-1].parent == tmp_path / "saved"
    person.press("save_checkpoint")
    person.wait_for(lambda: len(suggestions) == 3)
    assert suggestions[-1].name == suggestions[0].with_suffix("").name + ".ckpt"
    person.window.leave()
    other = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    assert other.window._parts.weights.folder == tmp_path / "saved"


def test_that_settings_layout_recipe_place_and_files_are_there_the_next_time(open_window, tiny_root, tmp_path):
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    person.wait_until_ready()
    person.set(learning_rate=0.02, batch_size=32, momentum=0.5, epochs=7, optimizer="sgd", schedule="cosine")
    person.action("notify_at_end").setChecked(False)
    person.find("network_dock", QDockWidget).raise_()
    person.find("branches_dock", QDockWidget).hide()
    person.window.resize(person.window.width(), 700)  # the screen of the tests has 800 pixels
    height = person.window.height()
    opened = tmp_path / "table.csv"
    opened.write_text("a,b\n1,2\n")
    person.window._parts.recent_files.add(opened)
    person.window.close()
    other = open_window("--data-root", tiny_root)
    other.wait_for(lambda: other.window.state is SessionState.READY)
    values = {name: other.control(name).value() for name in ("learning_rate", "batch_size", "momentum", "epochs")}
    assert values == {"learning_rate": 0.02, "batch_size": 32, "momentum": 0.5, "epochs": 7}
    assert (other.control("optimizer").value(), other.control("schedule").value()) == ("sgd", "cosine")
    assert other.control("dataset").value() == "fashion-mnist"
    assert not other.action("notify_at_end").isChecked()
    assert other.find("branches_dock", QDockWidget).isHidden()
    assert other.window.height() == height
    assert [Path(path) for path in other.window._parts.recent_files.state()["paths"]] == [opened]

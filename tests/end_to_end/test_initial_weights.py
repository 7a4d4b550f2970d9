"""A run that starts from the weights of a file, in the real window."""

from PySide6.QtWidgets import QLabel, QPushButton

from tests.end_to_end.conftest import headless, kept_runs, saved
from workbench.ui.controllers import start_weights


def chosen(person):
    """What the settings say of the weights."""
    label = person.find("initial_weights", QLabel)
    return label.text() if label.isVisible() else ""


def test_that_a_run_starts_from_a_file_that_was_tested_and_another_network_says_that_it_does_not_fit(
    person, save_to, load_from, tiny_root, tmp_path
):
    person.train(epochs=1)
    first = saved(person, save_to, tmp_path / "first.pt")
    load_from(tmp_path / "first.pt")
    person.press("load_weights")
    person.wait_for(lambda: person.window.findChild(QPushButton, "notice_start_from_weights") is not None)
    person.click("notice_start_from_weights")
    person.wait_for(lambda: chosen(person) == "Starts from first.pt")
    person.window._parts.run_settings.edit("model", "cnn")
    person.wait_for(lambda: not person.action("train").isEnabled())
    assert "in place of conv1.weight" in person.action("train").toolTip()
    person.press("undo")
    person.wait_for(lambda: person.action("train").isEnabled())
    person.train(epochs=1)
    newest = kept_runs()[0]
    assert newest.recipe.initial_weights.sha256 == first
    # Plain descent, in the same order of the samples: as if the first run had gone on.
    assert saved(person, save_to, tmp_path / "second.pt") == headless(tiny_root, epochs=2)[1]


def test_that_a_file_is_chosen_in_the_menu_and_taken_away_again(person, save_to, tmp_path, monkeypatch):
    person.train(epochs=1)
    saved(person, save_to, tmp_path / "first.pt")
    monkeypatch.setattr(start_weights, "ask_which_weights_to_start_from", lambda *_: tmp_path / "first.pt")
    person.press("start_from_weights")
    person.wait_for(lambda: chosen(person) == "Starts from first.pt")
    assert "press Train" in person.notice
    person.click("remove_initial_weights")
    assert chosen(person) == ""
    person.train()
    assert kept_runs()[0].recipe.initial_weights is None

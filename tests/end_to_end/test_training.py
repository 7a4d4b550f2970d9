from PySide6.QtCore import Qt

from tests import tutorial
from tests.end_to_end.conftest import headless, saved
from workbench.engine.data.datasets import load_dataset
from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer
from workbench.ui.models.session_state import SessionState


def test_that_a_click_on_train_does_what_the_tutorial_does_bit_for_bit(person, tiny_root, save_to, tmp_path):
    person.train(epochs=3)
    theirs = tutorial.carry_out(tiny_root, epochs=3)
    assert person.log == theirs.text
    assert saved(person, save_to, tmp_path / "weights.pt") == weights_sha256(theirs.weights)


def test_that_training_again_gives_the_same_text_again(person):
    person.train(epochs=1)
    once = person.log
    person.train()
    assert person.log == 2 * once


def test_that_the_curves_hold_every_step(person):
    person.train(epochs=2)
    history = person.window.history
    assert len(history) == 20
    assert [evaluation.step for evaluation in history.evaluations] == [10, 20]


def test_that_every_choice_reaches_the_training(person, tiny_root, save_to, tmp_path):
    person.set(optimizer="adam", loss="nll")
    person.train(epochs=1, beta1=0.8, batch_size=32, seed=7, learning_rate=0.002)
    data = load_dataset("fashion-mnist", tiny_root, lambda *_: None)
    values = {"epochs": 1, "beta1": 0.8, "batch_size": 32, "seed": 7, "learning_rate": 0.002}
    trainer = Trainer(Recipe(optimizer="adam", loss="nll", values=values), data)
    list(trainer.run())
    assert saved(person, save_to, tmp_path / "weights.pt") == weights_sha256(trainer.weights)


def test_that_sliders_moved_while_training_change_the_run_exactly(person, tiny_root, save_to, tmp_path):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_until_training()
    history = person.window.history
    for rate in (0.01, 0.05, 0.002):
        person.set(learning_rate=rate)
        # Not until there is one change more: two at one step, as during a test, become one.
        person.wait_for(lambda rate=rate: [change.new for change in history.changes][-1:] == [rate])
    person.set(batch_size=50)
    person.wait_for(lambda: history.changes[-1].name == "batch_size")
    person.click("stop_button")
    person.wait_until_ready()
    assert [change.new for change in history.changes][-2:] == [0.002, 50]
    _, expected = headless(tiny_root, epochs=1000, changes=history.changes, stop_after=len(history))
    assert saved(person, save_to, tmp_path / "weights.pt") == expected


def test_that_stop_is_acknowledged_at_once_and_the_weights_reached_are_kept(person, tiny_root, save_to, tmp_path):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 0)
    person.click("stop_button")
    assert person.window.state is SessionState.STOPPING
    assert not person.find("stop_button").isEnabled()
    person.wait_until_ready()
    steps = len(person.window.history)
    _, expected = headless(tiny_root, epochs=1000, stop_after=steps)
    assert saved(person, save_to, tmp_path / "weights.pt") == expected
    assert person.find("train_button").isEnabled()


def test_that_weights_saved_while_training_are_those_of_one_step(person, tiny_root, save_to, tmp_path):
    person.set(epochs=1000, batch_size=16)
    person.click("train_button")
    person.wait_until_training()
    steps = []
    person.window.findChild(object, "training_thread").weights_captured.connect(lambda event: steps.append(event.step))
    hashes = [saved(person, save_to, tmp_path / f"{number}.pt") for number in range(3)]
    person.click("stop_button")
    person.wait_until_ready()
    for step, found in zip(steps, hashes, strict=True):
        _, expected = headless(tiny_root, epochs=1000, batch_size=16, stop_after=step or None)
        assert step == 0 or found == expected


def test_that_controls_that_cannot_change_while_training_are_locked_and_say_why(person):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_until_training()
    for name in ("dataset", "model", "loss", "optimizer", "seed"):
        assert not person.control(name).isEnabled(), name
        assert "next run" in person.control(name).toolTip()
    for name in ("epochs", "batch_size", "learning_rate", "momentum", "weight_decay"):
        assert person.control(name).isEnabled(), name
    person.click("stop_button")
    person.wait_until_ready()
    assert person.control("seed").isEnabled()


def test_that_the_shortcuts_train_and_stop(person):
    person.set(epochs=1000)
    person.window.activateWindow()
    person.qtbot.keyClick(person.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    person.wait_until_training()
    person.qtbot.keyClick(person.window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    person.wait_until_ready()
    assert "Done!" not in person.log


def test_that_epochs_can_be_extended_while_training(person):
    person.set(epochs=30)
    person.click("train_button")
    person.wait_until_training()
    person.set(epochs=40)
    person.wait_until_ready()
    assert person.log.count("Test Error") == 40


def test_that_a_second_click_on_train_does_not_start_a_second_run(person):
    person.set(epochs=2)
    person.click("train_button")
    person.action("train").trigger()
    person.wait_until_ready()
    person.train(epochs=1)
    assert person.log.count("Done!") == 2


def test_that_the_status_bar_shows_the_progress_of_the_run(person):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_for(lambda: "of 1000" in person.find("status_state").text())
    person.wait_for(lambda: "samples/s" in person.find("status_speed").text())
    person.click("stop_button")
    person.wait_until_ready()
    assert "Stopped after" in person.find("status_state").text()


def test_that_a_hidden_window_continues_to_train_and_shows_everything_when_shown_again(person):
    person.set(epochs=50)
    person.click("train_button")
    person.window.hide()
    person.wait_until_ready()
    person.window.show()
    assert person.log.count("Test Error") == 50
    assert len(person.window.history) == 500


def test_that_train_refuses_a_text_that_is_no_number_and_says_which(person):
    entry = person.find("learning_rate_entry")
    entry.setFocus()
    entry.selectAll()
    person.qtbot.keyClicks(entry, "fast")
    person.press("train")
    assert person.window.state is SessionState.READY
    assert "“fast” is not a value for Learning rate" in person.notice


def test_that_the_cancel_button_of_the_data_is_hidden_while_training(person):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_for(lambda: "samples/s" in person.find("status_speed").text())
    assert not person.find("status_cancel").isVisible()

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from workbench.engine.history.records import Change, Origin
from workbench.engine.models.network_source import NetworkSource
from workbench.ui.controllers import undo as module
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.models.settings_model import SettingsModel

NETWORK = NetworkSource("/home/me/net.py", "def net(width: int = 4): ...", "net")


class RunControl:
    """A run and its controller in one; keeps what was requested."""

    def __init__(self):
        self.run_id = "a"
        self.step = 0
        self.takes_values = False
        self.changes = []
        self.travels = []
        self.origins = []

    @contextmanager
    def asked_by(self, origin):
        self.origins.append(origin)
        yield

    def has_change(self, name, step):
        return any((change.name, change.step) == (name, step) for change in self.changes)

    def return_to(self, run, step, *, leave_recording=False):
        self.travels.append((run, step, leave_recording))
        self.step = step


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def run():
    return RunControl()


@pytest.fixture
def settings(qapp):
    return SettingsModel()


@pytest.fixture
def history(clock, settings, run):
    history = UndoHistory(settings, run, run)
    settings.edited.connect(history.on_edited)
    return history


def train(run, history, name, old, new, step):
    """The run uses a new value from `step` on, and goes on a little."""
    change = Change(step, name, old, new)
    run.takes_values = True
    run.changes.append(change)
    run.step = step + 10
    history.on_value_changed(change)


def test_that_at_first_there_is_nothing_to_undo(history):
    assert not history.can_undo
    assert not history.can_redo
    history.undo()
    history.redo()


def test_that_a_setting_goes_back_and_forth(history, settings):
    settings.edit("learning_rate", 0.1)
    assert history.undo_text == "Learning rate"
    history.undo()
    assert settings.value("learning_rate") == 0.001
    history.redo()
    assert settings.value("learning_rate") == 0.1


def test_that_the_run_learns_that_undoing_or_redoing_set_a_value(history, settings, run):
    settings.edit("learning_rate", 0.1)
    assert run.origins == []
    history.undo()
    history.redo()
    assert run.origins == [Origin.UNDO, Origin.REDO]


def test_that_a_choice_goes_back_too(history, settings):
    settings.edit("optimizer", "adam")
    assert history.undo_text == "Optimizer"
    history.undo()
    assert settings.choices()["optimizer"] == "sgd"


def test_that_one_drag_is_one_step_back(history, settings, clock):
    for value in (0.01, 0.02, 0.03):
        clock.now += 0.5
        settings.edit("learning_rate", value)
    history.undo()
    assert settings.value("learning_rate") == 0.001
    assert not history.can_undo
    history.redo()
    assert settings.value("learning_rate") == 0.03


def test_that_two_drags_are_two_steps_back(history, settings, clock):
    settings.edit("learning_rate", 0.01)
    clock.now += 1.5
    settings.edit("learning_rate", 0.02)
    history.undo()
    assert settings.value("learning_rate") == 0.01


def test_that_another_control_between_ends_a_drag(history, settings):
    settings.edit("learning_rate", 0.01)
    settings.edit("momentum", 0.9)
    settings.edit("learning_rate", 0.02)
    history.undo()
    assert (settings.value("learning_rate"), settings.value("momentum")) == (0.01, 0.9)


def test_that_a_move_after_an_undo_is_one_of_its_own(history, settings):
    settings.edit("learning_rate", 0.01)
    history.undo()
    settings.edit("learning_rate", 0.02)
    assert not history.can_redo
    history.undo()
    assert settings.value("learning_rate") == 0.001


def test_that_a_setting_a_run_has_used_is_a_question(qtbot, history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(history.choice_needed) as asked:
        history.undo()
    assert asked.args[0].step == 300
    assert settings.value("learning_rate") == 0.1
    assert history.can_undo


def test_that_set_back_gives_the_run_the_old_value_from_here_on(qtbot, history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(history.choice_needed) as asked:
        history.undo()
    history.set_back(asked.args[0])
    assert settings.value("learning_rate") == 0.001
    assert run.travels == []
    history.redo()
    assert settings.value("learning_rate") == 0.1


def test_that_the_other_answer_returns_to_before_the_first_step_of_the_move(qtbot, history, settings, run):
    settings.edit("learning_rate", 0.05)
    train(run, history, "learning_rate", 0.001, 0.05, step=300)
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.05, 0.1, step=304)
    with qtbot.waitSignal(history.choice_needed) as asked:
        history.undo()
    history.return_before(asked.args[0])
    assert run.travels == [("a", 300, True)]
    history.redo()
    assert run.travels[1:] == [("a", 314, False)]


def test_that_an_answer_that_comes_too_late_does_nothing(qtbot, history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(history.choice_needed) as asked:
        history.undo()
    settings.edit("momentum", 0.9)
    history.set_back(asked.args[0])
    history.return_before(asked.args[0])
    assert settings.value("learning_rate") == 0.1
    assert run.travels == []


def test_that_a_change_made_at_the_step_of_a_paused_run_is_undone_without_a_question(qtbot, history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    run.step = 300
    history.undo()
    assert settings.value("learning_rate") == 0.001


def test_that_once_the_run_has_left_the_change_behind_there_is_no_question(history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    run.changes.clear()
    history.undo()
    assert settings.value("learning_rate") == 0.001


def test_that_a_change_the_user_did_not_make_is_no_edit(history, settings, run):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.1, 0.7, step=300)
    history.undo()
    assert settings.value("learning_rate") == 0.001


def test_that_a_travel_is_undone_by_returning_to_its_first_step(history, run):
    history.on_travel_made("a", origin=900, step=300)
    assert history.undo_text == "Going to step 300"
    history.undo()
    history.redo()
    assert run.travels == [("a", 900, False), ("a", 300, False)]


@dataclass(frozen=True)
class Deletion:
    what: str


def handle_deletions(history, language="en", *, sets_controls=False):
    """What is deleted and restored in the window of `history`."""
    done, texts = [], {"en": "Deletion of", "ko": "삭제:"}
    history.handle(
        Deletion,
        lambda step: f"{texts[language]} {step.what}",
        lambda step: done.append(("delete", step.what)),
        lambda step: done.append(("restore", step.what)),
        sets_controls=sets_controls,
    )
    return done


@pytest.mark.parametrize("is_done", [False, True])
def test_that_an_action_is_done_once_and_can_be_undone_and_redone(history, is_done):
    done = handle_deletions(history)
    history.do(Deletion("a"), is_done=is_done)
    assert done == ([] if is_done else [("delete", "a")])
    history.undo()
    history.redo()
    assert done[-2:] == [("restore", "a"), ("delete", "a")]


def test_that_what_was_done_as_one_is_undone_and_redone_as_one(history, settings):
    with history.as_one(lambda: "Both"):
        settings.edit("learning_rate", 0.1)
        settings.edit("momentum", 0.9)
    assert history.undo_text == "Both"
    history.undo()
    assert (settings.value("learning_rate"), settings.value("momentum")) == (0.001, 0.0)
    assert not history.can_undo
    history.redo()
    assert (settings.value("learning_rate"), settings.value("momentum")) == (0.1, 0.9)


def test_that_nothing_done_as_one_is_no_step(history):
    with history.as_one(lambda: "Nothing"):
        pass
    assert not history.can_undo


def test_that_what_was_done_as_one_is_no_part_of_the_move_before_it(history, settings):
    settings.edit("learning_rate", 0.1)
    with history.as_one(lambda: "Reset"):
        settings.edit("learning_rate", 0.5)
    history.undo()
    assert settings.value("learning_rate") == 0.1


def test_that_a_run_locks_a_step_of_several_where_it_locks_one_of_them(history, settings, run):
    with history.as_one(lambda: "Both"):
        settings.edit("learning_rate", 0.1)
        settings.edit("optimizer", "adam")
    run.takes_values = True
    assert not history.can_undo


# Another window takes the place of the one before


@pytest.fixture
def successor(settings, run):
    return UndoHistory(settings, run, run)


def test_that_another_window_undoes_and_redoes_what_this_one_did(history, successor, settings):
    settings.edit("learning_rate", 0.1)
    settings.edit("momentum", 0.9)
    settings.edit("optimizer", "adam")
    history.undo()
    history.undo()
    successor.take_over(history)
    assert (successor.undo_text, successor.redo_text) == (history.undo_text, history.redo_text)
    assert settings.value("learning_rate") == 0.1, "nothing is undone by the way"
    successor.redo()
    assert settings.value("momentum") == 0.9
    successor.redo()
    assert settings.choices()["optimizer"] == "adam"
    assert not successor.can_redo
    for _ in range(3):
        successor.undo()
    assert settings.choices()["optimizer"] == "sgd"
    assert (settings.value("learning_rate"), settings.value("momentum")) == (0.001, 0.0)
    assert not successor.can_undo


def test_that_steps_are_carried_out_and_named_by_the_window_that_took_them_over(history, successor, qtbot):
    done, done_by_successor = handle_deletions(history), handle_deletions(successor, "ko")
    history.do(Deletion("a"), is_done=True)
    with history.as_one(lambda: "Both"):
        history.do(Deletion("b"), is_done=True)
        history.do(Deletion("c"), is_done=True)
    history.undo()
    done.clear()
    with qtbot.waitSignal(successor.changed):
        successor.take_over(history)
    assert (successor.undo_text, successor.redo_text) == ("삭제: a", "Both")
    successor.redo()
    successor.undo()
    successor.undo()
    names = [("delete", "b"), ("delete", "c"), ("restore", "c"), ("restore", "b"), ("restore", "a")]
    assert (done, done_by_successor) == ([], names)


def test_that_a_setting_which_the_run_has_used_is_a_question_in_the_next_window_too(
    history, successor, settings, run, qtbot
):
    settings.edit("learning_rate", 0.1)
    train(run, history, "learning_rate", 0.001, 0.1, step=300)
    successor.take_over(history)
    with qtbot.waitSignal(successor.choice_needed) as asked:
        successor.undo()
    successor.return_before(asked.args[0])
    assert run.travels == [("a", 300, True)]


def test_that_a_move_in_the_next_window_is_one_of_its_own(history, successor, settings):
    settings.edit("learning_rate", 0.1)
    successor.take_over(history)
    settings.edited.disconnect(history.on_edited)
    settings.edited.connect(successor.on_edited)
    settings.edit("learning_rate", 0.2)
    successor.undo()
    assert settings.value("learning_rate") == 0.1


def test_that_a_parameter_of_ones_own_network_goes_back_and_forth(history, settings, clock):
    settings.edit("network", NETWORK)
    assert not history.can_undo, "there was no network before"
    settings.edit("network", NETWORK.with_arguments({"width": 9}))
    clock.now += 10
    settings.edit("network", NETWORK.with_arguments({"width": 30}))
    assert history.undo_text == "Settings of the network"
    history.undo()
    assert dict(settings.network.arguments) == {"width": 9}
    history.undo()
    assert dict(settings.network.arguments) == {}
    history.redo()
    assert dict(settings.network.arguments) == {"width": 9}
    assert history.can_redo


def test_that_a_parameter_of_a_network_cannot_be_undone_while_a_run_locks_it(history, settings, run):
    settings.edit("network", NETWORK)
    settings.edit("network", NETWORK.with_arguments({"width": 9}))
    run.takes_values = True
    assert not history.can_undo

import pytest

from workbench.engine.history.records import Change
from workbench.ui.controllers import undo as module
from workbench.ui.controllers.undo import UndoHistory


class RunControl:
    """A run in hand that remembers what was asked of it."""

    def __init__(self):
        self.run_id = "a"
        self.step = 0
        self.takes_values = False
        self.changes = []
        self.asked = []

    def has_change(self, name, step):
        return any((change.name, change.step) == (name, step) for change in self.changes)

    def return_to(self, run, step, *, leave_future=False):
        self.asked.append((run, step, leave_future))
        self.step = step


class Controls:
    """Values by name."""

    def __init__(self):
        self.values = {"learning_rate": 0.001, "momentum": 0.0, "optimizer": "sgd"}
        self.keeper = None

    def move(self, name, value):
        old, self.values[name] = self.values[name], value
        self.keeper.note_edit(name, old, value)

    def apply(self, name, value):
        self.values[name] = value


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def pilot():
    return RunControl()


@pytest.fixture
def controls():
    return Controls()


@pytest.fixture
def keeper(qapp, clock, controls, pilot):
    controls.keeper = UndoHistory(controls.apply, pilot)
    return controls.keeper


def fly(pilot, keeper, name, old, new, step):
    """The run uses a new value from `step` on, and goes on a little."""
    change = Change(step, name, old, new)
    pilot.takes_values = True
    pilot.changes.append(change)
    pilot.step = step + 10
    keeper.note_change(change)


def test_that_at_first_there_is_nothing_to_undo(keeper):
    assert not keeper.can_undo
    assert not keeper.can_redo
    keeper.undo()
    keeper.redo()


def test_that_a_setting_goes_back_and_forth(keeper, controls):
    controls.move("learning_rate", 0.1)
    assert keeper.undo_text == "Learning rate"
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001
    keeper.redo()
    assert controls.values["learning_rate"] == 0.1


def test_that_a_choice_goes_back_too(keeper, controls):
    controls.move("optimizer", "adam")
    assert keeper.undo_text == "Optimizer"
    keeper.undo()
    assert controls.values["optimizer"] == "sgd"


def test_that_one_drag_is_one_step_back(keeper, controls, clock):
    for value in (0.01, 0.02, 0.03):
        clock.now += 0.5
        controls.move("learning_rate", value)
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001
    assert not keeper.can_undo
    keeper.redo()
    assert controls.values["learning_rate"] == 0.03


def test_that_two_drags_are_two_steps_back(keeper, controls, clock):
    controls.move("learning_rate", 0.01)
    clock.now += 1.5
    controls.move("learning_rate", 0.02)
    keeper.undo()
    assert controls.values["learning_rate"] == 0.01


def test_that_another_control_between_ends_a_drag(keeper, controls):
    controls.move("learning_rate", 0.01)
    controls.move("momentum", 0.9)
    controls.move("learning_rate", 0.02)
    keeper.undo()
    assert controls.values == {"learning_rate": 0.01, "momentum": 0.9, "optimizer": "sgd"}


def test_that_a_move_after_an_undo_is_one_of_its_own(keeper, controls):
    controls.move("learning_rate", 0.01)
    keeper.undo()
    controls.move("learning_rate", 0.02)
    assert not keeper.can_redo
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001


def test_that_a_setting_a_run_has_used_is_a_question(qtbot, keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(keeper.way_back_asked) as asked:
        keeper.undo()
    assert asked.args[0].step == 300
    assert controls.values["learning_rate"] == 0.1
    assert keeper.can_undo


def test_that_set_back_gives_the_run_the_old_value_from_here_on(qtbot, keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(keeper.way_back_asked) as asked:
        keeper.undo()
    keeper.set_back(asked.args[0])
    assert controls.values["learning_rate"] == 0.001
    assert pilot.asked == []
    keeper.redo()
    assert controls.values["learning_rate"] == 0.1


def test_that_the_other_answer_returns_to_before_the_first_step_of_the_move(qtbot, keeper, controls, pilot):
    controls.move("learning_rate", 0.05)
    fly(pilot, keeper, "learning_rate", 0.001, 0.05, step=300)
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.05, 0.1, step=304)
    with qtbot.waitSignal(keeper.way_back_asked) as asked:
        keeper.undo()
    keeper.return_before(asked.args[0])
    assert pilot.asked == [("a", 300, True)]
    keeper.redo()
    assert pilot.asked[1:] == [("a", 314, False)]


def test_that_an_answer_that_comes_too_late_does_nothing(qtbot, keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.001, 0.1, step=300)
    with qtbot.waitSignal(keeper.way_back_asked) as asked:
        keeper.undo()
    controls.move("momentum", 0.9)
    keeper.set_back(asked.args[0])
    keeper.return_before(asked.args[0])
    assert controls.values["learning_rate"] == 0.1
    assert pilot.asked == []


def test_that_a_change_made_where_the_run_rests_is_simply_taken_back(qtbot, keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.001, 0.1, step=300)
    pilot.step = 300
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001


def test_that_once_the_run_has_left_the_change_behind_there_is_no_question(keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.001, 0.1, step=300)
    pilot.changes.clear()
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001


def test_that_a_change_somebody_else_made_is_not_taken_for_an_edit(keeper, controls, pilot):
    controls.move("learning_rate", 0.1)
    fly(pilot, keeper, "learning_rate", 0.1, 0.7, step=300)
    keeper.undo()
    assert controls.values["learning_rate"] == 0.001


def test_that_a_journey_is_undone_by_going_where_it_began(keeper, pilot):
    keeper.note_journey("a", origin=900, step=300)
    assert keeper.undo_text == "Going to step 300"
    keeper.undo()
    keeper.redo()
    assert pilot.asked == [("a", 900, False), ("a", 300, False)]


@pytest.mark.parametrize("is_done", [False, True])
def test_that_a_deed_is_done_once_and_can_be_taken_back_and_done_again(keeper, is_done):
    deeds = []
    keeper.do("Delete", lambda: deeds.append("delete"), lambda: deeds.append("restore"), is_done=is_done)
    assert deeds == ([] if is_done else ["delete"])
    keeper.undo()
    keeper.redo()
    assert deeds[-2:] == ["restore", "delete"]

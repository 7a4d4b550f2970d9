import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.panels.curves_kit import add_steps, begin, hover, place_of, plot, shown_panel
from workbench.engine.history.history import History
from workbench.ui.controllers.cursor_values import CursorValues
from workbench.ui.panels.run_values import RunValuesPanel
from workbench.ui.plotting.curves.overlay_slots import Overlay


class Watched:
    """Curves with two runs, the panel of their values in a window of its own, and the controller."""

    def __init__(self, qtbot, run):
        self.qtbot = qtbot
        self.plots = shown_panel(qtbot)
        self.plots.run_name = lambda: "Run 2"
        self.history = begin(self.plots, 300)
        self.panel = RunValuesPanel()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        QVBoxLayout(self.window).addWidget(self.panel)
        self.controller = CursorValues(self.plots, self.panel, run, self.window)

    def show(self):
        self.window.show()
        self.qtbot.waitExposed(self.window)

    def overlay(self, steps):
        other = History()
        add_steps(other, steps)
        self.plots.set_overlays([Overlay("a", "Run 1", other, None)])

    def point_at(self, step):
        hover(self.qtbot, plot(self.plots), place_of(plot(self.plots), step))

    @property
    def shown(self):
        return [(each.name, each.step) for each in self.panel.values]


@pytest.fixture
def watched(qtbot, training):
    return Watched(qtbot, training.model)


def test_that_the_values_are_those_at_the_newest_step_until_a_step_is_pointed_at(watched):
    watched.show()
    watched.overlay(400)
    assert watched.shown == [("Run 2", 299), ("Run 1", 299)]
    watched.point_at(100)
    (_, step), (_, other) = watched.shown
    assert step == other == pytest.approx(100, abs=2)


def test_that_the_values_stay_where_the_pointer_has_left_the_curves(watched):
    watched.show()
    watched.overlay(400)
    watched.point_at(100)
    before = watched.shown
    watched.plots.stack.inspector.leave()
    watched.controller.refresh()
    assert watched.shown == before
    watched.panel.newest_requested.emit()
    assert watched.shown[0] == ("Run 2", 299)


def test_that_another_current_run_is_followed_from_its_newest_step(watched, training):
    watched.show()
    watched.point_at(100)
    training.emit(training.started())
    watched.controller.refresh()
    assert watched.shown == [("Run 2", 299)]


def test_that_nothing_is_read_for_a_panel_that_cannot_be_seen(watched, monkeypatch):
    asked = []
    monkeypatch.setattr(watched.plots, "values_at", lambda step: asked.append(step) or [])
    watched.overlay(400)
    watched.point_at(100)
    assert asked == []
    watched.show()
    watched.qtbot.waitUntil(lambda: len(asked) > 0)


def test_that_beyond_the_current_run_the_longer_one_is_read(watched):
    watched.show()
    watched.overlay(400)
    watched.point_at(380)
    assert watched.shown[0] == ("Run 2", 299)
    assert watched.shown[1][1] == pytest.approx(380, abs=2)
    assert [each.has_ended for each in watched.panel.values] == [True, False]

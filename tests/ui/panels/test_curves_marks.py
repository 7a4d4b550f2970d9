"""What other panels look at, shown in the curves: the step of a batch, and futures."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from tests.ui.panels.curves_kit import begin, settle, shown_panel
from workbench.ui.plotting.futures import DrawnFutures
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.plot import Plot
from workbench.ui.style.palette import load_palette

NEAR = 60
"""Of the three channels together: lines are antialiased."""
COLOURS = PlotColours.of(load_palette("light"))


@pytest.fixture
def panel(qtbot):
    panel = shown_panel(qtbot)
    begin(panel, 400, planned=400)
    return panel


def mark(panel):
    return panel.stack._lines._batch_mark


def count(panel, colour):
    """Pixels of the picture of the loss in nearly this colour."""
    settle()
    image = panel.findChild(Plot, "loss_plot").grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3]
    wanted = np.array([colour.blue(), colour.green(), colour.red()], int)
    return int((np.abs(pixels - wanted).sum(axis=2) < NEAR).sum())


def test_that_the_step_of_a_batch_is_marked_at_its_loss_where_the_curves_are_a_strip(panel):
    panel.set_batch_step(120)
    assert not mark(panel).isVisible()
    panel.set_strip(True)
    settle()
    assert mark(panel).isVisible()
    plot = panel.stack._loss
    assert mark(panel).x() == pytest.approx(plot.column_of(120), abs=1)
    view = plot.canvas.view
    assert mark(panel)._rows == pytest.approx(view.rows(np.array([panel.stack.traces.history.loss[120]])) / view.ratio)
    panel.set_batch_step(None)
    assert not mark(panel).isVisible()


def test_that_the_mark_follows_the_axes_and_hides_outside_of_them(panel):
    panel.set_strip(True)
    panel.set_batch_step(120)
    settle()
    before = mark(panel).x()
    panel.stack._loss.set_x_range(100.0, 200.0)
    settle()
    assert mark(panel).x() == pytest.approx(panel.stack._loss.column_of(120), abs=1) != before
    panel.stack._loss.set_x_range(200.0, 300.0)
    settle()
    assert not mark(panel).isVisible()


def test_that_futures_are_drawn_from_their_step_and_have_room(panel):
    assert count(panel, COLOURS.overlays[1]) == 0
    end = panel.stack._loss.ranges[0][1]
    panel.set_fan(DrawnFutures(390, (np.full(100, 1.0), np.full(100, 1.5)), 1))
    assert panel.stack._loss.ranges[0][1] > max(end, 490)
    assert count(panel, COLOURS.overlays[1]) > 0
    panel.set_fan(None)
    assert count(panel, COLOURS.overlays[1]) == 0
    assert panel.stack._loss.ranges[0][1] == end


def test_that_a_future_that_diverges_flattens_no_curve(panel):
    before = panel.stack._loss.ranges[1]
    panel.set_fan(DrawnFutures(390, (np.geomspace(1.0, 1e9, 60), np.full(60, np.nan)), None))
    settle()
    assert panel.stack._loss.ranges[1] == before

"""What the tests of the plots share: a panel, a run to draw, ways to use the mouse and to look at pixels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.plotting.render.plot import Plot
from workbench.ui.style.palette import load_palette

EPOCH = 100
SWITCHES = (
    "show_training_loss",
    "show_smoothed_loss",
    "show_test_loss",
    "show_training_accuracy",
    "show_test_accuracy",
)


def shown_panel(qtbot):
    """A panel on screen, without a run yet."""
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(900, 560)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def add_steps(history, count, epoch=EPOCH):
    """Losses that fall from 2.3, accuracies that rise, epochs and evaluations at their places."""
    generator = np.random.default_rng(len(history))
    for step in range(len(history), len(history) + count):
        if step % epoch == 0:
            history.add_epoch_start(EpochStart(step // epoch + 1, step))
        trend = np.exp(-step / (5 * epoch))
        history.add_step(0.4 + 1.9 * trend + 0.05 * generator.standard_normal(), 0.9 - 0.8 * trend)
        if step % epoch == epoch - 1:
            history.add_evaluation(Evaluation(step + 1, step // epoch + 1, 0.4 + 1.9 * trend, 0.9 - 0.8 * trend))


def begin(panel, steps=0, planned=1000):
    history = History()
    add_steps(history, steps)
    panel.begin(history, EPOCH, planned)
    settle()
    return history


def settle():
    for _ in range(10):
        QApplication.processEvents()


def plot(panel, name="loss_plot"):
    return panel.findChild(Plot, name)


def pixels(widget):
    settle()
    image = widget.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def count(widget, colour):
    """Pixels that show the colour, or nearly: the core of an antialiased line is not quite opaque."""
    return int(shows(pixels(widget), colour).sum())


def shows(image, colour, tolerance=16):
    """Which of the `pixels` show the colour, or nearly."""
    channels = image.view(np.uint8).reshape(*image.shape, 4)[..., :3].astype(int)
    return abs(channels - (colour.blue(), colour.green(), colour.red())).max(axis=-1) <= tolerance


def unlike(one, other):
    """Share of pixels in which two pictures differ visibly: a line that is cut in two has soft edges where it was."""
    difference = abs(one.view(np.uint8).astype(int) - other.view(np.uint8).astype(int)).reshape(-1, 4)
    return (difference.max(axis=1) > 32).mean()


def centre(widget):
    return widget.viewport().rect().center()


def wheel(widget, clicks, place=None):
    place = QPointF(place or centre(widget))
    event = QWheelEvent(
        place,
        QPointF(widget.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * clicks),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget.viewport(), event)
    settle()


def hover(qtbot, widget, place):
    qtbot.mouseMove(widget.viewport(), place - QPoint(3, 0))
    qtbot.mouseMove(widget.viewport(), place)
    qtbot.wait(60)


def readout(panel):
    return panel.findChild(QLabel, "readout").text()


def hint(panel):
    return panel.findChild(QLabel, "readout").hint


def place_of(widget, step, share=0.5):
    """Where a step lies in the plot, in the coordinates of its viewport; `share` of the height from the top."""
    return QPoint(round(widget.axis_width + widget.column_of(step)), round(share * widget.viewport().height()))


def click(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QToolButton, name), Qt.MouseButton.LeftButton)
    settle()


def send_drag(viewport, place):
    QApplication.sendEvent(
        viewport,
        QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(viewport.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    settle()


class PaintWatch(QObject):
    """Notes which regions of the plots are painted."""

    def __init__(self, panel):
        super().__init__(panel)
        self.regions = []
        for name in ("loss_plot", "accuracy_plot"):
            plot(panel, name).viewport().installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region().boundingRect())
        return False

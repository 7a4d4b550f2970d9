import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.ui.models.headline_figures import Headline
from workbench.ui.panels.figures import FiguresPanel
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.headline_figure import HeadlineFigure

USUAL = Headline(
    ACCURACY,
    loss=0.41234,
    loss_change=-0.021,
    training=0.851,
    training_change=0.008,
    test=0.793,
    test_change=-0.012,
    best=0.805,
    best_epoch=1,
)


@pytest.fixture
def panel(qtbot):
    panel = FiguresPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    panel.resize(900, panel.sizeHint().height())
    panel.show_headline(USUAL)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


def figure(panel, name):
    return panel.findChild(HeadlineFigure, f"figure_{name}")


def test_that_loss_accuracies_and_the_best_stand_there_with_what_changed(panel):
    shown = [(each.value, each.note) for each in panel.figures]
    assert shown == [("0.412", "0.0210"), ("85.1%", "0.8"), ("79.3%", "1.2"), ("80.5%", "epoch 1")]


def test_that_a_change_of_less_than_the_last_digit_is_none(panel):
    panel.show_headline(Headline(ACCURACY, loss=0.41234, loss_change=-0.0003))
    assert (figure(panel, "loss").value, figure(panel, "loss").note) == ("0.412", "")


def test_that_a_narrow_line_leaves_out_the_changes_before_the_accuracies(panel, qtbot):
    panel.set_compact(True)
    wide = sum(each.width_with(note=True) + 20 for each in panel.figures[:3])
    panel.resize(wide, panel.height())
    assert figure(panel, "test").isVisible()
    with_changes = figure(panel, "test").sizeHint().width()
    panel.resize(wide - 80, panel.height())
    assert [each.isVisible() for each in panel.figures[:3]] == [True] * 3
    assert figure(panel, "test").sizeHint().width() < with_changes
    assert "1.2 lower" in figure(panel, "test").toolTip()
    panel.resize(100, panel.height())
    assert [each.isVisible() for each in panel.figures] == [True, False, False, False]


def test_that_they_are_large(panel):
    ordinary = panel.fontMetrics().height()
    assert figure(panel, "loss").sizeHint().height() > 2 * ordinary


def test_that_a_screen_reader_hears_name_value_and_change(panel):
    test = figure(panel, "test")
    assert test.accessibleName() == "Test accuracy: 79.3%"
    assert test.accessibleDescription() == "1.2 lower than an epoch before"
    assert figure(panel, "best").accessibleDescription() == "epoch 1"


@pytest.mark.parametrize("how", ["click", "key"])
def test_that_a_click_or_space_copies_the_figure(panel, qtbot, how):
    test = figure(panel, "test")
    if how == "click":
        qtbot.mouseClick(test, Qt.MouseButton.LeftButton)
    else:
        test.setFocus()
        qtbot.keyClick(test, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "79.3%"


def test_that_a_regression_has_its_error_in_the_place_of_the_accuracy(panel):
    panel.show_headline(Headline(MEAN_ABSOLUTE_ERROR, loss=0.2, test=0.31, test_change=-0.04, best=0.3, best_epoch=7))
    assert figure(panel, "test").accessibleName() == "Test error (MAE): 0.310"
    assert figure(panel, "best").accessibleName() == "Best test error: 0.300"


def test_that_without_a_run_there_is_nothing_to_show(panel):
    panel.show_headline(None)
    assert not panel.is_wanted
    panel.show_headline(Headline(ACCURACY))
    assert panel.is_wanted
    assert [each.value for each in panel.figures] == ["–"] * 4


@pytest.mark.parametrize("width", [200, 420, 640, 900])
def test_that_where_the_room_is_small_whole_figures_are_left_out_and_none_is_cut(panel, qtbot, width):
    panel.resize(width, panel.height())
    qtbot.wait(20)
    shown = [each for each in panel.figures if each.isVisible()]
    assert shown[0] is figure(panel, "loss")
    assert all(each.width() >= each.sizeHint().width() for each in shown)
    assert all(each.geometry().right() <= width for each in shown)


def test_that_a_very_small_loss_gets_the_room_that_its_figure_needs(panel, qtbot):
    loss = figure(panel, "loss")
    before = loss.sizeHint().width()
    panel.show_headline(Headline(ACCURACY, loss=1.234e-5, loss_change=-1.5e-6))
    assert loss.value == "1.23e-05"
    assert loss.sizeHint().width() > before


def test_that_a_figure_that_has_not_changed_is_not_painted_again(panel, qtbot):
    painted = []

    class Watch(QWidget):
        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() == QEvent.Type.Paint and isinstance(event, QPaintEvent):
                painted.append(watched.objectName())
            return False

    watch = Watch()
    for each in panel.figures:
        each.installEventFilter(watch)
    qtbot.wait(50)
    painted.clear()
    panel.show_headline(USUAL)
    qtbot.wait(50)
    assert painted == []
    panel.show_headline(Headline(ACCURACY, loss=0.3, loss_change=-0.021, **RESTING))
    qtbot.wait(50)
    assert set(painted) == {"figure_loss"}


RESTING = {
    "training": USUAL.training,
    "training_change": USUAL.training_change,
    "test": USUAL.test,
    "test_change": USUAL.test_change,
    "best": USUAL.best,
    "best_epoch": USUAL.best_epoch,
}

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.protocol.events import DataLoaded
from workbench.ui.panels.dataset import DatasetPanel
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.scatter_view import ScatterView, class_colour
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.sample_images import SampleImages

NAMES = tuple(f"class {label}" for label in range(10))


@pytest.fixture
def panel(qtbot):
    panel = DatasetPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    panel.resize(700, 240)
    panel.show()
    return panel


def brightness(panel):
    image = panel.grab().toImage()
    return sum(image.pixelColor(x, y).lightness() > 250 for x in range(0, image.width(), 5) for y in range(0, 100, 5))


def test_that_images_are_drawn(panel):
    assert brightness(panel) == 0
    panel.show_samples(NAMES, np.full((10, 24, 1, 28, 28), 255, np.uint8))
    assert brightness(panel) > 100
    assert panel.accessibleDescription() == ", ".join(NAMES)


def test_that_a_message_replaces_them(panel):
    panel.show_samples(NAMES, np.full((10, 24, 1, 28, 28), 255, np.uint8))
    panel.show_message("The data are gone.")
    assert brightness(panel) == 0
    assert panel.accessibleDescription() == "The data are gone."


@pytest.mark.parametrize("size", [(1, 1), (200, 40), (3000, 60), (300, 2000)])
def test_that_any_size_can_be_drawn(panel, size):
    panel.show_samples(NAMES, np.zeros((10, 3, 1, 28, 28), np.uint8))
    panel.resize(*size)
    assert not panel.grab().isNull()


CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


@pytest.mark.parametrize("size", [(348, 94), (384, 94), (528, 94), (887, 94), (348, 200), (700, 240)])
def test_that_no_name_is_cut_in_a_window_of_any_allowed_size(panel, monkeypatch, size):
    drawn = {}
    fitted = SampleImages._fitted

    def spy(panel, name, width):
        drawn[name] = fitted(panel, name, width)
        return drawn[name]

    monkeypatch.setattr(SampleImages, "_fitted", spy)
    panel.show_samples(CLASSES, np.zeros((10, 24, 1, 28, 28), np.uint8))
    panel.resize(*size)
    panel.grab()
    assert tuple(drawn) == CLASSES
    assert not any("…" in text for text in drawn.values())


def test_that_the_tooltip_names_the_class_under_the_pointer(panel, monkeypatch):
    said = []
    monkeypatch.setattr("PySide6.QtWidgets.QToolTip.showText", lambda _, text, *__: said.append(text))
    panel.show_samples(CLASSES, np.zeros((10, 24, 1, 28, 28), np.uint8))
    for x in (10, 680):
        QApplication.sendEvent(
            panel.findChild(SampleImages), QHelpEvent(QEvent.Type.ToolTip, QPoint(x, 5), QPoint(x, 5))
        )
    assert ["T-shirt" in said[0], "Ankle boot" in said[1]] == [True, True]


def loaded(spec, samples=None, points=None, targets=None):
    return DataLoaded("some", spec, 100, 20, np.zeros((0, 0, 1, 1, 1), np.uint8) if samples is None else samples, None,
                      points=np.zeros((0, 0), np.float32) if points is None else points,
                      targets=np.zeros(0) if targets is None else targets)  # fmt: skip


def test_that_the_images_of_a_hundred_classes_scroll(panel):
    names = tuple(f"class {label}" for label in range(100))
    spec = DataSpec(Task.CLASSIFICATION, (3, 32, 32), names)
    panel.show_data(loaded(spec, np.full((100, 4, 3, 32, 32), 255, np.uint8)))
    images = panel.findChild(SampleImages)
    assert images.height() > panel.height()
    assert brightness(panel) > 100
    panel.show_samples(CLASSES, np.zeros((10, 3, 1, 28, 28), np.uint8))
    QApplication.processEvents()
    assert images.height() <= panel.height()


def test_that_colours_and_proportions_of_images_are_kept(panel):
    spec = DataSpec(Task.CLASSIFICATION, (3, 20, 60), ("a", "b"))
    samples = np.zeros((2, 1, 3, 20, 60), np.uint8)
    samples[:, :, 0] = 255
    panel.show_data(loaded(spec, samples))
    image = panel.grab().toImage()
    rows = {y for y in range(image.height()) for x in range(0, image.width(), 2) if is_red(image.pixelColor(x, y))}
    columns = {x for x in range(image.width() // 2) for y in rows if is_red(image.pixelColor(x, y))}
    assert 2.5 < len(columns) / len(rows) < 3.5


def is_red(colour):
    return colour.red() > 200 and colour.green() < 60


def test_that_points_of_classes_are_drawn_in_a_plane_in_their_colours(panel):
    spec = DataSpec(Task.CLASSIFICATION, (2,), ("inner", "outer"))
    points = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    panel.show_data(loaded(spec, points=points, targets=np.arange(200) % 2))
    scatter = panel.findChild(ScatterView)
    assert scatter.isVisible()
    colours = PlotColours.of(load_palette("dark"))
    image = scatter.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {class_colour(colours, 0).name(), class_colour(colours, 1).name()} <= seen
    assert panel.accessibleDescription() == "inner, outer"


def test_that_other_vectors_are_a_table_that_begins_with_what_is_predicted(panel):
    spec = DataSpec(Task.REGRESSION, (3,), (), ("price",), ("area", "rooms", "age"))
    points = np.array([[1.5, 2.0, 3.25], [4.0, 5.0, 6.0]], np.float32)
    panel.show_data(loaded(spec, points=points, targets=np.array([[10.0], [20.5]], np.float32)))
    assert not panel.findChild(ScatterView).isVisible()
    model = panel.findChild(QTableView).model()
    rows = [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(2)]
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert titles == ["price", "area", "rooms", "age"]
    assert rows == [["10", "1.5", "2", "3.25"], ["20.5", "4", "5", "6"]]


def test_that_a_number_over_one_feature_is_drawn_in_a_plane(panel):
    spec = DataSpec(Task.REGRESSION, (1,), (), ("y",), ("x",))
    x = np.linspace(-3, 3, 50, dtype=np.float32)[:, None]
    panel.show_data(loaded(spec, points=x, targets=np.sin(x)))
    scatter = panel.findChild(ScatterView)
    assert scatter.isVisible()
    assert scatter.accessibleName() == "Scatter plot of y over x"


@pytest.mark.parametrize("values", [[np.nan, np.inf, 1.0], [5.0, 5.0, 5.0], [0.0, 1e30, -1e30]])
def test_that_strange_numbers_can_be_drawn(panel, values):
    spec = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b", "c"))
    points = np.array([values, values], np.float32).T
    panel.show_data(loaded(spec, points=points, targets=np.array([0, 1, 2])))
    assert not panel.grab().isNull()


def test_that_the_images_of_a_regression_are_named_by_their_numbers(panel):
    spec = DataSpec(Task.REGRESSION, (1, 8, 8), (), ("age",))
    panel.show_data(loaded(spec, np.zeros((1, 3, 1, 8, 8), np.uint8), targets=np.array([[1.0], [-2.5], [30.0]])))
    assert panel.accessibleDescription() == "1.00, −2.50, 30.0"
    assert not panel.grab().isNull()


@pytest.mark.parametrize(
    ("spec", "is_offered"),
    [
        (DataSpec(Task.CLASSIFICATION, (2,), ("a", "b")), True),
        (DataSpec(Task.REGRESSION, (1,), (), ("y",)), True),
        (DataSpec(Task.REGRESSION, (2,), (), ("y",)), True),
        (DataSpec(Task.CLASSIFICATION, (3,), ("a", "b")), False),
        (DataSpec(Task.REGRESSION, (1,), (), ("y", "z")), False),
    ],
)
def test_that_the_boundary_is_offered_where_it_can_be_drawn(panel, spec, is_offered):
    points = np.zeros((4, *spec.sample_shape), np.float32)
    targets = np.zeros(4, np.int64) if spec.class_names else np.zeros((4, spec.output_count), np.float32)
    panel.show_data(loaded(spec, points=points, targets=targets))
    button = panel.findChild(QPushButton, "show_boundary")
    assert button.isVisible() == is_offered
    asked = []
    panel.boundary_toggled.connect(asked.append)
    button.click()
    button.click()
    assert asked == [True, False]
    for width in (377, 900) if is_offered else ():
        panel.resize(width, 94)
        assert panel.width() - button.mapTo(panel, button.rect().topRight()).x() > 4, "it touches the edge"

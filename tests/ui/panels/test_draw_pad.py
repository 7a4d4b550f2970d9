"""The draw pad: what the network is given, what is shown of its answers, test images, pictures, vectors."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.single_picture import centred
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import Inspected, RunPaused
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.engine.protocol.queries.sample_outputs import PredictSample, SampleOutputs
from workbench.engine.recipe import Recipe
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panels.draw_pad import DrawPadPanel
from workbench.ui.style.palette import load_palette

GREY = DataSpec(Task.CLASSIFICATION, (1, 8, 8), ("a", "<b>b</b> & c", "d"))
COLOUR = DataSpec(Task.CLASSIFICATION, (3, 8, 10), ("a", "b"))
VECTOR = DataSpec(Task.CLASSIFICATION, (3,), ("a", "b"), feature_names=("x", "y & z", "<i>"))
NUMBERS = DataSpec(Task.REGRESSION, (1, 8, 8), target_names=("p", "q"))


def inputs_of(spec, count=20):
    generator = np.random.default_rng(1)
    if not spec.is_image:
        return generator.normal(size=(count, *spec.sample_shape)).astype(np.float32)
    images = np.zeros((count, *spec.sample_shape), np.uint8)
    images[:, :, 2:6, 2:6] = generator.integers(1, 256, (count, spec.sample_shape[0], 4, 4))
    return images


class Window:
    def __init__(self, training, qtbot, spec=GREY, inputs=None, dataset=None):
        self.training, self.qtbot, self.spec = training, qtbot, spec
        training.emit(RunPaused(12))
        self.inputs = inputs_of(spec) if inputs is None else inputs
        count = len(self.inputs)
        targets = np.zeros((count, 2), np.float32) if spec is NUMBERS else np.ones(count, np.int64)
        training.model.predictions = PredictionLog(spec, self.inputs, targets)
        if dataset is not None:
            training.model.recipe = Recipe(dataset=dataset)
        self.model = InspectionModel(training.model)
        self.panel = DrawPadPanel(self.model)
        self.panel.set_palette(load_palette("dark"))
        self.panel.resize(270, 540)
        qtbot.addWidget(self.panel)
        self.inspection = Inspection(training.connection, training.model, self.model, [self.panel])
        self.sent = training.connection.sent
        self.model.refresh()
        self.panel.show()
        qtbot.waitExposed(self.panel)

    @property
    def canvas(self):
        return self.panel.pad.canvas

    def draw(self, start, end):
        """A stroke with the mouse, between places that are shares of the pad's sides."""
        rect = self.canvas.image_rect
        first, last = (
            QPoint(rect.left() + int(x * rect.width()), rect.top() + int(y * rect.height())) for x, y in (start, end)
        )
        self.qtbot.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=first)
        self.qtbot.mouseMove(self.canvas, last)
        self.qtbot.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=last)

    def asked(self):
        self.qtbot.waitUntil(lambda: len(self.sent) > 0)
        return self.sent.pop(0)

    def answer(self, *outputs, query=None, step=None, problem=None):
        asked = self.asked() if query is None else query
        answer = None if problem else SampleOutputs(np.array(outputs, np.float32))
        self.training.emit(Inspected(asked.query, asked.step, self.training.run.id, 12, answer, 0.0, problem))
        return asked

    @property
    def note(self):
        return self.panel._note.text()


@pytest.fixture
def window(training, qtbot):
    return Window(training, qtbot)


def values_of(query, spec):
    kind = np.float32 if query.is_float else np.uint8
    return np.frombuffer(query.content, kind).reshape(spec.sample_shape)


def test_that_nothing_is_asked_about_an_empty_pad(window):
    window.qtbot.wait(50)
    assert window.sent == []
    assert window.panel.text == ""  # the pad is there to draw on


def test_that_the_network_is_given_the_pixels_of_the_pad(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    asked = window.asked()
    # The first question may be about the first dot of the stroke; the last one is about all of it.
    while not np.array_equal(values_of(asked.query, GREY), window.canvas.image):
        window.answer(1, 0, 0, query=asked)
        asked = window.asked()
    assert window.canvas.image.any()
    assert asked.step is None


def test_that_probabilities_are_shown_and_follow_the_drawing(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    while window.panel.request is not None:
        window.answer(0.0, 2.0, 1.0)
    shares = softmax(np.array([[0.0, 2.0, 1.0]]))[0]
    assert window.panel.bars.shown[0] == ("<b>b</b> & c", f"{shares[1]:.1%}")
    assert next(iter(window.panel.table())) == ("class", "probability")
    assert dict(list(window.panel.table())[1:])["d"] == pytest.approx(shares[2])
    window.panel._sorted.click()
    assert [name for name, _ in window.panel.bars.shown] == list(GREY.class_names)
    window.canvas.clear()
    assert {text for _, text in window.panel.bars.shown} == {""}
    assert window.panel.table() is None


def test_that_an_answer_to_the_drawing_a_moment_before_is_shown_and_the_next_is_asked(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    asked = window.asked()
    window.draw((0.2, 0.6), (0.8, 0.6))
    window.answer(9.0, 0.0, 0.0, query=asked)
    assert window.panel.bars.shown[0][0] == "a"
    assert np.array_equal(values_of(window.asked().query, GREY), window.canvas.image)


def test_that_it_is_asked_again_when_the_run_has_gone_on(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    while window.panel.request is not None:
        window.answer(1, 0, 0)
    window.training.record(1)
    window.model.refresh()
    asked = window.asked()
    assert np.array_equal(values_of(asked.query, GREY), window.canvas.image)


def test_that_a_test_image_is_put_on_the_pad_to_edit(window):
    window.panel.pad._take.click()
    (place,) = np.flatnonzero((window.inputs == window.canvas.image).all(axis=(1, 2, 3)))
    assert f"{place:,}" in window.note
    assert "<b>b</b> & c" in window.note
    window.draw((0.0, 0.1), (1.0, 0.1))
    assert "Truly" not in window.note  # it is another image now
    window.canvas.undo()
    assert np.array_equal(window.canvas.image, window.inputs[place])


def test_that_the_chosen_test_image_is_taken_and_then_another_one(window, monkeypatch):
    window.model.choose_sample(7)
    window.panel.pad._take.click()
    assert np.array_equal(window.canvas.image, window.inputs[7])
    monkeypatch.setattr("random.randrange", lambda count: count - 1)
    window.panel.pad._take.click()
    assert np.array_equal(window.canvas.image, window.inputs[-1])


def test_that_floats_become_bytes_on_the_pad(training, qtbot):
    floats = inputs_of(GREY).astype(np.float32) / 255
    window = Window(training, qtbot, inputs=floats)
    window.model.choose_sample(3)
    window.panel.pad._take.click()
    assert np.array_equal(window.canvas.image, inputs_of(GREY)[3])
    assert "Truly" in window.note


def png(array):
    file = io.BytesIO()
    Image.fromarray(np.asarray(array, np.uint8)).save(file, "PNG")
    return file.getvalue()


def test_that_a_picture_is_put_on_the_pad_and_what_was_done_is_said(window):
    paper = np.full((20, 30, 3), 255)
    paper[5:15, 10:20] = (0, 0, 200)
    window.panel.read_picture(png(paper))
    window.qtbot.waitUntil(lambda: not window.canvas.is_blank)
    assert window.canvas.image[0, 0, 0] == 0
    assert window.canvas.image[0, 4, 4] > 150
    for part in ("30 × 20", "middle", "8 × 8", "grey", "light on dark"):
        assert part in window.note
    window.canvas.undo()
    assert window.canvas.is_blank


def test_that_what_is_no_picture_is_refused_beside_the_pad(window, tmp_path):
    path = tmp_path / "text.png"
    path.write_text("no picture")
    window.draw((0.2, 0.3), (0.8, 0.3))
    before = window.canvas.image
    window.panel.read_picture(path)
    window.qtbot.waitUntil(lambda: "no picture" in window.note)
    assert np.array_equal(window.canvas.image, before)


def test_that_dark_images_on_light_are_drawn_dark_on_light(training, qtbot):
    window = Window(training, qtbot, inputs=255 - inputs_of(GREY))
    assert window.canvas.ground == 255
    window.draw((0.2, 0.3), (0.8, 0.3))
    assert window.canvas.image.min() == 0


def test_that_digits_are_centred_before_the_network_gets_them(training, qtbot):
    spec = DataSpec(Task.CLASSIFICATION, (1, 8, 8), ("a", "b", "c"))
    window = Window(training, qtbot, spec, dataset="mnist")
    window.draw((0.05, 0.1), (0.4, 0.1))
    while window.panel.request is not None:
        last = window.answer(1, 0, 0)
    given = values_of(last.query, spec)
    assert np.array_equal(given, centred(window.canvas.image, 0))
    assert not np.array_equal(given, window.canvas.image)
    window.panel.pad._centre.click()
    assert np.array_equal(values_of(window.asked().query, spec), window.canvas.image)


def test_that_other_data_are_not_centred(window):
    assert not window.panel.pad._centre.isChecked()


def test_that_colour_images_have_a_brush_colour(training, qtbot):
    from PySide6.QtGui import QColor

    window = Window(training, qtbot, COLOUR)
    assert not window.panel.pad._colour.isHidden()
    window.panel.pad._choose_colour(QColor(200, 100, 50))
    window.draw((0.2, 0.5), (0.8, 0.5))
    assert window.canvas.image[:, 4, 5].tolist() == [200, 100, 50]
    assert window.asked().query.shape == (3, 8, 10)


def test_that_a_new_run_on_the_same_data_keeps_the_drawing_and_other_data_do_not(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    drawn = window.canvas.image
    window.training.model.predictions = PredictionLog(GREY, window.inputs, np.ones(20, np.int64))
    window.model.refresh()
    assert np.array_equal(window.canvas.image, drawn)
    window.training.model.predictions = PredictionLog(COLOUR, inputs_of(COLOUR), np.ones(20, np.int64))
    window.model.refresh()
    assert window.canvas.is_blank
    assert window.canvas.image.shape == (3, 8, 10)


def test_that_a_problem_is_said_and_the_pad_stays(window):
    window.draw((0.2, 0.3), (0.8, 0.3))
    while window.panel.request is not None:
        window.answer(problem=UserError("The network failed."))
    assert window.note == "The network failed."
    assert window.panel.text == ""


def test_that_numbers_are_shown_where_numbers_are_predicted(training, qtbot):
    window = Window(training, qtbot, NUMBERS)
    window.draw((0.2, 0.3), (0.8, 0.3))
    while window.panel.request is not None:
        window.answer(-1.5, 3.0)
    assert window.panel.bars.shown == [("p", "−1.50"), ("q", "3.00")]
    assert list(window.panel.table())[1:] == [("p", -1.5), ("q", 3.0)]


def test_that_the_features_of_vectors_are_set_on_sliders(training, qtbot):
    window = Window(training, qtbot, VECTOR)
    lows, highs = window.inputs.min(axis=0), window.inputs.max(axis=0)
    first = window.answer(1, 0)
    assert np.allclose(values_of(first.query, VECTOR), (lows + highs) / 2)
    assert "sliders" in window.note
    slider = window.panel.sliders._sliders[1]
    slider.setValue(slider.maximum())
    given = values_of(window.answer(0, 5).query, VECTOR)
    assert np.allclose(given, [(lows[0] + highs[0]) / 2, highs[1], (lows[2] + highs[2]) / 2])
    assert window.panel.bars.shown[0][0] == "b"


def test_that_a_test_sample_is_set_exactly(training, qtbot):
    window = Window(training, qtbot, VECTOR)
    window.model.choose_sample(4)
    window.panel.sliders._take.click()
    assert np.array_equal(window.panel.sliders.values, window.inputs[4])
    assert window.panel.query == PredictSample.of(window.inputs[4])
    assert "Truly b" in window.note


def test_that_long_vectors_ask_nothing_and_say_why(training, qtbot):
    window = Window(training, qtbot, DataSpec(Task.CLASSIFICATION, (13,), ("a", "b")))
    qtbot.wait(30)
    assert window.sent == []
    assert "more than 12 features" in window.panel.text


def test_that_the_results_stand_where_the_pad_can_be_largest(window):
    from PySide6.QtWidgets import QBoxLayout

    for width, height, direction in (
        (270, 540, QBoxLayout.Direction.TopToBottom),
        (800, 400, QBoxLayout.Direction.LeftToRight),
    ):
        window.panel.resize(width, height)
        assert window.panel._halves.direction() is direction
        assert window.canvas.image_rect.width() > 100


def test_that_the_order_is_remembered(window):
    window.panel.restore({"sorted": False})
    assert window.panel.state() == {"sorted": False}
    window.panel.restore({})
    assert window.panel.state() == {"sorted": True}


@pytest.mark.parametrize("size", [(223, 300), (260, 440), (330, 300), (640, 300)])
def test_that_everything_fits_without_scrolling_into_the_panels_of_each_window(window, size):
    window.panel.resize(*size)
    window.qtbot.wait(20)
    content = window.panel.content
    assert content.size() == content.parentWidget().size()
    assert window.canvas.image_rect.width() >= 60


def test_that_a_pad_behind_another_tab_takes_other_data_when_it_comes_to_the_front(training, qtbot):
    window = Window(training, qtbot, VECTOR)
    shell = QMainWindow()
    docks = [QDockWidget(name, shell) for name in ("pad", "other")]
    docks[0].setWidget(window.panel)
    for dock in docks:
        shell.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    shell.tabifyDockWidget(*docks)
    docks[0].raise_()
    shell.show()
    qtbot.waitUntil(lambda: window.panel.is_seen)
    docks[1].raise_()
    qtbot.waitUntil(lambda: not window.panel.is_seen)
    training.model.predictions = PredictionLog(GREY, inputs_of(GREY), np.ones(20, np.int64))
    window.model.refresh()
    docks[0].raise_()
    qtbot.waitUntil(lambda: window.panel.is_seen and not window.panel.pad.isHidden())
    assert window.panel.sliders.isHidden()
    assert window.canvas.image.shape == GREY.sample_shape
    assert window.panel.query is None
    window.panel.setParent(None)  # the fixture closes it
    shell.close()

"""The gallery: which samples it shows, in which order, and one of them in detail."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from tests.ui.panels.inspection_kit import IMAGES, NAMES, images, model_of
from tests.ui.usual_look import use_usual_look
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import Inspected
from workbench.engine.protocol.queries.saliency import ExplainedSample, ExplainSample, SaliencyMethod
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panels.gallery.controls import GalleryControls, lines_of
from workbench.ui.panels.gallery.panel import GalleryPanel
from workbench.ui.style.palette import load_palette
from workbench.ui.style.theme import Theme
from workbench.ui.text.translation import install_translations
from workbench.ui.widgets.fitting_box import FittingBox
from workbench.ui.widgets.sample_cards import Mark

LABELS = np.array([0, 1, 2, 2, 0, 1])
EARLIER = [[5, 0, 0], [0, 5, 0], [4, 0, 0], [0, 0, 5], [0, 0, 1], [0, 0, 5]]
LATER = [[5, 0, 0], [0, 1, 0], [4, 0, 0], [3, 0, 0], [2, 0, 0], [0, 0, 6]]
# Right, right (unsure), wrong, wrong (was right), right (was wrong), wrong (surest).


def open_panel(qtbot, model, size=(460, 700)):
    panel = GalleryPanel(model)
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    panel.resize(*size)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def model(training):
    return model_of(training, IMAGES, images(6), LABELS, {20: EARLIER, 30: LATER})


@pytest.fixture
def panel(qtbot, model):
    return open_panel(qtbot, model)


def choose(panel, name, text):
    box = panel.findChild(QComboBox, name)
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def shown(panel):
    return [row[0] for row in list(panel.table())[1:]]


def text(panel):
    return panel._view.controls.text


def card(panel, row):
    return panel._view.samples._cards.card(row)


def test_that_all_samples_are_shown_with_the_highest_loss_first(panel):
    assert shown(panel) == [5, 2, 3, 1, 4, 0]
    assert text(panel) == "6 test samples, 3 wrong"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("Confident mistakes", [5, 2, 3, 1, 4, 0]),
        ("Least certain", [1, 4, 3, 2, 0, 5]),
        ("As in the data", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_that_the_order_is_the_chosen_one(panel, order, expected):
    choose(panel, "gallery_order", order)
    assert shown(panel) == expected


@pytest.mark.parametrize(
    ("selection", "expected"), [("Wrong", {2, 3, 5}), ("Right", {0, 1, 4}), ("All", set(range(6)))]
)
def test_that_only_the_chosen_samples_are_shown(panel, selection, expected):
    choose(panel, "gallery_selection", selection)
    assert set(shown(panel)) == expected


def test_that_the_samples_of_one_class_are_shown(panel):
    choose(panel, "gallery_class", NAMES[2])
    assert set(shown(panel)) == {2, 3}
    choose(panel, "gallery_selection", "Right")
    assert shown(panel) == []
    assert text(panel) == "0 of 6 samples, 0 wrong"


def test_that_samples_that_changed_since_the_last_evaluation_are_shown_with_what_they_were(panel, model):
    choose(panel, "gallery_selection", "Changed since the evaluation before")
    choose(panel, "gallery_order", "As in the data")
    assert shown(panel) == [3, 4]
    assert text(panel) == "2 changed: 1 became right, 1 became wrong"
    assert card(panel, 0).note == "was: Shirt"
    model.show_step(20)
    assert shown(panel) == []
    assert "no evaluation before" in text(panel)


def test_that_a_pair_chosen_elsewhere_is_shown_and_can_be_cleared(panel, model, qtbot):
    model.choose_pair((2, 0))
    assert set(shown(panel)) == {2, 3}
    assert text(panel) == "2 × Shirt predicted as T-shirt/top"
    clear = panel.findChild(QWidget, "gallery_clear_pair")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert model.pair is None
    assert len(shown(panel)) == 6
    assert clear.isHidden()
    model.choose_pair((0, 0))
    assert text(panel) == "2 × T-shirt/top, recognised"


def test_that_cards_say_prediction_confidence_and_label(panel):
    surest = card(panel, 0)
    assert surest.title == "Shirt 100%"
    assert surest.note == "label: <b>Bag</b> & co"
    assert surest.mark is Mark.WRONG
    right = card(panel, 5)
    assert (right.title, right.note, right.mark) == ("T-shirt/top 99%", "", Mark.RIGHT)


def test_that_the_table_has_the_numbers_of_what_is_shown(panel):
    choose(panel, "gallery_selection", "Wrong")
    head, first, *_ = panel.table()
    assert head == ("sample", "label", "predicted", "confidence", "probability_of_label", "cross_entropy")
    powers = np.exp([0, 0, 6])
    shares = powers / powers.sum()
    assert first[:3] == (5, NAMES[1], NAMES[2])
    assert first[3:] == pytest.approx((shares[2], shares[1], -np.log(shares[1])), rel=1e-5)


def test_that_looking_back_shows_the_predictions_of_that_time(panel, model):
    model.show_step(20)
    assert text(panel) == "6 test samples, 3 wrong"
    choose(panel, "gallery_selection", "Wrong")
    assert set(shown(panel)) == {2, 4, 5}


def test_that_a_click_shows_the_sample_in_detail(panel, model, qtbot):
    samples = panel._view.samples
    place = samples.visualRect(samples.model().index(0)).center()
    qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    detail = panel._view.detail
    assert model.sample == 5
    assert detail.isVisible()
    assert detail.title == "<b>Bag</b> & co predicted as Shirt (test sample 5)"
    assert panel.query == ExplainSample(5, SaliencyMethod.GRADIENT)
    assert panel.request == (ExplainSample(5, SaliencyMethod.GRADIENT), None)
    curves = {curve.name: curve.values for curve in detail._curves._curves}
    assert detail._curves._steps == (20, 30)
    powers = np.exp([[0, 0, 5], [0, 0, 6]])
    assert curves["Shirt"] == pytest.approx((powers / powers.sum(axis=1, keepdims=True))[:, 2], rel=1e-5)
    qtbot.keyClick(samples, Qt.Key.Key_Right)
    assert model.sample == 2
    qtbot.mouseClick(panel.findChild(QWidget, "sample_detail_close"), Qt.MouseButton.LeftButton)
    assert model.sample is None
    assert not detail.isVisible()


def test_that_keys_move_through_the_samples_in_a_small_panel(qtbot, model):
    panel = open_panel(qtbot, model, (400, 380))
    samples, detail = panel._view.samples, panel._view.detail
    panel.activateWindow()
    samples.setFocus()
    samples.set_current(0)
    qtbot.keyClick(samples, Qt.Key.Key_Return)
    assert model.sample == 5
    assert detail.isVisible()
    assert not samples.isVisible()
    qtbot.keyClick(detail, Qt.Key.Key_Right)
    assert model.sample == 2
    qtbot.keyClick(detail, Qt.Key.Key_Escape)
    assert model.sample is None
    assert samples.isVisible()
    assert samples.currentIndex().row() == 1


def answer(panel, model, problem=None):
    request = panel.request
    explained = ExplainedSample(5, 2, np.ones((8, 8), np.float32), np.zeros(3, np.float32))
    step = model.current_step if request.step is None else request.step
    return Inspected(request.query, request.step, model.run_id, step, None if problem else explained, problem=problem)


def test_that_the_saliency_is_shown_with_how_to_read_it(panel, model):
    model.choose_sample(5)
    assert panel._view.detail.reading == "Measuring…"
    assert panel.take(answer(panel, model))
    assert "output for Shirt" in panel._view.detail.reading
    assert "no proof" in panel._view.detail.reading
    assert panel.request is None
    method = panel.findChild(QComboBox, "saliency_method")
    for place, kind in ((1, SaliencyMethod.SMOOTH_GRAD), (2, SaliencyMethod.OCCLUSION)):
        method.setCurrentIndex(place)
        method.activated.emit(place)
        assert panel.request.query == ExplainSample(5, kind)
        panel.take(answer(panel, model))
        assert "no proof" in panel._view.detail.reading
    method.setCurrentIndex(3)
    method.activated.emit(3)
    assert panel.request is None
    assert panel._view.detail.reading == ""


def test_that_a_saliency_that_fails_leaves_the_rest_to_be_seen(panel, model):
    model.choose_sample(5)
    panel.take(answer(panel, model, UserError("The network failed.")))
    assert panel._view.detail.reading == "The network failed."
    assert panel.text == ""
    assert panel._view.detail.isVisible()


def test_that_an_earlier_step_is_explained_at_that_step(panel, model):
    model.choose_sample(5)
    panel.take(answer(panel, model))
    model.show_step(20)
    assert panel.request == (ExplainSample(5, SaliencyMethod.GRADIENT), 20)


def test_that_a_regression_shows_numbers_and_errors(qtbot, training):
    spec = DataSpec(Task.REGRESSION, (3,), (), ("height", "<i>w</i>"), ("a", "b", "c"))
    targets = np.array([[1, 2], [3, 4], [5, 6]], np.float32)
    outputs = [[1.5, 2.5], [3, 8], [5, 6]]
    model = model_of(training, spec, np.ones((3, 3), np.float32), targets, {20: outputs})
    panel = open_panel(qtbot, model)
    assert shown(panel) == [1, 0, 2]
    assert "mean absolute error 0.833" in text(panel)
    assert card(panel, 0).title == "3.00, 8.00"
    assert card(panel, 0).note.startswith("true 3.00, 4.00   1.00  1.00")
    model.choose_sample(1)
    assert "Off by: 2.00" in panel._view.detail._numbers.text()
    assert not panel.findChild(QComboBox, "gallery_class").isVisible()


@pytest.mark.parametrize("classes", [2, 100])
@pytest.mark.parametrize("shape", [(3, 32, 32), (1, 64, 48), (2,), (20,)])
def test_that_any_number_of_classes_and_any_form_of_sample_is_drawn(qtbot, training, classes, shape):
    random = np.random.default_rng(0)
    spec = DataSpec(Task.CLASSIFICATION, shape, tuple(f"class {label}" for label in range(classes)))
    labels = random.integers(0, classes, 40)
    inputs = random.random((40, *shape), np.float32)
    model = model_of(training, spec, inputs, labels, {20: random.normal(size=(40, classes))})
    panel = open_panel(qtbot, model)
    model.choose_sample(int(labels[0]) % 40)
    for width, height in ((200, 150), (350, 400), (460, 700), (1000, 500)):
        panel.resize(width, height)
        assert not panel.grab().isNull()
    assert len(shown(panel)) == 40


def test_that_nothing_is_built_or_drawn_before_the_panel_is_seen(model):
    panel = GalleryPanel(model)
    panel.set_palette(load_palette("dark"))
    model.choose_sample(2)
    assert panel._view is None
    assert panel.request is None
    assert panel.table() is None


def test_that_without_a_run_it_says_what_will_appear(qtbot, training):
    panel = open_panel(qtbot, InspectionModel(training.model))
    assert "after the first epoch" in panel.text


@pytest.fixture
def large_korean(qapp):
    install_translations(qapp, "ko")
    theme = Theme("light")
    theme.set_zoom(125)
    theme.apply(qapp)
    yield
    use_usual_look(qapp)


def test_that_no_choice_is_cut_in_a_narrow_panel(qtbot, large_korean):
    controls = GalleryControls()
    qtbot.addWidget(controls)
    controls.set_classes(("티셔츠/상의", "바지", "풀오버"))
    controls.show()
    boxes = [each for each in controls.findChildren(FittingBox) if each.isVisible()]
    assert len(boxes) == 3
    lines = set()
    for width in (700, 400, 300, 220):
        controls.resize(width, 200)
        qtbot.wait(10)
        assert all(box.width() >= box.sizeHint().width() for box in boxes), width
        lines.add(len({box.y() for box in boxes}))
    assert max(lines) > min(lines) == 1


@pytest.mark.parametrize(
    ("widths", "room", "lines"),
    [
        ([100, 100, 100], 312, [0, 0, 0]),
        ([100, 100, 100], 311, [0, 0, 1]),
        ([100, 0, 100], 206, [0, 0, 0]),
        ([0, 0, 100], 50, [0, 0, 0]),
        ([100, 100, 100], 10, [0, 1, 2]),
    ],
)
def test_that_boxes_go_on_in_another_line_where_one_has_no_room(widths, room, lines):
    assert lines_of(widths, room, spacing=6) == lines

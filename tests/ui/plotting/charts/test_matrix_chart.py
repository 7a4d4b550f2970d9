"""MatrixChart: where its cells are, what a click and a key choose, what it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from workbench.engine.analysis.classification import ClassFigures
from workbench.engine.analysis.confusion import shares_of_true
from workbench.ui.plotting.charts.matrix_chart import MatrixChart
from workbench.ui.plotting.charts.matrix_content import Matrix
from workbench.ui.plotting.charts.matrix_layout import MatrixLayout
from workbench.ui.plotting.charts.matrix_painter import fills, is_light
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

COUNTS = np.array([[8, 2, 0], [1, 5, 4], [0, 0, 0]])
NAMES = ("cat", "<b>dog</b>", "cow & calf")


def matrix_of(counts=COUNTS, names=NAMES, order=None):
    order = np.arange(len(counts)) if order is None else np.array(order)
    return Matrix(names, counts, ClassFigures.of(counts), counts.astype(float), is_share=False, order=order)


@pytest.fixture
def chart(qtbot):
    chart = MatrixChart()
    chart.set_palette(load_palette("dark"))
    chart.resize(420, 360)
    chart.show_matrix(matrix_of())
    qtbot.addWidget(chart)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def middle(chart, row, column):
    return chart.layout_of_cells.cell(row, column).center().toPoint()


def test_that_a_click_chooses_the_cell_and_another_click_on_it_none(chart, qtbot):
    chosen = []
    chart.pair_chosen.connect(chosen.append)
    chart.pair_chosen.connect(chart.set_chosen)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 1, 2))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 1, 2))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 0, 1))
    assert chosen == [(1, 2), None, (0, 1)]


def test_that_the_labels_are_chosen_whatever_the_order_is(chart, qtbot):
    chosen = []
    chart.pair_chosen.connect(chosen.append)
    chart.show_matrix(matrix_of(order=[2, 0, 1]))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 0, 1))
    assert chosen == [(2, 0)]


def test_that_a_click_beside_the_cells_chooses_nothing(chart, qtbot):
    chosen = []
    chart.pair_chosen.connect(chosen.append)
    for place in (QPoint(1, 1), QPoint(chart.width() - 1, chart.height() - 1)):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=middle(chart, 0, 0))
    assert chosen == []


def test_that_the_arrow_keys_move_and_enter_chooses(chart, qtbot):
    chosen = []
    chart.pair_chosen.connect(chosen.append)
    chart.pair_chosen.connect(chart.set_chosen)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    assert chosen == [(1, 2)]
    assert chart.accessibleDescription().startswith("<b>dog</b> predicted as cow & calf: 4 of 10")
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_PageUp)
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    assert chosen == [(1, 2), None, (0, 0)]


def test_that_the_pointer_has_the_cell_or_the_class_said(chart, qtbot):
    said = []
    chart.pointed.connect(said.append)
    qtbot.mouseMove(chart, middle(chart, 0, 1))
    assert (
        said[-1]
        == "cat predicted as <b>dog</b>: 2 of 10 samples of cat (20.0%), and 28.6% of what is predicted as <b>dog</b>."
    )
    qtbot.mouseMove(chart, middle(chart, 0, 0) - QPoint(chart.width(), 0))
    qtbot.mouseMove(chart, QPoint(int(chart.layout_of_cells.cells.left()) - 20, middle(chart, 1, 0).y()))
    assert said[-1] == "<b>dog</b>: 10 samples, recall 50.0%. Precision 71.4%, F1 0.588."


def test_that_figures_that_are_not_defined_are_no_numbers():
    counts = np.array([[8, 0, 2], [3, 0, 0], [0, 0, 0]])
    matrix = matrix_of(counts)
    assert matrix.class_text(1) == "<b>dog</b>: 3 samples, recall 0%. It is never predicted."
    assert matrix.class_text(2) == "cow & calf: the test set has no sample of it. Precision 0%, F1 0.000."
    assert matrix.pair_text(2, 1).endswith(
        "0 of 0 samples of cow & calf (–), and – of what is predicted as <b>dog</b>."
    )


def test_that_a_cell_says_that_a_share_is_small_and_nothing_where_no_sample_is():
    counts = np.array([[995, 5, 0], [20, 30, 50], [1, 1, 1]])
    matrix = Matrix(NAMES, counts, ClassFigures.of(counts), shares_of_true(counts), is_share=True, order=np.arange(3))
    texts = [[matrix.number_text(row, column) for column in range(3)] for row in range(2)]
    assert texts == [["100%", "<1%", ""], ["20%", "30%", "50%"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_numbers_are_read_on_their_cells(theme):
    # WCAG 2 asks for a contrast of 4.5.
    palette = load_palette(theme)
    random = np.random.default_rng(1)
    counts = random.integers(0, 100, (12, 12))
    fill = fills(matrix_of(counts, tuple("abcdefghijkl")), PlotColours.of(palette))
    for colour, light in zip(fill.reshape(-1, 3), is_light(fill).ravel(), strict=True):
        assert contrast(colour, (0, 0, 0) if light else (255, 255, 255)) > 4.5


def contrast(one, other):
    luminances = []
    for colour in (one, other):
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        luminances.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


@given(st.integers(2, 100), st.integers(180, 1900), st.integers(130, 1000), st.integers(1, 40))
def test_that_a_matrix_of_any_size_stays_within_its_room(size, width, height, letters):
    font = QFont()
    metrics = QFontMetricsF(font)
    layout = MatrixLayout.of(QSize(width, height), ["m" * letters] * size, metrics, metrics)
    assert layout.cell_width > 0
    assert layout.cell_height > 0
    assert layout.cells.left() - layout.names - layout.title >= -1
    if layout.cell_height > 0.5 and layout.cell_width > 0.5:
        assert layout.cells.bottom() + layout.summary_row <= height + 1
        last, room = layout.summary_columns[-1]
        assert last + room <= width + 8
    for row in {0, size // 2, size - 1}:
        assert layout.place_at(layout.cell(row, size - 1).center()) == (row, size - 1)


def test_that_a_hundred_classes_are_painted_and_can_be_chosen(qtbot):
    chart = MatrixChart()
    chart.set_palette(load_palette("light"))
    chart.resize(400, 330)
    counts = np.diag(np.arange(1, 101))
    counts[3, 70] = 9
    chart.show_matrix(matrix_of(counts, tuple(f"class {label}" for label in range(100))))
    qtbot.addWidget(chart)
    chart.show()
    place = middle(chart, 3, 70)
    colour = chart.grab().toImage().pixelColor(place)
    assert colour.red() > colour.blue()  # a mistake is orange
    chosen = []
    chart.pair_chosen.connect(chosen.append)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [(3, 70)]

"""The list of samples as cards."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from workbench.ui.style.array_images import image_of
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.sample_cards import Mark, SampleCard
from workbench.ui.widgets.sample_list import MOST_PICTURES, SampleList

MANY = 10_000


class Cards:
    """Cards that count what is asked of them."""

    def __init__(self, count=MANY, mark=Mark.NONE, title="Shirt 97%"):
        self.count, self.mark, self.title = count, mark, title
        self.asked, self.drawn = set(), []

    def __len__(self):
        return self.count

    def card(self, row):
        self.asked.add(row)
        return SampleCard(self.title, "label: Bag", self.mark, f"Test sample {row}")

    def picture(self, row):
        self.drawn.append(row)
        return image_of(np.full((1, 28, 28), row % 256, np.uint8))


@pytest.fixture(params=[True, False], ids=["tiles", "rows"])
def samples(request, qtbot):
    samples = SampleList("samples", is_grid=request.param)
    qtbot.addWidget(samples)
    samples.set_palette(load_palette("dark"))
    samples.resize(460, 400)
    samples.show()
    qtbot.waitExposed(samples)
    return samples


def test_that_of_ten_thousand_samples_only_those_in_view_are_painted(samples):
    cards = Cards()
    samples.show_cards(cards)
    samples.grab()
    assert 0 < len(cards.asked) < 60
    assert len(cards.drawn) == len(set(cards.drawn)) < 60
    samples.verticalScrollBar().setValue(samples.verticalScrollBar().maximum())
    samples.grab()
    assert MANY - 1 in cards.asked
    assert len(cards.asked) < 120


def test_that_no_more_than_some_scaled_pictures_are_kept(samples):
    cards = Cards()
    samples.show_cards(cards)
    for row in range(3 * MOST_PICTURES):
        samples._cards.scaled(row, 40, 1.0)
    assert len(samples._cards._pictures) == MOST_PICTURES


def test_that_a_click_chooses_the_card_under_it(samples, qtbot):
    samples.show_cards(Cards())
    chosen = []
    samples.chosen.connect(chosen.append)
    for row in (0, 2):
        place = samples.visualRect(samples.model().index(row)).center()
        qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [0, 2]


def test_that_the_first_card_stands_at_the_top(samples):
    samples.show_cards(Cards())
    assert samples.visualRect(samples.model().index(0)).top() < 8


def test_that_keys_move_and_enter_chooses(samples, qtbot):
    samples.show_cards(Cards(), current=0)
    samples.setFocus()
    chosen, moved = [], []
    samples.chosen.connect(chosen.append)
    samples.moved.connect(moved.append)
    qtbot.keyClick(samples, Qt.Key.Key_Down)
    assert len(moved) == 1
    assert moved[0] > 0
    qtbot.keyClick(samples, Qt.Key.Key_End)
    assert moved[-1] == MANY - 1
    qtbot.keyClick(samples, Qt.Key.Key_Home)
    qtbot.keyClick(samples, Qt.Key.Key_Return)
    assert chosen == [0]


def test_that_other_cards_stand_at_the_height_of_those_before(samples):
    samples.show_cards(Cards())
    samples.verticalScrollBar().setValue(1234)
    samples.show_cards(Cards(), current=3)
    assert samples.verticalScrollBar().value() == 1234
    samples.show_cards(Cards(count=0))
    assert not samples.grab().isNull()


def grey(samples):
    samples.viewport().update()
    image = samples.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return np.frombuffer(bytes(image.constBits()), np.uint8).copy()


def test_that_right_and_wrong_differ_without_colours(samples):
    looks = []
    for mark in Mark:
        samples.show_cards(Cards(count=1, mark=mark))
        looks.append(grey(samples).astype(int))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert np.count_nonzero(np.abs(looks[one] - looks[other]) > 25) > 10


def test_that_texts_are_plain_for_tooltips_and_screen_readers(samples):
    samples.show_cards(Cards(count=1, mark=Mark.WRONG, title="<b>Shirt</b> & co 97%"))
    index = samples.model().index(0)
    assert "&lt;b&gt;Shirt&lt;/b&gt; &amp; co" in index.data(Qt.ItemDataRole.ToolTipRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "<b>Shirt</b> & co 97%, label: Bag, wrong, Test sample 0"


def test_that_tiles_fill_the_width_and_rows_take_all_of_it(samples, qtbot):
    samples.show_cards(Cards())
    for width in (200, 460, 900):
        samples.resize(width, 300)
        qtbot.waitUntil(lambda width=width: samples.width() == width)
        first = samples.visualRect(samples.model().index(0))
        columns = samples.viewport().width() // first.width()
        assert samples.viewport().width() - columns * first.width() < first.width() / 2
        assert first.left() < 8
        assert samples.indexAt(first.center() + QPoint(0, first.height())).row() == columns

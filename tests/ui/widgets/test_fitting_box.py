"""A combo box as wide as its present entry."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.ui.clipped_text import cut_texts
from workbench.ui.widgets.fitting_box import FittingBox


@pytest.fixture
def row(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    boxes = [FittingBox(f"box_{place}", "Choice", row) for place in range(2)]
    for box in boxes:
        box.addItems(["All", "Changed since the evaluation before"])
        layout.addWidget(box)
    # The style of a window that was made before decides how wide they are: there is room for one long entry and a half.
    boxes[0].setCurrentIndex(1)
    row.resize(int(1.6 * boxes[0].sizeHint().width()), 40)
    boxes[0].setCurrentIndex(0)
    row.show()
    qtbot.waitExposed(row)
    return row, boxes


def test_that_it_wants_the_width_of_its_entry_and_gives_it_back(row, qtbot):
    window, (box, other) = row
    narrow = box.sizeHint().width()
    assert box.width() == pytest.approx(other.width(), abs=1)
    box.setCurrentIndex(1)
    qtbot.wait(20)
    assert box.sizeHint().width() > narrow
    assert box.width() > other.width()
    qtbot.waitUntil(lambda: cut_texts(window) == [])
    box.setCurrentIndex(0)
    assert box.sizeHint().width() == narrow


def test_that_the_list_is_as_wide_as_its_longest_entry(row, qtbot):
    _, (box, _) = row
    box.showPopup()
    qtbot.wait(20)
    assert box.view().width() > box.fontMetrics().horizontalAdvance(box.itemText(1))
    box.hidePopup()
